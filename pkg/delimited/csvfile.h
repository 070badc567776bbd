/* csvfile.h - the rows of a CSV file of any length, read in blocks of whole records. */
#ifndef HG_DELIMITED_CSVFILE_H
#define HG_DELIMITED_CSVFILE_H

#include "delimited/csv.h"

/* A plain value. Memory is a block of 1 MiB, or twice the longest record. */
typedef struct hg_csvfile {
    const char *name; /* borrowed */
    int fd;
    hg_buf block;
    size_t whole;    /* bytes of it that are whole records */
    uint64_t offset; /* of the block in the file */
    bool last;
    hg_csv csv;
} hg_csvfile;

/* HG_EINPUT: no such file; HG_ESYS. It can be closed then, too. */
hg_status hg_csvfile_open(hg_csvfile *file, const char *name, hg_err *err);
/* The next row, borrowed until the next call; at is where it starts in the file, or NULL.
 * HG_END after the last; as hg_csv_next(), and HG_ESYS. */
hg_status hg_csvfile_next(hg_csvfile *file, hg_row *row, uint64_t *at, hg_err *err);
/* The row that starts at a place of the file, and no row after it: not to be mixed with
 * hg_csvfile_next(). */
hg_status hg_csvfile_at(hg_csvfile *file, uint64_t at, hg_row *row, hg_err *err);
void hg_csvfile_close(hg_csvfile *file);

#endif
