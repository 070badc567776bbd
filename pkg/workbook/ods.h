/* ods.h - workbooks of OpenDocument, .ods and flat .fods (ISO/IEC 26300, OASIS ODF 1.0 to
 * 1.4). */
#ifndef HG_WORKBOOK_ODS_H
#define HG_WORKBOOK_ODS_H

#include "workbook/cell.h"

#define HG_ODS_MAX_SHEETS 16384

/* A file of OpenDocument that is no spreadsheet is refused by the name of what it is.
 * Dates are dates in the file: no system of them is told. */
extern const hg_reader hg_ods_reader;

#endif
