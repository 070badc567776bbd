/* webcsv.h - a CSV file by a dialect of CSV on the Web (w3.org/TR/tabular-metadata, 5.9),
 * as titles and rows (w3.org/TR/tabular-data-model, 8). */
#ifndef HG_DATASET_WEBCSV_H
#define HG_DATASET_WEBCSV_H

#include "table/row.h"

/* Borrows its texts. */
typedef struct hg_webcsv_dialect {
    const char *comment; /* rows that begin so are no rows; NULL: none */
    const char *encoding;
    const char *delimiter; /* a character or several: no quote, no line end */
    char quote;            /* 0: none */
    bool doubled;          /* a quote is doubled, not escaped by a backslash */
    char line_end;         /* 0: LF, CR LF and CR alike */
    uint64_t skip_rows, header_rows, skip_columns;
    bool skip_blank, trim_start, trim_end;
} hg_webcsv_dialect;

hg_webcsv_dialect hg_webcsv_default(void); /* that of a file of which nothing is said */

typedef struct hg_webcsv hg_webcsv;

/* Open a file and read its header. dialect and path outlive it. Fails as hg_webcsv_next()
 * does, or with HG_EINPUT: the file is missing. */
hg_status hg_webcsv_open(hg_webcsv **out, const char *path,
                         const hg_webcsv_dialect *dialect, hg_err *err);
/* What a failure was about: "scheme-error", "encoding-error", "source-error" … */
const char *hg_webcsv_code(const hg_webcsv *csv);

/* How many columns the header has, or, where there is none, the first row (0: no row). */
size_t hg_webcsv_columns(const hg_webcsv *csv);
/* A column's i-th title, of so many header rows those where it has one; p NULL after the
 * last. */
hg_slice hg_webcsv_title(const hg_webcsv *csv, size_t column, size_t i);

/*
 * The next row that is data, its cells trimmed, columns to skip left out. row->number
 * counts the records of the file from 1. HG_END after the last; HG_EINPUT with the line:
 * the text is not in its encoding, or a quote is wrong; HG_ENOMEM.
 */
hg_status hg_webcsv_next(hg_webcsv *csv, hg_row *row, hg_err *err);
void hg_webcsv_free(hg_webcsv *csv); /* NULL is fine */

#endif
