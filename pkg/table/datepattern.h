/* datepattern.h - dates and times by patterns of Unicode's field symbols (UAX #35, part
 * 4), "dd/MM/yyyy HH:mm", and in the forms of XML Schema. */
#ifndef HG_TABLE_DATEPATTERN_H
#define HG_TABLE_DATEPATTERN_H

#include "table/moment.h"

/* The fields that a pattern has. */
enum {
    HG_DATE_YEAR = 1 << 0,
    HG_DATE_MONTH = 1 << 1,
    HG_DATE_DAY = 1 << 2,
    HG_DATE_HOUR = 1 << 3,
    HG_DATE_MINUTE = 1 << 4,
    HG_DATE_SECOND = 1 << 5,
    HG_DATE_FRACTION = 1 << 6,
    HG_DATE_ZONE = 1 << 7,
    HG_DATE_DATE = HG_DATE_YEAR | HG_DATE_MONTH | HG_DATE_DAY,
    HG_DATE_TIME = HG_DATE_HOUR | HG_DATE_MINUTE | HG_DATE_SECOND
};

/*
 * yyyy; M, MM; d, dd; HH; mm; ss; S, SS … (at most so many digits; where none are, the
 * mark before them is left out too); X, XX, XXX, x, xx, xxx for the offset from UTC (-08
 * and +0530; -0800; -08:00; Z for X only); each at most once, and between them T, blanks
 * and - / . : , as they are. One letter takes one digit or two, two take two. False for
 * anything else.
 */
bool hg_datepattern_known(unsigned *fields, const char *pattern);

/*
 * Read a text by a known pattern, or one of the forms of XML Schema, which are written
 * with Y (a year of four digits or more, '-' before it), F (a fraction or nothing) and Z
 * (an offset, Z or nothing). m is in seconds from 1970-01-01 at UTC; without an offset,
 * as if there. Parts that the pattern leaves out are those of 1972-01-01 00:00, a leap
 * year. 24:00:00 is the next day's start (XSD 1.1 part 2, 3.3.7).
 */
bool hg_datepattern_read(hg_moment *m, hg_slice text, const char *pattern);

#endif
