/* decimal.h - exact decimal numbers: sums of figures as people write them, never doubles. */
#ifndef HG_TEXT_DECIMAL_H
#define HG_TEXT_DECIMAL_H

#include "base/buf.h"

#define HG_DECIMAL_DIGITS 18  /* significant digits taken */
#define HG_DECIMAL_TEXT 24    /* bytes of the longest text, its NUL counted */

/* digits * 10^-scale; scale is at most HG_DECIMAL_DIGITS. 0.50 keeps its scale of 2. */
typedef struct hg_decimal {
    int64_t digits;
    unsigned scale;
} hg_decimal;

/* Read "-1234.50". False for anything else, an exponent too, and for over
 * HG_DECIMAL_DIGITS digits. */
bool hg_decimal_read(hg_decimal *out, hg_slice text);

/* sum += a, at the finer scale of the two. False, sum unchanged, where 18 digits do not do. */
bool hg_decimal_add(hg_decimal *sum, hg_decimal a);

/* a - b, exactly; a / b * 10^shift, to so many places, a half away from zero, as Excel's ROUND
 * has it. False, *out unset, where 18 digits do not do, and for a division by zero. */
bool hg_decimal_subtract(hg_decimal *out, hg_decimal a, hg_decimal b);
bool hg_decimal_divide(hg_decimal *out, hg_decimal a, hg_decimal b, unsigned shift,
                       unsigned places);
/* a to so many places, a half away from zero. False where 18 digits do not do. */
bool hg_decimal_round(hg_decimal *out, hg_decimal a, unsigned places);

/* product *= a. False, product unchanged, where 18 digits and places do not do. */
bool hg_decimal_multiply(hg_decimal *product, hg_decimal a);

/* Less than, equal to, greater than 0 as a is to b. */
int hg_decimal_compare(hg_decimal a, hg_decimal b);

/* Whether |a - b| is at most most. False where their difference has over 18 digits. */
bool hg_decimal_near(hg_decimal a, hg_decimal b, hg_decimal most);

/* The nearest double where 15 digits do, otherwise one next to it. */
double hg_decimal_double(hg_decimal a);

void hg_decimal_print(char text[HG_DECIMAL_TEXT], hg_decimal a);

#endif
