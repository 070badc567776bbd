/* schemaorg - a dataset as schema.org describes it */
#include "site/schemaorg.h"
#include "dataset/vocabulary.h"
#include "site/columns.h"
#include "site/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static hg_json *typed(const char *type)
{
    hg_json *v = hg_json_object();
    hg_json_set_str(v, "@type", type);
    return v;
}

/* The text of a buffer as a member; none where the buffer failed, so that the whole does.
 */
static void set_buf(hg_json *object, const char *key, hg_buf *buf)
{
    hg_json_set(object, key,
                buf->status == HG_OK ? hg_json_new_str(buf->data ? buf->data : "")
                                     : NULL);
    hg_buf_release(buf);
}

static void set_said(hg_json *object, const char *key, const hg_json *text, hg_lang lang)
{
    hg_json_set_str(object, key, hg_json_lang(text, hg_frame_code(lang)));
}

static hg_json *organization(const hg_json *publisher, const hg_json *contact,
                             hg_lang lang)
{
    hg_json *v = typed("Organization"), *point = typed("ContactPoint");
    set_said(v, "name", hg_json_get(publisher, "name"), lang);
    hg_json_set_str(v, "url", hg_json_get_str(publisher, "url"));
    hg_json_set_str(v, "email", hg_json_get_str(publisher, "email"));
    hg_json_set_str(point, "contactType", "open data");
    set_said(point, "name", hg_json_get(contact, "name"), lang);
    hg_json_set_str(point, "email", hg_json_get_str(contact, "email"));
    hg_json_set_str(point, "telephone", hg_json_get_str(contact, "phone"));
    hg_json_set_str(point, "url", hg_json_get_str(contact, "url"));
    if (contact)
        hg_json_set(v, "contactPoint", point);
    else
        hg_json_free(point);
    return v;
}

/* South, west, north, east: the order of GeoShape's box. */
static hg_json *box(const hg_json *bbox)
{
    static const size_t order[] = { 1, 0, 3, 2 };
    hg_buf text = { 0 };
    hg_json *v = typed("GeoShape");
    for (size_t i = 0; i < 4; i++)
        hg_buf_printf(&text, i ? " %.6g" : "%.6g",
                      hg_json_number(hg_json_at(bbox, order[i]), 0));
    set_buf(v, "box", &text);
    return v;
}

static void set_place(hg_json *dataset, const hg_json *place, hg_lang lang)
{
    hg_json *v;
    const char *code = hg_json_get_str(place, "code");
    if (!place)
        return;
    v = typed("Place");
    set_said(v, "name", hg_json_get(place, "name"), lang);
    hg_json_set_str(v, "identifier", code);
    if (hg_json_len(hg_json_get(place, "bbox")) == 4)
        hg_json_set(v, "geo", box(hg_json_get(place, "bbox")));
    hg_json_set(dataset, "spatialCoverage", v);
}

/* An ISO 8601 interval; ".." for an end that is open. */
static void set_period(hg_json *dataset, const hg_json *period)
{
    hg_buf text = { 0 };
    const char *start = hg_json_get_str(period, "start"),
               *end = hg_json_get_str(period, "end");
    if (!start && !end)
        return;
    hg_buf_printf(&text, "%s/%s", start ? start : "..", end ? end : "..");
    set_buf(dataset, "temporalCoverage", &text);
}

static void set_variables(hg_json *dataset, const hg_dataset *definition, hg_lang lang)
{
    hg_json *list = hg_json_array();
    for (size_t t = 0; t < hg_dataset_tables(definition); t++) {
        const hg_json *fields = hg_json_get(hg_dataset_schema(definition, t), "fields");
        for (size_t i = 0; i < hg_json_len(fields); i++) {
            const hg_json *field = hg_json_at(fields, i);
            hg_json *v = typed("PropertyValue");
            hg_json_set_str(v, "name", hg_columns_label(field, lang));
            hg_json_set_str(v, "propertyID", hg_json_get_str(field, "name"));
            hg_json_set_str(v, "unitText", hg_columns_unit(field, lang));
            hg_json_add(list, v);
        }
    }
    hg_json_set(dataset, "variableMeasured", list);
}

static hg_json *download(const char *iri, const char *path, const char *type,
                         uint64_t bytes, const char *sha256)
{
    hg_json *v = typed("DataDownload");
    hg_buf url = { 0 }, size = { 0 };
    hg_buf_printf(&url, "%s/%s", iri, path);
    hg_buf_printf(&size, "%" PRIu64 " B", bytes);
    hg_json_set_str(v, "name", path);
    set_buf(v, "contentUrl", &url);
    hg_json_set_str(v, "encodingFormat", type);
    set_buf(v, "contentSize", &size);
    hg_json_set_str(v, "sha256", sha256);
    return v;
}

static void set_downloads(hg_json *dataset, const hg_published *published,
                          const char *iri)
{
    hg_json *list = hg_json_array();
    hg_buf zip = { 0 };
    for (size_t i = 0; i < published->n; i++) {
        const hg_distribution *file = &published->files[i];
        const hg_term *type = hg_vocabulary_find(HG_VOC_MEDIA_TYPE, file->format);
        hg_json_add(list, download(iri, file->path, type ? type->en : file->format,
                                   file->bytes, file->sha256));
    }
    hg_buf_printf(&zip, "%s.zip", hg_dataset_id(published->dataset));
    hg_json_add(list, zip.status == HG_OK ? download(iri, zip.data, "application/zip",
                                                     published->zip, NULL)
                                          : NULL);
    hg_buf_release(&zip);
    hg_json_set(dataset, "distribution", list);
}

static void set_keywords(hg_json *dataset, const hg_json *keywords, hg_lang lang)
{
    const hg_json *own = hg_json_get(keywords, hg_frame_code(lang));
    const hg_json *list = hg_json_is_array(keywords) ? keywords : own;
    if (list)
        hg_json_set(dataset, "keywords", hg_json_copy(list));
}

/* Where the catalogue is: the description's base, with '/'. */
static hg_json *data_catalog(const hg_json *catalog, const hg_json *about, hg_lang lang)
{
    hg_json *v = typed("DataCatalog");
    hg_buf url = { 0 };
    const hg_json *title = hg_json_get(catalog, "title");
    if (title)
        set_said(v, "name", title, lang);
    else
        hg_json_set_str(v, "name", hg_text("Open data catalogue", lang));
    set_said(v, "description", hg_json_get(catalog, "description"), lang);
    hg_frame_base(&url, about);
    hg_buf_putc(&url, '/');
    set_buf(v, "url", &url);
    return v;
}

static const char *licence_url(const hg_json *descriptor)
{
    return hg_json_get_str(hg_json_at(hg_json_get(descriptor, "licenses"), 0), "path");
}

static void set_described(hg_json *v, const hg_json *about, hg_lang lang)
{
    const hg_json *languages = hg_json_get(about, "language");
    const char *access = hg_json_get_str(about, "access");
    hg_lang other = lang == HG_VI ? HG_EN : HG_VI;
    set_said(v, "name", hg_json_get(about, "title"), lang);
    hg_json_set_str(v, "alternateName",
                    hg_json_get_str(hg_json_get(about, "title"), hg_frame_code(other)));
    set_said(v, "description", hg_json_get(about, "description"), lang);
    set_keywords(v, hg_json_get(about, "keywords"), lang);
    hg_json_set_str(v, "version", hg_json_get_str(about, "version"));
    hg_json_set_str(v, "datePublished", hg_json_get_str(about, "issued"));
    hg_json_set_str(v, "dateModified", hg_json_get_str(about, "modified"));
    if (languages)
        hg_json_set(v, "inLanguage", hg_json_copy(languages));
    hg_json_set(v, "isAccessibleForFree",
                hg_json_new_bool(!access || strcmp(access, "public") == 0));
    set_period(v, hg_json_get(about, "period"));
    set_place(v, hg_json_get(about, "place"), lang);
}

hg_json *hg_schemaorg_dataset(const hg_published *published, const hg_json *catalog,
                              hg_lang lang)
{
    const hg_json *about = hg_dataset_description(published->dataset);
    const hg_json *publisher = hg_json_get(about, "publisher");
    hg_json *v = hg_json_object();
    hg_buf iri = { 0 }, url = { 0 };
    hg_metadata_iri(published->dataset, &iri);
    hg_buf_printf(&url, "%s/", iri.data ? iri.data : "");
    hg_json_set_str(v, "@context", "https://schema.org/");
    hg_json_set_str(v, "@type", "Dataset");
    hg_json_set(v, "@id", iri.data ? hg_json_new_str(iri.data) : NULL);
    set_buf(v, "url", &url);
    hg_json_set_str(v, "identifier", hg_dataset_id(published->dataset));
    set_described(v, about, lang);
    hg_json_set_str(v, "license", licence_url(published->descriptor));
    hg_json_set(v, "creator", organization(publisher, NULL, lang));
    hg_json_set(v, "publisher",
                organization(publisher, hg_json_get(about, "contact"), lang));
    set_variables(v, published->dataset, lang);
    hg_json_set(v, "includedInDataCatalog", data_catalog(catalog, about, lang));
    set_downloads(v, published, iri.data ? iri.data : "");
    hg_buf_release(&iri);
    return v;
}

hg_json *hg_schemaorg_catalog(const hg_json *catalog, const hg_published *all, size_t n,
                              hg_lang lang)
{
    const hg_json *about = n > 0 ? hg_dataset_description(all[0].dataset) : NULL;
    hg_json *v = data_catalog(catalog, about, lang);
    hg_json *list = hg_json_array();
    hg_json_set_str(v, "@context", "https://schema.org/");
    for (size_t i = 0; i < n; i++) {
        hg_json *dataset = typed("Dataset");
        hg_buf iri = { 0 };
        const hg_json *own = hg_dataset_description(all[i].dataset);
        hg_metadata_iri(all[i].dataset, &iri);
        set_buf(dataset, "@id", &iri);
        set_said(dataset, "name", hg_json_get(own, "title"), lang);
        set_said(dataset, "description", hg_json_get(own, "description"), lang);
        hg_json_set_str(dataset, "license", licence_url(all[i].descriptor));
        hg_json_add(list, dataset);
    }
    hg_json_set(v, "dataset", list);
    return v;
}
