/* csv_write - delimited text in the one dialect that hg-tools writes */
#include "base/eight.h"
#include "delimited/csv.h"

#include <stdlib.h>
#include <string.h>

/* Of eight bytes, those of which any makes a cell be quoted. */
static inline uint64_t special(uint64_t w)
{
    return hg_eight_equal(w, '"') | hg_eight_equal(w, ',') | hg_eight_equal(w, '\n') |
           hg_eight_equal(w, '\r');
}

bool hg_csv_needs_quotes(hg_slice cell)
{
    const char *p = cell.p, *end = p + cell.n;
    if (cell.n >= 8) {
        for (; end - p > 8; p += 8)
            if (special(hg_eight_load(p)) != 0)
                return true;
        return special(hg_eight_load(end - 8)) != 0;
    }
    return cell.n > 0 && special(hg_eight_few(p, cell.n)) != 0;
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

/* ---- whole records ---- */

enum { SHORT = 32 }; /* bytes that are copied without asking how many there are */

/* Records whose bytes go on but for some; to has room for them all and SHORT more. */
typedef struct anew {
    const char *p, *end; /* those from p on have not gone on yet */
    char *to;
} anew;

static inline void copy_up_to(anew *a, const char *p)
{
    size_t n = (size_t)(p - a->p);
    if (n <= SHORT && a->end - a->p >= SHORT)
        memcpy(a->to, a->p, SHORT);
    else
        memcpy(a->to, a->p, n);
    a->to += n;
    a->p = p;
}

/* The quoted cell whose opening quote is the mark i goes on, without quotes if it needs none.
 * Returns the mark of the closing one. */
static size_t put_quoted(anew *a, const char *base, const uint32_t *marks, size_t i)
{
    size_t close = i + 1;
    while (marks[close + 1] == marks[close] + 1 && base[marks[close + 1]] == '"')
        close += 2;
    const char *from = base + marks[i] + 1, *to = base + marks[close];
    if (close > i + 1 || hg_csv_needs_quotes((hg_slice){ from, (size_t)(to - from) }))
        return close;
    copy_up_to(a, from - 1);
    a->p = from;
    copy_up_to(a, to);
    a->p = to + 1;
    return close;
}

/* Whole records, whose marks are these, go on. */
static void put_records(anew *a, const char *base, const uint32_t *marks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *p = base + marks[i];
        if (*p == '"') {
            i = put_quoted(a, base, marks, i);
        } else if (*p == '\n' && p > base && p[-1] == '\r') {
            copy_up_to(a, p - 1);
            a->p = p;
        }
    }
    copy_up_to(a, base + marks[n - 1] + 1);
}

static bool put_all(anew *a, uint32_t *marks)
{
    while (a->p < a->end) {
        const char *base = a->p;
        size_t left = (size_t)(a->end - base);
        size_t n = hg_csv_index(marks, base, left < HG_CSV_WINDOW ? left : HG_CSV_WINDOW).n;
        while (n > 0 && base[marks[n - 1]] != '\n')
            n--;
        if (n == 0)
            return false;
        put_records(a, base, marks, n);
    }
    return true;
}

bool hg_csv_anew(hg_buf *buf, hg_slice records)
{
    uint32_t *marks = malloc((HG_CSV_WINDOW + 16) * sizeof *marks);
    char *start = marks ? hg_buf_reserve(buf, records.n + SHORT) : NULL;
    anew a = { records.p, records.p + records.n, start };
    bool done = start && put_all(&a, marks);
    if (done)
        buf->len += (size_t)(a.to - start);
    free(marks);
    return done;
}
