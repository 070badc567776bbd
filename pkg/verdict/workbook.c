/* workbook - a report as a workbook */
#include "verdict/workbook.h"
#include "text/times.h"
#include "workbook/book.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ZIP_EPOCH 315532800 /* 1980-01-01: a report has no date of its own */

static const hg_style plain = {
    .size = 11, .font = HG_SANS, .wrap = 1, .valign = HG_TOP
};
static const hg_style bold = {
    .size = 11, .font = HG_SANS, .bold = 1, .wrap = 1, .bottom = HG_THIN
};
static const hg_style right = { .size = 11,
                                .font = HG_SANS,
                                .bold = 1,
                                .wrap = 1,
                                .align = HG_RIGHT,
                                .indent = 1,
                                .bottom = HG_THIN };
static const hg_style title = { .size = 16, .font = HG_SANS, .bold = 1 };
static const hg_style figure = { .size = 11,
                                 .font = HG_SANS,
                                 .align = HG_RIGHT,
                                 .indent = 1,
                                 .valign = HG_TOP,
                                 .number = "#,##0" };
static const hg_style link = { .size = 11, .font = HG_SANS, .link = 1, .valign = HG_TOP };

typedef struct workbook {
    hg_book *book;
    hg_lang lang;
    const hg_json *report;
    hg_verdict_rules rules;
    const double *widths; /* of the sheet's columns, in points */
    uint32_t row;         /* the one to fill next */
    unsigned lines;       /* that its texts take */
    hg_err *err;
} workbook;

static const char *say(const workbook *w, const char *english)
{
    return hg_text(english, w->lang);
}

/* A cell takes so many characters; what is longer ends in "…". */
static hg_slice cut(const char *text)
{
    hg_slice s = hg_slice_of(text);
    size_t most = 3 * 1000; /* bytes: a finding is to be read, not the cell restored */
    if (s.n <= most)
        return s;
    s.n = most;
    while (s.n > 0 && ((unsigned char)s.p[s.n] & 0xC0) == 0x80)
        s.n--;
    return s;
}

/* Go to the next row, and make this one as high as its texts need. */
static hg_status end_row(workbook *w)
{
    double height = 15 * w->lines;
    hg_status st =
        w->lines > 1
            ? hg_book_height(w->book, w->row,
                             height < HG_BOOK_HEIGHT ? height : HG_BOOK_HEIGHT, w->err)
            : HG_OK;
    w->row++;
    w->lines = 1;
    return st;
}

static hg_status put(workbook *w, uint32_t col, const hg_style *style, const char *text)
{
    const hg_run run = { .text = cut(text), .bold = style->bold };
    double width = w->widths[col - 1] - 6, size = 1.15 * style->size; /* Arial is wider */
    unsigned lines = style->wrap ? hg_times_lines(run.text, size, style->bold, width) : 1;
    w->lines = lines > w->lines ? lines : w->lines;
    return hg_book_text(w->book, (hg_area){ w->row, col, w->row, col }, style, &run,
                        run.text.n > 0, w->err);
}

static hg_status put_number(workbook *w, uint32_t col, uint64_t n)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%" PRIu64, n);
    return hg_book_number(w->book, w->row, col, &figure, (hg_slice){ text, (size_t)len },
                          w->err);
}

/* numbers: a bit for each column of figures, from the lowest. */
static hg_status put_heads(workbook *w, const char *const *heads, uint32_t n,
                           unsigned numbers)
{
    hg_status st = HG_OK;
    for (uint32_t i = 0; st == HG_OK && i < n; i++)
        st = put(w, i + 1, numbers >> i & 1 ? &right : &bold, say(w, heads[i]));
    return st == HG_OK ? end_row(w) : st;
}

static hg_status set_widths(workbook *w, const double *points, uint32_t n)
{
    hg_status st = HG_OK;
    w->widths = points;
    w->row = 1;
    w->lines = 1;
    for (uint32_t i = 0; st == HG_OK && i < n; i++)
        st = hg_book_width(w->book, i + 1, points[i], w->err);
    return st;
}

/* ---- the summary ---- */

static hg_status put_verdict(workbook *w)
{
    const hg_json *stats = hg_json_get(w->report, "stats");
    uint64_t errors = hg_verdict_number(stats, "errors");
    uint64_t warnings = hg_verdict_number(stats, "warnings");
    char text[160];
    snprintf(text, sizeof text, "%s: %" PRIu64 " %s, %" PRIu64 " %s",
             say(w, errors > 0 ? "not valid" : "valid"), errors,
             say(w, errors == 1 ? "error" : "errors"), warnings,
             say(w, warnings == 1 ? "warning" : "warnings"));
    const hg_run run = { .text = hg_slice_of(text), .bold = true };
    hg_status st = put(w, 1, &title, say(w, "Report of a data check"));
    w->row = 2;
    w->lines = 1;
    if (st == HG_OK)
        st = hg_book_height(w->book, 1, 22, w->err);
    if (st == HG_OK)
        st = hg_book_height(w->book, 2, 18, w->err);
    if (st == HG_OK)
        st = hg_book_text(w->book, (hg_area){ 2, 1, 2, 4 }, &bold, &run, 1, w->err);
    w->row = 4;
    return st;
}

static bool is_table(const hg_json *task)
{
    return strcmp(hg_json_get_str(task, "type"), "table") == 0;
}

static hg_status put_tables(workbook *w)
{
    static const char *const heads[] = { "table", "rows", "errors", "warnings" };
    const hg_json *tasks = hg_json_get(w->report, "tasks");
    hg_status st = put_heads(w, heads, 4, 0xE);
    for (size_t i = 0; st == HG_OK && i < hg_json_len(tasks); i++) {
        const hg_json *task = hg_json_at(tasks, i), *stats = hg_json_get(task, "stats");
        if ((st = put(w, 1, &plain, hg_json_get_str(task, "name"))) == HG_OK)
            st = is_table(task) ? put_number(w, 2, hg_verdict_number(stats, "rows"))
                                : HG_OK;
        if (st == HG_OK)
            st = put_number(w, 3, hg_verdict_number(stats, "errors"));
        if (st == HG_OK)
            st = put_number(w, 4, hg_verdict_number(stats, "warnings"));
        if (st == HG_OK)
            st = end_row(w);
    }
    w->row++;
    return st;
}

/* Each rule leads to the sheet with its findings. */
static hg_status put_rules(workbook *w)
{
    static const char *const heads[] = { "rule", "kind", "findings", "what it means" };
    hg_status st = w->rules.n > 0 ? put_heads(w, heads, 4, 4) : HG_OK;
    for (size_t i = 0; st == HG_OK && i < w->rules.n; i++) {
        const hg_verdict_rule *rule = &w->rules.rules[i];
        st = hg_book_link(w->book, w->row, 1, &link, say(w, "findings"),
                          hg_slice_of(rule->code), w->err);
        if (st == HG_OK)
            st = put(w, 2, &plain, say(w, rule->warning ? "warning" : "error"));
        if (st == HG_OK)
            st = put_number(w, 3, rule->n);
        if (st == HG_OK)
            st = put(w, 4, &plain, rule->meaning);
        if (st == HG_OK)
            st = end_row(w);
    }
    return st;
}

static hg_status put_summary(workbook *w)
{
    static const double widths[] = { 170, 70, 80, 300 };
    hg_page page = { .left = 15, .right = 15, .top = 15, .bottom = 15, .cols = 4 };
    hg_status st = hg_book_sheet(w->book, say(w, "Summary"), w->err);
    if (st == HG_OK)
        st = set_widths(w, widths, 4);
    if (st == HG_OK)
        st = put_verdict(w);
    if (st == HG_OK)
        st = put_tables(w);
    if (st == HG_OK)
        st = put_rules(w);
    page.rows = w->row - 1;
    return st == HG_OK ? hg_book_print(w->book, &page, w->err) : st;
}

/* ---- the findings ---- */

enum { COLUMNS = 9 };

static hg_status put_finding(workbook *w, const hg_json *task, const hg_json *f)
{
    const char *a1 = hg_json_get_str(f, "a1"), *pointer = hg_json_get_str(f, "pointer");
    const char *cell = hg_json_get_str(f, "cell");
    const char *texts[COLUMNS] = {
        hg_json_get_str(task, "name"),
        hg_json_get_str(f, "file"),
        hg_json_get_str(f, "sheet"),
        a1,
        NULL,
        pointer ? pointer : hg_json_get_str(f, "fieldName"),
        hg_json_get_str(f, "type"),
        cell ? cell : hg_json_get_str(f, "label"),
        hg_verdict_message(f, w->lang),
    };
    uint64_t row = hg_verdict_number(f, a1 ? "rowNumber" : "row");
    hg_status st = HG_OK;
    for (uint32_t i = 0; st == HG_OK && i < COLUMNS; i++)
        if (texts[i] && *texts[i])
            st = put(w, i + 1, &plain, texts[i]);
    if (row == 0)
        row = hg_verdict_number(f, "rowNumber");
    if (st == HG_OK && row > 0)
        st = put_number(w, 5, row);
    return st == HG_OK ? end_row(w) : st;
}

static hg_status put_findings(workbook *w)
{
    static const char *const heads[COLUMNS] = { "table", "file",  "sheet",
                                                "cell",  "row",   "field",
                                                "rule",  "value", "what is wrong" };
    static const double widths[COLUMNS] = { 90, 110, 80, 45, 55, 90, 105, 130, 260 };
    const hg_json *tasks = hg_json_get(w->report, "tasks"), *f;
    hg_status st = hg_book_sheet(w->book, say(w, "findings"), w->err);
    if (st == HG_OK)
        st = set_widths(w, widths, COLUMNS);
    if (st == HG_OK)
        st = put_heads(w, heads, COLUMNS, 0x10);
    for (size_t t = 0; st == HG_OK && t < hg_json_len(tasks); t++)
        for (size_t i = 0;
             st == HG_OK && (f = hg_verdict_finding(hg_json_at(tasks, t), i)); i++)
            st = put_finding(w, hg_json_at(tasks, t), f);
    const hg_page page = { .landscape = true,
                           .left = 10,
                           .right = 10,
                           .top = 12,
                           .bottom = 12,
                           .repeat1 = 1,
                           .repeat2 = 1,
                           .rows = w->row - 1,
                           .cols = COLUMNS };
    if (st == HG_OK)
        st = hg_book_list(w->book, w->row - 1, COLUMNS, w->err);
    return st == HG_OK ? hg_book_print(w->book, &page, w->err) : st;
}

hg_status hg_verdict_workbook(int fd, const char *name, const hg_json *report,
                              const hg_verdict_opts *opts, hg_err *err)
{
    workbook w = { .lang = opts->lang, .report = report, .err = err };
    const hg_book_about about = { .title = say(&w, "Report of a data check"),
                                  .created = ZIP_EPOCH,
                                  .sans = true };
    hg_status st = hg_verdict_count(&w.rules, report, NULL, opts->lang, err);
    if (st == HG_OK)
        st = hg_book_new(&w.book, opts->tmp, &about, err);
    if (st == HG_OK)
        st = put_summary(&w);
    if (st == HG_OK)
        st = put_findings(&w);
    if (st == HG_OK)
        st = hg_book_write(w.book, fd, name, err);
    hg_book_free(w.book);
    hg_verdict_rules_release(&w.rules);
    return st;
}
