/* xlsx_rows.h - the plain rows of a worksheet, block after block; of a long sheet, threads
 * read blocks ahead. The cells are the same whatever the number of threads. */
#ifndef HG_WORKBOOK_XLSX_ROWS_H
#define HG_WORKBOOK_XLSX_ROWS_H

#include "workbook/xlsx_block.h"

typedef struct hg_xlsx_rows hg_xlsx_rows;

/*
 * Start behind head (workbook/xlsx_plain.h), with the bytes that are fetched of the part so
 * far; part, book and hidden (a bit for each column) outlive the rows, head is copied.
 * HG_ENOMEM.
 */
hg_status hg_xlsx_rows_new(hg_xlsx_rows **out, hg_part *part, const hg_xlsx_context *book,
                           const uint8_t *hidden, hg_slice head, hg_slice bytes,
                           hg_err *err);
/* The cells of the next rows, until the next call; HG_END: XML has to go on. HG_ENOMEM. */
hg_status hg_xlsx_rows_next(hg_xlsx_rows *rows, hg_cell **cells, size_t *n, hg_err *err);
/* The row given last; 0: none. */
uint32_t hg_xlsx_rows_last(const hg_xlsx_rows *rows);
/* After HG_END: feed XML with all that was fetched and is not read. What it gives; or what
 * fetching gave, where that failed. */
hg_status hg_xlsx_rows_leave(hg_xlsx_rows *rows, hg_err *err);
void hg_xlsx_rows_free(hg_xlsx_rows *rows); /* NULL is fine */

#endif
