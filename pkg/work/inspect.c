/* inspect - the resources of a Data Package checked where they lie */
#include "work/inspect.h"
#include "base/path.h"
#include "rules/table.h"

#include <stdlib.h>
#include <string.h>

#define MEMORY ((size_t)1 << 30) /* bytes */
#define SAME   1000              /* findings */

typedef struct inspect {
    const hg_descriptor *descriptor;
    const hg_inspect_opts *opts;
    hg_check_sum *sum;
    /* of the resource at hand: */
    hg_resource *resource;
    size_t index;
    hg_err other; /* what is wrong with a package that a foreign key leads to */
    hg_budget budget;
    hg_tally tally;
    hg_schema *invented; /* where it has none */
    hg_columns columns;
    hg_table *table;
    uint64_t rows;
    uint64_t blank, blank_n; /* blank rows of a sheet not told yet: the first, how many */
} inspect;

/* ---- findings ---- */

static hg_status take_finding(void *user, const hg_finding *finding, hg_err *err)
{
    inspect *c = user;
    if (c->opts->report)
        hg_validation_add(c->opts->report, finding);
    return c->opts->found ? c->opts->found(c->opts->user, finding, err) : HG_OK;
}

static hg_finding finding_of(const inspect *c, const char *code)
{
    return (hg_finding){ .code = code,
                         .severity = HG_ERROR,
                         .resource = hg_resource_name(c->resource),
                         .file = hg_resource_place(c->resource),
                         .sheet = hg_resource_sheet(c->resource) };
}

/* A failure to read the resource is what was found out about it; another stays one. */
static hg_status found_failure(inspect *c, const hg_err *why, const char *code, hg_err *err)
{
    hg_finding f = finding_of(c, code);
    if (why->status != HG_EARG && why->status != HG_EINPUT) {
        *err = *why;
        return why->status;
    }
    hg_finding_from(&f, why);
    return hg_tally_add(&c->tally, &f, err);
}

static hg_status found_other(inspect *c, const char *code, hg_err *err,
                             const char *message, const char *declared,
                             const char *there)
{
    hg_finding f = finding_of(c, code);
    f.message = message;
    f.args_len = hg_args(f.args, sizeof f.args, message, there, declared);
    return hg_tally_add(&c->tally, &f, err);
}

static hg_status found_count(inspect *c, const char *code, const char *key,
                             const char *message, uint64_t there, hg_err *err)
{
    char declared[24], is[24];
    int64_t n = hg_resource_declared(c->resource, key);
    if (n < 0 || (uint64_t)n == there)
        return HG_OK;
    hg_args(declared, sizeof declared, "%zu", (size_t)n);
    hg_args(is, sizeof is, "%zu", (size_t)there);
    return found_other(c, code, err, message, declared, is);
}

/* ---- files ---- */

static hg_status check_files(inspect *c, hg_err *why, hg_err *err)
{
    hg_resource_sum sum;
    hg_status st = hg_resource_digest(c->resource, &sum, why);
    if (st != HG_OK)
        return st;
    if (c->opts->report && sum.sha256[0] != '\0')
        hg_validation_source(c->opts->report, sum.bytes, sum.sha256);
    if (sum.hash_differs)
        found_other(c, "hash-count", err, "the file's digest is %s, not %s", sum.hash,
                    sum.found_hash[0] != '\0' ? sum.found_hash : "?");
    if (sum.bytes_differ)
        found_count(c, "byte-count", "bytes", "the file has %s bytes, not %s", sum.bytes,
                    err);
    return err->status;
}

/* ---- tables that foreign keys lead to ---- */

static hg_status add_keys(hg_keys *keys, hg_resource *resource, const hg_schema *schema,
                          const hg_reference *ref, hg_err *err)
{
    size_t n, *columns = calloc(ref->key.n, sizeof *columns), widest = 0;
    const hg_slice *labels = hg_resource_labels(resource, &n);
    hg_buf key = { 0 };
    hg_row row;
    hg_status st = columns ? hg_codes_columns(columns, schema, ref, labels, n, err)
                           : hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i < ref->key.n; i++)
        widest = columns[i] > widest ? columns[i] : widest;
    while (st == HG_OK && (st = hg_resource_next(resource, &row, err)) == HG_OK) {
        if (row.n <= widest)
            continue; /* told when that table is checked */
        hg_codes_key(&key, schema, ref, row.cells, columns);
        st = hg_buf_status(&key, err);
        if (st == HG_OK)
            st = hg_keys_put(keys, (hg_slice){ key.data, key.len }, row.number, err);
    }
    hg_buf_release(&key);
    free(columns);
    return st == HG_END ? HG_OK : st;
}

static hg_status keys_of(const hg_descriptor *descriptor, hg_keys *keys,
                         const hg_schema *schema, const hg_reference *ref, hg_err *err)
{
    hg_resource *resource = NULL;
    size_t i = hg_descriptor_find(descriptor, ref->resource);
    if (i == hg_descriptor_resources(descriptor))
        return hg_schema_wrong(schema, hg_json_get(ref->json, "reference"), NULL, err,
                               "there is no resource '%s'", ref->resource, NULL);
    hg_resource_at at = hg_descriptor_resource(descriptor, i);
    hg_status st = hg_resource_new(&resource, &at, err);
    if (st == HG_OK)
        st = hg_resource_open(resource, err);
    if (st == HG_OK)
        st = add_keys(keys, resource, schema, ref, err);
    hg_resource_free(resource);
    return st;
}

/* A foreign key's last field, and where the key stands in the document that has the schema. */
static void name_key(hg_buf *buf, const inspect *c, const hg_schema *schema,
                     const hg_reference *ref)
{
    hg_buf_printf(buf, "\"%s\" (", schema->fields[ref->key.fields[ref->key.n - 1]].name);
    if (schema->doc == hg_descriptor_doc(c->descriptor)) {
        if (hg_descriptor_is_package(c->descriptor))
            hg_buf_printf(buf, "/resources/%zu", c->index);
        hg_buf_puts(buf, "/schema");
    }
    hg_buf_printf(buf, "/foreignKeys/%zu)", (size_t)(ref - schema->references));
}

/* The table that a foreign key leads to could not be read, in this package, where that is told of
 * the table too, or in another. */
static hg_status lost(inspect *c, const hg_schema *schema, const hg_reference *ref,
                      const char *file, hg_err *err)
{
    const hg_json *at = hg_json_get(ref->json, "reference");
    hg_err why = *err;
    hg_buf key = { 0 };
    if (why.status != HG_EARG && why.status != HG_EINPUT)
        return why.status;
    name_key(&key, c, schema, ref);
    *err = (hg_err)HG_ERR_INIT;
    if (hg_buf_status(&key, err) == HG_OK && file) {
        c->other = why;
        hg_schema_wrong(schema, at, "package", err,
                        "the foreign key %s cannot be checked: it needs the package %s; put "
                        "that there, or correct \"package\"",
                        key.data, file);
    } else if (err->status == HG_OK) {
        hg_schema_wrong(schema, at, "resource", err,
                        "the foreign key %s cannot be checked: the table '%s' cannot be read",
                        key.data, ref->resource);
    }
    hg_buf_release(&key);
    return err->status;
}

/* Of another package, "package" beside "resource" has the path. */
static hg_status find_other(inspect *c, hg_keys *keys, const hg_schema *schema,
                            const hg_reference *ref, const char *path, hg_err *err)
{
    hg_descriptor *other = NULL;
    char *file = NULL;
    if (!hg_resource_path_safe(path))
        return hg_schema_wrong(schema, hg_json_get(ref->json, "reference"), "package", err,
                               "'%s' is no safe path: it must lead down from the descriptor",
                               path, NULL);
    if (hg_path_join(&file, hg_descriptor_folder(c->descriptor), path, err) != HG_OK)
        return err->status;
    bool open = hg_descriptor_open(&other, file, c->opts->tmp, err) == HG_OK;
    hg_status st = open ? keys_of(other, keys, schema, ref, err) : err->status;
    if (st == HG_EINPUT || !open) /* otherwise it is the reference that is wrong */
        st = lost(c, schema, ref, file, err);
    hg_descriptor_free(other);
    free(file);
    return st;
}

static hg_status find_keys(void *user, hg_keys **out, const hg_schema *schema,
                           const hg_reference *ref, hg_budget *budget, hg_err *err)
{
    inspect *c = user;
    const char *package =
        hg_json_get_str(hg_json_get(ref->json, "reference"), "package");
    hg_status st = hg_keys_new(out, budget, err);
    if (st == HG_OK && package)
        st = find_other(c, *out, schema, ref, package, err);
    else if (st == HG_OK)
        st = keys_of(c->descriptor, *out, schema, ref, err);
    if (st == HG_EINPUT && !package)
        st = lost(c, schema, ref, NULL, err);
    if (st != HG_OK) {
        hg_keys_free(*out);
        *out = NULL;
    }
    return st;
}

/* ---- tables ---- */

static hg_status invent_schema(inspect *c, const hg_slice *labels, size_t n, hg_err *err)
{
    hg_json *json;
    hg_status st = hg_labels_schema(&json, labels, n, err);
    if (st == HG_OK)
        st = hg_schema_new(&c->invented, json, NULL, "schema.json", err);
    hg_json_free(json);
    return st;
}

static hg_status match_labels(inspect *c, hg_err *err)
{
    size_t n;
    const hg_slice *labels = hg_resource_labels(c->resource, &n);
    const hg_schema *schema = hg_resource_schema(c->resource);
    hg_finding base = finding_of(c, "");
    hg_status st = schema || n == 0 ? HG_OK : invent_schema(c, labels, n, err);
    base.row = 1;
    if (c->opts->report)
        hg_validation_labels(c->opts->report, labels, n);
    if (st == HG_OK && (schema || c->invented))
        st = hg_labels_match(&c->columns, labels, n, schema ? schema : c->invented, &base,
                             &c->tally, err);
    return st == HG_OK ? found_count(c, "field-count", "fields",
                                     "the table has %s fields, not %s", n, err)
                       : st;
}

static hg_status new_table(inspect *c, hg_err *why)
{
    const hg_schema *schema = hg_resource_schema(c->resource);
    hg_table_opts opts = { .resource = hg_resource_name(c->resource),
                           .schema = schema ? schema : c->invented,
                           .columns = &c->columns,
                           .head = hg_descriptor_head(c->descriptor),
                           .find = find_keys,
                           .user = c,
                           .checks = c->opts->checks,
                           .budget = &c->budget,
                           .tally = &c->tally };
    return opts.schema ? hg_table_new(&c->table, &opts, why) : HG_OK;
}

static bool is_blank(const hg_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].n > 0)
            return false;
    return true;
}

static hg_status check_row(inspect *c, const hg_row *row, hg_err *err)
{
    hg_origin at = { .sheet = hg_resource_sheet(c->resource), .row = row->number };
    hg_status st = HG_OK;
    if (c->rows++ == 0)
        st = hg_table_from(c->table, hg_resource_place(c->resource), &at, false, err);
    return st == HG_OK ? hg_table_row(c->table, row, err) : st;
}

/* Blank rows of a sheet are findings only where others follow: where a sheet ends is
 * nothing that its author decides on. */
static hg_status check_or_hold(inspect *c, const hg_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    if (hg_resource_sheet(c->resource) && is_blank(row)) {
        c->blank = c->blank_n++ == 0 ? row->number : c->blank;
        return HG_OK;
    }
    for (uint64_t i = 0; st == HG_OK && i < c->blank_n; i++) {
        hg_row blank = { .number = c->blank + i };
        st = check_row(c, &blank, err);
    }
    c->blank_n = 0;
    return st == HG_OK ? check_row(c, row, err) : st;
}

/* why takes what is wrong with the source; err, what keeps the check from going on. */
static hg_status check_rows(inspect *c, hg_err *why, hg_err *err)
{
    hg_row row;
    hg_status st = HG_OK;
    while (c->table && err->status == HG_OK &&
           (st = hg_resource_next(c->resource, &row, why)) == HG_OK)
        check_or_hold(c, &row, err);
    if (st != HG_END && st != HG_OK)
        return st;
    if (err->status == HG_OK && c->table)
        hg_table_end(c->table, err);
    if (err->status == HG_OK)
        found_count(c, "row-count", "rows", "the table has %s rows, not %s", c->rows, err);
    return HG_OK;
}

static hg_status found_guess(inspect *c, hg_err *err)
{
    hg_finding f = finding_of(c, "encoding-error");
    if (!hg_resource_guessed(c->resource))
        return HG_OK;
    f.severity = HG_WARNING;
    f.message = "no encoding is declared and the text is not UTF-8; it was read as "
                "windows-1252";
    return hg_tally_add(&c->tally, &f, err);
}

static hg_status check_table(inspect *c, const char **code, hg_err *why, hg_err *err)
{
    hg_status st = hg_resource_open(c->resource, why);
    *code = hg_resource_code(c->resource);
    if (st != HG_OK || match_labels(c, err) != HG_OK)
        return st;
    st = new_table(c, why);
    *code = "schema-error";
    if (st != HG_OK)
        return st;
    st = check_rows(c, why, err);
    *code = hg_resource_code(c->resource);
    if (err->status == HG_OK)
        found_guess(c, err);
    return st;
}

/* ---- resources ---- */

static void drop_resource(inspect *c)
{
    hg_table_free(c->table);
    hg_columns_release(&c->columns);
    hg_schema_free(c->invented);
    hg_tally_release(&c->tally);
    hg_resource_free(c->resource);
    c->table = NULL;
    c->invented = NULL;
    c->resource = NULL;
}

static hg_status begin_resource(inspect *c, size_t i, hg_err *why, hg_err *err)
{
    const hg_inspect_opts *opts = c->opts;
    hg_resource_at at = hg_descriptor_resource(c->descriptor, i);
    c->budget = (hg_budget){ .max = opts->max_memory ? opts->max_memory : MEMORY,
                             .tmp = opts->tmp,
                             .seed = opts->seed };
    c->tally = (hg_tally){ .take = take_finding,
                           .user = c,
                           .max = opts->max_same ? opts->max_same : SAME };
    c->rows = c->blank_n = 0;
    c->index = i;
    c->other = (hg_err)HG_ERR_INIT;
    hg_status st = hg_resource_new(&c->resource, &at, why);
    if (!c->resource)
        return st;
    if (opts->report)
        hg_validation_table(opts->report, hg_resource_name(c->resource),
                            hg_resource_place(c->resource), NULL, 0, err);
    if (opts->report && st == HG_OK && !hg_resource_is_table(c->resource))
        hg_validation_type(opts->report, "file");
    return st;
}

static hg_status end_resource(inspect *c, hg_err *err)
{
    hg_status st = hg_tally_end(&c->tally, err);
    c->sum->errors += c->tally.errors;
    c->sum->warnings += c->tally.warnings;
    c->sum->rows += c->rows;
    if (c->opts->report)
        hg_validation_end(c->opts->report, c->rows, c->tally.errors, c->tally.warnings);
    return st;
}

static hg_status check_resource(inspect *c, size_t i, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    const char *code = NULL;
    hg_status st = begin_resource(c, i, &why, err);
    if (st == HG_OK)
        st = check_files(c, &why, err);
    if (c->resource)
        code = hg_resource_code(c->resource);
    if (st == HG_OK && err->status == HG_OK && hg_resource_is_table(c->resource))
        check_table(c, &code, &why, err);
    if (err->status == HG_OK && why.status != HG_OK)
        found_failure(c, &why, code, err);
    if (err->status == HG_OK && c->other.status != HG_OK) {
        found_failure(c, &c->other, code, err);
        c->sum->unchecked = true;
    }
    if (err->status == HG_OK)
        end_resource(c, err);
    drop_resource(c);
    return err->status;
}

hg_status hg_inspect(const hg_descriptor *descriptor, const hg_inspect_opts *opts,
                     hg_check_sum *sum, hg_err *err)
{
    inspect c = { .descriptor = descriptor, .opts = opts, .sum = sum };
    hg_status st = HG_OK;
    *sum = (hg_check_sum){ 0 };
    for (size_t i = 0; st == HG_OK && i < hg_descriptor_resources(descriptor); i++)
        st = check_resource(&c, i, err);
    return st;
}
