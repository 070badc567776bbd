/* figure - figures as decimal texts, rounded and scaled digit by digit */
#include "text/figure.h"

#include <string.h>

/* A figure as its digits, with a zero before them, and where the point stands. */
typedef struct figure {
    bool minus;
    char digits[HG_FIGURE_TEXT];
    size_t n, whole; /* digits, and those of them before the point */
} figure;

static bool take(figure *f, hg_slice text)
{
    size_t i = text.n > 0 && text.p[0] == '-';
    bool point = false;
    f->minus = i == 1;
    f->digits[0] = '0'; /* for what rounding carries over */
    f->n = f->whole = 1;
    if (text.n - i == 0 || text.n + 4 > HG_FIGURE_TEXT)
        return false;
    for (; i < text.n; i++) {
        if (text.p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        f->digits[f->n++] = text.p[i];
        f->whole += !point;
    }
    return f->whole > 1;
}

static void give(char *out, const figure *f)
{
    size_t from = 0, n = 0;
    bool zero = true;
    while (from + 1 < f->whole && f->digits[from] == '0')
        from++;
    for (size_t i = from; i < f->n; i++)
        zero = zero && f->digits[i] == '0';
    if (f->minus && !zero)
        out[n++] = '-';
    for (size_t i = from; i < f->n; i++) {
        if (i == f->whole)
            out[n++] = '.';
        out[n++] = f->digits[i];
    }
    out[n] = '\0';
}

bool hg_figure_round(char out[HG_FIGURE_TEXT], hg_slice text, unsigned places)
{
    figure f;
    if (!take(&f, text))
        return false;
    size_t keep = f.whole + places;
    if (keep < f.n) {
        bool up = f.digits[keep] >= '5';
        f.n = keep;
        for (size_t i = keep; up && i-- > 0;) {
            up = f.digits[i] == '9';
            f.digits[i] = up ? '0' : (char)(f.digits[i] + 1);
        }
    }
    give(out, &f);
    return true;
}

bool hg_figure_shift(char out[HG_FIGURE_TEXT], hg_slice text, unsigned power)
{
    figure f;
    if (!take(&f, text) || f.n + power + 2 > HG_FIGURE_TEXT)
        return false;
    while (f.n < f.whole + power)
        f.digits[f.n++] = '0';
    f.whole += power;
    give(out, &f);
    return true;
}

int hg_figure_places(const char *format)
{
    int places = -1, percent = 0;
    bool point = false;
    for (const char *p = format; p && *p && *p != ';'; p++) {
        if (*p == '"' || *p == '[') {
            p = strchr(p + 1, *p == '"' ? '"' : ']');
            if (!p)
                return -1;
        } else if (*p == '\\' || *p == '_' || *p == '*') {
            if (*++p == '\0')
                break;
        } else if (*p == '0' || *p == '#' || *p == '?') {
            places = places < 0 ? 0 : places;
            places += point;
        } else if (*p == '.') {
            point = true;
        } else if (*p == '%') {
            percent += 2;
        } else if (strchr("Ee/", *p)) {
            return -1;
        }
    }
    return places < 0 || (format && strncmp(format, "General", 7) == 0) ? -1
                                                                       : places + percent;
}
