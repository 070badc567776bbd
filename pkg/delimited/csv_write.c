/* csv_write - delimited text in the one dialect that hg-tools writes */
#include "base/eight.h"
#include "delimited/csv.h"

#include <string.h>

/* Eight bytes, of which any makes a cell be quoted. */
static inline uint64_t special(const char *p)
{
    uint64_t w = hg_eight_load(p);
    return hg_eight_equal(w, '"') | hg_eight_equal(w, ',') | hg_eight_equal(w, '\n') |
           hg_eight_equal(w, '\r');
}

bool hg_csv_needs_quotes(hg_slice cell)
{
    const char *p = cell.p, *end = p + cell.n;
    if (cell.n >= 8) {
        for (; end - p > 8; p += 8)
            if (special(p) != 0)
                return true;
        return special(end - 8) != 0;
    }
    for (; p < end; p++)
        if (*p == '"' || *p == ',' || *p == '\n' || *p == '\r')
            return true;
    return false;
}

char *hg_csv_quote(char *to, hg_slice cell)
{
    *to++ = '"';
    for (size_t i = 0; i < cell.n; i++) {
        *to++ = cell.p[i];
        if (cell.p[i] == '"')
            *to++ = '"';
    }
    *to++ = '"';
    return to;
}

void hg_csv_put(hg_buf *buf, hg_slice cell, bool first)
{
    bool quote = hg_csv_needs_quotes(cell);
    char *start = hg_buf_reserve(buf, (quote ? 2 * cell.n + 2 : cell.n) + 1), *to = start;
    if (!to)
        return;
    if (!first)
        *to++ = ',';
    if (quote)
        to = hg_csv_quote(to, cell);
    else if (cell.n > 0)
        to = (char *)memcpy(to, cell.p, cell.n) + cell.n;
    *to = '\0';
    buf->len += (size_t)(to - start);
}

void hg_csv_end(hg_buf *buf)
{
    hg_buf_putc(buf, '\n');
}
