/* cells.h - what every reader of workbooks gives: sheets, and cells in the order of rows.
 * Recipes and origins know nothing else of a source's format. */
#ifndef HG_FORMAT_CELLS_H
#define HG_FORMAT_CELLS_H

#include "base/buf.h"

typedef enum hg_cell_type {
    HG_CELL_BLANK, /* no value; may have a style or be covered by a merged area */
    HG_CELL_TEXT,
    HG_CELL_NUMBER,   /* shortest decimal text that reads back as the same double */
    HG_CELL_BOOL,     /* TRUE or FALSE */
    HG_CELL_ERROR,    /* #N/A, #DIV/0! … */
    HG_CELL_DATE,     /* ISO 8601: 2024-06-30 */
    HG_CELL_DATETIME, /* 2024-06-30T13:45:00 */
    HG_CELL_TIME      /* 13:45:00; a duration over a day: PT36H15M0S */
} hg_cell_type;

/* One cell. text and style borrow from the reader until its next call. */
typedef struct hg_cell {
    uint32_t row, col; /* 1-based */
    hg_cell_type type;
    hg_slice text;      /* UTF-8, as it stands in the file (no NFC) */
    bool formula;       /* the value is the cached result of a formula */
    bool hidden;        /* its row or column is hidden */
    bool bold, italic;
    uint16_t indent;    /* alignment indent level */
    const char *font;   /* font name, NULL if not known */
    const char *format; /* number format code, NULL for General and for texts */
} hg_cell;

/* A rectangle of cells, 1-based, both ends included. */
typedef struct hg_area {
    uint32_t row1, col1, row2, col2;
} hg_area;

typedef enum hg_visibility { HG_VISIBLE, HG_HIDDEN, HG_VERY_HIDDEN } hg_visibility;

/* What is known of a sheet before it is read. */
typedef struct hg_sheet {
    const char *name;
    hg_visibility visibility;
} hg_sheet;

/* An open workbook. Readers share nothing; one is for one thread. */
typedef struct hg_workbook hg_workbook;

/*
 * Open a workbook from a seekable descriptor that the caller keeps and closes after
 * hg_workbook_free(). The kind is told by the bytes, never by the name; name appears in
 * errors. HG_EINPUT: not a workbook, cut, damaged, encrypted, over a limit (loc: file).
 */
hg_status hg_workbook_open(hg_workbook **out, int fd, const char *name, hg_err *err);
const char *hg_workbook_name(const hg_workbook *book);
size_t hg_workbook_sheets(const hg_workbook *book);
const hg_sheet *hg_workbook_sheet(const hg_workbook *book, size_t i);
bool hg_workbook_1904(const hg_workbook *book);
void hg_workbook_free(hg_workbook *book); /* NULL is fine */

/* The cells of one sheet, in order of rows, then columns; blank cells without a style may
 * be left out. One sheet of a workbook is open at a time. */
typedef struct hg_cells hg_cells;

hg_status hg_cells_open(hg_cells **out, hg_workbook *book, size_t sheet, hg_err *err);
/* HG_END after the last; HG_EINPUT with file, sheet and, where known, cell. */
hg_status hg_cells_next(hg_cells *cells, hg_cell *cell, hg_err *err);
/* The merged areas: known once hg_cells_next() gave HG_END. Borrowed from cells. */
const hg_area *hg_cells_merged(const hg_cells *cells, size_t *n);
void hg_cells_free(hg_cells *cells); /* NULL is fine */

#endif
