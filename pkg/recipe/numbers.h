/* numbers.h - the figures of a column: how its texts write them is told by all of them
 * together, and refused where they do not tell. */
#ifndef HG_RECIPE_NUMBERS_H
#define HG_RECIPE_NUMBERS_H

#include "recipe/recipe.h"
#include "text/figure.h"
#include "workbook/cell.h"

/* It can be a value: a number, a text that reads as one, or a symbol instead of one, be it
 * the table's own. */
bool hg_numbers_is_value(const hg_recipe_table *table, const hg_cell *cell);

/* It is a text with a percent sign behind its number, which is then its unit. */
bool hg_numbers_percent(const hg_cell *cell);

/* What the cells of one column have shown so far; start with { 0 }. */
typedef struct hg_evidence {
    const hg_cell *vi, *en, *either; /* the first that can be read so only */
    const hg_cell *percent, *bare;   /* the first text with a percent sign, and without */
    const hg_cell *day, *month;      /* of dates: dd/mm or mm/dd only */
} hg_evidence;

/*
 * Take in a cell that must be a number. HG_EINPUT (loc: the cell): it is none, or is not
 * written as the others or as the recipe says.
 */
hg_status hg_numbers_add(hg_evidence *seen, const hg_recipe_table *table,
                         const hg_cell *cell, const hg_loc *loc, hg_err *err);
/* How the column writes its numbers. HG_EARG: one of them has two readings, and nothing
 * tells which. loc: file and sheet. */
hg_status hg_numbers_style(const hg_evidence *seen, hg_number_style said,
                           hg_number_style *style, const hg_loc *loc, hg_err *err);

/* Likewise for dates typed as texts: 31/12/2024 beside 12/31/2024. */
hg_status hg_dates_add(hg_evidence *seen, const hg_cell *cell, const hg_loc *loc,
                       hg_err *err);
hg_status hg_dates_style(const hg_evidence *seen, hg_number_style said, bool *month_first,
                         const hg_loc *loc, hg_err *err);
/* Write such a date as ISO 8601; false for a text that is none. */
bool hg_dates_read(char out[11], hg_slice text, bool month_first);

/* One figure, as it comes out. */
typedef struct hg_figure {
    char text[HG_FIGURE_TEXT]; /* plain decimal, or as the cell has it; "": none */
    char status;               /* of a symbol; 0: it is a number */
    bool percent;
    bool rounded; /* decimals were taken away */
    hg_slice mark; /* of a note; borrows from the cell */
} hg_figure;

/* Read a cell that was taken in before; decimals as in recipe.h, power of ten to scale
 * by. HG_EINPUT: it has no plain decimal text that could be scaled. */
hg_status hg_numbers_read(hg_figure *figure, const hg_recipe_table *table,
                          const hg_cell *cell, hg_number_style style, int decimals,
                          unsigned power, const hg_loc *loc, hg_err *err);

#endif
