/* plain.h - a checked cell as other formats take it: a number, a truth, a text, or nothing. */
#ifndef HG_TABLE_PLAIN_H
#define HG_TABLE_PLAIN_H

#include "table/schema.h"

typedef enum hg_plain_kind {
    HG_PLAIN_NOTHING, /* a missing value */
    HG_PLAIN_TEXT,
    HG_PLAIN_NUMBER, /* text is a number of JSON (RFC 8259, section 6) */
    HG_PLAIN_TRUE,
    HG_PLAIN_FALSE
} hg_plain_kind;

typedef struct hg_plain {
    hg_plain_kind kind;
    hg_slice text;  /* the cell's own, or in the scratch memory */
    hg_value value; /* of the field's type; unset where there is none */
    bool typed;     /* value is set */
} hg_plain;

/* Room that hg_plain_of() may need in scratch for a cell. */
#define HG_PLAIN_ROOM(cell) ((cell).n + 96)

/*
 * Read a cell by its field (NULL: any text). A number keeps its text where JSON takes it
 * ("1.50"); otherwise ("+1", "007", "1.234,5", "95%") its digits go to scratch, where there
 * must be HG_PLAIN_ROOM() bytes left, so that texts of cells before do not move. NaN and INF
 * are texts; so is a cell that is not of its type.
 */
void hg_plain_of(hg_plain *plain, const hg_field *field, hg_slice cell, hg_buf *scratch);

/* Whether JSON takes a text as a number as it stands. */
bool hg_plain_is_number(hg_slice text);

/* Significant digits of a number's text, and the power of ten of its first one. */
unsigned hg_plain_digits(hg_slice number, int32_t *magnitude);

#endif
