/* says.h - what the text of one cell says as a heading. */
#ifndef HG_RECIPE_SAYS_H
#define HG_RECIPE_SAYS_H

#include "dataset/pool.h"
#include "recipe/label.h"
#include "workbook/cell.h"

/* What the headings say of one column of the sheet. */
typedef struct hg_head {
    const char *values[HG_RECIPE_FIELDS]; /* of the pool; NULL for what is not said */
    char status;
    const char *unit; /* in the parentheses of a heading; of the pool, or NULL */
    unsigned scale;   /* of that unit */
} hg_head;

typedef enum hg_says {
    HG_SAYS_NOTHING, /* it is not known */
    HG_SAYS_GROUP,   /* it stands over others and gives no value */
    HG_SAYS_LABEL,
    HG_SAYS_IGNORED,
    HG_SAYS_FIELD /* it heads a column of labels */
} hg_says;

/* What goes with reading the headings of one table. */
typedef struct hg_sayings {
    const hg_recipe_table *table;
    hg_pool *pool;
    hg_reading *label;
    const hg_loc *loc; /* file and sheet */
    hg_err *err;
} hg_sayings;

/* A field that takes any words: no pattern, type or list tells which are its own. */
bool hg_says_any(const hg_recipe_field *field);

/* Read the text of a cell by the fields of headings that know their labels; what they say
 * goes to head unless it is NULL. HG_EARG: a field is given a second value. HG_ENOMEM. */
hg_status hg_says_read(const hg_sayings *s, const hg_cell *cell, hg_head *head,
                       hg_says *what);

/* Fail because a heading is not known, naming the nearest that is. */
hg_status hg_says_unknown(const hg_sayings *s, const hg_cell *cell);

#endif
