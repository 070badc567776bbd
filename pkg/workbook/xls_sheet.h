/* xls_sheet.h - the cells of one worksheet of an old workbook ([MS-XLS] 2.1.7.20.5,
 * 2.2.1), streaming. */
#ifndef HG_WORKBOOK_XLS_SHEET_H
#define HG_WORKBOOK_XLS_SHEET_H

#include "workbook/cell.h"
#include "workbook/xls_records.h"
#include "workbook/xls_strings.h"
#include "workbook/xls_styles.h"

#define HG_XLS_MAX_ROW    65536u            /* [MS-XLS] 2.5.240 Rw */
#define HG_XLS_MAX_COL    256u              /* 2.5.28 Col */
#define HG_XLS_MAX_MERGED ((size_t)1 << 18) /* merged areas of one sheet */
#define HG_XLS_MAX_SORTED ((size_t)1 << 20) /* cells of a sheet that are out of order */

/* What a sheet needs of its workbook; all must outlive its cells. */
typedef struct hg_xls_context {
    hg_ole_stream *stream;
    hg_xls_crypt *crypt; /* NULL: it is not encrypted */
    hg_shared *strings;
    const hg_xls_styles *styles;
    unsigned biff;
    bool from_1904;
    uint16_t code_page;
} hg_xls_context;

/*
 * The cells of a worksheet, as hg_reader wants them (workbook/cell.h). Opening goes through
 * its records once, for what they say of rows, columns and merged areas, and whether the
 * cells are in order; they are read when they are fetched. Out of order, their places are
 * sorted, 8 bytes each; of a cell that comes twice the last counts. HG_EINPUT: damage, a
 * cell beyond the largest sheet, a shared text that is missing, a number that is none,
 * over HG_XLS_MAX_MERGED or HG_XLS_MAX_SORTED.
 */
typedef struct hg_xls_sheet hg_xls_sheet;

hg_status hg_xls_sheet_open(hg_xls_sheet **out, const hg_xls_context *context,
                            uint32_t at, const char *file, const char *sheet,
                            hg_err *err);
hg_status hg_xls_sheet_next(hg_xls_sheet *sheet, hg_cell *cell, hg_err *err);
const hg_area *hg_xls_sheet_merged(const hg_xls_sheet *sheet, size_t *n);
hg_area hg_xls_sheet_declared(const hg_xls_sheet *sheet); /* its DIMENSIONS */
void hg_xls_sheet_free(hg_xls_sheet *sheet); /* NULL is fine */

#endif
