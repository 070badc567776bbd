/* datatype - a datatype of CSV on the Web */
#include "table/datatype.h"
#include "table/datepattern.h"

#include <string.h>

static bool is_special(hg_slice text)
{
    return hg_slice_is(text, "NaN") || hg_slice_is(text, "INF") ||
           hg_slice_is(text, "-INF");
}

/* A number by its format (tabular-data-model, 6.4.2). */
static bool read_number(const hg_datatype *type, hg_slice text, hg_numeral *number,
                        hg_buf *space)
{
    hg_number_form form;
    if (is_special(text))
        return type->base->real && hg_numeral_read(number, text, '.', 0);
    if (!hg_numberpattern_read(type->number, text, space, &form) ||
        (form.exponent && !type->base->real) || (form.part && type->base->whole))
        return false;
    if (!hg_numeral_read(number, (hg_slice){ space->data, space->len }, '.', 0))
        return false;
    bool whole = number->sign == 0 ||
                 (number->point > 0 && number->end - number->p <= number->point);
    return (whole || !type->base->whole) && hg_xsd_in_range(type->base, number);
}

static bool read_boolean(const hg_datatype *type, hg_slice text, hg_moment *m)
{
    *m = (hg_moment){ .whole = hg_slice_eq(text, type->yes) };
    return m->whole || hg_slice_eq(text, type->no);
}

static bool read_value(const hg_datatype *type, hg_slice text, hg_value *value,
                       hg_buf *space)
{
    if (type->number)
        return read_number(type, text, &value->number, space);
    if (type->date)
        return hg_datepattern_read(&value->moment, text, type->date);
    if (type->yes.p)
        return read_boolean(type, text, &value->moment);
    return hg_xsd_read(value, type->base, text);
}

static unsigned check_length(const hg_datatype *type, hg_slice text)
{
    if (type->min_length == 0 && type->max_length == SIZE_MAX)
        return 0;
    size_t n = hg_xsd_length(type->base, text);
    return (n < type->min_length ? (unsigned)HG_CELL_MIN_LENGTH : 0) |
           (n > type->max_length ? (unsigned)HG_CELL_MAX_LENGTH : 0);
}

/* Values that have no order to a limit are not within it. */
static unsigned check_limits(const hg_datatype *type, const hg_value *value)
{
    const hg_xsd *base = type->base;
    unsigned bits = type->limits, broken = 0;
    if (bits & HG_CELL_MINIMUM) {
        int order = hg_xsd_compare(base, value, &type->minimum);
        broken |= order < 0 || order == 2 ? (unsigned)HG_CELL_MINIMUM : 0;
    }
    if (bits & HG_CELL_MAXIMUM)
        broken |= hg_xsd_compare(base, value, &type->maximum) > 0
                      ? (unsigned)HG_CELL_MAXIMUM
                      : 0;
    if (bits & HG_CELL_EXCLUSIVE_MINIMUM)
        broken |= hg_xsd_compare(base, value, &type->exclusive_minimum) != 1
                      ? (unsigned)HG_CELL_EXCLUSIVE_MINIMUM
                      : 0;
    if (bits & HG_CELL_EXCLUSIVE_MAXIMUM)
        broken |= hg_xsd_compare(base, value, &type->exclusive_maximum) != -1
                      ? (unsigned)HG_CELL_EXCLUSIVE_MAXIMUM
                      : 0;
    return broken;
}

unsigned hg_datatype_check(const hg_datatype *type, hg_slice text, hg_value *value,
                           hg_buf *space)
{
    unsigned bits = 0;
    hg_buf_clear(space);
    if (!read_value(type, text, value, space))
        return HG_CELL_TYPE;
    if (type->regex) {
        hg_match match = hg_pattern_match(type->regex, text);
        if (match == HG_MATCH_TOO_HARD)
            return HG_CELL_TOO_HARD;
        bits = match == HG_NO_MATCH ? HG_CELL_PATTERN : 0;
    }
    return bits | check_length(type, text) | check_limits(type, value);
}

void hg_datatype_key(hg_buf *key, const hg_datatype *type, const hg_value *value)
{
    switch (type->base->kind) {
    case HG_XSD_NUMBER: hg_numeral_key(key, &value->number); break;
    case HG_XSD_BOOLEAN:
    case HG_XSD_MOMENT:
    case HG_XSD_DURATION: {
        int64_t parts[] = { value->moment.whole, value->moment.months,
                            value->moment.nanos };
        hg_buf_put(key, parts, sizeof parts);
        break;
    }
    default: {
        size_t n = value->text.n;
        hg_buf_put(key, &n, sizeof n);
        hg_buf_put(key, value->text.p, n);
    }
    }
}
