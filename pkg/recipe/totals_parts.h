/* totals_parts.h - figures of a table added up, and held against the sum that it states;
 * for totals.c and its totals_*.c only. */
#ifndef HG_RECIPE_TOTALS_PARTS_H
#define HG_RECIPE_TOTALS_PARTS_H

#include "recipe/lines.h"
#include "table/finding.h"
#include "text/decimal.h"

/* What goes with adding up the figures of one table. */
typedef struct hg_adder {
    const hg_lines *lines;
    const hg_heading *heading;
    const hg_sayings *s;
    const hg_grid *grid;
    const hg_number_style *styles; /* of columns 0 to last */
    hg_tell *tell;                 /* NULL: sums are only counted */
    void *with;
    size_t right, wrong; /* sums that come out, and that do not */
} hg_adder;

/* A sum in the making; start with { 0 }. */
typedef struct hg_parts_sum {
    hg_decimal total;
    size_t figures;
    bool unknown; /* a part is missing: nothing can be said */
} hg_parts_sum;

/* Add the figure of a cell, which may be blank or hold a symbol for "none". */
void hg_adder_add(hg_parts_sum *sum, const hg_adder *adder, uint32_t row, uint32_t col, bool minus);
/*
 * Hold it against the figure that a cell states, count it, and tell of it if it differs by
 * more than rounding can do: half a unit of the last place for each figure with decimals.
 * label is the row's or column's own.
 */
void hg_adder_compare(const hg_parts_sum *sum, hg_adder *adder, uint32_t row, uint32_t col,
                    hg_slice label);

/* Add up what the table writes out as sums: "3=1+2" in its ruler, "(02=03+04)" in the
 * labels of rows that have their codes in a column. totals_formulas.c */
void hg_totals_formulas(hg_adder *adder);

#endif
