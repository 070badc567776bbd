/* csv.h - delimited text of the one dialect that hg-tools writes: RFC 4180 with LF. */
#ifndef HG_DELIMITED_CSV_H
#define HG_DELIMITED_CSV_H

#include "delimited/csv_index.h"
#include "table/row.h"

/*
 * Rows of a block of whole records in memory: ',' between cells, '"' doubled inside
 * quotes, LF or CRLF at the end. What people and other programs write differs; that is
 * read by delimited/textfile. Cells with doubled quotes are unquoted into scratch memory.
 */
typedef struct hg_csv {
    const char *p, *end;
    uint64_t number;       /* of the last row given */
    uint64_t line;         /* of the next one, but for rows given together: line ends */
    const char *counted;   /* that stand before this are in it */
    hg_slice *cells;
    size_t cap;
    hg_buf scratch;
    /* where the next quotes, delimiters and line ends stand (csv_index.h), behind one that stands for the start: */
    uint32_t *marks;
    const char *base; /* what they count from */
    size_t at, n;     /* those from at to n are to come */
    hg_csv_marks seen;
    size_t regular; /* rows that the index covers are plain and have so many cells; or 0 */
    /* those given together that are not plain (table/row.h); NULL: there was none yet */
    uint32_t *before, *ends;
    char *single;   /* what the index covers, doubled quotes made single, */
    size_t covered; /* so many bytes; */
    bool copied;    /* it was copied there */
} hg_csv;

/* Start on n bytes that the caller keeps; number and line are those before the first row.
 */
void hg_csv_init(hg_csv *csv, const char *bytes, size_t n, uint64_t number,
                 uint64_t line);
/*
 * Fetch the next row; an empty line is a row of one empty cell. HG_END after the last;
 * HG_EINPUT at a stray or unclosed quote (loc: row is the line, col the cell); HG_ENOMEM.
 */
hg_status hg_csv_next(hg_csv *csv, hg_row *row, hg_err *err);
/*
 * Fetch the next rows together, as long as they have width cells, at most max. Returns how
 * many; 0: hg_csv_next() must read the next row, or tell that there is none. The block is
 * good until the next call.
 */
size_t hg_csv_rows(hg_csv *csv, size_t width, size_t max, hg_block *block);
/* As hg_csv_next(), byte by byte: slower, and what the tests hold hg_csv_next() to. */
hg_status hg_csv_next_plainly(hg_csv *csv, hg_row *row, hg_err *err);
void hg_csv_release(hg_csv *csv);

/* Append a cell, quoted where it must be; first tells that no ',' goes before it. */
void hg_csv_put(hg_buf *buf, hg_slice cell, bool first);
void hg_csv_end(hg_buf *buf); /* end the record */
/* Append whole records, all of whose cells hg_csv_put() would have put so but for CR LF and
 * quotes that are not needed: hg_csv_look() finds nothing odd. false: one is too long
 * (HG_CSV_WINDOW), or memory ran out; nothing was appended. */
bool hg_csv_anew(hg_buf *buf, hg_slice records);

/* The same by hand: whether a cell must be quoted, and its bytes in quotes, which take
 * 2 * cell.n + 2 at most; the place behind them. */
bool hg_csv_needs_quotes(hg_slice cell);
char *hg_csv_quote(char *to, hg_slice cell);

#endif
