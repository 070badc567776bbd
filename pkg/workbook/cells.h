/* cells.h - workbooks of any kind: sheets, and cells in the order of rows. Recipes and
 * origins know nothing else of a source's format. */
#ifndef HG_WORKBOOK_CELLS_H
#define HG_WORKBOOK_CELLS_H

#include "workbook/cell.h"

/* An open workbook. Readers share nothing; one is for one thread. */
typedef struct hg_workbook hg_workbook;

/*
 * Open a workbook from a seekable descriptor that the caller keeps and closes after
 * hg_workbook_free(). The kind is told by the bytes, never by the name; name appears in
 * errors. tmp is the folder for what memory does not hold, and outlives the workbook;
 * NULL: there is none. HG_EINPUT: not a workbook, cut, damaged, encrypted, over a limit
 * (loc: file).
 */
hg_status hg_workbook_open(hg_workbook **out, int fd, const char *name, const char *tmp,
                           hg_err *err);
/* Do a file's first bytes (512 suffice) look like a workbook's? Also of kinds that
 * hg_workbook_open() refuses by name. */
bool hg_workbook_likely(const void *bytes, size_t n);
const char *hg_workbook_name(const hg_workbook *book);
size_t hg_workbook_sheets(const hg_workbook *book);
const hg_sheet *hg_workbook_sheet(const hg_workbook *book, size_t i);
bool hg_workbook_1904(const hg_workbook *book);
/* Its defined names, and how many other files it refers to. */
const hg_defined_name *hg_workbook_names(const hg_workbook *book, size_t *n);
size_t hg_workbook_links(const hg_workbook *book);
/* Its tables (database ranges of OpenDocument), what they refer to with their sheet; of xls
 * none. Borrowed. HG_EINPUT, HG_ENOMEM. */
hg_status hg_workbook_tables(hg_workbook *book, const hg_defined_name **list, size_t *n,
                             hg_err *err);
void hg_workbook_free(hg_workbook *book); /* NULL is fine */

/* The cells of one sheet, in order of rows, then columns, unless an xlsx has them in
 * another, in which case they come in that; blank cells without a style may be left out.
 * One sheet of a workbook is open at a time. */
typedef struct hg_cells hg_cells;

hg_status hg_cells_open(hg_cells **out, hg_workbook *book, size_t sheet, hg_err *err);
/* HG_END after the last; HG_EINPUT with file, sheet and, where known, cell. */
hg_status hg_cells_next(hg_cells *cells, hg_cell *cell, hg_err *err);
/* The same of several cells at once, at least one, that stand until the next call. */
hg_status hg_cells_run(hg_cells *cells, const hg_cell **list, size_t *n, hg_err *err);
/* The merged areas: known once hg_cells_next() gave HG_END. Borrowed from cells. */
const hg_area *hg_cells_merged(const hg_cells *cells, size_t *n);
/* The area that the sheet says it has, which may be any; known likewise. row2 0: it does not
 * say. */
hg_area hg_cells_declared(const hg_cells *cells);
void hg_cells_free(hg_cells *cells); /* NULL is fine */

#endif
