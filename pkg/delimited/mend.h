/* mend.h - what a row was meant to be that has not the cells of its table: the one change
 * that makes it like the other rows. */
#ifndef HG_DELIMITED_MEND_H
#define HG_DELIMITED_MEND_H

#include "delimited/tables.h"

typedef enum hg_mended {
    HG_MEND_NOTHING, /* no change, or none that is surely meant: the row stays as it is */
    HG_MEND_QUOTE,   /* a quote that opened a cell is data */
    HG_MEND_MISSING, /* a delimiter was missing */
    HG_MEND_EXTRA,   /* an empty cell too many is left out */
    HG_MEND_DATA,    /* a delimiter is data, of a cell without quotes */
    HG_MEND_DELIMITER /* the row has another delimiter */
} hg_mended;

typedef struct hg_mend hg_mend;

/* Of rows of this table in this dialect, both kept by the caller. HG_ENOMEM. */
hg_status hg_mend_new(hg_mend **out, const hg_table_at *table, const hg_dialect *dialect,
                      hg_err *err);
/*
 * Find the change for a record with stray quotes, or not of the table's width. It is made
 * where it gives a row of the table's width that costs (delimited/likeness) hardly more than
 * usual and clearly less than with any other change. header: the row is one that heads
 * columns, which cannot be like them. *split is then the row as changed, over *length
 * bytes of the text, and *at the place of the change; both are the record's own where
 * nothing was changed. They borrow until the next call. HG_ENOMEM.
 */
hg_status hg_mend_row(hg_mend *mend, hg_record *record, bool header, hg_mended *what,
                      const hg_split **split, size_t *length, size_t *at, hg_err *err);
void hg_mend_free(hg_mend *mend); /* NULL is fine */

#endif
