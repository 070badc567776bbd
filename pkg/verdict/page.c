/* page - a report as one HTML page that needs nothing else */
#include "verdict/page.h"
#include "site/html.h"
#include "site/words.h"

#include <stdio.h>
#include <string.h>

/* The reader's own fonts, light or dark as the reader has it; on paper, whole and plain.
 */
static const char style[] =
    ":root{color-scheme:light "
    "dark;--ink:#1b2733;--soft:#4c5b6b;--page:#fff;--panel:#f3f6f9;"
    "--line:#cfd8e1;--link:#0b4f8a;--good:#17693a;--fair:#7a5200;--bad:#a31621}\n"
    "@media "
    "(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--soft:#a9b6c3;--page:#12181f;"
    "--panel:#1b242e;--line:#36434f;--link:#8cc2f5;--good:#7fd6a0;--fair:#efc46a;"
    "--bad:#ff9a9a}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;max-width:80rem;padding:1rem;background:var(--page);"
    "color:var(--ink);font:1rem/1.5 system-ui,'Segoe UI',Roboto,'Noto Sans',"
    "'Liberation Sans',sans-serif;overflow-wrap:break-word}\n"
    "h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0 1rem}\n"
    "h2{font-size:1.25rem;margin:2rem 0 .75rem;padding-bottom:.3rem;"
    "border-bottom:2px solid var(--line)}\n"
    "a{color:var(--link)}\n"
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
    ".verdict{border-left:.35rem solid;padding:.6rem 1rem;background:var(--panel);"
    "font-size:1.1rem;font-weight:600;margin:0}\n"
    ".good{color:var(--good)}\n"
    ".bad,.error{color:var(--bad)}\n"
    ".warning{color:var(--fair)}\n"
    ".error,.warning{font-weight:600}\n"
    ".scroll{overflow-x:auto;margin:0 0 1.5rem;border:1px solid var(--line);"
    "border-radius:.4rem}\n"
    "table{border-collapse:collapse;width:100%;font-size:.95rem;"
    "font-variant-numeric:tabular-nums}\n"
    "caption{text-align:left;padding:.6rem .75rem;color:var(--soft)}\n"
    "th,td{padding:.4rem .75rem;text-align:left;vertical-align:top;"
    "border-top:1px solid var(--line)}\n"
    "thead th{background:var(--panel);position:sticky;top:0}\n"
    "tbody th{font-weight:400}\n"
    "caption::first-letter,th::first-letter{text-transform:uppercase}\n"
    ".number{text-align:right;white-space:nowrap}\n"
    ".place,.rule{white-space:nowrap}\n"
    ".rule code{white-space:nowrap}\n"
    "tbody th::first-letter{text-transform:none}\n"
    "code{font-family:ui-monospace,'Noto Sans Mono','Liberation Mono',monospace;"
    "font-size:.9em;white-space:pre-wrap}\n"
    "footer{color:var(--soft);font-size:.9rem;margin-top:2rem}\n"
    "@media print{body{max-width:none;padding:0}.scroll{overflow:visible;border:0}"
    "thead th{position:static}tr{break-inside:avoid}}\n";

typedef struct page {
    hg_html html;
    hg_lang lang;
    const hg_json *report;
    hg_verdict_rules rules;
} page;

static const char *say(const page *p, const char *english)
{
    return hg_text(english, p->lang);
}

static void put_number(page *p, const char *element, uint64_t n)
{
    hg_html_open(&p->html, element, "class", "number", NULL);
    hg_words_count(p->html.buf, n, p->lang);
    hg_html_close(&p->html);
}

/* numbers: a bit for each column of figures, from the lowest. */
static void open_table(page *p, const char *caption, const char *const *heads, size_t n,
                       unsigned numbers)
{
    hg_html_open(&p->html, "div", "class", "scroll", "tabindex", "0", "role", "region",
                 "aria-label", caption, NULL);
    hg_html_open(&p->html, "table", NULL);
    hg_html_leaf(&p->html, "caption", caption, NULL);
    hg_html_open(&p->html, "thead", NULL);
    hg_html_open(&p->html, "tr", NULL);
    for (size_t i = 0; i < n; i++)
        hg_html_leaf(&p->html, "th", say(p, heads[i]), "scope", "col", "class",
                     numbers >> i & 1 ? "number" : NULL, NULL);
    hg_html_close(&p->html);
    hg_html_close(&p->html);
    hg_html_open(&p->html, "tbody", NULL);
}

static void close_table(page *p)
{
    hg_html_close(&p->html);
    hg_html_close(&p->html);
    hg_html_close(&p->html);
}

/* ---- counts ---- */

static void put_tables(page *p)
{
    static const char *const heads[] = { "table", "rows", "errors", "warnings" };
    const hg_json *tasks = hg_json_get(p->report, "tasks");
    open_table(p, say(p, "what was checked"), heads, 4, 0xE);
    for (size_t i = 0; i < hg_json_len(tasks); i++) {
        const hg_json *task = hg_json_at(tasks, i), *stats = hg_json_get(task, "stats");
        hg_html_open(&p->html, "tr", NULL);
        hg_html_open(&p->html, "th", "scope", "row", NULL);
        if (hg_verdict_finding(task, 0)) {
            char href[32];
            snprintf(href, sizeof href, "#t%zu", i + 1);
            hg_html_leaf(&p->html, "a", hg_json_get_str(task, "name"), "href", href,
                         NULL);
        } else {
            hg_html_text(&p->html, hg_json_get_str(task, "name"));
        }
        hg_html_close(&p->html);
        if (strcmp(hg_json_get_str(task, "type"), "table") == 0)
            put_number(p, "td", hg_verdict_number(stats, "rows"));
        else
            hg_html_leaf(&p->html, "td", "", NULL);
        put_number(p, "td", hg_verdict_number(stats, "errors"));
        put_number(p, "td", hg_verdict_number(stats, "warnings"));
        hg_html_close(&p->html);
    }
    close_table(p);
}

static const char *severity(const page *p, bool warning)
{
    return say(p, warning ? "warning" : "error");
}

static void put_rules(page *p)
{
    static const char *const heads[] = { "rule", "kind", "findings", "what it means" };
    if (p->rules.n == 0)
        return;
    open_table(p, say(p, "findings by rule"), heads, 4, 4);
    for (size_t i = 0; i < p->rules.n; i++) {
        const hg_verdict_rule *rule = &p->rules.rules[i];
        hg_html_open(&p->html, "tr", NULL);
        hg_html_open(&p->html, "th", "scope", "row", NULL);
        hg_html_leaf(&p->html, "code", rule->code, NULL);
        hg_html_close(&p->html);
        hg_html_leaf(&p->html, "td", severity(p, rule->warning), "class",
                     rule->warning ? "warning" : "error", NULL);
        put_number(p, "td", rule->n);
        hg_html_leaf(&p->html, "td", rule->meaning, NULL);
        hg_html_close(&p->html);
    }
    close_table(p);
}

/* ---- findings ---- */

static void put_value(page *p, const hg_json *finding)
{
    const char *cell = hg_json_get_str(finding, "cell");
    if (!cell)
        cell = hg_json_get_str(finding, "label");
    hg_html_open(&p->html, "td", NULL);
    if (cell && *cell)
        hg_html_leaf(&p->html, "code", cell, NULL);
    hg_html_close(&p->html);
}

static void put_finding(page *p, const hg_json *finding)
{
    hg_buf place = { 0 };
    const char *field = hg_json_get_str(finding, "pointer");
    bool warning = hg_verdict_is_warning(finding);
    hg_verdict_place(&place, finding);
    hg_html_open(&p->html, "tr", NULL);
    hg_html_leaf(&p->html, "th", place.data ? place.data : "", "scope", "row", "class",
                 "place", NULL);
    hg_html_spent(&p->html, &place);
    hg_html_leaf(&p->html, "td", field ? field : hg_json_get_str(finding, "fieldName"),
                 NULL);
    if (!field && !hg_json_get_str(finding, "fieldName"))
        hg_html_leaf(&p->html, "td", "", NULL);
    hg_html_open(&p->html, "td", "class", "rule", NULL);
    hg_html_leaf(&p->html, "span", severity(p, warning), "class",
                 warning ? "warning" : "error", NULL);
    hg_html_text(&p->html, " ");
    hg_html_leaf(&p->html, "code", hg_json_get_str(finding, "type"), NULL);
    hg_html_close(&p->html);
    put_value(p, finding);
    hg_html_leaf(&p->html, "td", hg_verdict_message(finding, p->lang), NULL);
    hg_html_close(&p->html);
}

static void put_findings(page *p)
{
    static const char *const heads[] = { "place", "field", "rule", "value",
                                         "what is wrong" };
    const hg_json *tasks = hg_json_get(p->report, "tasks"), *finding;
    for (size_t t = 0; t < hg_json_len(tasks); t++) {
        const hg_json *task = hg_json_at(tasks, t);
        const char *name = hg_json_get_str(task, "name");
        char id[24];
        if (!hg_verdict_finding(task, 0))
            continue;
        snprintf(id, sizeof id, "t%zu", t + 1);
        hg_html_leaf(&p->html, "h2", name, "id", id, NULL);
        open_table(p, say(p, "findings"), heads, 5, 0);
        for (size_t i = 0; (finding = hg_verdict_finding(task, i)); i++)
            put_finding(p, finding);
        close_table(p);
    }
}

/* ---- the page ---- */

static void put_verdict(page *p)
{
    const hg_json *stats = hg_json_get(p->report, "stats");
    uint64_t errors = hg_verdict_number(stats, "errors");
    hg_html_open(&p->html, "p", "class", errors > 0 ? "verdict bad" : "verdict good",
                 NULL);
    hg_html_text(&p->html, say(p, errors > 0 ? "not valid" : "valid"));
    hg_html_text(&p->html, ": ");
    hg_words_count(p->html.buf, errors, p->lang);
    hg_html_printf(&p->html, " %s, ", say(p, errors == 1 ? "error" : "errors"));
    uint64_t warnings = hg_verdict_number(stats, "warnings");
    hg_words_count(p->html.buf, warnings, p->lang);
    hg_html_printf(&p->html, " %s", say(p, warnings == 1 ? "warning" : "warnings"));
    hg_html_close(&p->html);
}

static void put_page(page *p, const hg_verdict_opts *opts)
{
    const char *title = say(p, "Report of a data check");
    hg_html *html = &p->html;
    hg_buf_puts(html->buf, "<!DOCTYPE html>\n");
    hg_html_open(html, "html", "lang", p->lang == HG_VI ? "vi" : "en", NULL);
    hg_html_open(html, "head", NULL);
    hg_html_void(html, "meta", "charset", "utf-8", NULL);
    hg_html_void(html, "meta", "name", "viewport", "content",
                 "width=device-width, initial-scale=1", NULL);
    hg_html_leaf(html, "title", title, NULL);
    hg_html_open(html, "style", NULL);
    hg_buf_puts(html->buf, style); /* ours, and not to be escaped */
    hg_html_close(html);
    hg_html_close(html);
    hg_html_open(html, "body", NULL);
    hg_html_open(html, "main", NULL);
    hg_html_leaf(html, "h1", title, NULL);
    put_verdict(p);
    hg_html_leaf(html, "h2", say(p, "Summary"), NULL);
    put_tables(p);
    put_rules(p);
    put_findings(p);
    hg_html_close(html);
    hg_html_open(html, "footer", NULL);
    hg_html_printf(html, "hg-validate %s", opts->version);
    hg_html_finish(html, 0);
}

hg_status hg_verdict_page(hg_buf *buf, const hg_json *report, const hg_verdict_opts *opts,
                          hg_err *err)
{
    page p = { .html = { .buf = buf }, .lang = opts->lang, .report = report };
    hg_status st = hg_verdict_count(&p.rules, report, NULL, opts->lang, err);
    if (st == HG_OK)
        put_page(&p, opts);
    hg_verdict_rules_release(&p.rules);
    return st == HG_OK ? hg_buf_status(buf, err) : st;
}
