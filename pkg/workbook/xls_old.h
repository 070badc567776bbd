/* xls_old.h - the cells of Excel 2 as later versions write them (OpenOffice's
 * Documentation of the Excel File Format, chapter 5). */
#ifndef HG_WORKBOOK_XLS_OLD_H
#define HG_WORKBOOK_XLS_OLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Instead of the index of a style: the number format (bits 0 to 5) and font (6 and 7) of
 * a cell in a file without styles. */
#define HG_XLS_OLD_DIRECT 0x8000u

/* What is known of a file of Excel 2, and the record that was told last. */
typedef struct hg_xls_old {
    bool styled;    /* it has styles */
    uint16_t style; /* of the cells that do not tell theirs: an IXFE says so */
    unsigned char bytes[6 + 2 + 255];
} hg_xls_old;

/*
 * Tell a record of Excel 2 as Excel 5 would write it, with what a reader of cells needs:
 * cells, results of formulas, beginnings of sheets. *data then borrows from old. False:
 * it is none of these, and nothing changed. formulas: those of number 6 are of Excel 2.
 */
bool hg_xls_old_tell(hg_xls_old *old, bool formulas, uint16_t *id,
                     const unsigned char **data, size_t *n);

#endif
