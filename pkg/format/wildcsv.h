/* wildcsv.h - delimited text as people and other programs write it. The only module that
 * includes libcsv's <csv.h>. Our own dialect is read by format/csv. */
#ifndef HG_FORMAT_WILDCSV_H
#define HG_FORMAT_WILDCSV_H

#include "base/buf.h"
#include "table/row.h"

#define HG_WILDCSV_MAX_ROW ((size_t)1 << 20) /* bytes of one record */

typedef struct hg_wildcsv_opts {
    char delim;     /* ',' ';' '\t' '|' or another ASCII byte; 0: found in the text */
    size_t max_row; /* bytes of one record; 0 stands for HG_WILDCSV_MAX_ROW */
} hg_wildcsv_opts;

/* A reader of one text. Two share nothing; one is for one thread. */
typedef struct hg_wildcsv hg_wildcsv;

/*
 * Start reading fd where it stands; the caller keeps it open until hg_wildcsv_free().
 * name is copied and appears in errors; opts may be NULL. A byte order mark of UTF-8 is
 * passed over. A delimiter that is not given is the one of TAB | ; and , that stands
 * equally often in most of the first records, the earlier of two that do; ',' where none
 * does.
 *
 * HG_EARG: a delimiter that cannot work; HG_EINPUT: UTF-16; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_wildcsv_new(hg_wildcsv **out, int fd, const char *name,
                         const hg_wildcsv_opts *opts, hg_err *err);
char hg_wildcsv_delim(const hg_wildcsv *csv);

/*
 * Fetch the next record: cells between delimiters, '"' doubled inside quotes, ended by
 * LF, CRLF or CR; white space stays; an empty line is a row of one empty cell; records
 * may differ in length. row borrows from csv until the next call; row->raw is not given.
 * Memory is some 8 MiB and twice max_row, whatever the length of the text.
 *
 * HG_END after the last. HG_EINPUT (loc: the line and its byte): invalid UTF-8, a NUL
 * byte, a stray or unclosed quote, a record over max_row. HG_ESYS: read(2) failed.
 * HG_ENOMEM. After a failure, or HG_END, every later call repeats it.
 */
hg_status hg_wildcsv_next(hg_wildcsv *csv, hg_row *row, hg_err *err);
void hg_wildcsv_free(hg_wildcsv *csv); /* NULL is fine */

#endif
