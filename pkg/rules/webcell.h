/* webcell.h - a cell of CSV on the Web by its column: white space, default, list, null,
 * datatype (w3.org/TR/tabular-data-model, 6.4). */
#ifndef HG_RULES_WEBCELL_H
#define HG_RULES_WEBCELL_H

#include "dataset/csvm.h"

/* Takes a value that breaks something: HG_CELL_ bits of table/schema.h. value is the cell's,
 * or one of its list; borrowed. */
typedef void hg_take_broken(void *user, unsigned broken, hg_slice value);

/* Who is told, and memory that cells share. Zeroed to begin with. */
typedef struct hg_webcell {
    hg_take_broken *take; /* NULL: nobody */
    void *user;
    hg_buf normal, space; /* its own */
} hg_webcell;

/*
 * Judge a cell, valid UTF-8, and each value of one that is a list. Where keys are not NULL, append to typed the bytes of its
 * value and to text those of its normal text, each equal for equal ones and closed in
 * themselves.
 */
void hg_webcell_read(hg_webcell *cell, const hg_csvm_column *column, hg_slice text,
                     hg_buf *typed, hg_buf *plain);
void hg_webcell_release(hg_webcell *cell);

#endif
