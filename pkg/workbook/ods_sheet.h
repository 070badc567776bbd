/* ods_sheet.h - the cells of one table of an OpenDocument spreadsheet (ODF 1.3 part
 * 3, 9.1), streaming. */
#ifndef HG_WORKBOOK_ODS_SHEET_H
#define HG_WORKBOOK_ODS_SHEET_H

#include "workbook/cell.h"
#include "workbook/ods_file.h"
#include "workbook/ods_styles.h"

#define HG_ODS_MAX_TEXT  ((size_t)1 << 20) /* bytes of one text */
#define HG_ODS_MAX_TEXTS ((size_t)1 << 26) /* bytes of the texts of a row, 64 MiB */
#define HG_ODS_MAX_COPIES                                                                \
    ((uint64_t)1 << 24) /* cells with a value, given by repeating one */
#define HG_ODS_MAX_MERGED ((size_t)1 << 18) /* merged areas of one sheet */

/* Where a document's tables are: elements that lead to them, and an element that is no
 * part of that way, passed over with all that is in it. */
bool hg_ods_leads(char space, const char *name);

/*
 * The cells of table i of a document, as hg_reader wants them (workbook/cell.h). Rows and
 * cells that are repeated are given one by one, those without a value never. A text's
 * paragraphs are joined by LF; white space stays as it stands in the file, as LibreOffice
 * has it; notes, shapes and what hangs on a cell are no part of it. Memory holds the rows
 * of one block of XML. Besides damage, HG_EINPUT is: a value beyond the largest sheet, a
 * value that is not of its cell's type, over a limit above.
 */
typedef struct hg_ods_sheet hg_ods_sheet;

hg_status hg_ods_sheet_open(hg_ods_sheet **out, hg_ods_file *file,
                            const hg_ods_styles *styles, size_t i, const char *name,
                            hg_err *err);
hg_status hg_ods_sheet_next(hg_ods_sheet *sheet, hg_cell *cell, hg_err *err);
const hg_area *hg_ods_sheet_merged(const hg_ods_sheet *sheet, size_t *n);
void hg_ods_sheet_free(hg_ods_sheet *sheet); /* NULL is fine */

#endif
