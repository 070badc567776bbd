/* junit - a report as JUnit's XML */
#include "verdict/junit.h"
#include "text/utf8.h"

#include <inttypes.h>

/* Append text as XML has it; characters that XML 1.0 does not take become U+FFFD. */
static void put(hg_buf *buf, const char *text)
{
    hg_slice s = hg_slice_of(text);
    for (size_t i = 0, n; i < s.n; i += n) {
        int32_t c;
        n = hg_utf8_next(s.p + i, s.n - i, &c);
        bool control = (c < ' ' && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;
        switch (c) {
        case '&': hg_buf_puts(buf, "&amp;"); break;
        case '<': hg_buf_puts(buf, "&lt;"); break;
        case '>': hg_buf_puts(buf, "&gt;"); break;
        case '"': hg_buf_puts(buf, "&quot;"); break;
        case '\n': hg_buf_puts(buf, "&#10;"); break; /* an attribute would lose it */
        default:
            if (control)
                hg_buf_puts(buf, "\uFFFD");
            else
                hg_buf_put(buf, s.p + i, n);
        }
    }
}

static void put_attribute(hg_buf *buf, const char *name, const char *text)
{
    hg_buf_printf(buf, " %s=\"", name);
    put(buf, text);
    hg_buf_putc(buf, '"');
}

/* The findings of a rule, a line each. */
static void put_lines(hg_buf *buf, const hg_json *task, const hg_verdict_rules *rules,
                      size_t rule, hg_lang lang)
{
    const hg_json *f;
    for (size_t i = 0; (f = hg_verdict_finding(task, i)); i++) {
        if (hg_verdict_rule_of(rules, f) != rule)
            continue;
        hg_buf place = { 0 };
        hg_verdict_place(&place, f);
        put(buf, place.data);
        hg_buf_puts(buf, place.len > 0 ? ": " : "");
        put(buf, hg_verdict_message(f, lang));
        hg_buf_putc(buf, '\n');
        if (place.status != HG_OK)
            buf->status = place.status;
        hg_buf_release(&place);
    }
}

/* Warnings do not fail a case: they are what it printed. */
static void put_case(hg_buf *buf, const hg_json *task, const hg_verdict_rules *rules,
                     size_t i, hg_lang lang)
{
    const hg_verdict_rule *rule = &rules->rules[i];
    hg_buf_puts(buf, "    <testcase");
    put_attribute(buf, "classname", hg_json_get_str(task, "name"));
    put_attribute(buf, "name", rule->code);
    hg_buf_puts(buf, ">\n      <");
    if (rule->warning) {
        hg_buf_puts(buf, "system-out");
    } else {
        hg_buf_puts(buf, "failure");
        put_attribute(buf, "type", rule->code);
        hg_buf_printf(buf, " message=\"%" PRIu64 ": ", rule->n);
        put(buf, rule->meaning);
        hg_buf_putc(buf, '"');
    }
    hg_buf_putc(buf, '>');
    put_lines(buf, task, rules, i, lang);
    hg_buf_printf(buf, "</%s>\n    </testcase>\n",
                  rule->warning ? "system-out" : "failure");
}

/* A suite has a case for each rule that is broken, and one for the table, which passes
 * where nothing is. */
static hg_status put_suite(hg_buf *buf, const hg_json *report, const hg_json *task,
                           hg_lang lang, hg_err *err)
{
    hg_verdict_rules rules;
    hg_status st = hg_verdict_count(&rules, report, task, lang, err);
    size_t failures = 0;
    for (size_t i = 0; i < rules.n; i++)
        failures += !rules.rules[i].warning;
    hg_buf_puts(buf, "  <testsuite");
    put_attribute(buf, "name", hg_json_get_str(task, "name"));
    hg_buf_printf(buf, " tests=\"%zu\" failures=\"%zu\" errors=\"0\">\n",
                  rules.n + (failures == 0), failures);
    for (size_t i = 0; i < rules.n; i++)
        put_case(buf, task, &rules, i, lang);
    if (failures == 0) {
        hg_buf_puts(buf, "    <testcase");
        put_attribute(buf, "classname", hg_json_get_str(task, "name"));
        put_attribute(buf, "name", "valid");
        hg_buf_puts(buf, "/>\n");
    }
    hg_buf_puts(buf, "  </testsuite>\n");
    hg_verdict_rules_release(&rules);
    return st;
}

hg_status hg_verdict_junit(hg_buf *buf, const hg_json *report,
                           const hg_verdict_opts *opts, hg_err *err)
{
    const hg_json *tasks = hg_json_get(report, "tasks");
    hg_status st = HG_OK;
    hg_buf_puts(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<testsuites name=\"hg-validate\">\n");
    for (size_t i = 0; st == HG_OK && i < hg_json_len(tasks); i++)
        st = put_suite(buf, report, hg_json_at(tasks, i), opts->lang, err);
    hg_buf_puts(buf, "</testsuites>\n");
    return st == HG_OK ? hg_buf_status(buf, err) : st;
}
