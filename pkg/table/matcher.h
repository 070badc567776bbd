/* matcher.h - the quick look at a cell: surely good, or not sure. */
#ifndef HG_TABLE_MATCHER_H
#define HG_TABLE_MATCHER_H

#include "table/schema.h"

/*
 * A matcher knows the usual texts of one field: plain integers and decimals, ISO dates,
 * years, patterns made of classes, short texts that were good before. It never says good
 * of a cell that hg_field_check() finds something in; of what it is not sure of, nothing
 * is said, and hg_field_check() decides. A matcher remembers, so each thread has its own,
 * and its own schema too (a pattern remembers likewise).
 */
typedef struct hg_matcher hg_matcher;

/* valued: only a cell that has a value is good (a key's). field outlives the matcher. HG_ENOMEM. */
hg_status hg_matcher_new(hg_matcher **out, const hg_field *field, bool valued, hg_err *err);
bool hg_matcher_good(hg_matcher *matcher, hg_slice cell);
void hg_matcher_free(hg_matcher *matcher); /* NULL is fine */

#endif
