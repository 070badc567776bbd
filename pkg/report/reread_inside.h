/* reread_inside.h - a report being read back, shared by the files of report/reread. */
#ifndef HG_REPORT_REREAD_INSIDE_H
#define HG_REPORT_REREAD_INSIDE_H

#include "report/facts.h"
#include "report/reread.h"
#include "text/decimal.h"

#define REREAD_DATA 64 /* tables of data of one workbook */

/* A figure as it was found. */
typedef struct found {
    uint32_t text; /* its number in the facts; 0: not shown by the report */
    uint32_t row;
    uint16_t col, sheet; /* sheet: index of the workbook's */
    char status;         /* 0: as published */
} found;

/* One table of data. */
typedef struct kept {
    hg_json *head;
    char *resource;
    hg_facts *facts;
    size_t status;                  /* the field; the number of fields: none */
    found *found[HG_FACTS_FIELDS];  /* per field of figures and row; NULL: no figures */
    bool wanted;                    /* the sheet asked for shows it */
    bool blank;                     /* a form that was to be filled */
} kept;

/* The sheet under way: where rows and columns that it had are now. */
typedef struct sheet_now {
    hg_grid *grid;
    uint16_t index;
    uint32_t *rows, *cols; /* by the numbers when it was written, from 1 */
    uint32_t n_rows, n_cols, head2;
    char state; /* what a form says of its figures */
    uint32_t column, n_leaves; /* of the figures named last */
} sheet_now;

/* A sum of the sheet: numbers[at] is its length; row, column, and those of its parts. */
typedef struct sums_now {
    uint32_t *numbers;
    size_t n, cap;
} sums_now;

/* A figure whose cell is empty. */
typedef struct empty {
    uint32_t data, row, field; /* of the data */
    uint32_t at_row, at_col;   /* when it was written */
} empty;

struct hg_reread {
    hg_source *source;
    const char *only; /* the sheet asked for, or NULL */
    kept data[REREAD_DATA];
    size_t n, chosen;
    sheet_now sheet;
    sums_now sums;
    empty *empties;
    size_t n_empties, cap_empties;
    hg_told told;
    hg_slice *cells; /* the row given last */
    uint32_t next;
};

hg_loc hg_reread_place(const hg_reread *r, uint32_t row, uint32_t col);
void hg_reread_tell(hg_reread *r, hg_count *count, uint32_t row, uint32_t col);

/* The sheet of a record "sheet": load it, find its rows and columns. */
hg_status hg_reread_sheet(hg_reread *r, const hg_json *record, hg_err *err);
/* A record "figures": what its cells hold now. */
hg_status hg_reread_figures(hg_reread *r, const hg_json *record, hg_err *err);
hg_status hg_reread_sums(hg_reread *r, const hg_json *record, hg_err *err);
/* After the last record of a sheet: fill what is empty, look for numbers left out. */
hg_status hg_reread_leave(hg_reread *r, hg_err *err);

#endif
