/* shared - the texts that the cells of a workbook share
 *
 * Each is kept as its length and the number of its runs, its bytes, and its runs; where
 * each begins, in a list of 8 bytes a text. */
#include "workbook/shared.h"
#include "base/spool.h"

#include <stdlib.h>
#include <string.h>

#define PLACES ((size_t)1 << 23) /* bytes of places in memory, 8 MiB */

typedef struct lead {
    uint32_t bytes, runs;
} lead;

/* A run as it is kept. */
typedef struct kept {
    uint32_t at;
    uint32_t font; /* among the names + 1; 0: none */
    uint32_t bold, italic;
} kept;

struct hg_shared {
    hg_spool *texts, *places;
    size_t n;
    hg_buf text; /* under way */
    hg_runs runs;
    hg_cell_run *found; /* the runs given last */
    size_t cap_found;
};

hg_status hg_shared_new(hg_shared **out, const char *tmp, hg_err *err)
{
    hg_shared *shared = *out = calloc(1, sizeof *shared);
    if (!shared)
        return hg_fail_nomem(err);
    hg_status st = hg_spool_new(&shared->texts, tmp, HG_SHARED_MEMORY, err);
    if (st == HG_OK)
        st = hg_spool_new(&shared->places, tmp, PLACES, err);
    if (st != HG_OK) {
        hg_shared_free(shared);
        *out = NULL;
    }
    return st;
}

hg_buf *hg_shared_text(hg_shared *shared)
{
    return &shared->text;
}

hg_runs *hg_shared_runs(hg_shared *shared)
{
    return &shared->runs;
}

static hg_status put_runs(hg_shared *s, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; i < s->runs.n && st == HG_OK; i++) {
        const hg_cell_run *run = &s->runs.list[i];
        uint32_t font =
            run->font ? (uint32_t)hg_names_index(&s->runs.fonts, run->font) + 1 : 0;
        kept k = { (uint32_t)run->at, font, run->bold, run->italic };
        st = hg_spool_put(s->texts, &k, sizeof k, err);
    }
    return st;
}

hg_status hg_shared_end(hg_shared *s, const hg_loc *loc, hg_err *err)
{
    uint64_t at = hg_spool_size(s->texts);
    lead l = { (uint32_t)s->text.len, (uint32_t)s->runs.n };
    hg_status st = hg_buf_status(&s->text, err);
    if (st == HG_OK && s->n == HG_SHARED_TEXTS)
        st = hg_fail(err, HG_EINPUT, loc, "more than %zu shared texts", HG_SHARED_TEXTS);
    if (st != HG_OK || (st = hg_spool_put(s->places, &at, sizeof at, err)) != HG_OK ||
        (st = hg_spool_put(s->texts, &l, sizeof l, err)) != HG_OK ||
        (st = hg_spool_put(s->texts, s->text.data, s->text.len, err)) != HG_OK)
        return st;
    st = put_runs(s, err);
    hg_buf_clear(&s->text);
    s->runs.n = 0;
    s->n++;
    return st;
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
    const char *bytes;
    uint64_t at;
    lead l;
    hg_status st = hg_spool_at(s->places, i * sizeof at, sizeof at, &bytes, err);
    if (st != HG_OK)
        return st;
    memcpy(&at, bytes, sizeof at);
    if ((st = hg_spool_at(s->texts, at, sizeof l, &bytes, err)) != HG_OK)
        return st;
    memcpy(&l, bytes, sizeof l);
    st = hg_spool_at(s->texts, at + sizeof l, l.bytes + l.runs * sizeof(kept), &bytes,
                     err);
    cell->text = (hg_slice){ bytes, l.bytes };
    cell->runs = NULL;
    cell->n_runs = 0;
    return st == HG_OK && l.runs > 0 ? get_runs(s, bytes + l.bytes, l.runs, cell, err)
                                     : st;
}

bool hg_shared_peek(const hg_shared *s, size_t i, hg_slice *text)
{
    uint64_t at;
    lead l;
    const char *p = hg_spool_peek(s->places, i * sizeof at, sizeof at);
    if (!p)
        return false;
    memcpy(&at, p, sizeof at);
    if (!(p = hg_spool_peek(s->texts, at, sizeof l)))
        return false;
    memcpy(&l, p, sizeof l);
    *text = (hg_slice){ hg_spool_peek(s->texts, at + sizeof l, l.bytes), l.bytes };
    return text->p && l.runs == 0;
}

void hg_shared_free(hg_shared *shared)
{
    if (!shared)
        return;
    hg_spool_free(shared->texts);
    hg_spool_free(shared->places);
    hg_buf_release(&shared->text);
    hg_runs_release(&shared->runs);
    free(shared->found);
    free(shared);
}
