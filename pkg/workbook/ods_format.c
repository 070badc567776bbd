/* ods_format - number formats of OpenDocument as codes */
#include "workbook/ods_format.h"

#include <stdlib.h>
#include <string.h>

#define MAX_DIGITS 30 /* places of a number, which no program shows more of */

static bool is(const hg_xml_attrs *attrs, char space, const char *name, const char *value)
{
    const char *said = hg_xml_attr(attrs, space, name);
    return said && strcmp(said, value) == 0;
}

/* A count of digits; otherwise what is said in its place. */
static int count(const hg_xml_attrs *attrs, const char *name, int otherwise)
{
    const char *value = hg_xml_attr(attrs, 'n', name);
    long n = value ? strtol(value, NULL, 10) : otherwise;
    return n > MAX_DIGITS ? MAX_DIGITS : n < 0 ? 0 : (int)n;
}

static void repeat(hg_buf *code, char c, int n)
{
    while (n-- > 0)
        hg_buf_putc(code, c);
}

static void put_decimals(hg_buf *code, const hg_xml_attrs *attrs)
{
    int all = count(attrs, "decimal-places", 0),
        least = count(attrs, "min-decimal-places", all);
    if (all > 0)
        hg_buf_putc(code, '.');
    repeat(code, '0', least < all ? least : all);
    repeat(code, '#', all - least);
}

static void put_number(hg_buf *code, const hg_xml_attrs *attrs)
{
    int whole = count(attrs, "min-integer-digits", 0);
    bool grouped = is(attrs, 'n', "grouping", "true");
    if (!hg_xml_attr(attrs, 'n', "decimal-places") && !grouped && whole <= 1) {
        hg_buf_puts(code, "General");
        return;
    }
    if (grouped)
        hg_buf_puts(code, whole > 0 ? "#,##0" : "#,###");
    else if (whole > 0)
        repeat(code, '0', whole);
    else
        hg_buf_putc(code, '#');
    put_decimals(code, attrs);
}

static void put_scientific(hg_buf *code, const hg_xml_attrs *attrs)
{
    repeat(code, '0', count(attrs, "min-integer-digits", 1));
    put_decimals(code, attrs);
    hg_buf_puts(code, "E+");
    repeat(code, '0', count(attrs, "min-exponent-digits", 2));
}

/* Elements that stand for letters: short and long; a month may be a word. */
static const struct {
    const char *name, *brief, *full;
    bool time;
} letters[] = {
    { "day", "d", "dd", false },
    { "year", "yy", "yyyy", false },
    { "month", "m", "mm", false },
    { "day-of-week", "ddd", "dddd", false },
    { "hours", "h", "hh", true },
    { "minutes", "m", "mm", true },
    { "seconds", "s", "ss", true },
    { "am-pm", "AM/PM", "AM/PM", false },
    { "era", "g", "ggg", false },
    { "text-content", "@", "@", false },
    { "fraction", "# ?/?", "# ?/?", false },
};

static void put_letters(hg_ods_format *f, size_t i, const hg_xml_attrs *attrs)
{
    bool full = is(attrs, 'n', "style", "long"), elapsed = f->elapsed && letters[i].time;
    if (elapsed)
        hg_buf_putc(&f->code, '[');
    hg_buf_puts(&f->code, full ? letters[i].full : letters[i].brief);
    if (strcmp(letters[i].name, "month") == 0 && is(attrs, 'n', "textual", "true"))
        hg_buf_puts(&f->code, "mm");
    if (elapsed) {
        hg_buf_putc(&f->code, ']');
        f->elapsed = false;
    }
    if (strcmp(letters[i].name, "seconds") == 0)
        put_decimals(&f->code, attrs);
}

void hg_ods_format_begin(hg_ods_format *f, const hg_xml_attrs *attrs)
{
    hg_buf_clear(&f->code);
    f->code.max = HG_ODS_MAX_CODE;
    f->elapsed = is(attrs, 'n', "truncate-on-overflow", "false");
    f->literal = f->quoted = false;
}

void hg_ods_format_start(hg_ods_format *f, const char *name, const hg_xml_attrs *attrs)
{
    if (strcmp(name, "number") == 0)
        put_number(&f->code, attrs);
    else if (strcmp(name, "scientific-number") == 0)
        put_scientific(&f->code, attrs);
    else if (strcmp(name, "text") == 0 || strcmp(name, "currency-symbol") == 0)
        f->literal = true;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(name, letters[i].name) == 0)
            put_letters(f, i, attrs);
}

/* What shows as it is, without quotes around it. */
void hg_ods_format_text(hg_ods_format *f, const char *text, size_t n)
{
    for (size_t i = 0; f->literal && i < n; i++) {
        bool plain = strchr(" -+()/:.,%", text[i]) && text[i];
        if (!f->quoted && !plain) {
            hg_buf_putc(&f->code, '"');
            f->quoted = true;
        }
        if (text[i] == '"')
            hg_buf_puts(&f->code, "\"\\\"\"");
        else
            hg_buf_putc(&f->code, text[i]);
    }
}

void hg_ods_format_end(hg_ods_format *f)
{
    if (f->quoted)
        hg_buf_putc(&f->code, '"');
    f->literal = f->quoted = false;
}

const char *hg_ods_format_code(const hg_ods_format *f)
{
    if (f->code.status != HG_OK || f->code.len == 0 ||
        strcmp(f->code.data, "General") == 0)
        return NULL;
    return f->code.data;
}
