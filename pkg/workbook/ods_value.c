/* ods_value - the value of a cell as OpenDocument holds it */
#include "workbook/ods_value.h"
#include "table/moment.h"
#include "text/number.h"

#include <string.h>

#define DAY       86400 /* seconds */
#define FROM_1904 24107 /* days from 1904-01-01 to 1970-01-01 */
#define LATEST    80    /* bytes of the longest date taken */

static const struct {
    const char *name;
    hg_ods_type type;
} types[] = {
    { "string", HG_ODS_STRING },     { "float", HG_ODS_NUMBER },
    { "percentage", HG_ODS_NUMBER }, { "currency", HG_ODS_NUMBER },
    { "date", HG_ODS_DATE },         { "time", HG_ODS_TIME },
    { "boolean", HG_ODS_BOOLEAN },   { "void", HG_ODS_STRING },
};

bool hg_ods_type_of(hg_ods_type *type, const char *name)
{
    *type = HG_ODS_STRING;
    for (size_t i = 0; name && i < sizeof types / sizeof *types; i++)
        if (strcmp(name, types[i].name) == 0) {
            *type = types[i].type;
            return true;
        }
    return !name;
}

const char *hg_ods_attribute(hg_ods_type type)
{
    static const char *const names[] = {
        [HG_ODS_STRING] = "string-value",   [HG_ODS_NUMBER] = "value",
        [HG_ODS_DATE] = "date-value",       [HG_ODS_TIME] = "time-value",
        [HG_ODS_BOOLEAN] = "boolean-value",
    };
    return names[type];
}

static bool put_number(hg_buf *out, hg_slice value)
{
    char text[HG_NUMBER_TEXT];
    size_t n = hg_number_shortest(text, value);
    hg_buf_put(out, text, n);
    return n > 0;
}

/* LibreOffice writes any number that is shown as a boolean so, and goes on reckoning with it. */
static bool put_boolean(hg_buf *out, hg_cell_type *as, hg_slice value)
{
    bool yes = hg_slice_is(value, "true") || hg_slice_is(value, "1");
    *as = HG_CELL_BOOL;
    if (yes || hg_slice_is(value, "false") || hg_slice_is(value, "0")) {
        hg_buf_puts(out, yes ? "TRUE" : "FALSE");
        return true;
    }
    *as = HG_CELL_NUMBER;
    return put_number(out, value);
}

/* A date whose year is before 0 or after 9999: its rest is that of another year. */
static bool is_far(hg_slice value, bool timed)
{
    char text[LATEST];
    hg_moment m;
    size_t sign = value.n > 0 && value.p[0] == '-', year = sign;
    while (year < value.n && value.p[year] >= '0' && value.p[year] <= '9')
        year++;
    size_t rest = value.n - year;
    if (year < 5 || 4 + rest > sizeof text) /* a sign and four digits, or five */
        return false;
    memcpy(text, "2000", 4);
    memcpy(text + 4, value.p + year, rest);
    hg_slice near = { text, 4 + rest };
    return timed ? hg_moment_datetime(&m, near) : hg_moment_date(&m, near);
}

/* A date and time with parts of a second, rounded, where it can be counted from 1904. */
static bool put_rounded(hg_buf *out, hg_slice value, const hg_moment *m)
{
    char text[HG_SERIAL_TEXT], last = value.p[value.n - 1];
    hg_format_kind kind = HG_FORMAT_DATETIME;
    double days = (double)m->whole / DAY + m->nanos / 1e9 / DAY + FROM_1904;
    if (!memchr(value.p, '.', value.n) || last < '0' || last > '9' || days < 0 ||
        memchr(value.p, '+', value.n) || (value.n > 6 && value.p[value.n - 6] == '-'))
        return false;
    hg_serial_text(text, days, true, &kind);
    if (kind == HG_FORMAT_DATETIME)
        hg_buf_puts(out, text);
    return kind == HG_FORMAT_DATETIME;
}

static bool put_date(hg_buf *out, hg_cell_type *as, hg_slice value, hg_format_kind kind)
{
    hg_moment m;
    size_t start = out->len;
    *as = memchr(value.p, 'T', value.n) ? HG_CELL_DATETIME : HG_CELL_DATE;
    bool timed = *as == HG_CELL_DATETIME;
    bool near = timed ? hg_moment_datetime(&m, value) : hg_moment_date(&m, value);
    if (!near && !is_far(value, timed))
        return false;
    if (!near || !timed || !put_rounded(out, value, &m))
        hg_buf_put(out, value.p, value.n);
    size_t n = out->status == HG_OK ? out->len - start : 0;
    const char *time = n > 9 ? out->data + out->len - 9 : "";
    if (kind == HG_FORMAT_DATE && strcmp(time, "T00:00:00") == 0) {
        out->len -= 9;
        out->data[out->len] = '\0';
        *as = HG_CELL_DATE;
    }
    return true;
}

static bool put_time(hg_buf *out, hg_slice value)
{
    char text[HG_SERIAL_TEXT];
    hg_format_kind kind = HG_FORMAT_DURATION;
    hg_moment m;
    if (hg_moment_time(&m, value)) {
        hg_buf_put(out, value.p, value.n);
        return true;
    }
    if (!hg_moment_duration(&m, value) || m.months != 0)
        return false;
    hg_serial_text(text, (double)m.whole / DAY + m.nanos / 1e9 / DAY, true, &kind);
    if (kind == HG_FORMAT_NUMBER) /* before midnight, or after 8000 years */
        hg_buf_put(out, value.p, value.n);
    else
        hg_buf_puts(out, text);
    return true;
}

bool hg_ods_value(hg_buf *out, hg_cell_type *as, hg_ods_type type, hg_slice value,
                  hg_format_kind kind)
{
    switch (type) {
    case HG_ODS_NUMBER: *as = HG_CELL_NUMBER; return put_number(out, value);
    case HG_ODS_BOOLEAN: return put_boolean(out, as, value);
    case HG_ODS_DATE: return put_date(out, as, value, kind);
    case HG_ODS_TIME: *as = HG_CELL_TIME; return put_time(out, value);
    case HG_ODS_STRING: break;
    }
    return false;
}

bool hg_ods_is_error(hg_slice text)
{
    static const char *const names[] = { "#N/A",   "#DIV/0!", "#VALUE!", "#REF!",
                                         "#NAME?", "#NUM!",   "#NULL!" };
    if (text.n > 4 && memcmp(text.p, "Err:", 4) == 0)
        return strspn(text.p + 4, "0123456789") >= text.n - 4;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (hg_slice_is(text, names[i]))
            return true;
    return false;
}
