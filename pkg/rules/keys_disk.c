/* keys_disk - entries on disk, found by their digest */
#include "rules/keys_disk.h"

enum { WINDOW = 128 /* entries read at once: 2 KiB */ };

int hg_key_order(const void *a, const void *b)
{
    const hg_key_entry *x = a, *y = b;
    return (x->a > y->a) - (x->a < y->a);
}

/* Entries of a run that were read, and what is known of the place that is looked for: the
 * first whose a is not below; it stands in [lo, hi]. */
typedef struct window {
    hg_key_entry entries[WINDOW];
    uint64_t start;
    size_t n;
    uint64_t lo, hi, a_lo, a_hi; /* a: of the entries before lo, and at hi */
} window;

static hg_status look(const hg_stacks *runs, unsigned run, uint64_t start, window *w,
                      hg_err *err)
{
    uint64_t left = runs->runs[run].n - start;
    w->start = start;
    w->n = left < WINDOW ? (size_t)left : WINDOW;
    return hg_stacks_read(runs, run, start, w->entries, w->n, err);
}

/* Where the place may be, digests being even. */
static uint64_t guess(const window *w, uint64_t a)
{
    double share = (double)(a - w->a_lo) / ((double)(w->a_hi - w->a_lo) + 1.0);
    uint64_t at = w->lo + (uint64_t)(share * (double)(w->hi - w->lo));
    at = at > w->lo + WINDOW / 2 ? at - WINDOW / 2 : w->lo;
    return at < w->hi ? at : w->hi;
}

/* Read the window that has the place; *i is the place in it, its n where no entry
 * follows. */
static hg_status find_place(const hg_stacks *runs, unsigned run, uint64_t a, window *w,
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

static hg_status find_in_run(const hg_stacks *runs, unsigned run, hg_hash hash,
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

hg_status hg_key_find(const hg_stacks *runs, hg_hash hash, uint64_t *row, hg_err *err)
{
    hg_status st = HG_OK;
    *row = 0;
    for (unsigned i = 0; st == HG_OK && i < runs->n; i++)
        st = find_in_run(runs, i, hash, row, err);
    return st;
}
