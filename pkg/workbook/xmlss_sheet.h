/* xmlss_sheet.h - the cells of one worksheet of an XML Spreadsheet, streaming. */
#ifndef HG_WORKBOOK_XMLSS_SHEET_H
#define HG_WORKBOOK_XMLSS_SHEET_H

#include "workbook/cell.h"
#include "workbook/xmlss_styles.h"

/* What a worksheet is read with, kept by the caller. */
typedef struct hg_xmlss_of {
    int fd;
    const char *name;        /* of the file */
    hg_xmlss_styles *styles; /* of the workbook */
    bool from_1904;
} hg_xmlss_of;

/*
 * The cells of worksheet i, as hg_reader wants them (workbook/cell.h). Rows and cells say
 * where they stand, or follow those before. Memory holds the cells of one block of XML.
 * Besides damage, HG_EINPUT is: rows or cells that go back, or beyond the largest sheet;
 * a value that is not of its type, or of a type that there is not; over a limit of
 * workbook/pending.
 */
typedef struct hg_xmlss_sheet hg_xmlss_sheet;

hg_status hg_xmlss_sheet_open(hg_xmlss_sheet **out, const hg_xmlss_of *of, size_t i,
                              const char *name, hg_err *err);
hg_status hg_xmlss_sheet_next(hg_xmlss_sheet *sheet, hg_cell *cell, hg_err *err);
const hg_area *hg_xmlss_sheet_merged(const hg_xmlss_sheet *sheet, size_t *n);
void hg_xmlss_sheet_free(hg_xmlss_sheet *sheet); /* NULL is fine */

#endif
