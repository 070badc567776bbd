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

/* ---- what is simple ---- */

/* A number without an exponent whose digits are whole in 64 bits: digits / 10^places. */
typedef struct plain {
    bool negative;
    uint64_t digits;
    unsigned places; /* after the point */
    unsigned n;      /* digits, without leading zeros */
} plain;

static bool scan_plain(plain *d, hg_slice text)
{
    size_t i = text.n > 0 && text.p[0] == '-', from = i;
    bool after = false;
    *d = (plain){ .negative = i > 0 };
    for (; i < text.n; i++) {
        if (text.p[i] == '.' && !after) {
            after = true;
            continue;
        }
        if (!is_digit(text.p[i]) || d->n == 18 || d->places == 27)
            return false;
        d->digits = d->digits * 10 + (uint64_t)(text.p[i] - '0');
        d->n += d->digits > 0;
        d->places += after;
    }
    return i > from + after; /* any digit at all */
}

/* Of at most 2^53 and 10^22 both are exact as doubles, and one division rounds once
 * (Clinger, "How to read floating point numbers accurately", 1990). */
static const double tens[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                               1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                               1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* Write digits / 10^places, from 10^-6 on and below 10^17, without trailing zeros. */
static size_t print_plain(char out[HG_NUMBER_TEXT], const plain *d)
{
    char digits[24], *p = digits + sizeof digits, *to = out;
    uint64_t m = d->digits;
    unsigned places = d->places, n = 0;
    for (; places > 0 && m % 10 == 0; places--)
        m /= 10;
    for (; m > 0 || n <= places; n++, m /= 10)
        *--p = (char)('0' + m % 10);
    if (d->negative)
        *to++ = '-';
    memcpy(to, p, n - places);
    to += n - places;
    if (places > 0) {
        *to++ = '.';
        memcpy(to, p + (n - places), places);
        to += places;
    }
    *to = '\0';
    return (size_t)(to - out);
}

#if LDBL_MANT_DIG == 64
/* With 64 bits, digits and powers are exact up to 10^27, and a quotient is off by half of
 * its last bit at most: enough to round to 53, unless it is close to halfway. */
static const long double long_tens[] = {
    1e0L,  1e1L,  1e2L,  1e3L,  1e4L,  1e5L,  1e6L,  1e7L,  1e8L,  1e9L,
    1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L, 1e19L,
    1e20L, 1e21L, 1e22L, 1e23L, 1e24L, 1e25L, 1e26L, 1e27L
};

/* The double nearest to digits / 10^places; false where that is not sure. */
static bool quotient(uint64_t digits, unsigned places, double *value)
{
    long double q = (long double)digits / long_tens[places];
    uint64_t bits;
    memcpy(&bits, &q, sizeof bits); /* the significand */
    *value = (double)q;
    uint64_t low = bits & 0x7FF;
    return low < 0x3FF || low > 0x401;
}

/*
 * The shortest digits of a positive value whose text has the given ones, 16 or more;
 * false where that is not sure. scaled is the value times 10^places, 17 digits before its
 * point, exact to a fiftieth. Of 15 digits, at most one number reads back; of 16 and 17,
 * the nearest to the value is sought. What reads back is off by half of the value's last
 * bit at most, 2^-53 of it; the nearest of 17 digits is always nearer than half a bit.
 */
static bool shorten(plain *d, double value)
{
    unsigned places = d->places;
    double read;
    int exponent;
    if (frexp(value, &exponent) == 0.5)
        return false; /* below a power of two the doubles lie closer */
    for (uint64_t m = d->digits; m < 10000000000000000u; m *= 10)
        places++;
    for (uint64_t m = d->digits; m >= 100000000000000000u; m /= 10)
        places--;
    if (places > 27 || places < 2)
        return false;
    long double scaled = (long double)value * long_tens[places];
    uint64_t whole = (uint64_t)scaled;
    long double part = scaled - (long double)whole;
    double most = (double)scaled * (1.01 / 9007199254740992.0);
    for (unsigned less = 2; less > 0; less--) {
        unsigned unit = less == 2 ? 100 : 10;
        uint64_t q = whole / unit;
        double rest = (double)(whole % unit) + (double)part; /* of unit */
        bool up = rest >= unit / 2.0;
        if (less == 1 && rest > 4.9 && rest < 5.1)
            return false; /* halfway between two: which is nearer is not sure */
        if ((up ? unit - rest : rest) > most)
            continue;
        if (!quotient(q + up, places - less, &read))
            return false;
        if (read == value) {
            d->digits = q + up;
            d->places = places - less;
            return true;
        }
    }
    if (part > 0.49L && part < 0.51L)
        return false;
    d->digits = whole + (part >= 0.5L);
    d->places = places;
    return true;
}

/* Some emulators, valgrind among them, compute with 53 bits. */
static bool has_64_bits(void)
{
    volatile long double one = 1;
    return one + LDBL_EPSILON > one;
}

/* Shorten a number of 16 digits and more, where that is simple. */
static bool shorten_long(plain *d)
{
    double value;
    return has_64_bits() && quotient(d->digits, d->places, &value) && value >= 1e-6 &&
           value < 1e15 && shorten(d, value);
}
#else
static bool shorten_long(plain *d)
{
    (void)d;
    return false;
}
#endif

/* The shortest text of a number, where that is simple; else 0. Few digits are the
 * shortest already; below 10^-6 they want an exponent. */
static size_t shortest_plain(char out[HG_NUMBER_TEXT], hg_slice text)
{
    plain d;
    if (!scan_plain(&d, text))
        return 0;
    if (d.digits == 0)
        d = (plain){ 0 };
    else if (d.n <= DBL_DIG ? d.places > d.n + 5 : !shorten_long(&d))
        return 0;
    return print_plain(out, &d);
}

/* ---- any number ---- */

bool hg_number_parse(hg_slice text, double *value)
{
    decimal d;
    plain p;
    if (scan_plain(&p, text) && p.digits <= (uint64_t)1 << DBL_MANT_DIG &&
        p.places <= 22) {
        *value = (double)p.digits / tens[p.places];
        *value = p.negative && p.digits > 0 ? -*value : *value;
        return true;
    }
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
    size_t n = shortest_plain(out, text);
    if (n > 0 || !scan(&d, text))
        return n;
    if (d.n <= DBL_DIG && d.point > DBL_MIN_10_EXP && d.point <= DBL_MAX_10_EXP)
        return print(out, &d);
    double value = value_of(&d);
    return isfinite(value) ? hg_number_text(out, value) : 0;
}

/* -?(0|[1-9][0-9]*)([.][0-9]*[1-9])? of few digits, not below 0.00001, no minus zero */
bool hg_number_is_shortest(hg_slice text)
{
    size_t i = text.n > 0 && text.p[0] == '-', from = i;
    while (i < text.n && is_digit(text.p[i]))
        i++;
    size_t whole = i - from, places = text.n - i;
    bool zero = whole > 0 && text.p[from] == '0';
    if (whole == 0 || whole > DBL_DIG || (zero && whole > 1))
        return false;
    if (places == 0)
        return !(zero && from > 0);
    if (text.p[i] != '.' || places == 1 || text.p[text.n - 1] == '0')
        return false;
    const char *p = text.p + i + 1, *end = text.p + text.n;
    while (zero && *p == '0')
        p++;
    size_t digits = (size_t)(end - p) + (zero ? 0 : whole);
    if (digits > DBL_DIG || (size_t)(end - p) + 5 < places)
        return false;
    while (p < end && is_digit(*p))
        p++;
    return p == end;
}
