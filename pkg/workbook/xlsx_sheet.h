/* xlsx_sheet.h - the cells of one worksheet of an xlsx (ECMA-376 part 1, 18.3),
 * streaming. */
#ifndef HG_WORKBOOK_XLSX_SHEET_H
#define HG_WORKBOOK_XLSX_SHEET_H

#include "workbook/xlsx_block.h"

#define HG_XLSX_MAX_MERGED ((size_t)1 << 18) /* merged areas of one sheet */

/*
 * The cells of a worksheet, as hg_reader wants them (workbook/cell.h). Memory holds the
 * cells of a few blocks of XML. Besides damage, HG_EINPUT is: a row or cell that comes twice
 * or after a later one, a reference beyond the largest sheet, a shared text that is
 * missing, a value that is not of its cell's type, over HG_XLSX_MAX_MERGED.
 */
typedef struct hg_xlsx_sheet hg_xlsx_sheet;

hg_status hg_xlsx_sheet_open(hg_xlsx_sheet **out, const hg_xlsx_context *context,
                             const char *part, const char *sheet, hg_err *err);
hg_status hg_xlsx_sheet_run(hg_xlsx_sheet *sheet, const hg_cell **cells, size_t *n,
                            hg_err *err);
const hg_area *hg_xlsx_sheet_merged(const hg_xlsx_sheet *sheet, size_t *n);
hg_area hg_xlsx_sheet_declared(const hg_xlsx_sheet *sheet); /* its <dimension> */
void hg_xlsx_sheet_free(hg_xlsx_sheet *sheet); /* NULL is fine */

#endif
