/* blocks - the parts of a sheet that may be tables of their own */
#include "recipe/blocks.h"
#include "recipe/shape.h"

#define RISE 8 /* rows of headings over the first figures */

/* A row of several cells none of which is a figure, but for years. */
static bool is_heading(const hg_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (hg_shape_is_number(&cells[i]) && !hg_shape_is_year(&cells[i]))
            return false;
    return n > 1;
}

/* Half the cells of a row, or more, are figures. */
static bool is_data(const hg_cell *cells, size_t n)
{
    size_t figures = 0;
    for (size_t i = 0; i < n; i++)
        figures += hg_shape_is_number(&cells[i]) && !hg_shape_is_year(&cells[i]);
    return n > 1 && 2 * figures >= n;
}

/* Titles, then headings with figures right below them, stand from row on, no other blank
 * row between. */
static bool begins_table(const hg_grid *grid, uint32_t row)
{
    uint32_t heading = 0, rows = hg_grid_rows(grid);
    for (; row <= rows; row++) {
        size_t n;
        const hg_cell *cells = hg_grid_row(grid, row, &n);
        if (n == 0)
            return false;
        if (is_data(cells, n))
            return heading > 0;
        if (is_heading(cells, n) && heading == 0)
            heading = row;
        else if (heading > 0 && row - heading > RISE)
            return false;
    }
    return false;
}

size_t hg_blocks_find(hg_area blocks[HG_BLOCKS], const hg_grid *grid)
{
    const hg_area all = hg_grid_shown(grid);
    uint32_t rows = hg_grid_rows(grid), start = all.row1, titles = 0;
    size_t found = 0, n;
    bool blank = true;
    for (uint32_t row = all.row1; row <= rows && found + 1 < HG_BLOCKS; row++) {
        const hg_cell *cells = hg_grid_row(grid, row, &n);
        if (n > 0 && blank && begins_table(grid, row)) {
            uint32_t cut = titles ? titles : row;
            if (found > 0) {
                blocks[found - 1].row2 = cut - 1;
                start = cut;
            }
            blocks[found] = all;
            blocks[found++].row1 = start;
        }
        /* a title that a blank row keeps apart from its table goes with it */
        titles = n == 1 && blank && cells[0].type == HG_CELL_TEXT ? row
                 : n > 0                                          ? 0
                                                                  : titles;
        blank = n == 0;
    }
    if (found == 0)
        blocks[found++] = all;
    return found;
}
