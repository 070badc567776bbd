/* region.h - where a table's headings stand in a sheet. */
#ifndef HG_RECIPE_REGION_H
#define HG_RECIPE_REGION_H

#include "recipe/says.h"
#include "workbook/grid.h"

typedef struct hg_region {
    uint32_t top, bottom; /* the rows of headings */
    uint32_t first;       /* the first column of values, as far as it is known: by "stub",
                             the ruler, or the labels that headings have; 0: not known */
    const hg_cell *stranger; /* not found: the first text unknown among known headings */
} hg_region;

/*
 * Find the headings of the next table from row on, by the first of these that the recipe
 * or the sheet has:
 *   - "anchor": nothing above its text is looked at;
 *   - "heading": the rows in which its texts stand, and those between;
 *   - "column" of a list: the first rows that hold the headings of all of them;
 *   - labels: the last rows whose texts the fields of headings know, before values;
 *   - the ruler: the rows over it;
 *   - values: the last row with several texts before the first row of numbers.
 * The rows that stand right above belong to them, up to a blank row, a row with a single
 * text, or a unit line. False: there is no such table.
 */
bool hg_region_find(hg_region *region, const hg_sayings *s, const hg_grid *grid,
                    uint32_t row);

#endif
