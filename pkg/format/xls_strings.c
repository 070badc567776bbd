/* xls_strings - the texts that the cells of an old workbook share */
#include "format/xls_strings.h"

static hg_status read_one(hg_shared *s, hg_xls_records *r, const hg_xls_styles *styles,
                          hg_buf *runs, hg_err *err)
{
    hg_buf *text = hg_shared_text(s);
    hg_buf_clear(runs);
    hg_status st = hg_xls_rich(r, 2, text, runs, err);
    if (st == HG_OK && runs->len > 0)
        st = hg_xls_styles_runs(styles, (hg_slice){ runs->data, runs->len },
                                (hg_slice){ text->data, text->len }, hg_shared_runs(s),
                                &r->loc, err);
    return st == HG_OK ? hg_shared_end(s, &r->loc, err) : st;
}

/* The record says how often its texts are used, and how many there are. */
static hg_status read_all(hg_shared *s, hg_xls_records *r, const hg_xls_styles *styles,
                          hg_err *err)
{
    hg_buf runs = { 0 };
    hg_status st = hg_xls_need(r, 8, err);
    size_t n = st == HG_OK ? hg_le32(r->data + 4) : 0;
    r->pos = 8;
    if (n > HG_SHARED_TEXTS)
        return hg_fail(err, HG_EINPUT, &r->loc, "more than %zu shared texts",
                       HG_SHARED_TEXTS);
    for (; n > 0 && st == HG_OK; n--)
        st = read_one(s, r, styles, &runs, err);
    hg_buf_release(&runs);
    return st;
}

hg_status hg_xls_strings_read(hg_shared **out, hg_xls_records *records,
                              const hg_xls_styles *styles, hg_err *err)
{
    hg_status st = hg_shared_new(out, err);
    if (st == HG_OK)
        st = read_all(*out, records, styles, err);
    if (st != HG_OK) {
        hg_shared_free(*out);
        *out = NULL;
    }
    return st;
}
