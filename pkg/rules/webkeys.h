/* webkeys.h - the keys of the tables of CSV on the Web: primary keys, and the rows that
 * foreign keys lead to, each to just one (w3.org/TR/tabular-metadata, 5.5). */
#ifndef HG_RULES_WEBKEYS_H
#define HG_RULES_WEBKEYS_H

#include "dataset/csvm.h"
#include "rules/keys.h"

typedef struct hg_webkeys hg_webkeys;

/* The cells of a row that keys need, by column: of values, and of plain texts. */
typedef struct hg_webrow {
    hg_buf typed, plain;
    size_t *typed_ends, *plain_ends; /* where each column's bytes end */
} hg_webrow;

/* csvm and budget outlive it. HG_ENOMEM. */
hg_status hg_webkeys_new(hg_webkeys **out, const hg_csvm *csvm, hg_budget *budget,
                         hg_err *err);
/* Are there foreign keys that lead to this table? Then each row of it must be entered
 * before rows that refer are asked about. */
bool hg_webkeys_is_target(const hg_webkeys *keys, size_t table);
/* Has this column a part in a key? */
bool hg_webkeys_has(const hg_webkeys *keys, size_t table, size_t column);
/* Enter a row of a table that is a target. HG_EINPUT: over budget; HG_ENOMEM. */
hg_status hg_webkeys_enter(hg_webkeys *keys, size_t table, const hg_webrow *row,
                           uint64_t number, hg_err *err);
/* How many rows the i-th foreign key of a row leads to: 0, 1, or 2 for more. HG_ENOMEM.
 */
hg_status hg_webkeys_follow(hg_webkeys *keys, size_t table, size_t i,
                            const hg_webrow *row, unsigned *rows, hg_err *err);
/* The row that had the same primary key before, or 0. Fails as hg_webkeys_enter() does.
 */
hg_status hg_webkeys_primary(hg_webkeys *keys, size_t table, const hg_webrow *row,
                             uint64_t number, uint64_t *first, hg_err *err);
void hg_webkeys_free(hg_webkeys *keys); /* NULL is fine */

#endif
