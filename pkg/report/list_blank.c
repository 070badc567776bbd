/* list_blank - a list as a form to be filled */
#include "format/jsonl.h"
#include "report/choices.h"
#include "report/list.h"
#include "text/message.h"
#include "text/times.h"

#include <stdlib.h>
#include <string.h>

#define POINTS 12
#define NARROW 90.0 /* points of a column */
#define WIDE   260.0

/* A form on its way. */
typedef struct drawing {
    hg_book *book;
    hg_carrier *carrier;
    const hg_list_of *of;
    const hg_labels *const *labels;
    const char *const *lists;         /* names of the code lists */
    char chosen[HG_LIST_COLUMNS][64]; /* formulas of choices, where a column has some */
    const hg_json *fields;
    uint32_t n;
    hg_err *err;
} drawing;

static const char *name_of(const hg_json *field)
{
    const char *name = hg_json_get_str(field, "name");
    return name ? name : "";
}

static bool is_type(const hg_json *field, const char *type)
{
    const char *is = hg_json_get_str(field, "type");
    return is && strcmp(is, type) == 0;
}

static hg_area below(uint32_t col)
{
    return (hg_area){ 2, col, HG_BOOK_ROWS, col };
}

/* ---- what a column takes ---- */

static hg_status choose(drawing *d, uint32_t col, char **texts, size_t n)
{
    char *formula = d->chosen[col - 1];
    const char *const *list = (const char *const *)texts;
    if (hg_carrier_list(d->carrier, list, n, formula, d->err) != HG_OK)
        return d->err->status;
    return hg_book_choose(d->book, below(col), formula, d->err);
}

/* Columns of the same list have the same choices. */
static hg_status choose_code(drawing *d, uint32_t col, const hg_labels *labels)
{
    hg_choices choices;
    for (uint32_t i = 0; i + 1 < col; i++)
        if (d->labels[i] && strcmp(d->lists[i], d->lists[col - 1]) == 0)
            return hg_book_choose(d->book, below(col), d->chosen[i], d->err);
    if (hg_choices_make(&choices, labels, d->err) == HG_OK && choices.n > 0)
        choose(d, col, choices.texts, choices.n);
    hg_choices_release(&choices);
    return d->err->status;
}

static hg_status choose_listed(drawing *d, uint32_t col, const hg_json *listed)
{
    size_t n = hg_json_len(listed), k = 0;
    char **texts = calloc(n + 1, sizeof *texts);
    if (!texts)
        return hg_fail_nomem(d->err);
    for (size_t i = 0; i < n; i++)
        if (hg_json_is_string(hg_json_at(listed, i)))
            texts[k++] = (char *)hg_json_str(hg_json_at(listed, i));
    if (k == n)
        choose(d, col, texts, n);
    free(texts);
    return d->err->status;
}

static hg_status choose_truth(drawing *d, uint32_t col)
{
    char *texts[] = { "true", "false" };
    return choose(d, col, texts, 2);
}

/* "=AND(ISNUMBER(B2),B2>=0)" */
static hg_status check_number(const drawing *d, uint32_t col, const hg_json *field)
{
    const hg_json *least = hg_json_get(hg_json_get(field, "constraints"), "minimum");
    bool whole = !is_type(field, "number"), day = is_type(field, "date");
    char a1[24];
    hg_buf formula = { 0 }, message = { 0 };
    hg_text_a1(a1, 2, col);
    hg_buf_printf(&formula, "=AND(ISNUMBER(%s)", a1);
    if (whole)
        hg_buf_printf(&formula, ",%s=INT(%s)", a1, a1);
    if (hg_json_is_number(least) && !day)
        hg_buf_printf(&formula, ",%s>=%.15g", a1, hg_json_number(least, 0));
    hg_buf_puts(&formula, ")");
    hg_buf_puts(&message, day     ? "Nhập ngày, như 05/06/2026."
                          : whole ? "Nhập số nguyên"
                                  : "Nhập số");
    if (!day && hg_json_is_number(least))
        hg_buf_printf(&message, " từ %.15g", hg_json_number(least, 0));
    hg_buf_puts(&message, day ? "" : ".");
    if (hg_buf_status(&formula, d->err) == HG_OK &&
        hg_buf_status(&message, d->err) == HG_OK)
        hg_book_check(d->book, below(col), formula.data, "Số liệu", message.data, d->err);
    hg_buf_release(&formula);
    hg_buf_release(&message);
    return d->err->status;
}

static hg_status check_column(drawing *d, uint32_t i)
{
    const hg_json *field = hg_json_at(d->fields, i);
    const hg_json *listed = hg_json_get(hg_json_get(field, "constraints"), "enum");
    if (d->labels[i])
        return choose_code(d, i + 1, d->labels[i]);
    if (hg_json_is_array(listed))
        return choose_listed(d, i + 1, listed);
    if (is_type(field, "boolean"))
        return choose_truth(d, i + 1);
    if (is_type(field, "integer") || is_type(field, "number") || is_type(field, "year") ||
        is_type(field, "date"))
        return check_number(d, i + 1, field);
    return HG_OK;
}

/* ---- the sheet ---- */

static double width_of(const drawing *d, uint32_t i)
{
    double width =
        hg_times_width(hg_slice_of(name_of(hg_json_at(d->fields, i))), POINTS, true);
    for (size_t k = 0; d->labels[i] && k < hg_labels_count(d->labels[i]); k++) {
        const char *label = hg_labels_at(d->labels[i], k).vi;
        double own = label ? hg_times_width(hg_slice_of(label), POINTS, false) : 0;
        width = own > width ? own : width;
    }
    width = width * 1.15 + 20;
    return width < NARROW ? NARROW : width > WIDE ? WIDE : width;
}

/* All cells of the column are open but for its name. */
static hg_status draw_column(drawing *d, uint32_t i)
{
    const hg_json *field = hg_json_at(d->fields, i);
    hg_style open = { .size = POINTS,
                      .font = d->of->sans ? HG_SANS : HG_SERIF,
                      .open = 1 },
             head = open;
    head.open = 0;
    head.bold = head.wrap = 1;
    head.bottom = HG_THIN;
    if (is_type(field, "date"))
        strcpy(open.number, "dd/mm/yyyy");
    else if (is_type(field, "string"))
        strcpy(open.number, "@"); /* "007" stays what it is */
    hg_run run = { .text = hg_slice_of(name_of(field)), .bold = true };
    if (hg_book_column(d->book, i + 1, width_of(d, i), &open, d->err) != HG_OK ||
        hg_book_text(d->book, (hg_area){ 1, i + 1, 1, i + 1 }, &head, &run, 1, d->err) !=
            HG_OK)
        return d->err->status;
    return check_column(d, i);
}

static hg_status keep(const drawing *d)
{
    hg_buf json = { 0 };
    hg_buf_puts(&json, "{\"name\":");
    hg_jsonl_text(&json, hg_slice_of(d->of->sheet));
    hg_buf_puts(&json, ",\"resource\":");
    hg_jsonl_text(&json, hg_slice_of(d->of->resource));
    hg_buf_puts(&json, ",\"blank\":true,\"fields\":[");
    for (uint32_t i = 0; i < d->n; i++) {
        hg_buf_puts(&json, i ? "," : "");
        hg_jsonl_text(&json, hg_slice_of(name_of(hg_json_at(d->fields, i))));
    }
    hg_buf_puts(&json, "],\"codes\":[");
    for (uint32_t i = 0; i < d->n; i++) {
        hg_buf_puts(&json, i ? "," : "");
        if (d->labels[i])
            hg_jsonl_text(&json, hg_slice_of(d->lists[i]));
        else
            hg_buf_puts(&json, "null");
    }
    hg_buf_puts(&json, "],\"head\":");
    if (hg_json_dump(d->of->head, false, &json, d->err) == HG_OK)
        hg_buf_putc(&json, '}');
    if (hg_buf_status(&json, d->err) == HG_OK)
        hg_carrier_add(d->carrier, "list", (hg_slice){ json.data, json.len }, d->err);
    hg_buf_release(&json);
    return d->err->status;
}

hg_status hg_list_blank(hg_book *book, hg_carrier *carrier, const hg_list_of *of,
                        const hg_labels *const *labels, const char *const *lists,
                        hg_err *err)
{
    drawing d = { .book = book,
                  .carrier = carrier,
                  .of = of,
                  .labels = labels,
                  .lists = lists,
                  .fields = hg_json_get(of->schema, "fields"),
                  .err = err };
    if (hg_json_len(d.fields) > HG_LIST_COLUMNS)
        return hg_fail(err, HG_EARG, &(hg_loc){ .sheet = of->sheet },
                       "a list has at most %u columns", (unsigned)HG_LIST_COLUMNS);
    d.n = (uint32_t)hg_json_len(d.fields);
    if (hg_book_sheet(book, of->sheet, err) != HG_OK)
        return err->status;
    for (uint32_t i = 0; i < d.n && err->status == HG_OK; i++)
        draw_column(&d, i);
    if (err->status != HG_OK || hg_book_list(book, HG_BOOK_ROWS, d.n, err) != HG_OK)
        return err->status;
    hg_book_protect(book);
    return keep(&d);
}
