/* csv - delimited text of the one dialect that hg-tools writes */
#include "format/csv.h"

#include <stdlib.h>
#include <string.h>

void hg_csv_init(hg_csv *csv, const char *bytes, size_t n, uint64_t number, uint64_t line)
{
    csv->p = bytes;
    csv->end = bytes + n;
    csv->number = number;
    csv->line = line + 1;
}

static bool grow(hg_csv *csv)
{
    size_t cap = csv->cap ? csv->cap * 2 : 64;
    hg_slice *cells = realloc(csv->cells, cap * sizeof *cells);
    if (!cells)
        return false;
    csv->cells = cells;
    csv->cap = cap;
    return true;
}

/* what is a literal, and so the key of its own translation */
static hg_status stray(const hg_csv *csv, size_t col, hg_err *err, const char *what)
{
    hg_loc loc = { .row = csv->line, .col = (uint32_t)col + 1 };
    return hg_fail(err, HG_EINPUT, &loc, "%s", what);
}

static bool ends_cell(const char *p, const char *end)
{
    return p == end || *p == ',' || *p == '\n' ||
           (*p == '\r' && p + 1 < end && p[1] == '\n');
}

/* Copy a cell with its doubled quotes made single. The memory for the whole row is taken
 * at once, so that earlier cells stay where they are. */
static hg_status undouble(hg_csv *csv, hg_slice *cell, hg_err *err)
{
    size_t row = (size_t)(csv->end - csv->p);
    if (csv->scratch.cap <= row && !hg_buf_reserve(&csv->scratch, row))
        return hg_buf_status(&csv->scratch, err);
    char *to = csv->scratch.data + csv->scratch.len, *start = to;
    for (const char *p = cell->p, *end = p + cell->n; p < end; p++) {
        *to++ = *p;
        if (*p == '"')
            p++;
    }
    *cell = (hg_slice){ start, (size_t)(to - start) };
    csv->scratch.len += cell->n;
    return HG_OK;
}

/* Take the quoted cell at *p, which then stands behind it. */
static hg_status quoted(hg_csv *csv, const char **p, size_t col, hg_err *err)
{
    const char *from = *p + 1, *end = csv->end;
    const char *q = memchr(from, '"', (size_t)(end - from));
    bool doubled = false;
    while (q && q + 1 < end && q[1] == '"') {
        doubled = true;
        q = memchr(q + 2, '"', (size_t)(end - q - 2));
    }
    if (!q)
        return stray(csv, col, err, "the text ends inside quotes");
    if (!ends_cell(q + 1, end))
        return stray(csv, col, err, "something stands behind a closing quote");
    *p = q + 1;
    csv->cells[col] = (hg_slice){ from, (size_t)(q - from) };
    return doubled ? undouble(csv, &csv->cells[col], err) : HG_OK;
}

static hg_status plain(hg_csv *csv, const char **p, size_t col, hg_err *err)
{
    const char *from = *p, *q = from, *end = csv->end;
    while (q < end && *q != ',' && *q != '\n' && *q != '"')
        q++;
    if (q < end && *q == '"')
        return stray(csv, col, err, "a quote stands in an unquoted cell");
    if (q > from && q < end && *q == '\n' && q[-1] == '\r')
        q--;
    csv->cells[col] = (hg_slice){ from, (size_t)(q - from) };
    *p = q;
    return HG_OK;
}

static uint64_t count_lines(const char *p, const char *end)
{
    uint64_t n = 0;
    for (; (p = memchr(p, '\n', (size_t)(end - p))); p++)
        n++;
    return n;
}

hg_status hg_csv_next(hg_csv *csv, hg_row *row, hg_err *err)
{
    const char *p = csv->p, *end = csv->end;
    size_t n = 0;
    bool quotes = false, more = true;
    if (p == end)
        return HG_END;
    csv->scratch.len = 0;
    for (; more; n++) {
        if (n == csv->cap && !grow(csv))
            return hg_fail_nomem(err);
        bool quote = p < end && *p == '"';
        hg_status st = quote ? quoted(csv, &p, n, err) : plain(csv, &p, n, err);
        if (st != HG_OK)
            return st;
        quotes |= quote;
        more = p < end && *p == ',';
        p += more;
    }
    if (p < end && *p == '\r')
        p++;
    if (p < end)
        p++;
    *row = (hg_row){ .cells = csv->cells,
                     .n = n,
                     .number = ++csv->number,
                     .line = csv->line,
                     .raw = { csv->p, (size_t)(p - csv->p) } };
    csv->line +=
        quotes ? count_lines(csv->p, p) : 1; /* a quoted cell may hold line ends */
    csv->p = p;
    return HG_OK;
}

void hg_csv_release(hg_csv *csv)
{
    free(csv->cells);
    hg_buf_release(&csv->scratch);
    csv->cells = NULL;
    csv->cap = 0;
}

void hg_csv_put(hg_buf *buf, hg_slice cell, bool first)
{
    static const bool special[256] = {
        ['"'] = true, [','] = true, ['\n'] = true, ['\r'] = true
    };
    bool quote = false;
    if (!first)
        hg_buf_putc(buf, ',');
    for (size_t i = 0; i < cell.n && !quote; i++)
        quote = special[(unsigned char)cell.p[i]];
    if (!quote) {
        hg_buf_put(buf, cell.p, cell.n);
        return;
    }
    hg_buf_putc(buf, '"');
    for (const char *p = cell.p, *end = p + cell.n; p < end;) {
        const char *q = memchr(p, '"', (size_t)(end - p));
        size_t n = (size_t)((q ? q + 1 : end) - p);
        hg_buf_put(buf, p, n);
        if (q)
            hg_buf_putc(buf, '"');
        p += n;
    }
    hg_buf_putc(buf, '"');
}

void hg_csv_end(hg_buf *buf)
{
    hg_buf_putc(buf, '\n');
}
