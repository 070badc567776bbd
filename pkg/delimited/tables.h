/* tables.h - where in a delimited text its tables stand: behind what is written above
 * them, one after the other, before the notes below. */
#ifndef HG_DELIMITED_TABLES_H
#define HG_DELIMITED_TABLES_H

#include "delimited/likeness.h"
#include "delimited/records.h"

#define HG_TABLES_MAX   1024 /* tables told apart in one text; the last takes the rest */
#define HG_TABLES_LEARN 1000 /* records that a table's columns are learnt from */
#define HG_TABLES_FOUND (-1)

/* What is known before. */
typedef struct hg_tables_opts {
    int64_t skip_rows; /* records above the first table, blank ones counted */
    int64_t skip_last; /* records below the last, blank ones not counted; at most 1000 */
    int header_rows;   /* of each table, 0 to 9 */
    bool single;       /* there is one table, and nothing below it */
} hg_tables_opts;

#define HG_TABLES_DEFAULTS                                                               \
    {                                                                                    \
        HG_TABLES_FOUND, HG_TABLES_FOUND, HG_TABLES_FOUND, false                         \
    }

typedef struct hg_table_at {
    uint64_t offset, line, number; /* its first record, as in hg_record; number is that of
                                      the record before it */
    uint64_t end;                  /* offset of what is no longer it */
    unsigned header_rows;          /* its first ones; 0: there is no header */
    size_t width;                  /* cells of most of its records */
    uint64_t rows;                 /* records, blank ones not counted */
    uint64_t uneven;               /* of them: with more or fewer cells */
    uint64_t values, cols;         /* cells with a value; the last column that has one */
    hg_likeness *columns;          /* width of them */
    unsigned usual;                /* what a row of it costs by them, about */
} hg_table_at;

typedef struct hg_tables {
    hg_table_at *list;
    size_t n;       /* 0: there is no record but blank ones */
    uint64_t above; /* records above the first table, blank ones not counted */
    uint64_t below; /* records below the last, likewise */
    uint64_t
        blank; /* blank records within tables of several columns, which are no rows */
} hg_tables;

/*
 * Look through a text from offset on; the rest is as in hg_records_new(). Rows of a table
 * have the width that most have. Above it stand rows of other widths, or with one value; its
 * first may lack a cell or have one too many where the next one follows at once.
 * Its header is its first row; or the first two or three, where they repeat each other or
 * where columns of numbers, dates or codes begin only below; there is none where the
 * first row is of the same kinds as all others. Another table begins where a row says
 * what the header said, or behind a blank line where rows of another width follow. What
 * stands below the last full row, behind a blank line or an empty row, or in one cell, is
 * a note. Columns and widths are learnt from the first HG_TABLES_LEARN records. HG_EINPUT, HG_ESYS,
 * HG_ENOMEM.
 */
hg_status hg_tables_find(hg_tables *tables, int fd, const char *name,
                         const hg_dialect *dialect, const hg_tables_opts *opts,
                         uint64_t offset, hg_err *err);
/* The same where all records are known to be `rows` rows of one table, from offset to
 * end. */
hg_status hg_tables_one(hg_tables *tables, int fd, const char *name,
                        const hg_dialect *dialect, const hg_tables_opts *opts,
                        uint64_t offset, uint64_t end, uint64_t rows, hg_err *err);
void hg_tables_release(hg_tables *tables);

#endif
