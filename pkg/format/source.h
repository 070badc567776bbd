/* source.h - a file that people made: a workbook or a delimited text, told by its bytes.
 * What hg-extract starts from. */
#ifndef HG_FORMAT_SOURCE_H
#define HG_FORMAT_SOURCE_H

#include "base/digest.h"
#include "delimited/textfile.h"
#include "table/row.h"
#include "workbook/grid.h"
#include "workbook/sheetrows.h"

/* An open source. Sources share nothing; one is for one thread. */
typedef struct hg_source hg_source;

typedef struct hg_source_opts {
    const char *tmp; /* folder for unnamed copies; NULL: a pipe is refused */
    const char *member; /* of a zip that is no workbook, this file; NULL: the only one */
    const hg_textfile_opts *text; /* how a text is read, but for tmp; NULL: as it is found */
    bool undigested; /* length and digest of the file are not wanted, and stay 0 and "" */
} hg_source_opts;

/*
 * Open a file, or standard input where name is "-", and digest all its bytes, unless told not
 * to. opts may be NULL. What is compressed (container/unpack.h) is read as what is in it. Whether it is a workbook or a text is told by its bytes, never by its name.
 *
 * HG_EINPUT (loc: file): missing, empty, unreadable, or of a kind that is not read; the
 * message says what it is. HG_EARG: an encoding that is not known. HG_ESYS: the copy of a
 * pipe could not be made. HG_ENOMEM.
 */
hg_status hg_source_open(hg_source **out, const char *name, const hg_source_opts *opts,
                         hg_err *err);
const char *hg_source_name(const hg_source *source); /* as given */
uint64_t hg_source_bytes(const hg_source *source);   /* length of the file */
const char *hg_source_sha256(const hg_source *source);
/* It was unpacked, or made a text of: length and digest are not those of what is read. */
bool hg_source_made(const hg_source *source);
/* Its records are objects of JSON: the header of its rows, which are counted from that on, is
 * none of them. */
bool hg_source_keyed(const hg_source *source);
bool hg_source_is_workbook(const hg_source *source);
const hg_workbook *hg_source_book(const hg_source *source); /* NULL for a text */
/* The tables of a workbook (workbook/cells.h). */
hg_status hg_source_tables(hg_source *source, const hg_defined_name **list, size_t *n,
                           hg_err *err);
/* Days count from 1904, not 1900; false for a text. */
bool hg_source_1904(const hg_source *source);
/* A text, and what is found of it; NULL for a workbook. */
const hg_textfile *hg_source_text(const hg_source *source);
void hg_source_free(hg_source *source); /* NULL is fine */

/* Its sheets, in the order of the workbook. Those of a text are its tables, all visible
 * and named "1", "2" and so on; where there is one, or none, it is named "". */
size_t hg_source_sheets(const hg_source *source);
const hg_sheet *hg_source_sheet(const hg_source *source, size_t i);

/*
 * Read one sheet into memory, for a recipe. Of a text it is all of it, what stands above
 * and below its tables too, as a grid of text cells, one row a record: what looks like a
 * number in it stays text. The grid lives on its own; the caller frees it. HG_EINPUT:
 * unreadable, or over HG_GRID_MAX_CELLS.
 */
hg_status hg_source_grid(hg_grid **out, hg_source *source, size_t sheet, hg_err *err);
/* The cells of a sheet of a workbook, one after the other (workbook/cells.h). */
hg_status hg_source_cells(hg_cells **out, hg_source *source, size_t sheet, hg_err *err);
/* The same as hg_source_grid() without merged areas; see hg_grid_load_bare(). */
hg_status hg_source_grid_bare(hg_grid **out, hg_source *source, size_t sheet,
                              hg_err *err);

/*
 * The rows of one sheet as text cells, one after the other, in memory that does not grow
 * with them. One sheet of a source is open at a time.
 *
 * Of a workbook: every row and column from A1 to the last cell with a value, rows without
 * values too; numbers in their shortest exact form, dates and times ISO 8601, TRUE and
 * FALSE, errors by name, a merged area's value in its first cell only.
 *
 * Of a text: the rows of one table, its header first, as hg_textfile_rows gives them.
 *
 * row->number is the row of the sheet or the record, 1-based; row->line the line of a
 * text, 0 in a workbook; row->raw is not given.
 */
typedef struct hg_rows hg_rows;

hg_status hg_rows_open(hg_rows **out, hg_source *source, size_t sheet, hg_err *err);
/* HG_END after the last; HG_EINPUT with the file and the cell or line. row borrows from
 * rows until the next call. After a failure or HG_END every later call repeats it. */
hg_status hg_rows_next(hg_rows *rows, hg_row *row, hg_err *err);
/* Of a workbook: the rows that follow, together, as records (workbook/sheetrows.h); they
 * borrow from rows until the call after the next one. */
hg_status hg_rows_run(hg_rows *rows, hg_slice *bytes, uint64_t *records, hg_err *err);
void hg_rows_free(hg_rows *rows); /* NULL is fine */

/* What is known of a sheet after it is read through once, for hg-extract --list. */
hg_status hg_source_survey(hg_sheet_info *info, hg_source *source, size_t sheet,
                           hg_names *fonts, hg_err *err);

#endif
