/* keys_disk - entries that memory is too small for, found in files by their digest */
#include "rules/keys_disk.h"

#include <stdlib.h>

enum { WINDOW = 128 /* entries read at once: 2 KiB */ };

static hg_status read_entries(const hg_key_runs *runs, unsigned run, uint64_t from,
                              hg_key_entry *to, size_t n, hg_err *err)
{
    return hg_scratch_read(&runs->disk, runs->runs[run].at + from * sizeof *to, to,
                           n * sizeof *to, err);
}

/* ---- finding ---- */

/* Entries of a run that were read, and what is known of the place that is looked for: the first
 * whose a is not below; it stands in [lo, hi]. */
typedef struct window {
    hg_key_entry entries[WINDOW];
    uint64_t start;
    size_t n;
    uint64_t lo, hi, a_lo, a_hi; /* a: of the entries before lo, and at hi */
} window;

static hg_status look(const hg_key_runs *runs, unsigned run, uint64_t start, window *w,
                      hg_err *err)
{
    uint64_t left = runs->runs[run].n - start;
    w->start = start;
    w->n = left < WINDOW ? (size_t)left : WINDOW;
    return read_entries(runs, run, start, w->entries, w->n, err);
}

/* Where the place may be, digests being even. */
static uint64_t guess(const window *w, uint64_t a)
{
    double share = (double)(a - w->a_lo) / ((double)(w->a_hi - w->a_lo) + 1.0);
    uint64_t at = w->lo + (uint64_t)(share * (double)(w->hi - w->lo));
    at = at > w->lo + WINDOW / 2 ? at - WINDOW / 2 : w->lo;
    return at < w->hi ? at : w->hi;
}

/* Read the window that has the place; *i is the place in it, its n where no entry follows. */
static hg_status find_place(const hg_key_runs *runs, unsigned run, uint64_t a, window *w,
                            size_t *i, hg_err *err)
{
    *w = (window){ .hi = runs->runs[run].n, .a_hi = UINT64_MAX };
    for (;;) {
        hg_status st = look(runs, run, guess(w, a), w, err);
        if (st != HG_OK)
            return st;
        if (w->n > 0 && w->entries[0].a >= a && w->start > w->lo) {
            w->hi = w->start;
            w->a_hi = w->entries[0].a;
        } else if (w->n > 0 && w->entries[w->n - 1].a < a && w->start + w->n < w->hi) {
            w->lo = w->start + w->n;
            w->a_lo = w->entries[w->n - 1].a;
        } else {
            break;
        }
    }
    for (*i = 0; *i < w->n && w->entries[*i].a < a;)
        ++*i;
    return HG_OK;
}

static hg_status find_in_run(const hg_key_runs *runs, unsigned run, hg_hash hash,
                             uint64_t *row, hg_err *err)
{
    window w;
    size_t i;
    hg_status st = find_place(runs, run, hash.a, &w, &i, err);
    while (st == HG_OK) {
        for (; i < w.n && w.entries[i].a == hash.a; i++) {
            uint64_t its = hg_key_row(&w.entries[i]);
            if (hg_key_is(&w.entries[i], hash) && (*row == 0 || its < *row))
                *row = its;
        }
        if (i < w.n || w.start + w.n == runs->runs[run].n)
            break;
        st = look(runs, run, w.start + w.n, &w, err);
        i = 0;
    }
    return st;
}

hg_status hg_key_runs_find(const hg_key_runs *runs, hg_hash hash, uint64_t *row, hg_err *err)
{
    hg_status st = HG_OK;
    *row = 0;
    for (unsigned i = 0; st == HG_OK && i < runs->n; i++)
        st = find_in_run(runs, i, hash, row, err);
    return st;
}

/* ---- runs made one ---- */

/* Where a run is being read. */
typedef struct cursor {
    hg_key_entry ahead[WINDOW];
    uint64_t next; /* to be read */
    size_t i, n;   /* of ahead */
} cursor;

static hg_status read_ahead(const hg_key_runs *runs, unsigned run, cursor *c, hg_err *err)
{
    uint64_t left = runs->runs[run].n - c->next;
    c->i = 0;
    c->n = left < WINDOW ? (size_t)left : WINDOW;
    hg_status st = read_entries(runs, run, c->next, c->ahead, c->n, err);
    c->next += c->n;
    return st;
}

/* The run whose next entry is least; runs->n where none has one. */
static unsigned least(const hg_key_runs *runs, const cursor *cursors)
{
    unsigned best = runs->n;
    for (unsigned i = 0; i < runs->n; i++)
        if (cursors[i].n > 0 &&
            (best == runs->n ||
             cursors[i].ahead[cursors[i].i].a < cursors[best].ahead[cursors[best].i].a))
            best = i;
    return best;
}

static hg_status merge_into(const hg_key_runs *runs, cursor *cursors, hg_key_runs *to,
                            hg_err *err)
{
    hg_status st = hg_key_runs_begin(to, err);
    for (unsigned i = 0; st == HG_OK && i < runs->n; i++)
        st = read_ahead(runs, i, &cursors[i], err);
    hg_key_entry out[WINDOW];
    size_t n = 0;
    for (unsigned i; st == HG_OK && (i = least(runs, cursors)) < runs->n;) {
        cursor *c = &cursors[i];
        out[n++] = c->ahead[c->i++];
        if (c->i == c->n)
            st = read_ahead(runs, i, c, err);
        if (st == HG_OK && n == WINDOW) {
            st = hg_key_runs_put(to, out, n, err);
            n = 0;
        }
    }
    return st == HG_OK ? hg_key_runs_put(to, out, n, err) : st;
}

static hg_status merge(hg_key_runs *runs, hg_err *err)
{
    hg_key_runs one = { .disk.tmp = runs->disk.tmp };
    cursor *cursors = calloc(runs->n, sizeof *cursors);
    hg_status st = cursors ? merge_into(runs, cursors, &one, err) : hg_fail_nomem(err);
    free(cursors);
    if (st != HG_OK) {
        hg_key_runs_release(&one);
        return st;
    }
    hg_key_runs_release(runs);
    *runs = one;
    return HG_OK;
}

/* ---- putting ---- */

hg_status hg_key_runs_begin(hg_key_runs *runs, hg_err *err)
{
    hg_status st = runs->n == HG_KEY_RUNS ? merge(runs, err) : HG_OK;
    if (st != HG_OK)
        return st;
    runs->runs[runs->n].at = runs->disk.size;
    runs->runs[runs->n++].n = 0;
    return HG_OK;
}

hg_status hg_key_runs_put(hg_key_runs *runs, const hg_key_entry *entries, size_t n,
                          hg_err *err)
{
    hg_status st = hg_scratch_put(&runs->disk, entries, n * sizeof *entries, err);
    runs->runs[runs->n - 1].n += st == HG_OK ? n : 0;
    return st;
}

void hg_key_runs_release(hg_key_runs *runs)
{
    hg_scratch_release(&runs->disk);
    runs->n = 0;
}
