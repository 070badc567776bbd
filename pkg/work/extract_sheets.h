/* extract_sheets.h - the sheets of all sources as a recipe reads them, each read from its
 * source once where they are small; for extract.c and its extract_*.c only. */
#ifndef HG_WORK_EXTRACT_SHEETS_H
#define HG_WORK_EXTRACT_SHEETS_H

#include "format/source.h"
#include "workbook/unicode.h"

/* Grids that are kept for a second reading have HG_GRID_MAX_CELLS cells at most, all
 * together; others are read anew. */
typedef struct hg_sheets hg_sheets;

/* Start; the sources are borrowed, and must not change. HG_ENOMEM. */
hg_status hg_sheets_new(hg_sheets **out, hg_source *const *sources, size_t n, hg_err *err);

/*
 * One sheet, its texts in Unicode. What the texts of a workbook tell of their encoding is
 * learnt from all its sheets before the first is given. The grid is lent until the next
 * call; what is dropped from it stays dropped. HG_EINPUT, HG_ENOMEM.
 */
hg_status hg_sheets_get(hg_sheets *sheets, size_t source, size_t sheet, hg_grid **grid,
                        hg_err *err);

/* What has become of the texts of a workbook, each counted once; NULL: it has none. */
const hg_unicode *hg_sheets_unicode(const hg_sheets *sheets, size_t source);
void hg_sheets_free(hg_sheets *sheets); /* NULL is fine */

#endif
