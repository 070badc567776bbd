/* numberpattern.h - numbers as a pattern of Unicode writes them: "#,##0.00" (UAX #35,
 * part 3, "Number Format Patterns"), read from text. */
#ifndef HG_TEXT_NUMBERPATTERN_H
#define HG_TEXT_NUMBERPATTERN_H

#include "base/buf.h"

/* Signs before or behind the digits. */
typedef struct hg_affix {
    char sign;    /* '+' or '-'; 0: none */
    char percent; /* 2 for '%', 3 for U+2030, the powers of ten they divide by; 0: none */
} hg_affix;

/* What a pattern says. Borrows decimal and group. */
typedef struct hg_numberpattern {
    const char *decimal, *group; /* group NULL: digits stand in no groups */
    bool free;                   /* no pattern, only these two: any number */
    hg_affix before, behind;
    size_t min_whole, min_part, max_part; /* digits before and behind the decimal mark */
    size_t primary, secondary; /* digits in a group, and in those to the left; 0: none */
    size_t part_group;         /* digits in a group behind the mark; 0: none */
    bool exponent, exponent_sign;
    size_t min_exponent;
} hg_numberpattern;

/*
 * Set up for a pattern of the symbols 0 # E + - % U+2030, the decimal mark and the group
 * mark (NULL: "." and ","; no group mark where "," is the decimal one). False for any other pattern. Groups are as long as the two to
 * the right say: "#,##,##0" is of India. A sign stands in front; without one in the
 * pattern, a number may have one.
 */
bool hg_numberpattern_init(hg_numberpattern *p, const char *text, const char *decimal,
                           const char *group);
/* Set up for numbers without a pattern, as CSV on the Web has it: a sign, digits and
 * group marks (NULL: none), a decimal mark and digits, E and an exponent, a percent or
 * per mille sign. */
void hg_numberpattern_free_form(hg_numberpattern *p, const char *decimal,
                                const char *group);

/* What a number that was read is made of. */
typedef struct hg_number_form {
    bool part; /* a decimal mark */
    bool exponent;
} hg_number_form;

/* Append text, if it fits, as sign, digits, '.' and exponent: "-0.25", "12e-2". False,
 * with plain as it was, if it does not fit. */
bool hg_numberpattern_read(const hg_numberpattern *p, hg_slice text, hg_buf *plain,
                           hg_number_form *form);

#endif
