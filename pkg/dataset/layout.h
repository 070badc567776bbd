/* layout.h - a table as it stands in a report, as tidy rows: one value a row, with the
 * columns of the recipe and the cell that the value came from.
 *
 * Held to, always: every value has all its dimensions; no two values share them all, in
 * all the sheets read; every number of a sheet below the title has been given a row or is
 * under a heading that the recipe ignores; what a cell holds is given as it is.
 */
#ifndef HG_DATASET_LAYOUT_H
#define HG_DATASET_LAYOUT_H

#include "dataset/recipe.h"
#include "format/grid.h"
#include "table/row.h"

typedef struct hg_layout hg_layout;

/* What a cell is to the table. */
typedef enum hg_role {
    HG_ROLE_NONE,
    HG_ROLE_TITLE, /* above the table */
    HG_ROLE_HEADING,
    HG_ROLE_RULER,   /* the row that numbers the columns */
    HG_ROLE_LABEL,   /* of a row */
    HG_ROLE_SECTION, /* a row without values */
    HG_ROLE_UNIT,
    HG_ROLE_VALUE,
    HG_ROLE_NOTE,   /* below the table, or text beside it */
    HG_ROLE_IGNORED /* by the recipe */
} hg_role;

hg_status hg_layout_new(hg_layout **out, const hg_recipe *recipe,
                        hg_err *err); /* HG_ENOMEM */

/*
 * Read one sheet and see that all of it is understood. grid is borrowed until the next
 * call; file and sheet (NULL: a text) are copied. The rows of the sheet read before must
 * have been fetched.
 *   HG_EARG    the recipe does not fit: headings, a label that a code list lacks, a row
 * or a number that has no place, a number that can be read in two ways HG_EINPUT  a cell
 * holds no number where there must be one HG_ENOMEM
 */
hg_status hg_layout_read(hg_layout *layout, const hg_grid *grid, const char *file,
                         const char *sheet, hg_err *err);

/* What the i-th cell of the grid read last is. */
hg_role hg_layout_role(const hg_layout *layout, size_t i);

/* Fetch the next row: *cells in the order of the recipe's columns, and where its value
 * stands. Borrowed until the next call. HG_END after the last; HG_EARG: it has the same
 * dimensions as another, which is named. */
hg_status hg_layout_next(hg_layout *layout, const hg_slice **cells, hg_origin *at,
                         hg_err *err);

void hg_layout_free(hg_layout *layout); /* NULL is fine */

#endif
