/* matcher.h - the quick look at a cell: surely good, or not sure. */
#ifndef HG_TABLE_MATCHER_H
#define HG_TABLE_MATCHER_H

#include "table/row.h"
#include "table/schema.h"

/*
 * Matchers know the usual texts of the fields of a table's columns: plain integers and
 * decimals, ISO dates, years, patterns made of classes, short texts that were good before.
 * They look at 64 rows at a time, column by column, where the cells stand in their text
 * (hg_block); short ones side by side (table/lanes.h), the rest one by one in a loop for
 * their kind. They never say good of a cell that hg_field_check() finds something in; of what they are
 * not sure of nothing is said, and hg_field_check() decides. They remember, so each thread
 * has its own, and its own schema too (a pattern remembers likewise).
 */
typedef struct hg_matchers hg_matchers;

#define HG_MATCHERS_ROWS 64 /* looked at together */

/* What else a cell must be to be good; it is asked of texts that were not good before. */
typedef struct hg_also {
    bool (*good)(const void *of, size_t column, hg_slice cell); /* NULL: nothing */
    const void *of;
} hg_also;

/* For n columns, of which any text is good until hg_matchers_set(). HG_ENOMEM. */
hg_status hg_matchers_new(hg_matchers **out, size_t n, hg_err *err);
/* A column's cells are of field, which outlives the matchers (NULL: any text). valued: only
 * a cell that has a value is good (a key's). HG_ENOMEM. */
hg_status hg_matchers_set(hg_matchers *matchers, size_t column, const hg_field *field,
                          bool valued, hg_also also, hg_err *err);
/* Whether a row is good: all its cells are, and not all of them are empty. */
bool hg_matchers_row(hg_matchers *matchers, const hg_slice *cells);
/* Which of up to HG_MATCHERS_ROWS rows are, a bit for each, the first one lowest. Their
 * cells are those from the given one on. */
uint64_t hg_matchers_good(hg_matchers *matchers, const hg_block *rows, size_t first);
void hg_matchers_free(hg_matchers *matchers); /* NULL is fine */

#endif
