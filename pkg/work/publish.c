/* publish - sealed packages into a static catalogue, all of them or none */
#include "work/publish.h"
#include "base/file.h"
#include "base/folder.h"
#include "site/frame.h"
#include "site/pages.h"
#include "stream/package.h"
#include "target/folder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARKER "catalog.ttl" /* what makes a folder a catalogue */

/* A dataset of the new state: from a package given now, or from the old state. */
struct item {
    char *id;
    char *below;         /* "datasets/<id>" */
    char *folder;        /* where its files are to be read */
    hg_package *package; /* NULL: it stays as it is */
    char *zip;           /* of it, among our temporary files */
    hg_published published;
    char seal[HG_DIGEST_HEX]; /* digest of datapackage.json */
};

/* A publication on its way. */
struct job {
    const hg_publish_opts *opts;
    hg_target *target;
    struct item *items; /* those of packages first */
    size_t n, cap;
    hg_published *sorted; /* borrows from items */
    hg_json *catalog;     /* title and description of the catalogue */
};

/* ---- which datasets ---- */

static hg_status add_item(struct job *job, const char *id, struct item **added,
                          hg_err *err)
{
    if (job->n == job->cap) {
        size_t cap = job->cap ? 2 * job->cap : 16;
        struct item *items = realloc(job->items, cap * sizeof *items);
        if (!items)
            return hg_fail_nomem(err);
        job->items = items;
        job->cap = cap;
    }
    struct item new = { .id = strdup(id) };
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

static bool has_item(const struct job *job, const char *id)
{
    for (size_t i = 0; i < job->n; i++)
        if (strcmp(job->items[i].id, id) == 0)
            return true;
    return false;
}

/* Whatever the seal proves, these are not published. */
static hg_status accept(const struct job *job, const hg_package *package, hg_err *err)
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
static hg_status list_package(struct job *job, hg_package *package, struct item **item,
                              hg_err *err)
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

static hg_status add_package(struct job *job, const char *name, hg_err *err)
{
    const char *work = hg_target_work(job->target);
    hg_package *package = NULL;
    struct item *item = NULL;
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

static hg_status add_old(struct job *job, const char *id, hg_err *err)
{
    struct item *item;
    hg_status status = add_item(job, id, &item, err);
    if (status != HG_OK)
        return status;
    return hg_path_join(&item->folder, hg_target_place(job->target), item->below, err);
}

static hg_status add_all_old(struct job *job, hg_err *err)
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

static hg_status gather(struct job *job, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < job->opts->n && status == HG_OK; i++)
        status = add_package(job, job->opts->names[i], err);
    return status == HG_OK ? add_all_old(job, err) : status;
}

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
static hg_status put_package(struct job *job, struct item *item, const char *zip,
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
    return status == HG_OK ? hg_target_take_as(job->target, item->zip, item->below, zip, err)
                           : status;
}

static hg_status keep_zip(struct item *item, const char *zip, hg_err *err)
{
    char *path;
    hg_status status = hg_path_join(&path, item->folder, zip, err);
    if (status == HG_OK)
        status = size_of(path, &item->published.zip, err);
    free(path);
    return status;
}

static hg_status digest_seal(struct item *item, hg_err *err)
{
    char *path;
    uint64_t bytes;
    hg_status status = hg_path_join(&path, item->folder, HG_PACKAGE_SEAL, err);
    if (status == HG_OK)
        status = hg_file_digest(path, &bytes, item->seal, err);
    free(path);
    return status;
}

static hg_status put_files(struct job *job, struct item *item, hg_err *err)
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

/* ---- what is made from all of them ---- */

static const char *modified(const struct item *item)
{
    const hg_json *about = hg_dataset_description(item->published.dataset);
    const char *date = hg_json_get_str(about, "modified");
    return date ? date : "";
}

/* The dataset that speaks for the catalogue: the one changed last, of those the first by
 * id, so that it does not depend on the order of publications. There is always one. */
static const hg_published *speaker(const struct job *job)
{
    const struct item *best = &job->items[0];
    for (size_t i = 1; i < job->n; i++) {
        const struct item *other = &job->items[i];
        int order = strcmp(modified(other), modified(best));
        if (order > 0 || (order == 0 && strcmp(other->id, best->id) < 0))
            best = other;
    }
    return &best->published;
}

static const hg_lang languages[] = { HG_VI, HG_EN };

/* One text of the catalogue in both languages: format with the publisher's name. */
static void set_default(hg_json *catalog, const char *key, const char *format,
                        const hg_json *publisher)
{
    hg_json *texts = hg_json_object();
    for (size_t i = 0; i < 2; i++) {
        hg_buf text = { 0 };
        hg_buf_printf(&text, hg_text(format, languages[i]),
                      hg_frame_text(hg_json_get(publisher, "name"), languages[i]));
        hg_json_set(texts, hg_frame_code(languages[i]),
                    text.status == HG_OK ? hg_json_new_str(text.data) : NULL);
        hg_buf_release(&text);
    }
    hg_json_set(catalog, key, texts);
}

/* A value that was built for reading, not for writing: did memory suffice for all of it?
 */
static hg_status whole(const hg_json *built, hg_err *err)
{
    hg_buf text = { 0 };
    hg_status status = hg_json_dump(built, false, &text, err);
    hg_buf_release(&text);
    return status;
}

/* The day on which the first of the datasets was published; NULL if none tells. */
static const char *first_issued(const struct job *job)
{
    const char *first = NULL;
    for (size_t i = 0; i < job->n; i++) {
        const hg_json *about = hg_dataset_description(job->items[i].published.dataset);
        const char *issued = hg_json_get_str(about, "issued");
        if (issued && (!first || strcmp(issued, first) < 0))
            first = issued;
    }
    return first;
}

/* What publisher.json says of the catalogue, or the like made from the publisher's name.
 */
static hg_status describe(struct job *job, hg_err *err)
{
    const hg_published *one = speaker(job);
    const hg_json *about = hg_dataset_description(one->dataset);
    hg_json *own = hg_json_get(hg_json_get(one->head, "definition"), "catalog");
    job->catalog = own ? hg_json_keep(own) : hg_json_object();
    if (!job->catalog)
        return hg_fail_nomem(err);
    if (!own) {
        const hg_json *publisher = hg_json_get(about, "publisher");
        set_default(job->catalog, "title", "Open data – %s", publisher);
        set_default(
            job->catalog, "description",
            "The open datasets that %s publishes, each checked and with its metadata "
            "and data dictionary.",
            publisher);
        hg_json_set_str(job->catalog, "issued", first_issued(job));
    }
    return whole(job->catalog, err);
}

static hg_status put_page(struct job *job, const char *name, hg_buf *page, hg_err *err)
{
    hg_status status = hg_buf_status(page, err);
    if (status == HG_OK)
        status =
            hg_target_put(job->target, name, (hg_slice){ page->data, page->len }, err);
    hg_buf_clear(page);
    return status;
}

static hg_status put_pages(struct job *job, const struct item *item, hg_err *err)
{
    static const char *const above[] = { "", "en/" };
    hg_status status = HG_OK;
    for (size_t i = 0; i < 2 && status == HG_OK; i++) {
        hg_buf name = { 0 }, page = { 0 };
        hg_buf_printf(&name, "%s%s/index.html", above[i], item->below);
        status = hg_buf_status(&name, err);
        if (status == HG_OK)
            status = hg_pages_dataset(&item->published, job->catalog, languages[i], &page,
                                      err);
        if (status == HG_OK)
            status = put_page(job, name.data, &page, err);
        hg_buf_release(&name);
        hg_buf_release(&page);
    }
    return status;
}

static hg_status put_front(struct job *job, hg_err *err)
{
    hg_buf page = { 0 };
    hg_pages_style(&page);
    hg_status status = put_page(job, "style.css", &page, err);
    if (status == HG_OK)
        status = hg_pages_index(job->sorted, job->n, job->catalog, HG_VI, &page, err);
    if (status == HG_OK)
        status = put_page(job, "index.html", &page, err);
    if (status == HG_OK)
        status = hg_pages_index(job->sorted, job->n, job->catalog, HG_EN, &page, err);
    if (status == HG_OK)
        status = put_page(job, "en/index.html", &page, err);
    hg_buf_release(&page);
    return status;
}

/* The catalogue's node, and each dataset's graph. profile: a description with "catalog".
 */
static hg_status fill_graph(const struct job *job, const hg_json *profile, hg_rdf *graph,
                            hg_err *err)
{
    hg_dataset **datasets = calloc(job->n + 1, sizeof *datasets);
    if (!datasets)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < job->n; i++)
        datasets[i] = job->sorted[i].dataset;
    hg_status status = hg_metadata_catalog(profile, datasets, job->n, graph, err);
    for (size_t i = 0; i < job->n && status == HG_OK; i++) {
        const hg_published *it = &job->sorted[i];
        const hg_making making = hg_making_of(
            it->head, hg_json_get(hg_json_get(it->descriptor, "hg"), "verdict"));
        status = hg_metadata_dcat(it->dataset, it->files, it->n, &making, graph, err);
    }
    free(datasets);
    return status;
}

static hg_status put_graph(struct job *job, hg_err *err)
{
    hg_rdf *graph = NULL;
    hg_buf text = { 0 };
    hg_json *profile = hg_json_object();
    const hg_json *about = hg_dataset_description(speaker(job)->dataset);
    for (size_t i = 0; i < hg_json_len(about); i++)
        hg_json_set(profile, hg_json_key(about, i),
                    hg_json_keep(hg_json_member(about, i)));
    hg_json_set(profile, "catalog", hg_json_keep(job->catalog));
    hg_status status = whole(profile, err);
    if (status == HG_OK)
        status = hg_rdf_new(&graph, err);
    if (status == HG_OK)
        status = fill_graph(job, profile, graph, err);
    for (size_t i = 0; i < HG_RDF_FORMS && status == HG_OK; i++) {
        char name[32];
        snprintf(name, sizeof name, "catalog.%s", hg_rdf_forms[i].ending);
        status = hg_rdf_forms[i].write(graph, &text, err);
        if (status == HG_OK)
            status = put_page(job, name, &text, err);
    }
    hg_json_free(profile);
    hg_buf_release(&text);
    hg_rdf_free(graph);
    return status;
}

static hg_status sort(struct job *job, hg_err *err)
{
    job->sorted = calloc(job->n + 1, sizeof *job->sorted);
    if (!job->sorted)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < job->n; i++)
        job->sorted[i] = job->items[i].published;
    return hg_pages_sort(job->sorted, job->n, err);
}

/* ---- what stays ---- */

/* The files of datasets that stay, and all that others put in the folder. */
static hg_status keep(struct job *job, hg_err *err)
{
    enum { FIXED = 8 };
    static const char *const fixed[FIXED] = {
        "index.html", "style.css",   MARKER,          "catalog.jsonld",
        "catalog.nt", "catalog.rdf", "en/index.html", "en/datasets"
    };
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

static hg_json *dataset_receipt(const struct item *item, const hg_target_file *files,
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

static hg_status put_receipt(const struct job *job, hg_buf *receipt, hg_buf *plan,
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

static hg_status build(struct job *job, hg_err *err)
{
    hg_status status = gather(job, err);
    for (size_t i = 0; i < job->n && status == HG_OK; i++)
        status = put_files(job, &job->items[i], err);
    if (status == HG_OK)
        status = sort(job, err);
    if (status == HG_OK)
        status = describe(job, err);
    for (size_t i = 0; i < job->n && status == HG_OK; i++)
        status = put_pages(job, &job->items[i], err);
    if (status == HG_OK)
        status = put_front(job, err);
    if (status == HG_OK)
        status = put_graph(job, err);
    return status == HG_OK ? keep(job, err) : status;
}

static hg_status start(struct job *job, bool dry, hg_err *err)
{
    const hg_target_opts opts = { .marker = MARKER, .dry = dry, .tmp = job->opts->tmp };
    return hg_target_open(&job->target, job->opts->target, &opts, err);
}

static void release(struct job *job)
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
    struct job job = { .opts = opts };
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
static hg_status verify_item(struct job *job, struct item *item, hg_err *err)
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
    struct job job = { .opts = opts };
    *n = 0;
    hg_status status = start(&job, true, err);
    if (status == HG_OK && !hg_target_has(job.target, MARKER))
        status =
            hg_fail(err, HG_EINPUT, HG_AT(opts->target), "there is no catalogue here");
    if (status == HG_OK)
        status = add_all_old(&job, err);
    for (; *n < job.n && status == HG_OK; ++*n)
        status = verify_item(&job, &job.items[*n], err);
    release(&job);
    return status;
}
