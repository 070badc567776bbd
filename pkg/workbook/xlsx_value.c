/* xlsx_value - the value of a cell of a worksheet */
#include "workbook/xlsx_value.h"
#include "text/number.h"
#include "text/utf8.h"
#include "workbook/xlsx_text.h"

#include <string.h>

/* The value where it stands. */
typedef struct place {
    hg_buf *texts;
    size_t start;
    const hg_loc *loc;
} place;

bool hg_xlsx_type_of(hg_xlsx_type *type, const char *name)
{
    static const char *const names[] = { "n", "s", "inlineStr", "str", "b", "e", "d" };
    for (*type = HG_XLSX_NUMBER; name && *type <= HG_XLSX_MOMENT; ++*type)
        if (strcmp(name, names[*type]) == 0)
            return true;
    return !name;
}

static hg_slice value_of(const place *at)
{
    return (hg_slice){ at->texts->data + at->start, at->texts->len - at->start };
}

/* Give the cell another text than stands in the file. */
static void rewrite(const place *at, const char *text)
{
    at->texts->len = at->start;
    hg_buf_puts(at->texts, text);
}

bool hg_xlsx_number(hg_xlsx_value *value, hg_slice v, char text[HG_SERIAL_TEXT],
                    size_t *n)
{
    static const hg_cell_type moments[] = {
        [HG_FORMAT_NUMBER] = HG_CELL_NUMBER, [HG_FORMAT_DATE] = HG_CELL_DATE,
        [HG_FORMAT_TIME] = HG_CELL_TIME,     [HG_FORMAT_DATETIME] = HG_CELL_DATETIME,
        [HG_FORMAT_DURATION] = HG_CELL_TIME,
    };
    hg_format_kind format = value->format;
    double serial;
    *n = 0;
    if (format != HG_FORMAT_NUMBER && hg_number_parse(v, &serial))
        *n = hg_serial_text(text, serial, value->from_1904, &format);
    else
        format = HG_FORMAT_NUMBER;
    value->as = moments[format];
    if (format != HG_FORMAT_NUMBER || hg_number_is_shortest(v))
        return true;
    return (*n = hg_number_shortest(text, v)) > 0;
}

static hg_status number_cell(hg_xlsx_value *value, const place *at, hg_err *err)
{
    char text[HG_SERIAL_TEXT];
    hg_slice v = value_of(at);
    size_t n;
    if (!hg_xlsx_number(value, v, text, &n))
        return hg_fail(err, HG_EINPUT, at->loc,
                       "a number cell that holds no number: %.*s",
                       (int)(v.n < 80 ? v.n : 80), v.p);
    if (n > 0)
        rewrite(at, text);
    return HG_OK;
}

static hg_status shared_cell(hg_xlsx_value *value, const place *at, hg_err *err)
{
    hg_slice v = value_of(at);
    size_t i = 0, k = 0;
    for (; k < v.n && v.p[k] >= '0' && v.p[k] <= '9' && i < value->shared; k++)
        i = i * 10 + (size_t)(v.p[k] - '0');
    if (k < v.n || i >= value->shared)
        return hg_fail(err, HG_EINPUT, at->loc, "there is no shared text number %.*s",
                       (int)(v.n < 20 ? v.n : 20), v.p);
    value->as = HG_CELL_TEXT;
    value->shared = i;
    return HG_OK;
}

static hg_status boolean_cell(hg_xlsx_value *value, const place *at, hg_err *err)
{
    hg_slice v = value_of(at);
    bool yes = hg_slice_is(v, "1") || hg_slice_is(v, "true");
    if (!yes && !hg_slice_is(v, "0") && !hg_slice_is(v, "false"))
        return hg_fail(err, HG_EINPUT, at->loc,
                       "a boolean cell that is neither true nor false");
    value->as = HG_CELL_BOOL;
    rewrite(at, yes ? "TRUE" : "FALSE");
    return HG_OK;
}

/* ISO 8601 in the file: a date, a time, or both; midnight of a date only where it shows.
 */
static hg_status moment_cell(hg_xlsx_value *value, const place *at, hg_err *err)
{
    hg_slice v = value_of(at);
    const char *t = memchr(v.p, 'T', v.n), *colon = memchr(v.p, ':', v.n);
    bool date = v.n >= 10 && v.p[4] == '-' && v.p[7] == '-';
    if (v.p[0] == 'P' || (!date && colon && v.n >= 5))
        value->as = HG_CELL_TIME;
    else if (date && v.n == 10)
        value->as = HG_CELL_DATE;
    else if (date && t == v.p + 10 && colon)
        value->as = HG_CELL_DATETIME;
    else
        return hg_fail(err, HG_EINPUT, at->loc, "a date cell that holds no date");
    if (t && value->format == HG_FORMAT_DATE && v.n >= 19 &&
        memcmp(t, "T00:00:00", 9) == 0 && strspn(t + 9, ".0Z") == v.n - 19) {
        at->texts->len = at->start + 10;
        value->as = HG_CELL_DATE;
    }
    if (value->as == HG_CELL_TIME && v.n == 5)
        hg_buf_puts(at->texts, ":00");
    return HG_OK;
}

hg_status hg_xlsx_value_read(hg_xlsx_value *value, hg_buf *texts, size_t start,
                             const hg_loc *loc, hg_err *err)
{
    place at = { texts, start, loc };
    switch (value->type) {
    case HG_XLSX_NUMBER: return number_cell(value, &at, err);
    case HG_XLSX_SHARED: return shared_cell(value, &at, err);
    case HG_XLSX_BOOLEAN: return boolean_cell(value, &at, err);
    case HG_XLSX_MOMENT: return moment_cell(value, &at, err);
    case HG_XLSX_ERROR: value->as = HG_CELL_ERROR; return HG_OK;
    case HG_XLSX_INLINE:
    case HG_XLSX_STRING: value->as = HG_CELL_TEXT; return HG_OK;
    }
    return HG_OK;
}

bool hg_xlsx_value_put(hg_buf *texts, const hg_xlsx_item *item)
{
    const char *p = item->value.p, *end = p + item->value.n;
    if (item->simple && item->value.n <= HG_XLSX_MAX_TEXT) {
        hg_buf_put(texts, p, item->value.n);
        return texts->status == HG_OK;
    }
    hg_xlsx_text text;
    hg_runs none = { 0 };
    hg_err err = HG_ERR_INIT;
    int32_t cp;
    hg_xlsx_text_begin(&text, texts, &none);
    text.open = true;
    text.preserve = item->preserve;
    while (p < end) {
        const char *mark = memchr(p, '&', (size_t)(end - p));
        size_t n = (size_t)((mark ? mark : end) - p);
        if (hg_xlsx_text_put(&text, p, n, NULL, &err) != HG_OK)
            return false;
        p += n;
        if (mark && (p += hg_xlsx_reference(p, end, &cp)) > mark)
            hg_utf8_put(texts, cp);
        else if (mark)
            return false;
    }
    hg_xlsx_text_end(&text, "t");
    hg_xlsx_text_finish(&text);
    return texts->status == HG_OK;
}
