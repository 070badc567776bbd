/* webpage_sheet.h - the cells of a web page, streaming; see workbook/webpage. */
#ifndef HG_WORKBOOK_WEBPAGE_SHEET_H
#define HG_WORKBOOK_WEBPAGE_SHEET_H

#include "workbook/cell.h"
#include "workbook/tags.h"

/* What a page is read with, kept by the caller. */
typedef struct hg_webpage_of {
    int fd; /* of UTF-8 */
    uint64_t from;
    const char *name, *sheet; /* for messages */
} hg_webpage_of;

typedef struct hg_webpage_sheet hg_webpage_sheet;

/* As hg_reader wants them (workbook/cell.h). Memory holds a few rows. */
hg_status hg_webpage_sheet_open(hg_webpage_sheet **out, const hg_webpage_of *of,
                                hg_err *err);
hg_status hg_webpage_sheet_next(hg_webpage_sheet *sheet, hg_cell *cell, hg_err *err);
const hg_area *hg_webpage_sheet_merged(const hg_webpage_sheet *sheet, size_t *n);
void hg_webpage_sheet_free(hg_webpage_sheet *sheet); /* NULL is fine */

#endif
