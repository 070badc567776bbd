/* numberpattern - numbers as a pattern of Unicode writes them */
#include "text/numberpattern.h"

#include <string.h>

#define PER_MILLE "\xE2\x80\xB0"

typedef struct scan {
    const char *p, *end;
} scan;

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* Take a mark, which may be NULL or empty: then it is not there. */
static bool take(scan *s, const char *mark)
{
    size_t n = mark ? strlen(mark) : 0;
    if (n == 0 || (size_t)(s->end - s->p) < n || memcmp(s->p, mark, n) != 0)
        return false;
    s->p += n;
    return true;
}

static bool on_digit(const scan *s)
{
    return s->p < s->end && is_digit(*s->p);
}

/* ---- patterns ---- */

/* Signs, each at most once; false if one stands twice. */
static bool read_affix(scan *s, hg_affix *affix)
{
    for (;;) {
        bool plus = take(s, "+"), minus = !plus && take(s, "-");
        bool percent = take(s, "%"), mille = !percent && take(s, PER_MILLE);
        if (!plus && !minus && !percent && !mille)
            return true;
        if (((plus || minus) && affix->sign) || ((percent || mille) && affix->percent))
            return false;
        affix->sign = plus ? '+' : minus ? '-' : affix->sign;
        affix->percent = percent ? 2 : mille ? 3 : affix->percent;
    }
}

/* '#' and then '0' before the decimal mark. */
static bool read_whole(scan *s, hg_numberpattern *p)
{
    size_t run = 0, marks = 0, previous = 0;
    while (s->p < s->end) {
        if (take(s, p->group)) {
            if (run == 0)
                return false;
            previous = marks++ > 0 ? run : 0;
            run = 0;
        } else if (*s->p == '0' || (*s->p == '#' && p->min_whole == 0)) {
            p->min_whole += *s->p++ == '0';
            run++;
        } else {
            break;
        }
    }
    if (marks > 0 && run == 0)
        return false;
    p->primary = marks > 0 ? run : 0;
    p->secondary = previous > 0 ? previous : run;
    return true;
}

/* '0' and then '#' behind the decimal mark. */
static bool read_part(scan *s, hg_numberpattern *p)
{
    size_t run = 0, marks = 0;
    while (s->p < s->end) {
        if (take(s, p->group)) {
            if (run == 0)
                return false;
            p->part_group = marks++ == 0 ? run : p->part_group;
            run = 0;
        } else if (*s->p == '#' || (*s->p == '0' && p->min_part == p->max_part)) {
            p->min_part += *s->p++ == '0';
            p->max_part++;
            run++;
        } else {
            break;
        }
    }
    return run > 0;
}

static bool read_exponent(scan *s, hg_numberpattern *p)
{
    p->exponent = true;
    p->exponent_sign = take(s, "+");
    while (take(s, "#"))
        ;
    while (take(s, "0"))
        p->min_exponent++;
    return p->min_exponent > 0;
}

bool hg_numberpattern_init(hg_numberpattern *p, const char *text, const char *decimal,
                           const char *group)
{
    scan s = { text, text + strlen(text) };
    *p = (hg_numberpattern){ .decimal = decimal ? decimal : ".", .group = group };
    if (!group && strcmp(p->decimal, ",") != 0)
        p->group = ",";
    if (!read_affix(&s, &p->before))
        return false;
    const char *digits = s.p;
    if (!read_whole(&s, p) || (take(&s, p->decimal) && !read_part(&s, p)) ||
        s.p == digits)
        return false;
    if (take(&s, "E") && !read_exponent(&s, p))
        return false;
    return read_affix(&s, &p->behind) && s.p == s.end && !p->behind.sign &&
           !(p->before.percent && p->behind.percent);
}

void hg_numberpattern_free_form(hg_numberpattern *p, const char *decimal,
                                const char *group)
{
    *p = (hg_numberpattern){ .decimal = decimal ? decimal : ".",
                             .group = group,
                             .free = true };
}

/* ---- numbers ---- */

typedef struct number {
    char sign;
    char percent;
    scan whole, part, exponent; /* with their marks */
    char exponent_sign;
    hg_number_form form;
} number;

static char take_sign(scan *s)
{
    return take(s, "+") ? '+' : take(s, "-") ? '-' : '\0';
}

static char take_percent(scan *s)
{
    return take(s, "%") ? 2 : take(s, PER_MILLE) ? 3 : 0;
}

/* The affix as the pattern has it, in any order of its signs. */
static bool take_affix(scan *s, const hg_affix *affix, number *n)
{
    for (int i = 0; i < 2; i++) {
        if (affix->sign && s->p < s->end && *s->p == affix->sign) {
            n->sign = affix->sign;
            s->p++;
        }
        if (affix->percent && !n->percent)
            n->percent = take_percent(s);
    }
    return (!affix->sign || n->sign == affix->sign) &&
           (!affix->percent || n->percent == affix->percent);
}

static size_t count_digits(scan s)
{
    size_t n = 0;
    for (; s.p < s.end; s.p++)
        n += is_digit(*s.p);
    return n;
}

/* Digits with group marks between them. */
static scan take_digits(scan *s, const char *group)
{
    scan taken = { s->p, s->p };
    while (on_digit(s)) {
        taken.end = ++s->p;
        scan ahead = *s;
        if (take(&ahead, group) && on_digit(&ahead))
            *s = ahead;
    }
    return taken;
}

/* Do marks stand just where they must? Of the whole, groups are counted from its end. */
static bool grouped(const hg_numberpattern *p, scan s, bool whole)
{
    size_t n = count_digits(s), at = 0;
    while (s.p < s.end) {
        s.p++;
        size_t left = n - ++at;
        bool due =
            whole ? p->primary > 0 && left > 0 &&
                        (left == p->primary ||
                         (left > p->primary && (left - p->primary) % p->secondary == 0))
                  : p->part_group > 0 && left > 0 && at % p->part_group == 0;
        if (take(&s, p->group) != due)
            return false;
    }
    return true;
}

static bool take_exponent(scan *s, number *n)
{
    if (!take(s, "E") && !take(s, "e"))
        return false;
    n->form.exponent = true;
    n->exponent_sign = take_sign(s);
    n->exponent = take_digits(s, NULL);
    return true;
}

/* Take all of a number but affixes. False: there are not the digits that a number has. */
static bool take_number(const hg_numberpattern *p, scan *s, number *n)
{
    if (!n->sign)
        n->sign = take_sign(s);
    n->whole = take_digits(s, p->group);
    n->form.part = take(s, p->decimal);
    if (n->form.part)
        n->part = take_digits(s, p->free ? NULL : p->group);
    bool exponent = take_exponent(s, n);
    return (n->whole.p < n->whole.end || n->part.p < n->part.end) &&
           (!n->form.part || n->part.p < n->part.end) &&
           (!exponent || n->exponent.p < n->exponent.end);
}

static bool fits(const hg_numberpattern *p, const number *n)
{
    size_t part = count_digits(n->part), exponent = count_digits(n->exponent);
    return count_digits(n->whole) >= p->min_whole && part >= p->min_part &&
           part <= p->max_part && n->form.exponent == p->exponent &&
           exponent >= p->min_exponent &&
           (!p->exponent_sign || n->exponent_sign != '\0') &&
           grouped(p, n->whole, true) && grouped(p, n->part, false);
}

static void put_digits(hg_buf *out, scan s)
{
    for (; s.p < s.end; s.p++)
        if (is_digit(*s.p))
            hg_buf_putc(out, *s.p);
}

/* The exponent less the powers that a percent sign divides by. False if it is beyond
 * reason. */
static bool put_exponent(hg_buf *out, const number *n)
{
    long e = 0;
    if (!n->form.exponent && !n->percent)
        return true;
    for (scan s = n->exponent; s.p < s.end; s.p++) {
        e = e * 10 + (*s.p - '0');
        if (e > 99999999)
            return false;
    }
    hg_buf_printf(out, "e%ld", (n->exponent_sign == '-' ? -e : e) - n->percent);
    return true;
}

bool hg_numberpattern_read(const hg_numberpattern *p, hg_slice text, hg_buf *plain,
                           hg_number_form *form)
{
    scan s = { text.p, text.p + text.n };
    number n = { 0 };
    size_t before = plain->len;
    if (!take_affix(&s, &p->before, &n) || !take_number(p, &s, &n))
        return false;
    if (p->free)
        n.percent = take_percent(&s);
    else if (!take_affix(&s, &p->behind, &n) || !fits(p, &n))
        return false;
    if (s.p != s.end)
        return false;
    if (n.sign == '-')
        hg_buf_putc(plain, '-');
    put_digits(plain, n.whole);
    if (n.whole.p == n.whole.end)
        hg_buf_putc(plain, '0');
    if (n.form.part) {
        hg_buf_putc(plain, '.');
        put_digits(plain, n.part);
    }
    *form = n.form;
    if (put_exponent(plain, &n))
        return true;
    plain->len = before;
    return false;
}
