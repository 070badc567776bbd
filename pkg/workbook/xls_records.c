/* xls_records - the records of an old workbook, and the texts within them */
#include "workbook/xls_records.h"
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
    hg_buf_release(&r->raw);
    hg_buf_release(&r->clear);
    hg_xls_codepage_release(&r->page);
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

/* Have the present record's data in the clear. */
static hg_status decrypt(hg_xls_records *r, hg_err *err)
{
    hg_buf_clear(&r->clear);
    hg_buf_put(&r->clear, r->data, r->n);
    hg_status st = hg_buf_status(&r->clear, err);
    if (st == HG_OK)
        hg_xls_crypt_record(r->crypt, r->id, r->at, (unsigned char *)r->clear.data, r->n);
    r->data = (const unsigned char *)r->clear.data;
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
    if (r->crypt)
        st = decrypt(r, err);
    if (st == HG_OK && r->biff > 0 && r->biff < 8)
        hg_xls_old_tell(&r->old, r->biff == 2, &r->id, &r->data, &r->n);
    return st;
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
    if (st == HG_OK && r->id != HG_XLS_CONTINUE) {
        r->next = r->at;
        st = HG_END;
    }
    if (st == HG_END)
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
    if (n == 0 && r->pos == r->n) /* some writers leave the flags of an empty text out */
        return HG_OK;
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

static hg_status bytes(hg_xls_records *r, size_t n, hg_buf *to, hg_err *err)
{
    char *raw = hg_buf_reserve(&r->raw, n);
    if (!raw)
        return hg_fail_nomem(err);
    hg_status st = hg_xls_take(r, raw, n, err);
    return st == HG_OK ? hg_xls_codepage_put(&r->page, r->code_page, (hg_slice){ raw, n },
                                             to, &r->loc, err)
                       : st;
}

hg_status hg_xls_rich(hg_xls_records *r, unsigned lead, hg_buf *to, hg_buf *runs,
                      hg_err *err)
{
    unsigned char count[2] = { 0 };
    hg_status st = hg_xls_take(r, count, lead, err);
    if (st == HG_OK)
        st = r->biff == 8 ? unicode(r, hg_le16(count), to, runs, err)
                          : bytes(r, hg_le16(count), to, err);
    return st == HG_OK ? hg_buf_status(to, err) : st;
}

hg_status hg_xls_chars(hg_xls_records *r, size_t n, hg_buf *to, hg_err *err)
{
    hg_status st =
        r->biff == 8 ? unicode(r, n, to, NULL, err) : bytes(r, n, to, err);
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
    hg_status st = hg_xls_take(r, count, r->biff == 8 ? 2 : 1, err);
    return st == HG_OK ? take_runs(r, hg_le16(count), r->biff == 8 ? 4 : 2, runs, err)
                       : st;
}
