/* sheetrows - the rows of one sheet of a workbook, and what there is in it */
#include "workbook/sheetrows.h"
#include "base/spool.h"
#include "delimited/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY ((size_t)1 << 24) /* bytes of values that stay in memory */
#define LONG   UINT16_MAX        /* for a text of this length or more; 4 bytes follow */
#define LEAD   8                 /* bytes before a text at most */
#define QUOTED 0x8000

/* A row that has values, or a piece of one where they are out of order, as it is spooled:
 * this, then its cells: column, from 0, and length, 2 bytes each, and text. The column has
 * QUOTED where the text must be quoted as CSV. */
typedef struct head {
    uint32_t row, bytes;
} head;

typedef struct piece {
    uint64_t at;
    uint32_t row;
} piece;

struct hg_sheet_rows {
    hg_spool *spool;
    uint64_t at;    /* of the next row in it */
    uint32_t first; /* row of the piece spooled last */
    bool unsorted;  /* pieces are not in order of rows, */
    piece *pieces;  /* and these say where each is */
    size_t n_pieces, next_piece;
    hg_sheet_info info;
    hg_buf line;    /* the row under way, while they are spooled */
    hg_buf runs[2]; /* rows given together: the last, and those before */
    uint64_t row;   /* given last */
    hg_slice *list; /* its cells */
    head next;      /* the next row with values; row 0: it is not read yet */
    hg_loc loc;
    hg_status status; /* once it is not HG_OK it stays */
};

/* ---- what a sheet holds ---- */

static bool has_value(const hg_cell *cell)
{
    return cell->type != HG_CELL_BLANK && cell->text.n > 0;
}

static void reach(hg_sheet_info *info, uint32_t row, uint32_t col)
{
    info->values++;
    if (row > info->rows)
        info->rows = row;
    if (col > info->cols)
        info->cols = col;
}

/* "-1.234,5" or "12 %", but no code with a zero before it such as "093". */
static bool looks_like_number(hg_slice text)
{
    size_t i = text.n > 0 && (text.p[0] == '-' || text.p[0] == '+'), digits = 0;
    if (text.n > 32 || (text.n > i + 1 && text.p[i] == '0' && text.p[i + 1] >= '0' &&
                        text.p[i + 1] <= '9'))
        return false;
    for (; i < text.n && (text.p[i] == '.' || text.p[i] == ',' ||
                          (text.p[i] >= '0' && text.p[i] <= '9'));
         i++)
        digits += text.p[i] >= '0';
    while (i < text.n && (text.p[i] == ' ' || text.p[i] == '%'))
        i++;
    return digits > 0 && i == text.n;
}

static hg_status note_fonts(hg_names *fonts, const hg_cell *cell, hg_err *err)
{
    const char *font = cell->font;
    hg_status st = HG_OK;
    if (!fonts || !has_value(cell))
        return HG_OK;
    if (cell->n_runs == 0 || cell->runs[0].at > 0)
        st = hg_names_keep(fonts, &font, NULL, err);
    for (size_t i = 0; i < cell->n_runs && st == HG_OK; i++) {
        font = cell->runs[i].font;
        st = hg_names_keep(fonts, &font, NULL, err);
    }
    return st;
}

static void count_cell(hg_sheet_info *info, const hg_cell *cell)
{
    if (has_value(cell)) {
        reach(info, cell->row, cell->col);
        info->number_texts +=
            cell->type == HG_CELL_TEXT && !cell->formula && looks_like_number(cell->text);
        info->formulas += cell->formula;
        info->hidden += cell->hidden;
    } else {
        info->uncached += cell->type == HG_CELL_BLANK && cell->formula;
    }
}

/* Read a sheet through. Merged areas stand behind the cells: where areas are given, it is
 * read once more, for what these cover. */
static hg_status scan(hg_sheet_info *info, hg_workbook *book, size_t sheet,
                      hg_grid *areas, bool again, hg_names *fonts, hg_err *err)
{
    hg_cells *cells;
    hg_cell cell;
    hg_status st = hg_cells_open(&cells, book, sheet, err);
    while (st == HG_OK && (st = hg_cells_next(cells, &cell, err)) == HG_OK) {
        if (again) {
            info->covered +=
                has_value(&cell) && hg_grid_covered(areas, cell.row, cell.col);
            continue;
        }
        count_cell(info, &cell);
        st = note_fonts(fonts, &cell, err);
    }
    if (st == HG_END && !again) {
        const hg_area *merged = hg_cells_merged(cells, &info->merged);
        info->declared_rows = hg_cells_declared(cells).row2;
        info->declared_cols = hg_cells_declared(cells).col2;
        st = hg_grid_merge(areas, merged, info->merged, err);
    }
    hg_cells_free(cells);
    return st == HG_END ? HG_OK : st;
}

hg_status hg_sheet_survey(hg_sheet_info *info, hg_workbook *book, size_t sheet,
                          hg_names *fonts, hg_err *err)
{
    hg_grid *areas;
    *info = (hg_sheet_info){ 0 };
    hg_status st = hg_grid_new(&areas, err);
    if (st == HG_OK)
        st = scan(info, book, sheet, areas, false, fonts, err);
    if (st == HG_OK && info->merged > 0)
        st = scan(info, book, sheet, areas, true, fonts, err);
    hg_grid_free(areas);
    return st;
}

/* ---- spooling ---- */

static hg_status end_line(hg_sheet_rows *rows, hg_err *err)
{
    if (rows->line.len == 0)
        return HG_OK;
    hg_status st = hg_buf_status(&rows->line, err);
    if (st != HG_OK)
        return st;
    rows->next.bytes = (uint32_t)(rows->line.len - sizeof rows->next);
    memcpy(rows->line.data, &rows->next, sizeof rows->next);
    st = hg_spool_put(rows->spool, rows->line.data, rows->line.len, err);
    hg_buf_clear(&rows->line);
    return st;
}

static hg_status begin_line(hg_sheet_rows *rows, uint32_t row, hg_err *err)
{
    hg_status st = end_line(rows, err);
    rows->unsorted = rows->unsorted || row <= rows->first;
    rows->first = rows->next.row = row;
    hg_buf_put(&rows->line, &rows->next, sizeof rows->next);
    return st;
}

static void put_cell(hg_buf *line, const hg_cell *cell)
{
    size_t n = cell->text.n;
    bool quoted = cell->type == HG_CELL_TEXT && hg_csv_needs_quotes(cell->text);
    uint16_t lead[4] = { (uint16_t)((cell->col - 1) | (quoted ? QUOTED : 0)),
                         (uint16_t)(n < LONG ? n : LONG) };
    uint32_t whole = (uint32_t)n;
    char *to = line->data + line->len;
    if (line->cap - line->len <= LEAD + n && !(to = hg_buf_reserve(line, LEAD + n)))
        return;
    size_t leads = n < LONG ? 4 : LEAD;
    memcpy(lead + 2, &whole, sizeof whole);
    memcpy(to, lead, LEAD);
    memcpy(to + leads, cell->text.p, n);
    line->len += leads + n;
}

static hg_status spool_run(hg_sheet_rows *rows, const hg_cell *cells, size_t n,
                           hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; i < n && st == HG_OK; i++) {
        const hg_cell *cell = &cells[i];
        if (!has_value(cell))
            continue;
        reach(&rows->info, cell->row, cell->col);
        if (cell->row != rows->next.row || rows->line.len == 0)
            st = begin_line(rows, cell->row, err);
        if (rows->line.status == HG_OK)
            put_cell(&rows->line, cell);
    }
    return st == HG_OK ? hg_buf_status(&rows->line, err) : st;
}

static hg_status spool_cells(hg_sheet_rows *rows, hg_cells *cells, hg_err *err)
{
    const hg_cell *list;
    size_t n;
    hg_status st;
    while ((st = hg_cells_run(cells, &list, &n, err)) == HG_OK)
        if ((st = spool_run(rows, list, n, err)) != HG_OK)
            return st;
    return st == HG_END ? end_line(rows, err) : st;
}

/* ---- reading back ---- */

/* Read the head of the next row or piece; row 0: there is none. */
static hg_status read_head(hg_sheet_rows *rows, hg_err *err)
{
    const char *bytes;
    rows->next = (head){ 0 };
    if (rows->pieces) {
        if (rows->next_piece == rows->n_pieces)
            return HG_OK;
        rows->at = rows->pieces[rows->next_piece++].at;
    } else if (rows->at == hg_spool_size(rows->spool)) {
        return HG_OK;
    }
    hg_status st = hg_spool_at(rows->spool, rows->at, sizeof rows->next, &bytes, err);
    if (st == HG_OK)
        memcpy(&rows->next, bytes, sizeof rows->next);
    rows->at += sizeof rows->next;
    return st;
}

/* The cell at p, and what follows it. */
static inline const char *read_cell(const char *p, uint32_t *col, hg_slice *text,
                                    bool *quoted)
{
    uint16_t lead[2];
    uint32_t n;
    memcpy(lead, p, sizeof lead);
    p += sizeof lead;
    *col = (lead[0] & (QUOTED - 1)) + 1u;
    *quoted = lead[0] & QUOTED;
    n = lead[1];
    if (n == LONG) {
        memcpy(&n, p, sizeof n);
        p += sizeof n;
    }
    *text = (hg_slice){ p, n };
    return p + n;
}

/* The cells of the row whose head is read; those of several pieces are put together. */
static hg_status read_line(hg_sheet_rows *rows, hg_slice *line, hg_err *err)
{
    hg_status st =
        hg_spool_at(rows->spool, rows->at, rows->next.bytes, &line->p, err);
    line->n = rows->next.bytes;
    rows->at += line->n;
    if (st != HG_OK || !rows->pieces)
        return st;
    hg_buf_clear(&rows->line);
    hg_buf_put(&rows->line, line->p, line->n);
    while (rows->next_piece < rows->n_pieces &&
           rows->pieces[rows->next_piece].row == rows->row) {
        if ((st = read_head(rows, err)) != HG_OK ||
            (st = hg_spool_at(rows->spool, rows->at, rows->next.bytes, &line->p, err)) !=
                HG_OK)
            return st;
        hg_buf_put(&rows->line, line->p, rows->next.bytes);
    }
    *line = (hg_slice){ rows->line.data, rows->line.len };
    return hg_buf_status(&rows->line, err);
}

/* Put the cells of a row into the list, which is empty. */
static hg_status fill_cells(hg_sheet_rows *rows, hg_slice line, hg_err *err)
{
    hg_loc loc = rows->loc;
    hg_slice text;
    bool quoted;
    loc.row = rows->row;
    for (const char *p = line.p, *end = p + line.n; p < end;) {
        p = read_cell(p, &loc.col, &text, &quoted);
        if (rows->list[loc.col - 1].n > 0)
            return hg_fail(err, HG_EINPUT, &loc, HG_CELL_TWICE);
        rows->list[loc.col - 1] = text;
    }
    return HG_OK;
}

/* The values of the next row. */
static hg_status next_line(hg_sheet_rows *rows, hg_slice *line, hg_err *err)
{
    hg_status st = HG_OK;
    *line = (hg_slice){ "", 0 };
    if (rows->next.row < ++rows->row)
        st = read_head(rows, err);
    return st == HG_OK && rows->next.row == rows->row ? read_line(rows, line, err) : st;
}

/* ---- rows out of order ---- */

static int by_row(const void *x, const void *y)
{
    const piece *a = x, *b = y;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static hg_status add_piece(piece **pieces, size_t *n, uint64_t at, const hg_sheet_rows *rows,
                           hg_err *err)
{
    if (*n == HG_ROWS_MAX_UNSORTED)
        return hg_fail(err, HG_EINPUT, &rows->loc,
                       "more than %zu rows, and out of order; save the workbook anew",
                       HG_ROWS_MAX_UNSORTED);
    if ((*n & (*n - 1)) == 0) { /* full: 0, 1, 2, 4, 8... */
        piece *more = realloc(*pieces, (*n ? *n * 2 : 1) * sizeof *more);
        if (!more)
            return hg_fail_nomem(err);
        *pieces = more;
    }
    (*pieces)[(*n)++] = (piece){ at, rows->next.row };
    return HG_OK;
}

static hg_status sort_pieces(hg_sheet_rows *rows, hg_err *err)
{
    piece *pieces = NULL;
    size_t n = 0;
    hg_status st = read_head(rows, err);
    while (st == HG_OK && rows->next.row > 0) {
        st = add_piece(&pieces, &n, rows->at - sizeof(head), rows, err);
        rows->at += rows->next.bytes;
        if (st == HG_OK)
            st = read_head(rows, err);
    }
    if (n > 0)
        qsort(pieces, n, sizeof *pieces, by_row);
    rows->pieces = pieces;
    rows->n_pieces = n;
    return st;
}

static hg_status check_sparse(const hg_sheet_rows *rows, hg_err *err)
{
    const hg_sheet_info *info = &rows->info;
    uint64_t cells = (uint64_t)info->rows * info->cols;
    hg_loc loc = rows->loc;
    loc.row = info->rows;
    loc.col = info->cols;
    if (cells > HG_ROWS_MAX_CELLS && cells / HG_ROWS_MAX_SPARSE > info->values)
        return hg_fail(err, HG_EINPUT, &loc,
                       "more than %" PRIu64 " cells, with only %" PRIu64
                       " values; delete what stands far off",
                       HG_ROWS_MAX_CELLS, info->values);
    return HG_OK;
}

/* ---- rows ---- */

static hg_status spool_sheet(hg_sheet_rows *rows, hg_workbook *book, size_t sheet,
                             hg_err *err)
{
    hg_cells *cells;
    hg_status st = hg_cells_open(&cells, book, sheet, err);
    if (st == HG_OK)
        st = spool_cells(rows, cells, err);
    hg_cells_free(cells);
    return st == HG_END ? HG_OK : st;
}

hg_status hg_sheet_rows_new(hg_sheet_rows **out, hg_workbook *book, size_t sheet,
                            const char *tmp, hg_err *err)
{
    hg_sheet_rows *rows = *out = calloc(1, sizeof *rows);
    hg_status st;
    if (!rows)
        return hg_fail_nomem(err);
    rows->line.max = HG_ROWS_MAX_TEXT;
    rows->loc.file = hg_workbook_name(book);
    rows->loc.sheet = hg_workbook_sheet(book, sheet)->name;
    if ((st = hg_spool_new(&rows->spool, tmp, MEMORY, err)) != HG_OK ||
        (st = spool_sheet(rows, book, sheet, err)) != HG_OK)
        goto out;
    if (rows->unsorted)
        st = sort_pieces(rows, err);
    if (st == HG_OK)
        st = check_sparse(rows, err);
    if (st == HG_OK && !(rows->list = calloc(rows->info.cols + 1u, sizeof *rows->list)))
        st = hg_fail_nomem(err);
    rows->next.row = 0;
out:
    if (st != HG_OK) {
        hg_sheet_rows_free(rows);
        *out = NULL;
    }
    return st;
}

/* Fill the list with the cells of a row. */
static hg_status fill(hg_sheet_rows *rows, hg_slice line, hg_err *err)
{
    static const hg_slice nothing = { "", 0 };
    for (uint32_t i = 0; i < rows->info.cols; i++)
        rows->list[i] = nothing;
    return fill_cells(rows, line, err);
}

hg_status hg_sheet_rows_next(hg_sheet_rows *rows, hg_row *row, hg_err *err)
{
    hg_slice line;
    if (rows->status == HG_OK && rows->row == rows->info.rows)
        rows->status = HG_END;
    if (rows->status != HG_OK)
        return rows->status;
    rows->status = next_line(rows, &line, err);
    if (rows->status == HG_OK)
        rows->status = fill(rows, line, err);
    *row = (hg_row){ rows->list, rows->info.cols, rows->row, 0, { 0 } };
    return rows->status;
}

/* ---- rows together ---- */

/* Write a row whose cells are in order; NULL: they are not. */
static char *put_line(char *to, hg_slice line, uint32_t cols)
{
    uint32_t at = 1, col, before = 0;
    hg_slice text;
    bool quoted;
    for (const char *p = line.p, *end = p + line.n; p < end; before = col) {
        p = read_cell(p, &col, &text, &quoted);
        if (col <= before)
            return NULL;
        for (; at < col; at++)
            *to++ = ',';
        to = quoted ? hg_csv_quote(to, text) : (char *)memcpy(to, text.p, text.n) + text.n;
    }
    for (; at < cols; at++)
        *to++ = ',';
    *to++ = '\n';
    return to;
}

static hg_status put_row(hg_sheet_rows *rows, hg_slice line, hg_err *err)
{
    hg_buf *run = &rows->runs[0];
    char *to = hg_buf_reserve(run, 2 * line.n + rows->info.cols + 1);
    if (!to)
        return hg_buf_status(run, err);
    char *end = put_line(to, line, rows->info.cols);
    if (end) {
        run->len += (size_t)(end - to);
        return HG_OK;
    }
    hg_status st = fill(rows, line, err);
    for (uint32_t i = 0; i < rows->info.cols && st == HG_OK; i++)
        hg_csv_put(run, rows->list[i], i == 0);
    hg_csv_end(run);
    return st == HG_OK ? hg_buf_status(run, err) : st;
}

hg_status hg_sheet_rows_run(hg_sheet_rows *rows, hg_slice *bytes, uint64_t *records,
                            hg_err *err)
{
    hg_slice line;
    if (rows->status == HG_OK && rows->row == rows->info.rows)
        rows->status = HG_END;
    hg_buf run = rows->runs[1];
    rows->runs[1] = rows->runs[0];
    hg_buf_clear(&run);
    rows->runs[0] = run;
    for (*records = 0; rows->status == HG_OK && rows->row < rows->info.rows &&
                       rows->runs[0].len < HG_ROWS_RUN;
         ++*records) {
        rows->status = next_line(rows, &line, err);
        if (rows->status == HG_OK)
            rows->status = put_row(rows, line, err);
    }
    *bytes = (hg_slice){ rows->runs[0].data, rows->runs[0].len };
    return rows->status;
}

void hg_sheet_rows_free(hg_sheet_rows *rows)
{
    if (!rows)
        return;
    hg_spool_free(rows->spool);
    free(rows->pieces);
    hg_buf_release(&rows->line);
    hg_buf_release(&rows->runs[0]);
    hg_buf_release(&rows->runs[1]);
    free(rows->list);
    free(rows);
}
