/* book_cells - what stands in the cells of a workbook */
#include "workbook/book_inside.h"
#include "text/number.h"
#include "text/utf8.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MERGES  65536 /* merged areas of one sheet */
#define RUNS    8     /* pieces of one cell's text */
#define FORMULA 8192  /* characters of a formula */

/* Go on with FNV-1a, 64 bits. */
static uint64_t hash(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * UINT64_C(1099511628211);
    return h;
}

/* Add a cell of the sheet counted last: its place, its kind, its text in pieces. */
void hg_book_count(book_contents *all, uint32_t row, uint32_t col, char kind,
                   const hg_slice *text, size_t n)
{
    uint64_t place[] = { all->at, row, col, (uint64_t)kind };
    uint64_t h = hash(UINT64_C(14695981039346656037), place, sizeof place);
    for (size_t i = 0; i < n; i++)
        h = hash(h, text[i].p, text[i].n);
    all->sum += h;
    all->cells++;
}

void hg_book_count_text(hg_book *book, uint32_t row, uint32_t col, const hg_slice *text,
                        size_t n)
{
    if (!book->bulk)
        hg_book_count(&book->put, row, col, 't', text, n);
    if (book->watcher)
        book->watcher(book->with, row, col, text, n);
}

/* A number counts as the text that what the library writes for its double reads back as,
 * one that its format shows as a date as that date. Up to 15 digits come back as they
 * are. */
static void count_number(hg_book *book, hg_area at, hg_slice given, double value,
                         hg_format_kind kind)
{
    char written[HG_NUMBER_TEXT], text[HG_NUMBER_TEXT], date[HG_SERIAL_TEXT];
    if (book->bulk)
        return;
    if (given.n > DBL_DIG || kind != HG_FORMAT_NUMBER) {
        snprintf(written, sizeof written, "%.16G", value);
        given = hg_slice_of(written);
    }
    if (kind != HG_FORMAT_NUMBER)
        hg_serial_text(date, strtod(written, NULL), false, &kind);
    hg_slice shown = kind == HG_FORMAT_NUMBER
                         ? (hg_slice){ text, hg_number_shortest(text, given) }
                         : hg_slice_of(date);
    hg_book_count(&book->put, at.row1, at.col1, kind == HG_FORMAT_NUMBER ? 'n' : 't',
                  &shown, 1);
}

static hg_status merge(hg_book *book, hg_area a, lxw_format *format, hg_err *err)
{
    if (book->n_merges == MERGES)
        return hg_fail(err, HG_EARG, BOOK_AT(book, a),
                       "too many merged areas on one sheet");
    for (size_t i = 0; i < book->n_merges; i++) {
        const hg_area *b = &book->merges[i];
        if (a.row1 <= b->row2 && b->row1 <= a.row2 && a.col1 <= b->col2 &&
            b->col1 <= a.col2)
            return hg_fail(err, HG_EARG, BOOK_AT(book, a), "two merged areas overlap");
    }
    if (book->n_merges == book->cap_merges) {
        size_t cap = book->cap_merges ? 2 * book->cap_merges : 64;
        hg_area *grown = realloc(book->merges, cap * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        book->merges = grown;
        book->cap_merges = cap;
    }
    book->merges[book->n_merges++] = a;
    return hg_book_outcome(worksheet_merge_range(book->sheet, a.row1 - 1,
                                                 (lxw_col_t)(a.col1 - 1), a.row2 - 1,
                                                 (lxw_col_t)(a.col2 - 1), "", format),
                           err);
}

/* The library does that for control characters only. */
void hg_book_escape(hg_buf *buf, hg_slice text)
{
    static const char hex[] = "0123456789abcdefABCDEF";
    if (!memchr(text.p, '_', text.n)) {
        hg_buf_put(buf, text.p, text.n);
        return;
    }
    for (size_t i = 0; i < text.n; i++) {
        const char *p = text.p + i;
        bool escape = *p == '_' && text.n - i >= 7 && p[1] == 'x' && p[6] == '_';
        for (size_t k = 2; k < 6 && escape; k++)
            escape = strchr(hex, p[k]) != NULL;
        if (escape)
            hg_buf_puts(buf, "_x005F");
        hg_buf_putc(buf, *p);
    }
}

/* The text's pieces as NUL-terminated strings, one after the other; empty ones dropped.
 */
static hg_status strings(const hg_book *book, hg_area area, const hg_run *runs, size_t *n,
                         const hg_run **kept, const char **text, hg_buf *buf, hg_err *err)
{
    size_t start[RUNS], total = 0, given = *n;
    assert(given <= RUNS);
    *n = 0;
    for (size_t i = 0; i < given; i++) {
        size_t count = hg_book_characters(runs[i].text);
        if (count == SIZE_MAX || memchr(runs[i].text.p, '\0', runs[i].text.n))
            return hg_fail(err, HG_EARG, BOOK_AT(book, area),
                           "a cell's text is not valid UTF-8");
        total += count;
        if (runs[i].text.n == 0)
            continue;
        kept[*n] = &runs[i];
        start[(*n)++] = buf->len;
        hg_book_escape(buf, runs[i].text);
        hg_buf_putc(buf, '\0');
    }
    if (total > HG_BOOK_TEXT)
        return hg_fail(err, HG_EARG, BOOK_AT(book, area),
                       "a cell's text is longer than 32,767 characters");
    for (size_t i = 0; i < *n && buf->data; i++)
        text[i] = buf->data + start[i];
    return hg_buf_status(buf, err);
}

static hg_status rich(hg_book *book, hg_area a, const hg_style *base, lxw_format *format,
                      const hg_run *const *runs, const char *const *text, size_t n,
                      hg_err *err)
{
    lxw_rich_string_tuple tuples[RUNS], *list[RUNS + 1] = { NULL };
    for (size_t i = 0; i < n; i++) {
        hg_style piece = { .size = base->size,
                           .font = base->font,
                           .bold = runs[i]->bold,
                           .italic = runs[i]->italic };
        if (hg_book_format(book, &piece, &tuples[i].format, err) != HG_OK)
            return err->status;
        tuples[i].string = (char *)text[i]; /* read only, though not declared so */
        list[i] = &tuples[i];
    }
    return hg_book_outcome(worksheet_write_rich_string(book->sheet, a.row1 - 1,
                                                       (lxw_col_t)(a.col1 - 1), list,
                                                       format),
                           err);
}

hg_status hg_book_text(hg_book *book, hg_area a, const hg_style *look, const hg_run *runs,
                       size_t n, hg_err *err)
{
    const hg_run *kept[RUNS];
    const char *text[RUNS];
    hg_style whole = *look;
    lxw_format *format;
    lxw_row_t row = a.row1 - 1;
    lxw_col_t col = (lxw_col_t)(a.col1 - 1);
    hg_buf_clear(&book->scratch);
    if (hg_book_inside(book, a, err) != HG_OK ||
        strings(book, a, runs, &n, kept, text, &book->scratch, err) != HG_OK)
        return err->status;
    if (n == 1) { /* one piece needs no rich text: the cell itself takes its slant */
        whole.bold = kept[0]->bold;
        whole.italic = kept[0]->italic;
    }
    if (hg_book_format(book, &whole, &format, err) != HG_OK)
        return err->status;
    if ((a.row1 != a.row2 || a.col1 != a.col2) && merge(book, a, format, err) != HG_OK)
        return err->status;
    hg_slice pieces[RUNS];
    for (size_t i = 0; i < n; i++)
        pieces[i] = kept[i]->text;
    if (n > 0)
        hg_book_count_text(book, a.row1, a.col1, pieces, n);
    if (n == 0)
        return hg_book_outcome(worksheet_write_blank(book->sheet, row, col, format), err);
    if (n == 1)
        return hg_book_outcome(
            worksheet_write_string(book->sheet, row, col, text[0], format), err);
    return rich(book, a, look, format, kept, text, n, err);
}

/* The double nearest to a decimal text. */
static hg_status number(const hg_book *book, hg_area at, hg_slice text, double *out,
                        hg_err *err)
{
    char digits[64], *end;
    if (text.n == 0 || text.n >= sizeof digits)
        return hg_fail(err, HG_EARG, BOOK_AT(book, at), "a number is too long");
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    *out = strtod(digits, &end);
    if (*end != '\0' || !isfinite(*out))
        return hg_fail(err, HG_EARG, BOOK_AT(book, at), "a cell's number is no number");
    return HG_OK;
}

void hg_book_watch(hg_book *book, hg_book_watcher *watcher, void *with)
{
    book->watcher = watcher;
    book->with = with;
}

hg_status hg_book_number(hg_book *book, uint32_t row, uint32_t col, const hg_style *look,
                         hg_slice text, hg_err *err)
{
    hg_area at = { row, col, row, col };
    size_t style;
    double value;
    if (hg_book_inside(book, at, err) != HG_OK ||
        number(book, at, text, &value, err) != HG_OK ||
        hg_book_style(book, look, &style, err) != HG_OK)
        return err->status;
    count_number(book, at, text, value, book->kinds[style]);
    return hg_book_outcome(worksheet_write_number(book->sheet, row - 1,
                                                  (lxw_col_t)(col - 1), value,
                                                  book->formats[style]),
                           err);
}

hg_status hg_book_truth(hg_book *book, uint32_t row, uint32_t col, const hg_style *look,
                        bool truth, hg_err *err)
{
    hg_area at = { row, col, row, col };
    lxw_format *format;
    if (hg_book_inside(book, at, err) != HG_OK ||
        hg_book_format(book, look, &format, err) != HG_OK)
        return err->status;
    hg_book_count(&book->put, row, col, 't',
                  truth ? &HG_SLICE("TRUE") : &HG_SLICE("FALSE"), 1);
    return hg_book_outcome(worksheet_write_boolean(book->sheet, row - 1,
                                                   (lxw_col_t)(col - 1), truth, format),
                           err);
}

hg_status hg_book_formula(hg_book *book, uint32_t row, uint32_t col, const hg_style *look,
                          const char *formula, hg_slice text, hg_err *err)
{
    hg_area at = { row, col, row, col };
    size_t style;
    double value;
    assert(formula[0] == '=');
    if (strlen(formula) > FORMULA)
        return hg_fail(err, HG_EARG, BOOK_AT(book, at),
                       "a formula is longer than 8,192 characters");
    if (hg_book_inside(book, at, err) != HG_OK ||
        number(book, at, text, &value, err) != HG_OK ||
        hg_book_style(book, look, &style, err) != HG_OK)
        return err->status;
    count_number(book, at, text, value, book->kinds[style]);
    return hg_book_outcome(worksheet_write_formula_num(book->sheet, row - 1,
                                                       (lxw_col_t)(col - 1), formula,
                                                       book->formats[style], value),
                           err);
}
