/* numeral - numbers as the digits that their text has */
#include "table/numeral.h"
#include "base/eight.h"

#include <string.h>

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static bool special(hg_numeral *d, const char *p, const char *end)
{
    hg_slice text = { p, (size_t)(end - p) };
    if (hg_slice_is(text, "NaN")) {
        *d = (hg_numeral){ .p = p, .end = p, .nan = true };
        return true;
    }
    if (!hg_slice_is(text, "INF"))
        return false;
    d->p = "1";
    d->end = d->p + 1;
    d->point = INT32_MAX;
    return true;
}

/* Add the exponent that [p, end) holds behind its 'e'. */
static bool exponent(hg_numeral *d, const char *p, const char *end)
{
    bool minus = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    if (p == end || end - p > 9)
        return false;
    int32_t e = 0;
    for (; p < end; p++) {
        if (!is_digit(*p))
            return false;
        e = e * 10 + (*p - '0');
    }
    if (d->p != d->end)
        d->point += minus ? -e : e;
    return true;
}

/* The end of a run of digits, between which group marks may stand. */
static const char *digits(const char *p, const char *end, char group)
{
    if (p == end || !is_digit(*p))
        return p;
    while (p < end && (is_digit(*p) || (group != '\0' && *p == group)))
        p++;
    return p;
}

/* Passes over everything but the digits 1 to 9. */
static const char *skip_zeros(const char *p, const char *end)
{
    while (p < end && (*p == '0' || !is_digit(*p)))
        p++;
    return p;
}

static const char *drop_zeros(const char *p, const char *end)
{
    while (end > p && (end[-1] == '0' || !is_digit(end[-1])))
        end--;
    return end;
}

static int32_t count_digits(const char *p, const char *end)
{
    int32_t n = 0;
    for (; p < end; p++)
        n += is_digit(*p);
    return n;
}

/* Set d to the digits of [whole, point) and of [part, end). */
static void set_digits(hg_numeral *d, const char *whole, const char *point,
                       const char *part, const char *end, char group)
{
    const char *first = skip_zeros(whole, point);
    if (first < point) {
        d->point = group == '\0' ? (int32_t)(point - first) : count_digits(first, point);
    } else {
        first = skip_zeros(part, end);
        d->point = -(int32_t)(first - part);
    }
    d->p = first;
    d->end = first < end ? drop_zeros(first, end) : first;
    if (first == end) {
        d->sign = 0;
        d->point = 0;
    }
}

static bool read_number(hg_numeral *d, hg_slice text, char point, char group,
                        bool integer)
{
    const char *p = text.p, *end = p + text.n;
    d->nan = false;
    d->sign = p < end && *p == '-' ? -1 : 1;
    p += p < end && (*p == '-' || *p == '+');
    const char *whole = p, *whole_end = digits(p, end, group), *part = whole_end;
    p = whole_end;
    if (!integer && p < end && *p == point) {
        part = p + 1;
        p = digits(part, end, '\0');
    }
    if (whole_end == whole && p == part)
        return !integer && special(d, whole, end);
    set_digits(d, whole, whole_end, part, p, group);
    if (!integer && p < end && (*p == 'e' || *p == 'E'))
        return exponent(d, p + 1, end);
    return p == end;
}

bool hg_numeral_read(hg_numeral *d, hg_slice text, char point, char group)
{
    return read_number(d, text, point, group, false);
}

bool hg_integer_read(hg_numeral *d, hg_slice text, char group)
{
    return read_number(d, text, '\0', group, true);
}

/* The next digit from *p on, or '0' behind the last. */
static char next_digit(const char **p, const char *end)
{
    while (*p < end && !is_digit(**p))
        (*p)++;
    return *p < end ? *(*p)++ : '0';
}

/* Compare magnitudes whose points are equal. */
static int compare_digits(const hg_numeral *a, const hg_numeral *b)
{
    const char *p = a->p, *q = b->p;
    while (p < a->end || q < b->end) {
        char x = next_digit(&p, a->end), y = next_digit(&q, b->end);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

int hg_numeral_compare(const hg_numeral *a, const hg_numeral *b)
{
    if (a->nan || b->nan)
        return 2;
    if (a->sign != b->sign)
        return a->sign < b->sign ? -1 : 1;
    if (a->point != b->point)
        return (a->point < b->point ? -1 : 1) * a->sign;
    return compare_digits(a, b) * a->sign;
}

void hg_numeral_key(hg_buf *buf, const hg_numeral *d)
{
    char *to = hg_buf_reserve(buf, (size_t)(d->end - d->p) + 6);
    if (!to)
        return;
    *to++ = (char)(d->nan ? 'n' : d->sign + '1');
    memcpy(to, &d->point, 4);
    to += 4;
    for (const char *p = d->p; p < d->end; p++)
        if (is_digit(*p))
            *to++ = *p;
    *to++ = '\0';
    buf->len = (size_t)(to - buf->data);
}

bool hg_numeral_decimal(hg_decimal *out, const hg_numeral *d)
{
    int64_t digits = 0;
    int32_t n = 0;
    for (const char *p = d->p; p < d->end && n <= HG_DECIMAL_DIGITS; p++)
        if (is_digit(*p)) {
            if (n++ < HG_DECIMAL_DIGITS)
                digits = digits * 10 + (*p - '0');
        }
    if (d->nan || n > HG_DECIMAL_DIGITS || d->point > HG_DECIMAL_DIGITS ||
        n - d->point > HG_DECIMAL_DIGITS)
        return false;
    for (; n < d->point; n++)
        digits *= 10;
    *out = (hg_decimal){ .digits = d->sign < 0 ? -digits : digits,
                         .scale = (unsigned)(n - d->point) };
    return true;
}

bool hg_integer_plain(hg_slice text, int64_t *out)
{
    bool minus = text.n > 0 && text.p[0] == '-';
    size_t i = minus;
    int64_t n = 0;
    if (hg_eight_digits(text.p + minus, text.n - minus, &n)) {
        *out = minus ? -n : n;
        return true;
    }
    n = 0;
    for (; i < text.n && is_digit(text.p[i]) && i < 18; i++)
        n = n * 10 + (text.p[i] - '0');
    *out = minus ? -n : n;
    return i == text.n && i > minus;
}
