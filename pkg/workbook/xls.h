/* xls.h - old workbooks of Excel, .xls: BIFF8 of Excel 97 to 2003 and BIFF5 of Excel 5
 * and 95
 * ([MS-XLS]; OpenOffice's Documentation of the Excel File Format). */
#ifndef HG_WORKBOOK_XLS_H
#define HG_WORKBOOK_XLS_H

#include "workbook/cell.h"

#define HG_XLS_MAX_SHEETS 16384

/* A compound file that is no workbook, or one with a password of its own, is refused by the
 * name of what it is. Sheets that hold a chart or macros have no cells
 * and are not counted. */
extern const hg_reader hg_xls_reader;

#endif
