/* panel.h - tables that stand side by side under headings in the same rows. */
#ifndef HG_RECIPE_PANEL_H
#define HG_RECIPE_PANEL_H

#include "recipe/region.h"

#define HG_PANELS 16 /* tables side by side */

/* The columns of one of them. */
typedef struct hg_panel {
    uint32_t first, last; /* last: UINT32_MAX for all that follow */
    bool named;           /* a heading that the recipe names is in it */
} hg_panel;

/*
 * Tell apart the tables whose headings are in the region's rows, from left to right; at
 * least one. Between two of them is a column in which nothing stands, down to the first
 * blank row below values; and what follows it is another table: its first column has the
 * heading of the first column of the one before, or holds labels of its own beside
 * values, none of them in a column that the recipe names.
 */
size_t hg_panels_find(hg_panel panels[HG_PANELS], const hg_region *region,
                      const hg_sayings *s, const hg_grid *grid);

#endif
