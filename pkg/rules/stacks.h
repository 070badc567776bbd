/* stacks.h - records of one length on disk, in sorted runs that can be read as one. */
#ifndef HG_RULES_STACKS_H
#define HG_RULES_STACKS_H

#include "base/scratch.h"

#define HG_STACKS 16 /* more are made one */

/* Below 0, 0 or above 0: a stands before, with or behind b. */
typedef int hg_order(const void *a, const void *b);

/* Begins with disk.tmp, size (of a record, at most 1 KiB) and order; all else 0. */
typedef struct hg_stacks {
    hg_scratch disk;
    size_t size;
    hg_order *order;
    struct {
        uint64_t at, n; /* bytes; records */
    } runs[HG_STACKS];
    unsigned n;
} hg_stacks;

/* Begin a run, and put records in their order. HG_ESYS, HG_ENOMEM. */
hg_status hg_stacks_begin(hg_stacks *runs, hg_err *err);
hg_status hg_stacks_put(hg_stacks *runs, const void *records, size_t n, hg_err *err);

/* Make all runs one, so that there is one place to look at. HG_ESYS, HG_ENOMEM. */
hg_status hg_stacks_merge(hg_stacks *runs, hg_err *err);

/* Read n records of a run. For several threads at once. HG_ESYS. */
hg_status hg_stacks_read(const hg_stacks *runs, unsigned run, uint64_t from, void *to,
                         size_t n, hg_err *err);
void hg_stacks_release(hg_stacks *runs);

/* All records in their order; those with one another in that of their runs. Takes 4 KiB
 * of memory a run. The runs outlive it and stay as they are. HG_ESYS, HG_ENOMEM. */
typedef struct hg_stacks_reader hg_stacks_reader;
hg_status hg_stacks_reader_new(hg_stacks_reader **out, const hg_stacks *runs,
                               hg_err *err);
/* HG_END after the last; the record stands until the next call. HG_ESYS. */
hg_status hg_stacks_next(hg_stacks_reader *reader, const void **record, hg_err *err);
void hg_stacks_reader_free(hg_stacks_reader *reader); /* NULL is fine */

#endif
