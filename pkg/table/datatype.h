/* datatype.h - a datatype of CSV on the Web: a built-in type, a format and limits
 * (w3.org/TR/tabular-data-model, 4.6 and 6.4). */
#ifndef HG_TABLE_DATATYPE_H
#define HG_TABLE_DATATYPE_H

#include "table/schema.h"
#include "table/xsd.h"
#include "text/numberpattern.h"

/* Filled by dataset/csvm; borrows all texts. Zeroed but for base and max_length it takes
 * every text of the built-in type. */
typedef struct hg_datatype {
    const hg_xsd *base;
    /* the format, by kind: */
    hg_pattern *regex; /* of texts, bytes and durations; its own */
    const hg_numberpattern *number;
    const char *date;              /* a pattern of table/datepattern */
    hg_slice yes, no;              /* of a boolean; p NULL: true, 1, false, 0 */
    const char *format;            /* as it was written; for messages */
    size_t min_length, max_length; /* SIZE_MAX: no limit */
    unsigned limits;               /* HG_CELL_MINIMUM … of those that follow */
    hg_value minimum, maximum, exclusive_minimum, exclusive_maximum;
    const char *said[4]; /* the four as they were written */
} hg_datatype;

/*
 * Judge a text, not missing, its white space dealt with: HG_CELL_TYPE (then value is not
 * set), HG_CELL_PATTERN and the bits of the limits, as hg_field_check() has them. value
 * borrows from text and from space, which is cleared; valid UTF-8. HG_CELL_TOO_HARD:
 * nothing can be said.
 */
unsigned hg_datatype_check(const hg_datatype *type, hg_slice text, hg_value *value,
                           hg_buf *space);

/* Append bytes that are equal for equal values of types of one kind, and closed in
 * themselves. */
void hg_datatype_key(hg_buf *key, const hg_datatype *type, const hg_value *value);

#endif
