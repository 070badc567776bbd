/* number - doubles and their decimal text, apart from the locale */
#include "text/number.h"

#include <assert.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DIGITS 800 /* no double is told from another by more: 767 for subnormals */

/* A decimal number: 0.d1d2d3... times ten to the power of point. */
typedef struct decimal {
    bool negative;
    int n;     /* digits, none of them a leading zero; 0: the number is zero */
    int point; /* where the decimal point stands, counted from the first digit */
    char digits[MAX_DIGITS + 1];
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Read the exponent of text from i on; false unless it ends the text. */
static bool exponent(hg_slice text, size_t i, int *value)
{
    bool negative = i < text.n && text.p[i] == '-';
    long e = 0;
    if (i < text.n && (text.p[i] == '-' || text.p[i] == '+'))
        i++;
    if (i == text.n)
        return false;
    for (; i < text.n && is_digit(text.p[i]); i++)
        if (e < 100000)
            e = e * 10 + (text.p[i] - '0');
    *value = (int)(negative ? -e : e);
    return i == text.n;
}

/* Put a digit; a later one than any double needs only tells that it is not zero. */
static void put_digit(decimal *d, char c)
{
    if (d->n < MAX_DIGITS)
        d->digits[d->n++] = c;
    else if (c != '0')
        d->digits[MAX_DIGITS - 1] = '1';
}

static bool scan(decimal *d, hg_slice text)
{
    size_t i = text.n > 0 && (text.p[0] == '-' || text.p[0] == '+');
    bool after = false, any = false;
    int e = 0;

    d->negative = text.n > 0 && text.p[0] == '-';
    d->n = d->point = 0;
    for (; i < text.n; i++) {
        char c = text.p[i];
        if (c == '.' && !after) {
            after = true;
        } else if (is_digit(c)) {
            any = true;
            if (d->n > 0 || c != '0')
                put_digit(d, c);
            if (d->n > 0 && !after && d->point < INT_MAX / 2)
                d->point++;
            if (d->n == 0 && after && d->point > INT_MIN / 2)
                d->point--;
        } else {
            break;
        }
    }
    if (!any || (i < text.n && ((text.p[i] | 0x20) != 'e' || !exponent(text, i + 1, &e))))
        return false;
    d->point += e;
    while (d->n > 0 && d->digits[d->n - 1] == '0')
        d->n--;
    d->digits[d->n] = '\0';
    return true;
}

/* The digits go to strtod as a whole number, since the locale may have another point. */
static double value_of(const decimal *d)
{
    char text[MAX_DIGITS + 24];
    if (d->n == 0)
        return 0;
    snprintf(text, sizeof text, "%s%se%d", d->negative ? "-" : "", d->digits,
             d->point - d->n);
    return strtod(text, NULL);
}

bool hg_number_parse(hg_slice text, double *value)
{
    decimal d;
    if (!scan(&d, text))
        return false;
    *value = value_of(&d);
    return isfinite(*value);
}

/* Write d as plain text or with an exponent. */
static size_t print(char out[HG_NUMBER_TEXT], const decimal *d)
{
    const char *sign = d->negative ? "-" : "", *s = d->digits;
    int n = d->n, point = d->point;
    if (n == 0)
        return (size_t)snprintf(out, HG_NUMBER_TEXT, "0");
    if (point > 21 || point <= -6)
        return (size_t)snprintf(out, HG_NUMBER_TEXT, "%s%c%s%se%d", sign, s[0],
                                n > 1 ? "." : "", s + 1, point - 1);
    if (point <= 0)
        return (size_t)snprintf(out, HG_NUMBER_TEXT, "%s0.%.*s%s", sign, -point, "00000",
                                s);
    if (point >= n)
        return (size_t)snprintf(out, HG_NUMBER_TEXT, "%s%s%.*s", sign, s, point - n,
                                "00000000000000000000");
    return (size_t)snprintf(out, HG_NUMBER_TEXT, "%s%.*s.%s", sign, point, s, s + point);
}

/* The n digits nearest to a positive value, trailing zeros left out. */
static void nearest(decimal *d, double value, int n)
{
    char text[32];
    snprintf(text, sizeof text, "%.*e", n - 1, value); /* d.ddde+XX, any point */
    const char *e = strchr(text, 'e');
    d->negative = false;
    d->n = 0;
    for (const char *p = text; p < e; p++)
        if (is_digit(*p))
            d->digits[d->n++] = *p;
    d->point = atoi(e + 1) + 1;
    while (d->n > 1 && d->digits[d->n - 1] == '0')
        d->n--;
    d->digits[d->n] = '\0';
}

/* Just below a power of two the doubles lie closer: there 16 digits above the nearest may
 * read back where the nearest do not. */
static bool next_reads_back(decimal *d, double value)
{
    nearest(d, value, 16);
    while (d->n < 16)
        d->digits[d->n++] = '0';
    d->digits[d->n] = '\0';
    for (int i = d->n - 1; i >= 0 && ++d->digits[i] > '9'; i--)
        d->digits[i] = '0'; /* all nines do not occur beside a power of two */
    return value_of(d) == value;
}

size_t hg_number_text(char out[HG_NUMBER_TEXT], double value)
{
    decimal d;
    double positive = fabs(value);
    assert(isfinite(value));
    int n = positive < DBL_MIN ? 1 : DBL_DIG; /* subnormals have fewer digits */
    do {
        nearest(&d, positive, n);
    } while (value_of(&d) != positive && ++n <= DBL_DIG + 1);
    if (n > DBL_DIG + 1 && !next_reads_back(&d, positive))
        nearest(&d, positive, DBL_DIG + 2);
    if (value == 0)
        d.n = 0;
    d.negative = value < 0;
    return print(out, &d);
}

size_t hg_number_shortest(char out[HG_NUMBER_TEXT], hg_slice text)
{
    decimal d;
    if (!scan(&d, text))
        return 0;
    if (d.n <= DBL_DIG && d.point > DBL_MIN_10_EXP && d.point <= DBL_MAX_10_EXP)
        return print(out, &d);
    double value = value_of(&d);
    return isfinite(value) ? hg_number_text(out, value) : 0;
}

/* -?(0|[1-9][0-9]*)([.][0-9]*[1-9])? of few digits, not below 0.000001, no minus zero */
bool hg_number_is_shortest(hg_slice text)
{
    size_t i = text.n > 0 && text.p[0] == '-', from = i;
    while (i < text.n && is_digit(text.p[i]))
        i++;
    size_t whole = i - from;
    bool zero = whole > 0 && text.p[from] == '0';
    if (whole == 0 || text.n - from > DBL_DIG + 1 || (zero && whole > 1))
        return false;
    if (i == text.n)
        return whole <= DBL_DIG && !(zero && from > 0);
    if (text.p[i++] != '.' || i == text.n || text.p[text.n - 1] == '0' ||
        (zero && text.n - i >= 5 && memcmp(text.p + i, "00000", 5) == 0))
        return false;
    while (i < text.n && is_digit(text.p[i]))
        i++;
    return i == text.n;
}
