/* heading.h - the tree of headings over a table, and what it says of each column. */
#ifndef HG_RECIPE_HEADING_H
#define HG_RECIPE_HEADING_H

#include "recipe/region.h"

typedef enum hg_column {
    HG_COLUMN_NONE,  /* no heading is over it */
    HG_COLUMN_LABEL, /* its texts are the labels of rows */
    HG_COLUMN_FIELD, /* its texts are those of a field with "column" */
    HG_COLUMN_VALUE,
    HG_COLUMN_IGNORED
} hg_column;

typedef struct hg_heading {
    uint32_t top, bottom; /* its rows in the sheet */
    uint32_t last;        /* its last column */
    hg_column *columns;   /* of columns 0 to last, 0 being none */
    hg_head *heads;       /* likewise */
    uint32_t fields[HG_RECIPE_FIELDS]; /* of fields with "column"; 0: others */
} hg_heading;

/*
 * Read the headings of a region. What "merged" says of their reach is taken, and where
 * they are not merged a heading reaches to the right as far as the columns below it have
 * headings of their own. A row that says the row above again in a second language is
 * left out of what any words may be. HG_EARG: a heading that the recipe does not know, a
 * column that lacks a label, a label that no column has, no or two columns of that name
 * (loc: the cell where there is one). HG_ENOMEM. hg_heading_release() after either.
 */
hg_status hg_heading_read(hg_heading *heading, const hg_region *region,
                          const hg_sayings *s, const hg_grid *grid);
void hg_heading_release(hg_heading *heading);

/* What a column is. */
hg_column hg_heading_column(const hg_heading *heading, uint32_t col);

#endif
