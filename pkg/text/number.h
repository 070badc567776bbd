/* number.h - doubles and their decimal text, apart from the locale. */
#ifndef HG_TEXT_NUMBER_H
#define HG_TEXT_NUMBER_H

#include "base/buf.h"

#define HG_NUMBER_TEXT 32 /* bytes that the text of any double takes, with its NUL */

/*
 * Read a decimal number in full: [+-] digits [. digits] [e [+-] digits], as XML Schema's
 * xsd:double without INF and NaN. False for anything else, and for what no double holds.
 */
bool hg_number_parse(hg_slice text, double *value);

/*
 * Write the shortest decimal text that reads back as the same double, of several the one
 * nearest to it: 4.8099999999999996 gives 4.81. An exponent begins where ECMAScript's
 * Number::toString begins one: 0.000001, 1e-7, 100000000000000000000, 1e21. Minus zero
 * is 0. value is finite. Returns the length.
 */
size_t hg_number_text(char out[HG_NUMBER_TEXT], double value);

/* The same for a decimal text, without passing through a double where its digits are few
 * enough (DBL_DIG) to be the shortest already. 0 where hg_number_parse() gives false. */
size_t hg_number_shortest(char out[HG_NUMBER_TEXT], hg_slice text);

/* Is a text as hg_number_shortest() gives it, of at most DBL_DIG digits? */
bool hg_number_is_shortest(hg_slice text);

#endif
