/* matcher - the quick look at a cell */
#include "table/matcher.h"

#include <stdlib.h>
#include <string.h>

enum {
    REMEMBERED = 256, /* texts; a power of two */
    CLASSES = 16      /* of a pattern */
};

/* A text of at most 16 bytes as three numbers. */
typedef struct print {
    uint64_t a, b, n;
} print;

/* Between min and max bytes of a set, all ASCII. */
typedef struct class {
    uint64_t set[2];
    uint32_t min, max;
} class;

struct hg_matcher {
    bool (*good)(hg_matcher *m, const char *p, size_t n); /* of a cell that is not empty */
    bool empty;        /* an empty cell is good */
    bool valued;
    int64_t low, high; /* of a number; of a text's characters */
    class *classes;
    size_t n_classes;
    print *good_texts; /* REMEMBERED of them; n + 1, so that 0 is none */
    const hg_field *field;
};

/* ---- texts that were good before ---- */

static uint64_t load(const char *p, size_t n)
{
    uint64_t w = 0;
    memcpy(&w, p, n);
    return w;
}

static print print_of(const char *p, size_t n)
{
    if (n >= 8)
        return (print){ load(p, 8), load(p + n - 8, 8), n + 1 };
    if (n >= 4)
        return (print){ load(p, 4), load(p + n - 4, 4), n + 1 };
    uint64_t few = 0;
    for (size_t i = 0; i < n; i++)
        few = few << 8 | (unsigned char)p[i];
    return (print){ few, 0, n + 1 };
}

static print *place_of(const hg_matcher *m, print t)
{
    uint64_t h = (t.a ^ (t.b << 1 | t.b >> 63) ^ t.n) * UINT64_C(0x9E3779B97F4A7C15);
    return &m->good_texts[h >> 56 & (REMEMBERED - 1)];
}

static bool judged(const hg_matcher *m, const char *p, size_t n)
{
    hg_value value;
    unsigned verdict = hg_field_check(m->field, (hg_slice){ p, n }, &value);
    return verdict == 0 || (verdict == HG_CELL_NULL && !m->valued);
}

static bool remembered(hg_matcher *m, const char *p, size_t n)
{
    if (n > 16)
        return judged(m, p, n);
    print t = print_of(p, n), *known = place_of(m, t);
    if (known->n == t.n && known->a == t.a && known->b == t.b)
        return true;
    if (!judged(m, p, n))
        return false;
    *known = t;
    return true;
}

/* ---- numbers ---- */

#define EACH(byte) ((uint64_t)(byte) * UINT64_C(0x0101010101010101))

/* Eight digits, the first one lowest in w, which has taken '0' off each, as a number. */
static uint64_t eight_digits(uint64_t w)
{
    w = w * 10 + (w >> 8);
    return ((w & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
            (w >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >>
           32;
}

/* Take digits from p on, up to end and 18 of them; the first that is none. */
static const char *digits(const char *p, const char *end, int64_t *value)
{
    uint64_t v = 0;
    const char *last = end - p > 18 ? p + 18 : end;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (last - p >= 8) {
        uint64_t w = load(p, 8) ^ EACH('0');
        if ((((w + EACH(0x76)) | w) & EACH(0x80)) == 0) {
            v = eight_digits(w);
            p += 8;
        }
    }
#endif
    for (; p < last && (unsigned char)(*p - '0') < 10; p++)
        v = v * 10 + (uint64_t)(*p - '0');
    *value = (int64_t)v;
    return p;
}

static bool integer(hg_matcher *m, const char *p, size_t n)
{
    const char *end = p + n;
    bool minus = *p == '-';
    p += minus;
    int64_t value;
    const char *q = digits(p, end, &value);
    value = minus ? -value : value;
    return q == end && q > p && value >= m->low && value <= m->high;
}

/* Bounds are whole numbers here: the value is between its whole part and the next. */
static bool decimal(hg_matcher *m, const char *p, size_t n)
{
    const char *end = p + n;
    bool minus = *p == '-';
    p += minus;
    int64_t value, part;
    const char *q = digits(p, end, &value);
    if (q == p)
        return false;
    if (q < end && *q == '.') {
        p = q + 1;
        q = digits(p, end, &part);
        value += part != 0;
        if (q == p || (part != 0 && !minus && value - 1 < m->low) ||
            (part != 0 && minus && 1 - value > m->high))
            return false;
    }
    value = minus ? -value : value;
    return q == end && value >= m->low && value <= m->high;
}

/* ---- dates ---- */

static bool date(hg_matcher *m, const char *p, size_t n)
{
    (void)m;
    static const char days[13] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    static const char zero[8] = { '0', '0', '0', '0', '-', '0', '0', '-' };
    static const char most[8] = { 0x76, 0x76, 0x76, 0x76, 0x7F, 0x76, 0x76, 0x7F };
    if (n != 10)
        return false;
    uint64_t w = load(p, 8) ^ load(zero, 8);
    if ((((w + load(most, 8)) | w) & EACH(0x80)) != 0)
        return false;
    unsigned month = (unsigned)((p[5] - '0') * 10 + p[6] - '0');
    unsigned tens = (unsigned char)(p[8] - '0'), ones = (unsigned char)(p[9] - '0');
    unsigned day = tens * 10 + ones;
    /* the 29th of February is left to others */
    return tens < 4 && ones < 10 && month - 1 < 12 && day - 1 < (unsigned)days[month];
}

static bool year(hg_matcher *m, const char *p, size_t n)
{
    int64_t value;
    return n == 4 && digits(p, p + n, &value) == p + n && value >= m->low &&
           value <= m->high;
}

/* ---- texts ---- */

static bool text(hg_matcher *m, const char *p, size_t n)
{
    (void)m;
    (void)p;
    (void)n;
    return true;
}

static bool sized(hg_matcher *m, const char *p, size_t n)
{
    int64_t bytes = (int64_t)n, chars = 0;
    if (bytes < m->low)
        return false;
    if (bytes <= m->high && (bytes + 3) / 4 >= m->low)
        return true;
    for (size_t i = 0; i < n; i++)
        chars += ((unsigned char)p[i] & 0xC0) != 0x80;
    return chars >= m->low && chars <= m->high;
}

static bool in_class(const class *c, char byte)
{
    unsigned char b = (unsigned char)byte;
    return b < 128 && (c->set[b >> 6] >> (b & 63) & 1);
}

/* Each class takes all it can: where that fits, the pattern does. */
static bool classes(hg_matcher *m, const char *p, size_t n)
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
static bool read_pattern(hg_matcher *m, const char *e)
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

static bool bound(hg_matcher *m, const hg_value *value, bool least, bool exclusive)
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

static bool bounds(hg_matcher *m)
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

static void choose_number(hg_matcher *m, unsigned has)
{
    const hg_field *f = m->field;
    bool plain = f->reader.group_char == '\0' && !f->reader.dressed &&
                 (has & ~(unsigned)BOUNDS) == 0;
    if (!plain || !bounds(m))
        return;
    if (f->reader.type == HG_INTEGER)
        m->good = integer;
    else if (f->reader.decimal_char == '.')
        m->good = decimal;
}

static void choose_text(hg_matcher *m, unsigned has)
{
    const hg_field *f = m->field;
    if (has == 0) {
        m->good = text;
    } else if ((has & ~(unsigned)(HG_CELL_MIN_LENGTH | HG_CELL_MAX_LENGTH)) == 0) {
        m->good = sized;
        m->low = has & HG_CELL_MIN_LENGTH && f->min_length < INT32_MAX
                     ? (int64_t)f->min_length
                     : has & HG_CELL_MIN_LENGTH ? INT64_MAX : 0;
        if (has & HG_CELL_MAX_LENGTH && f->max_length < INT32_MAX)
            m->high = (int64_t)f->max_length;
    } else if (has == HG_CELL_PATTERN) {
        const char *e =
            hg_json_get_str(hg_json_get(f->json, "constraints"), "pattern");
        if (e && read_pattern(m, e))
            m->good = classes;
    }
}

/* Choose how cells are looked at; what is not seen through here is judged, and
 * remembered where it is short. */
static void choose(hg_matcher *m)
{
    const hg_field *f = m->field;
    const char *format = hg_json_get_str(f->json, "format");
    unsigned has = f->constraints & ~(unsigned)HG_CELL_REQUIRED;
    bool usual = f->n_missing == 0 || (f->n_missing == 1 && f->missing[0].n == 0);
    m->good = remembered;
    m->empty = f->n_missing == 1 && f->missing[0].n == 0 && !m->valued &&
               !(f->constraints & HG_CELL_REQUIRED);
    if (!usual || (format && strcmp(format, "default") != 0))
        return;
    switch (f->reader.type) {
    case HG_INTEGER:
    case HG_NUMBER: choose_number(m, has); break;
    case HG_YEAR:
        if ((has & ~(unsigned)BOUNDS) == 0 && bounds(m))
            m->good = year;
        break;
    case HG_DATE:
        if (has == 0)
            m->good = date;
        break;
    case HG_ANY:
    case HG_STRING: choose_text(m, has); break;
    default: break;
    }
}

hg_status hg_matcher_new(hg_matcher **out, const hg_field *field, bool valued, hg_err *err)
{
    hg_matcher *m = *out = calloc(1, sizeof *m);
    if (!m)
        return hg_fail_nomem(err);
    m->field = field;
    m->valued = valued;
    m->low = INT64_MIN;
    m->high = INT64_MAX;
    m->classes = calloc(CLASSES, sizeof *m->classes);
    m->good_texts = calloc(REMEMBERED, sizeof *m->good_texts);
    if (!m->classes || !m->good_texts) {
        hg_matcher_free(m);
        *out = NULL;
        return hg_fail_nomem(err);
    }
    choose(m);
    return HG_OK;
}

bool hg_matcher_good(hg_matcher *m, hg_slice cell)
{
    return cell.n > 0 ? m->good(m, cell.p, cell.n) : m->empty || judged(m, cell.p, 0);
}

void hg_matcher_free(hg_matcher *m)
{
    if (!m)
        return;
    free(m->classes);
    free(m->good_texts);
    free(m);
}
