/* xls_codepage - texts of old workbooks in the code page of their writer's system */
#include "workbook/xls_codepage.h"
#include "text/utf8.h"

#include <stdio.h>

/* Windows 1252 from 0x80 to 0x9F, above it is Latin-1; Macintosh Roman from 0x80; and
 * where Windows 1258 differs from 1252 (unicode.org, MAPPINGS/VENDORS). */
static const uint16_t windows[32] = { 0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026,
                                      0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
                                      0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018,
                                      0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D,
                                      0x017E, 0x0178 };
static const uint16_t macintosh[128] = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2,
    0x00E4, 0x00E3, 0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC,
    0x00EE, 0x00EF, 0x00F1, 0x00F3, 0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9,
    0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3, 0x00A7, 0x2022, 0x00B6, 0x00DF,
    0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8, 0x221E, 0x00B1,
    0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
    0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248,
    0x2206, 0x00AB, 0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153,
    0x2013, 0x2014, 0x201C, 0x201D, 0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178,
    0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02, 0x2021, 0x00B7, 0x201A, 0x201E,
    0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE, 0x00CF, 0x00CC,
    0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
    0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7
};
static const struct {
    uint8_t byte;
    uint16_t cp;
} vietnamese[] = { { 0x8A, 0x008A }, { 0x8E, 0x008E }, { 0x9A, 0x009A }, { 0x9E, 0x009E },
                   { 0xC3, 0x0102 }, { 0xCC, 0x0300 }, { 0xD0, 0x0110 }, { 0xD2, 0x0309 },
                   { 0xD5, 0x01A0 }, { 0xDD, 0x01AF }, { 0xDE, 0x0303 }, { 0xE3, 0x0103 },
                   { 0xEC, 0x0301 }, { 0xF0, 0x0111 }, { 0xF2, 0x0323 }, { 0xF5, 0x01A1 },
                   { 0xFD, 0x01B0 }, { 0xFE, 0x20AB } };

/* The character of a byte from 0x80 on; 0: the code page is not known. Bytes that it
 * leaves undefined are control characters, as Windows takes them. */
static int32_t character(uint16_t code_page, unsigned char byte)
{
    if (code_page == 10000 ||
        code_page == 32768) /* 32768: Macintosh, in Excel's own numbers */
        return macintosh[byte - 0x80];
    if (code_page != 1252 && code_page != 1258 && code_page != 32769) /* 32769: 1252 */
        return 0;
    for (size_t i = 0; code_page == 1258 && i < sizeof vietnamese / sizeof *vietnamese;
         i++)
        if (vietnamese[i].byte == byte)
            return vietnamese[i].cp;
    return byte < 0xA0 ? windows[byte - 0x80] : byte;
}

/* The name of a code page for iconv(3), beyond CP and its number. */
static const struct {
    uint16_t page;
    const char *name;
} names[] = {
    { 367, "ASCII" },          { 10006, "MACGREEK" },
    { 10007, "MAC-CYRILLIC" }, { 10029, "MAC-CENTRALEUROPE" },
    { 10079, "MAC-IS" },       { 1361, "JOHAB" },
    { 20866, "KOI8-R" },       { 21866, "KOI8-U" },
    { 28591, "ISO-8859-1" },   { 65001, "UTF-8" },
};

static hg_status open_set(hg_xls_codepage *c, uint16_t page, const hg_loc *loc,
                          hg_err *err)
{
    char name[24];
    snprintf(name, sizeof name, "CP%u", page);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].page == page)
            snprintf(name, sizeof name, "%s", names[i].name);
    if (c->set && c->page == page)
        return HG_OK;
    hg_xls_codepage_release(c);
    hg_status st = hg_charset_new(&c->set, name, err);
    c->page = page;
    if (st == HG_OK && !c->set)
        return hg_fail(err, HG_EINPUT, loc,
                       "a text in code page %u, which is not known; save it as .xlsx",
                       page);
    return st;
}

static hg_status convert(hg_xls_codepage *c, hg_slice text, hg_buf *to, const hg_loc *loc,
                         hg_err *err)
{
    size_t made, room = text.n * 4 + 8; /* bytes of UTF-8 for a byte, at most */
    char *at = hg_buf_reserve(to, room);
    if (!at)
        return hg_buf_status(to, err);
    hg_charset_reset(c->set);
    bool done =
        hg_charset_step(c->set, &text.p, &text.n, at, room, &made) == HG_CHARSET_DONE;
    at[done ? made : 0] = '\0';
    if (!done)
        return hg_fail(err, HG_EINPUT, loc,
                       "a text that is not of code page %u; save it as .xlsx", c->page);
    to->len += made;
    return HG_OK;
}

static size_t ascii(hg_slice text)
{
    size_t n = 0;
    while (n < text.n && (unsigned char)text.p[n] < 0x80)
        n++;
    return n;
}

hg_status hg_xls_codepage_put(hg_xls_codepage *c, uint16_t page, hg_slice text,
                              hg_buf *to, const hg_loc *loc, hg_err *err)
{
    size_t n = ascii(text);
    if (n == text.n || character(page, 0xFF) != 0) {
        for (size_t i = 0; i < text.n; i++) {
            unsigned char byte = (unsigned char)text.p[i];
            hg_utf8_put(to, byte < 0x80 ? byte : character(page, byte));
        }
        return hg_buf_status(to, err);
    }
    hg_status st = open_set(c, page, loc, err);
    return st == HG_OK ? convert(c, text, to, loc, err) : st;
}

void hg_xls_codepage_release(hg_xls_codepage *c)
{
    hg_charset_free(c->set);
    c->set = NULL;
}
