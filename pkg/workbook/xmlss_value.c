/* xmlss_value - the value of a cell of an XML Spreadsheet */
#include "workbook/xmlss_value.h"
#include "table/moment.h"
#include "workbook/ods_value.h"
#include "workbook/xlsx_value.h"

#include <string.h>

#define DAY       86400 /* seconds */
#define FROM_1904 24107 /* days from 1904-01-01 to 1970-01-01 */
#define FROM_1900 25569 /* and from 1899-12-30, day 0 as if 1900 had no day 60 too many  \
                         */
#define MARCH 61        /* 1 March 1900 */

bool hg_xmlss_type_of(hg_xmlss_type *type, const char *name)
{
    static const char *const names[] = { "String", "Number", "DateTime", "Boolean",
                                         "Error" };
    for (*type = HG_XMLSS_STRING; name && *type <= HG_XMLSS_ERROR; ++*type)
        if (strcmp(name, names[*type]) == 0)
            return true;
    *type = HG_XMLSS_STRING;
    return !name;
}

/* Leave out the white space around the value. */
static void trim(hg_buf *texts, size_t start)
{
    static const char space[] = " \t\r\n";
    char *from = texts->data + start;
    while (texts->len > start && strchr(space, texts->data[texts->len - 1]))
        texts->len--;
    size_t n = texts->len - start, skip = 0;
    while (skip < n && strchr(space, from[skip]))
        skip++;
    memmove(from, from + skip, n - skip);
    texts->len -= skip;
    texts->data[texts->len] = '\0';
}

/* The cell's own text for a moment that its epoch can count; false: it cannot. */
static bool put_counted(hg_cell_type *as, hg_format_kind kind, bool from_1904,
                        hg_buf *texts, size_t start, const hg_moment *m)
{
    char text[HG_SERIAL_TEXT];
    double days = (double)m->whole / DAY + m->nanos / 1e9 / DAY;
    days += from_1904 ? FROM_1904 : FROM_1900;
    days -= !from_1904 && days < MARCH;
    kind = kind == HG_FORMAT_NUMBER ? HG_FORMAT_DATE : kind;
    hg_serial_text(text, days, from_1904, &kind);
    if (kind == HG_FORMAT_NUMBER)
        return false;
    texts->len = start;
    hg_buf_puts(texts, text);
    *as = kind == HG_FORMAT_DATE       ? HG_CELL_DATE
          : kind == HG_FORMAT_DATETIME ? HG_CELL_DATETIME
                                       : HG_CELL_TIME;
    return true;
}

static hg_status moment(hg_cell_type *as, hg_format_kind kind, bool from_1904,
                        hg_buf *texts, size_t start, const hg_loc *loc, hg_err *err)
{
    char copy[40];
    hg_moment m;
    hg_slice value = { texts->data + start, texts->len - start };
    bool known = hg_moment_datetime(&m, value) || hg_moment_date(&m, value);
    if (!known || value.n >= sizeof copy)
        return hg_fail(err, HG_EINPUT, loc, "a date cell that holds no date");
    if (put_counted(as, kind, from_1904, texts, start, &m))
        return HG_OK;
    memcpy(copy, value.p, value.n);
    while (memchr(copy, '.', value.n) && strchr("0.", copy[value.n - 1]))
        value.n--;
    texts->len = start;
    hg_ods_value(texts, as, HG_ODS_DATE, (hg_slice){ copy, value.n }, HG_FORMAT_DATE);
    return HG_OK;
}

hg_status hg_xmlss_value_read(hg_cell_type *as, hg_xmlss_type type, hg_format_kind kind,
                              bool from_1904, hg_buf *texts, size_t start,
                              const hg_loc *loc, hg_err *err)
{
    hg_xlsx_value value = { .format = kind, .from_1904 = from_1904 };
    *as = HG_CELL_TEXT;
    if (type == HG_XMLSS_STRING || hg_buf_status(texts, err) != HG_OK || !texts->data)
        return hg_buf_status(texts, err);
    trim(texts, start);
    if (texts->len == start)
        return HG_OK;
    if (type == HG_XMLSS_MOMENT)
        return moment(as, kind, from_1904, texts, start, loc, err);
    value.type = type == HG_XMLSS_NUMBER    ? HG_XLSX_NUMBER
                 : type == HG_XMLSS_BOOLEAN ? HG_XLSX_BOOLEAN
                                            : HG_XLSX_ERROR;
    hg_status st = hg_xlsx_value_read(&value, texts, start, loc, err);
    *as = value.as;
    return st;
}
