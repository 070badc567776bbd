/* serial - dates and times as spreadsheets keep them */
#include "text/serial.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY_MS 86400000 /* milliseconds of a day */

/* ECMA-376 part 1, 18.8.30, the codes for all languages */
static const char *const builtin[] = {
    [1] = "0",
    [2] = "0.00",
    [3] = "#,##0",
    [4] = "#,##0.00",
    [5] = "$#,##0;\\-$#,##0",
    [6] = "$#,##0;[Red]\\-$#,##0",
    [7] = "$#,##0.00;\\-$#,##0.00",
    [8] = "$#,##0.00;[Red]\\-$#,##0.00",
    [9] = "0%",
    [10] = "0.00%",
    [11] = "0.00E+00",
    [12] = "# ?/?",
    [13] = "# ?\?/?\?",
    [14] = "mm-dd-yy",
    [15] = "d-mmm-yy",
    [16] = "d-mmm",
    [17] = "mmm-yy",
    [18] = "h:mm AM/PM",
    [19] = "h:mm:ss AM/PM",
    [20] = "h:mm",
    [21] = "h:mm:ss",
    [22] = "m/d/yy h:mm",
    [37] = "#,##0 ;(#,##0)",
    [38] = "#,##0 ;[Red](#,##0)",
    [39] = "#,##0.00;(#,##0.00)",
    [40] = "#,##0.00;[Red](#,##0.00)",
    [45] = "mm:ss",
    [46] = "[h]:mm:ss",
    [47] = "mmss.0",
    [48] = "##0.0E+0",
    [49] = "@",
};

const char *hg_format_builtin(unsigned id, hg_format_kind *kind)
{
    const char *code = id < sizeof builtin / sizeof *builtin ? builtin[id] : NULL;
    *kind = code ? hg_format_kind_of(code) : HG_FORMAT_NUMBER;
    if ((id >= 27 && id <= 36) ||
        (id >= 50 && id <= 58)) /* dates of East Asian languages */
        *kind = HG_FORMAT_DATE;
    return code;
}

/* What has been seen of a format. */
typedef struct seen {
    bool date, time, elapsed, digits;
    bool month; /* an m that s would make a minute */
    char last;  /* the latest letter of a date or time */
} seen;

/* Pass over a text that shows as it is, or a condition; p is at its first character. */
static const char *pass(const char *p)
{
    char close = *p == '"' ? '"' : ']';
    switch (*p) {
    case '"':
    case '[':
        while (*++p && *p != close)
            ;
        return *p ? p + 1 : p;
    default: return p[1] ? p + 2 : p + 1; /* \x _x *x */
    }
}

/* [h], [mm], [ss]: the length of an elapsed time, or 0. */
static size_t elapsed(const char *p)
{
    size_t n = strspn(p + 1, "hmsHMS");
    return n > 0 && p[1 + n] == ']' ? n + 2 : 0;
}

/* Take the run of n letters c. */
static void letters(seen *s, char c, size_t n)
{
    if (s->month && c == 's')
        s->time = true;
    else if (s->month)
        s->date = true;
    s->month = false;
    if (c == 'h' || c == 's')
        s->time = true;
    else if (c != 'm')
        s->date = true;
    else if (n <= 2 && s->last == 'h')
        s->time = true;
    else
        s->month = true;
    s->last = c;
}

static size_t day_half(const char *p)
{
    static const char *const halves[] = { "AM/PM", "am/pm", "A/P", "a/p" };
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (strncmp(p, halves[i], strlen(halves[i])) == 0)
            return strlen(halves[i]);
    return 0;
}

hg_format_kind hg_format_kind_of(const char *code)
{
    seen s = { 0 };
    for (const char *p = code; *p && *p != ';';) {
        size_t n = *p == '[' ? elapsed(p) : day_half(p);
        if (n > 0) {
            if (*p == '[') {
                s.elapsed = true;
                s.last = (char)(p[1] | 0x20);
            }
            s.time = true;
            p += n;
        } else if (strchr("\"[\\_*", *p)) {
            p = pass(p);
        } else if (strchr("dmyhsDMYHS", *p)) {
            char c = (char)(*p | 0x20);
            for (n = 1; (p[n] | 0x20) == c; n++)
                ;
            letters(&s, c, n);
            p += n;
        } else if (*p == '.' && p[1] == '0' && s.last == 's') {
            p += 1 + strspn(p + 1, "0"); /* parts of a second */
        } else {
            s.digits |= strchr("0#?", *p++) != NULL;
        }
    }
    if (s.month)
        s.date = true;
    if (s.digits)
        return HG_FORMAT_NUMBER;
    if (s.elapsed && !s.date)
        return HG_FORMAT_DURATION;
    if (s.date)
        return s.time ? HG_FORMAT_DATETIME : HG_FORMAT_DATE;
    return s.time ? HG_FORMAT_TIME : HG_FORMAT_NUMBER;
}

static void put_two(char *out, long n)
{
    out[0] = (char)('0' + n / 10);
    out[1] = (char)('0' + n % 10);
}

/* Year, month and day of a day counted from 1 March of the year 0 (Gregorian), after
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static size_t put_date(char *out, long day)
{
    long era = day / 146097, doe = day % 146097;
    long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    long mp = (5 * doy + 2) / 153, month = mp < 10 ? mp + 3 : mp - 9;
    long year = yoe + era * 400 + (month <= 2); /* at most 9999 */
    put_two(out, year / 100);
    put_two(out + 2, year % 100);
    put_two(out + 5, month);
    put_two(out + 8, doy - (153 * mp + 2) / 5 + 1);
    out[4] = out[7] = '-';
    out[10] = '\0';
    return 10;
}

/* Parts of a second as ".5"; nothing for none. */
static void put_parts(char out[8], long ms)
{
    int n = ms == 0 ? 0 : snprintf(out, 8, ".%03ld", ms);
    while (n > 0 && out[n - 1] == '0')
        n--;
    out[n] = '\0';
}

static size_t put_time(char *out, long ms)
{
    put_two(out, ms / 3600000);
    put_two(out + 3, ms / 60000 % 60);
    put_two(out + 6, ms / 1000 % 60);
    out[2] = out[5] = ':';
    put_parts(out + 8, ms % 1000);
    return 8 + strlen(out + 8);
}

static size_t put_duration(char *out, long day, long ms)
{
    char parts[8];
    put_parts(parts, ms % 1000);
    return (size_t)snprintf(out, HG_SERIAL_TEXT, "PT%ldH%ldM%ld%sS",
                            day * 24 + ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
                            parts);
}

size_t hg_serial_text(char out[HG_SERIAL_TEXT], double serial, bool from_1904,
                      hg_format_kind *kind)
{
    const long epoch =
        from_1904 ? 695361 : 693899;   /* day 0, from 1 March of the year 0 */
    const long last = 3652364 - epoch; /* 31 December 9999 */

    if (!(serial >= 0 && serial < (double)(last + 1)))
        *kind = HG_FORMAT_NUMBER;
    if (*kind == HG_FORMAT_NUMBER)
        return 0;
    long day = (long)serial;
    double rest = serial - (double)day;
    long ms = rest > 0 ? lround(rest * DAY_MS) : 0;
    if (ms == DAY_MS) {
        day++;
        ms = 0;
    }
    bool date = *kind == HG_FORMAT_DATE || *kind == HG_FORMAT_DATETIME;
    if (day == 0 && !(date && from_1904))
        *kind = HG_FORMAT_TIME;
    else if (*kind == HG_FORMAT_TIME || (*kind == HG_FORMAT_DATE && ms > 0))
        *kind = HG_FORMAT_DATETIME;
    if (*kind == HG_FORMAT_DURATION)
        return put_duration(out, day, ms);
    if (*kind == HG_FORMAT_TIME)
        return put_time(out, ms);
    if (day > last) {
        *kind = HG_FORMAT_NUMBER;
        return 0;
    }
    if (!from_1904 && day < 60)
        day++; /* the first two months of 1900 count from 31 December, not the 30th */
    size_t n = put_date(out, epoch + day);
    if (*kind == HG_FORMAT_DATETIME) {
        out[n++] = 'T';
        n += put_time(out + n, ms);
    }
    return n;
}
