/* xls_strings - the texts that the cells of an old workbook share */
#include "format/xls_strings.h"

/* The record says how often its texts are used, and how many there are. */
static hg_status read_all(hg_shared *s, hg_xls_records *r, hg_err *err)
{
    hg_status st = hg_xls_need(r, 8, err);
    size_t n = st == HG_OK ? hg_le32(r->data + 4) : 0;
    r->pos = 8;
    if (n > HG_SHARED_TEXTS)
        return hg_fail(err, HG_EINPUT, &r->loc, "more than %zu shared texts",
                       HG_SHARED_TEXTS);
    while (st == HG_OK && s->n < n)
        if ((st = hg_xls_text(r, 2, &s->texts, err)) == HG_OK)
            st = hg_shared_end(s, &r->loc, err);
    return st;
}

hg_status hg_xls_strings_read(hg_shared **out, hg_xls_records *records, hg_err *err)
{
    hg_status st = hg_shared_new(out, err);
    if (st == HG_OK)
        st = read_all(*out, records, err);
    if (st != HG_OK) {
        hg_shared_free(*out);
        *out = NULL;
    }
    return st;
}
