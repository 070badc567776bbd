/* changes.h - what is new in a dataset since its previous edition: rows added, changed and
 * removed, told apart by the primary key. */
#ifndef HG_EXPORT_CHANGES_H
#define HG_EXPORT_CHANGES_H

#include "dataset/metadata.h"

/* Rows of a table in the previous edition. Digests of their keys and values are kept, 40
 * bytes a row; more rows are HG_EINPUT. Two rows are taken for equal by 64 bits of a digest
 * of their values, two keys by 128. */
#define HG_CHANGES_ROWS  2500000u
#define HG_CHANGES_SHOWN 20 /* rows of each kind that the text shows */

typedef struct hg_changes hg_changes;

typedef struct hg_changes_opts {
    const char *previous;         /* a package of any body (stream/package.h) */
    const hg_dataset *dataset;    /* the new edition, */
    const hg_distribution *files; /* its files, */
    size_t n;
    const char *folder; /* and where they are */
    const char *tmp;    /* folder for temporary files */
} hg_changes_opts;

/*
 * Compare. Cells are compared as text, columns by their names; a table without a primary
 * key, or whose key the previous edition lacks, has its rows counted only. HG_EARG: previous
 * is of another dataset; HG_EINPUT: it is no whole package, or has too many rows; HG_ESYS,
 * HG_ENOMEM. opts' pointers outlive the changes.
 */
hg_status hg_changes_new(hg_changes **out, const hg_changes_opts *opts, hg_err *err);

/* Append CHANGELOG.md: versions, dates and counts in Vietnamese and English, and the first
 * HG_CHANGES_SHOWN rows of each kind. */
hg_status hg_changes_text(const hg_changes *changes, hg_buf *buf, hg_err *err);

/*
 * Append metadata/changes.json:
 *   { "dataset", "previous": { "version", "modified", "sha256" of its datapackage.json },
 *     "current": { "version", "modified" },
 *     "tables": [ { "name", "status": "compared" | "counted" | "added" | "removed",
 *       "rows": { "before", "after" }, "key": [names],
 *       "added", "changed", "removed": rows, "fields": { name: rows changed in it },
 *       "columns": { "added": [names], "removed": [names] } } ] }
 * what follows "rows" only for a table that was compared.
 */
hg_status hg_changes_json(const hg_changes *changes, hg_buf *buf, hg_err *err);
void hg_changes_free(hg_changes *changes); /* NULL is fine */

#endif
