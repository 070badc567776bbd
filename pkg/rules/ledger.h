/* ledger.h - which rows have the same key, or lead nowhere: told once all rows are there.
 *
 * Each key's digest goes with its row to one of 256 lists by its first byte; at the end
 * each list is looked at for itself, which stays in the processor's cache. A key takes 16
 * bytes, in memory or, beyond the budget, on disk; what is told, and in which order, is the
 * same. Of a digest 96 bits are kept: among n keys the chance that two have the same is
 * n^2 / 2^97, whatever the keys are (rules/hash.h).
 */
#ifndef HG_RULES_LEDGER_H
#define HG_RULES_LEDGER_H

#include "base/team.h"
#include "rules/budget.h"

#define HG_LEDGER_ROWS ((uint64_t)1 << 39) /* rows are below */

typedef struct hg_ledger hg_ledger;

/* budget outlives the ledger. HG_ENOMEM. */
hg_status hg_ledger_new(hg_ledger **out, hg_budget *budget, hg_err *err);

/*
 * Enter the key of a row, in the order of rows. Numbers that rise (hg_hash_of_number()) take
 * 24 bytes for each run of neighbours in rows one after the other, as long as all of them
 * rise. HG_EINPUT: over budget without a disk; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_ledger_add(hg_ledger *ledger, hg_hash hash, uint64_t row, hg_err *err);
/* The same of n rows one after the other, each key stride behind that before. */
hg_status hg_ledger_add_rows(hg_ledger *ledger, const hg_hash *keys, size_t stride, size_t n,
                             uint64_t row, hg_err *err);
/* All keys so far are numbers that rise, so no row has that of another. */
bool hg_ledger_rising(const hg_ledger *ledger);

/* Enter a key that other rows may refer to; rows added refer. Fails likewise. */
hg_status hg_ledger_target(hg_ledger *ledger, hg_hash hash, hg_err *err);

/*
 * After all keys: find the rows whose key a row before has, or those that lead to no target;
 * then hg_ledger_next() gives them in their order, with the first row that has the key, and
 * HG_END. team may be NULL. HG_EINPUT: memory does not do for one list (some 44 bytes a key, by 256); HG_ESYS, HG_ENOMEM.
 */
hg_status hg_ledger_same(hg_ledger *ledger, hg_team *team, hg_err *err);
hg_status hg_ledger_lost(hg_ledger *ledger, hg_team *team, hg_err *err);
hg_status hg_ledger_next(hg_ledger *ledger, uint64_t *row, uint64_t *first, hg_err *err);

void hg_ledger_free(hg_ledger *ledger); /* NULL is fine */

#endif
