/* layout_parts.h - a sheet's tables as they are read; for layout.c and its layout_*.c only. */
#ifndef HG_RECIPE_LAYOUT_PARTS_H
#define HG_RECIPE_LAYOUT_PARTS_H

#include "recipe/fields.h"
#include "recipe/given.h"
#include "recipe/layout.h"
#include "recipe/numbers.h"
#include "recipe/seen.h"

/* One table that has been found in the sheet. */
typedef struct hg_layout_table {
    const hg_recipe_table *table;
    hg_heading heading;
    hg_lines lines;
    hg_fields fields;
    hg_given given;
    hg_number_style *styles; /* of the columns of the headings */
} hg_layout_table;

struct hg_layout {
    const hg_recipe *recipe;
    hg_tell *tell;
    void *with;
    hg_pool *pool;
    hg_seen **seen; /* one for each table of the recipe */
    hg_reading label;

    /* of the sheet read last */
    hg_grid *grid;
    const bool *use;
    hg_loc loc;
    hg_roles roles;
    hg_notes notes;
    hg_layout_table *tables;
    size_t n, cap;

    /* where hg_layout_next() stands */
    size_t at_table, at_line;
    uint32_t at_col;
    hg_slice row[HG_RECIPE_FIELDS];
    hg_figure figure;
    char status[2];
};

/* Read a table of the recipe, once or as often as it stands in the sheet, below each other
 * and side by side. layout_tables.c */
hg_status hg_layout_find(hg_layout *layout, const hg_recipe_table *table, hg_err *err);

#endif
