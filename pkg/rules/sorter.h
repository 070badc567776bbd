/* sorter.h - records of one length, put in order: in memory and, beyond the budget, on
 * disk. */
#ifndef HG_RULES_SORTER_H
#define HG_RULES_SORTER_H

#include "rules/budget.h"
#include "rules/stacks.h"

typedef struct hg_sorter hg_sorter;

/* size: of a record, at most 1 KiB. order: no two records are alike in it. budget
 * outlives the sorter. HG_ENOMEM. */
hg_status hg_sorter_new(hg_sorter **out, size_t size, hg_order *order, hg_budget *budget,
                        hg_err *err);

/* Add a record, which is copied. HG_EINPUT: over budget without a disk; HG_ESYS,
 * HG_ENOMEM. */
hg_status hg_sorter_add(hg_sorter *sorter, const void *record, hg_err *err);

/* After all are added, fetch the next in order; HG_END after the last. It stands until
 * the next call. HG_ESYS, HG_ENOMEM. */
hg_status hg_sorter_next(hg_sorter *sorter, const void **record, hg_err *err);

void hg_sorter_free(hg_sorter *sorter); /* NULL is fine */

#endif
