/* ruler.h - the row that numbers a table's columns: "A B 1 2", "(1) (2)", "0 1 2",
 * "1 2 3=1+2". */
#ifndef HG_RECIPE_RULER_H
#define HG_RECIPE_RULER_H

#include "workbook/cell.h"

/* Is it such a row? All its cells are letters, then numbers that count from 0 or 1. */
bool hg_ruler_is(const hg_cell *cells, size_t n);

/* The column of its first number; 0 where no letter stands before it. */
uint32_t hg_ruler_first(const hg_cell *cells, size_t n);

/* The number of a column in it, or -1. */
int hg_ruler_number(hg_slice text);

#define HG_RULER_PARTS 32

/* Read "3=1+2" or "(02=03+04)": what is on the left, and the parts of the sum with their
 * signs. 0: it is no sum. The texts borrow from text. */
typedef struct hg_ruler_part {
    hg_slice name;
    bool minus;
} hg_ruler_part;
size_t hg_ruler_sum(hg_slice text, hg_slice *total, hg_ruler_part parts[HG_RULER_PARTS]);

#endif
