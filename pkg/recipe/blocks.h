/* blocks.h - the parts of a sheet that may be tables of their own, below each other. */
#ifndef HG_RECIPE_BLOCKS_H
#define HG_RECIPE_BLOCKS_H

#include "workbook/grid.h"

#define HG_BLOCKS 32 /* of one sheet; what follows is one with the last */

/*
 * Cut a sheet where a blank row is followed by titles, headings of texts and years, and
 * figures below them. Blocks without headings go with the one before, titles with the one
 * that follows; together they are the whole sheet. Returns how many, 1 at least.
 */
size_t hg_blocks_find(hg_area blocks[HG_BLOCKS], const hg_grid *grid);

#endif
