/* moment.h - dates and times out of text: ISO 8601 as Table Schema v2 has it, or a
 * pattern of strptime's kind. No locale, no time zone of the machine. */
#ifndef HG_TABLE_MOMENT_H
#define HG_TABLE_MOMENT_H

#include "base/buf.h"

/*
 * A point in time, or a length of it. whole counts years (a year), months (a year and
 * month), days from 1970-01-01 (a date) or seconds (a time, a time of a day). A time with
 * an offset stands at UTC; one without is taken for UTC.
 */
typedef struct hg_moment {
    int64_t whole;
    int64_t months; /* of a duration, whose seconds are whole */
    int32_t nanos;
} hg_moment;

/* Each is false unless all of text is such a moment of the calendar. */
bool hg_moment_year(hg_moment *m, hg_slice text);      /* 2016 */
bool hg_moment_yearmonth(hg_moment *m, hg_slice text); /* 2016-07 */
bool hg_moment_date(hg_moment *m, hg_slice text);      /* 2016-07-31 */
bool hg_moment_time(hg_moment *m,
                    hg_slice text); /* 23:59:59, .5 and Z or +07:00 after it */
bool hg_moment_datetime(hg_moment *m, hg_slice text); /* 2016-07-31T23:59:59 likewise */
bool hg_moment_duration(hg_moment *m, hg_slice text); /* P1Y2M3DT4H5M6S */

/*
 * Patterns: %Y year, %y its last two digits (69 is 1969, 68 is 2068, as POSIX strptime),
 * %m month, %d day, %H %M %S, %f fraction of a second, %%; one or two digits where two
 * are meant. hg_moment_format_known() is false for a pattern with anything else behind a
 * '%', or nothing at all.
 */
bool hg_moment_format_known(const char *format);
/* What the pattern leaves out is 1900-01-01 00:00:00; date gives days and no seconds. */
bool hg_moment_format(hg_moment *m, hg_slice text, const char *format, bool date);

int hg_moment_compare(const hg_moment *a, const hg_moment *b); /* not for durations */

#endif
