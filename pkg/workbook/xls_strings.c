/* xls_strings - the texts that the cells of an old workbook share */
#include "workbook/xls_strings.h"

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

/* Whether another text follows in the record, or one that continues it. */
static hg_status has_more(hg_xls_records *r, bool *more, hg_err *err)
{
    *more = r->pos < r->n;
    if (*more)
        return HG_OK;
    uint64_t at = r->at;
    hg_status st = hg_xls_next(r, err);
    *more = st == HG_OK && r->id == HG_XLS_CONTINUE && r->n > 0;
    if (st == HG_OK && !*more)
        r->next = at;
    return st == HG_END ? HG_OK : st;
}

/* The record says how often its texts are used, and how many there are; some writers
 * count wrongly, so all that are there are read. What does not read as one more is none.
 */
static hg_status read_all(hg_shared *s, hg_xls_records *r, const hg_xls_styles *styles,
                          hg_err *err)
{
    hg_buf runs = { 0 };
    hg_status st = hg_xls_need(r, 8, err);
    size_t n = st == HG_OK ? hg_le32(r->data + 4) : 0;
    bool more = false;
    r->pos = 8;
    if (st == HG_OK)
        st = has_more(r, &more, err);
    while (st == HG_OK && more) {
        hg_err why = HG_ERR_INIT;
        bool counted = hg_shared_count(s) < n;
        st = read_one(s, r, styles, &runs, counted ? err : &why);
        if (st == HG_EINPUT && !counted) {
            st = HG_OK;
            break;
        }
        if (st == HG_OK)
            st = has_more(r, &more, err);
    }
    hg_buf_release(&runs);
    return st;
}

hg_status hg_xls_strings_read(hg_shared **out, hg_xls_records *records,
                              const hg_xls_styles *styles, const char *tmp, hg_err *err)
{
    hg_status st = hg_shared_new(out, tmp, err);
    if (st == HG_OK)
        st = read_all(*out, records, styles, err);
    if (st != HG_OK) {
        hg_shared_free(*out);
        *out = NULL;
    }
    return st;
}
