/* times - how wide a text runs in Times New Roman */
#include "text/times.h"
#include "text/utf8.h"

#include <string.h>

/* Advance widths of U+0020..U+007E in 1/1000 of the size, from the metrics that Times New
 * Roman shares with the fonts made to stand in for it (Times, Liberation Serif). */
static const unsigned short advance[2][95] = {
    { 250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
      500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
      921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
      556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
      333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
      500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541 },
    { 250, 333, 555, 500, 500, 1000, 833, 278,  333, 333, 500, 570, 250, 333, 250, 278,
      500, 500, 500, 500, 500, 500,  500, 500,  500, 500, 333, 333, 570, 570, 570, 500,
      930, 722, 667, 722, 722, 667,  611, 778,  778, 389, 500, 778, 667, 944, 722, 778,
      611, 778, 722, 556, 667, 722,  722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
      333, 500, 556, 444, 556, 444,  333, 500,  556, 278, 333, 556, 278, 833, 556, 500,
      556, 556, 444, 389, 333, 556,  500, 722,  500, 500, 444, 394, 220, 394, 520 },
};

/* The plain letter under the marks of a Vietnamese or Latin-1 letter: as wide as it. */
static int32_t plain(int32_t cp)
{
    static const char latin1[] =
        "AAAAAAWCEEEEIIIIDNOOOOOxOUUUUYPsaaaaaamceeeeiiiidnooooo+ouuuuypy";
    static const char vietnamese[] = "AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIi"
                                     "OoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy";
    if (cp >= 0xC0 && cp <= 0xFF)
        return latin1[cp - 0xC0];
    if (cp >= 0x1EA0 && cp <= 0x1EF9)
        return vietnamese[cp - 0x1EA0];
    switch (cp) {
    case 0x102: return 'A';
    case 0x103: return 'a';
    case 0x110: return 'D';
    case 0x111: return 'd';
    case 0x128: return 'I';
    case 0x129: return 'i';
    case 0x168:
    case 0x1AF: return 'U';
    case 0x169:
    case 0x1B0: return 'u';
    case 0x1A0: return 'O';
    case 0x1A1: return 'o';
    case 0xA0: return ' ';
    default: return cp;
    }
}

static unsigned glyph(int32_t cp, bool bold)
{
    cp = plain(cp);
    if (cp >= 0x20 && cp <= 0x7E)
        return advance[bold][cp - 0x20];
    if (cp >= 0x300 && cp <= 0x36F) /* a combining mark */
        return 0;
    return cp == 0x2013 ? 500 : 1000; /* en dash; others are at most an em wide */
}

/* 1/1000 sizes from p to the next byte of stop or the end; *n are the bytes passed. */
static unsigned long run(hg_slice text, const char *stop, bool bold, size_t *n)
{
    unsigned long width = 0;
    for (*n = 0; *n < text.n && !strchr(stop, text.p[*n]);) {
        int32_t cp;
        *n += hg_utf8_next(text.p + *n, text.n - *n, &cp);
        width += glyph(cp, bold);
    }
    return width;
}

static double widest(hg_slice text, const char *stop, double size, bool bold)
{
    unsigned long most = 0;
    for (size_t at = 0; at < text.n;) {
        size_t n;
        unsigned long width = run((hg_slice){ text.p + at, text.n - at }, stop, bold, &n);
        most = width > most ? width : most;
        at += n + 1;
    }
    return (double)most * size / 1000;
}

double hg_times_width(hg_slice text, double size, bool bold)
{
    return widest(text, "\n", size, bold);
}

double hg_times_word(hg_slice text, double size, bool bold)
{
    return widest(text, " \n", size, bold);
}

unsigned hg_times_lines(hg_slice text, double size, bool bold, double width)
{
    unsigned lines = 1;
    double used = 0, space = advance[bold][0] * size / 1000;
    for (size_t at = 0; at < text.n;) {
        size_t n;
        double word =
            (double)run((hg_slice){ text.p + at, text.n - at }, " \n", bold, &n) * size /
            1000;
        if (used > 0 && used + space + word > width) {
            lines++;
            used = 0;
        }
        used += (used > 0 ? space : 0) + word;
        at += n;
        if (at < text.n && text.p[at++] == '\n') {
            lines++;
            used = 0;
        }
    }
    return lines;
}

/* Append text with '\n' for each space at which a line of that width ends. */
static void fill(hg_buf *out, hg_slice text, double size, bool bold, double width)
{
    double used = 0, space = advance[bold][0] * size / 1000;
    for (size_t at = 0; at < text.n;) {
        size_t n;
        hg_slice rest = { text.p + at, text.n - at };
        double word = (double)run(rest, " ", bold, &n) * size / 1000;
        bool first = at == 0, over = used + space + word > width;
        if (!first)
            hg_buf_putc(out, over ? '\n' : ' ');
        hg_buf_put(out, rest.p, n);
        used = first || over ? word : used + space + word;
        at += n + 1;
    }
}

void hg_times_balance(hg_buf *out, hg_slice text, double size, bool bold, double width)
{
    unsigned lines = hg_times_lines(text, size, bold, width);
    double low = hg_times_word(text, size, bold), high = width;
    while (high - low > 1) { /* the narrowest column that needs no more lines */
        double middle = (low + high) / 2;
        if (hg_times_lines(text, size, bold, middle) > lines)
            low = middle;
        else
            high = middle;
    }
    fill(out, text, size, bold, high);
}
