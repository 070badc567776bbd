/* lists.h - many lists of pairs of numbers, in memory and, beyond the budget, on disk. */
#ifndef HG_RULES_LISTS_H
#define HG_RULES_LISTS_H

#include "rules/budget.h"

#define HG_LISTS 256

typedef struct hg_pair {
    uint64_t a, b;
} hg_pair;

/* A pair takes 16 bytes, and each list that is not empty 1 KiB more at most. */
typedef struct hg_lists hg_lists;

/* budget outlives the lists. HG_ENOMEM. */
hg_status hg_lists_new(hg_lists **out, hg_budget *budget, hg_err *err);

/* Add a pair to a list, below HG_LISTS. HG_EINPUT: over budget, and there is no disk for
 * more; HG_ESYS, HG_ENOMEM. */
hg_status hg_lists_add(hg_lists *lists, unsigned list, hg_pair pair, hg_err *err);
uint64_t hg_lists_count(const hg_lists *lists, unsigned list);

/* Where one reads in a list: from the start where all but list is 0. Nothing may be added
 * meanwhile. */
typedef struct hg_lists_at {
    unsigned list;
    size_t run;        /* on disk */
    uint64_t done;     /* pairs of that run, or of the block */
    const void *block; /* in memory */
} hg_lists_at;

/* Fetch the next pairs of a list in their order, at most max; *n is 0 at its end. Several
 * threads may read. HG_ESYS. */
hg_status hg_lists_read(const hg_lists *lists, hg_lists_at *at, hg_pair *to, size_t max,
                        size_t *n, hg_err *err);

/* Nothing is moved to disk from now on: threads read. */
void hg_lists_hold(hg_lists *lists);
/* The same, having moved it before where more than half of the budget is used: what reads needs
 * room, too. HG_ESYS, HG_ENOMEM. */
hg_status hg_lists_settle(hg_lists *lists, hg_err *err);

/* Give back the memory of a list that is not read again; it is empty then. */
void hg_lists_drop(hg_lists *lists, unsigned list);
void hg_lists_free(hg_lists *lists); /* NULL is fine */

#endif
