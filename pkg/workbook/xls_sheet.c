/* xls_sheet - the cells of one worksheet of an old workbook, streaming */
#include "workbook/xls_sheet.h"
#include "text/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 4 /* substreams, as of charts, within a sheet's own */

/* Where a cell's record stands; to be sorted by cell, then by place. */
typedef struct place {
    uint32_t cell; /* row << 8 | column, from 0 */
    uint32_t at;
} place;

struct hg_xls_sheet {
    hg_xls_context book;
    hg_xls_records r;
    uint64_t start; /* of the records after BOF */
    unsigned depth;
    hg_status status; /* HG_OK while there is more */

    uint8_t row_hidden[HG_XLS_MAX_ROW / 8], col_hidden[HG_XLS_MAX_COL / 8];
    hg_area *merged;
    size_t n_merged, cap_merged;
    hg_area declared;

    bool sorted; /* the cells are out of order: list has their places */
    bool any;    /* latest is set */
    uint32_t latest;
    place *list;
    size_t n, cap, next;

    uint32_t row, first, last; /* the cells of the present record, from 0 */
    uint32_t col;              /* the one to fetch; past last: none */
    hg_cell cell;
    hg_buf text, raw; /* and its runs as they stand in the file */
    hg_runs runs;
};

static const hg_loc *here(hg_xls_sheet *s)
{
    s->r.loc.row = s->row + 1;
    s->r.loc.col = s->col + 1;
    return &s->r.loc;
}

/* ---- records ---- */

/* The next record of the sheet itself; HG_END at its end. */
static hg_status step(hg_xls_sheet *s, hg_err *err)
{
    for (;;) {
        hg_status st = hg_xls_next(&s->r, err);
        if (st == HG_END)
            return hg_fail(err, HG_EINPUT, &s->r.loc, "the workbook is cut off");
        if (st != HG_OK)
            return st;
        if (s->r.id == HG_XLS_BOF && s->depth++ == MAX_DEPTH)
            return hg_fail(err, HG_EINPUT, &s->r.loc, "damaged: a sheet within a sheet");
        if (s->r.id == HG_XLS_EOF && s->depth-- == 0)
            return HG_END;
        if (s->depth == 0 && s->r.id != HG_XLS_EOF)
            return HG_OK;
    }
}

/* The bytes that a cell's record has at least; 0: it is another's. Formulas of earlier
 * versions are found in later files as well. */
static size_t cell_size(uint16_t id)
{
    switch (id) {
    case HG_XLS_BLANK: return 6;
    case HG_XLS_LABEL:
    case HG_XLS_RSTRING:
    case HG_XLS_MULBLANK:
    case HG_XLS_BOOLERR: return 8;
    case HG_XLS_RK:
    case HG_XLS_LABELSST: return 10;
    case HG_XLS_MULRK: return 12;
    case HG_XLS_NUMBER:
    case HG_XLS_FORMULA:
    case HG_XLS_FORMULA3:
    case HG_XLS_FORMULA4: return 14;
    default: return 0;
    }
}

/* Which cells the present record holds. */
static hg_status locate(hg_xls_sheet *s, hg_err *err)
{
    const hg_xls_records *r = &s->r;
    size_t each = r->id == HG_XLS_MULRK ? 6 : r->id == HG_XLS_MULBLANK ? 2 : 0;
    hg_status st = hg_xls_need(r, cell_size(r->id), err);
    if (st != HG_OK)
        return st;
    s->row = hg_le16(r->data);
    s->first = s->last = s->col = hg_le16(r->data + 2);
    if (each > 0)
        s->last = hg_le16(r->data + r->n - 2);
    if (s->last < s->first || s->last >= HG_XLS_MAX_COL)
        return hg_fail(err, HG_EINPUT, here(s), "a cell beyond the last column, IV");
    return each ? hg_xls_need(r, 6 + each * (s->last - s->first + 1), err) : HG_OK;
}

/* ---- what is known before the cells are read ---- */

static hg_status add_place(hg_xls_sheet *s, uint32_t cell, hg_err *err)
{
    s->r.loc.row = s->r.loc.col = 0;
    if (s->n == HG_XLS_MAX_SORTED)
        return hg_fail(err, HG_EINPUT, &s->r.loc,
                       "more than %zu cells, and out of order; save the workbook anew",
                       HG_XLS_MAX_SORTED);
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 1024;
        place *list = realloc(s->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        s->list = list;
        s->cap = cap;
    }
    s->list[s->n++] = (place){ cell, (uint32_t)s->r.at };
    return HG_OK;
}

/* See whether cells are in order, or note their places. */
static hg_status note_cells(hg_xls_sheet *s, bool places, hg_err *err)
{
    hg_status st = locate(s, err);
    if (st != HG_OK)
        return st;
    if (s->any && (s->row << 8 | s->first) <= s->latest)
        s->sorted = true;
    s->any = true;
    s->latest = s->row << 8 | s->last;
    for (uint32_t col = s->first; places && col <= s->last && st == HG_OK; col++)
        st = add_place(s, s->row << 8 | col, err);
    return st;
}

/* [MS-XLS] 2.4.221: fDyZero is bit 5 of the byte at 12. */
static hg_status note_row(hg_xls_sheet *s, hg_err *err)
{
    hg_status st = hg_xls_need(&s->r, 13, err);
    if (st == HG_OK && s->r.data[12] & 0x20) {
        unsigned row = hg_le16(s->r.data);
        s->row_hidden[row / 8] |= (uint8_t)(1u << row % 8);
    }
    return st;
}

/* 2.4.53: fHidden is bit 0 of the byte at 8. */
static hg_status note_columns(hg_xls_sheet *s, hg_err *err)
{
    hg_status st = hg_xls_need(&s->r, 9, err);
    if (st != HG_OK || !(s->r.data[8] & 1))
        return st;
    for (unsigned i = hg_le16(s->r.data);
         i <= hg_le16(s->r.data + 2) && i < HG_XLS_MAX_COL; i++)
        s->col_hidden[i / 8] |= (uint8_t)(1u << i % 8);
    return HG_OK;
}

static hg_status add_merged(hg_xls_sheet *s, hg_area a, hg_err *err)
{
    char text[64];
    snprintf(text, sizeof text, "R%uC%u:R%uC%u", a.row1, a.col1, a.row2, a.col2);
    if (a.row2 < a.row1 || a.col2 < a.col1 || a.col2 > HG_XLS_MAX_COL)
        return hg_fail(err, HG_EINPUT, &s->r.loc, "a merged area that is none: %s", text);
    if (s->n_merged == HG_XLS_MAX_MERGED)
        return hg_fail(err, HG_EINPUT, &s->r.loc, "more than %zu merged areas",
                       HG_XLS_MAX_MERGED);
    if (s->n_merged == s->cap_merged) {
        size_t cap = s->cap_merged ? s->cap_merged * 2 : 64;
        hg_area *list = realloc(s->merged, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        s->merged = list;
        s->cap_merged = cap;
    }
    s->merged[s->n_merged++] = a;
    return HG_OK;
}

/* 2.4.168: a count, then first and last row, first and last column of each. */
static hg_status note_merged(hg_xls_sheet *s, hg_err *err)
{
    hg_status st = hg_xls_need(&s->r, 2, err);
    size_t n = st == HG_OK ? hg_le16(s->r.data) : 0;
    const unsigned char *p = s->r.data + 2;
    s->r.loc.row = s->r.loc.col = 0;
    if (st == HG_OK)
        st = hg_xls_need(&s->r, 2 + n * 8, err);
    for (size_t i = 0; i < n && st == HG_OK; i++, p += 8)
        st = add_merged(s,
                        (hg_area){ hg_le16(p) + 1u, hg_le16(p + 4) + 1u,
                                   hg_le16(p + 2) + 1u, hg_le16(p + 6) + 1u },
                        err);
    return st;
}

/* [MS-XLS] 2.4.90: the first row and column, and those behind the last; an empty sheet has
 * none. */
static void note_dimensions(hg_xls_sheet *s)
{
    size_t wide = s->r.biff == 8 ? 4 : 2;
    const unsigned char *p = s->r.data;
    if (s->r.n < 2 * wide + 4)
        return;
    uint32_t rows = wide == 4 ? hg_le32(p + 4) : hg_le16(p + 2),
             cols = hg_le16(p + 2 * wide + 2);
    if (rows > 0 && cols > 0)
        s->declared = (hg_area){ 1, 1, rows, cols };
}

static hg_status note(hg_xls_sheet *s, hg_err *err)
{
    switch (s->r.id) {
    case HG_XLS_ROW: return note_row(s, err);
    case HG_XLS_COLINFO: return note_columns(s, err);
    case HG_XLS_DIMENSIONS: note_dimensions(s); return HG_OK;
    case HG_XLS_MERGEDCELLS: return note_merged(s, err);
    default: return cell_size(s->r.id) ? note_cells(s, false, err) : HG_OK;
    }
}

/* Go back to the sheet's beginning. */
static void rewind_to(hg_xls_sheet *s, uint64_t at)
{
    s->r.next = at;
    s->r.loc.row = s->r.loc.col = 0;
    s->depth = 0;
    s->first = s->col = 1; /* no cell waits */
    s->last = 0;
}

static int by_cell(const void *a, const void *b)
{
    const place *p = a, *q = b;
    return p->cell != q->cell ? (p->cell > q->cell) - (p->cell < q->cell)
                              : (p->at > q->at) - (p->at < q->at);
}

/* Note where each cell is, and keep the last of those that come twice. */
static hg_status sort(hg_xls_sheet *s, hg_err *err)
{
    size_t kept = 0;
    hg_status st;
    rewind_to(s, s->start);
    while ((st = step(s, err)) == HG_OK)
        if (cell_size(s->r.id) && (st = note_cells(s, true, err)) != HG_OK)
            return st;
    if (st != HG_END)
        return st;
    qsort(s->list, s->n, sizeof *s->list, by_cell);
    for (size_t i = 0; i < s->n; i++)
        if (i + 1 == s->n || s->list[i].cell != s->list[i + 1].cell)
            s->list[kept++] = s->list[i];
    s->n = kept;
    return HG_OK;
}

/* A sheet begins with a BOF. */
static hg_status survey(hg_xls_sheet *s, hg_err *err)
{
    hg_status st = hg_xls_next(&s->r, err);
    if (st == HG_END || (st == HG_OK && s->r.id != HG_XLS_BOF))
        return hg_fail(err, HG_EINPUT, &s->r.loc,
                       "the workbook does not say where this sheet is");
    s->start = s->r.next;
    while (st == HG_OK && (st = step(s, err)) == HG_OK)
        st = note(s, err);
    if (st == HG_END)
        st = s->sorted ? sort(s, err) : HG_OK;
    rewind_to(s, s->start);
    return st;
}

hg_status hg_xls_sheet_open(hg_xls_sheet **out, const hg_xls_context *context,
                            uint32_t at, const char *file, const char *sheet, hg_err *err)
{
    hg_xls_sheet *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->book = *context;
    s->r = (hg_xls_records){ .stream = context->stream, .crypt = context->crypt,
                             .loc = { .file = file, .sheet = sheet },
                             .biff = context->biff,
                             .code_page = context->code_page,
                             .next = at };
    hg_status st = survey(s, err);
    if (st != HG_OK) {
        hg_xls_sheet_free(s);
        *out = NULL;
    }
    return st;
}

/* ---- one cell ---- */

static const hg_cell_type moments[] = {
    [HG_FORMAT_NUMBER] = HG_CELL_NUMBER, [HG_FORMAT_DATE] = HG_CELL_DATE,
    [HG_FORMAT_TIME] = HG_CELL_TIME,     [HG_FORMAT_DATETIME] = HG_CELL_DATETIME,
    [HG_FORMAT_DURATION] = HG_CELL_TIME,
};

static void set(hg_xls_sheet *s, hg_cell_type type, const char *text)
{
    s->cell.type = type;
    hg_buf_puts(&s->text, text);
}

static double real(const unsigned char *p)
{
    uint64_t bits = hg_le32(p) | (uint64_t)hg_le32(p + 4) << 32;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* 2.5.217 RkNumber: bit 0 a hundredth, bit 1 an integer of 30 bits, else a double's upper
 * 30. */
static double packed(const unsigned char *p)
{
    uint32_t bits = hg_le32(p);
    unsigned char upper[8] = { 0, 0, 0, 0, p[0] & 0xFC, p[1], p[2], p[3] };
    double value = bits & 2 ? (double)((int32_t)(bits & ~3u) / 4) : real(upper);
    return bits & 1 ? value / 100 : value;
}

static hg_status number_cell(hg_xls_sheet *s, double value, hg_format_kind kind)
{
    char text[HG_SERIAL_TEXT];
    if (!isfinite(value)) { /* no number: Excel shows it so */
        set(s, HG_CELL_ERROR, "#NUM!");
        return HG_OK;
    }
    if (kind != HG_FORMAT_NUMBER)
        hg_serial_text(text, value, s->book.from_1904, &kind);
    if (kind == HG_FORMAT_NUMBER)
        hg_number_text(text, value);
    set(s, moments[kind], text);
    return HG_OK;
}

/* 2.5.10 BErr */
static hg_status error_cell(hg_xls_sheet *s, unsigned char code, hg_err *err)
{
    static const struct {
        unsigned char code;
        const char *name;
    } errors[] = {
        { 0x00, "#NULL!" }, { 0x07, "#DIV/0!" },       { 0x0F, "#VALUE!" },
        { 0x17, "#REF!" },  { 0x1D, "#NAME?" },        { 0x24, "#NUM!" },
        { 0x2A, "#N/A" },   { 0x2B, "#GETTING_DATA" },
    };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (errors[i].code == code) {
            set(s, HG_CELL_ERROR, errors[i].name);
            return HG_OK;
        }
    return hg_fail(err, HG_EINPUT, here(s), "an error cell of the unknown kind %u", code);
}

static hg_status bool_cell(hg_xls_sheet *s, unsigned char value)
{
    set(s, HG_CELL_BOOL, value ? "TRUE" : "FALSE");
    return HG_OK;
}

/* The text of a formula stands in a STRING after it, and after the formula that it shares
 * with others. */
static hg_status string_result(hg_xls_sheet *s, hg_err *err)
{
    hg_status st;
    do
        st = hg_xls_next(&s->r, err);
    while (st == HG_OK && (s->r.id == HG_XLS_SHRFMLA || s->r.id == HG_XLS_ARRAY ||
                           s->r.id == HG_XLS_TABLE || s->r.id == HG_XLS_CONTINUE));
    if (st == HG_OK && s->r.id == HG_XLS_STRING) {
        s->cell.type = HG_CELL_TEXT;
        return hg_xls_text(&s->r, 2, &s->text, err);
    }
    if (st == HG_OK)
        s->r.next = s->r.at;
    return st == HG_END ? HG_OK : st;
}

/* 2.5.133 FormulaValue: a number, or FFFF at its end and a kind at its beginning. */
static hg_status formula_cell(hg_xls_sheet *s, hg_format_kind kind, hg_err *err)
{
    const unsigned char *p = s->r.data + 6;
    s->cell.formula = true;
    if (hg_le16(p + 6) != 0xFFFF)
        return number_cell(s, real(p), kind);
    switch (p[0]) {
    case 0: return string_result(s, err);
    case 1: return bool_cell(s, p[2]);
    case 2: return error_cell(s, p[2], err);
    default: return HG_OK; /* 3: an empty text */
    }
}

static hg_status shared_cell(hg_xls_sheet *s, hg_err *err)
{
    uint32_t i = hg_le32(s->r.data + 6);
    char text[16];
    if (i >= hg_shared_count(s->book.strings)) {
        int n = snprintf(text, sizeof text, "%u", i);
        return hg_fail(err, HG_EINPUT, here(s), "there is no shared text number %.*s", n,
                       text);
    }
    s->cell.type = HG_CELL_TEXT;
    return hg_shared_get(s->book.strings, i, &s->cell, err);
}

/* The runs of an RSTRING; where they are damaged, the text has none. */
static hg_status take_runs(hg_xls_sheet *s, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    hg_status st = hg_xls_rstring_runs(&s->r, &s->raw, &why);
    if (st == HG_EINPUT)
        hg_buf_clear(&s->raw);
    else if (st != HG_OK)
        *err = why;
    return st == HG_EINPUT ? HG_OK : st;
}

static hg_status label_cell(hg_xls_sheet *s, hg_err *err)
{
    bool rich = s->r.id == HG_XLS_RSTRING;
    s->cell.type = HG_CELL_TEXT;
    s->r.pos = 6;
    here(s);
    hg_buf_clear(&s->raw);
    s->runs.n = 0;
    hg_status st = hg_xls_rich(&s->r, 2, &s->text, &s->raw, err);
    if (st == HG_OK && rich)
        st = take_runs(s, err);
    if (st == HG_OK)
        st = hg_xls_styles_runs(s->book.styles, (hg_slice){ s->raw.data, s->raw.len },
                                (hg_slice){ s->text.data, s->text.len }, &s->runs,
                                here(s), err);
    s->cell.runs = s->runs.list;
    s->cell.n_runs = s->runs.n;
    return st;
}

/* Read the value by the record's type. */
static hg_status judge(hg_xls_sheet *s, const unsigned char *value, hg_format_kind kind,
                       hg_err *err)
{
    switch (s->r.id) {
    case HG_XLS_RK:
    case HG_XLS_MULRK: return number_cell(s, packed(value + 2), kind);
    case HG_XLS_NUMBER: return number_cell(s, real(value + 2), kind);
    case HG_XLS_LABELSST: return shared_cell(s, err);
    case HG_XLS_LABEL:
    case HG_XLS_RSTRING: return label_cell(s, err);
    case HG_XLS_BOOLERR:
        return value[3] ? error_cell(s, value[2], err) : bool_cell(s, value[2]);
    case HG_XLS_BLANK:
    case HG_XLS_MULBLANK: return HG_OK;
    default: return formula_cell(s, kind, err);
    }
}

/* A cell's style and value stand at 4, or side by side where there are several. */
static hg_status read_cell(hg_xls_sheet *s, hg_err *err)
{
    size_t each = s->r.id == HG_XLS_MULRK ? 6 : 2;
    const unsigned char *value = s->r.data + 4 + each * (s->col - s->first);
    hg_xls_style style = hg_xls_styles_at(s->book.styles, hg_le16(value));
    s->cell = (hg_cell){
        .row = s->row + 1,
        .col = s->col + 1,
        .hidden = (s->row_hidden[s->row / 8] >> s->row % 8 & 1) ||
                  (s->col_hidden[s->col / 8] >> s->col % 8 & 1),
        .bold = style.bold,
        .italic = style.italic,
        .indent = style.indent,
        .font = style.font,
        .format = style.format,
    };
    hg_buf_clear(&s->text);
    hg_status st = judge(s, value, style.kind, err);
    if (s->cell.type == HG_CELL_TEXT)
        s->cell.format = NULL;
    if (!s->cell.text.p)
        s->cell.text = (hg_slice){ s->text.data ? s->text.data : "", s->text.len };
    return st == HG_OK ? hg_buf_status(&s->text, err) : st;
}

/* ---- cells in order ---- */

/* Go to a cell by the list of places. */
static hg_status seek(hg_xls_sheet *s, hg_err *err)
{
    if (s->next == s->n)
        return HG_END;
    const place *p = &s->list[s->next++];
    s->r.next = p->at;
    hg_status st = hg_xls_next(&s->r, err);
    if (st == HG_OK)
        st = locate(s, err);
    s->col = p->cell & 0xFF;
    return st;
}

/* Go to the next cell, of this record or another. */
static hg_status advance(hg_xls_sheet *s, hg_err *err)
{
    hg_status st;
    if (s->sorted)
        return seek(s, err);
    if (++s->col <= s->last)
        return HG_OK;
    while ((st = step(s, err)) == HG_OK)
        if (cell_size(s->r.id))
            return locate(s, err);
    return st;
}

hg_status hg_xls_sheet_next(hg_xls_sheet *s, hg_cell *cell, hg_err *err)
{
    while (s->status == HG_OK) {
        s->status = advance(s, err);
        if (s->status == HG_OK)
            s->status = read_cell(s, err);
        if (s->status == HG_OK && (s->cell.type != HG_CELL_BLANK || s->cell.formula)) {
            *cell = s->cell;
            return HG_OK;
        }
    }
    return s->status;
}

const hg_area *hg_xls_sheet_merged(const hg_xls_sheet *s, size_t *n)
{
    *n = s->n_merged;
    return s->merged;
}

hg_area hg_xls_sheet_declared(const hg_xls_sheet *s)
{
    return s->declared;
}

void hg_xls_sheet_free(hg_xls_sheet *s)
{
    if (!s)
        return;
    hg_xls_release(&s->r);
    hg_buf_release(&s->text);
    hg_buf_release(&s->raw);
    hg_runs_release(&s->runs);
    free(s->merged);
    free(s->list);
    free(s);
}
