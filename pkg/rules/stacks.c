/* stacks - records of one length on disk, in sorted runs */
#include "rules/stacks.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 4096 /* bytes of a run that are read at once */ };

hg_status hg_stacks_put(hg_stacks *runs, const void *records, size_t n, hg_err *err)
{
    hg_status st = hg_scratch_put(&runs->disk, records, n * runs->size, err);
    runs->runs[runs->n - 1].n += st == HG_OK ? n : 0;
    return st;
}

hg_status hg_stacks_read(const hg_stacks *runs, unsigned run, uint64_t from, void *to,
                         size_t n, hg_err *err)
{
    return hg_scratch_read(&runs->disk, runs->runs[run].at + from * runs->size, to,
                           n * runs->size, err);
}

void hg_stacks_release(hg_stacks *runs)
{
    hg_scratch_release(&runs->disk);
    runs->n = 0;
}

/* ---- reading them as one ---- */

/* Where a run is being read. */
typedef struct cursor {
    char ahead[AHEAD];
    size_t i, n;   /* records of it */
    uint64_t next; /* record of the run to be read */
} cursor;

struct hg_stacks_reader {
    const hg_stacks *runs;
    cursor *given; /* whose record was given last; NULL: none */
    cursor cursors[HG_STACKS];
};

static hg_status read_ahead(hg_stacks_reader *r, cursor *c, hg_err *err)
{
    unsigned run = (unsigned)(c - r->cursors);
    uint64_t left = r->runs->runs[run].n - c->next;
    size_t most = AHEAD / r->runs->size;
    c->i = 0;
    c->n = left < most ? (size_t)left : most;
    hg_status st = hg_stacks_read(r->runs, run, c->next, c->ahead, c->n, err);
    c->next += c->n;
    return st;
}

static const void *record_at(const hg_stacks_reader *r, const cursor *c)
{
    return c->ahead + c->i * r->runs->size;
}

/* The run whose next record comes first; NULL where none has one. */
static cursor *least(hg_stacks_reader *r)
{
    cursor *best = NULL;
    for (cursor *c = r->cursors; c < r->cursors + r->runs->n; c++)
        if (c->n > 0 &&
            (!best || r->runs->order(record_at(r, c), record_at(r, best)) < 0))
            best = c;
    return best;
}

hg_status hg_stacks_next(hg_stacks_reader *r, const void **record, hg_err *err)
{
    hg_status st = HG_OK;
    if (r->given && ++r->given->i == r->given->n)
        st = read_ahead(r, r->given, err);
    r->given = least(r);
    if (st != HG_OK || !r->given)
        return st == HG_OK ? HG_END : st;
    *record = record_at(r, r->given);
    return HG_OK;
}

hg_status hg_stacks_reader_new(hg_stacks_reader **out, const hg_stacks *runs, hg_err *err)
{
    hg_stacks_reader *r = *out = calloc(1, sizeof *r);
    hg_status st = r ? HG_OK : hg_fail_nomem(err);
    if (r)
        r->runs = runs;
    for (unsigned i = 0; st == HG_OK && i < runs->n; i++)
        st = read_ahead(r, &r->cursors[i], err);
    if (st != HG_OK) {
        hg_stacks_reader_free(r);
        *out = NULL;
    }
    return st;
}

void hg_stacks_reader_free(hg_stacks_reader *reader)
{
    free(reader);
}

/* ---- making them one ---- */

static hg_status merge_into(hg_stacks *one, const hg_stacks *runs, hg_err *err)
{
    hg_stacks_reader *reader = NULL;
    char ready[AHEAD];
    const void *record;
    size_t n = 0, most = AHEAD / runs->size;
    hg_status st = hg_stacks_begin(one, err);
    if (st == HG_OK)
        st = hg_stacks_reader_new(&reader, runs, err);
    while (st == HG_OK && (st = hg_stacks_next(reader, &record, err)) == HG_OK) {
        memcpy(ready + n++ * runs->size, record, runs->size);
        if (n == most) {
            st = hg_stacks_put(one, ready, n, err);
            n = 0;
        }
    }
    if (st == HG_END)
        st = hg_stacks_put(one, ready, n, err);
    hg_stacks_reader_free(reader);
    return st;
}

hg_status hg_stacks_merge(hg_stacks *runs, hg_err *err)
{
    if (runs->n < 2)
        return HG_OK;
    hg_stacks one = { .disk.tmp = runs->disk.tmp,
                      .size = runs->size,
                      .order = runs->order };
    hg_status st = merge_into(&one, runs, err);
    if (st != HG_OK) {
        hg_stacks_release(&one);
        return st;
    }
    hg_stacks_release(runs);
    *runs = one;
    return HG_OK;
}

hg_status hg_stacks_begin(hg_stacks *runs, hg_err *err)
{
    hg_status st = runs->n == HG_STACKS ? hg_stacks_merge(runs, err) : HG_OK;
    if (st != HG_OK)
        return st;
    runs->runs[runs->n].at = runs->disk.size;
    runs->runs[runs->n++].n = 0;
    return HG_OK;
}
