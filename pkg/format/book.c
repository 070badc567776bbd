/* book - write a workbook (xlsx) with libxlsxwriter, within limits checked first */
#include "format/book.h"
#include "format/book_inside.h"
#include "base/file.h"
#include "base/folder.h"
#include "format/cells.h"
#include "format/firstpage.h"
#include "format/unzip.h"
#include "text/message.h"
#include "text/number.h"
#include "text/utf8.h"

#include <assert.h>
#include <fcntl.h>
#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MERGES  65536 /* merged areas of one sheet */
#define RUNS    8     /* pieces of one cell's text */
#define HEADER  255   /* characters of a page's header */
#define FORMULA 8192  /* characters of a formula */
#define SWISS   2     /* a font's family, ECMA-376 part 1, 18.8.18 */
#define LINK    0x003C8C

static hg_status __attribute__((format(printf, 3, 4)))
refuse(const hg_loc *loc, hg_err *err, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    hg_status st = hg_vfail(err, HG_EARG, loc, format, ap);
    va_end(ap);
    return st;
}

/* Go on with FNV-1a, 64 bits. */
static uint64_t hash(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * UINT64_C(1099511628211);
    return h;
}

/* Add a cell of the sheet counted last: its place, its kind, its text in pieces. */
static void count_cell(book_contents *all, uint32_t row, uint32_t col, char kind,
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
        count_cell(&book->put, row, col, 't', text, n);
    if (book->watcher)
        book->watcher(book->with, row, col, text, n);
}

/* A number counts as the text that what the library writes for its double reads back as, one
 * that its format shows as a date as that date. Up to 15 digits come back as they are. */
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
    count_cell(&book->put, at.row1, at.col1, kind == HG_FORMAT_NUMBER ? 'n' : 't', &shown,
               1);
}

/* Turn the library's outcome into ours; after the checks here only memory can lack. */
hg_status hg_book_outcome(lxw_error code, hg_err *err)
{
    if (code == LXW_NO_ERROR)
        return HG_OK;
    if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return hg_fail_nomem(err);
    return hg_fail(err, HG_ESYS, NULL, "the workbook cannot be written (%s)",
                   lxw_strerror(code));
}

/* XML 1.0 holds neither U+FFFE nor U+FFFF; of control characters the library takes care.
 */
static bool has_noncharacter(hg_slice text)
{
    const char *p = text.p, *end = text.p + text.n;
    while (end - p > 2 && (p = memchr(p, 0xEF, (size_t)(end - p) - 2)) != NULL) {
        if (memcmp(p, "\xEF\xBF\xBE", 3) == 0 || memcmp(p, "\xEF\xBF\xBF", 3) == 0)
            return true;
        p++;
    }
    return false;
}

/* Characters as Excel counts them, in UTF-16; SIZE_MAX for what XML cannot hold. */
size_t hg_book_characters(hg_slice text)
{
    size_t n = 0;
    if (hg_utf8_valid(text.p, text.n) != text.n || has_noncharacter(text))
        return SIZE_MAX;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        n += (c & 0xC0) != 0x80 ? 1u : 0u;
        n += c >= 0xF0 ? 1u : 0u;
    }
    return n;
}

static lxw_format *format_of(hg_book *book, const hg_style *s)
{
    static const unsigned char align[] = { LXW_ALIGN_LEFT, LXW_ALIGN_CENTER,
                                           LXW_ALIGN_RIGHT };
    static const unsigned char valign[] = { LXW_ALIGN_VERTICAL_TOP,
                                            LXW_ALIGN_VERTICAL_CENTER,
                                            LXW_ALIGN_VERTICAL_BOTTOM };
    static const unsigned char line[] = { LXW_BORDER_NONE, LXW_BORDER_THIN,
                                          LXW_BORDER_HAIR };
    lxw_format *f = workbook_add_format(book->lib);
    if (!f)
        return NULL;
    format_set_font_name(f, s->font == HG_SANS ? "Arial" : "Times New Roman");
    if (s->font == HG_SANS)
        format_set_font_family(f, SWISS);
    format_set_font_size(f, s->size);
    format_set_align(f, align[s->align]);
    format_set_align(f, valign[s->valign]);
    format_set_top(f, line[s->top]);
    format_set_right(f, line[s->right]);
    format_set_bottom(f, line[s->bottom]);
    format_set_left(f, line[s->left]);
    if (s->bold)
        format_set_bold(f);
    if (s->italic)
        format_set_italic(f);
    if (s->wrap)
        format_set_text_wrap(f);
    if (s->link) {
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
        format_set_font_color(f, LINK);
    }
    if (s->open)
        format_set_unlocked(f);
    if (s->indent)
        format_set_indent(f, s->indent);
    if (s->number[0])
        format_set_num_format(f, s->number);
    return f;
}

/* The place of a style in the book's list, where it is added if it is new. */
static hg_status find_style(hg_book *book, const hg_style *want, size_t *i, hg_err *err)
{
    assert(want->indent <= 15 && want->number[sizeof want->number - 1] == '\0');
    for (*i = 0; *i < book->n_styles; (*i)++)
        if (memcmp(&book->styles[*i], want, sizeof *want) == 0)
            return HG_OK;
    if (*i == BOOK_STYLES)
        return hg_fail(err, HG_EARG, NULL, "a workbook has at most %d styles",
                       BOOK_STYLES);
    book->formats[*i] = format_of(book, want);
    if (!book->formats[*i])
        return hg_fail_nomem(err);
    book->styles[*i] = *want;
    book->kinds[*i] =
        *want->number ? hg_format_kind_of(want->number) : HG_FORMAT_NUMBER;
    book->n_styles++;
    return HG_OK;
}

hg_status hg_book_format(hg_book *book, const hg_style *want, lxw_format **out,
                         hg_err *err)
{
    size_t i;
    hg_status st = find_style(book, want, &i, err);
    *out = st == HG_OK ? book->formats[i] : NULL;
    return st;
}

hg_status hg_book_inside(const hg_book *book, hg_area a, hg_err *err)
{
    assert(book->sheet && a.row1 > 0 && a.col1 > 0 && a.row1 <= a.row2 &&
           a.col1 <= a.col2);
    if (a.row2 > HG_BOOK_ROWS || a.col2 > HG_BOOK_COLS)
        return refuse(BOOK_AT(book, a), err,
                      "a sheet has no more than 1,048,576 rows and 16,384 columns");
    return HG_OK;
}

static hg_status merge(hg_book *book, hg_area a, lxw_format *format, hg_err *err)
{
    if (book->n_merges == MERGES)
        return refuse(BOOK_AT(book, a), err, "too many merged areas on one sheet");
    for (size_t i = 0; i < book->n_merges; i++) {
        const hg_area *b = &book->merges[i];
        if (a.row1 <= b->row2 && b->row1 <= a.row2 && a.col1 <= b->col2 &&
            b->col1 <= a.col2)
            return refuse(BOOK_AT(book, a), err, "two merged areas overlap");
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
            return refuse(BOOK_AT(book, area), err, "a cell's text is not valid UTF-8");
        total += count;
        if (runs[i].text.n == 0)
            continue;
        kept[*n] = &runs[i];
        start[(*n)++] = buf->len;
        hg_book_escape(buf, runs[i].text);
        hg_buf_putc(buf, '\0');
    }
    if (total > HG_BOOK_TEXT)
        return refuse(BOOK_AT(book, area), err,
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
        return refuse(BOOK_AT(book, at), err, "a number is too long");
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    *out = strtod(digits, &end);
    if (*end != '\0' || !isfinite(*out))
        return refuse(BOOK_AT(book, at), err, "a cell's number is no number");
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
        find_style(book, look, &style, err) != HG_OK)
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
    count_cell(&book->put, row, col, 't', truth ? &HG_SLICE("TRUE") : &HG_SLICE("FALSE"),
               1);
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
        return refuse(BOOK_AT(book, at), err,
                      "a formula is longer than 8,192 characters");
    if (hg_book_inside(book, at, err) != HG_OK ||
        number(book, at, text, &value, err) != HG_OK ||
        find_style(book, look, &style, err) != HG_OK)
        return err->status;
    count_number(book, at, text, value, book->kinds[style]);
    return hg_book_outcome(worksheet_write_formula_num(book->sheet, row - 1,
                                                       (lxw_col_t)(col - 1), formula,
                                                       book->formats[style], value),
                           err);
}

static hg_status set_column(hg_book *book, uint32_t col, double points,
                            lxw_format *format, hg_err *err)
{
    /* Excel counts columns in digits of the default font (ECMA-376 part 1, 18.3.1.13): 8
     * pixels of 1/96 inch in Times New Roman 12. The library adds what 5 pixels of
     * padding are to digits of 7, those of the font that it takes for the default. */
    double width = points * 96 / 72 / 8 - 5.0 / 7;
    hg_area at = { 1, col, 1, col };
    if (hg_book_inside(book, at, err) != HG_OK)
        return err->status;
    if (width < 0 || width > HG_BOOK_WIDTH)
        return refuse(BOOK_AT(book, at), err, "a column is at most 255 characters wide");
    return hg_book_outcome(worksheet_set_column(book->sheet, (lxw_col_t)(col - 1),
                                                (lxw_col_t)(col - 1), width, format),
                           err);
}

hg_status hg_book_width(hg_book *book, uint32_t col, double points, hg_err *err)
{
    return set_column(book, col, points, NULL, err);
}

hg_status hg_book_column(hg_book *book, uint32_t col, double points, const hg_style *style,
                         hg_err *err)
{
    lxw_format *format;
    hg_status st = hg_book_format(book, style, &format, err);
    return st == HG_OK ? set_column(book, col, points, format, err) : st;
}

hg_status hg_book_height(hg_book *book, uint32_t row, double points, hg_err *err)
{
    hg_area at = { row, 1, row, 1 };
    if (hg_book_inside(book, at, err) != HG_OK)
        return err->status;
    if (points > HG_BOOK_HEIGHT)
        return refuse(BOOK_AT(book, at), err,
                      "a row is at most 409 points high; shorten its text");
    return hg_book_outcome(worksheet_set_row(book->sheet, row - 1, points, NULL), err);
}

hg_status hg_book_list(hg_book *book, uint32_t rows, uint32_t cols, hg_err *err)
{
    hg_area all = { 1, 1, rows, cols };
    char range[48] = "A1:";
    if (hg_book_inside(book, all, err) != HG_OK)
        return err->status;
    hg_text_a1(range + 3, rows, cols);
    worksheet_freeze_panes(book->sheet, 1, 0);
    return hg_book_outcome(
        worksheet_ignore_errors(book->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range),
        err);
}

/* The header of pages from 2 on: codes for place, font and size, then what stands there;
 * 255 characters (ECMA-376 part 1, 18.3.1.39). */
static void put_header(char header[HEADER + 1], const char *continued)
{
    static const char number[] = "&C&\"Times New Roman,Regular\"&13&P",
                      font[] = "\n&12&\"Times New Roman,Italic\"";
    size_t n = sizeof number - 1;
    memcpy(header, number, sizeof number);
    if (!continued)
        return;
    memcpy(header + n, font, sizeof font);
    n += sizeof font - 1;
    for (const char *p = continued; *p;) {
        int32_t cp;
        size_t length = hg_utf8_next(p, strlen(p), &cp);
        if (n + length + 1 > HEADER)
            break;
        if (cp == '&')
            header[n++] = '&';
        memcpy(header + n, p, length);
        n += length;
        p += length;
    }
    header[n] = '\0';
}

hg_status hg_book_print(hg_book *book, const hg_page *page, hg_err *err)
{
    lxw_worksheet *sheet = book->sheet;
    lxw_header_footer_options header = { .margin = page->header / 25.4 };
    char all[48] = "A1:", text[HEADER + 1];
    hg_text_a1(all + 3, page->rows, page->cols);
    put_header(text, page->continued);
    book->numbered |= page->numbered;
    worksheet_set_paper(sheet, 9); /* A4 */
    if (page->landscape)
        worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, page->left / 25.4, page->right / 25.4, page->top / 25.4,
                          page->bottom / 25.4);
    worksheet_fit_to_pages(sheet, 1, (uint16_t)page->down);
    worksheet_center_horizontally(sheet);
    if (!page->gridlines)
        worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    lxw_error code =
        worksheet_print_area(sheet, 0, 0, page->rows - 1, (lxw_col_t)(page->cols - 1));
    if (code == LXW_NO_ERROR && page->repeat1 > 0)
        code = worksheet_repeat_rows(sheet, page->repeat1 - 1, page->repeat2 - 1);
    if (code == LXW_NO_ERROR && page->numbered)
        code = worksheet_set_header_opt(sheet, text, &header);
    if (code == LXW_NO_ERROR) /* "01", "2016" in headings are texts on purpose */
        code = worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, all);
    return hg_book_outcome(code, err);
}

static hg_status check_name(const char *name, hg_err *err)
{
    hg_slice text = hg_slice_of(name);
    hg_loc loc = { .sheet = name };
    size_t n = hg_book_characters(text);
    if (n == 0 || n == SIZE_MAX || n > HG_BOOK_NAME)
        return refuse(&loc, err, "a sheet's name has from 1 to 31 characters");
    if (strpbrk(name, "[]:*?/\\") || name[0] == '\'' || name[text.n - 1] == '\'')
        return refuse(&loc, err,
                      "a sheet's name holds none of []:*?/\\ and no ' at its ends");
    return HG_OK;
}

hg_status hg_book_claim(book_names *names, const char *name, const char *taken,
                        hg_err *err)
{
    hg_buf key = { 0 };
    hg_utf8_key(&key, name, strlen(name));
    if (hg_buf_status(&key, err) != HG_OK)
        goto fail;
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->keys[i], key.data) == 0) {
            hg_fail(err, HG_EARG, &(hg_loc){ .sheet = name }, taken, "");
            goto fail;
        }
    char **grown = realloc(names->keys, (names->n + 1) * sizeof *grown);
    if (!grown) {
        hg_fail_nomem(err);
        goto fail;
    }
    names->keys = grown;
    names->keys[names->n++] = key.data;
    return HG_OK;
fail:
    hg_buf_release(&key);
    return err->status;
}

hg_status hg_book_sheet(hg_book *book, const char *name, hg_err *err)
{
    if (check_name(name, err) != HG_OK ||
        hg_book_claim(&book->names, name, "two sheets have the same name", err) != HG_OK)
        return err->status;
    memcpy(book->sheet_name, name, strlen(name) + 1);
    book->n_merges = 0;
    book->put.at = ++book->put.sheets;
    book->sheet = workbook_add_worksheet(book->lib, name);
    return book->sheet ? HG_OK : hg_fail_nomem(err);
}

bool hg_book_has(const hg_book *book, const char *name)
{
    hg_buf key = { 0 };
    bool found = false;
    hg_utf8_key(&key, name, strlen(name));
    for (size_t i = 0; i < book->names.n && key.data && !found; i++)
        found = strcmp(book->names.keys[i], key.data) == 0;
    hg_buf_release(&key);
    return found;
}

void hg_book_turn(hg_book *book, const char *name)
{
    lxw_worksheet *sheet = workbook_get_worksheet_by_name(book->lib, name);
    assert(sheet);
    book->sheet = sheet;
    book->put.at = (size_t)sheet->index + 1;
    memcpy(book->sheet_name, name, strlen(name) + 1);
}

static hg_status new_book(hg_book **out, const char *tmp, const hg_book_about *about,
                          bool bulk, hg_err *err)
{
    *out = NULL;
    if (about->created == 0) /* the library would take the clock's */
        return hg_fail(err, HG_EARG, NULL, "a workbook needs a date");
    hg_book *book = calloc(1, sizeof *book);
    if (!book)
        return hg_fail_nomem(err);
    book->bulk = bulk;
    *out = book;
    if (hg_folder_temp(&book->folder, tmp, err) != HG_OK ||
        hg_path_join(&book->path, book->folder, "book.xlsx", err) != HG_OK)
        goto fail;
    lxw_workbook_options options = { .constant_memory = bulk, .tmpdir = book->folder };
    book->lib = workbook_new_opt(book->path, &options);
    if (book->lib) { /* its first format is that of cells without one */
        format_set_font_name(STAILQ_FIRST(book->lib->formats),
                             about->sans ? "Arial" : "Times New Roman");
        format_set_font_size(STAILQ_FIRST(book->lib->formats), 12);
    }
    lxw_doc_properties properties = { .title = (char *)about->title,
                                      .subject = (char *)about->subject,
                                      .author = (char *)about->author,
                                      .keywords = (char *)about->keywords,
                                      .comments = (char *)about->comments,
                                      .created = (time_t)about->created };
    if (!book->lib || workbook_set_properties(book->lib, &properties) != LXW_NO_ERROR) {
        hg_fail_nomem(err);
        goto fail;
    }
    return HG_OK;
fail:
    hg_book_free(book);
    *out = NULL;
    return err->status;
}

hg_status hg_book_new(hg_book **out, const char *tmp, const hg_book_about *about,
                      hg_err *err)
{
    return new_book(out, tmp, about, false, err);
}

hg_status hg_book_bulk(hg_book **out, const char *tmp, const hg_book_about *about,
                       hg_err *err)
{
    return new_book(out, tmp, about, true, err);
}

static hg_status not_whole(hg_err *err)
{
    return hg_fail(
        err, HG_ESYS, NULL,
        "the workbook was not written whole; is there room for temporary files?");
}

static hg_status count_sheet(book_contents *all, hg_workbook *in, size_t i, hg_err *err)
{
    hg_cells *cells = NULL;
    hg_cell cell;
    all->at = ++all->sheets;
    hg_status st = hg_cells_open(&cells, in, i, err);
    while (st == HG_OK && (st = hg_cells_next(cells, &cell, err)) == HG_OK)
        if (cell.type != HG_CELL_BLANK)
            count_cell(all, cell.row, cell.col, cell.type == HG_CELL_NUMBER ? 'n' : 't',
                       &cell.text, 1);
    hg_cells_free(cells);
    return st == HG_END ? HG_OK : st;
}

/*
 * Read the workbook back and compare it with what was put into it: the library does not
 * notice when its temporary files cannot be written or read (a full disk), and would give
 * a workbook with cells missing.
 */
static hg_status read_back(const hg_book *book, hg_err *err)
{
    book_contents got = { 0 };
    hg_workbook *in = NULL;
    hg_err why = HG_ERR_INIT;
    int fd;
    if (hg_file_open(&fd, book->path, err) != HG_OK)
        return err->status;
    hg_status st = hg_workbook_open(&in, fd, book->path, NULL, &why);
    for (size_t i = 0; st == HG_OK && i < hg_workbook_sheets(in); i++)
        st = count_sheet(&got, in, i, &why);
    hg_workbook_free(in);
    close(fd);
    if (st == HG_ENOMEM)
        return hg_fail_nomem(err);
    if (st != HG_OK || got.sheets != book->put.sheets || got.cells != book->put.cells ||
        got.sum != book->put.sum)
        return not_whole(err);
    return HG_OK;
}

/*
 * The rows of a bulk workbook wait in a temporary file per sheet. Reading millions of them
 * back would take as long as writing them, so only their bytes are counted: see that the
 * library's writes of them went well, and how many they are (sizes, one per sheet).
 */
static hg_status flush_rows(const hg_book *book, uint64_t *sizes, hg_err *err)
{
    lxw_worksheet *sheet;
    STAILQ_FOREACH(sheet, book->lib->worksheets, list_pointers)
    {
        lxw_worksheet_write_single_row(sheet);
        off_t size = fflush(sheet->optimize_tmpfile) == 0 && !ferror(sheet->optimize_tmpfile)
                         ? ftello(sheet->optimize_tmpfile)
                         : -1;
        if (size < 0)
            return not_whole(err);
        *sizes++ = (uint64_t)size;
    }
    return HG_OK;
}

/* See that each sheet of the file has more bytes than its rows. */
static hg_status compare_sizes(const hg_book *book, const uint64_t *sizes, hg_err *err)
{
    hg_zip *zip = NULL;
    char name[64];
    size_t found = 0;
    int fd;
    if (hg_file_open(&fd, book->path, err) != HG_OK)
        return err->status;
    hg_status st = hg_zip_open(&zip, fd, book->path, err);
    for (size_t i = 0; st == HG_OK && i < book->put.sheets; i++) {
        snprintf(name, sizeof name, "xl/worksheets/sheet%zu.xml", i + 1);
        for (size_t k = 0; k < hg_zip_members(zip); k++)
            found += strcmp(hg_zip_member(zip, k), name) == 0 &&
                     hg_zip_size(zip, k) > sizes[i];
    }
    hg_zip_free(zip);
    close(fd);
    return st != HG_OK || found == book->put.sheets ? st : not_whole(err);
}

/* Whether a text of XML ends where its elements do, as far as their number tells: a piece
 * that is lost leaves one open, or cuts a tag in two. */
static bool is_whole(const hg_buf *text)
{
    const char *p = text->data, *end = p + text->len;
    int depth = 0;
    bool any = false;
    while (p && (p = memchr(p, '<', (size_t)(end - p))) != NULL) {
        const char *close = memchr(p, '>', (size_t)(end - p));
        if (!close || memchr(p + 1, '<', (size_t)(close - p - 1)))
            return false;
        if (p[1] == '/')
            depth--;
        else if (p[1] != '?' && p[1] != '!' && close[-1] != '/')
            depth++;
        any |= p[1] != '?' && p[1] != '!';
        p = close;
    }
    return any && depth == 0;
}

/* Such parts are looked at by others; all else is XML, too. */
static bool has_cells(const char *member)
{
    return strncmp(member, "xl/worksheets/sheet", 19) == 0 ||
           strcmp(member, "xl/sharedStrings.xml") == 0;
}

/* See that the parts without cells, such as charts, are whole. Each is read to its end, so that
 * its checksum is compared. */
static hg_status check_parts(const hg_book *book, hg_err *err)
{
    hg_zip *zip = NULL;
    hg_err why = HG_ERR_INIT;
    hg_buf text = { 0 };
    bool whole = true;
    int fd;
    if (hg_file_open(&fd, book->path, err) != HG_OK)
        return err->status;
    hg_status st = hg_zip_open(&zip, fd, book->path, &why);
    for (size_t i = 0; st == HG_OK && whole && i < hg_zip_members(zip); i++)
        if (!has_cells(hg_zip_member(zip, i))) {
            st = hg_zip_load(zip, i, HG_ZIP_LOAD, &text, &why);
            whole = st != HG_OK || is_whole(&text);
        }
    hg_zip_free(zip);
    hg_buf_release(&text);
    close(fd);
    if (st == HG_ENOMEM)
        return hg_fail_nomem(err);
    return st == HG_OK && whole ? HG_OK : not_whole(err);
}

/* The library writes the file and frees all of its own. What it says of a failure on the
 * standard error output, it says to nobody: the failure is told by whoever called us. */
static lxw_error close_quietly(lxw_workbook *lib)
{
    int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    lxw_error code = workbook_close(lib);
    if (kept >= 0 && nowhere >= 0)
        dup2(kept, STDERR_FILENO);
    if (kept >= 0)
        close(kept);
    if (nowhere >= 0)
        close(nowhere);
    return code;
}

/* Have the library write the file; see that it did. */
static hg_status close_book(hg_book *book, hg_err *err)
{
    uint64_t *sizes = calloc(book->put.sheets, sizeof *sizes);
    if (!sizes)
        return hg_fail_nomem(err);
    if (!book->bulk || flush_rows(book, sizes, err) == HG_OK) {
        lxw_error code = close_quietly(book->lib);
        book->lib = NULL;
        book->sheet = NULL;
        if (code == LXW_ERROR_MEMORY_MALLOC_FAILED)
            hg_fail_nomem(err);
        else if (code != LXW_NO_ERROR)
            not_whole(err);
        else if (check_parts(book, err) == HG_OK)
            book->bulk ? compare_sizes(book, sizes, err) : read_back(book, err);
    }
    free(sizes);
    return err->status;
}

/* Put the file that the library wrote through to fd, piece by piece. */
static hg_status pass_on(const hg_book *book, int fd, const char *name, hg_err *err)
{
    char bytes[65536];
    size_t n = sizeof bytes;
    int from = -1;
    hg_status status = hg_file_open(&from, book->path, err);
    while (status == HG_OK && n == sizeof bytes) {
        status = hg_file_read(from, book->path, bytes, sizeof bytes, &n, err);
        if (status == HG_OK)
            status = hg_file_write(fd, name, bytes, n, err);
    }
    if (from >= 0)
        close(from);
    return status;
}

hg_status hg_book_write(hg_book *book, int fd, const char *name, hg_err *err)
{
    if (!book->sheet)
        return hg_fail(err, HG_EARG, NULL, "a workbook needs a sheet");
    if (close_book(book, err) != HG_OK)
        return err->status;
    return book->numbered ? hg_firstpage_write(fd, name, book->path, book->folder, err)
                          : pass_on(book, fd, name, err);
}

void hg_book_free(hg_book *book)
{
    hg_err ignored = HG_ERR_INIT;
    if (!book)
        return;
    lxw_workbook_free(book->lib);
    if (book->folder)
        hg_folder_remove(book->folder, &ignored);
    for (size_t i = 0; i < book->names.n; i++)
        free(book->names.keys[i]);
    for (size_t i = 0; i < book->areas.n; i++)
        free(book->areas.keys[i]);
    free(book->names.keys);
    free(book->areas.keys);
    hg_buf_release(&book->scratch);
    free(book->merges);
    free(book->path);
    free(book->folder);
    free(book);
}
