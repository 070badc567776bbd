/* ods_sheet - the cells of one table of an OpenDocument spreadsheet, streaming */
#include "workbook/ods_sheet.h"
#include "workbook/ods_value.h"
#include "workbook/runs.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SPANS 16 /* one within the other; deeper ones have the font of the last */

/* Cells of a row that have one value; its text is at from in the texts, and its fonts at
 * first_font. */
typedef struct run {
    hg_cell cell;              /* the first; its style and row are not set */
    const hg_ods_style *style; /* NULL: as its column says */
    uint32_t cols;
    size_t from, first_font;
} run;

/* A row that is read, or several that are alike, with its runs. */
typedef struct line {
    uint32_t row, rows;
    size_t begin, end;
    bool hidden;
} line;

/* Within what the reader is. */
typedef enum where { DOCUMENT, BODY, SPREADSHEET, TABLE, ROW, CELL, PARAGRAPH } where;

struct hg_ods_sheet {
    const hg_ods_styles *styles;
    hg_ods_part *part;
    hg_status status; /* of the XML: HG_OK while there is more */
    hg_err err;       /* kept until the cells before it are fetched */
    hg_loc loc;
    size_t wanted; /* tables before the one wanted */
    where where;
    bool over;     /* the table has ended */
    unsigned skip; /* elements that are open and passed over, one within the other */

    run *runs;
    size_t n_runs, cap_runs;
    line *lines;
    size_t n_lines, cap_lines;
    hg_buf texts;
    hg_runs fonts;
    size_t done_lines, done_runs; /* fetched */
    uint32_t done_rows, done_cols;

    uint64_t row, rows; /* the row under way, and how many are like it */
    uint64_t col, cols; /* the cell likewise */
    uint64_t copies;
    size_t row_runs, row_areas, row_text, row_fonts; /* where those of the row begin */
    const hg_ods_style *row_style;
    bool row_hidden;

    run run; /* under way */
    hg_ods_type type;
    hg_buf value; /* from the cell's attribute */
    bool error;   /* its type says so */
    bool texted;  /* its paragraphs count */
    unsigned paragraphs;
    unsigned spans; /* that are open in the paragraph */
    const hg_ods_style *span[MAX_SPANS];

    uint64_t columns; /* told so far */
    const hg_ods_style *column_styles[HG_CELL_MAX_COL];
    uint8_t hidden[HG_CELL_MAX_COL / 8]; /* columns, a bit each */

    hg_area *merged;
    size_t n_merged, cap_merged;
};

static const hg_loc *place(hg_ods_sheet *s)
{
    s->loc.row = s->row;
    s->loc.col = (uint32_t)s->col;
    return &s->loc;
}

/* Room for one more of a list. */
static hg_status grow(void *list, size_t n, size_t *cap, size_t size, hg_err *err)
{
    void **at = list, *more;
    if (n < *cap)
        return HG_OK;
    size_t wider = *cap ? *cap * 2 : 64;
    if (!(more = realloc(*at, wider * size)))
        return hg_fail_nomem(err);
    *at = more;
    *cap = wider;
    return HG_OK;
}

/* A count from an attribute, at least 1; what is beyond any sheet is cut to that. */
static uint64_t count(const hg_xml_attrs *attrs, const char *name)
{
    const char *value = hg_xml_attr(attrs, 't', name);
    uint64_t n = 0;
    for (; value && *value >= '0' && *value <= '9' && n <= UINT32_MAX; value++)
        n = n * 10 + (uint64_t)(*value - '0');
    return n > 0 ? n : 1;
}

static bool is_hidden(const hg_xml_attrs *attrs)
{
    const char *visibility = hg_xml_attr(attrs, 't', "visibility");
    return visibility && strcmp(visibility, "visible") != 0;
}

/* ---- columns ---- */

static void add_columns(hg_ods_sheet *s, const hg_xml_attrs *attrs)
{
    const hg_ods_style *style =
        hg_ods_styles_cell(s->styles, hg_xml_attr(attrs, 't', "default-cell-style-name"));
    uint64_t end = s->columns + count(attrs, "number-columns-repeated");
    bool hide = is_hidden(attrs);
    for (; s->columns < end && s->columns < HG_CELL_MAX_COL; s->columns++) {
        s->column_styles[s->columns] = style;
        if (hide)
            s->hidden[s->columns / 8] |= (uint8_t)(1u << s->columns % 8);
    }
}

/* ---- merged areas ---- */

static hg_status add_area(hg_ods_sheet *s, uint64_t row, uint64_t rows, uint64_t cols,
                          hg_err *err)
{
    if (row + rows - 1 > HG_CELL_MAX_ROW || s->col + cols - 1 > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, place(s),
                       "a merged area beyond the largest sheet");
    if (s->n_merged == HG_ODS_MAX_MERGED)
        return hg_fail(err, HG_EINPUT, place(s), "more than %zu merged areas",
                       HG_ODS_MAX_MERGED);
    hg_status st = grow(&s->merged, s->n_merged, &s->cap_merged, sizeof *s->merged, err);
    if (st == HG_OK)
        s->merged[s->n_merged++] =
            (hg_area){ (uint32_t)row, (uint32_t)s->col, (uint32_t)(row + rows - 1),
                       (uint32_t)(s->col + cols - 1) };
    return st;
}

/* Rows that are alike have each the areas of one, where those are one row high; of rows
 * without a value only the first. */
static hg_status copy_areas(hg_ods_sheet *s, size_t from, hg_err *err)
{
    size_t to = s->n_merged;
    hg_status st = HG_OK;
    for (uint64_t k = 1; k < s->rows; k++)
        for (size_t i = from; i < to && st == HG_OK; i++)
            if (s->merged[i].row1 == s->merged[i].row2) {
                s->col = s->merged[i].col1;
                st = add_area(s, s->row + k, 1, s->merged[i].col2 - s->col + 1, err);
            }
    return st;
}

/* ---- rows ---- */

static void start_row(hg_ods_sheet *s, const hg_xml_attrs *attrs)
{
    s->where = ROW;
    s->row += s->rows;
    s->rows = count(attrs, "number-rows-repeated");
    s->col = s->cols = 0;
    s->row_runs = s->n_runs;
    s->row_areas = s->n_merged;
    s->row_text = s->texts.len;
    s->row_fonts = s->fonts.n;
    s->row_hidden = is_hidden(attrs);
    s->row_style =
        hg_ods_styles_cell(s->styles, hg_xml_attr(attrs, 't', "default-cell-style-name"));
}

/* Count what repeating gives; the row's first cells are no copies. */
static hg_status add_copies(hg_ods_sheet *s, hg_err *err)
{
    uint64_t cells = 0;
    for (size_t i = s->row_runs; i < s->n_runs; i++)
        cells += s->runs[i].cols;
    s->copies += cells * s->rows - (s->n_runs - s->row_runs);
    if (s->copies > HG_ODS_MAX_COPIES)
        return hg_fail(err, HG_EINPUT, place(s),
                       "more than %" PRIu64 " cells that repeat a value",
                       HG_ODS_MAX_COPIES);
    return HG_OK;
}

static hg_status end_row(hg_ods_sheet *s, hg_err *err)
{
    s->where = TABLE;
    s->cols = 0;
    if (s->n_runs == s->row_runs)
        return HG_OK;
    s->col = s->runs[s->row_runs].cell.col;
    if (s->row + s->rows - 1 > HG_CELL_MAX_ROW)
        return hg_fail(err, HG_EINPUT, place(s), "a value beyond the largest sheet");
    hg_status st = add_copies(s, err);
    if (st == HG_OK)
        st = copy_areas(s, s->row_areas, err);
    if (st == HG_OK)
        st = grow(&s->lines, s->n_lines, &s->cap_lines, sizeof *s->lines, err);
    if (st != HG_OK)
        return st;
    s->lines[s->n_lines++] = (line){ .row = (uint32_t)s->row,
                                     .rows = (uint32_t)s->rows,
                                     .begin = s->row_runs,
                                     .end = s->n_runs,
                                     .hidden = s->row_hidden };
    return HG_OK;
}

/* ---- one cell ---- */

static hg_status keep_value(hg_ods_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *type = hg_xml_attr(attrs, 'o', "value-type"),
               *other = hg_xml_attr(attrs, 'c', "value-type");
    if (!hg_ods_type_of(&s->type, type))
        return hg_fail(err, HG_EINPUT, place(s), "a cell of the unknown type %s", type);
    s->error = other && strcmp(other, "error") == 0;
    const char *value = hg_xml_attr(attrs, 'o', hg_ods_attribute(s->type));
    if (!value && (value = hg_xml_attr(attrs, 'o', "string-value")))
        s->type = HG_ODS_STRING; /* a formula's text under a type that is not its own */
    hg_buf_clear(&s->value);
    hg_buf_puts(&s->value, value);
    s->texted = s->error || s->run.cell.formula || s->value.len == 0;
    return hg_buf_status(&s->value, err);
}

static const hg_ods_style *style_at(const hg_ods_sheet *s, const hg_ods_style *own,
                                    uint64_t col)
{
    if (!own && col <= HG_CELL_MAX_COL)
        own = s->column_styles[col - 1];
    return own ? own : hg_ods_styles_default(s->styles);
}

static hg_status start_cell(hg_ods_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    s->where = CELL;
    s->col += s->cols ? s->cols : 1;
    s->cols = count(attrs, "number-columns-repeated");
    s->paragraphs = 0;
    s->run = (run){ .from = s->texts.len, .first_font = s->fonts.n };
    s->run.cell.formula = hg_xml_attr(attrs, 't', "formula") != NULL;
    s->run.style = hg_ods_styles_cell(s->styles, hg_xml_attr(attrs, 't', "style-name"));
    if (!s->run.style)
        s->run.style = s->row_style;
    hg_status st = keep_value(s, attrs, err);
    uint64_t rows = count(attrs, "number-rows-spanned"),
             cols = count(attrs, "number-columns-spanned");
    return st == HG_OK && (rows > 1 || cols > 1) ? add_area(s, s->row, rows, cols, err)
                                                 : st;
}

/* Judge the cell by its type; its paragraphs stand in the texts. */
static hg_status judge(hg_ods_sheet *s, hg_err *err)
{
    hg_slice shown = { s->texts.data + s->run.from, s->texts.len - s->run.from };
    hg_cell_type *as = &s->run.cell.type;
    *as = HG_CELL_TEXT;
    if (s->error || (s->run.cell.formula && shown.n > 0 && hg_ods_is_error(shown)))
        *as = HG_CELL_ERROR;
    else if (s->value.len > 0) {
        hg_slice value = { s->value.data, s->value.len };
        s->texts.len = s->run.from;
        if (s->type == HG_ODS_STRING)
            hg_buf_put(&s->texts, value.p, value.n);
        else if (!hg_ods_value(&s->texts, as, s->type, value,
                               style_at(s, s->run.style, s->col)->kind))
            return hg_fail(err, HG_EINPUT, place(s),
                           "a cell of the type %s that holds no such value: %s",
                           hg_ods_attribute(s->type), s->value.data);
    }
    return HG_OK;
}

static hg_status check_texts(hg_ods_sheet *s, hg_err *err)
{
    if (s->texts.status == HG_EINPUT)
        return hg_fail(err, HG_EINPUT, place(s), "a row of more than %zu bytes of text",
                       HG_ODS_MAX_TEXTS);
    if (s->texts.len - s->run.from > HG_ODS_MAX_TEXT)
        return hg_fail(err, HG_EINPUT, place(s), "a text of more than %zu bytes",
                       HG_ODS_MAX_TEXT);
    return hg_buf_status(&s->texts, err);
}

static hg_status end_cell(hg_ods_sheet *s, hg_err *err)
{
    s->where = ROW;
    hg_status st = judge(s, err);
    if (st == HG_OK)
        st = check_texts(s, err);
    s->run.cell.text.n = s->texts.len - s->run.from;
    if (s->run.cell.text.n == 0)
        s->run.cell.type = HG_CELL_BLANK;
    if (s->run.cell.type != HG_CELL_TEXT)
        s->fonts.n = s->run.first_font;
    s->run.cell.n_runs = s->fonts.n - s->run.first_font;
    if (st != HG_OK || (s->run.cell.text.n == 0 && !s->run.cell.formula))
        return st;
    if (s->col + s->cols - 1 > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, place(s), "a value beyond the largest sheet");
    s->run.cell.col = (uint32_t)s->col;
    s->run.cols = (uint32_t)s->cols;
    st = grow(&s->runs, s->n_runs, &s->cap_runs, sizeof *s->runs, err);
    if (st == HG_OK)
        s->runs[s->n_runs++] = s->run;
    return st;
}

/* ---- texts ---- */

/* The text from here on has the font of the innermost span, or the cell's. */
static hg_status change_font(hg_ods_sheet *s, hg_err *err)
{
    unsigned n = s->spans < MAX_SPANS ? s->spans : MAX_SPANS;
    const hg_ods_style *style = n > 0 ? s->span[n - 1] : NULL;
    hg_cell_run font = { .at = s->texts.len - s->run.from };
    if (style)
        font = (hg_cell_run){ font.at, style->font, style->bold, style->italic };
    return hg_runs_add(&s->fonts, s->run.first_font, font, place(s), err);
}

static hg_status start_span(hg_ods_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const hg_ods_style *style =
        hg_ods_styles_span(s->styles, hg_xml_attr(attrs, 'x', "style-name"));
    if (!style && s->spans > 0 && s->spans <= MAX_SPANS)
        style = s->span[s->spans - 1];
    if (s->spans < MAX_SPANS)
        s->span[s->spans] = style;
    s->spans++;
    return change_font(s, err);
}

/* Elements in a paragraph that stand for characters, or hold none of its own. */
static hg_status in_paragraph(hg_ods_sheet *s, const char *name,
                              const hg_xml_attrs *attrs, hg_err *err)
{
    if (strcmp(name, "s") == 0) {
        const char *c = hg_xml_attr(attrs, 'x', "c");
        unsigned long n = c ? strtoul(c, NULL, 10) : 1;
        for (n = n > HG_ODS_MAX_TEXT ? HG_ODS_MAX_TEXT + 1 : n; n > 0; n--)
            hg_buf_putc(&s->texts, ' ');
    } else if (strcmp(name, "tab") == 0) {
        hg_buf_putc(&s->texts, '\t');
    } else if (strcmp(name, "line-break") == 0) {
        hg_buf_putc(&s->texts, '\n');
    } else if (strcmp(name, "span") == 0) {
        return start_span(s, attrs, err);
    } else if (strcmp(name, "ruby-text") == 0 || strcmp(name, "note") == 0 ||
               strcmp(name, "p") == 0) {
        s->skip = 1;
    }
    return check_texts(s, err);
}

static bool is_paragraph(const char *name)
{
    return strcmp(name, "p") == 0 || strcmp(name, "h") == 0;
}

/* An element of the namespace text in a cell: a paragraph, or a list of them. */
static hg_status in_cell(hg_ods_sheet *s, const char *name, hg_err *err)
{
    if (!s->texted) {
        s->skip = 1;
    } else if (is_paragraph(name)) {
        s->where = PARAGRAPH;
        s->spans = 0;
        if (s->paragraphs++ > 0)
            hg_buf_putc(&s->texts, '\n');
    }
    return check_texts(s, err);
}

/* ---- events ---- */

bool hg_ods_leads(char space, const char *name)
{
    static const char *const names[] = { "document", "document-content", "body",
                                         "spreadsheet" };
    for (size_t i = 0; space == 'o' && i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Elements that only put rows or columns together. */
static bool is_group(const char *name)
{
    static const char *const names[] = {
        "table-columns", "table-column-group", "table-header-columns",
        "table-rows",    "table-row-group",    "table-header-rows",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool is_cell(const char *name)
{
    return strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0;
}

static void in_table(hg_ods_sheet *s, const char *name, const hg_xml_attrs *attrs)
{
    if (strcmp(name, "table-row") == 0)
        start_row(s, attrs);
    else if (strcmp(name, "table-column") == 0)
        add_columns(s, attrs);
    else if (!is_group(name))
        s->skip = 1;
}

/* An element on the way to the tables. */
static void on_way(hg_ods_sheet *s, const char *name)
{
    if (strcmp(name, "body") == 0)
        s->where = BODY;
    else if (s->where == BODY && strcmp(name, "spreadsheet") == 0)
        s->where = SPREADSHEET;
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    hg_ods_sheet *s = ctx;
    if (s->skip > 0)
        s->skip++;
    else if (s->where == SPREADSHEET && space == 't' && strcmp(name, "table") == 0 &&
             s->wanted-- == 0)
        s->where = TABLE;
    else if (s->where == TABLE && space == 't')
        in_table(s, name, attrs);
    else if (s->where == ROW && space == 't' && is_cell(name))
        return start_cell(s, attrs, err);
    else if (s->where == CELL && space == 'x')
        return in_cell(s, name, err);
    else if (s->where == PARAGRAPH && space == 'x')
        return in_paragraph(s, name, attrs, err);
    else if (s->where <= SPREADSHEET && hg_ods_leads(space, name))
        on_way(s, name);
    else
        s->skip = 1;
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    hg_ods_sheet *s = ctx;
    if (s->skip > 0 || s->where != PARAGRAPH)
        return HG_OK;
    hg_buf_put(&s->texts, text, n);
    return check_texts(s, err);
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    hg_ods_sheet *s = ctx;
    if (s->skip > 0)
        s->skip--;
    else if (s->where == PARAGRAPH && space == 'x' && is_paragraph(name))
        s->where = CELL;
    else if (s->where == PARAGRAPH && space == 'x' && strcmp(name, "span") == 0)
        return s->spans--, change_font(s, err);
    else if (s->where == CELL && space == 't' && is_cell(name))
        return end_cell(s, err);
    else if (s->where == ROW && space == 't' && strcmp(name, "table-row") == 0)
        return end_row(s, err);
    else if (s->where == TABLE && space == 't' && strcmp(name, "table") == 0) {
        s->where = SPREADSHEET;
        s->over = true;
    }
    return HG_OK;
}

/* ---- fetching ---- */

hg_status hg_ods_sheet_open(hg_ods_sheet **out, hg_ods_file *file,
                            const hg_ods_styles *styles, size_t i, const char *name,
                            hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_ods_sheet *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->styles = styles;
    s->wanted = i;
    s->rows = 1;
    s->loc = (hg_loc){ .file = hg_ods_file_name(file), .sheet = name };
    s->texts.max = HG_ODS_MAX_TEXTS;
    hg_loc loc = s->loc;
    hg_status st = hg_buf_reserve(&s->texts, 1) ? HG_OK : hg_buf_status(&s->texts, err);
    if (st == HG_OK)
        st = hg_ods_part_open(&s->part, file, "content.xml", &events, s, &loc, err);
    if (st != HG_OK) {
        hg_ods_sheet_free(s);
        *out = NULL;
    }
    return st;
}

/* Make room for another block: what was read is fetched; a row under way keeps its cells.
 */
static void clear(hg_ods_sheet *s)
{
    bool in_row = s->where >= ROW;
    size_t runs = in_row ? s->n_runs - s->row_runs : 0, from = s->row_text;
    size_t bytes = in_row ? s->texts.len - from : 0;
    size_t fonts = in_row ? s->fonts.n - s->row_fonts : 0;
    if (runs > 0)
        memmove(s->runs, s->runs + s->row_runs, runs * sizeof *s->runs);
    memmove(s->texts.data, s->texts.data + s->texts.len - bytes, bytes);
    if (fonts > 0)
        memmove(s->fonts.list, s->fonts.list + s->row_fonts,
                fonts * sizeof *s->fonts.list);
    for (size_t i = 0; i < runs; i++) {
        s->runs[i].from -= from;
        s->runs[i].first_font -= s->row_fonts;
    }
    if (in_row && s->where >= CELL) {
        s->run.from -= from;
        s->run.first_font -= s->row_fonts;
    }
    s->texts.len = bytes;
    s->fonts.n = fonts;
    s->n_runs = runs;
    s->row_runs = s->row_text = s->row_fonts = 0;
    s->n_lines = s->done_lines = s->done_runs = 0;
}

static void give(const hg_ods_sheet *s, const line *l, const run *r, hg_cell *cell)
{
    uint32_t col = r->cell.col + s->done_cols;
    const hg_ods_style *style = style_at(s, r->style, col);
    *cell = r->cell;
    cell->row = l->row + s->done_rows;
    cell->col = col;
    cell->text.p = s->texts.data + r->from;
    cell->runs = cell->n_runs > 0 ? s->fonts.list + r->first_font : NULL;
    cell->hidden = l->hidden || (s->hidden[(col - 1) / 8] >> (col - 1) % 8 & 1);
    cell->bold = style->bold;
    cell->italic = style->italic;
    cell->indent = style->indent;
    cell->font = style->font;
    cell->format = cell->type == HG_CELL_TEXT ? NULL : style->format;
}

/* The next of the cells that are read; false: there is none. */
static bool fetch(hg_ods_sheet *s, hg_cell *cell)
{
    while (s->done_lines < s->n_lines) {
        const line *l = &s->lines[s->done_lines];
        if (s->done_runs < l->end) {
            const run *r = &s->runs[s->done_runs];
            give(s, l, r, cell);
            if (++s->done_cols == r->cols) {
                s->done_cols = 0;
                s->done_runs++;
            }
            return true;
        }
        if (++s->done_rows < l->rows) {
            s->done_runs = l->begin;
        } else {
            s->done_rows = 0;
            s->done_lines++;
        }
    }
    return false;
}

hg_status hg_ods_sheet_next(hg_ods_sheet *s, hg_cell *cell, hg_err *err)
{
    while (!fetch(s, cell)) {
        if (s->status == HG_OK && s->over)
            s->status = HG_END;
        if (s->status != HG_OK) {
            if (s->status != HG_END && err->status == HG_OK)
                *err = s->err;
            return s->status;
        }
        clear(s);
        s->status = hg_ods_part_step(s->part, &s->err);
    }
    return HG_OK;
}

const hg_area *hg_ods_sheet_merged(const hg_ods_sheet *s, size_t *n)
{
    *n = s->n_merged;
    return s->merged;
}

void hg_ods_sheet_free(hg_ods_sheet *s)
{
    if (!s)
        return;
    hg_ods_part_free(s->part);
    hg_buf_release(&s->texts);
    hg_buf_release(&s->value);
    hg_runs_release(&s->fonts);
    free(s->runs);
    free(s->lines);
    free(s->merged);
    free(s);
}
