/* publish_gather - which datasets the new state has */
#include "base/file.h"
#include "work/publish_job.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hg_status add_item(hg_publish_job *job, const char *id, hg_publish_item **added,
                          hg_err *err)
{
    if (job->n == job->cap) {
        size_t cap = job->cap ? 2 * job->cap : 16;
        hg_publish_item *items = realloc(job->items, cap * sizeof *items);
        if (!items)
            return hg_fail_nomem(err);
        job->items = items;
        job->cap = cap;
    }
    hg_publish_item new = { .id = strdup(id) };
    hg_status status = new.id ? HG_OK : hg_fail_nomem(err);
    if (status == HG_OK)
        status = hg_path_join(&new.below, "datasets", id, err);
    if (status != HG_OK) {
        free(new.id);
        return status;
    }
    *added = &job->items[job->n++];
    **added = new;
    return HG_OK;
}

static bool has_item(const hg_publish_job *job, const char *id)
{
    for (size_t i = 0; i < job->n; i++)
        if (strcmp(job->items[i].id, id) == 0)
            return true;
    return false;
}

/* Whatever the seal proves, these are not published. */
static hg_status accept(const hg_publish_job *job, const hg_package *package, hg_err *err)
{
    const hg_loc loc = { .file = hg_package_name(package) };
    const hg_json *hg = hg_json_get(hg_package_descriptor(package), "hg");
    int64_t errors = hg_json_int(hg_json_get(hg_json_get(hg, "verdict"), "errors"), 0);
    if (errors > 0)
        return hg_fail(err, HG_EREFUSED, &loc,
                       "the check found %" PRIu64 " errors in these data; "
                       "they are not published",
                       (uint64_t)errors);
    if (hg_package_unsealed(package) && !job->opts->unsealed)
        return hg_fail(
            err, HG_EREFUSED, &loc,
            "the data were plain text from a pipe, which may have been cut off; "
            "with --unsealed they are published all the same");
    return HG_OK;
}

/* The catalogue's own files in a dataset's folder cannot be a package's too. */
static hg_status check_names(const hg_package *package, hg_err *err)
{
    size_t n, id = strlen(hg_package_id(package));
    char *const *files = hg_package_files(package, &n);
    const hg_loc loc = { .file = hg_package_name(package) };
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i], "index.html") == 0 ||
            (strncmp(files[i], hg_package_id(package), id) == 0 &&
             strcmp(files[i] + id, ".zip") == 0))
            return hg_fail(err, HG_EINPUT, &loc,
                           "the package holds %s, which the catalogue makes itself",
                           files[i]);
    return HG_OK;
}

/* Open a package; if it is not a folder, its zip is made while it comes. */
static hg_status open_package(hg_package **out, const char *name, const char *work,
                              const char *zip, hg_err *err)
{
    int fd;
    *out = NULL;
    hg_status status = hg_file_create(&fd, zip, err);
    if (status != HG_OK)
        return status;
    status = hg_package_open_zip(out, name, work, fd, zip, err);
    return hg_file_close(fd, zip, status, err);
}

/* Put the package in the list, whose item then has it. */
static hg_status list_package(hg_publish_job *job, hg_package *package,
                              hg_publish_item **item, hg_err *err)
{
    const char *id = hg_package_id(package);
    hg_status status = HG_OK;
    if (has_item(job, id))
        status = hg_fail(err, HG_EARG, HG_AT(hg_package_name(package)),
                         "two packages are of the dataset %s; give one", id);
    if (status == HG_OK)
        status = accept(job, package, err);
    if (status == HG_OK)
        status = check_names(package, err);
    if (status == HG_OK)
        status = add_item(job, id, item, err);
    if (status == HG_OK)
        (*item)->package = package;
    return status;
}

static hg_status add_package(hg_publish_job *job, const char *name, hg_err *err)
{
    const char *work = hg_target_work(job->target);
    hg_package *package = NULL;
    hg_publish_item *item = NULL;
    char number[32], *zip = NULL;
    snprintf(number, sizeof number, "%zu.zip", job->n);
    hg_status status = hg_path_join(&zip, work, number, err);
    if (status == HG_OK)
        status = open_package(&package, name, work, zip, err);
    if (status == HG_OK)
        status = list_package(job, package, &item, err);
    if (!item) {
        hg_package_free(package);
        free(zip);
        return status;
    }
    item->zip = zip;
    item->folder = strdup(hg_package_folder(package));
    return item->folder ? HG_OK : hg_fail_nomem(err);
}

/* The id in "datasets/<id>/hg.json"; NULL for any other name. The caller frees it. */
static hg_status published_id(const char *name, char **id, hg_err *err)
{
    static const char above[] = "datasets/", last[] = "/" HG_PACKAGE_HEAD;
    *id = NULL;
    if (strncmp(name, above, sizeof above - 1) != 0)
        return HG_OK;
    const char *start = name + sizeof above - 1;
    size_t n = strcspn(start, "/");
    if (strcmp(start + n, last) != 0)
        return HG_OK;
    *id = strndup(start, n);
    return *id ? HG_OK : hg_fail_nomem(err);
}

static hg_status add_old(hg_publish_job *job, const char *id, hg_err *err)
{
    hg_publish_item *item;
    hg_status status = add_item(job, id, &item, err);
    if (status != HG_OK)
        return status;
    return hg_path_join(&item->folder, hg_target_place(job->target), item->below, err);
}

hg_status hg_publish_gather_old(hg_publish_job *job, hg_err *err)
{
    hg_status status = HG_OK;
    const char *name;
    for (size_t i = 0; status == HG_OK && (name = hg_target_old(job->target, i)); i++) {
        char *id;
        status = published_id(name, &id, err);
        if (status == HG_OK && id && !has_item(job, id))
            status = add_old(job, id, err);
        free(id);
    }
    return status;
}

hg_status hg_publish_gather(hg_publish_job *job, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < job->opts->n && status == HG_OK; i++)
        status = add_package(job, job->opts->names[i], err);
    return status == HG_OK ? hg_publish_gather_old(job, err) : status;
}
