/* resource.h - one resource of a Data Package v2, opened as rows.
 * https://datapackage.org/standard/data-resource/, read on 2024-06-26 (version 2.0). */
#ifndef HG_DATASET_RESOURCE_H
#define HG_DATASET_RESOURCE_H

#include "json/json.h"
#include "table/row.h"
#include "table/schema.h"

typedef struct hg_resource hg_resource;

/* Where a resource is described. All outlive it. */
typedef struct hg_resource_at {
    const hg_json *json; /* the descriptor of the resource */
    const hg_doc *doc;   /* the document that holds it */
    const char *folder;  /* from which its paths go */
} hg_resource_at;

/*
 * What is wrong with a resource is data: a failure of HG_EARG or HG_EINPUT has a code of
 * frictionless's, told by hg_resource_code(): "resource-error" (the descriptor, an unsafe
 * path), "schema-error", "dialect-error", "scheme-error" (missing, or not a file),
 * "format-error", "encoding-error", "compression-error", "source-error" (empty, damaged).
 * HG_ESYS and HG_ENOMEM are failures of the system as ever.
 *
 * Read the descriptor: *out is there, to be freed, also after a failure but HG_ENOMEM. A
 * path is of the POSIX kind, relative, without "..", hidden or empty parts. The forms of
 * version 1 are taken: url, profile.
 */
hg_status hg_resource_new(hg_resource **out, const hg_resource_at *at, hg_err *err);
const char *hg_resource_code(const hg_resource *resource);
const char *hg_resource_name(const hg_resource *resource);
const char *hg_resource_place(const hg_resource *resource); /* path, or "<memory>" */

/* A whole number of the descriptor: "bytes", "rows", "fields"; -1 where there is none. */
int64_t hg_resource_declared(const hg_resource *resource, const char *key);

/* A table, or just a file: a type or profile that is no table's makes it one. */
bool hg_resource_is_table(const hg_resource *resource);
/* Its schema; NULL where there is none. Borrowed. */
const hg_schema *hg_resource_schema(const hg_resource *resource);

/* How long its files are and their digests, as declared and as found. */
typedef struct hg_resource_sum {
    uint64_t bytes;
    char sha256[65];
    bool hash_differs, bytes_differ;
    const char *hash;       /* as declared, or NULL */
    const char *found_hash; /* by the same algorithm; "" if that is not known */
} hg_resource_sum;
/* Read all files once. Inline data have no bytes. */
hg_status hg_resource_digest(hg_resource *resource, hg_resource_sum *sum, hg_err *err);

/* Open the table and read its header. May be called once. */
hg_status hg_resource_open(hg_resource *resource, hg_err *err);
/* The labels, as the dialect says where; of a table without a header the names in the
 * schema, or "field1" and so on. Borrowed. */
const hg_slice *hg_resource_labels(const hg_resource *resource, size_t *n);
/* The sheet's name; NULL: no workbook, or it has no such sheet. */
const char *hg_resource_sheet(const hg_resource *resource);
/* The next row that is data. row->number counts all rows of the file, from 1. HG_END. */
hg_status hg_resource_next(hg_resource *resource, hg_row *row, hg_err *err);
/* Its encoding was not declared, and was guessed where it turned out not to be UTF-8. */
bool hg_resource_guessed(const hg_resource *resource);
void hg_resource_free(hg_resource *resource); /* NULL is fine */

/* May a descriptor name this path? */
bool hg_resource_path_safe(const char *path);

#endif
