/* matcher_parts.h - how the cells of a column are looked at; for the files of table/matcher. */
#ifndef HG_TABLE_MATCHER_PARTS_H
#define HG_TABLE_MATCHER_PARTS_H

#include "table/lanes.h"
#include "table/matcher.h"

#define HG_MATCHER_CLASSES 16 /* of a pattern */

/* A text of 8 to 32 bytes as five numbers. */
typedef struct print {
    uint64_t a, b, c, d, n;
} print;

/* Between min and max bytes of a set, all ASCII. */
typedef struct class {
    uint64_t set[2];
    uint32_t min, max;
} class;

typedef enum kind { ANY, REMEMBER, INTEGER, DECIMAL, DATE, YEAR, SIZED, DIGITS, CLASSED } kind;

/* Of one column. */
typedef struct matcher {
    kind kind;         /* how a cell that is not empty is looked at */
    bool empty;        /* an empty cell is good */
    bool valued;
    int64_t low, high; /* of a number; of a text's characters */
    bool natural;      /* of numbers, any without a sign is between these */
    class *classes;
    size_t n_classes;
    bool lanes;           /* cells are usually short enough to be looked at side by side */
    uint64_t first_words[HG_LANES_KNOWN]; /* of the good texts of up to 7 bytes */
    unsigned n_first;
    uint64_t *good_words; /* REMEMBERED texts of up to 7 bytes; 0: none */
    print *good_texts;    /* and of longer ones; those with n of 0 are none */
    const hg_field *field; /* NULL: any text */
    hg_also also;
    size_t column;
} matcher;

/* Choose how the cells of the field, which is set, are looked at: by one of the kinds that
 * see through them, where its type, format, and constraints are plain; what is not seen
 * through is judged, and remembered where it is short. */
void hg_matcher_choose(matcher *m);

#endif
