/* tables - the data files of a package */
#include "export/tables.h"
#include "base/file.h"
#include "delimited/csv.h"

#include <stdlib.h>
#include <string.h>

#define NONE SIZE_MAX

/* What a distribution borrows. */
struct texts {
    char *path;
    char hex[HG_DIGEST_HEX];
};

struct hg_tables {
    hg_tables_opts opts;
    size_t n, n_files; /* tables; files: the tables' own, then formats by table */
    hg_distribution *files;
    struct texts *texts;
    size_t open; /* the table being written, or NONE */
    int fd;      /* its CSV, or -1 */
    char *path;
    hg_in *of; /* the reader that has its digest; or NULL */
    hg_digest *digest;
    hg_export *export; /* its other formats, or NULL */
    hg_ranges *ranges;
    hg_csv csv;
    hg_buf bytes; /* a part without its origins */
};

/* ---- the list of files ---- */

static hg_status add_file(hg_tables *tables, size_t table, const char *format,
                          const char *ending, hg_err *err)
{
    hg_buf path = { 0 };
    struct texts *texts = &tables->texts[tables->n_files];
    const char *name = hg_dataset_table(tables->opts.dataset, table);
    hg_buf_printf(&path, "data/%s.%s", name, ending);
    texts->path = path.data; /* NULL out of memory */
    tables->files[tables->n_files++] = (hg_distribution){
        .path = path.data, .resource = name, .format = format, .sha256 = texts->hex
    };
    return hg_buf_status(&path, err);
}

static hg_status list_files(hg_tables *tables, hg_err *err)
{
    size_t n_formats;
    const hg_export_format *formats = hg_export_formats(&n_formats);
    hg_status status = HG_OK;
    tables->files = calloc(tables->n * (n_formats + 1) + 1, sizeof *tables->files);
    tables->texts = calloc(tables->n * (n_formats + 1) + 1, sizeof *tables->texts);
    if (!tables->files || !tables->texts)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < tables->n && status == HG_OK; i++)
        status = add_file(tables, i, "csv", "csv", err);
    for (size_t i = 0; i < tables->n * n_formats && status == HG_OK; i++)
        if (tables->opts.formats & 1u << i % n_formats)
            status = add_file(tables, i / n_formats, formats[i % n_formats].name,
                              formats[i % n_formats].ending, err);
    return status;
}

/* "a.excel.csv" of a table "a" is not the CSV of a table "a.excel", nor is its name "a-json" in
 * the descriptor that of a table "a-json". */
static hg_status check_names(const hg_tables *tables, hg_err *err)
{
    hg_buf name = { 0 };
    hg_status status = HG_OK;
    for (size_t i = tables->n; i < tables->n_files && status == HG_OK; i++) {
        const hg_distribution *file = &tables->files[i];
        hg_buf_clear(&name);
        hg_buf_printf(&name, "%s-%s", file->resource, file->format);
        status = hg_buf_status(&name, err);
        for (size_t k = 0; k < tables->n && status == HG_OK; k++)
            if (strcmp(tables->files[k].resource, name.data) == 0 ||
                strcmp(tables->files[k].path, file->path) == 0)
                status = hg_fail(err, HG_EARG, HG_AT(file->resource),
                                 "two files of the package would have the name '%s'",
                                 tables->files[k].resource);
    }
    hg_buf_release(&name);
    return status;
}

hg_status hg_tables_new(hg_tables **out, const hg_tables_opts *opts, hg_err *err)
{
    hg_tables *tables = calloc(1, sizeof *tables);
    *out = tables;
    if (!tables)
        return hg_fail_nomem(err);
    tables->opts = *opts;
    tables->n = hg_dataset_tables(opts->dataset);
    tables->open = NONE;
    tables->fd = -1;
    hg_status status = list_files(tables, err);
    if (status == HG_OK)
        status = check_names(tables, err);
    if (status == HG_OK)
        status = hg_digest_new(&tables->digest, err);
    if (status == HG_OK)
        status = hg_ranges_new(&tables->ranges, err);
    if (status != HG_OK) {
        hg_tables_free(tables);
        *out = NULL;
    }
    return status;
}

const hg_distribution *hg_tables_files(const hg_tables *tables, size_t *n)
{
    *n = tables->n_files;
    return tables->files;
}

const hg_ranges *hg_tables_ranges(const hg_tables *tables)
{
    return tables->ranges;
}

/* ---- a table after the other ---- */

/* Lengths and digests of a table's files beside its CSV. */
static hg_status measure(hg_tables *tables, size_t table, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = tables->n; i < tables->n_files && status == HG_OK; i++) {
        hg_distribution *file = &tables->files[i];
        char *path = NULL;
        if (file->resource != tables->files[table].resource)
            continue;
        file->rows = tables->files[table].rows;
        status = hg_path_join(&path, tables->opts.folder, file->path, err);
        if (status == HG_OK)
            status = hg_file_digest(path, &file->bytes, tables->texts[i].hex, err);
        free(path);
    }
    return status;
}

static hg_status close_table(hg_tables *tables, hg_err *err)
{
    size_t table = tables->open;
    if (table == NONE)
        return HG_OK;
    hg_status status = hg_file_close(tables->fd, tables->path, HG_OK, err);
    tables->fd = -1;
    tables->open = NONE;
    if (status == HG_OK && tables->of)
        hg_in_digest(tables->of, table, tables->texts[table].hex);
    else if (status == HG_OK)
        hg_digest_hex(tables->digest, tables->texts[table].hex);
    if (status == HG_OK && tables->export)
        status = hg_export_end(tables->export, err);
    hg_export_free(tables->export);
    tables->export = NULL;
    return status == HG_OK ? measure(tables, table, err) : status;
}

static hg_status open_table(hg_tables *tables, size_t i, hg_err *err)
{
    const hg_export_opts opts = { .dataset = tables->opts.dataset,
                                  .table = i,
                                  .formats = tables->opts.formats,
                                  .folder = tables->opts.folder,
                                  .tmp = tables->opts.tmp };
    hg_status status = close_table(tables, err);
    free(tables->path);
    tables->path = NULL;
    if (status == HG_OK)
        status = hg_path_join(&tables->path, opts.folder, tables->files[i].path, err);
    if (status == HG_OK && opts.formats != 0)
        status = hg_export_new(&tables->export, &opts, err);
    if (status == HG_OK)
        status = hg_file_create(&tables->fd, tables->path, err);
    if (status == HG_OK)
        tables->open = i;
    return status;
}

/* Take the first column, _at, off each record of a part, and note it. */
static hg_status strip_origin(hg_tables *tables, const hg_part *part, hg_err *err)
{
    hg_row row;
    hg_status status;
    hg_buf_clear(&tables->bytes);
    hg_csv_init(&tables->csv, part->bytes.p, part->bytes.n, part->number - 1, 0);
    while ((status = hg_csv_next(&tables->csv, &row, err)) == HG_OK) {
        size_t n = row.cells[0].n;
        if (row.n < 2 || row.raw.n <= n || row.raw.p[n] != ',')
            return hg_fail(err, HG_EINPUT, NULL,
                           "the stream is damaged: a row lacks its origin");
        hg_ranges_cell(tables->ranges, row.cells[0]);
        hg_buf_put(&tables->bytes, row.raw.p + n + 1, row.raw.n - n - 1);
    }
    return status == HG_END ? hg_buf_status(&tables->bytes, err) : status;
}

hg_status hg_tables_put(hg_tables *tables, const hg_part *part, hg_err *err)
{
    hg_slice bytes = part->bytes;
    hg_distribution *file = &tables->files[part->resource];
    hg_status status = part->header ? open_table(tables, part->resource, err) : HG_OK;
    if (part->header)
        tables->of = part->located ? NULL : part->of;
    if (status == HG_OK)
        status = hg_ranges_part(tables->ranges, part, err);
    if (status == HG_OK && part->located) {
        status = strip_origin(tables, part, err);
        bytes = (hg_slice){ tables->bytes.data, tables->bytes.len };
    }
    if (status == HG_OK)
        status = hg_file_write(tables->fd, tables->path, bytes.p, bytes.n, err);
    if (status == HG_OK && tables->export)
        status = hg_export_put(tables->export, bytes, part->number - 1, err);
    if (!tables->of)
        hg_digest_put(tables->digest, bytes.p, bytes.n);
    file->bytes += bytes.n;
    file->rows += part->records - part->header;
    return status;
}

hg_status hg_tables_end(hg_tables *tables, hg_err *err)
{
    return close_table(tables, err);
}

void hg_tables_free(hg_tables *tables)
{
    hg_err ignored = HG_ERR_INIT;
    if (!tables)
        return;
    if (tables->fd >= 0)
        hg_file_close(tables->fd, tables->path, HG_OK, &ignored);
    for (size_t i = 0; i < tables->n_files; i++)
        free(tables->texts[i].path);
    free(tables->texts);
    free(tables->files);
    free(tables->path);
    hg_export_free(tables->export);
    hg_digest_free(tables->digest);
    hg_ranges_free(tables->ranges);
    hg_csv_release(&tables->csv);
    hg_buf_release(&tables->bytes);
    free(tables);
}
