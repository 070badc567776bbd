/* textfile.h - a delimited text as people and other programs make it: any encoding and
 * dialect, regular or not, told by evidence. Our own dialect is read by delimited/csv. */
#ifndef HG_FORMAT_TEXT_H
#define HG_FORMAT_TEXT_H

#include "base/file.h"
#include "delimited/charset.h"
#include "delimited/sniff.h"
#include "delimited/tables.h"
#include "table/finding.h"
#include "table/row.h"

/* Called for what is wrong in a text, and for what is left out of it. */
typedef hg_status hg_textfile_found(void *user, const hg_finding *finding, hg_err *err);

typedef struct hg_textfile_opts {
    const char *tmp;      /* folder for unnamed files */
    const char *encoding; /* NULL: found */
    hg_sniff_opts dialect;
    hg_tables_opts tables;
    bool strict;              /* what is malformed is HG_EINPUT, not a finding */
    hg_textfile_found *found; /* may be NULL */
    void *user;
    /* Is given all bytes of fd, in order, by one thread or another, never by two at once. May
     * be NULL. */
    hg_status (*look)(void *with, const void *bytes, size_t n, hg_err *err);
    void *with;
} hg_textfile_opts;

#define HG_TEXTFILE_DEFAULTS                                                             \
    {                                                                                    \
        .dialect = HG_SNIFF_DEFAULTS, .tables = HG_TABLES_DEFAULTS                       \
    }

typedef struct hg_textfile hg_textfile;

/*
 * Look through the text of fd, a seekable descriptor that the caller keeps until
 * hg_textfile_free(); name and what opts points to, likewise. The same bytes give the
 * same. HG_EINPUT: it cannot be read as a text (loc: line); HG_EARG: an encoding that is
 * not known; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_textfile_open(hg_textfile **out, int fd, const char *name,
                           const hg_textfile_opts *opts, hg_err *err);
const hg_charset *hg_textfile_charset(const hg_textfile *text);
const hg_dialect *hg_textfile_dialect(const hg_textfile *text);
const hg_tables *hg_textfile_tables(const hg_textfile *text);
const char *
hg_textfile_line_end(const hg_textfile *text); /* "LF", "CRLF", "CR", "mixed", "" */
void hg_textfile_free(hg_textfile *text);      /* NULL is fine */

#define HG_TEXTFILE_ALL SIZE_MAX

/*
 * The rows of one table, in memory that does not grow with them. Its header comes first
 * as one row, several header rows joined by spaces; then every record, blank ones left
 * out unless the table has one column. With HG_TEXTFILE_ALL instead of a table: all
 * records of the text, blank ones as rows of one empty cell, without a header or a width
 * to mend by.
 *
 * What is malformed becomes a finding, once, with line and byte in its message:
 *   quote-error      a stray or unclosed quote; it is data where nothing else fits better
 *   delimiter-error  a delimiter missing, too many, or another one; the row is mended
 *   encoding-error   bytes that are no text: U+FFFD in their place; NUL is left out
 *   extra-cell, missing-cell   a row too long or too short, passed on as it stands
 * row->number counts the records of the text that are not blank (HG_TEXTFILE_ALL: all).
 */
typedef struct hg_textfile_rows hg_textfile_rows;

hg_status hg_textfile_rows_new(hg_textfile_rows **out, hg_textfile *text, size_t table,
                               hg_err *err);
/* HG_END after the last; HG_EINPUT (loc: line and byte): a record over the limits of
 * delimited/records, or, where strict, what is malformed. row borrows until the next call.
 */
hg_status hg_textfile_rows_next(hg_textfile_rows *rows, hg_row *row, hg_err *err);
void hg_textfile_rows_free(hg_textfile_rows *rows); /* NULL is fine */

/*
 * Whether a text is one table of UTF-8 in NFC with LF or CRLF, as many cells in each
 * record, whatever stands between them, and quotes as RFC 4180 has them, from its first
 * byte (or byte order mark) on: such a text can be passed on in blocks.
 */
bool hg_textfile_regular(const hg_textfile *text);
/* Whether its blocks are bytes of the file as they stand there; */
bool hg_textfile_verbatim(const hg_textfile *text);
/* and whether they are all of it. */
bool hg_textfile_canonical(const hg_textfile *text);

/* Where the i-th block stands, of a text that is verbatim, and how many records it has, the
 * header counted; false: there are no more. It borrows from text. */
bool hg_textfile_span(const hg_textfile *text, size_t i, hg_span *span,
                      uint64_t *records);
/* See that the file has not been written to since text was opened. HG_EINPUT: it has. */
hg_status hg_textfile_unchanged(const hg_textfile *text, hg_err *err);

#define HG_TEXTFILE_KEPT ((size_t)2 << 20) /* bytes of a block that stay for a while */

/* The records of a regular text in blocks of about 1 MiB, ',' between cells, LF at the end
 * of each, the header in the first. Cells in quotes stay in them, needed or not. A thread of
 * their own makes them, where none is long. */
typedef struct hg_textfile_blocks hg_textfile_blocks;

hg_status hg_textfile_blocks_new(hg_textfile_blocks **out, const hg_textfile *text,
                                 hg_err *err);
/* HG_END after the last; HG_EINPUT: the file has changed. bytes borrow until the next
 * call; up to HG_TEXTFILE_KEPT of them, until the call after that. */
hg_status hg_textfile_blocks_next(hg_textfile_blocks *blocks, hg_slice *bytes,
                                  uint64_t *records, hg_err *err);
void hg_textfile_blocks_free(hg_textfile_blocks *blocks); /* NULL is fine */

#endif
