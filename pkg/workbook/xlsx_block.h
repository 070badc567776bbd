/* xlsx_block.h - the cells of a block of a worksheet's rows, where these are plain
 * (workbook/xlsx_plain.h). Blocks share nothing that is written: threads may read several
 * side by side. */
#ifndef HG_WORKBOOK_XLSX_BLOCK_H
#define HG_WORKBOOK_XLSX_BLOCK_H

#include "workbook/cell.h"
#include "workbook/opc.h"
#include "workbook/shared.h"
#include "workbook/xlsx_plain.h"
#include "workbook/xlsx_styles.h"

#define HG_XLSX_NULS 32 /* behind the bytes of a block */

/* What cells need of their workbook; all must outlive them. */
typedef struct hg_xlsx_context {
    hg_opc *opc;
    hg_shared *strings;
    const hg_xlsx_styles *styles;
    bool from_1904;
} hg_xlsx_context;

#define HG_XLSX_ROW_UNKNOWN UINT32_MAX

typedef struct hg_xlsx_block {
    const hg_xlsx_context *book;
    const uint8_t *hidden; /* columns of the sheet, a bit each */
    hg_xlsx_plain plain;
    hg_buf raw;   /* the rows as they stand in the part, closed by HG_XLSX_NULS NULs */
    uint32_t row; /* the row before them, 0 for none; it becomes the last one */

    uint32_t first_row; /* the first of its rows; 0: none is read */
    size_t used;        /* bytes of the rows that are read, each of them whole */
    /* How it goes on behind them: HG_XLSX_MORE, they are all of raw but part of a row;
     * HG_XLSX_DATA_END; HG_XLSX_UNUSUAL, for XML to read, or memory ran out;
     * HG_XLSX_ROW, its number is that after row, which is not known. */
    hg_xlsx_token end;
    /* Cells with a value or a formula; their texts stand in raw, in texts or among the
     * shared ones. Where such a text has to be fetched yet (workbook/shared.h), text.p is
     * NULL and text.n its index. */
    hg_cell *cells;
    size_t n, cap;
    hg_buf texts;
} hg_xlsx_block;

/* Read the rows of raw. */
void hg_xlsx_block_read(hg_xlsx_block *block);
void hg_xlsx_block_release(hg_xlsx_block *block);

#endif
