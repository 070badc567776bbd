/* lists - many lists of pairs of numbers, in memory and, beyond the budget, on disk */
#include "rules/lists.h"
#include "base/scratch.h"

#include <stdlib.h>
#include <string.h>

enum { PAIRS = 63 /* of a block, which then takes 1 KiB */ };

typedef struct block {
    struct block *next;
    size_t n;
    hg_pair pairs[PAIRS];
} block;

typedef struct list {
    block *first, *last; /* in memory, behind what is on disk */
    uint64_t n;          /* pairs in all */
    size_t from;         /* the first run that counts: those before were dropped */
} list;

/* All that was in memory once, written list by list. */
typedef struct run {
    uint64_t at[HG_LISTS + 1]; /* pairs before each list's */
    uint64_t offset;
} run;

struct hg_lists {
    hg_budget *budget;
    hg_spiller spiller;
    list lists[HG_LISTS];
    hg_scratch disk;
    uint64_t *runs; /* where each one's description stands on disk */
    size_t n_runs;
    bool held; /* what is in memory stays there */
};

/* ---- memory ---- */

static void free_blocks(hg_lists *lists, list *l)
{
    for (block *b = l->first, *next; b; b = next) {
        next = b->next;
        lists->budget->used -= sizeof *b;
        free(b);
    }
    l->first = l->last = NULL;
}

static hg_status add_block(hg_lists *lists, list *l, hg_err *err)
{
    hg_status st = hg_budget_take(lists->budget, sizeof(block), err);
    if (st != HG_OK)
        return st;
    block *b = malloc(sizeof *b);
    if (!b) {
        lists->budget->used -= sizeof *b;
        return hg_fail_nomem(err);
    }
    b->next = NULL;
    b->n = 0;
    if (l->last)
        l->last->next = b;
    else
        l->first = b;
    l->last = b;
    return HG_OK;
}

hg_status hg_lists_add(hg_lists *lists, unsigned i, hg_pair pair, hg_err *err)
{
    list *l = &lists->lists[i];
    if (!l->last || l->last->n == PAIRS) {
        hg_status st = add_block(lists, l, err);
        if (st != HG_OK)
            return st;
    }
    l->last->pairs[l->last->n++] = pair;
    l->n++;
    return HG_OK;
}

uint64_t hg_lists_count(const hg_lists *lists, unsigned i)
{
    return lists->lists[i].n;
}

/* ---- disk ---- */

static hg_status put_list(hg_lists *lists, list *l, uint64_t *n, hg_err *err)
{
    hg_status st = HG_OK;
    for (const block *b = l->first; st == HG_OK && b; b = b->next) {
        st = hg_scratch_put(&lists->disk, b->pairs, b->n * sizeof *b->pairs, err);
        *n += b->n;
    }
    return st;
}

static hg_status note_run(hg_lists *lists, const run *r, hg_err *err)
{
    uint64_t *runs = realloc(lists->runs, (lists->n_runs + 1) * sizeof *runs);
    if (!runs)
        return hg_fail_nomem(err);
    lists->runs = runs;
    runs[lists->n_runs] = lists->disk.size;
    hg_status st = hg_scratch_put(&lists->disk, r, sizeof *r, err);
    lists->n_runs += st == HG_OK;
    return st;
}

/* Move all that is in memory to disk. */
static hg_status spill(void *self, hg_err *err)
{
    hg_lists *lists = self;
    run r = { .offset = lists->disk.size };
    hg_status st = HG_OK;
    lists->disk.tmp = lists->budget->tmp;
    for (unsigned i = 0; st == HG_OK && i < HG_LISTS; i++) {
        uint64_t n = 0;
        st = put_list(lists, &lists->lists[i], &n, err);
        r.at[i + 1] = r.at[i] + n;
    }
    if (st == HG_OK && r.at[HG_LISTS] > 0)
        st = note_run(lists, &r, err);
    for (unsigned i = 0; st == HG_OK && i < HG_LISTS; i++)
        free_blocks(lists, &lists->lists[i]);
    return st;
}

/* ---- reading ---- */

/* What a run has of the list. *n is 0 where there is nothing left of it. */
static hg_status read_run(const hg_lists *lists, hg_lists_at *at, hg_pair *to, size_t max,
                          size_t *n, hg_err *err)
{
    uint64_t ends[2], base = lists->runs[at->run], offset;
    hg_status st = hg_scratch_read(&lists->disk, base + at->list * sizeof *ends, ends,
                                   sizeof ends, err);
    if (st == HG_OK)
        st = hg_scratch_read(&lists->disk, base + offsetof(run, offset), &offset,
                             sizeof offset, err);
    uint64_t left = st == HG_OK ? ends[1] - ends[0] - at->done : 0;
    *n = left < max ? (size_t)left : max;
    if (st == HG_OK)
        st = hg_scratch_read(&lists->disk, offset + (ends[0] + at->done) * sizeof *to, to,
                             *n * sizeof *to, err);
    at->done += *n;
    return st;
}

static void read_block(hg_lists_at *at, const block *b, hg_pair *to, size_t max, size_t *n)
{
    size_t left = b->n - at->done;
    *n = left < max ? left : max;
    memcpy(to, b->pairs + at->done, *n * sizeof *to);
    at->done += *n;
    at->block = b;
    if (at->done == b->n && b->next) {
        at->block = b->next;
        at->done = 0;
    }
}

hg_status hg_lists_read(const hg_lists *lists, hg_lists_at *at, hg_pair *to, size_t max,
                        size_t *n, hg_err *err)
{
    const list *l = &lists->lists[at->list];
    hg_status st = HG_OK;
    *n = 0;
    if (at->run < l->from)
        at->run = l->from;
    while (st == HG_OK && *n == 0 && at->run < lists->n_runs) {
        st = read_run(lists, at, to, max, n, err);
        if (st == HG_OK && *n == 0) {
            at->run++;
            at->done = 0;
        }
    }
    if (st == HG_OK && *n == 0 && l->first)
        read_block(at, at->block ? at->block : l->first, to, max, n);
    return st;
}

/* ---- all of them ---- */

hg_status hg_lists_new(hg_lists **out, hg_budget *budget, hg_err *err)
{
    hg_lists *lists = *out = calloc(1, sizeof *lists);
    if (!lists)
        return hg_fail_nomem(err);
    lists->budget = budget;
    lists->spiller = (hg_spiller){ .spill = spill, .self = lists };
    hg_budget_join(budget, &lists->spiller);
    return HG_OK;
}

void hg_lists_hold(hg_lists *lists)
{
    lists->held = true;
    hg_budget_leave(lists->budget, &lists->spiller);
}

hg_status hg_lists_settle(hg_lists *lists, hg_err *err)
{
    const hg_budget *budget = lists->budget;
    bool much = !lists->held && budget->tmp && budget->used > budget->max / 2;
    hg_status st = much ? spill(lists, err) : HG_OK;
    hg_lists_hold(lists);
    return st;
}

void hg_lists_drop(hg_lists *lists, unsigned i)
{
    list *l = &lists->lists[i];
    free_blocks(lists, l);
    l->n = 0;
    l->from = lists->n_runs;
}

void hg_lists_free(hg_lists *lists)
{
    if (!lists)
        return;
    hg_budget_leave(lists->budget, &lists->spiller);
    for (unsigned i = 0; i < HG_LISTS; i++)
        free_blocks(lists, &lists->lists[i]);
    hg_scratch_release(&lists->disk);
    free(lists->runs);
    free(lists);
}
