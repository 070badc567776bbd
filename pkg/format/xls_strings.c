/* xls_strings - the texts that the cells of an old workbook share */
#include "format/xls_strings.h"

#include <stdlib.h>

struct hg_xls_strings {
    hg_buf texts;
    uint32_t *ends; /* of each text in texts */
    size_t n, cap;
};

static hg_status add(hg_xls_strings *s, const hg_loc *loc, hg_err *err)
{
    if (s->texts.len > HG_XLS_MAX_SHARED)
        return hg_fail(err, HG_EINPUT, loc, "more than %zu bytes of shared texts",
                       HG_XLS_MAX_SHARED);
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 1024;
        uint32_t *ends = realloc(s->ends, cap * sizeof *ends);
        if (!ends)
            return hg_fail_nomem(err);
        s->ends = ends;
        s->cap = cap;
    }
    s->ends[s->n++] = (uint32_t)s->texts.len;
    return HG_OK;
}

/* The record says how often its texts are used, and how many there are. */
static hg_status read_all(hg_xls_strings *s, hg_xls_records *r, hg_err *err)
{
    hg_status st = hg_xls_need(r, 8, err);
    size_t n = st == HG_OK ? hg_le32(r->data + 4) : 0;
    r->pos = 8;
    if (n > HG_XLS_MAX_STRINGS)
        return hg_fail(err, HG_EINPUT, &r->loc, "more than %zu shared texts",
                       HG_XLS_MAX_STRINGS);
    while (st == HG_OK && s->n < n)
        if ((st = hg_xls_text(r, 2, &s->texts, err)) == HG_OK)
            st = add(s, &r->loc, err);
    return st;
}

hg_status hg_xls_strings_read(hg_xls_strings **out, hg_xls_records *records, hg_err *err)
{
    hg_xls_strings *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    hg_status st = read_all(s, records, err);
    if (st != HG_OK) {
        hg_xls_strings_free(s);
        *out = NULL;
    }
    return st;
}

bool hg_xls_strings_at(const hg_xls_strings *strings, size_t i, hg_slice *text)
{
    if (!strings || i >= strings->n)
        return false;
    size_t start = i ? strings->ends[i - 1] : 0;
    *text = (hg_slice){ strings->texts.data ? strings->texts.data + start : "",
                        strings->ends[i] - start };
    return true;
}

void hg_xls_strings_free(hg_xls_strings *strings)
{
    if (!strings)
        return;
    hg_buf_release(&strings->texts);
    free(strings->ends);
    free(strings);
}
