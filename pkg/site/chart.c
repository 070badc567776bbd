/* chart - one chart of a table: a measure over time, as bars */
#include "site/chart.h"
#include "delimited/csv.h"
#include "site/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 32, COLUMNS = 64 };
/* Pixels; LABEL is left of 0, in the room that the style sheet leaves for it. BARS is the
 * longest bar in per cent of the width; the rest is for its number. */
enum { ROW_HEIGHT = 30, LABEL = -8, BARS = 68 };

typedef struct point {
    char label[TEXT], raw[TEXT];
    double value;
} point;

/* Which columns are drawn, and what of the table. */
struct chart {
    const hg_published *published;
    size_t table;
    hg_lang lang;
    const hg_json *schema, *fields[COLUMNS]; /* in the order of the CSV's columns */
    bool part[COLUMNS];                      /* of the slice: key columns but the time */
    size_t columns, time, measure;
    hg_buf slice[COLUMNS]; /* the value that each part of the slice has */
    point points[HG_CHART_MOST];
    size_t n;
    uint64_t rows;
    bool fits;
};

/* ---- which columns ---- */

/* A column of time: a year, month or date; second best a text of the key without a code
 * list, such as a school year. */
static int rank_as_time(const struct chart *chart, const hg_json *field)
{
    const char *name = hg_json_get_str(field, "name"),
               *type = hg_json_get_str(field, "type");
    if (!name || !type || !hg_columns_is_key(chart->schema, name))
        return 0;
    if (strcmp(type, "year") == 0 || strcmp(type, "yearmonth") == 0 ||
        strcmp(type, "date") == 0)
        return 2;
    return strcmp(type, "string") == 0 &&
           !hg_columns_codes(chart->published->dataset, chart->schema, field);
}

static const hg_json *field_of(const struct chart *chart, hg_slice name)
{
    const hg_json *fields = hg_json_get(chart->schema, "fields");
    for (size_t i = 0; i < hg_json_len(fields); i++)
        if (hg_slice_is(name, hg_json_get_str(hg_json_at(fields, i), "name")))
            return hg_json_at(fields, i);
    return NULL;
}

/* Choose from the header. False where the schema gives nothing to draw. */
static bool choose(struct chart *chart, const hg_row *header)
{
    int best = 0;
    chart->columns = header->n;
    chart->time = chart->measure = COLUMNS;
    for (size_t i = 0; i < header->n && i < COLUMNS; i++) {
        const hg_json *field = chart->fields[i] = field_of(chart, header->cells[i]);
        const char *name = hg_json_get_str(field, "name");
        chart->part[i] = name && hg_columns_is_key(chart->schema, name);
        if (rank_as_time(chart, field) > best) {
            best = rank_as_time(chart, field);
            chart->time = i;
        }
        if (chart->measure == COLUMNS && !chart->part[i] && hg_columns_is_number(field))
            chart->measure = i;
    }
    if (chart->time < COLUMNS)
        chart->part[chart->time] = false;
    return header->n <= COLUMNS && best > 0 && chart->measure < COLUMNS;
}

/* ---- which rows ---- */

static void keep_slice(struct chart *chart, const hg_row *row)
{
    for (size_t i = 0; i < chart->columns; i++)
        if (chart->part[i])
            hg_buf_put(&chart->slice[i], row->cells[i].p, row->cells[i].n);
}

static bool in_slice(const struct chart *chart, const hg_row *row)
{
    for (size_t i = 0; i < chart->columns; i++)
        if (chart->part[i] &&
            !hg_slice_eq(row->cells[i],
                         (hg_slice){ chart->slice[i].data, chart->slice[i].len }))
            return false;
    return true;
}

static bool copy(char to[TEXT], hg_slice text)
{
    if (text.n >= TEXT)
        return false;
    memcpy(to, text.p, text.n);
    to[text.n] = '\0';
    return true;
}

/* A row without a value is passed over; one that cannot be drawn spoils the chart. */
static void add_point(struct chart *chart, const hg_row *row)
{
    point *p = &chart->points[chart->n];
    char *end;
    if (row->cells[chart->measure].n == 0)
        return;
    if (chart->n == HG_CHART_MOST || !copy(p->label, row->cells[chart->time]) ||
        !copy(p->raw, row->cells[chart->measure])) {
        chart->fits = false;
        return;
    }
    p->value = strtod(p->raw, &end);
    chart->fits = chart->fits && *end == '\0' && p->value >= 0 && p->value < 1e15;
    for (size_t i = 0; i < chart->n; i++)
        if (strcmp(chart->points[i].label, p->label) == 0)
            chart->fits = false;
    chart->n++;
}

static hg_status read_rows(struct chart *chart, hg_err *err)
{
    hg_slice text = chart->published->rows[chart->table];
    hg_csv csv = { 0 };
    hg_row row;
    hg_csv_init(&csv, text.p, text.n, 0, 0);
    hg_status status = hg_csv_next(&csv, &row, err);
    chart->fits = status == HG_OK && choose(chart, &row);
    while (chart->fits && (status = hg_csv_next(&csv, &row, err)) == HG_OK) {
        chart->rows++;
        chart->fits = row.n == chart->columns;
        if (chart->fits && chart->rows == 1)
            keep_slice(chart, &row);
        if (chart->fits && in_slice(chart, &row))
            add_point(chart, &row);
    }
    hg_csv_release(&csv);
    return status == HG_END ? HG_OK : status;
}

/* Were all rows of the table at hand, and are they enough? */
static bool is_whole(const struct chart *chart)
{
    const hg_published *published = chart->published;
    const char *name = hg_dataset_table(published->dataset, chart->table);
    for (size_t i = 0; i < published->n; i++)
        if (strcmp(published->files[i].resource, name) == 0)
            return chart->fits && chart->n >= HG_CHART_LEAST &&
                   chart->rows == published->files[i].rows;
    return false;
}

/* ---- drawing ---- */

/* "Tổng số; Nghìn người": what the bars have in common. */
static hg_status put_slice(hg_buf *text, const struct chart *chart, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < chart->columns && status == HG_OK; i++) {
        if (!chart->part[i])
            continue;
        hg_buf_puts(text, text->len > 0 ? "; " : "");
        hg_buf_puts(text, hg_columns_label(chart->fields[i], chart->lang));
        hg_buf_puts(text, ": ");
        status = hg_columns_shown(text, chart->published, chart->table, chart->fields[i],
                                  (hg_slice){ chart->slice[i].data, chart->slice[i].len },
                                  chart->lang, err);
    }
    return status;
}

static hg_status shown(const struct chart *chart, hg_buf *text, size_t column,
                       const char *raw, hg_err *err)
{
    return hg_columns_shown(text, chart->published, chart->table, chart->fields[column],
                            hg_slice_of(raw), chart->lang, err);
}

static void put_text(hg_html *html, const hg_buf *text, const char *x, size_t y,
                     const char *anchor)
{
    char at[TEXT];
    snprintf(at, TEXT, "%zu", y);
    hg_html_leaf(html, "text", text->data ? text->data : "", "x", x, "y", at,
                 "text-anchor", anchor, NULL);
}

static hg_status put_bar(hg_html *html, const struct chart *chart, size_t i, double most,
                         hg_err *err)
{
    const point *p = &chart->points[i];
    size_t top = i * ROW_HEIGHT;
    double width = most > 0 ? p->value / most * BARS : 0;
    char left[TEXT], y[TEXT], bar[TEXT], right[TEXT];
    hg_buf label = { 0 }, value = { 0 };
    hg_status status = shown(chart, &label, chart->time, p->label, err);
    if (status == HG_OK)
        status = shown(chart, &value, chart->measure, p->raw, err);
    snprintf(left, TEXT, "%d", LABEL);
    snprintf(y, TEXT, "%zu", top + 5);
    snprintf(bar, TEXT, "%.2f%%", width);
    snprintf(right, TEXT, "%.2f%%", width + 1);
    put_text(html, &label, left, top + 20, "end");
    hg_html_open(html, "rect", "y", y, "width", bar, "height", "20", NULL);
    hg_html_close(html);
    put_text(html, &value, right, top + 20, NULL);
    hg_html_spent(html, &label);
    hg_html_spent(html, &value);
    return status;
}

static hg_status put_bars(hg_html *html, const struct chart *chart, hg_err *err)
{
    double most = 0;
    hg_status status = HG_OK;
    for (size_t i = 0; i < chart->n; i++)
        most = chart->points[i].value > most ? chart->points[i].value : most;
    for (size_t i = 0; i < chart->n && status == HG_OK; i++)
        status = put_bar(html, chart, i, most, err);
    return status;
}

static hg_status draw(hg_html *html, const struct chart *chart, hg_err *err)
{
    char height[TEXT];
    hg_buf slice = { 0 };
    const char *title = hg_columns_label(chart->fields[chart->measure], chart->lang);
    hg_status status = put_slice(&slice, chart, err);
    const char *about = slice.data ? slice.data : "";
    snprintf(height, sizeof height, "%zu", chart->n * ROW_HEIGHT);
    hg_html_open(html, "figure", NULL);
    hg_html_open(html, "figcaption", NULL);
    hg_html_leaf(html, "strong", title, NULL);
    hg_html_leaf(html, "span", about, NULL);
    hg_html_close(html);
    hg_html_open(html, "svg", "role", "img", "width", "100%", "height", height,
                 "aria-labelledby", "chart-title chart-slice", NULL);
    hg_html_leaf(html, "title", title, "id", "chart-title", NULL);
    hg_html_leaf(html, "desc", about, "id", "chart-slice", NULL);
    if (status == HG_OK)
        status = put_bars(html, chart, err);
    hg_html_finish(html, html->depth - 2);
    hg_html_spent(html, &slice);
    return status;
}

hg_status hg_chart_put(hg_html *html, const hg_published *published, size_t i,
                       hg_lang lang, bool *drawn, hg_err *err)
{
    struct chart chart = { .published = published,
                           .table = i,
                           .lang = lang,
                           .schema = hg_dataset_schema(published->dataset, i) };
    hg_status status = read_rows(&chart, err);
    *drawn = status == HG_OK && is_whole(&chart);
    if (*drawn)
        status = draw(html, &chart, err);
    for (size_t k = 0; k < COLUMNS; k++)
        hg_html_spent(html, &chart.slice[k]);
    return status;
}
