/* shared - the texts that the cells of a workbook share
 *
 * Each text is followed by its runs, if it has any. */
#include "format/shared.h"

#include <stdlib.h>
#include <string.h>

/* A run as it is kept. */
typedef struct kept {
    uint32_t at;
    uint32_t font; /* among the names + 1; 0: none */
    uint32_t bold, italic;
} kept;

/* Where a text, and where its runs end. */
typedef struct ends {
    uint32_t text, runs;
} ends;

struct hg_shared {
    hg_buf bytes;
    ends *list;
    size_t n, cap;
    hg_buf text; /* under way */
    hg_runs runs;
    hg_cell_run *found; /* the runs given last */
    size_t cap_found;
};

hg_status hg_shared_new(hg_shared **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HG_OK : hg_fail_nomem(err);
}

hg_buf *hg_shared_text(hg_shared *shared)
{
    return &shared->text;
}

hg_runs *hg_shared_runs(hg_shared *shared)
{
    return &shared->runs;
}

static hg_status room(hg_shared *s, const hg_loc *loc, hg_err *err)
{
    if (s->n == HG_SHARED_TEXTS)
        return hg_fail(err, HG_EINPUT, loc, "more than %zu shared texts",
                       HG_SHARED_TEXTS);
    if (s->n < s->cap)
        return HG_OK;
    size_t cap = s->cap ? s->cap * 2 : 1024;
    ends *list = realloc(s->list, cap * sizeof *list);
    if (!list)
        return hg_fail_nomem(err);
    s->list = list;
    s->cap = cap;
    return HG_OK;
}

hg_status hg_shared_end(hg_shared *s, const hg_loc *loc, hg_err *err)
{
    hg_status st = hg_buf_status(&s->text, err);
    size_t bytes = s->text.len + s->runs.n * sizeof(kept);
    if (st == HG_OK && s->bytes.len + bytes > HG_SHARED_BYTES)
        st = hg_fail(err, HG_EINPUT, loc, "more than %zu bytes of shared texts",
                     HG_SHARED_BYTES);
    if (st != HG_OK || (st = room(s, loc, err)) != HG_OK)
        return st;
    hg_buf_put(&s->bytes, s->text.data, s->text.len);
    uint32_t end = (uint32_t)s->bytes.len;
    for (size_t i = 0; i < s->runs.n; i++) {
        const hg_cell_run *run = &s->runs.list[i];
        uint32_t font =
            run->font ? (uint32_t)hg_names_index(&s->runs.fonts, run->font) + 1 : 0;
        kept k = { (uint32_t)run->at, font, run->bold, run->italic };
        hg_buf_put(&s->bytes, &k, sizeof k);
    }
    s->list[s->n++] = (ends){ end, (uint32_t)s->bytes.len };
    hg_buf_clear(&s->text);
    s->runs.n = 0;
    return hg_buf_status(&s->bytes, err);
}

size_t hg_shared_count(const hg_shared *shared)
{
    return shared ? shared->n : 0;
}

/* Read the runs that are kept at p. */
static hg_status get_runs(hg_shared *s, const char *p, size_t n, hg_cell *cell,
                          hg_err *err)
{
    if (n > s->cap_found) {
        hg_cell_run *list = realloc(s->found, n * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        s->found = list;
        s->cap_found = n;
    }
    for (size_t i = 0; i < n; i++, p += sizeof(kept)) {
        kept k;
        memcpy(&k, p, sizeof k);
        const char *font = k.font ? s->runs.fonts.list[k.font - 1] : NULL;
        s->found[i] = (hg_cell_run){ k.at, font, k.bold, k.italic };
    }
    cell->runs = s->found;
    cell->n_runs = n;
    return HG_OK;
}

hg_status hg_shared_get(hg_shared *s, size_t i, hg_cell *cell, hg_err *err)
{
    size_t start = i ? s->list[i - 1].runs : 0;
    ends end = s->list[i];
    const char *bytes = s->bytes.data ? s->bytes.data : "";
    cell->text = (hg_slice){ bytes + start, end.text - start };
    cell->runs = NULL;
    cell->n_runs = 0;
    if (end.runs == end.text)
        return HG_OK;
    return get_runs(s, bytes + end.text, (end.runs - end.text) / sizeof(kept), cell, err);
}

void hg_shared_free(hg_shared *shared)
{
    if (!shared)
        return;
    hg_buf_release(&shared->bytes);
    hg_buf_release(&shared->text);
    hg_runs_release(&shared->runs);
    free(shared->found);
    free(shared->list);
    free(shared);
}
