/* ruler - the row that numbers a table's columns */
#include "recipe/ruler.h"

#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

int hg_ruler_number(hg_slice s)
{
    size_t i = 0;
    int n = 0;
    while (i < s.n && (s.p[i] == '(' || s.p[i] == ' '))
        i++;
    size_t digits = i;
    for (; i < s.n && digit(s.p[i]) && n < 1000; i++)
        n = n * 10 + (s.p[i] - '0');
    if (i == digits)
        return -1;
    while (i < s.n && s.p[i] != '\0' && strchr("0123456789=+-*/:x() ", s.p[i]))
        i++;
    return i == s.n ? n : -1;
}

bool hg_ruler_is(const hg_cell *cells, size_t n)
{
    int last = -1;
    unsigned numbers = 0;
    for (size_t i = 0; i < n; i++) {
        hg_slice s = cells[i].text;
        if (numbers == 0 && s.n == 1 && s.p[0] >= 'A' && s.p[0] <= 'Z')
            continue;
        int number = hg_ruler_number(s);
        if (number < 0 || (numbers == 0 ? number > 1 : number != last + 1))
            return false;
        last = number;
        numbers++;
    }
    return numbers > 1 || (numbers == 1 && n > 1);
}

uint32_t hg_ruler_first(const hg_cell *cells, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (hg_ruler_number(cells[i].text) >= 0)
            return hg_ruler_number(cells[i - 1].text) < 0 ? cells[i].col : 0;
    return 0;
}

/* The digits that text has from *at on, past spaces; *at is then behind them. */
static hg_slice name(hg_slice s, size_t *at)
{
    while (*at < s.n && s.p[*at] == ' ')
        ++*at;
    size_t from = *at;
    while (*at < s.n && digit(s.p[*at]))
        ++*at;
    hg_slice found = { s.p + from, *at - from };
    while (*at < s.n && s.p[*at] == ' ')
        ++*at;
    return found;
}

size_t hg_ruler_sum(hg_slice s, hg_slice *total, hg_ruler_part parts[HG_RULER_PARTS])
{
    size_t n = 0, at = 0;
    const char *open = memchr(s.p, '(', s.n);
    if (open) /* "Tổng thu (02=03+04)" */
        s = (hg_slice){ open + 1, s.n - (size_t)(open + 1 - s.p) };
    const char *close = memchr(s.p, ')', s.n);
    if (close)
        s.n = (size_t)(close - s.p);
    *total = name(s, &at);
    if (total->n == 0 || at == s.n || s.p[at] != '=')
        return 0;
    for (bool minus = false; at++ < s.n && n < HG_RULER_PARTS; minus = at < s.n && s.p[at] == '-') {
        parts[n] = (hg_ruler_part){ name(s, &at), minus };
        if (parts[n].name.n == 0 || (at < s.n && s.p[at] != '+' && s.p[at] != '-'))
            return 0;
        n++;
    }
    return at > s.n && n > 1 ? n : 0;
}
