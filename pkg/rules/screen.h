/* screen.h - a quick look at the rows of a part, by any thread: which of them are surely
 * good but for what takes all rows, and the digests that this takes. */
#ifndef HG_RULES_SCREEN_H
#define HG_RULES_SCREEN_H

#include "rules/table.h"

/* What one thread looks with. */
typedef struct hg_screen hg_screen;

/* For the rows of a table, which outlives it. *out is NULL where each row must go through
 * hg_table_row() (hg_table_serial()). HG_ENOMEM. */
hg_status hg_screen_new(hg_screen **out, const hg_table *table, hg_err *err);

/* What was seen of some rows. Start with all 0. */
typedef struct hg_screened {
    size_t n, n_odd;  /* rows; those that are odd */
    uint32_t *starts; /* where each starts, and where the last one ends: before the end of
                         the bytes where what follows is malformed, or memory ran out */
    bool *odd;        /* not surely good: hg_table_row() must decide */
    hg_hash *digests; /* of the others: hg_table_digests() for each row */
    hg_slice *cells;  /* likewise, where there are any: the first, and those of
                         hg_table_told(); n_cells for each row */
    size_t n_cells;
    size_t cap;
} hg_screened;

/* Look at the rows in bytes: valid UTF-8, at most UINT32_MAX, without the header. located:
 * the first cell of each is no data. */
void hg_screen_rows(hg_screen *screen, hg_slice bytes, bool located, hg_screened *seen);

void hg_screened_release(hg_screened *seen);
void hg_screen_free(hg_screen *screen); /* NULL is fine */

#endif
