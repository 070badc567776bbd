/* layout.h - the tables of a sheet as they stand in a report, as tidy rows: one value a
 * row, with the columns of the recipe and the cell that the value came from.
 *
 * Held to, always: every value has all its dimensions; no two values share them all, in
 * all the sheets read; every cell of a sheet is something to one of its tables, or is
 * named in "ignore"; what a cell holds is given as it is; sums that do not come out are
 * told.
 */
#ifndef HG_RECIPE_LAYOUT_H
#define HG_RECIPE_LAYOUT_H

#include "recipe/notes.h"
#include "recipe/recipe.h"
#include "recipe/roles.h"
#include "table/finding.h"
#include "table/row.h"

typedef struct hg_layout hg_layout;

/* tell, which may be NULL, is told what is worth knowing and no error: sums that do not
 * come out ("sum-error"), values in hidden rows ("hidden-values"). HG_ENOMEM. */
hg_status hg_layout_new(hg_layout **out, const hg_recipe *recipe, hg_tell *tell,
                        void *with, hg_err *err);

/* One sheet, as it is read: use tells, for each table of the recipe, whether the sheet
 * may have it. */
typedef struct hg_layout_sheet {
    hg_grid *grid;     /* the cells that the recipe ignores are taken out of it */
    const char *file, *sheet; /* sheet NULL: a text; copied */
    const bool *use;
} hg_layout_sheet;

/*
 * Read one sheet and see that all of it is understood. The grid is borrowed until the
 * next call. The rows of the sheet read before must have been fetched, or are dropped.
 *   HG_EARG    the recipe does not fit: a table that is not there, headings, a label that
 *              a code list lacks, a row or a cell that has no place, a number that can be
 *              read in two ways
 *   HG_EINPUT  a cell holds no number where there must be one
 *   HG_ENOMEM
 */
hg_status hg_layout_read(hg_layout *layout, const hg_layout_sheet *sheet, hg_err *err);

size_t hg_layout_tables(const hg_layout *layout); /* found in the sheet read last */
/* What its cells are, and its notes. */
const hg_roles *hg_layout_roles(const hg_layout *layout);
const hg_notes *hg_layout_notes(const hg_layout *layout);

/* Fetch the next row: *table tells which of the recipe's, *cells are in the order of its
 * columns, *at is where its value stands; of a list, its first cell. Borrowed until the
 * next call. HG_END after the last; HG_EARG: it has the same dimensions as another, which
 * is named. */
hg_status hg_layout_next(hg_layout *layout, const hg_recipe_table **table,
                         const hg_slice **cells, hg_origin *at, hg_err *err);

void hg_layout_free(hg_layout *layout); /* NULL is fine */

#endif
