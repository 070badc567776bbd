/* numeral.h - numbers as the digits that their text has: of any length, compared digit by
 * digit, never by way of a double. */
#ifndef HG_TABLE_NUMERAL_H
#define HG_TABLE_NUMERAL_H

#include "text/decimal.h"

/*
 * A number as a view of its text: 0.DDD × 10^point with the digits DDD of [p, end), where
 * bytes that are no digits (the point, group marks) are passed over. Neither the first
 * nor the last of them is 0. Borrows from the text.
 */
typedef struct hg_numeral {
    const char *p, *end; /* equal for zero */
    int32_t point;       /* INT32_MAX for an infinity */
    signed char sign;    /* -1, 0, 1 */
    bool nan;
} hg_numeral;

/*
 * Read a number as Table Schema v2 has it: sign, digits, point, exponent; NaN, INF, -INF.
 * group may stand between digits before the point; 0: nowhere. An exponent is at most
 * 9 digits. False if text is no such number.
 */
bool hg_numeral_read(hg_numeral *d, hg_slice text, char point, char group);
/* Likewise an integer: sign and digits. */
bool hg_integer_read(hg_numeral *d, hg_slice text, char group);

/* -1, 0 or 1 as a is less than, equal to or greater than b; 2 where one is not a number.
 */
int hg_numeral_compare(const hg_numeral *a, const hg_numeral *b);

/* Append bytes that are equal for equal numbers, and closed in themselves. */
void hg_numeral_key(hg_buf *buf, const hg_numeral *d);

/* The number for sums. False if it takes more than HG_DECIMAL_DIGITS digits. */
bool hg_numeral_decimal(hg_decimal *out, const hg_numeral *d);

/* Up to 18 plain digits, and perhaps a '-', as a number; false for any other text, which may
 * be an integer all the same. */
bool hg_integer_plain(hg_slice text, int64_t *out);

#endif
