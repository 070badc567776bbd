/* xlsx_sheet - the cells of one worksheet of an xlsx, streaming */
#include "format/xlsx_sheet.h"
#include "format/xlsx_text.h"
#include "text/number.h"

#include <stdlib.h>
#include <string.h>

/* The type that a cell's attribute t names (ECMA-376 part 1, 18.18.11). */
typedef enum kind { NUMBER, SHARED, INLINE, STRING, BOOLEAN, FAULT, MOMENT } kind;

static const char *const kinds[] = { "n", "s", "inlineStr", "str", "b", "e", "d" };

/* A cell that waits to be fetched. Its text is that of an index among the shared ones, or
 * its own at from in the block's texts, with runs from first_run on. */
typedef struct waiting {
    hg_cell cell;
    bool shared;
    size_t index, from, first_run;
} waiting;

struct hg_xlsx_sheet {
    hg_xlsx_context book;
    hg_part *part;
    hg_status status; /* of the XML: HG_OK while there is more */
    hg_err err;       /* kept until the cells before it are fetched */
    hg_loc loc;
    bool rooted;  /* the first element is seen, and is <worksheet> */
    bool in_data; /* within <sheetData> */
    bool in_cell;

    waiting *list; /* the cells of a block; those before next are fetched */
    size_t n, cap, next;
    hg_buf texts; /* of the cells in list, and of the cell under way */
    hg_runs runs; /* likewise */

    hg_cell cell; /* under way; its place is the latest one seen */
    kind kind;
    const hg_xlsx_style *style;
    hg_xlsx_text text;
    bool row_hidden;
    uint8_t hidden[HG_CELL_MAX_COL / 8]; /* columns, a bit each */

    hg_area *merged;
    size_t n_merged, cap_merged;
};

static const hg_loc *place(hg_xlsx_sheet *s)
{
    s->loc.row = s->cell.row;
    s->loc.col = s->cell.col;
    return &s->loc;
}

/* ---- rows, columns and references ---- */

/* Read "AB12" from *p on; false unless it is within the largest sheet. */
static bool reference(const char **p, uint32_t *row, uint32_t *col)
{
    const char *s = *p;
    for (*col = 0; (*s | 0x20) >= 'a' && (*s | 0x20) <= 'z' && *col <= HG_CELL_MAX_COL;
         s++)
        *col = *col * 26 + (uint32_t)((*s | 0x20) - 'a' + 1);
    for (*row = 0; *s >= '0' && *s <= '9' && *row <= HG_CELL_MAX_ROW; s++)
        *row = *row * 10 + (uint32_t)(*s - '0');
    *p = s;
    return *col >= 1 && *col <= HG_CELL_MAX_COL && *row >= 1 && *row <= HG_CELL_MAX_ROW;
}

static hg_status start_row(hg_xlsx_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *r = hg_xml_attr(attrs, 0, "r");
    unsigned long row = r ? strtoul(r, NULL, 10) : s->cell.row + 1ul;
    s->cell.col = 0;
    if (row < 1 || row > HG_CELL_MAX_ROW)
        return hg_fail(err, HG_EINPUT, place(s), "the row after this has the number %s",
                       r ? r : "1048577");
    if (row <= s->cell.row)
        return hg_fail(err, HG_EINPUT, place(s),
                       "row %s comes after this row; save the workbook anew", r);
    s->cell.row = (uint32_t)row;
    s->row_hidden = hg_xlsx_flag(attrs, "hidden");
    return HG_OK;
}

static hg_status hide_columns(hg_xlsx_sheet *s, const hg_xml_attrs *attrs)
{
    const char *min = hg_xml_attr(attrs, 0, "min"), *max = hg_xml_attr(attrs, 0, "max");
    if (!min || !max || !hg_xlsx_flag(attrs, "hidden"))
        return HG_OK;
    unsigned long last = strtoul(max, NULL, 10);
    for (unsigned long i = strtoul(min, NULL, 10);
         i >= 1 && i <= last && i <= HG_CELL_MAX_COL; i++)
        s->hidden[(i - 1) / 8] |= (uint8_t)(1u << (i - 1) % 8);
    return HG_OK;
}

static hg_status add_merged(hg_xlsx_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *ref = hg_xml_attr(attrs, 0, "ref"), *p = ref ? ref : "";
    hg_area a;
    bool good = reference(&p, &a.row1, &a.col1);
    a.row2 = a.row1;
    a.col2 = a.col1;
    if (good && *p == ':')
        good = (p++, reference(&p, &a.row2, &a.col2));
    s->loc.row = s->loc.col = 0;
    if (!good || *p || a.row2 < a.row1 || a.col2 < a.col1)
        return hg_fail(err, HG_EINPUT, &s->loc, "a merged area that is none: %s",
                       ref ? ref : "");
    if (s->n_merged == HG_XLSX_MAX_MERGED)
        return hg_fail(err, HG_EINPUT, &s->loc, "more than %zu merged areas",
                       HG_XLSX_MAX_MERGED);
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

/* ---- one cell ---- */

static void apply_style(hg_cell *cell, const hg_xlsx_style *style)
{
    cell->bold = style->bold;
    cell->italic = style->italic;
    cell->indent = style->indent;
    cell->font = style->font;
    cell->format = style->format;
}

/* Where the cell stands: as its reference says, or beside the one before. */
static hg_status take_place(hg_xlsx_sheet *s, const char *ref, hg_err *err)
{
    uint32_t row = s->cell.row, col = s->cell.col + 1;
    const char *p = ref;
    if (ref && (!reference(&p, &row, &col) || *p))
        return hg_fail(err, HG_EINPUT, place(s),
                       "the cell after this has the reference %s", ref);
    if (col > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, place(s),
                       "more cells in a row than a sheet has columns");
    if (row != s->cell.row || col <= s->cell.col)
        return hg_fail(err, HG_EINPUT, place(s),
                       "cell %s comes after this cell; save the workbook anew", ref);
    s->cell.col = col;
    return HG_OK;
}

static hg_status start_cell(hg_xlsx_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *type = hg_xml_attr(attrs, 0, "t"), *style = hg_xml_attr(attrs, 0, "s");
    hg_status st = take_place(s, hg_xml_attr(attrs, 0, "r"), err);
    if (st != HG_OK)
        return st;
    for (s->kind = NUMBER; type && strcmp(type, kinds[s->kind]) != 0; s->kind++)
        if (s->kind == MOMENT)
            return hg_fail(err, HG_EINPUT, place(s), "a cell of the unknown type %s",
                           type);
    s->cell.formula = false;
    s->cell.hidden =
        s->row_hidden || s->hidden[(s->cell.col - 1) / 8] >> (s->cell.col - 1) % 8 & 1;
    s->style = hg_xlsx_styles_at(s->book.styles, style ? strtoul(style, NULL, 10) : 0);
    apply_style(&s->cell, s->style);
    s->in_cell = true;
    hg_xlsx_text_begin(&s->text, &s->texts, &s->runs);
    return HG_OK;
}

/* The value as it stands in the file, white space around it left out. */
static hg_slice value(const hg_xlsx_sheet *s)
{
    return (hg_slice){ s->texts.data + s->text.start, s->texts.len - s->text.start };
}

/* Give the cell another text than stands in the file. */
static void rewrite(hg_xlsx_sheet *s, hg_cell_type type, const char *text)
{
    s->cell.type = type;
    s->texts.len = s->text.start;
    hg_buf_puts(&s->texts, text);
}

static const hg_cell_type moments[] = {
    [HG_FORMAT_NUMBER] = HG_CELL_NUMBER, [HG_FORMAT_DATE] = HG_CELL_DATE,
    [HG_FORMAT_TIME] = HG_CELL_TIME,     [HG_FORMAT_DATETIME] = HG_CELL_DATETIME,
    [HG_FORMAT_DURATION] = HG_CELL_TIME,
};

static hg_status number_cell(hg_xlsx_sheet *s, hg_err *err)
{
    hg_format_kind format = s->style->kind;
    char text[HG_SERIAL_TEXT] = "";
    double serial;
    if (format != HG_FORMAT_NUMBER && hg_number_parse(value(s), &serial))
        hg_serial_text(text, serial, s->book.from_1904, &format);
    else
        format = HG_FORMAT_NUMBER;
    if (format == HG_FORMAT_NUMBER && hg_number_shortest(text, value(s)) == 0)
        return hg_fail(err, HG_EINPUT, place(s),
                       "a number cell that holds no number: %.*s",
                       (int)(value(s).n < 80 ? value(s).n : 80), value(s).p);
    rewrite(s, moments[format], text);
    return HG_OK;
}

static hg_status shared_cell(hg_xlsx_sheet *s, size_t *index, hg_err *err)
{
    hg_slice v = value(s);
    size_t i = 0, k = 0;
    for (; k < v.n && v.p[k] >= '0' && v.p[k] <= '9' && i <= HG_SHARED_TEXTS; k++)
        i = i * 10 + (size_t)(v.p[k] - '0');
    if (k < v.n || i >= hg_shared_count(s->book.strings))
        return hg_fail(err, HG_EINPUT, place(s), "there is no shared text number %.*s",
                       (int)(v.n < 20 ? v.n : 20), v.p);
    s->cell.type = HG_CELL_TEXT;
    *index = i;
    return HG_OK;
}

static hg_status boolean_cell(hg_xlsx_sheet *s, hg_err *err)
{
    hg_slice v = value(s);
    if (hg_slice_is(v, "1") || hg_slice_is(v, "true"))
        rewrite(s, HG_CELL_BOOL, "TRUE");
    else if (hg_slice_is(v, "0") || hg_slice_is(v, "false"))
        rewrite(s, HG_CELL_BOOL, "FALSE");
    else
        return hg_fail(err, HG_EINPUT, place(s),
                       "a boolean cell that is neither true nor false");
    return HG_OK;
}

/* ISO 8601 in the file: a date, a time, or both; midnight of a date only where it shows.
 */
static hg_status moment_cell(hg_xlsx_sheet *s, hg_err *err)
{
    hg_slice v = value(s);
    const char *t = memchr(v.p, 'T', v.n), *colon = memchr(v.p, ':', v.n);
    bool date = v.n >= 10 && v.p[4] == '-' && v.p[7] == '-';
    if (v.p[0] == 'P' || (!date && colon && v.n >= 5))
        s->cell.type = HG_CELL_TIME;
    else if (date && v.n == 10)
        s->cell.type = HG_CELL_DATE;
    else if (date && t == v.p + 10 && colon)
        s->cell.type = HG_CELL_DATETIME;
    else
        return hg_fail(err, HG_EINPUT, place(s), "a date cell that holds no date");
    if (t && s->style->kind == HG_FORMAT_DATE && v.n >= 19 &&
        memcmp(t, "T00:00:00", 9) == 0 && strspn(t + 9, ".0Z") == v.n - 19) {
        s->texts.len = s->text.start + 10;
        s->cell.type = HG_CELL_DATE;
    }
    return HG_OK;
}

/* Judge the value by the cell's type; *index becomes that of a shared text. */
static hg_status judge(hg_xlsx_sheet *s, size_t *index, hg_err *err)
{
    switch (s->kind) {
    case NUMBER: return number_cell(s, err);
    case SHARED: return shared_cell(s, index, err);
    case BOOLEAN: return boolean_cell(s, err);
    case MOMENT: return moment_cell(s, err);
    case FAULT: s->cell.type = HG_CELL_ERROR; return HG_OK;
    case INLINE:
    case STRING: s->cell.type = HG_CELL_TEXT; return HG_OK;
    }
    return HG_OK;
}

static hg_status wait(hg_xlsx_sheet *s, size_t index, hg_err *err)
{
    bool shared = s->cell.type == HG_CELL_TEXT && s->kind == SHARED;
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        waiting *list = realloc(s->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        s->list = list;
        s->cap = cap;
    }
    if (shared)
        s->texts.len = s->text.start;
    s->cell.text = (hg_slice){ NULL, s->texts.len - s->text.start };
    s->cell.n_runs = s->runs.n - s->text.first_run;
    s->list[s->n++] =
        (waiting){ s->cell, shared, index, s->text.start, s->text.first_run };
    return HG_OK;
}

static hg_status end_cell(hg_xlsx_sheet *s, hg_err *err)
{
    size_t index = 0;
    hg_status st = HG_OK;

    s->in_cell = false;
    hg_xlsx_text_finish(&s->text);
    s->cell.type = HG_CELL_BLANK;
    if (s->texts.len > s->text.start)
        st = judge(s, &index, err);
    else if (!s->cell.formula)
        return HG_OK;
    if (s->cell.type == HG_CELL_TEXT)
        s->cell.format = NULL;
    else
        s->runs.n = s->text.first_run;
    if (st == HG_OK)
        st = hg_buf_status(&s->texts, err);
    return st == HG_OK ? wait(s, index, err) : st;
}

/* ---- events ---- */

static hg_status in_cell(hg_xlsx_sheet *s, const char *name, const hg_xml_attrs *attrs,
                         hg_err *err)
{
    if (strcmp(name, "f") == 0)
        s->cell.formula = true;
    else if (strcmp(name, "is") == 0)
        s->texts.len = s->text.start; /* goes before a <v> that some programs add */
    else
        return hg_xlsx_text_start(&s->text, name, attrs, place(s), err);
    return HG_OK;
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    hg_xlsx_sheet *s = ctx;
    if (!s->rooted) {
        s->rooted = true;
        if (space != 's' || strcmp(name, "worksheet") != 0)
            return hg_fail(err, HG_EINPUT, &s->loc,
                           "the sheet's part is no worksheet but %s", name);
    }
    if (space != 's')
        return HG_OK;
    if (s->in_cell)
        return in_cell(s, name, attrs, err);
    if (s->in_data && strcmp(name, "c") == 0)
        return start_cell(s, attrs, err);
    if (s->in_data && strcmp(name, "row") == 0)
        return start_row(s, attrs, err);
    if (strcmp(name, "sheetData") == 0)
        s->in_data = true;
    else if (strcmp(name, "col") == 0)
        return hide_columns(s, attrs);
    else if (strcmp(name, "mergeCell") == 0)
        return add_merged(s, attrs, err);
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    hg_xlsx_sheet *s = ctx;
    if (!s->in_cell || !s->text.open)
        return HG_OK;
    return hg_xlsx_text_put(&s->text, text, n, place(s), err);
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    hg_xlsx_sheet *s = ctx;
    if (space != 's')
        return HG_OK;
    if (s->in_cell && strcmp(name, "c") == 0)
        return end_cell(s, err);
    if (s->in_cell)
        hg_xlsx_text_end(&s->text, name);
    else if (strcmp(name, "sheetData") == 0)
        s->in_data = false;
    return HG_OK;
}

/* ---- fetching ---- */

hg_status hg_xlsx_sheet_open(hg_xlsx_sheet **out, const hg_xlsx_context *context,
                             const char *part, const char *sheet, hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_xlsx_sheet *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->book = *context;
    s->loc = (hg_loc){ .file = hg_opc_name(context->opc), .sheet = sheet };
    hg_loc loc = s->loc;
    hg_status st =
        hg_part_open(&s->part, context->opc, part, hg_xlsx_spaces, &events, s, &loc, err);
    if (st != HG_OK) {
        hg_xlsx_sheet_free(s);
        *out = NULL;
    }
    return st;
}

/* Make room for another block: what waited is fetched; a cell under way keeps its text.
 */
static void clear(hg_xlsx_sheet *s)
{
    hg_xlsx_text *text = &s->text;
    size_t keep = s->in_cell ? s->texts.len - text->start : 0;
    size_t runs = s->in_cell ? s->runs.n - text->first_run : 0;
    if (keep > 0)
        memmove(s->texts.data, s->texts.data + text->start, keep);
    if (runs > 0)
        memmove(s->runs.list, s->runs.list + text->first_run,
                runs * sizeof *s->runs.list);
    s->texts.len = keep;
    s->runs.n = runs;
    text->part -= text->start;
    text->start = text->first_run = 0;
    s->n = s->next = 0;
}

/* Give a cell that waited its text. */
static hg_status give(hg_xlsx_sheet *s, const waiting *w, hg_cell *cell, hg_err *err)
{
    *cell = w->cell;
    if (w->shared)
        return hg_shared_get(s->book.strings, w->index, cell, err);
    cell->text.p = s->texts.data ? s->texts.data + w->from : "";
    cell->runs = cell->n_runs > 0 ? s->runs.list + w->first_run : NULL;
    return HG_OK;
}

hg_status hg_xlsx_sheet_next(hg_xlsx_sheet *s, hg_cell *cell, hg_err *err)
{
    while (s->next == s->n) {
        if (s->status != HG_OK) {
            if (s->status != HG_END && err->status == HG_OK)
                *err = s->err;
            return s->status;
        }
        clear(s);
        s->status = hg_part_step(s->part, &s->err);
    }
    return give(s, &s->list[s->next++], cell, err);
}

const hg_area *hg_xlsx_sheet_merged(const hg_xlsx_sheet *s, size_t *n)
{
    *n = s->n_merged;
    return s->merged;
}

void hg_xlsx_sheet_free(hg_xlsx_sheet *s)
{
    if (!s)
        return;
    hg_part_free(s->part);
    hg_buf_release(&s->texts);
    hg_runs_release(&s->runs);
    free(s->list);
    free(s->merged);
    free(s);
}
