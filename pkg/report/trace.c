/* trace - by what the rows and columns of a sheet are known again */
#include "report/trace.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_TABLE ((size_t)1 << 24) /* pairs of changed rows that are compared */

struct hg_trace_cell {
    uint32_t row, col, mark;
};

/* FNV-1a, 32 bits; never 0. */
static uint32_t hash(const char *p, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h ? h : 1;
}

static bool is_symbol(const hg_buf *text)
{
    static const char *const symbols[] = { "-", "…", "[x]", "[z]" };
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (text->len == strlen(symbols[i]) &&
            memcmp(text->data, symbols[i], text->len) == 0)
            return true;
    return false;
}

static bool room(hg_trace *t)
{
    if (t->n < t->cap)
        return true;
    size_t cap = t->cap ? 2 * t->cap : 256;
    struct hg_trace_cell *grown = realloc(t->cells, cap * sizeof *grown);
    if (!grown)
        return false;
    t->cells = grown;
    t->cap = cap;
    return true;
}

void hg_trace_add(void *trace, uint32_t row, uint32_t col, const hg_slice *text, size_t n)
{
    hg_trace *t = trace;
    hg_buf whole = { 0 };
    if (t->status != HG_OK)
        return;
    hg_buf_clear(&t->scratch);
    for (size_t i = 0; i < n; i++)
        hg_buf_put(&whole, text[i].p, text[i].n);
    hg_utf8_nfc(&t->scratch, whole.data ? whole.data : "", whole.len);
    if (whole.status != HG_OK || t->scratch.status != HG_OK || !room(t))
        t->status = HG_ENOMEM;
    else if (t->scratch.len > 0 && !is_symbol(&t->scratch)) {
        t->cells[t->n++] = (struct hg_trace_cell){
            row, col, hash(t->scratch.data, t->scratch.len)
        };
        t->rows = row > t->rows ? row : t->rows;
        t->cols = col > t->cols ? col : t->cols;
    }
    hg_buf_release(&whole);
}

/* Sums do not depend on the order of the texts, so a column moved changes no row. */
void hg_trace_rows(const hg_trace *t, uint32_t *marks, uint32_t n)
{
    memset(marks, 0, ((size_t)n + 1) * sizeof *marks);
    for (size_t i = 0; i < t->n; i++)
        if (t->cells[i].row <= n)
            marks[t->cells[i].row] += t->cells[i].mark;
}

void hg_trace_columns(const hg_trace *t, uint32_t row1, uint32_t row2, uint32_t *marks,
                      uint32_t n)
{
    memset(marks, 0, ((size_t)n + 1) * sizeof *marks);
    for (size_t i = 0; i < t->n; i++)
        if (t->cells[i].row >= row1 && t->cells[i].row <= row2 && t->cells[i].col <= n)
            marks[t->cells[i].col] += t->cells[i].mark;
}

void hg_trace_clear(hg_trace *t)
{
    t->n = 0;
    t->rows = t->cols = 0;
}

void hg_trace_release(hg_trace *t)
{
    free(t->cells);
    hg_buf_release(&t->scratch);
    *t = (hg_trace){ 0 };
}

/* ---- finding again ---- */

/* A part of both sequences between entries that are the same. */
typedef struct span {
    uint32_t was, n, is, m; /* first entries and lengths */
} span;

/* A part as long as before, with other texts: entry by entry. */
static void pair(span s, uint32_t *to)
{
    for (uint32_t i = 0; i < s.n; i++)
        to[s.was + i] = s.n == s.m ? s.is + i : 0;
}

/* Lengths of the longest common subsequences of all ends: (n + 1) x (m + 1). */
static uint16_t *lengths(const uint32_t *was, const uint32_t *is, span s)
{
    size_t width = (size_t)s.m + 1;
    uint16_t *table = calloc(((size_t)s.n + 1) * width, sizeof *table);
    for (uint32_t i = s.n; table && i-- > 0;)
        for (uint32_t k = s.m; k-- > 0;) {
            uint16_t *at = &table[i * width + k], down = at[width], right = at[1];
            *at = was[s.was + i] == is[s.is + k] ? (uint16_t)(at[width + 1] + 1)
                  : down > right                 ? down
                                                 : right;
        }
    return table;
}

/* Follow the longest common subsequence; what lies between its entries is paired. */
static void follow(const uint32_t *was, const uint32_t *is, span s, const uint16_t *table,
                   uint32_t *to)
{
    size_t width = (size_t)s.m + 1;
    uint32_t i = 0, k = 0;
    span between = { s.was, 0, s.is, 0 };
    while (i < s.n && k < s.m) {
        if (was[s.was + i] == is[s.is + k]) {
            pair(between, to);
            to[s.was + i++] = s.is + k++;
            between = (span){ s.was + i, 0, s.is + k, 0 };
        } else if (table[(i + 1) * width + k] >= table[i * width + k + 1]) {
            i++;
            between.n++;
        } else {
            k++;
            between.m++;
        }
    }
    between.n += s.n - i;
    between.m += s.m - k;
    pair(between, to);
}

hg_status hg_trace_align(const uint32_t *was, uint32_t n, const uint32_t *is, uint32_t m,
                         uint32_t *to, hg_err *err)
{
    span s = { 1, n, 1, m };
    to[0] = 0;
    for (; s.n > 0 && s.m > 0 && was[s.was] == is[s.is]; s.was++, s.is++, s.n--, s.m--)
        to[s.was] = s.is;
    for (; s.n > 0 && s.m > 0 && was[s.was + s.n - 1] == is[s.is + s.m - 1]; s.n--, s.m--)
        to[s.was + s.n - 1] = s.is + s.m - 1;
    if (s.n == 0 || s.m == 0 || s.n == s.m) {
        pair(s, to);
        if (s.n != s.m || s.n == 0)
            return HG_OK;
    }
    if (s.n >= UINT16_MAX || s.m >= UINT16_MAX ||
        ((size_t)s.n + 1) * ((size_t)s.m + 1) > MAX_TABLE)
        return hg_fail(err, HG_EINPUT, NULL, "too much of the sheet was changed");
    uint16_t *table = lengths(was, is, s);
    if (!table)
        return hg_fail_nomem(err);
    follow(was, is, s, table, to);
    free(table);
    return HG_OK;
}
