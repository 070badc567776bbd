/* csvw.h - what a package's CSV files hold, as CSV on the Web tells it: Metadata
 * Vocabulary for Tabular Data (w3.org/TR/tabular-metadata). */
#ifndef HG_DATASET_CSVW_H
#define HG_DATASET_CSVW_H

#include "dataset/metadata.h"

/*
 * The metadata of files[which], a CSV, which is kept in the file of its name and
 * HG_METADATA_CSVW. A table's is a group: the table, the other tables, and the code lists
 * that their foreign keys lead to, since a key can only lead to a table of its group. A
 * code list's is that table alone. Addresses are relative to the file's folder. The
 * caller frees *out; HG_EINPUT: a code list that is no CSV; HG_ENOMEM.
 */
hg_status hg_csvw_new(hg_json **out, const hg_dataset *dataset,
                      const hg_distribution *files, size_t n, size_t which, hg_err *err);

#endif
