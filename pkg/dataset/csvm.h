/* csvm.h - metadata about tables, "CSV metadata" (application/csvm+json), read: the
 * Metadata Vocabulary for Tabular Data (w3.org/TR/tabular-metadata, 2015-12-17). What
 * hg-package writes of that kind is in dataset/csvw. */
#ifndef HG_DATASET_CSVM_H
#define HG_DATASET_CSVM_H

#include "dataset/addresses.h"
#include "dataset/webcsv.h"
#include "table/datatype.h"
#include "table/finding.h"

typedef struct hg_csvm_title {
    const char *lang; /* "und": any */
    const char *text;
} hg_csvm_title;

/* A column, with what it inherits from its schema, table and group. */
typedef struct hg_csvm_column {
    const char *name;  /* NULL: it has none */
    const char *label; /* for messages: its name, its first title, or "_col.3" */
    hg_csvm_title *titles;
    size_t n_titles;
    bool is_virtual; /* it is not in the file */
    bool required;
    const hg_datatype *datatype;
    const char *default_text;
    const char *separator; /* NULL: a cell has one value */
    const char *const *null;
    size_t n_null;
} hg_csvm_column;

/* Columns by index. */
typedef struct hg_csvm_key {
    size_t *columns;
    size_t n;
} hg_csvm_key;

/* A foreign key: each row's cells of one key are those of just one row of another table.
 */
typedef struct hg_csvm_reference {
    hg_csvm_key from, to;
    size_t table;
} hg_csvm_reference;

typedef struct hg_csvm_table {
    const char *url;  /* in full */
    const char *lang; /* of its titles; "und" */
    bool described;   /* it has a schema, with which the file must agree */
    const hg_webcsv_dialect *dialect;
    hg_csvm_column *columns;
    size_t n, n_real; /* the virtual ones stand last */
    hg_csvm_key primary;
    hg_csvm_reference *references;
    size_t n_references;
} hg_csvm_table;

/* Everything lives as long as it. */
typedef struct hg_csvm {
    hg_csvm_table *tables;
    size_t n;
    bool wrong; /* there was an error, so that no table can be judged by it */
    struct hg_csvm_block *blocks; /* its own */
} hg_csvm;

/*
 * Takes what is wrong: HG_ERROR, or HG_WARNING where the recommendation has it passed
 * over. what has the place and the message. code is "metadata-error", "dialect-error" (a
 * dialect that is not supported) or "scheme-error" (a schema or dialect that is missing,
 * or not to be had from here). key is the property, as long as the metadata live, or
 * NULL. A failure ends the reading.
 */
typedef hg_status hg_csvm_tell(void *user, hg_severity severity, const char *code,
                               const char *key, const hg_err *what, hg_err *err);

typedef struct hg_csvm_opts {
    const hg_addresses *addresses;
    hg_csvm_tell *tell;
    void *user;
} hg_csvm_opts;

/* Read the metadata in a file, whose address is url. What is wrong in it is told;
 * HG_EINPUT: it cannot be read; HG_ENOMEM, or what tell returned. The caller frees *out.
 */
hg_status hg_csvm_read(hg_csvm **out, const char *file, const char *url,
                       const hg_csvm_opts *opts, hg_err *err);
/* Metadata that say nothing of one table. HG_ENOMEM. */
hg_status hg_csvm_plain(hg_csvm **out, const char *url, hg_err *err);
void hg_csvm_free(hg_csvm *csvm); /* NULL is fine */

/*
 * Find the metadata of a CSV (w3.org/TR/tabular-data-model, 5): what the Link header (may
 * be NULL) names, else what the site's /.well-known/csvm does, else
 * "{+url}-metadata.json" and "csv-metadata.json". The first that is there and describes
 * the CSV; others are told as warnings. *file and *url are NULL where there is none; the
 * caller frees both. HG_ENOMEM, or what tell returned.
 */
hg_status hg_csvm_locate(char **file, char **url, const char *csv, const char *link,
                         const hg_csvm_opts *opts, hg_err *err);

#endif
