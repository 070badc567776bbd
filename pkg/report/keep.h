/* keep.h - note what a report shows where, so that it can be read back (report/reread).
 * The records of report/carrier:
 *
 *   data     { "head": the stream head of the data, "resource": "dan-so",
 *              "fields": ["nam", …], "blank": true where it is a form to be filled }
 *   rows     [["2004", …], …]      rows of the data named last, as published
 *   sheet    { "name": "Biểu 01", "headings": [4, 5], "rows": [marks], "columns": [marks] }
 *            and of a form to be filled "state": [3, 2], the cell that says how final its
 *            figures are
 *   figures  { "data": 0, "values": ["gia_tri"], "status": "obs_status" or null,
 *              "column": 2, "rows": [[12, 1, 2, 0], …] }
 *            of the sheet named last: in row 12 from column 2 on stand values 1 and 2, then
 *            none of the data; value i is values[(i - 1) % n] of row (i - 1) / n, from 0
 *   sums     [[12, 2, 12, 3, 12, 4], …]      row 12, column 2 is the sum of two others
 */
#ifndef HG_REPORT_KEEP_H
#define HG_REPORT_KEEP_H

#include "report/carrier.h"
#include "report/figures.h"
#include "report/trace.h"

/* The cell of a form that says how final its figures are; row 0: none. */
typedef struct hg_state {
    uint32_t row, col;
} hg_state;

/* What that cell may say, and the status that it gives the figures (text/period.h);
 * keep_states.c. */
#define HG_STATES 3
extern const struct hg_keep_state {
    const char *name;
    char status;
} hg_keep_states[HG_STATES];

typedef struct hg_keeper {
    bool blank; /* forms to be filled */
    hg_state state;
    hg_carrier *carrier;
    hg_trace trace; /* of the sheet being drawn */
    hg_buf json;
    unsigned n_data, n_sheets;
} hg_keeper;

/* Start; the texts of book's sheets to come are traced. HG_ENOMEM. */
hg_status hg_keeper_init(hg_keeper *keeper, hg_book *book, hg_err *err);
void hg_keeper_release(hg_keeper *keeper);

/* The data that figures come from: head as in stream.h, then each row. */
hg_status hg_keep_data(hg_keeper *keeper, const hg_json *head, const char *resource,
                       const hg_slice *fields, size_t n, hg_err *err);
hg_status hg_keep_row(hg_keeper *keeper, const hg_slice *cells, size_t n, hg_err *err);
hg_status hg_keep_rows_end(hg_keeper *keeper, hg_err *err);

/* A sheet that has been drawn, down to the row and column `last`, with headings in the rows
 * of head. */
hg_status hg_keep_sheet(hg_keeper *keeper, const char *name, hg_area head,
                        uint32_t last_row, uint32_t last_col, hg_err *err);

/* The figures of a block on the sheet kept last. */
hg_status hg_keep_figures(hg_keeper *keeper, unsigned data, const hg_crosstab *x,
                          hg_stand stand, hg_err *err);

#endif
