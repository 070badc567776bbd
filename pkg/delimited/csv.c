/* csv - delimited text of the one dialect that hg-tools writes */
#include "delimited/csv.h"

#include <stdlib.h>
#include <string.h>

void hg_csv_init(hg_csv *csv, const char *bytes, size_t n, uint64_t number, uint64_t line)
{
    csv->p = csv->counted = bytes;
    csv->end = bytes + n;
    csv->number = number;
    csv->line = line + 1;
    csv->at = csv->n = 0;
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

/* Give the row that ends before p. A quoted cell may hold line ends. */
static void give(hg_csv *csv, hg_row *row, size_t n, const char *p, bool quotes)
{
    size_t len = (size_t)(p - csv->p);
    *row = (hg_row){ .cells = csv->cells,
                     .n = n,
                     .number = ++csv->number,
                     .line = csv->line,
                     .raw = { csv->p, len } };
    csv->line += quotes ? hg_csv_look(csv->p, len).lines : 1;
    csv->p = csv->counted = p;
}

/* Count the lines of rows that were given together. */
static void count_lines(hg_csv *csv)
{
    if (csv->counted == csv->p)
        return;
    csv->line += hg_csv_look(csv->counted, (size_t)(csv->p - csv->counted)).lines;
    csv->counted = csv->p;
}

hg_status hg_csv_next_plainly(hg_csv *csv, hg_row *row, hg_err *err)
{
    const char *p = csv->p, *end = csv->end;
    size_t n = 0;
    bool quotes = false, more = true;
    if (p == end)
        return HG_END;
    count_lines(csv);
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
    give(csv, row, n, p, quotes);
    return HG_OK;
}

/* ---- by the index ---- */

/* Index the text that comes next, from the start of a row. */
static bool look_ahead(hg_csv *csv)
{
    size_t left = (size_t)(csv->end - csv->p);
    size_t n = left < HG_CSV_WINDOW ? left : HG_CSV_WINDOW;
    if (!csv->marks && !(csv->marks = malloc((HG_CSV_WINDOW + 17) * sizeof *csv->marks)))
        return false;
    csv->base = csv->p;
    csv->marks[0] = UINT32_MAX;
    csv->at = 1;
    csv->covered = n;
    csv->copied = false;
    csv->seen = hg_csv_index(csv->marks + 1, csv->p, n);
    csv->n = 1 + csv->seen.n;
    return true;
}

/* Pass over the marks of a row that was read plainly. */
static void resume(hg_csv *csv)
{
    while (csv->at < csv->n && csv->base + csv->marks[csv->at] < csv->p)
        csv->at++;
}

/* What became of a row: it was read; it goes on behind the window; or it has something
 * for which it must be read plainly, if only to say what is wrong with it. */
typedef enum outcome { READ, LONGER, ODD } outcome;

/* Take the quoted cell at from, whose opening quote is the mark *at; then *at is the mark
 * that ends it. */
static outcome indexed_quoted(hg_csv *csv, const char *from, size_t *at, size_t col,
                              bool *doubled)
{
    size_t i = *at + 1;
    while (i + 1 < csv->n && csv->base[csv->marks[i]] == '"' &&
           csv->marks[i + 1] == csv->marks[i] + 1 &&
           csv->base[csv->marks[i + 1]] == '"') {
        *doubled = true;
        i += 2;
    }
    if (i + 1 >= csv->n)
        return LONGER;
    const char *q = csv->base + csv->marks[i], *next = csv->base + csv->marks[i + 1];
    bool ends = *q == '"' && *next != '"' &&
                (next == q + 1 || (next == q + 2 && q[1] == '\r' && *next == '\n'));
    csv->cells[col] = (hg_slice){ from + 1, (size_t)(q - from) - 1 };
    *at = i + 1;
    return ends ? READ : ODD;
}

/* Read a row off the index. */
static outcome indexed(hg_csv *csv, hg_row *row)
{
    const char *from = csv->p, *stop;
    size_t at = csv->at, n = 0;
    bool quotes = false, doubled = false;
    do {
        if (at >= csv->n)
            return LONGER;
        if (n == csv->cap)
            return ODD; /* where memory is taken */
        stop = csv->base + csv->marks[at];
        if (*stop == '"') {
            if (stop != from)
                return ODD;
            outcome o = indexed_quoted(csv, from, &at, n, &doubled);
            if (o != READ || doubled)
                return o == READ ? ODD : o;
            quotes = true;
            stop = csv->base + csv->marks[at];
        } else {
            size_t len = (size_t)(stop - from);
            len -= *stop == '\n' && len > 0 && stop[-1] == '\r';
            csv->cells[n] = (hg_slice){ from, len };
        }
        n++;
        at++;
        from = stop + 1;
    } while (*stop == ',');
    csv->at = at;
    give(csv, row, n, from, quotes);
    return READ;
}

hg_status hg_csv_next(hg_csv *csv, hg_row *row, hg_err *err)
{
    if (csv->p == csv->end)
        return HG_END;
    count_lines(csv);
    outcome o = csv->at < csv->n ? indexed(csv, row) : LONGER;
    if (o == LONGER) {
        if (!look_ahead(csv))
            return hg_fail_nomem(err);
        o = indexed(csv, row);
    }
    if (o == READ)
        return HG_OK;
    hg_status st = hg_csv_next_plainly(csv, row, err);
    resume(csv);
    return st;
}

static inline bool is_line_end(const hg_csv *csv, uint32_t mark)
{
    return csv->base[mark] == '\n' && (mark == 0 || csv->base[mark - 1] != '\r');
}

/* Whether all rows that the index covers are plain and have width cells: there are no
 * quotes, and as many lines end as there are rows, each where a row must. */
static bool is_regular(const hg_csv *csv, size_t width)
{
    size_t rows = csv->seen.n / width;
    bool regular = !csv->seen.quotes && csv->seen.lines == rows;
    for (size_t r = 1; regular && r <= rows; r++)
        regular = is_line_end(csv, csv->marks[r * width]);
    return regular;
}

/* ---- rows together, some of whose cells stand in quotes, or before CR LF ---- */

/* Make ready for what they are given in. */
static bool make_room(hg_csv *csv)
{
    size_t n = HG_CSV_WINDOW + 16;
    if (!csv->before)
        csv->before = malloc(2 * n * sizeof *csv->before);
    if (!csv->single)
        csv->single = calloc(HG_CSV_WINDOW + sizeof(uint64_t), 1);
    csv->ends = csv->before ? csv->before + n : NULL;
    return csv->before && csv->single;
}

/* Make doubled quotes single in a copy of the text: that which is the mark i, and others up
 * to the closing one. Returns where the cell ends then. */
static uint32_t make_single(hg_csv *csv, size_t i)
{
    const uint32_t *marks = csv->marks;
    if (!csv->copied)
        memcpy(csv->single, csv->base, csv->covered);
    csv->copied = true;
    char *to = csv->single + marks[i] + 1;
    bool more = true;
    for (; more; i += 2) {
        more = marks[i + 3] == marks[i + 2] + 1 && csv->base[marks[i + 3]] == '"';
        size_t n = marks[i + 2] + more - (marks[i + 1] + 1);
        memcpy(to, csv->base + marks[i + 1] + 1, n);
        to += n;
    }
    return (uint32_t)(to - csv->single);
}

/* Rows that are taken: the mark that comes next; some quotes are doubled; a row goes on behind
 * what the index covers. */
typedef struct taking {
    const uint32_t *mark;
    bool doubled, cut;
} taking;

/* Take the cell in quotes whose opening one is the mark before t->mark, which then is what ends
 * the cell. Returns the offset where its text ends; 0: it does not, here. */
static uint32_t take_quoted(hg_csv *csv, taking *t)
{
    const char *base = csv->base;
    const uint32_t *first = t->mark, *m = first, *end = csv->marks + csv->n;
    while (end - m > 2 && m[1] == m[0] + 1 && base[m[1]] == '"')
        m += 2;
    t->cut = end - m < 2;
    if (t->cut)
        return 0;
    const char *q = base + m[0], *next = base + m[1];
    if (*q != '"' || *next == '"' ||
        (next != q + 1 && !(next == q + 2 && q[1] == '\r' && *next == '\n')))
        return 0;
    t->mark = m + 1;
    if (m == first)
        return *m;
    t->doubled = true;
    return make_single(csv, (size_t)(first - csv->marks));
}

/* Take a row of so many cells; false: it is none, or not all of it is covered. */
static bool take_row(hg_csv *csv, taking *t, size_t width, uint32_t *before, uint32_t *ends)
{
    const char *base = csv->base;
    const uint32_t *m = t->mark, *end = csv->marks + csv->n;
    uint32_t edge = m[-1];
    size_t c = 0;
    if ((t->cut = m == end))
        return false;
    for (; c < width && m < end; c++) {
        uint32_t stop = *m++;
        before[c] = edge;
        ends[c] = stop;
        if (base[stop] == '"') {
            t->mark = m;
            if (stop != edge + 1 || (ends[c] = take_quoted(csv, t)) == 0)
                return false;
            before[c] = stop;
            stop = *t->mark;
            m = t->mark + 1;
        }
        edge = stop;
        if (base[stop] != ',')
            break;
    }
    t->mark = m;
    t->cut = c < width && m == end && base[edge] == ',';
    if (c != width - 1 || base[edge] != '\n')
        return false;
    bool cr = ends[c] == edge && edge != before[c] + 1 && base[edge - 1] == '\r';
    ends[c] -= cr;
    return true;
}

/* cut: there is none, for the first is cut. */
static size_t take_covered(hg_csv *csv, size_t width, size_t max, hg_block *block, bool *cut)
{
    taking t = { .mark = csv->marks + csv->at }, all = t;
    size_t n = 0;
    while (n < max && (n + 1) * width <= csv->n &&
           take_row(csv, &t, width, csv->before + n * width, csv->ends + n * width)) {
        all = t;
        n++;
    }
    csv->at = (size_t)(all.mark - csv->marks);
    *block = (hg_block){ all.doubled ? csv->single : csv->base, csv->before, csv->ends, width,
                         n, all.doubled, csv->base };
    *cut = n == 0 && t.cut;
    return n;
}

static size_t take_rows(hg_csv *csv, size_t width, size_t max, hg_block *block)
{
    bool cut = false;
    size_t n = make_room(csv) ? take_covered(csv, width, max, block, &cut) : 0;
    if (cut && csv->at > 1 && look_ahead(csv))
        n = take_covered(csv, width, max, block, &cut);
    return n;
}

/* ---- rows together ---- */

/* Rows that stand as they are. */
static size_t plain_rows(hg_csv *csv, size_t width, size_t max, hg_block *block)
{
    const uint32_t *ends = csv->marks + csv->at;
    size_t left = (csv->n - csv->at) / width, n = left < max ? left : max;
    *block = (hg_block){ csv->base, ends - 1, ends, width, n, false, csv->base };
    csv->at += n * width;
    return n;
}

size_t hg_csv_rows(hg_csv *csv, size_t width, size_t max, hg_block *block)
{
    if (width == 0 || csv->p == csv->end || (csv->at + width > csv->n && !look_ahead(csv)))
        return 0;
    if (csv->at == 1)
        csv->regular = is_regular(csv, width) ? width : 0;
    size_t n = (csv->regular == width ? plain_rows : take_rows)(csv, width, max, block);
    if (n == 0)
        return 0;
    const char *last = csv->base + block->before[n * width - 1] + 1;
    block->room |= csv->end - last >= (ptrdiff_t)sizeof(uint64_t);
    csv->p = csv->base + csv->marks[csv->at - 1] + 1;
    csv->number += n;
    return n;
}

void hg_csv_release(hg_csv *csv)
{
    free(csv->cells);
    free(csv->marks);
    free(csv->before);
    free(csv->single);
    hg_buf_release(&csv->scratch);
    csv->cells = NULL;
    csv->marks = csv->before = csv->ends = NULL;
    csv->single = NULL;
    csv->cap = 0;
}
