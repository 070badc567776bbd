/* sorter - records of one length, put in order */
#include "rules/sorter.h"

#include <stdlib.h>
#include <string.h>

enum { FEW = 12 /* records are put in order one by one */ };

struct hg_sorter {
    hg_budget *budget;
    hg_spiller spiller;
    char *records; /* in memory */
    size_t n, cap;
    hg_stacks disk; /* what went there */
    bool ended;
    size_t next;              /* of those in memory, */
    hg_stacks_reader *reader; /* or on disk */
    char spare[2][1 << 10];   /* records on their way */
};

/* ---- putting memory in order ---- */

/* qsort() may take as much memory again, which nobody would count. */

static char *at(const hg_sorter *s, size_t i)
{
    return s->records + i * s->disk.size;
}

static void swap(hg_sorter *s, size_t i, size_t k)
{
    memcpy(s->spare[1], at(s, i), s->disk.size);
    memcpy(at(s, i), at(s, k), s->disk.size);
    memcpy(at(s, k), s->spare[1], s->disk.size);
}

static void insert_each(hg_sorter *s, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        size_t k = i;
        memcpy(s->spare[0], at(s, i), s->disk.size);
        for (; k > from && s->disk.order(s->spare[0], at(s, k - 1)) < 0; k--)
            memcpy(at(s, k), at(s, k - 1), s->disk.size);
        memcpy(at(s, k), s->spare[0], s->disk.size);
    }
}

/* Put what is not behind the middle one first; where the others start. Both have some. */
static size_t part(hg_sorter *s, size_t from, size_t to)
{
    size_t i = from, k = to - 1;
    memcpy(s->spare[0], at(s, from + (to - from - 1) / 2), s->disk.size);
    for (;; i++, k--) {
        while (s->disk.order(at(s, i), s->spare[0]) < 0)
            i++;
        while (s->disk.order(at(s, k), s->spare[0]) > 0)
            k--;
        if (i >= k)
            return k + 1;
        swap(s, i, k);
    }
}

static void sort(hg_sorter *s, size_t from, size_t to)
{
    while (to - from > FEW) {
        size_t middle = part(s, from, to);
        bool left_is_less = middle - from < to - middle;
        sort(s, left_is_less ? from : middle, left_is_less ? middle : to);
        from = left_is_less ? middle : from;
        to = left_is_less ? to : middle;
    }
    insert_each(s, from, to);
}

/* ---- adding ---- */

static void drop(hg_sorter *s)
{
    s->budget->used -= s->cap * s->disk.size;
    free(s->records);
    s->records = NULL;
    s->n = s->cap = 0;
}

/* Move all that is in memory to disk. */
static hg_status spill(void *self, hg_err *err)
{
    hg_sorter *s = self;
    if (s->n == 0)
        return HG_OK;
    sort(s, 0, s->n);
    hg_status st = hg_stacks_begin(&s->disk, err);
    if (st == HG_OK)
        st = hg_stacks_put(&s->disk, s->records, s->n, err);
    if (st == HG_OK)
        drop(s);
    return st;
}

/* More room; where it could be made on disk only, nothing is in memory then. */
static hg_status grow(hg_sorter *s, hg_err *err)
{
    size_t more = s->cap / 4 + 64;
    hg_status st = hg_budget_take(s->budget, more * s->disk.size, err);
    if (st != HG_OK)
        return st;
    char *records = realloc(s->records, (s->cap + more) * s->disk.size);
    if (!records) {
        s->budget->used -= more * s->disk.size;
        return hg_fail_nomem(err);
    }
    s->records = records;
    s->cap += more;
    return HG_OK;
}

hg_status hg_sorter_add(hg_sorter *s, const void *record, hg_err *err)
{
    hg_status st = s->n == s->cap ? grow(s, err) : HG_OK;
    if (st == HG_OK)
        memcpy(at(s, s->n++), record, s->disk.size);
    return st;
}

/* ---- fetching ---- */

static hg_status end(hg_sorter *s, hg_err *err)
{
    const hg_budget *budget = s->budget;
    bool much = budget->tmp && budget->used > budget->max / 2;
    hg_status st = HG_OK;
    s->ended = true;
    if (s->disk.n > 0 || much) /* from here on, what is in memory stays there */
        st = spill(s, err);
    else if (s->n > 0)
        sort(s, 0, s->n);
    hg_budget_leave(s->budget, &s->spiller);
    return st == HG_OK && s->disk.n > 0 ? hg_stacks_reader_new(&s->reader, &s->disk, err)
                                        : st;
}

hg_status hg_sorter_next(hg_sorter *s, const void **record, hg_err *err)
{
    hg_status st = s->ended ? HG_OK : end(s, err);
    if (st != HG_OK || s->reader)
        return st == HG_OK ? hg_stacks_next(s->reader, record, err) : st;
    if (s->next == s->n)
        return HG_END;
    *record = at(s, s->next++);
    return HG_OK;
}

/* ---- all of it ---- */

hg_status hg_sorter_new(hg_sorter **out, size_t size, hg_order *order, hg_budget *budget,
                        hg_err *err)
{
    hg_sorter *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->budget = budget;
    s->disk = (hg_stacks){ .disk.tmp = budget->tmp, .size = size, .order = order };
    s->spiller = (hg_spiller){ .spill = spill, .self = s };
    hg_budget_join(budget, &s->spiller);
    return HG_OK;
}

void hg_sorter_free(hg_sorter *s)
{
    if (!s)
        return;
    hg_budget_leave(s->budget, &s->spiller);
    hg_stacks_reader_free(s->reader);
    drop(s);
    hg_stacks_release(&s->disk);
    free(s);
}
