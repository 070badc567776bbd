/* changes - what is new in a dataset since its previous edition */
#include "export/changes.h"
#include "base/file.h"
#include "dataset/markdown.h"
#include "export/changes_compare.h"
#include "stream/package.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A table of either edition, or of both. */
struct table {
    const char *name;
    const hg_distribution *before, *after; /* NULL: not there */
    hg_json *key;                          /* names; empty: none */
    hg_compared rows;
};

struct hg_changes {
    const hg_changes_opts *opts;
    hg_package *previous;
    char sha256[HG_DIGEST_HEX];
    hg_distribution *old; /* the previous edition's files */
    size_t n_old;
    struct table *tables;
    size_t n;
};

/* ---- comparing ---- */

static const hg_distribution *csv_of(const hg_distribution *files, size_t n,
                                     const char *resource)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].resource, resource) == 0 && strcmp(files[i].format, "csv") == 0)
            return &files[i];
    return NULL;
}

static hg_json *key_of(const hg_dataset *dataset, const char *table)
{
    const hg_json *key = NULL;
    for (size_t i = 0; i < hg_dataset_tables(dataset); i++)
        if (strcmp(hg_dataset_table(dataset, i), table) == 0)
            key = hg_json_get(hg_dataset_schema(dataset, i), "primaryKey");
    if (hg_json_is_array(key))
        return hg_json_copy(key);
    hg_json *names = hg_json_array();
    if (hg_json_str(key))
        hg_json_add_str(names, hg_json_str(key));
    return names;
}

static void add_table(hg_changes *changes, const char *name)
{
    struct table *table = &changes->tables[changes->n++];
    table->name = name;
    table->before = csv_of(changes->old, changes->n_old, name);
    table->after = csv_of(changes->opts->files, changes->opts->n, name);
    table->key = key_of(changes->opts->dataset, name);
}

/* The tables as they are now, then those that are gone. */
static hg_status list_tables(hg_changes *changes, hg_err *err)
{
    const hg_changes_opts *opts = changes->opts;
    size_t most = hg_dataset_tables(opts->dataset) + changes->n_old;
    changes->tables = calloc(most + 1, sizeof *changes->tables);
    if (!changes->tables)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < hg_dataset_tables(opts->dataset); i++)
        add_table(changes, hg_dataset_table(opts->dataset, i));
    for (size_t i = 0; i < changes->n_old; i++) {
        const hg_distribution *old = &changes->old[i];
        if (csv_of(changes->old, changes->n_old, old->resource) == old &&
            !csv_of(opts->files, opts->n, old->resource))
            add_table(changes, old->resource);
    }
    return HG_OK;
}

static hg_status compare(const hg_changes *changes, struct table *table, hg_err *err)
{
    char *before = NULL, *after = NULL;
    if (!table->before || !table->after || hg_json_len(table->key) == 0)
        return HG_OK;
    hg_status status = hg_path_join(&before, hg_package_folder(changes->previous),
                                    table->before->path, err);
    if (status == HG_OK)
        status = hg_path_join(&after, changes->opts->folder, table->after->path, err);
    if (status == HG_OK)
        status = hg_compare(&table->rows, before, after, table->key, table->before->rows,
                            err);
    free(before);
    free(after);
    return status;
}

static hg_status open_previous(hg_changes *changes, hg_err *err)
{
    const hg_changes_opts *opts = changes->opts;
    char *seal = NULL;
    uint64_t bytes;
    hg_status status = hg_package_open(&changes->previous, opts->previous, opts->tmp, err);
    if (status == HG_OK &&
        strcmp(hg_package_id(changes->previous), hg_dataset_id(opts->dataset)) != 0)
        status = hg_fail(err, HG_EARG, HG_AT(opts->previous),
                         "the previous edition is of another dataset, '%s'",
                         hg_package_id(changes->previous));
    if (status == HG_OK)
        status = hg_path_join(&seal, hg_package_folder(changes->previous),
                              HG_PACKAGE_SEAL, err);
    if (status == HG_OK)
        status = hg_file_digest(seal, &bytes, changes->sha256, err);
    if (status == HG_OK)
        status = hg_metadata_distributions(hg_package_descriptor(changes->previous),
                                           &changes->old, &changes->n_old, err);
    free(seal);
    return status;
}

hg_status hg_changes_new(hg_changes **out, const hg_changes_opts *opts, hg_err *err)
{
    hg_changes *changes = calloc(1, sizeof *changes);
    *out = NULL;
    if (!changes)
        return hg_fail_nomem(err);
    changes->opts = opts;
    hg_status status = open_previous(changes, err);
    if (status == HG_OK)
        status = list_tables(changes, err);
    for (size_t i = 0; i < changes->n && status == HG_OK; i++)
        status = compare(changes, &changes->tables[i], err);
    if (status == HG_OK)
        *out = changes;
    else
        hg_changes_free(changes);
    return status;
}

void hg_changes_free(hg_changes *changes)
{
    if (!changes)
        return;
    for (size_t i = 0; i < changes->n; i++) {
        hg_compared_release(&changes->tables[i].rows);
        hg_json_free(changes->tables[i].key);
    }
    free(changes->tables);
    free(changes->old);
    hg_package_free(changes->previous);
    free(changes);
}

/* ---- for programs ---- */

static const hg_json *description_of(const hg_changes *changes, bool previous)
{
    const hg_json *head = previous ? hg_package_head(changes->previous) : NULL;
    return previous ? hg_json_get(hg_json_get(head, "definition"), "dataset")
                    : hg_dataset_description(changes->opts->dataset);
}

static hg_json *edition(const hg_changes *changes, bool previous)
{
    const hg_json *description = description_of(changes, previous);
    hg_json *edition = hg_json_object();
    hg_json_set_str(edition, "version", hg_json_get_str(description, "version"));
    hg_json_set_str(edition, "modified", hg_json_get_str(description, "modified"));
    hg_json_set_str(edition, "sha256", previous ? changes->sha256 : NULL);
    return edition;
}

static const char *status_of(const struct table *table)
{
    if (!table->before)
        return "added";
    if (!table->after)
        return "removed";
    return table->rows.keyed ? "compared" : "counted";
}

static void set_rows(hg_json *object, const struct table *table)
{
    hg_json *columns = hg_json_object();
    hg_json_set(object, "key", hg_json_keep(table->key));
    hg_json_set_int(object, "added", (int64_t)table->rows.count[HG_ADDED]);
    hg_json_set_int(object, "changed", (int64_t)table->rows.count[HG_CHANGED]);
    hg_json_set_int(object, "removed", (int64_t)table->rows.count[HG_REMOVED]);
    hg_json_set(object, "fields", hg_json_keep(table->rows.fields));
    hg_json_set(columns, "added", hg_json_keep(table->rows.added));
    hg_json_set(columns, "removed", hg_json_keep(table->rows.removed));
    hg_json_set(object, "columns", columns);
}

static hg_json *table_json(const struct table *table)
{
    hg_json *object = hg_json_object(), *rows = hg_json_object();
    hg_json_set_str(object, "name", table->name);
    hg_json_set_str(object, "status", status_of(table));
    hg_json_set_int(rows, "before", table->before ? (int64_t)table->before->rows : 0);
    hg_json_set_int(rows, "after", table->after ? (int64_t)table->after->rows : 0);
    hg_json_set(object, "rows", rows);
    if (table->rows.keyed)
        set_rows(object, table);
    return object;
}

hg_status hg_changes_json(const hg_changes *changes, hg_buf *buf, hg_err *err)
{
    hg_json *all = hg_json_object(), *tables = hg_json_array();
    hg_json_set_str(all, "dataset", hg_dataset_id(changes->opts->dataset));
    hg_json_set(all, "previous", edition(changes, true));
    hg_json_set(all, "current", edition(changes, false));
    for (size_t i = 0; i < changes->n; i++)
        hg_json_add(tables, table_json(&changes->tables[i]));
    hg_json_set(all, "tables", tables);
    hg_status status = hg_json_dump(all, true, buf, err);
    hg_json_free(all);
    return status;
}

/* ---- for people ---- */

/* "1.0.0, 2026-11-23" */
static void put_edition(const hg_changes *changes, bool previous, hg_buf *buf)
{
    const hg_json *description = description_of(changes, previous);
    const char *version = hg_json_get_str(description, "version");
    const char *modified = hg_json_get_str(description, "modified");
    hg_markdown_text(buf, hg_slice_of(version));
    hg_buf_puts(buf, version && modified ? ", " : "");
    hg_markdown_text(buf, hg_slice_of(modified));
    if (!version && !modified)
        hg_buf_puts(buf, "?");
}

static void put_count(hg_buf *buf, bool known, uint64_t n)
{
    if (known)
        hg_buf_printf(buf, " %" PRIu64 " |", n);
    else
        hg_buf_puts(buf, " – |");
}

static void put_summary(const hg_changes *changes, bool vi, hg_buf *buf)
{
    hg_buf_puts(buf, vi ? "Bản này: " : "This edition: ");
    put_edition(changes, false, buf);
    hg_buf_puts(buf, vi ? ". Bản trước: " : ". Previous edition: ");
    put_edition(changes, true, buf);
    hg_buf_puts(buf, vi ? ".\n\n| Bảng | Số dòng trước | Số dòng nay | Thêm | Sửa | Bỏ |\n"
                        : ".\n\n| Table | Rows before | Rows now | Added | Changed | "
                          "Removed |\n");
    hg_buf_puts(buf, "|---|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < changes->n; i++) {
        const struct table *table = &changes->tables[i];
        hg_buf_printf(buf, "| %s |", table->name);
        put_count(buf, table->before, table->before ? table->before->rows : 0);
        put_count(buf, table->after, table->after ? table->after->rows : 0);
        for (int kind = 0; kind < HG_CHANGES; kind++)
            put_count(buf, table->rows.keyed, table->rows.count[kind]);
        hg_buf_putc(buf, '\n');
    }
    hg_buf_putc(buf, '\n');
}

static void put_names(hg_buf *buf, const char *title, const hg_json *names)
{
    if (hg_json_len(names) == 0)
        return;
    hg_buf_puts(buf, title);
    for (size_t i = 0; i < hg_json_len(names); i++) {
        hg_buf_puts(buf, i > 0 ? ", " : " ");
        hg_markdown_text(buf, hg_slice_of(hg_json_str(hg_json_at(names, i))));
    }
    hg_buf_puts(buf, "\n\n");
}

/* How often each field changed: "gia_tri 3, obs_status 1". */
static void put_fields(hg_buf *buf, const hg_json *fields)
{
    if (hg_json_len(fields) == 0)
        return;
    hg_buf_puts(buf, "Số dòng sửa theo cột · Rows changed by column:");
    for (size_t i = 0; i < hg_json_len(fields); i++) {
        hg_buf_puts(buf, i > 0 ? ", " : " ");
        hg_markdown_text(buf, hg_slice_of(hg_json_key(fields, i)));
        hg_buf_printf(buf, " %" PRId64, hg_json_int(hg_json_member(fields, i), 0));
    }
    hg_buf_puts(buf, "\n\n");
}

static void put_details(const struct table *table, hg_buf *buf)
{
    static const char *const kinds[HG_CHANGES] = { "thêm · added", "sửa · changed",
                                                   "bỏ · removed" };
    const hg_compared *rows = &table->rows;
    put_names(buf, "Cột thêm · Columns added:", rows->added);
    put_names(buf, "Cột bỏ · Columns removed:", rows->removed);
    put_fields(buf, rows->fields);
    for (int kind = 0; kind < HG_CHANGES; kind++) {
        if (rows->count[kind] == 0)
            continue;
        hg_buf_printf(buf, "### %s: %s (%" PRIu64 ")\n\n", table->name, kinds[kind],
                      rows->count[kind]);
        hg_buf_put(buf, rows->shown[kind].data, rows->shown[kind].len);
        hg_buf_puts(buf, rows->count[kind] > HG_CHANGES_SHOWN ? "- …\n\n" : "\n");
    }
}

hg_status hg_changes_text(const hg_changes *changes, hg_buf *buf, hg_err *err)
{
    hg_status status = HG_OK;
    hg_buf_puts(buf, "# Thay đổi so với bản trước\n\n*English below.*\n\n");
    put_summary(changes, true, buf);
    hg_buf_puts(buf, "# Changes since the previous edition\n\n");
    put_summary(changes, false, buf);
    for (size_t i = 0; i < changes->n && status == HG_OK; i++) {
        for (int kind = 0; kind < HG_CHANGES && status == HG_OK; kind++)
            status = hg_buf_status(&changes->tables[i].rows.shown[kind], err);
        put_details(&changes->tables[i], buf);
    }
    return status == HG_OK ? hg_buf_status(buf, err) : status;
}
