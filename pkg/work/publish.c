/* publish - sealed packages into a static catalogue, all of them or none */
#include "work/publish.h"
#include "base/file.h"
#include "work/publish_job.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* ---- the files of one dataset ---- */

static hg_status write_zip(const hg_package *package, const char *path, hg_err *err)
{
    int fd;
    hg_status status = hg_file_create(&fd, path, err);
    if (status != HG_OK)
        return status;
    status = hg_package_write(package, fd, path, HG_ZIP, err);
    return hg_file_close(fd, path, status, err);
}

static hg_status size_of(const char *path, uint64_t *bytes, hg_err *err)
{
    struct stat st;
    *bytes = 0;
    if (stat(path, &st) != 0)
        return hg_fail(err, HG_EINPUT, HG_AT(path),
                       "the published dataset is damaged; publish it again");
    *bytes = (uint64_t)st.st_size;
    return HG_OK;
}

/* Give the package's files to the new state, and a zip of them. */
static hg_status put_package(hg_publish_job *job, hg_publish_item *item, const char *zip,
                             hg_err *err)
{
    size_t n;
    char *const *files = hg_package_files(item->package, &n);
    hg_status status = HG_OK;
    for (size_t i = 0; i < n && status == HG_OK; i++)
        status = hg_target_take(job->target, item->folder, files[i], item->below, err);
    if (status == HG_OK && !hg_package_zipped(item->package))
        status = write_zip(item->package, item->zip, err);
    if (status == HG_OK)
        status = size_of(item->zip, &item->published.zip, err);
    return status == HG_OK
               ? hg_target_take_as(job->target, item->zip, item->below, zip, err)
               : status;
}

static hg_status keep_zip(hg_publish_item *item, const char *zip, hg_err *err)
{
    char *path;
    hg_status status = hg_path_join(&path, item->folder, zip, err);
    if (status == HG_OK)
        status = size_of(path, &item->published.zip, err);
    free(path);
    return status;
}

static hg_status digest_seal(hg_publish_item *item, hg_err *err)
{
    char *path;
    uint64_t bytes;
    hg_status status = hg_path_join(&path, item->folder, HG_PACKAGE_SEAL, err);
    if (status == HG_OK)
        status = hg_file_digest(path, &bytes, item->seal, err);
    free(path);
    return status;
}

static hg_status put_files(hg_publish_job *job, hg_publish_item *item, hg_err *err)
{
    hg_buf zip = { 0 };
    hg_buf_printf(&zip, "%s.zip", item->id);
    hg_status status = hg_buf_status(&zip, err);
    if (status == HG_OK)
        status = hg_published_open(&item->published, item->folder, err);
    if (status == HG_OK && strcmp(hg_dataset_id(item->published.dataset), item->id) != 0)
        status = hg_fail(err, HG_EINPUT, HG_AT(item->folder),
                         "the published dataset is damaged; publish it again");
    if (status == HG_OK)
        status = digest_seal(item, err);
    if (status == HG_OK && item->package)
        status = put_package(job, item, zip.data, err);
    else if (status == HG_OK)
        status = keep_zip(item, zip.data, err);
    hg_buf_release(&zip);
    return status;
}

/* ---- what stays ---- */

/* The files of datasets that stay, and all that others put in the folder. */
static hg_status keep(hg_publish_job *job, hg_err *err)
{
    enum { FIXED = 8 };
    static const char *const fixed[FIXED] = { "index.html",      "style.css",
                                              HG_PUBLISH_MARKER, "catalog.jsonld",
                                              "catalog.nt",      "catalog.rdf",
                                              "en/index.html",   "en/datasets" };
    hg_status status = HG_OK;
    const char **ours = calloc(FIXED + job->n + 1, sizeof *ours);
    if (!ours)
        return hg_fail_nomem(err);
    memcpy(ours, fixed, sizeof fixed);
    for (size_t i = 0; i < job->n && status == HG_OK; i++) {
        ours[FIXED + i] = job->items[i].below;
        if (!job->items[i].package)
            status = hg_target_keep(job->target, job->items[i].below, err);
    }
    if (status == HG_OK)
        status = hg_target_keep_others(job->target, ours, err);
    free(ours);
    return status;
}

/* ---- the receipt ---- */

/* What became of a dataset: "added", "changed" or "unchanged". */
static const char *state(const hg_target_file *files, size_t n, const char *below)
{
    size_t all = 0, same = 0, added = 0, len = strlen(below);
    for (size_t i = 0; i < n; i++) {
        if (strncmp(files[i].name, below, len) != 0 || files[i].name[len] != '/')
            continue;
        all++;
        same += files[i].change == '=';
        added += files[i].change == '+';
    }
    return same == all ? "unchanged" : added == all ? "added" : "changed";
}

static hg_json *dataset_receipt(const hg_publish_item *item, const hg_target_file *files,
                                size_t n)
{
    const hg_json *about = hg_dataset_description(item->published.dataset);
    hg_json *v = hg_json_object();
    hg_buf url = { 0 };
    hg_metadata_iri(item->published.dataset, &url);
    hg_buf_putc(&url, '/');
    hg_json_set_str(v, "id", item->id);
    hg_json_set_str(v, "version", hg_json_get_str(about, "version"));
    hg_json_set(v, "url", url.status == HG_OK ? hg_json_new_str(url.data) : NULL);
    hg_json_set_str(v, "sha256", item->seal);
    hg_json_set_str(v, "state", state(files, n, item->below));
    hg_buf_release(&url);
    return v;
}

static hg_json *count(const hg_target_file *files, size_t n)
{
    static const struct {
        char change;
        const char *name;
    } kinds[] = {
        { '+', "added" }, { '~', "changed" }, { '-', "removed" }, { '=', "unchanged" }
    };
    hg_json *v = hg_json_object();
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += files[i].change == kinds[k].change;
        hg_json_set_int(v, kinds[k].name, sum);
    }
    return v;
}

static hg_status put_receipt(const hg_publish_job *job, hg_buf *receipt, hg_buf *plan,
                             hg_err *err)
{
    size_t n;
    const hg_target_file *files = hg_target_files(job->target, &n);
    hg_json *v = hg_json_object(), *list = hg_json_array();
    hg_json_set_str(v, "target", job->opts->target);
    for (size_t i = 0; i < job->n; i++)
        if (job->items[i].package)
            hg_json_add(list, dataset_receipt(&job->items[i], files, n));
    hg_json_set(v, "datasets", list);
    hg_json_set(v, "files", count(files, n));
    hg_status status = hg_json_dump(v, true, receipt, err);
    hg_json_free(v);
    for (size_t i = 0; i < n && job->opts->dry; i++)
        if (files[i].change != '=')
            hg_buf_printf(plan, "%c %" PRIu64 " %s\n", files[i].change, files[i].bytes,
                          files[i].name);
    return status == HG_OK ? hg_buf_status(plan, err) : status;
}

/* ---- the whole ---- */

static hg_status build(hg_publish_job *job, hg_err *err)
{
    hg_status status = hg_publish_gather(job, err);
    for (size_t i = 0; i < job->n && status == HG_OK; i++)
        status = put_files(job, &job->items[i], err);
    if (status == HG_OK)
        status = hg_publish_made(job, err);
    return status == HG_OK ? keep(job, err) : status;
}

static hg_status start(hg_publish_job *job, bool dry, hg_err *err)
{
    const hg_target_opts opts = { .marker = HG_PUBLISH_MARKER,
                                  .dry = dry,
                                  .tmp = job->opts->tmp };
    return hg_target_open(&job->target, job->opts->target, &opts, err);
}

static void release(hg_publish_job *job)
{
    for (size_t i = 0; i < job->n; i++) {
        hg_published_close(&job->items[i].published);
        hg_package_free(job->items[i].package);
        free(job->items[i].folder);
        free(job->items[i].zip);
        free(job->items[i].below);
        free(job->items[i].id);
    }
    free(job->items);
    free(job->sorted);
    hg_json_free(job->catalog);
    hg_target_free(job->target);
}

hg_status hg_publish(const hg_publish_opts *opts, hg_buf *receipt, hg_buf *plan,
                     hg_err *err)
{
    hg_publish_job job = { .opts = opts };
    hg_status status = start(&job, opts->dry, err);
    if (status == HG_OK)
        status = build(&job, err);
    if (status == HG_OK)
        status = hg_target_commit(job.target, err);
    if (status == HG_OK)
        status = put_receipt(&job, receipt, plan, err);
    release(&job);
    return status;
}

/* ---- checking ---- */

/* A published package, file by file against its digests, and its zip against itself. */
static hg_status verify_item(hg_publish_job *job, hg_publish_item *item, hg_err *err)
{
    char made[HG_DIGEST_HEX], there[HG_DIGEST_HEX];
    uint64_t bytes;
    char *path = NULL, *zip = NULL;
    hg_buf name = { 0 };
    hg_status status = hg_package_open(&item->package, item->folder, job->opts->tmp, err);
    hg_buf_printf(&name, "%s.zip", item->id);
    if (status == HG_OK)
        status = hg_buf_status(&name, err);
    if (status == HG_OK)
        status = hg_path_join(&path, hg_target_work(job->target), name.data, err);
    if (status == HG_OK)
        status = hg_path_join(&zip, item->folder, name.data, err);
    if (status == HG_OK)
        status = write_zip(item->package, path, err);
    if (status == HG_OK)
        status = hg_file_digest(path, &bytes, made, err);
    if (status == HG_OK)
        status = hg_file_digest(zip, &bytes, there, err);
    if (status == HG_OK && strcmp(made, there) != 0)
        status =
            hg_fail(err, HG_EINPUT, HG_AT(zip),
                    "the zip is not that of the published package; publish it again");
    free(path);
    free(zip);
    hg_buf_release(&name);
    return status;
}

hg_status hg_publish_verify(const hg_publish_opts *opts, size_t *n, hg_err *err)
{
    hg_publish_job job = { .opts = opts };
    *n = 0;
    hg_status status = start(&job, true, err);
    if (status == HG_OK && !hg_target_has(job.target, HG_PUBLISH_MARKER))
        status =
            hg_fail(err, HG_EINPUT, HG_AT(opts->target), "there is no catalogue here");
    if (status == HG_OK)
        status = hg_publish_gather_old(&job, err);
    for (; *n < job.n && status == HG_OK; ++*n)
        status = verify_item(&job, &job.items[*n], err);
    release(&job);
    return status;
}
