/* tables.h - the data files of a package: its tables as CSV, and in other formats. */
#ifndef HG_EXPORT_TABLES_H
#define HG_EXPORT_TABLES_H

#include "dataset/metadata.h"
#include "export/formats.h"
#include "export/ranges.h"
#include "stream/stream.h"

typedef struct hg_tables hg_tables;

typedef struct hg_tables_opts {
    const hg_dataset *dataset;
    const char *folder; /* of the package; must have data/ */
    const char *tmp;    /* folder for temporary files */
    unsigned formats;   /* export/formats.h; csv is always written */
} hg_tables_opts;

/* opts' pointers outlive the tables. HG_EARG: two files would have the same name; HG_ENOMEM.
 */
hg_status hg_tables_new(hg_tables **out, const hg_tables_opts *opts, hg_err *err);

/* Take the next rows of a stream; the column _at stays behind. HG_EINPUT: a row lacks its
 * origin; otherwise as hg_export_new() and hg_export_put(). */
hg_status hg_tables_put(hg_tables *tables, const hg_part *part, hg_err *err);
hg_status hg_tables_end(hg_tables *tables, hg_err *err); /* close the last file */

/* The files, borrowed, complete after hg_tables_end(): the tables' CSV in the order of the
 * dataset, then what else was written. */
const hg_distribution *hg_tables_files(const hg_tables *tables, size_t *n);
/* Where the rows came from. Borrowed. */
const hg_ranges *hg_tables_ranges(const hg_tables *tables);
void hg_tables_free(hg_tables *tables); /* NULL is fine */

#endif
