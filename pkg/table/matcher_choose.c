/* matcher_choose - what a quick look at the cells of a field takes */
#include "table/matcher_parts.h"

#include <stdlib.h>
#include <string.h>

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
    for (; e < end && m->n_classes < HG_MATCHER_CLASSES; m->n_classes++) {
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

void hg_matcher_choose(matcher *m)
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
