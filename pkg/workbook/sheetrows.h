/* sheetrows.h - the rows of one sheet of a workbook, and what there is in it. */
#ifndef HG_WORKBOOK_SHEETROWS_H
#define HG_WORKBOOK_SHEETROWS_H

#include "base/names.h"
#include "table/row.h"
#include "workbook/grid.h"

/* Rows that are out of order, or more pieces of rows, are refused over this many. */
#define HG_ROWS_MAX_UNSORTED ((size_t)1 << 20)

/* A sheet that reaches over more cells than this, and more than this many times its
 * values, is refused as rows; and a row with more text than this. */
#define HG_ROWS_MAX_CELLS  ((uint64_t)1 << 26)
#define HG_ROWS_MAX_SPARSE 64
#define HG_ROWS_MAX_TEXT   ((size_t)1 << 26) /* bytes */

#define HG_ROWS_RUN ((size_t)1 << 20)

/* What is known of a sheet after it is read through once. */
typedef struct hg_sheet_info {
    uint32_t rows, cols;   /* the last with a value; 0: no value */
    uint64_t values;       /* cells with a value */
    uint64_t formulas;     /* of them: cached results */
    uint64_t uncached;     /* formulas without a cached result; they have no value */
    uint64_t hidden;       /* of them: in a hidden row or column */
    uint64_t number_texts; /* of them: texts that look like a number, no formulas */
    uint64_t covered;      /* of the values: those that a merged area covers */
    size_t merged;         /* merged areas */
    /* What the sheet says it reaches to, which only xlsx and xls do; 0: it does not */
    uint32_t declared_rows, declared_cols;
} hg_sheet_info;

/* fonts takes the names of those of its values and their runs; NULL is fine. */
hg_status hg_sheet_survey(hg_sheet_info *info, hg_workbook *book, size_t sheet,
                          hg_names *fonts, hg_err *err);

/*
 * The rows as hg_rows gives them (format/source.h), each cell with its own value, those
 * that merged areas cover, too. Width and order are known only behind the last cell: so
 * the values are read once and kept, 16 MiB of them in memory and what is more in an
 * unnamed file in the folder tmp, which outlives the rows.
 */
typedef struct hg_sheet_rows hg_sheet_rows;

hg_status hg_sheet_rows_new(hg_sheet_rows **out, hg_workbook *book, size_t sheet,
                            const char *tmp, hg_err *err);
hg_status hg_sheet_rows_next(hg_sheet_rows *rows, hg_row *row, hg_err *err);
/* The rows that follow as records in our dialect (delimited/csv.h), together at least
 * HG_ROWS_RUN bytes unless they are the last; HG_END, HG_EINPUT as above. They borrow from
 * rows until the call after the next one, as hg_out_run() in stream/stream.h wants it. */
hg_status hg_sheet_rows_run(hg_sheet_rows *rows, hg_slice *bytes, uint64_t *records,
                            hg_err *err);
void hg_sheet_rows_free(hg_sheet_rows *rows); /* NULL is fine */

#endif
