/* published - one published dataset, as its files tell it */
#include "site/published.h"
#include "base/file.h"
#include "stream/package.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static hg_status load(hg_doc **doc, const char *folder, const char *name, hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    char *path;
    hg_status status = hg_path_join(&path, folder, name, err);
    if (status != HG_OK)
        return status;
    status = hg_doc_load(doc, path, &why);
    if (status == HG_ENOMEM)
        hg_fail_nomem(err);
    else if (status != HG_OK)
        status = hg_fail(err, HG_EINPUT, HG_AT(path),
                         "the published dataset is damaged; publish it again");
    free(path);
    return status;
}

/* The length of the whole records at the start of a CSV: up to the last line end that is
 * not within quotes. */
static size_t whole_records(const char *csv, size_t n)
{
    size_t whole = 0;
    bool quoted = false;
    for (size_t i = 0; i < n; i++) {
        if (csv[i] == '"')
            quoted = !quoted;
        else if (csv[i] == '\n' && !quoted)
            whole = i + 1;
    }
    return whole;
}

static hg_status read_start(hg_buf *buf, const char *path, hg_err *err)
{
    size_t got = 0;
    int fd;
    char *bytes = hg_buf_reserve(buf, HG_PUBLISHED_START);
    hg_status status = bytes ? hg_file_open(&fd, path, err) : hg_fail_nomem(err);
    if (status != HG_OK)
        return status;
    status = hg_file_read(fd, path, bytes, HG_PUBLISHED_START, &got, err);
    close(fd);
    buf->len = whole_records(bytes, got);
    return status;
}

/* A package is read within its own folder only. */
static bool is_inside(const char *path)
{
    return path[0] != '/' && !strstr(path, "..");
}

/* The first CSV of a table; a table without one has no rows to show. */
static hg_status read_rows(hg_published *published, const char *folder, size_t table,
                           hg_err *err)
{
    const char *name = hg_dataset_table(published->dataset, table);
    char *path;
    hg_status status = HG_OK;
    for (size_t i = 0; i < published->n; i++) {
        const hg_distribution *file = &published->files[i];
        if (strcmp(file->resource, name) != 0 || strcmp(file->format, "csv") != 0)
            continue;
        if (!is_inside(file->path))
            return hg_fail(err, HG_EINPUT, HG_AT(file->path),
                           "the path of a resource leads out of its package");
        status = hg_path_join(&path, folder, file->path, err);
        if (status == HG_OK)
            status = read_start(&published->starts[table], path, err);
        free(path);
        break;
    }
    published->rows[table] =
        (hg_slice){ published->starts[table].data, published->starts[table].len };
    return status;
}

static hg_status fill(hg_published *published, const char *folder, hg_err *err)
{
    hg_status status = load(&published->docs[0], folder, HG_PACKAGE_HEAD, err);
    if (status == HG_OK)
        status = load(&published->docs[1], folder, HG_PACKAGE_SEAL, err);
    if (status != HG_OK)
        return status;
    published->head = hg_doc_root(published->docs[0]);
    published->descriptor = hg_doc_root(published->docs[1]);
    status = hg_dataset_from_head(&published->dataset, published->head, err);
    if (status == HG_OK)
        status = hg_metadata_distributions(published->descriptor, &published->files,
                                           &published->n, err);
    if (status != HG_OK)
        return status;
    size_t tables = hg_dataset_tables(published->dataset);
    published->rows = calloc(tables + 1, sizeof *published->rows);
    published->starts = calloc(tables + 1, sizeof *published->starts);
    if (!published->rows || !published->starts)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < tables && status == HG_OK; i++)
        status = read_rows(published, folder, i, err);
    return status;
}

hg_status hg_published_open(hg_published *published, const char *folder, hg_err *err)
{
    *published = (hg_published){ 0 };
    hg_status status = fill(published, folder, err);
    if (status != HG_OK)
        hg_published_close(published);
    return status;
}

void hg_published_close(hg_published *published)
{
    size_t tables = published->starts ? hg_dataset_tables(published->dataset) : 0;
    for (size_t i = 0; i < tables; i++)
        hg_buf_release(&published->starts[i]);
    free(published->starts);
    free(published->rows);
    free(published->files);
    hg_dataset_free(published->dataset);
    hg_doc_free(published->docs[0]);
    hg_doc_free(published->docs[1]);
    *published = (hg_published){ 0 };
}
