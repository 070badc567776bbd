/* shared - the texts that the cells of a workbook share */
#include "format/shared.h"

#include <stdlib.h>

hg_status hg_shared_new(hg_shared **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HG_OK : hg_fail_nomem(err);
}

hg_status hg_shared_end(hg_shared *shared, const hg_loc *loc, hg_err *err)
{
    if (shared->texts.len > HG_SHARED_BYTES)
        return hg_fail(err, HG_EINPUT, loc, "more than %zu bytes of shared texts",
                       HG_SHARED_BYTES);
    if (shared->n == HG_SHARED_TEXTS)
        return hg_fail(err, HG_EINPUT, loc, "more than %zu shared texts",
                       HG_SHARED_TEXTS);
    if (shared->n == shared->cap) {
        size_t cap = shared->cap ? shared->cap * 2 : 1024;
        uint32_t *ends = realloc(shared->ends, cap * sizeof *ends);
        if (!ends)
            return hg_fail_nomem(err);
        shared->ends = ends;
        shared->cap = cap;
    }
    shared->ends[shared->n++] = (uint32_t)shared->texts.len;
    return HG_OK;
}

bool hg_shared_at(const hg_shared *shared, size_t i, hg_slice *text)
{
    if (!shared || i >= shared->n)
        return false;
    size_t start = i ? shared->ends[i - 1] : 0;
    *text = (hg_slice){ shared->texts.data ? shared->texts.data + start : "",
                        shared->ends[i] - start };
    return true;
}

void hg_shared_free(hg_shared *shared)
{
    if (!shared)
        return;
    hg_buf_release(&shared->texts);
    free(shared->ends);
    free(shared);
}
