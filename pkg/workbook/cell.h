/* cell.h - what every reader of workbooks gives, and what it has to offer for that. */
#ifndef HG_WORKBOOK_CELL_H
#define HG_WORKBOOK_CELL_H

#include "base/buf.h"
#include "workbook/area.h"

/* The largest sheet: 1,048,576 rows of 16,384 columns (ECMA-376, Excel's limits). */
#define HG_CELL_MAX_ROW ((uint32_t)1 << 20)
#define HG_CELL_MAX_COL ((uint32_t)1 << 14)

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

/* A part of a text with a font of its own: from the byte at on, up to the next run. */
typedef struct hg_cell_run {
    size_t at;
    const char *font; /* NULL: not said, so that of the cell */
    bool bold, italic;
} hg_cell_run;

/* One cell. text, runs and style borrow from the reader until its next call. */
typedef struct hg_cell {
    uint32_t row, col; /* 1-based */
    hg_cell_type type;
    hg_slice text; /* UTF-8, as it stands in the file (no NFC) */
    bool formula;  /* the cached result of a formula; blank: there is none */
    bool hidden;   /* its row or column is hidden */
    bool bold, italic;
    uint16_t indent;    /* alignment indent level */
    const char *font;   /* font name, NULL if not known */
    const char *format; /* number format code, NULL for General and for texts */
    /* Of a text in several fonts, in order. What stands before the first is in the
     * cell's font, bold and italic above; without runs all of it is. */
    const hg_cell_run *runs;
    size_t n_runs;
} hg_cell;

typedef enum hg_visibility { HG_VISIBLE, HG_HIDDEN, HG_VERY_HIDDEN } hg_visibility;

/* What is known of a sheet before it is read. */
typedef struct hg_sheet {
    const char *name;
    hg_visibility visibility;
} hg_sheet;

/* What is wrong with a second value for a place. */
#define HG_CELL_TWICE "the sheet has this cell twice; save the workbook anew"

/* A name that a workbook gives to a range, a formula or a table, and what it stands for, as
 * the file writes it; NULL: that is not told. */
typedef struct hg_defined_name {
    const char *name, *refers_to;
} hg_defined_name;

/* What a workbook says of itself; the names are its own. What is not told is 0. */
typedef struct hg_book_facts {
    size_t sheets;
    bool from_1904;
    size_t links; /* to other files */
    const hg_defined_name *names;
    size_t n_names;
} hg_book_facts;

/*
 * A reader of one kind of workbook, as workbook/cells calls it; what the functions promise
 * is said there. book and cells are the reader's own. open() leaves *book NULL, and
 * open_cells() *cells, when it fails.
 */
typedef struct hg_reader {
    hg_status (*open)(void **book, int fd, const char *name, const char *tmp,
                      hg_err *err);
    void (*free)(void *book);
    hg_book_facts (*facts)(const void *book);
    const hg_sheet *(*sheet)(const void *book, size_t i);
    /* NULL: there are none in such files, or they are not told */
    hg_status (*tables)(void *book, const hg_defined_name **list, size_t *n, hg_err *err);
    hg_status (*open_cells)(void **cells, void *book, size_t sheet, hg_err *err);
    /* one of both: NULL is the other */
    hg_status (*next)(void *cells, hg_cell *cell, hg_err *err);
    hg_status (*run)(void *cells, const hg_cell **list, size_t *n, hg_err *err);
    const hg_area *(*merged)(const void *cells, size_t *n);
    hg_area (*declared)(const void *cells); /* NULL: not said in such files */
    void (*free_cells)(void *cells);
} hg_reader;

#endif
