/* utf8 - Unicode text: validity, NFC, case, width */
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { FEW = 512 }; /* characters that a text may have before memory is taken for it */

size_t hg_utf8_mark(const char *text, size_t n)
{
    return n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

hg_slice hg_utf8_start(hg_slice text)
{
    size_t i = hg_utf8_mark(text.p, text.n);
    while (i < text.n && memchr(" \t\r\n", text.p[i], 4))
        i++;
    return (hg_slice){ text.p + i, text.n - i };
}

size_t hg_utf8_next(const char *text, size_t n, int32_t *cp)
{
    utf8proc_ssize_t len =
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)n, cp);
    if (len > 0)
        return (size_t)len;
    *cp = 0xFFFD;
    return 1;
}

/* Every byte but 10xxxxxx starts one; eight bytes at a time. */
size_t hg_utf8_characters(hg_slice text)
{
    static const uint64_t each = 0x0101010101010101;
    size_t n = text.n, i = 0;
    for (uint64_t eight; i + 8 <= text.n; i += 8) {
        memcpy(&eight, text.p + i, sizeof eight);
        n -= ((eight >> 7 & ~eight >> 6 & each) * each) >> 56;
    }
    for (; i < text.n; i++)
        n -= ((unsigned char)text.p[i] & 0xC0) == 0x80;
    return n;
}

void hg_utf8_put(hg_buf *out, int32_t cp)
{
    utf8proc_uint8_t bytes[4];
    hg_buf_put(out, bytes, (size_t)utf8proc_encode_char(cp, bytes));
}

/* The characters of text under options of utf8proc: in few or, when they are many, in
 * memory of their own; NULL where there is none of it, which out then tells. */
static int32_t *normal(hg_buf *out, int32_t few[FEW + 1], const char *text, size_t n,
                       int options, size_t *len)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_option_t how = (utf8proc_option_t)(options | UTF8PROC_STABLE);
    utf8proc_ssize_t size = (utf8proc_ssize_t)n;
    utf8proc_ssize_t need = utf8proc_decompose(bytes, size, few, FEW, how);
    int32_t *chars = few;
    if (need > FEW) {
        chars = malloc((size_t)need * sizeof *chars);
        need = chars ? utf8proc_decompose(bytes, size, chars, need, how) : 0;
    }
    if (need > 0)
        need = utf8proc_normalize_utf32(chars, need, how);
    if (!chars && out->status == HG_OK)
        out->status = HG_ENOMEM;
    *len = need > 0 ? (size_t)need : 0;
    return chars;
}

void hg_utf8_nfc(hg_buf *out, const char *text, size_t n)
{
    int32_t few[FEW + 1];
    size_t len;
    if (hg_utf8_surely_nfc(text, n)) {
        hg_buf_put(out, text, n);
        return;
    }
    int32_t *chars = normal(out, few, text, n, UTF8PROC_COMPOSE, &len);
    for (size_t i = 0; i < len; i++)
        hg_utf8_put(out, chars[i]);
    if (chars != few)
        free(chars);
}

/*
 * Move the tone of oa, oe and uy from the first vowel to the second: both ways of writing
 * are in use (hòa, hoà), and no two words differ by it.
 */
static void settle_tone(int32_t *first, int32_t *second)
{
    static const struct {
        int32_t plain[2], toned[2][5];
    } pairs[] = {
        { { 'o', 'a' },
          { { 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD },
            { 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1 } } },
        { { 'o', 'e' },
          { { 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD },
            { 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9 } } },
        { { 'u', 'y' },
          { { 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5 },
            { 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5 } } },
    };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        for (size_t tone = 0; *second == pairs[k].plain[1] && tone < 5; tone++)
            if (*first == pairs[k].toned[0][tone]) {
                *first = pairs[k].plain[0];
                *second = pairs[k].toned[1][tone];
                return;
            }
}

static bool is_space(int32_t cp)
{
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return (cp >= '\t' && cp <= '\r') || cp == 0x85;
    }
}

void hg_utf8_key(hg_buf *out, const char *text, size_t n)
{
    int32_t few[FEW + 1];
    size_t len;
    int32_t *chars = normal(out, few, text, n,
                            UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, &len);
    bool space = false, begun = false;
    for (size_t i = 0; i < len; i++) {
        if (is_space(chars[i])) {
            space = begun;
            continue;
        }
        if (i + 1 < len)
            settle_tone(&chars[i], &chars[i + 1]);
        if (space)
            hg_buf_putc(out, ' ');
        hg_utf8_put(out, chars[i]);
        space = false;
        begun = true;
    }
    if (chars != few)
        free(chars);
}

void hg_utf8_slug(hg_buf *out, const char *text, size_t n)
{
    int32_t few[FEW + 1];
    size_t len;
    int32_t *chars = normal(out, few, text, n,
                            UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK |
                                UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                            &len);
    bool gap = false, begun = false;
    for (size_t i = 0; i < len; i++) {
        int32_t cp = chars[i] == 0x111 ? 'd' : chars[i];
        if ((cp < 'a' || cp > 'z') && (cp < '0' || cp > '9')) {
            gap = begun;
            continue;
        }
        if (gap)
            hg_buf_putc(out, '-');
        hg_buf_putc(out, (char)cp);
        gap = false;
        begun = true;
    }
    if (chars != few)
        free(chars);
}

size_t hg_utf8_width(const char *text, size_t n)
{
    size_t width = 0;
    int32_t cp;
    for (size_t i = 0; i < n;) {
        i += hg_utf8_next(text + i, n - i, &cp);
        width += (size_t)utf8proc_charwidth(cp);
    }
    return width;
}
