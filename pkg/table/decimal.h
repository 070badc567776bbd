/* decimal.h - exact decimal numbers out of text: compared and summed digit by digit, never
 * by way of a double. */
#ifndef HG_TABLE_DECIMAL_H
#define HG_TABLE_DECIMAL_H

#include "base/buf.h"

/*
 * A number as a view of its text: 0.DDD × 10^point with the digits DDD of [p, end), where
 * bytes that are no digits (the point, group marks) are passed over. Neither the first nor
 * the last of them is 0. Borrows from the text.
 */
typedef struct hg_decimal {
    const char *p, *end; /* equal for zero */
    int32_t point;       /* INT32_MAX for an infinity */
    signed char sign;    /* -1, 0, 1 */
    bool nan;
} hg_decimal;

/*
 * Read a number as Table Schema v2 has it: sign, digits, point, exponent; NaN, INF, -INF.
 * group may stand between digits before the point; 0: nowhere. An exponent is at most
 * 9 digits. False if text is no such number.
 */
bool hg_decimal_read(hg_decimal *d, hg_slice text, char point, char group);
/* Likewise an integer: sign and digits. */
bool hg_integer_read(hg_decimal *d, hg_slice text, char group);

/* -1, 0 or 1 as a is less than, equal to or greater than b; 2 where one is not a number. */
int hg_decimal_compare(const hg_decimal *a, const hg_decimal *b);

/* Append bytes that are equal for equal numbers, and closed in themselves. */
void hg_decimal_key(hg_buf *buf, const hg_decimal *d);

/* A number of at most 18 digits before and 18 behind the point: whole + part / 10^18. */
typedef struct hg_fixed {
    int64_t whole; /* towards minus infinity */
    int64_t part;  /* 0 … 10^18 - 1 */
} hg_fixed;

bool hg_fixed_of(hg_fixed *out, const hg_decimal *d);  /* false: too many digits */
bool hg_fixed_add(hg_fixed *sum, const hg_fixed *add); /* false: more than 18 digits */
hg_fixed hg_fixed_negated(hg_fixed x);
int hg_fixed_compare(const hg_fixed *a, const hg_fixed *b);
void hg_fixed_put(hg_buf *buf, hg_fixed x); /* shortest decimal text */

#endif
