/* xlsx_sheet - the cells of one worksheet of an xlsx, streaming
 *
 * Rows are read as plain ones (workbook/xlsx_rows.h) as long as they are; what stands
 * before and behind them, and everything from the first other row on, by expat. */
#include "workbook/xlsx_sheet.h"
#include "workbook/xlsx_rows.h"
#include "workbook/xlsx_text.h"
#include "workbook/xlsx_value.h"

#include <stdlib.h>
#include <string.h>

#define HEAD ((size_t)1 << 18) /* bytes before the rows of a sheet that may be plain */

/* A cell that waits to be fetched: at is the index of its text among the shared ones, or
 * where its own begins in the block's texts. */
typedef struct waiting {
    uint32_t row, col;
    const hg_xlsx_style *style;
    size_t at;
    uint32_t n, first_run, n_runs;
    hg_cell_type type;
    bool shared, formula, hidden;
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

    enum { BEFORE, PLAIN, XML } mode; /* how the part is read */
    hg_buf head;                      /* fetched before the rows, not read yet */
    hg_xlsx_rows *rows;
    hg_cell *run; /* cells of plain rows that are not fetched yet */
    size_t n_run;
    hg_cell given; /* the cell of another row that is fetched */

    waiting *list; /* the cells of a block; those before next are fetched */
    size_t n, cap, next;
    hg_buf texts; /* of the cells in list, and of the cell under way */
    hg_runs runs; /* likewise */

    waiting cell; /* under way; its place is the latest one seen */
    uint32_t other_row; /* that its reference names; 0: it is the row that it stands in */
    hg_xlsx_type type;
    hg_xlsx_text text;
    bool row_hidden;
    uint8_t hidden[HG_CELL_MAX_COL / 8]; /* columns, a bit each */

    hg_area *merged;
    size_t n_merged, cap_merged;
    hg_area declared;
};

static const hg_loc *place(hg_xlsx_sheet *s)
{
    s->loc.row = s->cell.row;
    s->loc.col = s->cell.col;
    return &s->loc;
}

/* ---- rows, columns and references ---- */

static bool letters(const char **p, uint32_t *col)
{
    const char *s = *p;
    for (*col = 0; (*s | 0x20) >= 'a' && (*s | 0x20) <= 'z' && *col <= HG_CELL_MAX_COL;
         s++)
        *col = *col * 26 + (uint32_t)((*s | 0x20) - 'a' + 1);
    *p = s;
    return *col >= 1 && *col <= HG_CELL_MAX_COL;
}

static bool digits(const char **p, uint32_t *row)
{
    const char *s = *p;
    for (*row = 0; *s >= '0' && *s <= '9' && *row <= HG_CELL_MAX_ROW; s++)
        *row = *row * 10 + (uint32_t)(*s - '0');
    *p = s;
    return *row >= 1 && *row <= HG_CELL_MAX_ROW;
}

/* Read "AB12" from *p on; false unless it is within the largest sheet. */
static bool reference(const char **p, uint32_t *row, uint32_t *col)
{
    return letters(p, col) && digits(p, row);
}

/* Read "A1:B2", "A1", and of whole columns or rows "A:B" or "1:2". */
static bool area(const char *p, hg_area *a)
{
    const char *from = p;
    *a = (hg_area){ 1, 1, HG_CELL_MAX_ROW, HG_CELL_MAX_COL };
    if (letters(&p, &a->col1) && *p == ':')
        return p++, letters(&p, &a->col2) && *p == '\0' && a->col1 <= a->col2;
    p = from;
    if (digits(&p, &a->row1) && *p == ':')
        return a->col1 = 1, p++, digits(&p, &a->row2) && *p == '\0' && a->row1 <= a->row2;
    p = from;
    bool good = reference(&p, &a->row1, &a->col1);
    a->row2 = a->row1;
    a->col2 = a->col1;
    if (good && *p == ':')
        good = (p++, reference(&p, &a->row2, &a->col2));
    return good && *p == '\0' && a->row1 <= a->row2 && a->col1 <= a->col2;
}

static hg_status start_row(hg_xlsx_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *r = hg_xml_attr(attrs, 0, "r");
    unsigned long row = r ? strtoul(r, NULL, 10) : s->cell.row + 1ul;
    s->cell.col = 0;
    if (row < 1 || row > HG_CELL_MAX_ROW)
        return hg_fail(err, HG_EINPUT, place(s), "the row after this has the number %s",
                       r ? r : "1048577");
    s->cell.row = (uint32_t)row;
    s->row_hidden = hg_xlsx_flag(attrs, "hidden");
    return HG_OK;
}

static hg_status hide_columns(hg_xlsx_sheet *s, const hg_xml_attrs *attrs)
{
    const char *min = hg_xml_attr(attrs, 0, "min"), *max = hg_xml_attr(attrs, 0, "max");
    if (!min || !max || !hg_xlsx_flag(attrs, "hidden"))
        return HG_OK;
    unsigned long i = strtoul(min, NULL, 10), last = strtoul(max, NULL, 10);
    if (last > HG_CELL_MAX_COL)
        last = HG_CELL_MAX_COL;
    for (; i >= 1 && i <= last; i++)
        if ((i - 1) % 8 == 0 &&
            last - i >= 7) { /* whole bytes at once: it may come often */
            size_t bytes = (last - i + 1) / 8;
            memset(s->hidden + (i - 1) / 8, 0xFF, bytes);
            i += 8 * bytes - 1;
        } else {
            s->hidden[(i - 1) / 8] |= (uint8_t)(1u << (i - 1) % 8);
        }
    return HG_OK;
}

/* What is no area is not said. */
static void declare(hg_xlsx_sheet *s, const char *ref)
{
    if (!ref || !area(ref, &s->declared))
        s->declared = (hg_area){ 0 };
}

static hg_status add_merged(hg_xlsx_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *ref = hg_xml_attr(attrs, 0, "ref");
    hg_area a;
    s->loc.row = s->loc.col = 0;
    if (!ref || !area(ref, &a))
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

/* Where the cell stands: as its reference says, or beside the one before. That a blank one
 * names another row does no harm: end_cell() complains of those with a value. */
static hg_status take_place(hg_xlsx_sheet *s, const char *ref, hg_err *err)
{
    uint32_t row = s->cell.row, col = s->cell.col + 1;
    const char *p = ref;
    if (ref && (!reference(&p, &row, &col) || *p))
        return hg_fail(err, HG_EINPUT, place(s),
                       "the cell after this has the reference %s", ref);
    if (s->cell.row == 0)
        return hg_fail(err, HG_EINPUT, place(s), "a cell that stands in no row");
    if (col > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, place(s),
                       "more cells in a row than a sheet has columns");
    s->other_row = row != s->cell.row ? row : 0;
    s->cell.col = col;
    return HG_OK;
}

/* Begin a cell whose place and type are known. */
static void begin_cell(hg_xlsx_sheet *s, size_t style)
{
    uint32_t at = s->cell.col - 1;
    s->cell.formula = false;
    s->cell.hidden = s->row_hidden || (s->hidden[at / 8] >> at % 8 & 1);
    s->cell.style = hg_xlsx_styles_at(s->book.styles, style);
    s->text.start = s->texts.len;
    s->text.first_run = s->runs.n;
}

static hg_status wait(hg_xlsx_sheet *s, hg_err *err)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        waiting *list = realloc(s->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        s->list = list;
        s->cap = cap;
    }
    s->list[s->n++] = s->cell;
    return HG_OK;
}

/* Judge the cell's value, which stands in the texts, and let it wait. */
static hg_status end_cell(hg_xlsx_sheet *s, hg_err *err)
{
    hg_xlsx_value value = { s->type, s->cell.style->kind, s->book.from_1904,
                            hg_shared_count(s->book.strings), HG_CELL_BLANK };
    hg_status st = HG_OK;
    if (s->texts.len > s->text.start)
        st = hg_xlsx_value_read(&value, &s->texts, s->text.start, place(s), err);
    else if (!s->cell.formula)
        return HG_OK;
    if (s->other_row)
        return hg_fail(err, HG_EINPUT, place(s),
                       "a cell whose reference names row %u; save the workbook anew",
                       s->other_row);
    if (value.as != HG_CELL_TEXT)
        s->runs.n = s->text.first_run;
    s->cell.type = value.as;
    s->cell.shared = value.as == HG_CELL_TEXT && s->type == HG_XLSX_SHARED;
    s->cell.at = s->cell.shared ? value.shared : s->text.start;
    if (s->cell.shared)
        s->texts.len = s->text.start;
    s->cell.n = (uint32_t)(s->texts.len - s->text.start);
    s->cell.first_run = (uint32_t)s->text.first_run;
    s->cell.n_runs = (uint32_t)(s->runs.n - s->text.first_run);
    if (st == HG_OK)
        st = hg_buf_status(&s->texts, err);
    return st == HG_OK ? wait(s, err) : st;
}

/* ---- events ---- */

static hg_status start_cell(hg_xlsx_sheet *s, const hg_xml_attrs *attrs, hg_err *err)
{
    const char *type = hg_xml_attr(attrs, 0, "t"), *style = hg_xml_attr(attrs, 0, "s");
    hg_status st = take_place(s, hg_xml_attr(attrs, 0, "r"), err);
    if (st != HG_OK)
        return st;
    if (!hg_xlsx_type_of(&s->type, type))
        return hg_fail(err, HG_EINPUT, place(s), "a cell of the unknown type %s", type);
    begin_cell(s, style ? strtoul(style, NULL, 10) : 0);
    hg_xlsx_text_begin(&s->text, &s->texts, &s->runs);
    s->in_cell = true;
    return HG_OK;
}

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
    else if (strcmp(name, "dimension") == 0)
        declare(s, hg_xml_attr(attrs, 0, "ref"));
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
    if (s->in_cell && strcmp(name, "c") == 0) {
        s->in_cell = false;
        hg_xlsx_text_finish(&s->text);
        return end_cell(s, err);
    }
    if (s->in_cell)
        hg_xlsx_text_end(&s->text, name);
    else if (strcmp(name, "sheetData") == 0)
        s->in_data = false;
    return HG_OK;
}

/* ---- the part ---- */

/* XML reads what stands before the rows, and has to say that these begin there. */
static hg_status step_before(hg_xlsx_sheet *s, hg_err *err)
{
    hg_slice piece;
    hg_status st = hg_part_fetch(s->part, &piece, err);
    if (st == HG_OK) {
        hg_buf_put(&s->head, piece.p, piece.n);
        st = hg_buf_status(&s->head, err);
    }
    if (st != HG_OK && st != HG_END)
        return st;
    hg_slice all = { s->head.data ? s->head.data : "", s->head.len };
    size_t n = hg_xlsx_plain_find(all);
    if (n == 0 && st == HG_OK && s->head.len < HEAD)
        return HG_OK;
    hg_slice head = { all.p, n > 0 ? n : all.n },
             rest = { all.p + head.n, all.n - head.n };
    s->mode = XML;
    st = head.n > 0 ? hg_part_feed(s->part, head, false, err) : HG_OK;
    if (st == HG_OK && n > 0 && s->in_data) {
        s->mode = PLAIN;
        return hg_xlsx_rows_new(&s->rows, s->part, &s->book, s->hidden, head, rest, err);
    }
    return st == HG_OK && rest.n > 0 ? hg_part_feed(s->part, rest, false, err) : st;
}

static hg_status step_plain(hg_xlsx_sheet *s, hg_err *err)
{
    hg_status st = hg_xlsx_rows_next(s->rows, &s->run, &s->n_run, err);
    if (st != HG_END)
        return st;
    s->mode = XML;
    s->cell.row = hg_xlsx_rows_last(s->rows);
    s->cell.col = 0;
    return hg_xlsx_rows_leave(s->rows, err);
}

/* Go on in the part, to cells if there are any here; HG_END: it is read. */
static hg_status step(hg_xlsx_sheet *s, hg_err *err)
{
    switch (s->mode) {
    case BEFORE: return step_before(s, err);
    case PLAIN: return step_plain(s, err);
    case XML: return hg_part_step(s->part, err);
    }
    return HG_END;
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

/* Give a cell that waited its style and text. */
static hg_status give(hg_xlsx_sheet *s, const waiting *w, hg_cell *cell, hg_err *err)
{
    const hg_xlsx_style *style = w->style;
    *cell = (hg_cell){
        .row = w->row,
        .col = w->col,
        .type = w->type,
        .formula = w->formula,
        .hidden = w->hidden,
        .bold = style->bold,
        .italic = style->italic,
        .indent = style->indent,
        .font = style->font,
        .format = w->type == HG_CELL_TEXT ? NULL : style->format,
    };
    if (w->shared)
        return hg_shared_get(s->book.strings, w->at, cell, err);
    cell->text = (hg_slice){ s->texts.data ? s->texts.data + w->at : "", w->n };
    cell->runs = w->n_runs > 0 ? s->runs.list + w->first_run : NULL;
    cell->n_runs = w->n_runs;
    return HG_OK;
}

/* Give the cells of plain rows whose texts are at hand, or one whose text is fetched. */
static hg_status give_run(hg_xlsx_sheet *s, const hg_cell **cells, size_t *n, hg_err *err)
{
    hg_status st = HG_OK;
    *cells = s->run;
    for (*n = 0; *n < s->n_run && s->run[*n].text.p;)
        ++*n;
    if (*n == 0) {
        st = hg_shared_get(s->book.strings, s->run->text.n, s->run, err);
        *n = 1;
    }
    s->run += *n;
    s->n_run -= *n;
    return st;
}

hg_status hg_xlsx_sheet_run(hg_xlsx_sheet *s, const hg_cell **cells, size_t *n,
                            hg_err *err)
{
    while (s->n_run == 0 && s->next == s->n) {
        if (s->status != HG_OK) {
            if (s->status != HG_END && err->status == HG_OK)
                *err = s->err;
            return s->status;
        }
        clear(s);
        s->status = step(s, &s->err);
    }
    if (s->n_run > 0)
        return give_run(s, cells, n, err);
    *cells = &s->given;
    *n = 1;
    return give(s, &s->list[s->next++], &s->given, err);
}

const hg_area *hg_xlsx_sheet_merged(const hg_xlsx_sheet *s, size_t *n)
{
    *n = s->n_merged;
    return s->merged;
}

hg_area hg_xlsx_sheet_declared(const hg_xlsx_sheet *s)
{
    return s->declared;
}

void hg_xlsx_sheet_free(hg_xlsx_sheet *s)
{
    if (!s)
        return;
    hg_part_free(s->part);
    hg_xlsx_rows_free(s->rows);
    hg_buf_release(&s->head);
    hg_buf_release(&s->texts);
    hg_runs_release(&s->runs);
    free(s->list);
    free(s->merged);
    free(s);
}
