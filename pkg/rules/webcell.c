/* webcell - a cell of CSV on the Web by its column */
#include "rules/webcell.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static hg_slice trim(hg_slice text)
{
    while (text.n > 0 && is_space(*text.p)) {
        text.p++;
        text.n--;
    }
    while (text.n > 0 && is_space(text.p[text.n - 1]))
        text.n--;
    return text;
}

/* Is there nothing for white space to become? */
static bool is_normal(hg_slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (is_space(text.p[i]) &&
            (text.p[i] != ' ' || i == 0 || i + 1 == text.n || is_space(text.p[i - 1])))
            return false;
    return true;
}

/* Steps 1 and 2: white space as the type has it. */
static hg_slice normalize(hg_webcell *cell, const hg_xsd *type, hg_slice text)
{
    bool collapse = type->space == HG_SPACE_COLLAPSE;
    if (type->space == HG_SPACE_KEEP || is_normal(text))
        return text;
    if (collapse)
        text = trim(text);
    hg_buf_clear(&cell->normal);
    for (size_t i = 0; i < text.n; i++)
        if (!(collapse && is_space(text.p[i]) && i > 0 && is_space(text.p[i - 1])))
            hg_buf_putc(&cell->normal, is_space(text.p[i]) ? ' ' : text.p[i]);
    return (hg_slice){ cell->normal.data ? cell->normal.data : "", cell->normal.len };
}

static bool is_null(const hg_csvm_column *column, hg_slice text)
{
    for (size_t i = 0; i < column->n_null; i++)
        if (hg_slice_is(text, column->null[i]))
            return true;
    return false;
}

static void put_text(hg_buf *key, hg_slice text)
{
    hg_buf_put(key, &text.n, sizeof text.n);
    hg_buf_put(key, text.p, text.n);
}

static void note(const hg_webcell *cell, unsigned broken, hg_slice value)
{
    if (broken != 0 && cell->take)
        cell->take(cell->user, broken, value);
}

/* Steps 6 to 9: one value. */
static void read_value(hg_webcell *cell, const hg_csvm_column *column, hg_slice text,
                       hg_buf *typed, hg_buf *plain)
{
    hg_value value;
    if (text.n == 0)
        text = hg_slice_of(column->default_text);
    bool null = is_null(column, text);
    if (null && column->required && !column->separator)
        note(cell, HG_CELL_REQUIRED, text);
    unsigned broken =
        null ? 0 : hg_datatype_check(column->datatype, text, &value, &cell->space);
    note(cell, broken, text);
    if (!typed)
        return;
    bool good = !null && !(broken & (HG_CELL_TYPE | HG_CELL_TOO_HARD));
    hg_buf_putc(typed, null ? 'n' : good ? 'v' : 't');
    hg_buf_putc(plain, null ? 'n' : 't');
    if (good)
        hg_datatype_key(typed, column->datatype, &value);
    else if (!null)
        put_text(typed, text);
    if (!null)
        put_text(plain, text);
}

/* Step 5: values between separators. */
static void read_list(hg_webcell *cell, const hg_csvm_column *column, hg_slice text,
                      hg_buf *typed, hg_buf *plain)
{
    size_t m = strlen(column->separator);
    for (size_t from = 0, at = 0; at <= text.n; at++) {
        bool mark = text.n - at >= m && memcmp(text.p + at, column->separator, m) == 0;
        if (!mark && at < text.n)
            continue;
        hg_slice item = { text.p + from, at - from };
        read_value(cell, column, column->datatype->base->trims ? trim(item) : item, typed,
                   plain);
        from = at + m;
        at += mark ? m - 1 : 0;
    }
    if (typed) {
        hg_buf_putc(typed, 'e');
        hg_buf_putc(plain, 'e');
    }
}

void hg_webcell_read(hg_webcell *cell, const hg_csvm_column *column, hg_slice text,
                     hg_buf *typed, hg_buf *plain)
{
    text = normalize(cell, column->datatype->base, text);
    if (!column->separator) {
        read_value(cell, column, text, typed, plain);
        return;
    }
    if (text.n == 0)
        text = hg_slice_of(column->default_text);
    if (text.n == 0 && column->required)
        note(cell, HG_CELL_REQUIRED, text);
    if (text.n > 0 && !is_null(column, text)) {
        read_list(cell, column, text, typed, plain);
    } else if (typed) {
        hg_buf_putc(typed, 'e');
        hg_buf_putc(plain, 'e');
    }
}

void hg_webcell_release(hg_webcell *cell)
{
    hg_buf_release(&cell->normal);
    hg_buf_release(&cell->space);
}
