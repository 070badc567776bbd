/* xlsx_block - the cells of a block of a worksheet's plain rows
 *
 * Nearly all cells look alike; these are read here, and what is plain but not as usual by
 * the tokeniser of plain rows. Either reads a row whole or not at all. */
#include "workbook/xlsx_block.h"
#include "workbook/xlsx_value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* How many times its bytes a block may have in texts: a number or a date takes at most 40,
 * and stands in 15 at least, <c><v>1</v></c>. All other texts are no longer than in XML. */
#define GROWTH 3

#define STYLES 16

/* Where the reading is. */
typedef struct reading {
    hg_xlsx_block *block;
    const char *p, *end;
    uint32_t row, col; /* of the cell before */
    bool hidden;       /* the row */
    /* The digits of the row's number as it stands, and the quote behind them: so end the
     * references of its cells. */
    uint64_t digits, mask;
    size_t n_digits;
    /* The styles met last, each at its number modulo STYLES, and that of the cell before. */
    struct style {
        uint32_t number;
        hg_format_kind kind;
        hg_cell like; /* a cell as the style has it */
    } styles[STYLES], *style;
} reading;

/* ---- a cell ---- */

static void load_style(reading *r, uint32_t number)
{
    const hg_xlsx_style *s = hg_xlsx_styles_at(r->block->book->styles, number);
    r->styles[number % STYLES] = (struct style){
        .number = number,
        .kind = s->kind,
        .like = { .bold = s->bold,
                  .italic = s->italic,
                  .indent = s->indent,
                  .font = s->font,
                  .format = s->format },
    };
}

static inline void set_style(reading *r, uint32_t number)
{
    r->style = &r->styles[number % STYLES];
    if (r->style->number != number)
        load_style(r, number);
}

/* Room for another cell, all but type and text set; NULL: out of memory. */
static inline hg_cell *next_cell(reading *r, uint32_t col, uint32_t style)
{
    hg_xlsx_block *b = r->block;
    if (b->n == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 256;
        hg_cell *cells = realloc(b->cells, cap * sizeof *cells);
        if (!cells)
            return NULL;
        b->cells = cells;
        b->cap = cap;
    }
    set_style(r, style);
    hg_cell *cell = &b->cells[b->n];
    *cell = r->style->like;
    cell->row = r->row;
    cell->col = col;
    cell->hidden = r->hidden || (b->hidden[(col - 1) / 8] >> (col - 1) % 8 & 1);
    return cell;
}

/* The text of a shared one, or its index. */
static void set_shared(const reading *r, hg_cell *cell, size_t i)
{
    cell->type = HG_CELL_TEXT;
    cell->format = NULL;
    if (!hg_shared_peek(r->block->book->strings, i, &cell->text))
        cell->text = (hg_slice){ NULL, i };
}

/* Put a text into those of the block, which have room for it. */
static hg_slice keep(hg_buf *texts, const char *text, size_t n)
{
    char *to = texts->data + texts->len;
    assert(texts->len + n < texts->cap);
    memcpy(to, text, n);
    texts->len += n;
    return (hg_slice){ to, n };
}

static bool set_number(const reading *r, hg_cell *cell, hg_slice v)
{
    hg_xlsx_value value = { .format = r->style->kind, .from_1904 = r->block->book->from_1904 };
    char text[HG_SERIAL_TEXT];
    size_t n;
    if (!hg_xlsx_number(&value, v, text, &n))
        return false;
    cell->type = value.as;
    cell->text = n > 0 ? keep(&r->block->texts, text, n) : v;
    return true;
}

/* ---- cells as nearly all are ---- */

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline uint64_t eight(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return bytes;
}

/* "AB" of a reference; 0: there is no such column. */
static inline uint32_t column(const char **p)
{
    uint32_t col = 0;
    for (; **p >= 'A' && **p <= 'Z' && col <= HG_CELL_MAX_COL; ++*p)
        col = col * 26 + (uint32_t)(**p - 'A' + 1);
    return col <= HG_CELL_MAX_COL ? col : 0;
}

/* Digits that a quote or tag ends; more than fit are not read. */
static inline const char *few_digits(const char *p, uint32_t *value)
{
    const char *from = p;
    for (*value = 0; is_digit(*p) && p - from < 9; p++)
        *value = *value * 10 + (uint32_t)(*p - '0');
    return p;
}

/* What a number is written with: digits, and mostly nothing else. */
static inline const char *number_end(const char *p, bool *whole)
{
    const char *from = p;
    while (is_digit(*p))
        p++;
    *whole = p - from <= 15 && (*from != '0' || p - from == 1);
    if (*p == '<')
        return p;
    *whole = false;
    while (is_digit(*p) || *p == '.' || *p == '-' || *p == '+' || *p == 'E' || *p == 'e')
        p++;
    return p;
}

/* The value of a cell, from behind <v> up to its end tag; NULL: it is not as usual. */
static const char *usual_value(reading *r, const char *p, bool shared, uint32_t col,
                               uint32_t style)
{
    const char *from = p;
    uint32_t i = 0;
    bool whole = false;
    p = shared ? few_digits(p, &i) : number_end(p, &whole);
    if (p == from || memcmp(p, "</v></c>", 8) != 0 ||
        (shared && i >= hg_shared_count(r->block->book->strings)))
        return NULL;
    hg_cell *cell = next_cell(r, col, style);
    if (!cell)
        return NULL;
    hg_slice v = { from, (size_t)(p - from) };
    if (shared) {
        set_shared(r, cell, i);
    } else if (whole && r->style->kind == HG_FORMAT_NUMBER) {
        cell->type = HG_CELL_NUMBER;
        cell->text = v;
    } else if (!set_number(r, cell, v)) {
        return NULL;
    }
    r->block->n++;
    return p + 8;
}

/*
 * <c r="B12" s="3" t="s"><v>45</v></c>, with or without a style and a type, or empty.
 * False: it is not as usual, and not read.
 */
static bool usual_cell(reading *r)
{
    const char *p = r->p + 6;
    uint32_t style = 0;
    if (memcmp(r->p, "<c r=\"", 6) != 0)
        return false;
    uint32_t col = column(&p);
    if (col <= r->col || ((eight(p) ^ r->digits) & r->mask) != 0)
        return false;
    p += r->n_digits + 1;
    if (memcmp(p, " s=\"", 4) == 0) {
        const char *from = p + 4;
        p = few_digits(from, &style);
        if (p == from || *p++ != '"')
            return false;
    }
    bool shared = memcmp(p, " t=\"s\"", 6) == 0;
    if (shared)
        p += 6;
    if (memcmp(p, "><v>", 4) == 0)
        p = usual_value(r, p + 4, shared, col, style);
    else
        p = memcmp(p, "/>", 2) == 0 ? p + 2 : NULL;
    if (!p)
        return false;
    r->p = p;
    r->col = col;
    return true;
}

/* ---- other plain cells ---- */

static bool is_text(hg_xlsx_type type)
{
    return type == HG_XLSX_INLINE || type == HG_XLSX_STRING || type == HG_XLSX_ERROR;
}

/* Set type and text of a cell; false: XML has to say. */
static bool set_value(const reading *r, hg_cell *cell, const hg_xlsx_item *item)
{
    hg_xlsx_block *b = r->block;
    hg_xlsx_value value = { item->type, r->style->kind, b->book->from_1904,
                            hg_shared_count(b->book->strings), HG_CELL_BLANK };
    hg_err err = HG_ERR_INIT;
    size_t start = b->texts.len;
    if (item->simple && item->value.n > 0 && is_text(item->type)) {
        cell->type = item->type == HG_XLSX_ERROR ? HG_CELL_ERROR : HG_CELL_TEXT;
        cell->text = item->value;
    } else if (item->simple && item->value.n > 0 && item->type == HG_XLSX_NUMBER) {
        return set_number(r, cell, item->value);
    } else {
        if (!hg_xlsx_value_put(&b->texts, item))
            return false;
        if (b->texts.len > start &&
            hg_xlsx_value_read(&value, &b->texts, start, NULL, &err) != HG_OK)
            return false;
        cell->type = value.as;
        cell->text = (hg_slice){ b->texts.data + start, b->texts.len - start };
    }
    if (cell->type == HG_CELL_TEXT && item->type == HG_XLSX_SHARED) {
        b->texts.len = start;
        set_shared(r, cell, value.shared);
    }
    if (cell->type == HG_CELL_TEXT)
        cell->format = NULL;
    return true;
}

static bool plain_cell(reading *r, const hg_xlsx_item *item)
{
    uint32_t col = item->col ? item->col : r->col + 1;
    if (col <= r->col || col > HG_CELL_MAX_COL || (item->col && item->row != r->row))
        return false;
    hg_cell *cell = next_cell(r, col, item->style);
    if (!cell || !set_value(r, cell, item))
        return false;
    r->col = col;
    cell->formula = item->formula;
    r->block->n += item->formula || cell->type != HG_CELL_BLANK;
    return true;
}

/* ---- rows ---- */

/* See which digits a row's own cells have in their references: those behind <row r=". */
static void set_digits(reading *r, const char *p)
{
    r->mask = r->digits = 0;
    r->n_digits = 0;
    if (memcmp(p, "<row r=\"", 8) != 0)
        r->mask = 1; /* no cell has a NUL there */
    for (p += 8; r->mask == 0 && is_digit(p[r->n_digits]) && r->n_digits < 7;)
        r->n_digits++;
    if (r->mask == 0) {
        r->mask = UINT64_MAX >> (56 - 8 * r->n_digits);
        r->digits = eight(p) & r->mask;
    }
}

/* <row r="12" spans="1:9">; false: it has other attributes, or none. */
static bool usual_row(reading *r)
{
    const char *p = r->p + 8, *from = p;
    uint32_t row;
    if (memcmp(r->p, "<row r=\"", 8) != 0)
        return false;
    p = few_digits(p, &row);
    if (p - from > 7 || *p++ != '"' || row == 0 || row > HG_CELL_MAX_ROW)
        return false;
    if (memcmp(p, " spans=\"", 8) == 0) {
        for (p += 8; is_digit(*p) || *p == ':';)
            p++;
        if (*p++ != '"')
            return false;
    }
    if (*p != '>' || row <= r->row)
        return false;
    set_digits(r, r->p);
    r->p = p + 1;
    r->row = row;
    r->hidden = false;
    return true;
}

/* Begin a row: HG_XLSX_CELL where its cells follow, HG_XLSX_ROW_END where it has none. */
static hg_xlsx_token begin_row(reading *r)
{
    hg_xlsx_item item;
    const char *from;
    r->col = 0;
    while (*r->p == '\n' || *r->p == '\r' || *r->p == ' ' || *r->p == '\t')
        r->p++;
    if (r->row != HG_XLSX_ROW_UNKNOWN && usual_row(r))
        return HG_XLSX_CELL;
    from = r->p;
    hg_xlsx_token token =
        hg_xlsx_plain_next(&r->block->plain, false, &r->p, r->end, &item);
    if (token != HG_XLSX_ROW)
        return token;
    bool known = r->row != HG_XLSX_ROW_UNKNOWN;
    if (!item.row && !known)
        return HG_XLSX_ROW;
    uint32_t row = item.row ? item.row : r->row + 1;
    if ((known && row <= r->row) || row > HG_CELL_MAX_ROW)
        return HG_XLSX_UNUSUAL;
    set_digits(r, from);
    r->row = row;
    r->hidden = item.hidden;
    return item.closed ? HG_XLSX_ROW_END : HG_XLSX_CELL;
}

/* Read the cells of a row up to its end. */
static hg_xlsx_token cells(reading *r)
{
    hg_xlsx_item item;
    hg_xlsx_token token = HG_XLSX_CELL;
    while (token == HG_XLSX_CELL) {
        if (usual_cell(r))
            continue;
        token = hg_xlsx_plain_next(&r->block->plain, true, &r->p, r->end, &item);
        if (token == HG_XLSX_CELL && !plain_cell(r, &item))
            return HG_XLSX_UNUSUAL;
    }
    return token;
}

void hg_xlsx_block_read(hg_xlsx_block *b)
{
    const char *from = b->raw.data;
    reading r = { .block = b, .p = from, .end = from + b->raw.len, .row = b->row };
    b->n = b->used = 0;
    b->first_row = 0;
    b->end = HG_XLSX_UNUSUAL;
    hg_buf_clear(&b->texts);
    if (!hg_buf_reserve(&b->texts, GROWTH * b->raw.len + HG_SERIAL_TEXT))
        return;
    for (uint32_t i = 0; i < STYLES; i++)
        load_style(&r, i);
    for (;;) {
        size_t n = b->n;
        hg_xlsx_token token = begin_row(&r);
        if (token == HG_XLSX_CELL)
            token = cells(&r);
        if (token != HG_XLSX_ROW_END) {
            b->n = n;
            b->end = token;
            return;
        }
        b->row = r.row;
        b->first_row = b->first_row ? b->first_row : r.row;
        b->used = (size_t)(r.p - from);
    }
}

void hg_xlsx_block_release(hg_xlsx_block *b)
{
    hg_buf_release(&b->raw);
    hg_buf_release(&b->texts);
    free(b->cells);
    b->cells = NULL;
}
