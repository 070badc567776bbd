/* matcher.h - the quick look at a cell: surely good, or not sure. */
#ifndef HG_TABLE_MATCHER_H
#define HG_TABLE_MATCHER_H

#include "table/schema.h"

/*
 * Matchers know the usual texts of the fields of a table's columns: plain integers and
 * decimals, ISO dates, years, patterns made of classes, short texts that were good before.
 * They never say good of a cell that hg_field_check() finds something in; of what they are
 * not sure of nothing is said, and hg_field_check() decides. They remember, so each thread
 * has its own, and its own schema too (a pattern remembers likewise).
 */
typedef struct hg_matchers hg_matchers;

/* For n columns, of which any text is good until hg_matchers_set(). HG_ENOMEM. */
hg_status hg_matchers_new(hg_matchers **out, size_t n, hg_err *err);
/* A column's cells are of field, which outlives the matchers. valued: only a cell that has
 * a value is good (a key's). HG_ENOMEM. */
hg_status hg_matchers_set(hg_matchers *matchers, size_t column, const hg_field *field,
                          bool valued, hg_err *err);
/* Whether all n cells, one for each column, are good, and not all of them empty. */
bool hg_matchers_good(hg_matchers *matchers, const hg_slice *cells);
void hg_matchers_free(hg_matchers *matchers); /* NULL is fine */

#endif
