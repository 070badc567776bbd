/* xls_records - the records of an old workbook, and the texts within them */
#include "format/xls_records.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Bytes read at once, or what a record takes: of a stream read on, and elsewhere in it.
 */
#define STEP 8192
#define JUMP 512

void hg_xls_release(hg_xls_records *r)
{
    free(r->window);
    r->window = NULL;
}

/* Have n bytes at a place in the window. */
static hg_status need_window(hg_xls_records *r, uint64_t at, size_t n, hg_err *err)
{
    uint64_t size = hg_ole_size(r->stream);
    if (at >= r->from && at + n <= r->from + r->have)
        return HG_OK;
    if (at > size || n > size - at)
        return hg_fail(err, HG_EINPUT, &r->loc, "the workbook is cut off");
    if (!r->window && !(r->window = malloc(HG_XLS_WINDOW)))
        return hg_fail_nomem(err);
    size_t step = at >= r->from && at <= r->from + r->have ? STEP : JUMP;
    size_t want = n > step ? n : step;
    want = want < size - at ? want : (size_t)(size - at);
    r->from = at;
    r->have = 0;
    hg_status st = hg_ole_read(r->stream, at, r->window, want, err);
    r->have = st == HG_OK ? want : 0;
    return st;
}

hg_status hg_xls_next(hg_xls_records *r, hg_err *err)
{
    if (r->next + 4 > hg_ole_size(r->stream))
        return HG_END;
    hg_status st = need_window(r, r->next, 4, err);
    if (st != HG_OK)
        return st;
    const unsigned char *head = r->window + (r->next - r->from);
    r->id = hg_le16(head);
    r->n = hg_le16(head + 2);
    if ((st = need_window(r, r->next, 4 + r->n, err)) != HG_OK)
        return st;
    r->data = r->window + (r->next - r->from) + 4;
    r->at = r->next;
    r->next += 4 + r->n;
    r->pos = 0;
    return HG_OK;
}

hg_status hg_xls_need(const hg_xls_records *r, size_t n, hg_err *err)
{
    if (r->n < n)
        return hg_fail(err, HG_EINPUT, &r->loc,
                       "damaged: a record of type %u has only %zu bytes", r->id, r->n);
    return HG_OK;
}

/* Go on in the next record, which has to be a CONTINUE. */
static hg_status go_on(hg_xls_records *r, hg_err *err)
{
    unsigned id = r->id;
    hg_status st = hg_xls_next(r, err);
    if (st == HG_END || (st == HG_OK && r->id != HG_XLS_CONTINUE))
        return hg_fail(err, HG_EINPUT, &r->loc,
                       "damaged: a text goes beyond its record of type %u", id);
    return st;
}

hg_status hg_xls_take(hg_xls_records *r, void *bytes, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    char *to = bytes;
    while (n > 0 && st == HG_OK) {
        size_t take = r->n - r->pos < n ? r->n - r->pos : n;
        if (to && take > 0) {
            memcpy(to, r->data + r->pos, take);
            to += take;
        }
        r->pos += take;
        n -= take;
        if (n > 0)
            st = go_on(r, err);
    }
    return st;
}

/* ---- Unicode ---- */

/* Append 8-bit characters, each the lower half of a 16-bit one. */
static void put_narrow(hg_buf *to, const unsigned char *p, size_t n)
{
    for (size_t i = 0, ascii; i < n; i += ascii + 1) {
        for (ascii = 0; i + ascii < n && p[i + ascii] < 0x80; ascii++)
            ;
        hg_buf_put(to, p + i, ascii);
        if (i + ascii < n)
            hg_utf8_put(to, p[i + ascii]);
    }
}

/* Append a UTF-16 unit; *high is the first half of a pair that waits for its second. */
static void put_unit(hg_buf *to, uint16_t unit, uint16_t *high)
{
    bool low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (*high && low) {
        hg_utf8_put(to, 0x10000 + ((*high - 0xD800) << 10) + (unit - 0xDC00));
        *high = 0;
        return;
    }
    if (*high)
        hg_utf8_put(to, 0xFFFD);
    *high = unit >= 0xD800 && unit <= 0xDBFF ? unit : 0;
    if (!*high)
        hg_utf8_put(to, low ? 0xFFFD : unit);
}

/* Append as many of n characters as the present record has; returns how many. */
static size_t put_some(hg_xls_records *r, size_t n, bool wide, uint16_t *high, hg_buf *to)
{
    size_t have = (r->n - r->pos) >> wide, take = have < n ? have : n;
    const unsigned char *p = r->data + r->pos;
    for (size_t i = 0; wide && i < take; i++)
        put_unit(to, hg_le16(p + i * 2), high);
    if (!wide && take > 0) {
        if (*high)
            hg_utf8_put(to, 0xFFFD);
        *high = 0;
        put_narrow(to, p, take);
    }
    r->pos += take << wide;
    return take;
}

/* Take n runs of size bytes, 2 or 4; runs may be NULL. */
static hg_status take_runs(hg_xls_records *r, size_t n, size_t size, hg_buf *runs,
                           hg_err *err)
{
    unsigned char run[4];
    hg_status st = HG_OK;
    for (; n > 0 && st == HG_OK; n--) {
        st = hg_xls_take(r, run, size, err);
        if (size == 2)
            memcpy(run, (unsigned char[]){ run[0], 0, run[1], 0 }, 4);
        if (st == HG_OK && runs)
            hg_buf_put(runs, run, 4);
    }
    return st == HG_OK && runs ? hg_buf_status(runs, err) : st;
}

/* [MS-XLS] 2.5.293 XLUnicodeRichExtendedString; where its characters go on in a CONTINUE,
 * that begins with the flags anew (2.4.58). */
static hg_status unicode(hg_xls_records *r, size_t n, hg_buf *to, hg_buf *runs,
                         hg_err *err)
{
    unsigned char flags, size[4];
    size_t n_runs = 0, after = 0;
    uint16_t high = 0;
    hg_status st = hg_xls_take(r, &flags, 1, err);
    if (st == HG_OK && flags & 8 && (st = hg_xls_take(r, size, 2, err)) == HG_OK)
        n_runs = hg_le16(size);
    if (st == HG_OK && flags & 4 && (st = hg_xls_take(r, size, 4, err)) == HG_OK)
        after = hg_le32(size);
    while (st == HG_OK && (n -= put_some(r, n, flags & 1, &high, to)) > 0)
        if ((st = go_on(r, err)) == HG_OK)
            st = hg_xls_take(r, &flags, 1, err);
    if (high)
        hg_utf8_put(to, 0xFFFD);
    if (st == HG_OK)
        st = take_runs(r, n_runs, 4, runs, err);
    return st == HG_OK ? hg_xls_take(r, NULL, after, err) : st;
}

/* ---- code pages ---- */

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

static hg_status bytes(hg_xls_records *r, size_t n, hg_buf *to, hg_err *err)
{
    unsigned char byte;
    hg_status st = HG_OK;
    for (; n > 0 && st == HG_OK; n--) {
        st = hg_xls_take(r, &byte, 1, err);
        int32_t c = st != HG_OK || byte < 0x80 ? byte : character(r->code_page, byte);
        if (st == HG_OK && c == 0 && byte != 0)
            st = hg_fail(err, HG_EINPUT, &r->loc,
                         "a text in code page %u, which is not known; save it as .xlsx",
                         r->code_page);
        else if (st == HG_OK)
            hg_utf8_put(to, c);
    }
    return st;
}

hg_status hg_xls_rich(hg_xls_records *r, unsigned lead, hg_buf *to, hg_buf *runs,
                      hg_err *err)
{
    unsigned char count[2] = { 0 };
    hg_status st = hg_xls_take(r, count, lead, err);
    if (st == HG_OK)
        st = r->biff8 ? unicode(r, hg_le16(count), to, runs, err)
                      : bytes(r, hg_le16(count), to, err);
    return st == HG_OK ? hg_buf_status(to, err) : st;
}

hg_status hg_xls_text(hg_xls_records *r, unsigned lead, hg_buf *to, hg_err *err)
{
    return hg_xls_rich(r, lead, to, NULL, err);
}

hg_status hg_xls_rstring_runs(hg_xls_records *r, hg_buf *runs, hg_err *err)
{
    unsigned char count[2] = { 0 };
    if (r->pos == r->n) /* there are none */
        return HG_OK;
    hg_status st = hg_xls_take(r, count, r->biff8 ? 2 : 1, err);
    return st == HG_OK ? take_runs(r, hg_le16(count), r->biff8 ? 4 : 2, runs, err) : st;
}
