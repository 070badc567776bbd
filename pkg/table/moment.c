/* moment - dates and times out of text */
#include "table/moment.h"

#include <string.h>

/* What is left of a text, and the parts taken from it so far. */
typedef struct scan {
    const char *p, *end;
    int64_t year, month, day, hour, minute, second, nanos;
    int64_t east;    /* seconds of an offset */
    char half;       /* 'A' or 'P', where it is said */
} scan;

static scan scan_of(hg_slice text)
{
    return (
        scan){ .p = text.p, .end = text.p + text.n, .year = 1900, .month = 1, .day = 1 };
}

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Take from min to max digits. */
static bool number(scan *s, int64_t *out, size_t min, size_t max)
{
    size_t n = 0;
    int64_t value = 0;
    for (; n < max && s->p < s->end && is_digit(*s->p); n++)
        value = value * 10 + (*s->p++ - '0');
    *out = value;
    return n >= min;
}

static bool byte(scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static int64_t days_of(int64_t year, int64_t month)
{
    static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

static bool is_date(int64_t year, int64_t month, int64_t day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}

static bool real_date(const scan *s)
{
    return is_date(s->year, s->month, s->day);
}

static bool real_time(const scan *s)
{
    return s->hour < 24 && s->minute < 60 && s->second < 60;
}

/* Days from 1970-01-01; years count from March. */
static int64_t days_from(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    month = (month + 9) % 12;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day -
           1 - 719468;
}

static int64_t day_number(const scan *s)
{
    return days_from(s->year, s->month, s->day);
}

bool hg_moment_days(int64_t *days, int64_t year, int64_t month, int64_t day)
{
    enum { CYCLE = 400, CYCLE_DAYS = 146097 }; /* after which the calendar repeats */
    int64_t cycles = year < 1 ? (-year / CYCLE + 1) : 0;
    if (!is_date(year + cycles * CYCLE, month, day))
        return false;
    *days = days_from(year + cycles * CYCLE, month, day) - cycles * CYCLE_DAYS;
    return true;
}

static int64_t second_of_day(const scan *s)
{
    return (s->hour * 60 + s->minute) * 60 + s->second;
}

static bool iso_date(scan *s)
{
    return number(s, &s->year, 4, 4) && byte(s, '-') && number(s, &s->month, 2, 2) &&
           byte(s, '-') && number(s, &s->day, 2, 2) && real_date(s);
}

/* Take the digits of a fraction of a second; those behind the ninth are dropped. */
static bool fraction(scan *s)
{
    const char *from = s->p;
    int64_t unit = 100000000;
    for (s->nanos = 0; s->p < s->end && is_digit(*s->p); s->p++, unit /= 10)
        s->nanos += (*s->p - '0') * unit;
    return s->p > from;
}

/* Take "Z", "+07:00" or nothing, and give the seconds east of UTC. */
static bool offset(scan *s, int64_t *east)
{
    *east = 0;
    if (s->p == s->end || byte(s, 'Z'))
        return true;
    bool west = *s->p == '-';
    int64_t hours, minutes;
    if (!(byte(s, '-') || byte(s, '+')) || !number(s, &hours, 2, 2) || !byte(s, ':') ||
        !number(s, &minutes, 2, 2) || hours > 14 || minutes > 59)
        return false;
    *east = (hours * 60 + minutes) * (west ? -60 : 60);
    return true;
}

static bool iso_time(scan *s, int64_t *east)
{
    return number(s, &s->hour, 2, 2) && byte(s, ':') && number(s, &s->minute, 2, 2) &&
           byte(s, ':') && number(s, &s->second, 2, 2) &&
           (!byte(s, '.') || fraction(s)) && real_time(s) && offset(s, east);
}

bool hg_moment_year(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    *m = (hg_moment){ 0 };
    return number(&s, &m->whole, 4, 4) && s.p == s.end;
}

bool hg_moment_yearmonth(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    bool ok = number(&s, &s.year, 4, 4) && byte(&s, '-') && number(&s, &s.month, 2, 2) &&
              real_date(&s) && s.p == s.end;
    *m = (hg_moment){ .whole = s.year * 12 + s.month };
    return ok;
}

bool hg_moment_date(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    if (!iso_date(&s) || s.p != s.end)
        return false;
    *m = (hg_moment){ .whole = day_number(&s) };
    return true;
}

bool hg_moment_time(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    int64_t east;
    if (!iso_time(&s, &east) || s.p != s.end)
        return false;
    *m = (hg_moment){ .whole = second_of_day(&s) - east, .nanos = (int32_t)s.nanos };
    return true;
}

bool hg_moment_datetime(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    int64_t east;
    if (!iso_date(&s) || !byte(&s, 'T') || !iso_time(&s, &east) || s.p != s.end)
        return false;
    *m = (hg_moment){ .whole = day_number(&s) * 86400 + second_of_day(&s) - east,
                      .nanos = (int32_t)s.nanos };
    return true;
}

typedef struct unit {
    char letter;
    int32_t months, seconds;
} unit;

/* Take amounts followed by the letters of units, in their order, each at most once. Only
 * seconds have a fraction. Returns how many; -1 for a mistake. */
static int amounts(scan *s, const unit *units, size_t n, hg_moment *sum)
{
    int taken = 0;
    for (size_t i = 0; s->p < s->end && *s->p != 'T'; i++, taken++) {
        int64_t amount;
        if (!number(s, &amount, 1, 9))
            return -1;
        bool parted = byte(s, '.');
        if (parted && !fraction(s))
            return -1;
        while (i < n && (s->p == s->end || units[i].letter != *s->p))
            i++;
        if (i == n || (parted && units[i].letter != 'S'))
            return -1;
        s->p++;
        sum->months += amount * units[i].months;
        sum->whole += amount * units[i].seconds;
    }
    return taken;
}

bool hg_moment_duration(hg_moment *m, hg_slice text)
{
    static const unit dates[] = {
        { 'Y', 12, 0 }, { 'M', 1, 0 }, { 'W', 0, 7 * 86400 }, { 'D', 0, 86400 }
    };
    static const unit times[] = { { 'H', 0, 3600 }, { 'M', 0, 60 }, { 'S', 0, 1 } };
    scan s = scan_of(text);
    *m = (hg_moment){ 0 };
    bool minus = byte(&s, '-');
    if (!byte(&s, 'P'))
        return false;
    int date = amounts(&s, dates, 4, m);
    bool timed = byte(&s, 'T');
    int time = timed ? amounts(&s, times, 3, m) : 0;
    m->nanos = (int32_t)s.nanos;
    if (minus)
        *m = (hg_moment){ -m->whole, -m->months, -m->nanos };
    return s.p == s.end && date >= 0 && time >= timed && date + time > 0;
}

/* ---- patterns ---- */

/* Directives that stand for others. */
static const char *expansion(char c)
{
    switch (c) {
    case 'F': return "%Y-%m-%d";
    case 'T': return "%H:%M:%S";
    case 'R': return "%H:%M";
    case 'D': return "%m/%d/%y";
    default: return NULL;
    }
}

bool hg_moment_format_known(const char *format)
{
    size_t n = 0;
    for (const char *p = format; (p = strchr(p, '%')); p += 2, n++)
        if (p[1] == '\0' || !strchr("YymbBdeHIMSpfzaAFTRD%", p[1]))
            return false;
    return n > 0;
}

static bool short_year(scan *s)
{
    bool ok = number(s, &s->year, 2, 2);
    s->year += s->year < 69 ? 2000 : 1900;
    return ok;
}

/* Take one of n names, whole or its first three letters, in any case. Its number from 1;
 * 0: none. */
static int64_t name_of(scan *s, const char *const *names, size_t n)
{
    size_t letters = 0;
    while (s->p + letters < s->end && (unsigned char)((s->p[letters] | 32) - 'a') < 26)
        letters++;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < letters && (s->p[k] | 32) == names[i][k])
            k++;
        if (k == letters && (k == 3 || (k > 3 && names[i][k] == '\0'))) {
            s->p += k;
            return (int64_t)i + 1;
        }
    }
    return 0;
}

static bool month_name(scan *s)
{
    static const char *const names[] = { "january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december" };
    s->month = name_of(s, names, 12);
    return s->month > 0;
}

static bool weekday_name(scan *s)
{
    static const char *const names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };
    return name_of(s, names, 7) > 0;
}

static bool half_of_day(scan *s)
{
    if (s->end - s->p < 2 || (s->p[1] | 32) != 'm')
        return false;
    s->half = (char)(*s->p & ~32);
    s->p += 2;
    return s->half == 'A' || s->half == 'P';
}

/* "31st", as the forms that people write have it. */
static bool ordinal_day(scan *s)
{
    static const char endings[][3] = { "st", "nd", "rd", "th" };
    if (!number(s, &s->day, 1, 2))
        return false;
    for (size_t i = 0; i < 4; i++)
        if (s->end - s->p >= 2 && memcmp(s->p, endings[i], 2) == 0) {
            s->p += 2;
            break;
        }
    return true;
}

static bool directive(scan *s, char c)
{
    switch (c) {
    case 'Y': return number(s, &s->year, 4, 4);
    case 'y': return short_year(s);
    case 'm': return number(s, &s->month, 1, 2);
    case 'b':
    case 'B': return month_name(s);
    case 'd':
    case 'e': return number(s, &s->day, 1, 2);
    case 'o': return ordinal_day(s); /* our own, in the lists below */
    case 'a':
    case 'A': return weekday_name(s);
    case 'I':
    case 'H': return number(s, &s->hour, 1, 2);
    case 'M': return number(s, &s->minute, 1, 2);
    case 'S': return number(s, &s->second, 1, 2);
    case 'p': return half_of_day(s);
    case 'f': return fraction(s);
    case 'z': return s->p < s->end && offset(s, &s->east);
    default: return byte(s, c);
    }
}

static bool fits(scan *s, const char *format)
{
    for (const char *f = format; *f != '\0'; f++) {
        const char *longer = *f == '%' ? expansion(f[1]) : NULL;
        bool ok = longer      ? fits(s, longer)
                  : *f == '%' ? directive(s, f[1])
                              : byte(s, *f);
        if (!ok)
            return false;
        f += *f == '%';
    }
    return true;
}

/* Twelve hours of the clock and a half of the day make an hour. */
static bool settle(scan *s)
{
    if (s->half && (s->hour < 1 || s->hour > 12))
        return false;
    if (s->half)
        s->hour = s->hour % 12 + (s->half == 'P' ? 12 : 0);
    return real_date(s) && real_time(s);
}

static hg_moment moment_of(const scan *s, bool date)
{
    int64_t days = day_number(s);
    return (hg_moment){ .whole = date ? days : days * 86400 + second_of_day(s) - s->east,
                        .nanos = date ? 0 : (int32_t)s->nanos };
}

bool hg_moment_format(hg_moment *m, hg_slice text, const char *format, bool date)
{
    scan s = scan_of(text);
    if (!fits(&s, format) || s.p != s.end || !settle(&s))
        return false;
    *m = moment_of(&s, date);
    return true;
}

/* ---- the forms that people write ---- */

/* Take the first of the forms that fits; whole: and leaves nothing. */
static bool one_of(scan *s, const char *const *forms, bool whole)
{
    for (; *forms; forms++) {
        scan tried = *s;
        if (fits(&tried, *forms) && settle(&tried) && (!whole || tried.p == tried.end)) {
            *s = tried;
            return true;
        }
    }
    return false;
}

static bool any_date(scan *s, bool whole)
{
    static const char *const forms[] = { "%Y-%m-%d",  "%Y/%m/%d",   "%d/%m/%Y",
                                         "%d-%m-%Y",  "%d.%m.%Y",   "%o %b %Y",
                                         "%o %b, %Y", "%b %o, %Y",  "%b %o %Y",
                                         "%o-%b-%Y",  "%a, %d %b %Y", NULL };
    return one_of(s, forms, whole);
}

static bool any_time(scan *s)
{
    static const char *const forms[] = { "%T",       "%T.%f",    "%T%z",  "%T.%f%z", "%R",
                                         "%I:%M %p", "%I:%M%p",  "%I %p", "%I%p",
                                         "%I:%M:%S %p", NULL };
    return one_of(s, forms, true);
}

bool hg_moment_any_date(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    bool ok = any_date(&s, true);
    *m = (hg_moment){ .whole = ok ? day_number(&s) : 0 };
    return ok;
}

bool hg_moment_any_time(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    bool ok = any_time(&s);
    *m = (hg_moment){ .whole = second_of_day(&s) - s.east, .nanos = (int32_t)s.nanos };
    return ok;
}

bool hg_moment_any_datetime(hg_moment *m, hg_slice text)
{
    scan s = scan_of(text);
    if (!any_date(&s, false))
        return false;
    byte(&s, ',');
    bool apart = byte(&s, ' ') || byte(&s, 'T');
    if (!apart || !any_time(&s))
        return false;
    *m = moment_of(&s, false);
    return true;
}

int hg_moment_compare(const hg_moment *a, const hg_moment *b)
{
    if (a->whole != b->whole)
        return a->whole < b->whole ? -1 : 1;
    return (a->nanos > b->nanos) - (a->nanos < b->nanos);
}
