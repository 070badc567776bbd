/* fields.h - what each row of a table gives to the columns of the recipe. */
#ifndef HG_RECIPE_FIELDS_H
#define HG_RECIPE_FIELDS_H

#include "recipe/lines.h"

/* What is read of one row. */
typedef struct hg_row_part {
    const char *texts[HG_RECIPE_FIELDS]; /* of the pool; NULL for what is not of rows */
    char status;
    const char *unit; /* of its label, or of one above; NULL: not said there */
    unsigned scale;
} hg_row_part;

typedef struct hg_fields {
    hg_row_part *rows; /* one for each line */
} hg_fields;

/*
 * Read every field of every line with values. given are the texts that the whole sheet
 * shares, by field, NULL where it gives none.
 *   HG_EARG    a row does not give a field, or gives a label that is not known; a number
 *              or date of a list has two readings
 *   HG_EINPUT  a text of a list is no number or date
 *   HG_ENOMEM
 * hg_fields_release() after either.
 */
hg_status hg_fields_read(hg_fields *fields, const hg_lines *lines,
                         const hg_heading *heading, const hg_sayings *s,
                         const hg_grid *grid, const char *const *given);
void hg_fields_release(hg_fields *fields);

#endif
