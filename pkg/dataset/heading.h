/* heading.h - the rows that head a table, and what they say of each of its columns. */
#ifndef HG_DATASET_HEADING_H
#define HG_DATASET_HEADING_H

#include "dataset/label.h"
#include "dataset/pool.h"
#include "format/grid.h"

/* What the headings say of one column of the sheet. */
typedef struct hg_head {
    const char
        *values[HG_RECIPE_FIELDS]; /* of the pool; NULL for fields not from a heading */
    char status;
    bool used;    /* its cells are values */
    bool ignored; /* its heading is one of "ignore" */
} hg_head;

typedef struct hg_heading {
    uint32_t top, bottom; /* its rows in the sheet */
    uint32_t first, last; /* the columns under it; the row labels stand before first */
    hg_head *heads;       /* of the columns first to last */
    uint32_t columns[HG_RECIPE_FIELDS]; /* of fields with a label column; 0: others */
} hg_heading;

/*
 * Find the headings of a table: the rows whose texts the recipe knows as labels, the last
 * of them being the last before a row with values. loc: file and sheet. HG_EARG: none is
 * found, a heading that the recipe does not know, a column that lacks a label, a label
 * that no column has (loc: the cell where there is one). HG_ENOMEM. hg_heading_release()
 * after either. Values are kept in pool; label is scratch, and tells of a lack of memory.
 */
hg_status hg_heading_find(hg_heading *heading, const hg_recipe *recipe,
                          const hg_grid *grid, hg_pool *pool, hg_reading *label,
                          const hg_loc *loc, hg_err *err);
void hg_heading_release(hg_heading *heading);

/* The cells of a row: the first, and how many. */
const hg_cell *hg_heading_row(const hg_grid *grid, uint32_t row, size_t *n);
/* It can be a value: a number, a text that reads as one, or a symbol instead of one. */
bool hg_heading_is_value(const hg_cell *cell);
/* A row that numbers the columns: "A B 1 2", "(1) (2)", "0 1 2", "1=2+3". */
bool hg_heading_is_ruler(const hg_cell *cells, size_t n);

#endif
