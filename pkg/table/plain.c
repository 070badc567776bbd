/* plain - a checked cell as other formats take it */
#include "table/plain.h"

#include <string.h>

static size_t digits(hg_slice s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && (unsigned char)(s.p[i + n] - '0') < 10)
        n++;
    return n;
}

/* No plus, no zero in front, digits on both sides of the point. */
bool hg_plain_is_number(hg_slice s)
{
    size_t i = s.n > 0 && s.p[0] == '-', n = digits(s, i);
    if (n == 0 || (n > 1 && s.p[i] == '0'))
        return false;
    i += n;
    if (i < s.n && s.p[i] == '.') {
        n = digits(s, ++i);
        i += n;
    }
    if (n > 0 && i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
        n = digits(s, i);
        i += n;
    }
    return n > 0 && i == s.n;
}

/* Digits without an exponent where that takes no more than some twenty zeros. */
static void put_numeral(hg_buf *buf, const hg_numeral *d)
{
    size_t all = 0;
    for (const char *p = d->p; p < d->end; p++)
        all += digits((hg_slice){ p, 1 }, 0);
    bool power = d->point < -20 || d->point > 20 + (int32_t)all;
    int32_t left = power ? 0 : d->point; /* digits to come before the point */
    bool whole = left > 0;
    if (d->sign < 0 && all > 0)
        hg_buf_putc(buf, '-');
    if (!whole)
        hg_buf_puts(buf, all > 0 ? "0." : "0");
    for (; left < 0; left++)
        hg_buf_putc(buf, '0');
    for (const char *p = d->p; p < d->end; p++) {
        if (digits((hg_slice){ p, 1 }, 0) == 0)
            continue;
        if (whole && left == 0)
            hg_buf_putc(buf, '.');
        hg_buf_putc(buf, *p);
        left--;
    }
    for (; whole && left > 0; left--)
        hg_buf_putc(buf, '0');
    if (power)
        hg_buf_printf(buf, "e%d", (int)d->point);
}

static void read_number(hg_plain *plain, hg_buf *scratch)
{
    const hg_numeral *d = &plain->value.number;
    if (d->nan || d->point == INT32_MAX)
        return;
    plain->kind = HG_PLAIN_NUMBER;
    if (hg_plain_is_number(plain->text))
        return;
    size_t start = scratch->len;
    put_numeral(scratch, d);
    plain->text = (hg_slice){ scratch->data + start, scratch->len - start };
}

void hg_plain_of(hg_plain *plain, const hg_field *field, hg_slice cell, hg_buf *scratch)
{
    unsigned bits = field ? hg_field_check(field, cell, &plain->value)
                    : cell.n == 0 ? HG_CELL_NULL
                                  : HG_CELL_TYPE;
    plain->text = cell;
    plain->typed = (bits & (HG_CELL_NULL | HG_CELL_TYPE)) == 0;
    plain->kind = bits & HG_CELL_NULL ? HG_PLAIN_NOTHING : HG_PLAIN_TEXT;
    if (!plain->typed)
        return;
    switch (field->reader.type) {
    case HG_NUMBER:
    case HG_INTEGER: read_number(plain, scratch); break;
    case HG_BOOLEAN:
        plain->kind = plain->value.moment.whole ? HG_PLAIN_TRUE : HG_PLAIN_FALSE;
        break;
    case HG_YEAR:
        if (hg_plain_is_number(cell))
            plain->kind = HG_PLAIN_NUMBER;
        break;
    default: break;
    }
}

unsigned hg_plain_digits(hg_slice number, int32_t *magnitude)
{
    hg_numeral d;
    unsigned n = 0;
    *magnitude = 0;
    if (!hg_numeral_read(&d, number, '.', '\0') || d.p == d.end)
        return 0;
    for (const char *p = d.p; p < d.end; p++)
        n += digits((hg_slice){ p, 1 }, 0) > 0;
    *magnitude = d.point - 1;
    return n;
}
