/* decimal - exact decimal numbers */
#include "text/decimal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define LIMIT INT64_C(1000000000000000000) /* 10^HG_DECIMAL_DIGITS */

bool hg_decimal_read(hg_decimal *out, hg_slice text)
{
    size_t i = text.n > 0 && text.p[0] == '-';
    unsigned digits = 0, point = 0;
    *out = (hg_decimal){ 0 };
    for (; i < text.n; i++) {
        char c = text.p[i];
        if (c == '.' && digits > 0 && !point) {
            point = 1;
            continue;
        }
        if (c < '0' || c > '9' || out->digits >= LIMIT / 10)
            return false;
        out->digits = out->digits * 10 + (c - '0');
        out->scale += point;
        digits++;
    }
    if (text.n > 0 && text.p[0] == '-')
        out->digits = -out->digits;
    return digits > 0 && digits <= HG_DECIMAL_DIGITS && text.p[text.n - 1] != '.';
}

/* Bring a to a finer scale. */
static bool refine(hg_decimal *a, unsigned scale)
{
    while (a->scale < scale) {
        if (a->digits >= LIMIT / 10 || a->digits <= -LIMIT / 10)
            return false;
        a->digits *= 10;
        a->scale++;
    }
    return true;
}

bool hg_decimal_add(hg_decimal *sum, hg_decimal a)
{
    hg_decimal b = *sum;
    if (!refine(&a, b.scale) || !refine(&b, a.scale))
        return false;
    b.digits += a.digits;
    if (b.digits >= LIMIT || b.digits <= -LIMIT)
        return false;
    *sum = b;
    return true;
}

bool hg_decimal_subtract(hg_decimal *out, hg_decimal a, hg_decimal b)
{
    b.digits = -b.digits;
    if (!hg_decimal_add(&a, b))
        return false;
    *out = a;
    return true;
}

/* n * 10^tens / d, a half away from zero, by long division: a rest is below d, so ten times
 * it fits. False where the quotient has over HG_DECIMAL_DIGITS digits. */
static bool quotient(uint64_t n, uint64_t d, unsigned tens, int64_t *out)
{
    uint64_t q = n / d, rest = n % d;
    for (; tens > 0; tens--) {
        if (q >= (uint64_t)LIMIT / 10)
            return false;
        q = q * 10 + rest * 10 / d;
        rest = rest * 10 % d;
    }
    q += rest >= d - rest;
    *out = (int64_t)q;
    return q < (uint64_t)LIMIT;
}

bool hg_decimal_divide(hg_decimal *out, hg_decimal a, hg_decimal b, unsigned shift,
                       unsigned places)
{
    bool negative = (a.digits < 0) != (b.digits < 0);
    int64_t q;
    if (b.digits == 0)
        return false;
    int tens = (int)(b.scale + shift + places) - (int)a.scale;
    for (; tens < 0; tens++, b.digits *= 10)
        if (b.digits >= LIMIT / 10 || b.digits <= -LIMIT / 10)
            return false;
    if (!quotient((uint64_t)llabs(a.digits), (uint64_t)llabs(b.digits), (unsigned)tens, &q))
        return false;
    *out = (hg_decimal){ negative ? -q : q, places };
    return true;
}

bool hg_decimal_round(hg_decimal *out, hg_decimal a, unsigned places)
{
    return hg_decimal_divide(out, a, (hg_decimal){ 1, 0 }, 0, places);
}

/* Without zeros at the end of its places. */
static hg_decimal shortened(hg_decimal a)
{
    for (; a.scale > 0 && a.digits % 10 == 0; a.scale--)
        a.digits /= 10;
    return a;
}

bool hg_decimal_multiply(hg_decimal *product, hg_decimal a)
{
    hg_decimal b = shortened(*product);
    a = shortened(a);
    uint64_t x = (uint64_t)llabs(a.digits), y = (uint64_t)llabs(b.digits);
    if (a.scale + b.scale > HG_DECIMAL_DIGITS || (y > 0 && x > (uint64_t)(LIMIT - 1) / y))
        return false;
    *product = (hg_decimal){ a.digits * b.digits, a.scale + b.scale };
    return true;
}

int hg_decimal_compare(hg_decimal a, hg_decimal b)
{
    bool whole = refine(&a, b.scale) && refine(&b, a.scale);
    if (whole)
        return (a.digits > b.digits) - (a.digits < b.digits);
    return a.scale < b.scale ? (a.digits > 0) - (a.digits < 0) /* a is beyond every b */
                             : (b.digits < 0) - (b.digits > 0);
}

bool hg_decimal_near(hg_decimal a, hg_decimal b, hg_decimal most)
{
    b.digits = -b.digits;
    if (!hg_decimal_add(&a, b))
        return false;
    a.digits = llabs(a.digits);
    return hg_decimal_compare(a, most) <= 0;
}

double hg_decimal_double(hg_decimal a)
{
    static const double tens[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                   1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18 };
    return (double)a.digits / tens[a.scale];
}

void hg_decimal_print(char text[HG_DECIMAL_TEXT], hg_decimal a)
{
    char digits[HG_DECIMAL_TEXT];
    int n = snprintf(digits, sizeof digits, "%0*" PRIu64, (int)a.scale + 1,
                     (uint64_t)llabs(a.digits));
    int whole = n - (int)a.scale;
    snprintf(text, HG_DECIMAL_TEXT, "%s%.*s%s%s", a.digits < 0 ? "-" : "", whole, digits,
             a.scale ? "." : "", digits + whole);
}
