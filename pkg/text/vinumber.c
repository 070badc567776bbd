/* vinumber - numbers typed as text, in the Vietnamese or the English way */
#include "text/vinumber.h"

#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of the mark of a note that text ends with, or 0: '*', ¹ ² ³, "(1)", "(a)". */
static size_t mark_at_end(hg_slice text)
{
    size_t n = text.n;
    if (n > 0 && text.p[n - 1] == '*')
        return 1;
    if (n > 1 && text.p[n - 2] == '\xC2' && strchr("\xB9\xB2\xB3", text.p[n - 1]))
        return 2;
    for (size_t len = 3; len <= 4 && len < n && text.p[n - 1] == ')'; len++)
        if (text.p[n - len] == '(')
            return len;
    return 0;
}

static void trim(hg_slice *text)
{
    while (text->n > 0 && text->p[0] == ' ')
        text->p++, text->n--;
    while (text->n > 0 && text->p[text->n - 1] == ' ')
        text->n--;
}

/* Copy text to out, every kind of space and minus as ASCII; false if it does not fit. */
static bool plain(char out[HG_VINUMBER_MAX], hg_slice text)
{
    static const struct {
        const char *from;
        char to;
    } same[] = {
        { "\xC2\xA0", ' ' },     /* U+00A0 no-break space */
        { "\xE2\x80\x89", ' ' }, /* U+2009 thin space */
        { "\xE2\x80\xAF", ' ' }, /* U+202F narrow no-break space */
        { "\xE2\x88\x92", '-' }, /* U+2212 minus sign */
    };
    size_t n = 0;
    for (size_t i = 0; i < text.n; n++) {
        size_t k = 0, len = 1;
        if (n + 2 > HG_VINUMBER_MAX)
            return false;
        out[n] = text.p[i];
        for (; k < sizeof same / sizeof *same; k++)
            if (strlen(same[k].from) <= text.n - i &&
                memcmp(text.p + i, same[k].from, strlen(same[k].from)) == 0)
                out[n] = same[k].to, len = strlen(same[k].from);
        i += len;
    }
    out[n] = '\0';
    return true;
}

/*
 * Read digits in groups of three set apart by mark or by spaces, all by the same, then
 * point and decimals. Writes the plain form to out, which has room for text.
 */
static bool reading(char *out, const char *text, char mark, char point)
{
    char between = '\0';
    size_t first = strspn(text, "0123456789");
    if (first == 0)
        return false;
    memcpy(out, text, first);
    out += first;
    text += first;
    while (*text == mark || *text == ' ') {
        if (first > 3 || (between && *text != between) ||
            strspn(text + 1, "0123456789") != 3)
            return false;
        between = *text;
        memcpy(out, text + 1, 3);
        out += 3;
        text += 4;
    }
    if (*text == point && digit(text[1])) {
        size_t n = strspn(text + 1, "0123456789");
        *out++ = '.';
        memcpy(out, text + 1, n);
        out += n;
        text += n + 1;
    }
    *out = '\0';
    return *text == '\0';
}

hg_slice hg_vinumber_part(hg_slice text, bool *percent, hg_slice *mark)
{
    size_t len;
    trim(&text);
    *percent = false;
    const char *end = text.p + text.n;
    *mark = (hg_slice){ end, 0 };
    while ((len = mark_at_end(text)) > 0 && len < text.n) {
        text.n -= len;
        *mark = (hg_slice){ text.p + text.n, (size_t)(end - text.p) - text.n };
        trim(&text);
    }
    if (text.n > 1 && text.p[text.n - 1] == '%') {
        *percent = true;
        text.n--;
        trim(&text);
    }
    return text;
}

bool hg_vinumber_read(hg_vinumber *number, hg_slice text)
{
    char buf[HG_VINUMBER_MAX], *p = buf;
    bool minus = false;
    *number = (hg_vinumber){ 0 };
    trim(&text);
    if (text.n >= HG_VINUMBER_MAX - 1 || !plain(buf, text))
        return false;
    size_t n = strlen(buf);
    if (n > 2 && buf[0] == '(' && buf[n - 1] == ')') {
        minus = true;
        buf[n - 1] = '\0';
        p++;
    } else if (buf[0] == '-') {
        minus = true;
        p += 1 + strspn(buf + 1, " ");
    }
    number->as_vi[0] = number->as_en[0] = '-';
    number->vi = reading(number->as_vi + minus, p, '.', ',');
    number->en = reading(number->as_en + minus, p, ',', '.');
    return number->vi || number->en;
}

bool hg_vinumber_ambiguous(const hg_vinumber *number)
{
    return number->vi && number->en && strcmp(number->as_vi, number->as_en) != 0;
}
