/* list - all rows of a table on one sheet, as they are */
#include "report/list.h"
#include "format/jsonl.h"
#include "table/moment.h"
#include "text/number.h"
#include "text/times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POINTS    11
#define LARGE     12    /* points of the accessible layout */
#define EMPTY     "[x]" /* in its cells without a value */
#define PLACES    10    /* decimals that a style shows */
#define UNIX_DAY  25569 /* 1970-01-01 as Excel counts days */
#define FIRST_DAY 61    /* 1 March 1900; before it Excel has a day that never was */
#define MEASURED  100   /* rows whose texts make the columns wide enough */
#define NARROW    60.0  /* points */
#define WIDE      240.0

typedef enum kind { TEXT, NUMBER, DATE } kind;

typedef struct column {
    char *name;
    kind kind;
    bool numbers;    /* it has some */
    bool even;       /* all so far have the same places */
    bool fixed;      /* one of them ends in 0: now all must have them */
    unsigned places; /* of the first */
    double width;    /* points */
} column;

struct hg_list {
    hg_book *book;
    const hg_list_of *of;
    column *columns;
    size_t n;
    uint32_t rows;
    hg_style head, text, day, numbers[PLACES + 1];
};

static kind kind_of(const hg_json *schema, hg_slice name)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    for (size_t i = 0; i < hg_json_len(fields); i++) {
        const char *type = hg_json_get_str(hg_json_at(fields, i), "type");
        if (!type || !hg_slice_is(name, hg_json_get_str(hg_json_at(fields, i), "name")))
            continue;
        if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 ||
            strcmp(type, "year") == 0)
            return NUMBER;
        if (strcmp(type, "date") == 0)
            return DATE;
    }
    return TEXT;
}

static void set_styles(hg_list *list)
{
    hg_style text = { .size = list->of->table ? LARGE : POINTS, .font = list->of->sans ? HG_SANS : HG_SERIF };
    list->text = list->head = list->day = list->numbers[0] = text;
    list->day.align = list->numbers[0].align = HG_RIGHT;
    list->head.bold = list->head.wrap = 1;
    list->head.bottom = HG_THIN;
    list->text.wrap = list->of->table != NULL;
    strcpy(list->day.number, "dd/mm/yyyy");
    for (int i = 1; i <= PLACES; i++) {
        list->numbers[i] = list->numbers[0];
        snprintf(list->numbers[i].number, sizeof text.number, "0.%0*d", i, 0);
    }
}

/* ---- cells ---- */

static hg_status put_text(hg_list *list, uint32_t row, uint32_t col, const hg_style *style,
                          hg_slice text, hg_err *err)
{
    const hg_run run = { .text = text, .bold = style->bold };
    return hg_book_text(list->book, (hg_area){ row, col, row, col }, style, &run, 1, err);
}

/* The decimal places of a number, and what is left of it without zeros at their end. */
static unsigned places_of(hg_slice text, hg_slice *shortest)
{
    const char *point = memchr(text.p, '.', text.n);
    size_t n = text.n;
    while (point && text.p[n - 1] == '0')
        n--;
    if (point && text.p + n - 1 == point)
        n--;
    *shortest = (hg_slice){ text.p, n };
    return point ? (unsigned)(text.p + text.n - point) - 1 : 0;
}

/* Whether a number of the column can be told from its double, and the column's places. */
static bool take_places(column *c, unsigned places, bool zeros)
{
    bool same = !c->numbers || places == c->places;
    if (places > PLACES || (!same && c->fixed) || (zeros && c->numbers && !(c->even && same)))
        return false;
    if (!c->numbers)
        c->places = places;
    c->even = (c->even || !c->numbers) && same;
    c->fixed |= zeros;
    c->numbers = true;
    return true;
}

static hg_status put_number(hg_list *list, uint32_t row, uint32_t col, hg_slice text,
                            hg_err *err)
{
    hg_slice shortest;
    unsigned places = places_of(text, &shortest);
    if (!hg_number_is_shortest(shortest) ||
        !take_places(&list->columns[col - 1], places, shortest.n < text.n))
        return put_text(list, row, col, &list->text, text, err);
    return hg_book_number(list->book, row, col, &list->numbers[places], text, err);
}

static hg_status put_day(hg_list *list, uint32_t row, uint32_t col, hg_slice text,
                         hg_err *err)
{
    char serial[24];
    hg_moment m;
    if (!hg_moment_date(&m, text) || m.whole + UNIX_DAY < FIRST_DAY || text.n != 10)
        return put_text(list, row, col, &list->text, text, err);
    int n = snprintf(serial, sizeof serial, "%d", (int)(m.whole + UNIX_DAY));
    return hg_book_number(list->book, row, col, &list->day,
                          (hg_slice){ serial, (size_t)n }, err);
}

static hg_status put_cell(hg_list *list, uint32_t row, uint32_t col, hg_slice text,
                          hg_err *err)
{
    if (list->of->table && hg_slice_is(text, EMPTY))
        return hg_fail(err, HG_EARG,
                       &(hg_loc){ .sheet = list->of->sheet, .row = row, .col = col },
                       "a value is '%s', which stands for no value in the accessible layout",
                       EMPTY);
    if (text.n == 0)
        return list->of->table
                   ? put_text(list, row, col, &list->text, HG_SLICE(EMPTY), err)
                   : HG_OK;
    switch (list->columns[col - 1].kind) {
    case NUMBER: return put_number(list, row, col, text, err);
    case DATE: return put_day(list, row, col, text, err);
    case TEXT: break;
    }
    return put_text(list, row, col, &list->text, text, err);
}

static void widen(column *c, hg_slice text, bool bold)
{
    double width = hg_times_width(text, LARGE, bold) * 1.15 + 10;
    width = width < NARROW ? NARROW : width > WIDE ? WIDE : width;
    c->width = width > c->width ? width : c->width;
}

/* ---- the sheet ---- */

hg_status hg_list_row(hg_list *list, const hg_slice *cells, size_t n, hg_err *err)
{
    if (list->of->above + list->rows == HG_LIST_ROWS)
        return hg_fail(err, HG_EARG, &(hg_loc){ .sheet = list->of->sheet },
                       "a list has at most %u rows, as a sheet of Excel has",
                       HG_LIST_ROWS);
    if (n > list->n)
        return hg_fail(err, HG_EINPUT, NULL, "a row has more cells than the header");
    list->rows++;
    for (size_t i = 0; i < n; i++) {
        if (list->rows <= MEASURED)
            widen(&list->columns[i], cells[i], false);
        if (put_cell(list, list->of->above + list->rows + 1, (uint32_t)i + 1, cells[i],
                     err) != HG_OK)
            return err->status;
    }
    for (size_t i = n; i < list->n && list->of->table; i++)
        if (put_cell(list, list->of->above + list->rows + 1, (uint32_t)i + 1, HG_SLICE(""),
                     err) != HG_OK)
            return err->status;
    return HG_OK;
}

static hg_status add_columns(hg_list *list, const hg_slice *fields, size_t n, hg_err *err)
{
    list->columns = calloc(n + 1, sizeof *list->columns);
    if (!list->columns)
        return hg_fail_nomem(err);
    for (; list->n < n; list->n++) {
        column *c = &list->columns[list->n];
        hg_slice name = fields[list->n];
        c->kind = kind_of(list->of->schema, name);
        c->name = strndup(name.p, name.n);
        if (!c->name)
            return hg_fail_nomem(err);
        widen(c, name, true);
        if (!list->of->table &&
            put_text(list, 1, (uint32_t)list->n + 1, &list->head, name, err) != HG_OK)
            return err->status;
    }
    return HG_OK;
}

hg_status hg_list_new(hg_list **out, hg_book *book, const hg_list_of *of,
                      const hg_slice *fields, size_t n, hg_err *err)
{
    *out = NULL;
    if (n > HG_LIST_COLUMNS)
        return hg_fail(err, HG_EARG, &(hg_loc){ .sheet = of->sheet },
                       "a list has at most %u columns", (unsigned)HG_LIST_COLUMNS);
    hg_list *list = calloc(1, sizeof *list);
    if (!list)
        return hg_fail_nomem(err);
    list->book = book;
    list->of = of;
    set_styles(list);
    if ((!of->table && hg_book_sheet(book, of->sheet, err) != HG_OK) ||
        add_columns(list, fields, n, err) != HG_OK) {
        hg_list_free(list);
        return err->status;
    }
    *out = list;
    return HG_OK;
}

static hg_status keep(const hg_list *list, hg_carrier *carrier, hg_err *err)
{
    hg_buf json = { 0 };
    hg_buf_puts(&json, "{\"name\":");
    hg_jsonl_text(&json, hg_slice_of(list->of->sheet));
    hg_buf_puts(&json, ",\"resource\":");
    hg_jsonl_text(&json, hg_slice_of(list->of->resource));
    hg_buf_printf(&json, ",\"rows\":%u,\"fields\":[", list->rows);
    for (size_t i = 0; i < list->n; i++) {
        hg_buf_puts(&json, i ? "," : "");
        hg_jsonl_text(&json, hg_slice_of(list->columns[i].name));
    }
    hg_buf_puts(&json, "],\"decimals\":[");
    for (size_t i = 0; i < list->n; i++) {
        const column *c = &list->columns[i];
        hg_buf_puts(&json, i ? "," : "");
        if (c->fixed)
            hg_buf_printf(&json, "%u", c->places);
        else
            hg_buf_puts(&json, "null");
    }
    hg_buf_puts(&json, list->of->table ? "],\"empty\":\"" EMPTY "\",\"head\":"
                                        : "],\"head\":");
    if (hg_json_dump(list->of->head, false, &json, err) == HG_OK)
        hg_buf_putc(&json, '}');
    if (hg_buf_status(&json, err) == HG_OK)
        hg_carrier_add(carrier, "list", (hg_slice){ json.data, json.len }, err);
    hg_buf_release(&json);
    return err->status;
}

/* Mark the list up, and set its pages up. */
static hg_status mark_up(hg_list *list, hg_err *err)
{
    const uint32_t head = list->of->above + 1, last = head + list->rows;
    const char *headers[HG_LIST_COLUMNS];
    hg_page page = { .landscape = true, .left = 15, .right = 15, .top = 15, .bottom = 15,
                     .header = 8, .repeat1 = head, .repeat2 = head, .rows = last,
                     .cols = (uint32_t)list->n, .gridlines = true };
    for (size_t i = 0; i < list->n && err->status == HG_OK; i++) {
        headers[i] = list->columns[i].name;
        if (list->rows == 0) /* Excel knows no table without rows */
            put_text(list, head, (uint32_t)i + 1, &list->head, hg_slice_of(headers[i]), err);
    }
    if (list->rows > 0 && err->status == HG_OK)
        hg_book_table(list->book, list->of->table, (hg_area){ head, 1, last, page.cols },
                      &list->head, headers, err);
    return err->status == HG_OK ? hg_book_print(list->book, &page, err) : err->status;
}

hg_status hg_list_end(hg_list *list, hg_carrier *carrier, hg_err *err)
{
    for (size_t i = 0; i < list->n && err->status == HG_OK; i++)
        hg_book_width(list->book, (uint32_t)i + 1, list->columns[i].width, err);
    if (err->status == HG_OK && list->of->table)
        mark_up(list, err);
    else if (err->status == HG_OK)
        hg_book_list(list->book, list->rows + 1, (uint32_t)list->n, err);
    return err->status != HG_OK ? err->status : keep(list, carrier, err);
}

void hg_list_free(hg_list *list)
{
    if (!list)
        return;
    for (size_t i = 0; i < list->n; i++)
        free(list->columns[i].name);
    free(list->columns);
    free(list);
}
