/* matcher - the quick look at a cell */
#include "table/matcher.h"
#include "base/eight.h"
#include "table/lanes.h"

#include <stdlib.h>
#include <string.h>

enum {
    REMEMBERED = 256, /* texts; a power of two */
    CLASSES = 16,     /* of a pattern */
    WORTH = 16        /* rows, before a look at all of them pays */
};

/* A text of 8 to 32 bytes as five numbers. */
typedef struct print {
    uint64_t a, b, c, d, n;
} print;

/* Between min and max bytes of a set, all ASCII. */
typedef struct class {
    uint64_t set[2];
    uint32_t min, max;
} class;

typedef enum kind { ANY, REMEMBER, INTEGER, DECIMAL, DATE, YEAR, SIZED, DIGITS, CLASSED } kind;

/* Of one column. */
typedef struct matcher {
    kind kind;         /* how a cell that is not empty is looked at */
    bool empty;        /* an empty cell is good */
    bool valued;
    int64_t low, high; /* of a number; of a text's characters */
    bool natural;      /* of numbers, any without a sign is between these */
    class *classes;
    size_t n_classes;
    bool lanes;           /* cells are usually short enough to be looked at side by side */
    uint64_t first_words[HG_LANES_KNOWN]; /* of the good texts of up to 7 bytes */
    unsigned n_first;
    uint64_t *good_words; /* REMEMBERED texts of up to 7 bytes; 0: none */
    print *good_texts;    /* and of longer ones; those with n of 0 are none */
    const hg_field *field; /* NULL: any text */
    hg_also also;
    size_t column;
} matcher;

struct hg_matchers {
    size_t n;
    hg_lanes lanes; /* the cells at hand */
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

/* ---- patterns made of classes: [0-9]{2}, \d+, A[BC]?x* ---- */

static void add(class *c, unsigned from, unsigned to)
{
    for (unsigned b = from; b <= to && b < 128; b++)
        c->set[b >> 6] |= (uint64_t)1 << (b & 63);
}

static bool plain_byte(char c)
{
    return (unsigned char)c < 128 && c != '\0' && !strchr("\\[](){}.*+?|^$-&~", c);
}

/* What stands between '[' and ']'; NULL where it is more than bytes and ranges of them. */
static const char *read_set(class *c, const char *e)
{
    for (; *e != ']'; e++) {
        if (!plain_byte(*e))
            return NULL;
        if (e[1] == '-' && e[2] != ']') {
            if (!plain_byte(e[2]) || e[2] < e[0])
                return NULL;
            add(c, (unsigned char)e[0], (unsigned char)e[2]);
            e += 2;
        } else {
            add(c, (unsigned char)*e, (unsigned char)*e);
        }
        if (e[1] == '-')
            return NULL;
    }
    return e + 1;
}

static const char *read_class(class *c, const char *e)
{
    *c = (class){ .min = 1, .max = 1 };
    if (*e == '[')
        return e[1] == ']' ? NULL : read_set(c, e + 1);
    if (e[0] == '\\' && e[1] == 'd') { /* other digits are left to others */
        add(c, '0', '9');
        return e + 2;
    }
    if (!plain_byte(*e) && *e != '-')
        return NULL;
    add(c, (unsigned char)*e, (unsigned char)*e);
    return e + 1;
}

static const char *read_times(class *c, const char *e)
{
    char *end;
    switch (*e) {
    case '?': c->min = 0; break;
    case '*': c->min = 0; c->max = UINT32_MAX; break;
    case '+': c->max = UINT32_MAX; break;
    case '{':
        if ((unsigned char)(e[1] - '0') > 9)
            return NULL;
        c->min = c->max = (uint32_t)strtoul(e + 1, &end, 10);
        if (*end == ',' && end[1] == '}') {
            c->max = UINT32_MAX;
            end++;
        } else if (*end == ',' && (unsigned char)(end[1] - '0') < 10) {
            c->max = (uint32_t)strtoul(end + 1, &end, 10);
        }
        e = end;
        if (*e != '}')
            return NULL;
        break;
    default: return e;
    }
    return e[1] != '\0' && strchr("?+*", e[1]) ? NULL : e + 1;
}

/* Read a pattern; false where it is more than classes in a row. */
static bool read_pattern(matcher *m, const char *e)
{
    size_t n = strlen(e);
    const char *end = e + n - (n > 0 && e[n - 1] == '$');
    e += *e == '^';
    for (; e < end && m->n_classes < CLASSES; m->n_classes++) {
        class *c = &m->classes[m->n_classes];
        const char *next = read_class(c, e);
        if (!next || !(e = read_times(c, next)))
            return false;
    }
    return e == end;
}

/* ---- choosing ---- */

/* The least, or greatest, whole number that a bound lets through. */
static bool whole_bound(const hg_value *bound, bool least, bool exclusive, int64_t *out)
{
    hg_decimal d;
    if (bound->number.nan || !hg_numeral_decimal(&d, &bound->number))
        return false;
    int64_t unit = 1;
    for (unsigned i = 0; i < d.scale; i++)
        unit *= 10;
    int64_t down = d.digits / unit - (d.digits % unit < 0);
    int64_t up = down + (d.digits % unit != 0);
    if (least)
        *out = exclusive ? down + 1 : up;
    else
        *out = exclusive ? up - 1 : down;
    return true;
}

static bool bound(matcher *m, const hg_value *value, bool least, bool exclusive)
{
    int64_t n;
    if (m->field->reader.type == HG_YEAR)
        n = value->moment.whole + (exclusive ? (least ? 1 : -1) : 0);
    else if (!whole_bound(value, least, exclusive, &n))
        return false;
    if (least && n > m->low)
        m->low = n;
    if (!least && n < m->high)
        m->high = n;
    return true;
}

static bool bounds(matcher *m)
{
    const hg_field *f = m->field;
    unsigned has = f->constraints;
    return (!(has & HG_CELL_MINIMUM) || bound(m, &f->minimum, true, false)) &&
           (!(has & HG_CELL_MAXIMUM) || bound(m, &f->maximum, false, false)) &&
           (!(has & HG_CELL_EXCLUSIVE_MINIMUM) ||
            bound(m, &f->exclusive_minimum, true, true)) &&
           (!(has & HG_CELL_EXCLUSIVE_MAXIMUM) ||
            bound(m, &f->exclusive_maximum, false, true));
}

#define BOUNDS                                                           \
    (HG_CELL_MINIMUM | HG_CELL_MAXIMUM | HG_CELL_EXCLUSIVE_MINIMUM | \
     HG_CELL_EXCLUSIVE_MAXIMUM)

static void choose_number(matcher *m, unsigned has)
{
    const hg_field *f = m->field;
    bool plain = f->reader.group_char == '\0' && !f->reader.dressed &&
                 (has & ~(unsigned)BOUNDS) == 0;
    if (!plain || !bounds(m))
        return;
    m->natural = m->low <= 0 && m->high == INT64_MAX;
    m->lanes = true;
    if (f->reader.type == HG_INTEGER)
        m->kind = INTEGER;
    else if (f->reader.decimal_char == '.')
        m->kind = DECIMAL;
}

/* Whether a pattern is one class, of digits; then how many it takes. */
static bool is_digits(matcher *m)
{
    static const class digits_only = { .set = { UINT64_C(0x3FF) << '0', 0 } };
    const class *c = m->classes;
    if (m->n_classes != 1 || memcmp(c->set, digits_only.set, sizeof c->set) != 0)
        return false;
    m->low = c->min;
    m->high = c->max;
    return true;
}

static void choose_text(matcher *m, unsigned has)
{
    const hg_field *f = m->field;
    if (has == 0) {
        m->kind = ANY;
    } else if ((has & ~(unsigned)(HG_CELL_MIN_LENGTH | HG_CELL_MAX_LENGTH)) == 0) {
        m->kind = SIZED;
        m->low = has & HG_CELL_MIN_LENGTH && f->min_length < INT32_MAX
                     ? (int64_t)f->min_length
                     : has & HG_CELL_MIN_LENGTH ? INT64_MAX : 0;
        if (has & HG_CELL_MAX_LENGTH && f->max_length < INT32_MAX)
            m->high = (int64_t)f->max_length;
        m->lanes = m->high <= 8;
    } else if (has == HG_CELL_PATTERN) {
        const char *e =
            hg_json_get_str(hg_json_get(f->json, "constraints"), "pattern");
        if (e && read_pattern(m, e))
            m->kind = is_digits(m) ? DIGITS : CLASSED;
        m->lanes = m->kind == DIGITS && m->low <= 8;
    }
}

/* Choose how cells are looked at; what is not seen through here is judged, and
 * remembered where it is short. */
static void choose(matcher *m)
{
    const hg_field *f = m->field;
    const char *format = hg_json_get_str(f->json, "format");
    unsigned has = f->constraints & ~(unsigned)HG_CELL_REQUIRED;
    bool usual = f->n_missing == 0 || (f->n_missing == 1 && f->missing[0].n == 0);
    m->kind = REMEMBER;
    if (!usual || (format && strcmp(format, "default") != 0))
        return;
    switch (f->reader.type) {
    case HG_INTEGER:
    case HG_NUMBER: choose_number(m, has); break;
    case HG_YEAR:
        if ((has & ~(unsigned)BOUNDS) == 0 && bounds(m))
            m->kind = YEAR;
        m->lanes = m->kind == YEAR;
        break;
    case HG_DATE:
        if (has == 0)
            m->kind = DATE;
        m->lanes = m->kind == DATE;
        break;
    case HG_ANY:
    case HG_STRING: choose_text(m, has); break;
    default: break;
    }
}

hg_status hg_matchers_new(hg_matchers **out, size_t n, hg_err *err)
{
    *out = calloc(1, sizeof **out + n * sizeof(matcher));
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->n = n;
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
    m->classes = calloc(CLASSES, sizeof *m->classes);
    m->good_words = calloc(REMEMBERED, sizeof *m->good_words);
    m->good_texts = calloc(REMEMBERED, sizeof *m->good_texts);
    if (!m->classes || !m->good_words || !m->good_texts)
        return hg_fail_nomem(err);
    if (field)
        choose(m);
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

static uint64_t good_dates(hg_lanes *l, const hg_block *column)
{
    for (size_t r = 0; r < column->n; r++) {
        hg_slice cell = hg_block_cell(column, r, 0);
        l->tails[r] = cell.n == 10 ? hg_eight_load(cell.p + 2) : 0;
    }
    return hg_lanes_dates(l);
}

/* Those that are good at a look at all of them; others may be. */
static uint64_t good_at_once(hg_lanes *l, const matcher *m, const hg_block *column)
{
    const hg_range any = { 1, 8 }, four = { 4, 4 }, range = { m->low, m->high };
    lay_out(l, column);
    switch (m->kind) {
    case INTEGER:
        return m->natural ? hg_lanes_digits(l, any) : hg_lanes_numbers(l, any, range);
    case DECIMAL: return hg_lanes_decimals(l, range);
    case DATE: return good_dates(l, column);
    case YEAR: return hg_lanes_numbers(l, four, range);
    case SIZED: return hg_lanes_sized(l, range);
    case DIGITS: return hg_lanes_digits(l, range);
    case REMEMBER: return hg_lanes_known(l, m->first_words);
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

uint64_t hg_matchers_good(hg_matchers *matchers, const hg_block *rows, size_t first,
                          bool room)
{
    uint64_t all = rows->n < 64 ? ((uint64_t)1 << rows->n) - 1 : UINT64_MAX;
    uint64_t good = all, any = 0;
    bool at_once = room && rows->n >= WORTH && hg_lanes_pay();
    hg_block column = *rows;
    column.ends += first;
    for (size_t i = 0; i < matchers->n && good != 0; i++, column.ends++) {
        matcher *m = &matchers->columns[i];
        uint64_t seen = at_once && m->lanes
                            ? good_at_once(&matchers->lanes, m, &column) & all
                            : 0;
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
