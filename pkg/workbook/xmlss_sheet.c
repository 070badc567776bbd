/* xmlss_sheet - the cells of one worksheet of an XML Spreadsheet, streaming */
#include "workbook/xmlss_sheet.h"
#include "workbook/pending.h"
#include "workbook/xmlfile.h"
#include "workbook/xmlss_value.h"

#include <stdlib.h>
#include <string.h>

#define MAX_SPANS 16 /* one within the other; deeper ones have the font of the last */

/* Within what the reader is. */
typedef enum where { DOCUMENT, WORKBOOK, SHEET, TABLE, ROW, CELL, DATA } where;

static const char *const names[] = { "",    "Workbook", "Worksheet", "Table",
                                     "Row", "Cell",     "Data" };

/* A font that begins within a text. */
typedef struct span {
    const char *font;
    bool bold, italic;
} span;

struct hg_xmlss_sheet {
    hg_xmlss_of of;
    hg_xmlfile *file;
    hg_status status; /* of the XML: HG_OK while there is more */
    hg_err err;       /* kept until the cells before it are fetched */
    hg_loc loc;
    size_t wanted; /* worksheets before the one wanted */
    where where;
    bool over;     /* the worksheet has ended */
    unsigned skip; /* elements that are open and passed over, one within the other */
    hg_pending pending;
    hg_names fonts; /* of spans */

    uint64_t row, col;           /* under way, from 1 */
    uint64_t next_row, next_col; /* where one stands that does not say */
    const hg_xmlss_style *all, *row_style, *table_style, *style;
    bool row_hidden;
    hg_cell cell;
    hg_xmlss_type type;
    bool valued; /* the cell had its data */
    unsigned spans;
    span span[MAX_SPANS];

    uint64_t columns; /* told so far */
    const hg_xmlss_style *column_styles[HG_CELL_MAX_COL];
    uint8_t hidden[HG_CELL_MAX_COL / 8]; /* columns, a bit each */
};

static const hg_loc *place(hg_xmlss_sheet *s)
{
    s->loc.row = s->row;
    s->loc.col = (uint32_t)(s->where >= CELL && s->col <= HG_CELL_MAX_COL ? s->col : 0);
    return &s->loc;
}

/* A number from an attribute, or what stands for it; what is beyond any sheet is cut. */
static uint64_t number(const hg_xml_attrs *attrs, const char *name, uint64_t otherwise)
{
    const char *value = hg_xmlss_attr(attrs, name);
    uint64_t n = 0;
    if (!value || *value < '0' || *value > '9')
        return otherwise;
    for (; *value >= '0' && *value <= '9' && n <= UINT32_MAX; value++)
        n = n * 10 + (uint64_t)(*value - '0');
    return n;
}

static hg_status style_of(const hg_xmlss_style **style, hg_xmlss_sheet *s,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    return hg_xmlss_styles_find(style, s->of.styles, hg_xmlss_attr(attrs, "StyleID"),
                                place(s), err);
}

/* ---- columns, rows, cells ---- */

static hg_status add_columns(hg_xmlss_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const hg_xmlss_style *style;
    uint64_t from = number(attrs, "Index", s->columns + 1);
    uint64_t to = from + number(attrs, "Span", 0);
    bool hidden = hg_xmlss_true(attrs, "Hidden");
    hg_status st = style_of(&style, s, attrs, err);
    for (uint64_t c = from > 0 ? from : 1; c <= to && c <= HG_CELL_MAX_COL; c++) {
        s->column_styles[c - 1] = style;
        if (hidden)
            s->hidden[(c - 1) / 8] |= (uint8_t)(1u << (c - 1) % 8);
    }
    s->columns = to;
    return st;
}

static hg_status start_row(hg_xmlss_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    s->row = number(attrs, "Index", s->next_row);
    if (s->row < s->next_row || s->row > HG_CELL_MAX_ROW)
        return hg_fail(err, HG_EINPUT, place(s),
                       s->row < s->next_row ? "a row that stands before the last one"
                                            : "a row beyond the largest sheet");
    s->next_row = s->row + 1 + number(attrs, "Span", 0);
    s->next_col = 1;
    s->row_hidden = hg_xmlss_true(attrs, "Hidden");
    return style_of(&s->row_style, s, attrs, err);
}

static hg_status start_cell(hg_xmlss_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    uint64_t across = number(attrs, "MergeAcross", 0);
    uint64_t down = number(attrs, "MergeDown", 0);
    s->col = number(attrs, "Index", s->next_col);
    if (s->col < s->next_col || s->col > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, place(s),
                       s->col < s->next_col ? "a cell that stands before the last one"
                                            : "a cell beyond the largest sheet");
    s->next_col = s->col + 1 + across;
    s->cell = (hg_cell){ .row = (uint32_t)s->row, .col = (uint32_t)s->col };
    s->cell.formula = hg_xmlss_attr(attrs, "Formula") != NULL;
    s->valued = false;
    s->spans = 0;
    hg_pending_begin(&s->pending);
    hg_status st = style_of(&s->style, s, attrs, err);
    const hg_xmlss_style *others[] = { s->row_style, s->column_styles[s->col - 1],
                                       s->table_style, s->all };
    for (size_t i = 0; !s->style && i < sizeof others / sizeof *others; i++)
        s->style = others[i];
    if (st == HG_OK && (across > 0 || down > 0))
        st = hg_pending_merge(&s->pending, s->cell.row, s->cell.col, down + 1, across + 1,
                              place(s), err);
    return st;
}

static hg_status end_cell(hg_xmlss_sheet *s, hg_err *err)
{
    static const hg_xmlss_style plain = { 0 };
    const hg_xmlss_style *style = s->style ? s->style : &plain;
    hg_buf *texts = &s->pending.texts;
    size_t start = s->pending.text_from;
    hg_cell *cell = &s->cell;
    hg_status st = hg_xmlss_value_read(&cell->type, s->type, style->kind, s->of.from_1904,
                                       texts, start, place(s), err);
    bool empty = texts->len == start;
    if (st != HG_OK || (empty && !cell->formula))
        return st;
    cell->type = empty ? HG_CELL_BLANK : cell->type;
    cell->hidden = s->row_hidden || (s->hidden[(s->col - 1) / 8] >> (s->col - 1) % 8 & 1);
    cell->bold = style->bold;
    cell->italic = style->italic;
    cell->indent = style->indent;
    cell->font = style->font;
    cell->format = cell->type == HG_CELL_TEXT ? NULL : style->format;
    if (cell->type != HG_CELL_TEXT)
        s->pending.runs.n = s->pending.runs_from;
    return hg_pending_end(&s->pending, cell, place(s), err);
}

/* ---- texts ---- */

static hg_status start_data(hg_xmlss_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *type = hg_xmlss_attr(attrs, "Type");
    s->valued = true;
    if (!hg_xmlss_type_of(&s->type, type))
        return hg_fail(err, HG_EINPUT, place(s), "a cell of the unknown type %s", type);
    return HG_OK;
}

/* The text from here on has the font of the innermost span, or the cell's. */
static hg_status change_font(hg_xmlss_sheet *s, hg_err *err)
{
    unsigned n = s->spans < MAX_SPANS ? s->spans : MAX_SPANS;
    const hg_xmlss_style *style = s->style;
    span f = { NULL, style && style->bold, style && style->italic };
    if (n > 0)
        f = s->span[n - 1];
    return hg_pending_font(&s->pending, f.font, f.bold, f.italic, place(s), err);
}

/* An element of HTML within a text: what it says of the font, in what it stands in. */
static hg_status start_span(hg_xmlss_sheet *s, const char *name,
                            const hg_xml_attrs *attrs, hg_err *err)
{
    span f = { 0 };
    if (s->spans > 0)
        f = s->span[s->spans < MAX_SPANS ? s->spans - 1 : MAX_SPANS - 1];
    const char *face = hg_xml_attr(attrs, 'h', "Face");
    face = face ? face : hg_xml_attr(attrs, 0, "Face");
    f.bold = f.bold || strcmp(name, "B") == 0;
    f.italic = f.italic || strcmp(name, "I") == 0;
    f.font = strcmp(name, "Font") == 0 && face ? face : f.font;
    hg_status st = hg_names_keep(&s->fonts, &f.font, place(s), err);
    if (s->spans < MAX_SPANS)
        s->span[s->spans] = f;
    s->spans++;
    return st == HG_OK ? change_font(s, err) : st;
}

/* ---- events ---- */

/* An element that leads further in. */
static hg_status enter(hg_xmlss_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    s->where++;
    switch (s->where) {
    case TABLE: return style_of(&s->table_style, s, attrs, err);
    case ROW: return start_row(s, attrs, err);
    case CELL: return start_cell(s, attrs, err);
    case DATA: return start_data(s, attrs, err);
    default: return HG_OK;
    }
}

static bool leads(hg_xmlss_sheet *s, const char *name)
{
    if (s->where == DATA || strcmp(name, names[s->where + 1]) != 0)
        return false;
    if (s->where == WORKBOOK)
        return !s->over && s->wanted-- == 0;
    return s->where != CELL || !s->valued;
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    hg_xmlss_sheet *s = ctx;
    if (s->skip > 0)
        s->skip++;
    else if (space == 's' && leads(s, name))
        return enter(s, attrs, err);
    else if (s->where == TABLE && space == 's' && strcmp(name, "Column") == 0)
        return s->skip = 1, add_columns(s, attrs, err);
    else if (s->where == DATA)
        return start_span(s, name, attrs, err);
    else
        s->skip = 1;
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    hg_xmlss_sheet *s = ctx;
    if (s->skip > 0 || s->where != DATA)
        return HG_OK;
    hg_buf_put(&s->pending.texts, text, n);
    if (s->pending.texts.len - s->pending.text_from > HG_PENDING_TEXT)
        return hg_fail(err, HG_EINPUT, place(s), "a text of more than %zu bytes",
                       HG_PENDING_TEXT);
    return hg_buf_status(&s->pending.texts, err);
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    hg_xmlss_sheet *s = ctx;
    hg_status st = HG_OK;
    (void)space, (void)name; /* each end is that of the start before it */
    if (s->skip > 0) {
        s->skip--;
    } else if (s->where == DATA && s->spans > 0) {
        s->spans--;
        st = change_font(s, err);
    } else {
        if (s->where == CELL)
            st = end_cell(s, err);
        s->over |= s->where == SHEET;
        s->where--;
    }
    return st;
}

/* ---- fetching ---- */

hg_status hg_xmlss_sheet_open(hg_xmlss_sheet **out, const hg_xmlss_of *of, size_t i,
                              const char *name, hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_xmlss_sheet *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->of = *of;
    s->wanted = i;
    s->next_row = 1;
    s->loc = (hg_loc){ .file = of->name, .sheet = name };
    hg_loc loc = s->loc;
    hg_status st = hg_xmlss_styles_find(&s->all, of->styles, "Default", &loc, err);
    if (st == HG_OK)
        st = hg_xmlfile_open(&s->file, of->fd, hg_xmlss_spaces, &events, s, &loc, err);
    if (st != HG_OK) {
        hg_xmlss_sheet_free(s);
        *out = NULL;
    }
    return st;
}

hg_status hg_xmlss_sheet_next(hg_xmlss_sheet *s, hg_cell *cell, hg_err *err)
{
    while (!hg_pending_next(&s->pending, cell)) {
        if (s->status == HG_OK && s->over)
            s->status = HG_END;
        if (s->status != HG_OK) {
            if (s->status != HG_END && err->status == HG_OK)
                *err = s->err;
            return s->status;
        }
        s->status = hg_xmlfile_step(s->file, &s->err);
    }
    return HG_OK;
}

const hg_area *hg_xmlss_sheet_merged(const hg_xmlss_sheet *s, size_t *n)
{
    *n = s->pending.n_merged;
    return s->pending.merged;
}

void hg_xmlss_sheet_free(hg_xmlss_sheet *s)
{
    if (!s)
        return;
    hg_xmlfile_free(s->file);
    hg_pending_release(&s->pending);
    hg_names_release(&s->fonts);
    free(s);
}
