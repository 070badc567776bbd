/* webcell.h - a cell of CSV on the Web by its column: white space, default, list, null,
 * datatype (w3.org/TR/tabular-data-model, 6.4). */
#ifndef HG_RULES_WEBCELL_H
#define HG_RULES_WEBCELL_H

#include "dataset/csvm.h"

/* What came out of a cell, and memory that cells share. Zeroed to begin with. */
typedef struct hg_webcell {
    unsigned
        broken; /* HG_CELL_ bits of table/schema.h, of the first value that breaks any */
    hg_slice value;       /* that value, or the cell; borrowed until the next cell */
    hg_buf normal, space; /* its own */
} hg_webcell;

/*
 * Judge a cell; valid UTF-8. Where keys are not NULL, append to typed the bytes of its
 * value and to text those of its normal text, each equal for equal ones and closed in
 * themselves.
 */
void hg_webcell_read(hg_webcell *cell, const hg_csvm_column *column, hg_slice text,
                     hg_buf *typed, hg_buf *plain);
void hg_webcell_release(hg_webcell *cell);

#endif
