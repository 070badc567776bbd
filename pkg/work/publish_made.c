/* publish_made - what is made from all datasets: pages, and the catalogue's metadata */
#include "site/frame.h"
#include "work/publish_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *modified(const hg_publish_item *item)
{
    const hg_json *about = hg_dataset_description(item->published.dataset);
    const char *date = hg_json_get_str(about, "modified");
    return date ? date : "";
}

/* The dataset that speaks for the catalogue: the one changed last, of those the first by
 * id, so that it does not depend on the order of publications. There is always one. */
static const hg_published *speaker(const hg_publish_job *job)
{
    const hg_publish_item *best = &job->items[0];
    for (size_t i = 1; i < job->n; i++) {
        const hg_publish_item *other = &job->items[i];
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
static const char *first_issued(const hg_publish_job *job)
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
static hg_status describe(hg_publish_job *job, hg_err *err)
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

static hg_status put_page(hg_publish_job *job, const char *name, hg_buf *page,
                          hg_err *err)
{
    hg_status status = hg_buf_status(page, err);
    if (status == HG_OK)
        status =
            hg_target_put(job->target, name, (hg_slice){ page->data, page->len }, err);
    hg_buf_clear(page);
    return status;
}

static hg_status put_pages(hg_publish_job *job, const hg_publish_item *item, hg_err *err)
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

static hg_status put_front(hg_publish_job *job, hg_err *err)
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
static hg_status fill_graph(const hg_publish_job *job, const hg_json *profile,
                            hg_rdf *graph, hg_err *err)
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

static hg_status put_graph(hg_publish_job *job, hg_err *err)
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

static hg_status sort(hg_publish_job *job, hg_err *err)
{
    job->sorted = calloc(job->n + 1, sizeof *job->sorted);
    if (!job->sorted)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < job->n; i++)
        job->sorted[i] = job->items[i].published;
    return hg_pages_sort(job->sorted, job->n, err);
}

hg_status hg_publish_made(hg_publish_job *job, hg_err *err)
{
    hg_status status = sort(job, err);
    if (status == HG_OK)
        status = describe(job, err);
    for (size_t i = 0; i < job->n && status == HG_OK; i++)
        status = put_pages(job, &job->items[i], err);
    if (status == HG_OK)
        status = put_front(job, err);
    return status == HG_OK ? put_graph(job, err) : status;
}
