/* grid - one sheet, or one small text, as cells in memory */
#include "workbook/grid.h"
#include "base/names.h"
#include "text/utf8.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK    ((size_t)1 << 16) /* bytes of text allocated at once */
#define MAX_TEXT ((size_t)1 << 26) /* bytes of text that a grid takes */

/* Texts that stay where they are put. */
typedef struct chunk {
    struct chunk *next;
    size_t used, cap;
    alignas(hg_cell_run) char bytes[];
} chunk;

/* A merged area, in order of first row and column. */
typedef struct merged {
    hg_area at;
    uint32_t reach; /* the last row of this area and of all before it */
} merged;

struct hg_grid {
    hg_cell *cells;
    size_t n, cap;
    uint32_t rows, cols;
    bool unsorted;
    hg_area window;
    merged *areas;
    size_t n_areas;
    chunk *chunks;  /* the newest first */
    size_t text;    /* bytes of text kept */
    hg_names names; /* of fonts and number formats */
    hg_buf nfc;
    hg_loc loc; /* file and sheet */
};

void hg_grid_window(hg_grid *grid, const hg_area *area)
{
    static const hg_area all = { 1, 1, UINT32_MAX, UINT32_MAX };
    grid->window = area ? *area : all;
}

hg_status hg_grid_new(hg_grid **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    hg_grid_window(*out, NULL);
    return HG_OK;
}

void hg_grid_free(hg_grid *grid)
{
    if (!grid)
        return;
    for (chunk *c = grid->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(grid->cells);
    free(grid->areas);
    hg_names_release(&grid->names);
    hg_buf_release(&grid->nfc);
    free(grid);
}

/* Memory for n bytes, of the alignment of a run; NULL when it has run out. */
static void *take(hg_grid *grid, size_t n)
{
    chunk *c = grid->chunks;
    n = (n + alignof(hg_cell_run) - 1) & ~(alignof(hg_cell_run) - 1);
    if (!c || c->cap - c->used < n) {
        size_t cap = n < CHUNK ? CHUNK : n;
        c = malloc(sizeof *c + cap);
        if (!c)
            return NULL;
        *c = (chunk){ .next = grid->chunks, .cap = cap };
        grid->chunks = c;
    }
    c->used += n;
    grid->text += n;
    return c->bytes + c->used - n;
}

/* Keep a copy of n bytes, closed by a NUL. */
static const char *keep(hg_grid *grid, const char *bytes, size_t n)
{
    char *copy = take(grid, n + 1);
    if (!copy)
        return NULL;
    if (n > 0)
        memcpy(copy, bytes, n);
    copy[n] = '\0';
    return copy;
}

static hg_status room(hg_grid *grid, hg_err *err)
{
    if (grid->n < grid->cap)
        return HG_OK;
    size_t cap = grid->cap ? grid->cap * 2 : 1024;
    hg_cell *cells = realloc(grid->cells, cap * sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    grid->cells = cells;
    grid->cap = cap;
    return HG_OK;
}

/* Cells go in order, so that a place is found by halving. */
static bool before(const hg_cell *a, uint32_t row, uint32_t col)
{
    return a->row < row || (a->row == row && a->col < col);
}

void hg_grid_place(hg_grid *grid, const char *file, const char *sheet)
{
    grid->loc = (hg_loc){ .file = file, .sheet = sheet };
}

/* Put a text's NFC into the buffer, a run at a time so that each stays apart; false where
 * characters of two runs make one, and runs are lost. */
static bool compose(hg_buf *nfc, const hg_cell *cell, hg_cell_run *runs)
{
    size_t from = 0, whole;
    hg_buf_clear(nfc);
    for (size_t i = 0; i <= cell->n_runs; i++) {
        size_t to = i < cell->n_runs ? cell->runs[i].at : cell->text.n;
        hg_utf8_nfc(nfc, cell->text.p + from, to - from);
        if (i < cell->n_runs) {
            runs[i] = cell->runs[i];
            runs[i].at = nfc->len;
        }
        from = to;
    }
    if (cell->n_runs == 0)
        return true;
    whole = nfc->len;
    hg_utf8_nfc(nfc, cell->text.p, cell->text.n);
    bool same = nfc->len == 2 * whole && memcmp(nfc->data, nfc->data + whole, whole) == 0;
    if (!same && nfc->status == HG_OK)
        memmove(nfc->data, nfc->data + whole, nfc->len -= whole);
    else if (same)
        nfc->len = whole;
    return same;
}

/* Keep the text and what stands by it. */
static hg_status keep_text(hg_grid *grid, hg_cell *kept, const hg_loc *loc, hg_err *err)
{
    hg_cell_run *runs = NULL;
    size_t bytes = kept->n_runs * sizeof *runs;
    if (kept->n_runs > 0 && !(runs = take(grid, bytes)))
        return hg_fail_nomem(err);
    if (!compose(&grid->nfc, kept, runs))
        kept->n_runs = 0;
    hg_status st = hg_buf_status(&grid->nfc, err);
    if (st == HG_OK && grid->text + grid->nfc.len > MAX_TEXT)
        st = hg_fail(err, HG_EINPUT, loc,
                     "over the limit of %zu bytes of text for a recipe", MAX_TEXT);
    kept->runs = kept->n_runs > 0 ? runs : NULL;
    for (size_t i = 0; i < kept->n_runs && st == HG_OK; i++)
        st = hg_names_keep(&grid->names, &runs[i].font, loc, err);
    if (st != HG_OK)
        return st;
    kept->text = (hg_slice){ keep(grid, grid->nfc.data, grid->nfc.len), grid->nfc.len };
    return kept->text.p ? HG_OK : hg_fail_nomem(err);
}

hg_status hg_grid_add(hg_grid *grid, const hg_cell *cell, hg_err *err)
{
    if (cell->type == HG_CELL_BLANK || cell->text.n == 0)
        return HG_OK;
    if (grid->n > 0 && !before(&grid->cells[grid->n - 1], cell->row, cell->col))
        grid->unsorted = true;
    hg_cell kept = *cell;
    hg_loc loc = grid->loc;
    hg_status st;
    loc.row = cell->row;
    loc.col = cell->col;
    if (grid->n == HG_GRID_MAX_CELLS)
        return hg_fail(err, HG_EINPUT, &loc, "over the limit of %zu cells for a recipe",
                       HG_GRID_MAX_CELLS);
    if ((st = room(grid, err)) != HG_OK ||
        (st = keep_text(grid, &kept, &loc, err)) != HG_OK ||
        (st = hg_names_keep(&grid->names, &kept.font, &loc, err)) != HG_OK ||
        (st = hg_names_keep(&grid->names, &kept.format, &loc, err)) != HG_OK)
        return st;
    grid->cells[grid->n++] = kept;
    if (kept.row > grid->rows)
        grid->rows = kept.row;
    if (kept.col > grid->cols)
        grid->cols = kept.col;
    return HG_OK;
}

static int by_cell(const void *x, const void *y)
{
    const hg_cell *a = x, *b = y;
    return before(a, b->row, b->col) ? -1 : before(b, a->row, a->col);
}

/* Put cells that came out of order into it. */
static hg_status sort(hg_grid *grid, hg_err *err)
{
    hg_loc loc = grid->loc;
    if (!grid->unsorted)
        return HG_OK;
    qsort(grid->cells, grid->n, sizeof *grid->cells, by_cell);
    grid->unsorted = false;
    for (size_t i = 1; i < grid->n; i++)
        if (by_cell(&grid->cells[i - 1], &grid->cells[i]) == 0) {
            loc.row = grid->cells[i].row;
            loc.col = grid->cells[i].col;
            return hg_fail(err, HG_EINPUT, &loc, HG_CELL_TWICE);
        }
    return HG_OK;
}

static int by_place(const void *x, const void *y)
{
    const hg_area *a = &((const merged *)x)->at, *b = &((const merged *)y)->at;
    if (a->row1 != b->row1)
        return a->row1 < b->row1 ? -1 : 1;
    return (a->col1 > b->col1) - (a->col1 < b->col1);
}

static bool within(const hg_area *area, uint32_t row, uint32_t col)
{
    return row >= area->row1 && row <= area->row2 && col >= area->col1 && col <= area->col2;
}

bool hg_grid_shows(const hg_grid *grid, const hg_cell *cell)
{
    return within(&grid->window, cell->row, cell->col);
}

hg_area hg_grid_shown(const hg_grid *grid)
{
    return grid->window;
}

const hg_area *hg_grid_area(const hg_grid *grid, uint32_t row, uint32_t col)
{
    size_t low = 0, high = grid->n_areas;
    while (low < high) { /* the first area that begins below row */
        size_t mid = low + (high - low) / 2;
        if (grid->areas[mid].at.row1 <= row)
            low = mid + 1;
        else
            high = mid;
    }
    while (low-- > 0 && grid->areas[low].reach >= row) {
        const hg_area *at = &grid->areas[low].at;
        if (at->row2 >= row && at->col1 <= col && col <= at->col2)
            return within(&grid->window, at->row1, at->col1) ? at : NULL;
    }
    return NULL;
}

bool hg_grid_covered(const hg_grid *grid, uint32_t row, uint32_t col)
{
    const hg_area *over = hg_grid_area(grid, row, col);
    return over && (over->row1 != row || over->col1 != col);
}

/* A merged area has one value, that of its first cell: what others hide goes. */
static void uncover(hg_grid *grid)
{
    size_t kept = 0;
    grid->rows = grid->cols = 0;
    for (size_t i = 0; i < grid->n; i++) {
        const hg_cell *cell = &grid->cells[i];
        if (hg_grid_covered(grid, cell->row, cell->col))
            continue;
        grid->rows = cell->row;
        if (cell->col > grid->cols)
            grid->cols = cell->col;
        grid->cells[kept++] = *cell;
    }
    grid->n = kept;
}

hg_status hg_grid_merge(hg_grid *grid, const hg_area *areas, size_t n, hg_err *err)
{
    free(grid->areas);
    grid->n_areas = 0;
    grid->areas = calloc(n ? n : 1, sizeof *grid->areas);
    if (!grid->areas)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++)
        grid->areas[i].at = areas[i];
    qsort(grid->areas, n, sizeof *grid->areas, by_place);
    uint32_t reach = 0;
    for (size_t i = 0; i < n; i++) {
        if (grid->areas[i].at.row2 > reach)
            reach = grid->areas[i].at.row2;
        grid->areas[i].reach = reach;
    }
    grid->n_areas = n;
    if (n > 0)
        uncover(grid);
    return HG_OK;
}

static hg_status load(hg_grid **out, hg_workbook *book, size_t sheet, bool spread,
                      hg_err *err)
{
    hg_cells *cells = NULL;
    hg_cell cell;
    hg_status st;

    *out = NULL;
    if ((st = hg_cells_open(&cells, book, sheet, err)) != HG_OK ||
        (st = hg_grid_new(out, err)) != HG_OK)
        goto out;
    hg_grid_place(*out, hg_workbook_name(book), hg_workbook_sheet(book, sheet)->name);
    while ((st = hg_cells_next(cells, &cell, err)) == HG_OK)
        if ((st = hg_grid_add(*out, &cell, err)) != HG_OK)
            goto out;
    if (st == HG_END) {
        size_t n;
        const hg_area *areas = hg_cells_merged(cells, &n);
        st = sort(*out, err);
        if (st == HG_OK && spread)
            st = hg_grid_merge(*out, areas, n, err);
    }
out:
    if (st != HG_OK) {
        hg_grid_free(*out);
        *out = NULL;
    }
    hg_cells_free(cells);
    return st;
}

hg_status hg_grid_put(hg_grid *grid, size_t i, hg_slice text, hg_err *err)
{
    hg_cell *cell = &grid->cells[i];
    hg_loc loc = grid->loc;
    loc.row = cell->row;
    loc.col = cell->col;
    cell->text = text;
    cell->runs = NULL;
    cell->n_runs = 0;
    return keep_text(grid, cell, &loc, err);
}

void hg_grid_drop(hg_grid *grid, bool (*drop)(const hg_cell *cell, const void *with),
                  const void *with)
{
    size_t kept = 0;
    for (size_t i = 0; i < grid->n; i++)
        if (!drop(&grid->cells[i], with))
            grid->cells[kept++] = grid->cells[i];
    grid->n = kept;
    grid->rows = kept > 0 ? grid->cells[kept - 1].row : 0;
}

hg_status hg_grid_load(hg_grid **out, hg_workbook *book, size_t sheet, hg_err *err)
{
    return load(out, book, sheet, true, err);
}

hg_status hg_grid_load_bare(hg_grid **out, hg_workbook *book, size_t sheet, hg_err *err)
{
    return load(out, book, sheet, false, err);
}

uint32_t hg_grid_rows(const hg_grid *grid)
{
    return grid->rows < grid->window.row2 ? grid->rows : grid->window.row2;
}

uint32_t hg_grid_cols(const hg_grid *grid)
{
    return grid->cols < grid->window.col2 ? grid->cols : grid->window.col2;
}

const hg_cell *hg_grid_cells(const hg_grid *grid, size_t *n)
{
    *n = grid->n;
    return grid->cells;
}

/* The index of the first cell that is not before a place. */
static size_t lower(const hg_grid *grid, uint32_t row, uint32_t col)
{
    size_t low = 0, high = grid->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (before(&grid->cells[mid], row, col))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

const hg_cell *hg_grid_row(const hg_grid *grid, uint32_t row, size_t *n)
{
    *n = 0;
    if (row < grid->window.row1 || row > grid->window.row2)
        return NULL;
    size_t from = lower(grid, row, grid->window.col1);
    while (from + *n < grid->n && grid->cells[from + *n].row == row &&
           grid->cells[from + *n].col <= grid->window.col2)
        ++*n;
    return *n > 0 ? grid->cells + from : NULL;
}

const hg_cell *hg_grid_at(const hg_grid *grid, uint32_t row, uint32_t col)
{
    size_t at = lower(grid, row, col);
    const hg_cell *cell = at < grid->n ? &grid->cells[at] : NULL;
    return cell && cell->row == row && cell->col == col && hg_grid_shows(grid, cell) ? cell
                                                                                     : NULL;
}

const hg_cell *hg_grid_spread(const hg_grid *grid, uint32_t row, uint32_t col)
{
    const hg_area *over = hg_grid_area(grid, row, col);
    return over ? hg_grid_at(grid, over->row1, over->col1) : hg_grid_at(grid, row, col);
}
