/* shape_parts.h - what goes with looking at a sheet; for shape.c and its shape_*.c only. */
#ifndef HG_RECIPE_SHAPE_PARTS_H
#define HG_RECIPE_SHAPE_PARTS_H

#include "recipe/label.h"
#include "recipe/shape.h"

#define HG_LOOKER_SAMPLE 2000 /* rows that tell what a column holds */
#define HG_LOOKER_MANY   8    /* cells, or rows, that are no chance */

typedef struct hg_looker {
    hg_shape *shape;
    const hg_grid *grid;
    hg_reading label;
    uint32_t rows;
    hg_err *err;
} hg_looker;

/* The text of a cell as hg_utf8_key() writes it, until the next call; "" for NULL. */
const char *hg_looker_key(hg_looker *l, const hg_cell *cell);
bool hg_looker_same(hg_looker *l, const hg_cell *a, const hg_cell *b); /* by their keys */
bool hg_looker_is_value(const hg_cell *cell); /* to any recipe */
bool hg_looker_is_digits(hg_slice text);
/* The recipe of any table: labels of rows, any headings, values. */
void hg_looker_table(hg_recipe_table *table, uint32_t stub);

/* Find the rows of headings; false: there are none. shape_headings.c */
bool hg_looker_headings(hg_looker *l);
/* Give each column the lowest heading over it. shape_headings.c */
void hg_looker_names(hg_looker *l);
/* Tell what headings say: periods, words in pairs, units. shape_headings.c */
void hg_looker_say(hg_looker *l);

/* Find the rows of the table itself. shape_rows.c */
void hg_looker_rows(hg_looker *l);
/* Look at the rows of the table, and at what stands above and below. shape_rows.c */
void hg_looker_around(hg_looker *l);

#endif
