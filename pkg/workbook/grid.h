/* grid.h - one sheet, or one small text, as cells in memory: what a recipe works on. */
#ifndef HG_WORKBOOK_GRID_H
#define HG_WORKBOOK_GRID_H

#include "workbook/cells.h"

/* Cells that a grid takes at most: the limit within which a form is read (64 MiB of
 * cells). */
#define HG_GRID_MAX_CELLS ((size_t)1 << 20)

/* A sheet in memory. Cells without a value are left out; texts are NFC. */
typedef struct hg_grid hg_grid;

/* Read a whole sheet. HG_EINPUT: unreadable or over HG_GRID_MAX_CELLS. */
hg_status hg_grid_load(hg_grid **out, hg_workbook *book, size_t sheet, hg_err *err);
/* The same without merged areas, and so with what they cover: programs that insert rows
 * without moving merged areas leave values there. */
hg_status hg_grid_load_bare(hg_grid **out, hg_workbook *book, size_t sheet, hg_err *err);

/* Start an empty grid, to be filled cell by cell in order of rows, then columns, then
 * closed by hg_grid_merge() for the merged areas (n may be 0). Texts are copied. Values
 * that a merged area covers, in cells that are not its first, are dropped: nobody sees
 * them in a spreadsheet program. */
hg_status hg_grid_new(hg_grid **out, hg_err *err);
/* Where the cells come from, for errors; both texts must outlive the filling. */
void hg_grid_place(hg_grid *grid, const char *file, const char *sheet);
hg_status hg_grid_add(hg_grid *grid, const hg_cell *cell, hg_err *err);
hg_status hg_grid_merge(hg_grid *grid, const hg_area *areas, size_t n, hg_err *err);

/* Put another text into the i-th cell, which then has no runs. Texts are copied, NFC. HG_EINPUT:
 * over the limit; HG_ENOMEM. */
hg_status hg_grid_put(hg_grid *grid, size_t i, hg_slice text, hg_err *err);

/* Take out the cells that drop() tells to; the merged areas stay. */
void hg_grid_drop(hg_grid *grid, bool (*drop)(const hg_cell *cell, const void *with),
                  const void *with);

/* Show no more than the cells within an area, as if the others were blank, and the merged
 * areas that begin there; NULL: all. Only hg_grid_cells() gives the others still. */
void hg_grid_window(hg_grid *grid, const hg_area *area);
/* What the window shows: all, from row and column 1 to UINT32_MAX; and whether a cell. */
hg_area hg_grid_shown(const hg_grid *grid);
bool hg_grid_shows(const hg_grid *grid, const hg_cell *cell);

uint32_t hg_grid_rows(const hg_grid *grid); /* last row with a value; 0: empty */
uint32_t hg_grid_cols(const hg_grid *grid);

/* The cell at a place, or NULL where there is no value. Lives as long as the grid. */
const hg_cell *hg_grid_at(const hg_grid *grid, uint32_t row, uint32_t col);
/* The same, a merged area giving its first cell's value over its whole range. */
const hg_cell *hg_grid_spread(const hg_grid *grid, uint32_t row, uint32_t col);
/* The merged area over a place, or NULL; is the place within one, and not its first cell?
 */
const hg_area *hg_grid_area(const hg_grid *grid, uint32_t row, uint32_t col);
bool hg_grid_covered(const hg_grid *grid, uint32_t row, uint32_t col);

/* The cells with a value in a row, in order; NULL and 0 where there is none. */
const hg_cell *hg_grid_row(const hg_grid *grid, uint32_t row, size_t *n);

/* All cells with a value, in order. */
const hg_cell *hg_grid_cells(const hg_grid *grid, size_t *n);
void hg_grid_free(hg_grid *grid); /* NULL is fine */

#endif
