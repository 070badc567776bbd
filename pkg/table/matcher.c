/* matcher - the quick look at a cell */
#include "table/matcher_parts.h"
#include "base/eight.h"

#include <stdlib.h>
#include <string.h>

enum {
    REMEMBERED = 256, /* texts; a power of two */
    WORTH = 16        /* rows, before a look at all of them pays */
};

struct hg_matchers {
    size_t n;
    const hg_lanes_looks *looks; /* NULL: they do not pay here */
    hg_lanes lanes;              /* the cells at hand */
    matcher columns[];
};

/* ---- texts that were good before ---- */

/* Loads overlap, so that all lengths are read alike. */
static inline print print_of(const char *p, size_t n)
{
    size_t second = n < 16 ? n - 8 : 8, third = n < 16 ? 0 : n - 16;
    return (print){ hg_eight_load(p), hg_eight_load(p + second), hg_eight_load(p + third),
                    hg_eight_load(p + n - 8), n };
}

static inline bool same_print(const print *x, const print *y)
{
    return ((x->a ^ y->a) | (x->b ^ y->b) | (x->c ^ y->c) | (x->d ^ y->d) |
            (x->n ^ y->n)) == 0;
}

static inline size_t place_of(uint64_t mixed)
{
    return (size_t)(mixed * UINT64_C(0x9E3779B97F4A7C15) >> 56) & (REMEMBERED - 1);
}

static bool judged(const matcher *m, const char *p, size_t n)
{
    hg_slice cell = { p, n };
    hg_value value;
    unsigned verdict = m->field ? hg_field_check(m->field, cell, &value) : 0;
    return (verdict == 0 || (verdict == HG_CELL_NULL && !m->valued)) &&
           (!m->also.good || m->also.good(m->also.of, m->column, cell));
}

/* The lowest byte of up to seven is free for their number. */
static inline bool short_remembered(matcher *m, const char *p, size_t n)
{
    uint64_t word = hg_eight_few(p, n) | n, *known = &m->good_words[place_of(word)];
    if (*known == word)
        return true;
    if (!judged(m, p, n))
        return false;
    *known = word;
    if (m->n_first < HG_LANES_KNOWN) {
        m->first_words[m->n_first++] = word;
        m->lanes = true;
    }
    return true;
}

static inline bool remembered(matcher *m, const char *p, size_t n)
{
    if (n < 8)
        return short_remembered(m, p, n);
    if (n > 32)
        return judged(m, p, n);
    print t = print_of(p, n);
    print *known = &m->good_texts[place_of(t.a ^ t.b * 3 ^ t.c * 5 ^ t.d * 7 ^ n)];
    if (same_print(known, &t))
        return true;
    if (!judged(m, p, n))
        return false;
    *known = t;
    return true;
}

/* ---- numbers ---- */

static inline bool between(const matcher *m, int64_t value)
{
    return value >= m->low && value <= m->high;
}

static inline bool integer(const matcher *m, const char *p, size_t n)
{
    bool minus = *p == '-';
    int64_t value;
    if (m->natural && !minus)
        return hg_eight_digits(p, n, &value);
    return hg_eight_digits(p + minus, n - minus, &value) && between(m, minus ? -value : value);
}

/* A number with a part behind the point lies between two whole ones, as the bounds are
 * here: it is good if both are. */
static inline bool parted(const matcher *m, bool minus, int64_t whole, bool more)
{
    if (m->natural && !minus)
        return true;
    int64_t next = whole + more;
    return between(m, minus ? -whole : whole) && between(m, minus ? -next : next);
}

/* Digits and a point among them, in up to eight bytes. */
static inline bool short_decimal(const matcher *m, bool minus, uint64_t w, size_t n)
{
    uint64_t point = hg_eight_equal(w, '.');
    if (point == 0) {
        w = hg_eight_values(w, n);
        return hg_eight_are_digits(w) && parted(m, minus, (int64_t)hg_eight_number(w), false);
    }
    unsigned at = (unsigned)__builtin_ctzll(point) / 8;
    if (at == 8 - n || at == 7) /* nothing before it, or behind it */
        return false;
    w = hg_eight_values(w, n) ^ (uint64_t)('.' ^ '0') << at * 8;
    uint64_t whole = w << (8 - at) * 8;
    return hg_eight_are_digits(w) &&
           parted(m, minus, (int64_t)hg_eight_number(whole), w >> (at + 1) * 8 != 0);
}

static inline bool decimal(const matcher *m, const char *p, size_t n)
{
    bool minus = *p == '-';
    int64_t whole, part = 0;
    p += minus;
    n -= minus;
    if (n - 1 < 8)
        return short_decimal(m, minus, hg_eight_few(p, n), n);
    const char *point = n > 0 ? memchr(p, '.', n) : NULL;
    size_t before = point ? (size_t)(point - p) : n;
    return hg_eight_digits(p, before, &whole) &&
           (!point || hg_eight_digits(point + 1, n - before - 1, &part)) &&
           parted(m, minus, whole, part != 0);
}

/* ---- dates ---- */

static inline bool date(const char *p, size_t n)
{
    static const char days[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (n != 10)
        return false;
    uint64_t w = hg_eight_load(p) ^ UINT64_C(0x2D30302D30303030); /* "0000-00-" */
    if ((((w + UINT64_C(0x7F76767F76767676)) | w) & HG_EACH(0x80)) != 0)
        return false;
    unsigned month = (unsigned)((p[5] - '0') * 10 + p[6] - '0');
    unsigned tens = (unsigned char)(p[8] - '0'), ones = (unsigned char)(p[9] - '0');
    unsigned day = tens * 10 + ones;
    /* the 29th of February is left to others */
    return tens < 4 && ones < 10 && month - 1 < 12 && day - 1 < (unsigned)days[month];
}

static inline bool year(const matcher *m, const char *p, size_t n)
{
    int64_t value;
    return n == 4 && hg_eight_digits(p, n, &value) && between(m, value);
}

/* ---- texts ---- */

/* Characters of up to eight bytes: those bytes that do not follow another of theirs. */
static inline size_t few_chars(uint64_t w, size_t n)
{
    uint64_t follows = w & ~(w << 1) & HG_EACH(0x80);
    return n - (size_t)((follows >> 7) * HG_EACH(1) >> 56);
}

static inline bool sized(const matcher *m, const char *p, size_t n)
{
    int64_t bytes = (int64_t)n, chars = 0;
    if (bytes < m->low)
        return false;
    if (bytes <= m->high && (bytes + 3) / 4 >= m->low)
        return true;
    for (; n > 8; n -= 8, p += 8)
        chars += (int64_t)few_chars(hg_eight_load(p), 8);
    return between(m, chars + (int64_t)few_chars(hg_eight_few(p, n), n));
}

/* So many digits. */
static inline bool only_digits(const matcher *m, const char *p, size_t n)
{
    int64_t ignored;
    return between(m, (int64_t)n) && hg_eight_digits(p, n, &ignored);
}

static inline bool in_class(const class *c, char byte)
{
    unsigned char b = (unsigned char)byte;
    return b < 128 && (c->set[b >> 6] >> (b & 63) & 1);
}

/* Each class takes all it can: where that fits, the pattern does. */
static inline bool classes(const matcher *m, const char *p, size_t n)
{
    const char *end = p + n;
    for (const class *c = m->classes, *last = c + m->n_classes; c < last; c++) {
        uint32_t k = 0;
        while (k < c->max && p < end && in_class(c, *p))
            p++, k++;
        if (k < c->min)
            return false;
    }
    return p == end;
}

/* ---- setting up ---- */

hg_status hg_matchers_new(hg_matchers **out, size_t n, hg_err *err)
{
    *out = calloc(1, sizeof **out + n * sizeof(matcher));
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->n = n;
    (*out)->looks = hg_lanes_here();
    for (size_t i = 0; i < n; i++)
        (*out)->columns[i] = (matcher){ .kind = ANY, .empty = true };
    return HG_OK;
}

hg_status hg_matchers_set(hg_matchers *matchers, size_t column, const hg_field *field,
                          bool valued, hg_also also, hg_err *err)
{
    matcher *m = &matchers->columns[column];
    *m = (matcher){ .field = field,
                    .valued = valued,
                    .also = also,
                    .column = column,
                    .low = INT64_MIN,
                    .high = INT64_MAX };
    m->classes = calloc(HG_MATCHER_CLASSES, sizeof *m->classes);
    m->good_words = calloc(REMEMBERED, sizeof *m->good_words);
    m->good_texts = calloc(REMEMBERED, sizeof *m->good_texts);
    if (!m->classes || !m->good_words || !m->good_texts)
        return hg_fail_nomem(err);
    if (field)
        hg_matcher_choose(m);
    if (also.good && m->kind == ANY)
        m->kind = REMEMBER;
    m->empty = judged(m, "", 0);
    return HG_OK;
}

/* ---- a cell, in full ---- */

/* Inlined always, so that it becomes one of these where the kind is known. */
static inline __attribute__((always_inline)) bool
good_cell(matcher *m, kind of, hg_slice cell)
{
    const char *p = cell.p;
    size_t n = cell.n;
    if (n == 0)
        return m->empty;
    switch (of) {
    case ANY: return true;
    case INTEGER: return integer(m, p, n);
    case DECIMAL: return decimal(m, p, n);
    case DATE: return date(p, n);
    case YEAR: return year(m, p, n);
    case SIZED: return sized(m, p, n);
    case DIGITS: return only_digits(m, p, n);
    case CLASSED: return classes(m, p, n);
    default: return remembered(m, p, n);
    }
}

/* Whether what was not asked yet of a good cell is so too. */
static bool also_good(const matcher *m, hg_slice cell)
{
    return !m->also.good || m->kind == REMEMBER || m->also.good(m->also.of, m->column, cell);
}

bool hg_matchers_row(hg_matchers *matchers, const hg_slice *cells)
{
    bool good = true, any = false;
    for (size_t i = 0; good && i < matchers->n; i++) {
        matcher *m = &matchers->columns[i];
        good = good_cell(m, m->kind, cells[i]) && also_good(m, cells[i]);
        any |= cells[i].n > 0;
    }
    return good && any;
}

/* ---- columns of rows; each is a block that is counted from its own cells ---- */

static void lay_out(hg_lanes *l, const hg_block *column)
{
    for (size_t r = 0; r < column->n; r++) {
        hg_slice cell = hg_block_cell(column, r, 0);
        l->words[r] = hg_eight_load(cell.p);
        l->sizes[r] = cell.n;
    }
}

static uint64_t good_dates(const hg_lanes_looks *looks, hg_lanes *l, const hg_block *column)
{
    for (size_t r = 0; r < column->n; r++) {
        hg_slice cell = hg_block_cell(column, r, 0);
        l->tails[r] = cell.n == 10 ? hg_eight_load(cell.p + 2) : 0;
    }
    return looks->dates(l);
}

/* Those that are good at a look at all of them; others may be. */
static uint64_t good_at_once(hg_matchers *matchers, const matcher *m,
                             const hg_block *column)
{
    const hg_range any = { 1, 8 }, four = { 4, 4 }, range = { m->low, m->high };
    const hg_lanes_looks *looks = matchers->looks;
    hg_lanes *l = &matchers->lanes;
    lay_out(l, column);
    switch (m->kind) {
    case INTEGER: return m->natural ? looks->digits(l, any) : looks->numbers(l, any, range);
    case DECIMAL: return looks->decimals(l, range);
    case DATE: return good_dates(looks, l, column);
    case YEAR: return looks->numbers(l, four, range);
    case SIZED: return looks->sized(l, range);
    case DIGITS: return looks->digits(l, range);
    case REMEMBER: return looks->known(l, m->first_words);
    default: return 0;
    }
}

/* A loop of its own for each kind of column. */
#define EACH(of)                                                                         \
    case of:                                                                             \
        for (; left != 0; left &= left - 1) {                                            \
            unsigned r = (unsigned)__builtin_ctzll(left);                                \
            good |= (uint64_t)good_cell(m, of, hg_block_cell(column, r, 0)) << r;        \
        }                                                                                \
        break;

static uint64_t good_cells(matcher *m, const hg_block *column, uint64_t left)
{
    uint64_t good = 0;
    switch (m->kind) {
        EACH(ANY)
        EACH(REMEMBER)
        EACH(INTEGER)
        EACH(DECIMAL)
        EACH(DATE)
        EACH(YEAR)
        EACH(SIZED)
        EACH(DIGITS)
        EACH(CLASSED)
    }
    return good;
}

static uint64_t filled_cells(const hg_block *column)
{
    uint64_t filled = 0;
    for (size_t r = 0; r < column->n; r++)
        filled |= (uint64_t)(hg_block_cell(column, r, 0).n > 0) << r;
    return filled;
}

static uint64_t also_good_cells(const matcher *m, const hg_block *column, uint64_t good)
{
    for (uint64_t left = m->also.good ? good : 0; left != 0; left &= left - 1) {
        unsigned r = (unsigned)__builtin_ctzll(left);
        if (!also_good(m, hg_block_cell(column, r, 0)))
            good &= ~((uint64_t)1 << r);
    }
    return good;
}

uint64_t hg_matchers_good(hg_matchers *matchers, const hg_block *rows, size_t first)
{
    uint64_t all = rows->n < 64 ? ((uint64_t)1 << rows->n) - 1 : UINT64_MAX;
    uint64_t good = all, any = 0;
    bool at_once = rows->room && rows->n >= WORTH && matchers->looks;
    hg_block column = *rows;
    column.before += first;
    column.ends += first;
    for (size_t i = 0; i < matchers->n && good != 0; i++, column.before++, column.ends++) {
        matcher *m = &matchers->columns[i];
        uint64_t seen =
            at_once && m->lanes ? good_at_once(matchers, m, &column) & all : 0;
        any |= seen;
        if (seen != all)
            seen |= good_cells(m, &column, all & ~seen);
        good &= also_good_cells(m, &column, seen);
        if (any != all)
            any |= filled_cells(&column);
    }
    return good & any;
}

void hg_matchers_free(hg_matchers *matchers)
{
    for (size_t i = 0; matchers && i < matchers->n; i++) {
        free(matchers->columns[i].classes);
        free(matchers->columns[i].good_words);
        free(matchers->columns[i].good_texts);
    }
    free(matchers);
}
