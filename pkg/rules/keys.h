/* keys.h - has this key been seen before? A set of keys and the row that had each first.
 */
#ifndef HG_RULES_KEYS_H
#define HG_RULES_KEYS_H

#include "rules/budget.h"

/*
 * A set keeps 88 bits of digests in place of keys: 16 bytes an entry in 256 open tables
 * by the digest's first byte, so that growing touches little at a time; with what is
 * empty, at most 24 bytes. Among n keys the chance of one false duplicate is n^2 / 2^89,
 * whatever the keys are (rules/hash.h). Rows are below 2^40. What is over the budget goes
 * to disk, where a key is found by two or three short reads: the answers are the same.
 * What is only asked at the end has rules/ledger.h, which is faster there.
 */
typedef struct hg_keys hg_keys;

/* budget outlives the set. HG_ENOMEM. */
hg_status hg_keys_new(hg_keys **out, hg_budget *budget, hg_err *err);

/*
 * Add a key that row (not 0) has. *first is another row that had it before, or 0 if there
 * is none. HG_EINPUT: the budget is used up and there is no disk, so that nothing can be
 * said about this row; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_keys_add(hg_keys *keys, hg_slice key, uint64_t row, uint64_t *first,
                      hg_err *err);

/* Likewise by the key's digest under the budget's seed. */
hg_status hg_keys_add_hash(hg_keys *keys, hg_hash hash, uint64_t row, uint64_t *first,
                           hg_err *err);

/* The same where nobody wants to know, which is faster; hg_keys_find() then gives any
 * row. */
hg_status hg_keys_put(hg_keys *keys, hg_slice key, uint64_t row, hg_err *err);

/* No more keys come: several threads may look for them from now on. Three quarters of the
 * budget are left to others. HG_ESYS, HG_ENOMEM. */
hg_status hg_keys_hold(hg_keys *keys, hg_err *err);

/* The row that had a key first; 0: it is not there. HG_ESYS: its file cannot be read. */
hg_status hg_keys_find(const hg_keys *keys, hg_slice key, uint64_t *row, hg_err *err);
hg_status hg_keys_find_hash(const hg_keys *keys, hg_hash hash, uint64_t *row,
                            hg_err *err);
size_t hg_keys_count(const hg_keys *keys); /* those of hg_keys_put() may count twice */
void hg_keys_free(hg_keys *keys);          /* NULL is fine */

#endif
