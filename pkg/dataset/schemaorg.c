/* schemaorg - a dataset as schema.org describes it */
#include "dataset/schemaorg.h"
#include "dataset/vocabulary.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *code_of(hg_lang lang)
{
    return lang == HG_VI ? "vi" : "en";
}

static bool is_brief(const char *text)
{
    size_t n = 0;
    for (; text && *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80; /* not the middle of a character */
    return text && n < HG_SCHEMAORG_SHORTEST;
}

bool hg_schemaorg_brief(const hg_json *description)
{
    const hg_json *text = hg_json_get(description, "description");
    bool brief = is_brief(hg_json_str(text));
    for (size_t i = 0; hg_json_is_object(text) && i < hg_json_len(text) && !brief; i++)
        brief = is_brief(hg_json_str(hg_json_member(text, i)));
    return brief;
}

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
    hg_json_set_str(object, key, hg_json_lang(text, code_of(lang)));
}

static hg_json *organization(const hg_json *agent, const hg_json *contact, hg_lang lang)
{
    hg_json *v = typed("Organization"), *point = typed("ContactPoint");
    set_said(v, "name", hg_json_get(agent, "name"), lang);
    hg_json_set_str(v, "url", hg_json_get_str(agent, "url"));
    hg_json_set_str(v, "email", hg_json_get_str(agent, "email"));
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

/* A text of a field: Table Schema's own member holds it in one language, ours beside it,
 * "titles" for "title", in several. */
static const char *field_text(const hg_json *field, const char *ours,
                              const char *standard, hg_lang lang)
{
    const hg_json *several = hg_json_get(field, ours);
    return hg_json_lang(several ? several : hg_json_get(field, standard), code_of(lang));
}

static hg_json *variable(const hg_json *field, hg_lang lang)
{
    static const char *const limits[][2] = { { "minimum", "minValue" },
                                             { "maximum", "maxValue" } };
    const char *name = hg_json_get_str(field, "name");
    const char *title = field_text(field, "titles", "title", lang);
    hg_json *v = typed("PropertyValue");
    hg_json_set_str(v, "name", title ? title : name);
    hg_json_set_str(v, "description",
                    field_text(field, "descriptions", "description", lang));
    hg_json_set_str(v, "propertyID", name);
    hg_json_set_str(v, "unitText", field_text(field, "units", "unit", lang));
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const hg_json *limit =
            hg_json_get(hg_json_get(field, "constraints"), limits[i][0]);
        if (limit)
            hg_json_set(v, limits[i][1], hg_json_copy(limit));
    }
    return v;
}

static void set_variables(hg_json *dataset, const hg_dataset *definition, hg_lang lang)
{
    hg_json *list = hg_json_array();
    for (size_t t = 0; t < hg_dataset_tables(definition); t++) {
        const hg_json *fields = hg_json_get(hg_dataset_schema(definition, t), "fields");
        for (size_t i = 0; i < hg_json_len(fields); i++)
            hg_json_add(list, variable(hg_json_at(fields, i), lang));
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

static void set_downloads(hg_json *v, const hg_dataset *dataset,
                          const hg_distribution *files, size_t n, uint64_t size,
                          const char *iri)
{
    hg_json *list = hg_json_array();
    hg_buf zip = { 0 };
    for (size_t i = 0; i < n; i++) {
        const hg_distribution *file = &files[i];
        const hg_term *type = hg_vocabulary_find(HG_VOC_MEDIA_TYPE, file->format);
        hg_json_add(list, download(iri, file->path, type ? type->en : file->format,
                                   file->bytes, file->sha256));
    }
    hg_buf_printf(&zip, "%s.zip", hg_dataset_id(dataset));
    if (size > 0)
        hg_json_add(list, zip.status == HG_OK
                              ? download(iri, zip.data, "application/zip", size, NULL)
                              : NULL);
    hg_buf_release(&zip);
    hg_json_set(v, "distribution", list);
}

static void set_keywords(hg_json *dataset, const hg_json *keywords, hg_lang lang)
{
    const hg_json *own = hg_json_get(keywords, code_of(lang));
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
    hg_metadata_base(&url, about);
    hg_buf_putc(&url, '/');
    set_buf(v, "url", &url);
    return v;
}

static const char *licence_url(const hg_json *about)
{
    return hg_vocabulary_iri(HG_VOC_LICENCE_PAGE, hg_json_get_str(about, "license"));
}

/* The series that the dataset is part of. */
static void set_series(hg_json *dataset, const hg_json *about, hg_lang lang)
{
    const hg_json *series = hg_json_get(about, "series");
    hg_json *v;
    hg_buf iri = { 0 };
    if (!hg_json_get_str(series, "id"))
        return;
    v = typed("Dataset");
    hg_metadata_base(&iri, about);
    hg_buf_printf(&iri, "/series/%s", hg_json_get_str(series, "id"));
    set_buf(v, "@id", &iri);
    set_said(v, "name", hg_json_get(series, "title"), lang);
    set_said(v, "description", hg_json_get(series, "description"), lang);
    hg_json_set_str(v, "license", licence_url(about));
    hg_json_set(dataset, "isPartOf", v);
}

static void set_sources(hg_json *dataset, const hg_json *sources, hg_lang lang)
{
    hg_json *list = hg_json_array();
    for (size_t i = 0; hg_json_is_array(sources) && i < hg_json_len(sources); i++) {
        hg_json *v = typed("CreativeWork");
        set_said(v, "name", hg_json_get(hg_json_at(sources, i), "title"), lang);
        hg_json_set_str(v, "url", hg_json_get_str(hg_json_at(sources, i), "path"));
        hg_json_add(list, v);
    }
    if (hg_json_len(list) > 0)
        hg_json_set(dataset, "isBasedOn", hg_json_keep(list));
    hg_json_free(list);
}

/* What stands elsewhere: documents to cite, the page that the agency keeps itself. */
static void set_links(hg_json *v, const hg_json *about)
{
    const hg_json *documents = hg_json_get(about, "documentation");
    if (hg_json_is_array(documents))
        hg_json_set(v, "citation", hg_json_copy(documents));
    hg_json_set_str(v, "sameAs", hg_json_get_str(about, "landing_page"));
}

static void set_themes(hg_json *v, const hg_json *themes, hg_lang lang)
{
    hg_json *list = hg_json_array();
    for (size_t i = 0; hg_json_is_array(themes) && i < hg_json_len(themes); i++) {
        const hg_term *theme =
            hg_vocabulary_find(HG_VOC_THEME, hg_json_str(hg_json_at(themes, i)));
        hg_json *thing = theme ? typed("Thing") : NULL;
        if (!theme)
            continue;
        hg_json_set_str(thing, "@id", theme->iri);
        hg_json_set_str(thing, "name", lang == HG_VI ? theme->vi : theme->en);
        hg_json_add(list, thing);
    }
    if (hg_json_len(list) > 0)
        hg_json_set(v, "about", hg_json_keep(list));
    hg_json_free(list);
}

static void set_described(hg_json *v, const hg_json *about, hg_lang lang)
{
    const hg_json *languages = hg_json_get(about, "language");
    const char *access = hg_json_get_str(about, "access");
    hg_lang other = lang == HG_VI ? HG_EN : HG_VI;
    set_said(v, "name", hg_json_get(about, "title"), lang);
    hg_json_set_str(v, "alternateName",
                    hg_json_get_str(hg_json_get(about, "title"), code_of(other)));
    set_said(v, "description", hg_json_get(about, "description"), lang);
    set_keywords(v, hg_json_get(about, "keywords"), lang);
    set_themes(v, hg_json_get(about, "theme"), lang);
    set_said(v, "measurementTechnique", hg_json_get(about, "provenance"), lang);
    set_said(v, "usageInfo", hg_json_get(about, "rights"), lang);
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

static void set_agents(hg_json *v, const hg_json *about, hg_lang lang)
{
    const hg_json *publisher = hg_json_get(about, "publisher");
    const hg_json *funder = hg_json_get(about, "funder");
    hg_json_set(v, "creator", organization(publisher, NULL, lang));
    hg_json_set(v, "publisher",
                organization(publisher, hg_json_get(about, "contact"), lang));
    if (funder)
        hg_json_set(v, "funder", organization(funder, NULL, lang));
}

hg_json *hg_schemaorg_dataset(const hg_dataset *dataset, const hg_distribution *files,
                              size_t n, const hg_json *catalog, uint64_t zip,
                              hg_lang lang)
{
    const hg_json *about = hg_dataset_description(dataset);
    hg_json *v = hg_json_object();
    hg_buf iri = { 0 }, url = { 0 };
    hg_metadata_iri(dataset, &iri);
    hg_buf_printf(&url, "%s/", iri.data ? iri.data : "");
    hg_json_set_str(v, "@context", "https://schema.org/");
    hg_json_set_str(v, "@type", "Dataset");
    hg_json_set(v, "@id", iri.data ? hg_json_new_str(iri.data) : NULL);
    set_buf(v, "url", &url);
    hg_json_set_str(v, "identifier", iri.data);
    set_described(v, about, lang);
    hg_json_set_str(v, "license", licence_url(about));
    set_agents(v, about, lang);
    set_links(v, about);
    set_series(v, about, lang);
    set_sources(v, hg_json_get(about, "sources"), lang);
    set_variables(v, dataset, lang);
    hg_json_set(v, "includedInDataCatalog", data_catalog(catalog, about, lang));
    set_downloads(v, dataset, files, n, zip, iri.data ? iri.data : "");
    hg_buf_release(&iri);
    return v;
}

hg_json *hg_schemaorg_catalog(const hg_json *catalog, const hg_json *about, hg_lang lang)
{
    hg_json *v = data_catalog(catalog, about, lang);
    hg_json_set_str(v, "@context", "https://schema.org/");
    hg_json_set(v, "dataset", hg_json_array());
    return v;
}

void hg_schemaorg_list(hg_json *catalog, const hg_dataset *dataset, hg_lang lang)
{
    const hg_json *about = hg_dataset_description(dataset);
    hg_json *v = typed("Dataset");
    hg_buf iri = { 0 };
    hg_metadata_iri(dataset, &iri);
    set_buf(v, "@id", &iri);
    set_said(v, "name", hg_json_get(about, "title"), lang);
    set_said(v, "description", hg_json_get(about, "description"), lang);
    hg_json_set_str(v, "license", licence_url(about));
    hg_json_add(hg_json_get(catalog, "dataset"), v);
}
