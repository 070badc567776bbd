/* datepattern - dates and times by patterns of field symbols */
#include "table/datepattern.h"

#include <string.h>

/* What is left of a text, and the parts taken from it so far. */
typedef struct scan {
    const char *p, *end;
    int64_t year, month, day, hour, minute, second, nanos;
    int64_t east; /* seconds of the offset */
} scan;

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* ---- patterns ---- */

/* The field of n letters; 0: there is none such. */
static unsigned field_of(char letter, size_t n)
{
    switch (letter) {
    case 'y': return n == 4 ? HG_DATE_YEAR : 0;
    case 'M': return n <= 2 ? HG_DATE_MONTH : 0;
    case 'd': return n <= 2 ? HG_DATE_DAY : 0;
    case 'H': return n == 2 ? HG_DATE_HOUR : 0;
    case 'm': return n == 2 ? HG_DATE_MINUTE : 0;
    case 's': return n == 2 ? HG_DATE_SECOND : 0;
    case 'S': return HG_DATE_FRACTION;
    case 'X':
    case 'x': return n <= 3 ? HG_DATE_ZONE : 0;
    default: return 0;
    }
}

static size_t run_of(const char *p)
{
    size_t n = 1;
    while (p[n] == *p)
        n++;
    return n;
}

static bool is_literal(char c)
{
    return strchr("T -/.:,", c) != NULL;
}

bool hg_datepattern_known(unsigned *fields, const char *pattern)
{
    *fields = 0;
    for (const char *p = pattern; *p != '\0';) {
        size_t n = is_literal(*p) ? 1 : run_of(p);
        unsigned field = is_literal(*p) ? 0 : field_of(*p, n);
        if ((!field && !is_literal(*p)) || (*fields & field))
            return false;
        if (field == HG_DATE_FRACTION &&
            (p < pattern + 3 || p[-2] != 's' || (p[-1] != '.' && p[-1] != ',')))
            return false; /* seconds and a mark stand before it */
        *fields |= field;
        p += n;
    }
    return *fields != 0;
}

/* ---- texts ---- */

/* Take from min to max digits. */
static bool number(scan *s, int64_t *out, size_t min, size_t max)
{
    size_t n = 0;
    for (*out = 0; n < max && s->p < s->end && is_digit(*s->p); n++)
        *out = *out * 10 + (*s->p++ - '0');
    return n >= min;
}

static bool byte(scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

/* Digits of a fraction of a second, at least one; those behind the ninth count for
 * nothing. */
static bool fraction(scan *s, size_t max)
{
    size_t n = 0;
    int64_t unit = 100000000;
    for (; n < max && s->p < s->end && is_digit(*s->p); n++, unit /= 10)
        s->nanos += (*s->p++ - '0') * unit;
    return n > 0;
}

/* "+hhmm": minutes needed or not, behind a colon or not. */
static bool offset(scan *s, bool minutes_needed, bool colon)
{
    bool west = s->p < s->end && *s->p == '-';
    int64_t hours = 0, minutes = 0;
    if (!(byte(s, '-') || byte(s, '+')) || !number(s, &hours, 2, 2))
        return false;
    if (colon ? byte(s, ':') : minutes_needed || (s->p < s->end && is_digit(*s->p))) {
        if (!number(s, &minutes, 2, 2))
            return false;
    } else if (minutes_needed) {
        return false;
    }
    s->east = (hours * 60 + minutes) * (west ? -60 : 60);
    return minutes < 60 && hours * 60 + minutes <= 14 * 60;
}

/* XSD 1.1 part 2, 3.3.7.2: no more than four digits lead with 0. */
static bool long_year(scan *s)
{
    bool minus = byte(s, '-');
    const char *from = s->p;
    bool ok = number(s, &s->year, 4, 12) && (s->p - from == 4 || *from != '0');
    s->year = minus ? -s->year : s->year;
    return ok;
}

/* A field of n letters. */
static bool field(scan *s, char letter, size_t n)
{
    switch (letter) {
    case 'y': return number(s, &s->year, 4, 4);
    case 'M': return number(s, &s->month, n, 2);
    case 'd': return number(s, &s->day, n, 2);
    case 'H': return number(s, &s->hour, 2, 2);
    case 'm': return number(s, &s->minute, 2, 2);
    case 's': return number(s, &s->second, 2, 2);
    case 'S': return fraction(s, n);
    case 'X': return byte(s, 'Z') || offset(s, n > 1, n == 3);
    case 'x': return offset(s, n > 1, n == 3);
    case 'Y': return long_year(s);
    case 'F': return !byte(s, '.') || fraction(s, SIZE_MAX);
    case 'Z': return s->p == s->end || byte(s, 'Z') || offset(s, true, true);
    default: return byte(s, letter);
    }
}

static bool fits(scan *s, const char *pattern)
{
    for (const char *p = pattern; *p != '\0';) {
        size_t n = is_literal(*p) ? 1 : run_of(p);
        if (p[n] == 'S' && is_literal(*p) && (s->p == s->end || *s->p != *p))
            n += run_of(p + n); /* no fraction, and so no mark */
        else if (!field(s, *p, n))
            return false;
        p += n;
    }
    return s->p == s->end;
}

static bool real_time(const scan *s)
{
    bool midnight = s->hour == 24 && s->minute == 0 && s->second == 0 && s->nanos == 0;
    return (s->hour < 24 || midnight) && s->minute < 60 && s->second < 60;
}

bool hg_datepattern_read(hg_moment *m, hg_slice text, const char *pattern)
{
    scan s = { .p = text.p, .end = text.p + text.n, .year = 1972, .month = 1, .day = 1 };
    int64_t days;
    if (!fits(&s, pattern) || !real_time(&s) ||
        !hg_moment_days(&days, s.year, s.month, s.day))
        return false;
    *m = (hg_moment){ .whole =
                          ((days * 24 + s.hour) * 60 + s.minute) * 60 + s.second - s.east,
                      .nanos = (int32_t)s.nanos };
    return true;
}
