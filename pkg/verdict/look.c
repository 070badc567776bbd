/* look - the report of rules/validation.h looked through */
#include "verdict/look.h"

#include "rules/validation.h"

#include <stdlib.h>
#include <string.h>

static const char *const lists[] = { "errors", "warnings" };

uint64_t hg_verdict_number(const hg_json *object, const char *key)
{
    return (uint64_t)hg_json_int(hg_json_get(object, key), 0);
}

const hg_json *hg_verdict_finding(const hg_json *task, size_t i)
{
    const hg_json *errors = hg_json_get(task, lists[0]);
    size_t n = hg_json_len(errors);
    return i < n ? hg_json_at(errors, i) : hg_json_at(hg_json_get(task, lists[1]), i - n);
}

bool hg_verdict_is_warning(const hg_json *finding)
{
    const char *severity = hg_json_get_str(finding, "severity");
    return severity && strcmp(severity, "warning") == 0;
}

const char *hg_verdict_message(const hg_json *finding, hg_lang lang)
{
    return hg_json_get_str(hg_json_get(finding, "messages"), lang == HG_VI ? "vi" : "en");
}

void hg_verdict_place(hg_buf *buf, const hg_json *finding)
{
    hg_loc loc = { .file = hg_json_get_str(finding, "file"),
                   .sheet = hg_json_get_str(finding, "sheet"),
                   .row = hg_verdict_number(finding, "row"),
                   .col = (uint32_t)hg_verdict_number(finding, "column") };
    if (!loc.sheet && loc.row == 0)
        loc.row = hg_verdict_number(finding, "rowNumber");
    hg_text_place(buf, &loc);
}

size_t hg_verdict_rule_of(const hg_verdict_rules *rules, const hg_json *finding)
{
    const char *code = hg_json_get_str(finding, "type");
    bool warning = hg_verdict_is_warning(finding);
    size_t i = 0;
    while (i < rules->n && (rules->rules[i].warning != warning ||
                            strcmp(rules->rules[i].code, code) != 0))
        i++;
    return i;
}

static const char *meaning_of(const hg_json *finding, hg_lang lang)
{
    return hg_validation_meaning(hg_json_get_str(finding, "type"),
                                 hg_json_get(finding, "pointer") != NULL, lang);
}

static hg_status add(hg_verdict_rules *rules, const hg_json *finding, hg_lang lang,
                     hg_err *err)
{
    size_t i = hg_verdict_rule_of(rules, finding);
    uint64_t more = hg_verdict_number(finding, "more");
    if (i == rules->n) {
        hg_verdict_rule *grown = realloc(rules->rules, (i + 1) * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        rules->rules = grown;
        rules->rules[rules->n++] =
            (hg_verdict_rule){ .code = hg_json_get_str(finding, "type"),
                               .meaning = meaning_of(finding, lang),
                               .warning = hg_verdict_is_warning(finding) };
    }
    rules->rules[i].n += more > 0 ? more : 1;
    return HG_OK;
}

hg_status hg_verdict_count(hg_verdict_rules *out, const hg_json *report,
                           const hg_json *task, hg_lang lang, hg_err *err)
{
    const hg_json *tasks = hg_json_get(report, "tasks");
    hg_status st = HG_OK;
    *out = (hg_verdict_rules){ 0 };
    for (size_t list = 0; list < 2; list++)
        for (size_t t = 0; t < hg_json_len(tasks); t++) {
            const hg_json *at = hg_json_at(tasks, t);
            const hg_json *found = hg_json_get(at, lists[list]);
            for (size_t i = 0; st == HG_OK && i < hg_json_len(found); i++)
                if (!task || task == at)
                    st = add(out, hg_json_at(found, i), lang, err);
        }
    return st;
}

void hg_verdict_rules_release(hg_verdict_rules *rules)
{
    free(rules->rules);
    *rules = (hg_verdict_rules){ 0 };
}
