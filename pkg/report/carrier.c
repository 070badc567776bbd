/* carrier - what a workbook carries of the data that it was made of, written */
#include "report/carrier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHOICES 6 /* column F */
#define CHART   8 /* column H, and on */

typedef struct record {
    const char *kind;
    size_t at, n;
} record;

struct hg_carrier {
    hg_buf text;
    record *records;
    size_t n, cap;
    char **choices; /* of all lists, one below the other in one column */
    size_t n_choices;
    struct chart_cell *cells; /* data of charts */
    size_t n_cells, cap_cells;
    uint32_t columns; /* of them */
};

struct chart_cell {
    uint32_t row, col;
    char *text, *value; /* value NULL: a text; else text is a formula */
};

hg_status hg_carrier_new(hg_carrier **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HG_OK : hg_fail_nomem(err);
}

hg_status hg_carrier_add(hg_carrier *c, const char *kind, hg_slice json, hg_err *err)
{
    if (c->n == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 64;
        record *grown = realloc(c->records, cap * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        c->records = grown;
        c->cap = cap;
    }
    c->records[c->n++] = (record){ kind, c->text.len, json.n };
    hg_buf_put(&c->text, json.p, json.n);
    return hg_buf_status(&c->text, err);
}

hg_status hg_carrier_list(hg_carrier *c, const char *const *texts, size_t n,
                          char formula[64], hg_err *err)
{
    if (c->n_choices + n > HG_CARRIER_CHOICES)
        return hg_fail(err, HG_EARG, NULL, "over %d choices", HG_CARRIER_CHOICES);
    if (!c->choices && !(c->choices = calloc(HG_CARRIER_CHOICES, sizeof *c->choices)))
        return hg_fail_nomem(err);
    snprintf(formula, 64, "=" HG_CARRIER_SHEET "!$F$%zu:$F$%zu", c->n_choices + 1,
             c->n_choices + n);
    for (size_t i = 0; i < n; i++)
        if (!(c->choices[c->n_choices++] = strdup(texts[i])))
            return hg_fail_nomem(err);
    return HG_OK;
}

void hg_carrier_columns(hg_carrier *c, uint32_t n, uint32_t *first)
{
    *first = CHART + c->columns;
    c->columns += n;
}

hg_status hg_carrier_put(hg_carrier *c, uint32_t row, uint32_t col, const char *text,
                         const char *value, hg_err *err)
{
    if (c->n_cells == c->cap_cells) {
        size_t cap = c->cap_cells ? 2 * c->cap_cells : 64;
        struct chart_cell *grown = realloc(c->cells, cap * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        c->cells = grown;
        c->cap_cells = cap;
    }
    struct chart_cell *cell = &c->cells[c->n_cells++];
    *cell = (struct chart_cell){ row, col, strdup(text), value ? strdup(value) : NULL };
    return cell->text && (cell->value || !value) ? HG_OK : hg_fail_nomem(err);
}

static hg_slice json_of(const hg_carrier *c, size_t i)
{
    return (hg_slice){ c->text.data + c->records[i].at, c->records[i].n };
}

static hg_status digest_all(const hg_carrier *c, char hex[HG_DIGEST_HEX], hg_err *err)
{
    hg_digest *digest = NULL;
    if (hg_digest_new(&digest, err) != HG_OK)
        return err->status;
    for (size_t i = 0; i < c->n; i++)
        hg_carrier_digest(digest, c->records[i].kind, json_of(c, i));
    hg_digest_hex(digest, hex);
    hg_digest_free(digest);
    return HG_OK;
}

static hg_status put(hg_book *book, uint32_t row, uint32_t col, hg_slice text,
                     hg_err *err)
{
    static const hg_style style = { .size = 10 };
    hg_run run = { .text = text };
    return hg_book_text(book, (hg_area){ row, col, row, col }, &style, &run, 1, err);
}

/* The bytes of the first cell of a text: whole characters. */
static size_t piece(hg_slice text)
{
    size_t n = text.n < HG_CARRIER_PIECE ? text.n : HG_CARRIER_PIECE;
    while (n < text.n && n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    return n;
}

static hg_status write_records(const hg_carrier *c, hg_book *book, hg_err *err)
{
    uint32_t row = 1;
    for (size_t i = 0; i < c->n && err->status == HG_OK; i++) {
        hg_slice rest = json_of(c, i);
        put(book, row + 1, 1, hg_slice_of(c->records[i].kind), err);
        while (rest.n > 0 && err->status == HG_OK) {
            size_t n = piece(rest);
            put(book, ++row, 2, (hg_slice){ rest.p, n }, err);
            rest = (hg_slice){ rest.p + n, rest.n - n };
        }
    }
    return err->status;
}

static hg_status write_choices(const hg_carrier *c, hg_book *book, hg_err *err)
{
    for (size_t i = 0; i < c->n_choices && err->status == HG_OK; i++)
        put(book, (uint32_t)i + 1, CHOICES, hg_slice_of(c->choices[i]), err);
    return err->status;
}

static hg_status write_cells(const hg_carrier *c, hg_book *book, hg_err *err)
{
    static const hg_style style = { .size = 10 };
    for (size_t i = 0; i < c->n_cells && err->status == HG_OK; i++) {
        const struct chart_cell *cell = &c->cells[i];
        if (cell->value)
            hg_book_formula(book, cell->row, cell->col, &style, cell->text,
                            hg_slice_of(cell->value), err);
        else
            put(book, cell->row, cell->col, hg_slice_of(cell->text), err);
    }
    return err->status;
}

hg_status hg_carrier_write(hg_carrier *c, hg_book *book, hg_err *err)
{
    static const char word[] =
        "hg-extract đọc lại số liệu của báo cáo nhờ trang này; xin đừng sửa. "
        "(hg-extract reads the report's data back by this sheet; please leave it.)";
    char hex[HG_DIGEST_HEX];
    if (digest_all(c, hex, err) != HG_OK ||
        hg_book_sheet(book, HG_CARRIER_SHEET, err) != HG_OK)
        return err->status;
    hg_book_hide(book);
    if (put(book, 1, 1, HG_SLICE(HG_CARRIER_MAGIC), err) != HG_OK ||
        put(book, 1, 2, HG_SLICE(HG_CARRIER_VERSION), err) != HG_OK ||
        put(book, 1, 3, hg_slice_of(hex), err) != HG_OK ||
        put(book, 1, 4, HG_SLICE(word), err) != HG_OK ||
        write_records(c, book, err) != HG_OK || write_choices(c, book, err) != HG_OK ||
        write_cells(c, book, err) != HG_OK ||
        hg_book_property(book, "hg.report", HG_CARRIER_VERSION, err) != HG_OK)
        return err->status;
    return hg_book_property(book, "hg.carrier.sha256", hex, err);
}

void hg_carrier_free(hg_carrier *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n_choices; i++)
        free(c->choices[i]);
    for (size_t i = 0; i < c->n_cells; i++) {
        free(c->cells[i].text);
        free(c->cells[i].value);
    }
    free(c->cells);
    free(c->choices);
    hg_buf_release(&c->text);
    free(c->records);
    free(c);
}
