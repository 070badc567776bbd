/* outline - the numbering of rows, and how deep each stands */
#include "recipe/outline.h"

#include <string.h>

/* Kinds of marks; ARABIC + n has n dots. */
enum { DASH = 1, PLUS, UPPER, LOWER, ROMAN, SMALL_ROMAN, ARABIC };

/* The order in which official papers take the letters (Nghị định 30/2020: a, b, c, d, đ). */
static const char letters[] = "abcdeghiklmnopqrstuvxy";

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static hg_slice trim(hg_slice s)
{
    while (s.n > 0 && space(s.p[0]))
        s.p++, s.n--;
    while (s.n > 0 && space(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* Bytes of a mark at the start, without what follows it. */
static size_t mark_length(hg_slice s)
{
    size_t n = 0;
    while (n < s.n && ((s.p[n] >= '0' && s.p[n] <= '9') || (s.p[n] == '.' && n > 0)))
        n++;
    if (n > 0)
        return s.p[n - 1] == '.' ? n - 1 : n;
    while (n < s.n && s.p[n] != '\0' && strchr("IVXLC", s.p[n]))
        n++;
    if (n == 0)
        while (n < s.n && s.p[n] != '\0' && strchr("ivx", s.p[n]))
            n++;
    if (n > 0)
        return n;
    return s.n > 0 && s.p[0] != '\0' && strchr("ABCDEGHKabcdeghk", s.p[0]) ? 1 : 0;
}

hg_slice hg_outline_part(hg_slice label, hg_slice *mark)
{
    hg_slice s = trim(label);
    size_t n = mark_length(s);
    *mark = (hg_slice){ s.p, 0 };
    if (n > 0 && n < HG_OUTLINE_MARK && n + 1 < s.n &&
        (s.p[n] == '.' || s.p[n] == ')') && space(s.p[n + 1])) {
        mark->n = n;
        return trim((hg_slice){ s.p + n + 1, s.n - n - 1 });
    }
    if (s.n > 2 && (s.p[0] == '-' || s.p[0] == '+') && space(s.p[1])) {
        mark->n = 1;
        return trim((hg_slice){ s.p + 1, s.n - 1 });
    }
    return label;
}

hg_slice hg_outline_mark(hg_slice text)
{
    hg_slice s = trim(text);
    size_t n = mark_length(s);
    bool whole = n == s.n || (n + 1 == s.n && (s.p[n] == '.' || s.p[n] == ')'));
    if (s.n == 1 && (s.p[0] == '-' || s.p[0] == '+'))
        return s;
    return (hg_slice){ s.p, whole && n < HG_OUTLINE_MARK ? n : 0 };
}

/* The value of Roman digits, which may be any: "IIII" is 4. */
static unsigned roman(hg_slice s)
{
    static const char digits[] = "ivxlc";
    static const unsigned values[] = { 1, 5, 10, 50, 100 };
    unsigned total = 0, before = 0;
    for (size_t i = s.n; i > 0; i--) {
        const char *at = strchr(digits, s.p[i - 1] | 0x20);
        unsigned value = at && *at ? values[at - digits] : 0;
        total = value < before ? total - value : total + value;
        before = value > before ? value : before;
    }
    return total;
}

/* The readings of a mark: one kind, or a letter and a Roman digit; returns how many. */
static unsigned readings(hg_slice m, unsigned kinds[2], unsigned values[2])
{
    unsigned n = 0;
    if (m.p[0] == '-' || m.p[0] == '+') {
        kinds[0] = m.p[0] == '-' ? DASH : PLUS;
        values[0] = 0;
        return 1;
    }
    if (m.p[0] >= '0' && m.p[0] <= '9') {
        kinds[0] = ARABIC;
        values[0] = 0;
        for (size_t i = 0; i < m.n; i++) {
            if (m.p[i] == '.')
                kinds[0]++;
            values[0] = m.p[i] == '.' ? 0 : (values[0] * 10 + (unsigned)(m.p[i] - '0')) % 100000;
        }
        return 1;
    }
    bool small = m.p[0] >= 'a';
    if (strchr("ivxlc", m.p[0] | 0x20)) {
        kinds[n] = small ? SMALL_ROMAN : ROMAN;
        values[n++] = roman(m);
    }
    if (m.n == 1 && strchr(letters, m.p[0] | 0x20)) {
        kinds[n] = small ? LOWER : UPPER;
        values[n++] = (unsigned)(strchr(letters, m.p[0] | 0x20) - letters) + 1;
    }
    return n;
}

/* How well a reading goes with an open level: 3 it follows the last mark, 2 it comes
 * later, 1 it starts again, 0 another kind. */
static unsigned fit(unsigned kind, unsigned value, unsigned open_kind, unsigned last)
{
    if (kind != open_kind)
        return 0;
    if (kind == DASH || kind == PLUS || value == last + 1)
        return 3;
    return value > last ? 2 : 1;
}

unsigned hg_outline_level(hg_outline *o, hg_slice mark)
{
    unsigned kinds[2] = { 0 }, values[2] = { 0 }, best = 0, reading = 0, level = o->depth;
    unsigned n = readings(mark, kinds, values);
    for (unsigned k = 0; k < n; k++)
        for (unsigned i = 0; i < o->depth; i++) {
            unsigned f = fit(kinds[k], values[k], o->levels[i].kind, o->levels[i].value);
            if (f > 0 && f >= best) {
                best = f;
                reading = k;
                level = i;
            }
        }
    if (best < 3 && n == 2 && values[0] == 1 && kinds[reading] != kinds[0]) {
        reading = 0; /* "I" starts Roman digits, whatever letters are open */
        level = o->depth;
    }
    if (best == 0)
        for (unsigned k = 0; k < n; k++)
            reading = values[k] == 1 && values[reading] != 1 ? k : reading;
    if (level == HG_OUTLINE_DEPTH)
        level--;
    o->depth = level + 1;
    o->levels[level].kind = kinds[reading];
    o->levels[level].value = values[reading];
    size_t len = mark.n < HG_OUTLINE_MARK ? mark.n : HG_OUTLINE_MARK - 1;
    memcpy(o->levels[level].mark, mark.p, len);
    o->levels[level].mark[len] = '\0';
    return level + 1;
}

void hg_outline_path(const hg_outline *o, hg_buf *out)
{
    for (unsigned i = 0; i < o->depth; i++) {
        const char *mark = o->levels[i].mark;
        if (i > 0) {
            size_t n = strlen(o->levels[i - 1].mark);
            if (strncmp(mark, o->levels[i - 1].mark, n) == 0 && mark[n] == '.')
                mark += n + 1;
            hg_buf_putc(out, '.');
        }
        hg_buf_puts(out, mark);
    }
}
