/* xlsx.h - workbooks of Office Open XML, .xlsx and .xlsm (ECMA-376, transitional and
 * strict). */
#ifndef HG_WORKBOOK_XLSX_H
#define HG_WORKBOOK_XLSX_H

#include "workbook/cell.h"

#define HG_XLSX_MAX_SHEETS 16384

/* A zip that is no xlsx is refused by the name of what it is, where that is known. Sheets
 * that hold a chart, a dialogue or macros have no cells and are not counted. */
extern const hg_reader hg_xlsx_reader;

#endif
