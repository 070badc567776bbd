/* records.h - the records of a delimited text, one after the other, as they stand. */
#ifndef HG_DELIMITED_RECORDS_H
#define HG_DELIMITED_RECORDS_H

#include "delimited/split.h"

#define HG_RECORDS_MAX ((size_t)16 << 20) /* bytes of one record: HG_STREAM_ROW */

/* The record read last. */
typedef struct hg_record {
    hg_split split;  /* its cells */
    hg_slice text;   /* what of the text is at hand, the record first */
    bool ended;      /* nothing follows that */
    uint64_t offset; /* bytes before it in the file */
    uint64_t line;   /* on which it starts, from 1 */
    uint64_t number; /* records up to it that are not blank */
    bool blank;      /* an empty line */
} hg_record;

typedef struct hg_records hg_records;

/* Read fd, a seekable descriptor that the caller keeps and whose own offset is left
 * alone, from the byte offset on, on which line `line` starts. dialect is kept by the
 * caller, name copied. HG_ESYS, HG_ENOMEM. */
hg_status hg_records_new(hg_records **out, int fd, const char *name,
                         const hg_dialect *dialect, uint64_t offset, uint64_t line,
                         hg_err *err);
/*
 * Fetch the next record; it borrows until the next call. Memory is at most twice
 * HG_RECORDS_MAX. HG_END after the last; HG_EINPUT (loc: line) for a record of more than
 * HG_RECORDS_MAX bytes or HG_SPLIT_CELLS cells; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_records_next(hg_records *records, hg_record **record, hg_err *err);
/* Let the record that was read last be only this long, in bytes. */
void hg_records_cut(hg_records *records, size_t length);
void hg_records_free(hg_records *records); /* NULL is fine */

uint64_t hg_records_line_ends(hg_slice text); /* LF, CRLF, CR */
/* The place of a byte of a record: its line, and the byte's number on it, from 1. */
hg_loc hg_records_place(const hg_record *record, const char *name, size_t at);

#endif
