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
 * %m month, %b %B its English name, short or whole, %d %e day, %H %M %S, %I hour of a
 * clock with %p AM or PM, %f fraction of a second, %z offset from UTC, %a %A English name
 * of the weekday (not compared with the date), %F %T %R %D as %Y-%m-%d, %H:%M:%S, %H:%M,
 * %m/%d/%y, %%; one or two digits where two are meant. hg_moment_format_known() is false
 * for a pattern with anything else behind a '%', or nothing at all.
 */
bool hg_moment_format_known(const char *format);
/* What the pattern leaves out is 1900-01-01 00:00:00; date gives days and no seconds. */
bool hg_moment_format(hg_moment *m, hg_slice text, const char *format, bool date);

/* The forms that people write: ISO 8601; 31/7/2016, 31-7-2016, 31.7.2016 (day first, as in
 * Viet Nam), 2016/7/31, 31st July 2016, July 31, 2016; 15:30, 3:30 pm, 3 pm; a date and a
 * time with a blank, a comma or T between. */
bool hg_moment_any_date(hg_moment *m, hg_slice text);
bool hg_moment_any_time(hg_moment *m, hg_slice text);
bool hg_moment_any_datetime(hg_moment *m, hg_slice text);

/* Days from 1970-01-01 in the proleptic Gregorian calendar, where the year 0 comes before 1.
 * False if there is no such day. */
bool hg_moment_days(int64_t *days, int64_t year, int64_t month, int64_t day);

int hg_moment_compare(const hg_moment *a, const hg_moment *b); /* not for durations */

#endif
