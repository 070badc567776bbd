/* figure.h - figures as decimal texts, rounded and scaled digit by digit: no double comes
 * near them. */
#ifndef HG_TEXT_FIGURE_H
#define HG_TEXT_FIGURE_H

#include "base/buf.h"

#define HG_FIGURE_TEXT 400 /* bytes of a figure, its NUL counted */

/*
 * Round "-1234.565" to so many places, halves away from zero: "-1234.57" for 2. Fewer
 * places stay as they are. False, and out unset, for what is no plain decimal text or too
 * long.
 */
bool hg_figure_round(char out[HG_FIGURE_TEXT], hg_slice figure, unsigned places);

/* Multiply by a power of ten: "1.5" and 3 give "1500". False likewise. */
bool hg_figure_shift(char out[HG_FIGURE_TEXT], hg_slice figure, unsigned power);

/* Decimal places that a number format (ECMA-376 part 1, 18.8.31) shows of the value that
 * the cell holds: "#,##0.0" 1, "0%" 2. -1: it fixes none (General, "@", an exponent, a
 * fraction). */
int hg_figure_places(const char *format);

#endif
