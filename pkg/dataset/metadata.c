/* metadata - dataset.json as DCAT-AP 3.0.1: one table of properties per class, in the
 * order in which they are written
 */
#include "dataset/metadata.h"
#include "dataset/lexical.h"
#include "dataset/quality.h"
#include "dataset/vocabulary.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EU      "http://publications.europa.eu/resource/authority/"
#define VIETNAM EU "country/VNM"

/* The node that properties are put on. */
struct node {
    hg_rdf *graph;
    const char *iri;
};

struct property {
    const char *key; /* member of the description */
    const char *predicate;
    void (*put)(const struct node *node, const struct property *property,
                const hg_json *value);
    hg_vocabulary vocabulary; /* for codes */
    const char *class;        /* type of the things pointed to, for checkers; or NULL */
};

/* ---- values ---- */

static void put_line(const struct node *node, const struct property *property,
                     const hg_json *value)
{
    hg_rdf_text(node->graph, node->iri, property->predicate, hg_json_str(value), NULL);
}

/* A text in Vietnamese, or one for each language. */
static void put_text(const struct node *node, const struct property *property,
                     const hg_json *value)
{
    hg_rdf_text(node->graph, node->iri, property->predicate, hg_json_str(value), "vi");
    for (size_t i = 0; hg_json_is_object(value) && i < hg_json_len(value); i++)
        hg_rdf_text(node->graph, node->iri, property->predicate,
                    hg_json_str(hg_json_member(value, i)), hg_json_key(value, i));
}

static void put_list(const struct node *node, const char *predicate, const hg_json *words,
                     const char *lang)
{
    for (size_t i = 0; hg_json_is_array(words) && i < hg_json_len(words); i++)
        hg_rdf_text(node->graph, node->iri, predicate, hg_json_str(hg_json_at(words, i)),
                    lang);
}

static void put_words(const struct node *node, const struct property *property,
                      const hg_json *value)
{
    put_list(node, property->predicate, value, "vi");
    for (size_t i = 0; hg_json_is_object(value) && i < hg_json_len(value); i++)
        put_list(node, property->predicate, hg_json_member(value, i),
                 hg_json_key(value, i));
}

/* Point to iri, giving it the property's class. */
static void put_iri(const struct node *node, const struct property *property,
                    const char *iri)
{
    hg_rdf_iri(node->graph, node->iri, property->predicate, iri);
    if (iri && property->class)
        hg_rdf_iri(node->graph, iri, "rdf:type", property->class);
}

static void put_code(const struct node *node, const struct property *property,
                     const hg_json *value)
{
    put_iri(node, property, hg_vocabulary_iri(property->vocabulary, hg_json_str(value)));
}

static void put_codes(const struct node *node, const struct property *property,
                      const hg_json *value)
{
    for (size_t i = 0; hg_json_is_array(value) && i < hg_json_len(value); i++)
        put_code(node, property, hg_json_at(value, i));
}

static void put_link(const struct node *node, const struct property *property,
                     const hg_json *value)
{
    put_iri(node, property, hg_json_str(value));
}

static void put_links(const struct node *node, const struct property *property,
                      const hg_json *value)
{
    for (size_t i = 0; hg_json_is_array(value) && i < hg_json_len(value); i++)
        put_link(node, property, hg_json_at(value, i));
}

static void put_moment(const struct node *node, const struct property *property,
                       const hg_json *value)
{
    static const char *const types[] = {
        [HG_MOMENT_YEAR] = "xsd:gYear",
        [HG_MOMENT_MONTH] = "xsd:gYearMonth",
        [HG_MOMENT_DATE] = "xsd:date",
        [HG_MOMENT_TIME] = "xsd:dateTime",
    };
    const char *text = hg_json_str(value);
    hg_moment moment = text ? hg_lexical_moment(text) : HG_MOMENT_NONE;
    if (moment != HG_MOMENT_NONE)
        hg_rdf_typed(node->graph, node->iri, property->predicate, text, types[moment]);
}

/* An e-mail address or a telephone number as a link: without spaces and brackets. */
static void put_address(const struct node *node, const char *predicate,
                        const char *scheme, const char *text)
{
    hg_buf link = { 0 };
    hg_buf_puts(&link, scheme);
    for (const char *p = text; p && *p; p++)
        if (!strchr(" ()", *p))
            hg_buf_putc(&link, *p);
    if (text)
        hg_rdf_iri(node->graph, node->iri, predicate, link.data);
    hg_buf_release(&link);
}

static void put_email(const struct node *node, const struct property *property,
                      const hg_json *value)
{
    put_address(node, property->predicate, "mailto:", hg_json_str(value));
}

static void put_phone(const struct node *node, const struct property *property,
                      const hg_json *value)
{
    put_address(node, property->predicate, "tel:", hg_json_str(value));
}

static void put_properties(const struct node *node, const struct property *properties,
                           const hg_json *object)
{
    for (; properties->key; properties++) {
        const hg_json *value = hg_json_get(object, properties->key);
        if (value)
            properties->put(node, properties, value);
    }
}

/* ---- IRIs ---- */

void hg_metadata_base(hg_buf *iri, const hg_json *description)
{
    const char *base = hg_json_get_str(description, "base");
    size_t n = base ? strlen(base) : 0;
    while (n > 0 && base[n - 1] == '/')
        n--;
    hg_buf_put(iri, base, n);
}

void hg_metadata_iri(const hg_dataset *dataset, hg_buf *iri)
{
    hg_metadata_base(iri, hg_dataset_description(dataset));
    hg_buf_printf(iri, "/datasets/%s", hg_dataset_id(dataset));
}

/* ---- agents and contacts ---- */

static const struct property agent_properties[] = {
    { .key = "name", .predicate = "foaf:name", .put = put_text },
    { .key = "type",
      .predicate = "dct:type",
      .put = put_code,
      .vocabulary = HG_VOC_PUBLISHER_TYPE },
    { .key = "identifier", .predicate = "dct:identifier", .put = put_line },
    { .key = "url",
      .predicate = "foaf:homepage",
      .put = put_link,
      .class = "foaf:Document" },
    { .key = "email", .predicate = "foaf:mbox", .put = put_email },
    { .key = NULL },
};

static const struct property contact_properties[] = {
    { .key = "name", .predicate = "vcard:fn", .put = put_text },
    { .key = "email", .predicate = "vcard:hasEmail", .put = put_email },
    { .key = "phone", .predicate = "vcard:hasTelephone", .put = put_phone },
    { .key = "url", .predicate = "vcard:hasURL", .put = put_link },
    { .key = NULL },
};

/* A publisher is the same for the whole catalogue: its IRI hangs on the base, by its id, or
 * its name where it has none. */
static void publisher_iri(hg_buf *iri, const hg_json *description)
{
    const hg_json *publisher = hg_json_get(description, "publisher");
    const char *id = hg_json_get_str(publisher, "id");
    const char *name = hg_json_lang(hg_json_get(publisher, "name"), "vi");
    hg_buf slug = { 0 };
    hg_utf8_slug(&slug, name ? name : "", name ? strlen(name) : 0);
    hg_metadata_base(iri, description);
    hg_buf_printf(iri, "/#%s", id ? id : slug.len > 0 ? slug.data : "publisher");
    hg_buf_release(&slug);
}

static void put_publisher(const struct node *node, const hg_json *description)
{
    hg_buf iri = { 0 };
    publisher_iri(&iri, description);
    if (hg_json_get(description, "publisher"))
        hg_rdf_iri(node->graph, node->iri, "dct:publisher", iri.data);
    hg_buf_release(&iri);
}

static void describe_publisher(hg_rdf *graph, const hg_json *description)
{
    const hg_json *publisher = hg_json_get(description, "publisher");
    hg_buf iri = { 0 };
    publisher_iri(&iri, description);
    if (publisher && iri.data) {
        hg_rdf_iri(graph, iri.data, "rdf:type", "foaf:Agent");
        hg_rdf_iri(graph, iri.data, "rdf:type", "foaf:Organization");
        put_properties(&(struct node){ graph, iri.data }, agent_properties, publisher);
    }
    hg_buf_release(&iri);
}

/* Who does not name a contact is one. */
static const hg_json *contact_of(const hg_json *description)
{
    const hg_json *contact = hg_json_get(description, "contact");
    return contact ? contact : hg_json_get(description, "publisher");
}

static void describe_contact(hg_rdf *graph, const char *iri, const hg_json *contact)
{
    hg_rdf_iri(graph, iri, "rdf:type", "vcard:Kind");
    hg_rdf_iri(graph, iri, "rdf:type", "vcard:Organization");
    put_properties(&(struct node){ graph, iri }, contact_properties, contact);
}

/* ---- time and place ---- */

static const struct property period_properties[] = {
    { .key = "start", .predicate = "dcat:startDate", .put = put_moment },
    { .key = "end", .predicate = "dcat:endDate", .put = put_moment },
    { .key = NULL },
};

/* Degrees as xsd:decimal, whatever the locale: six digits after the point are 11 cm. */
static void put_degrees(hg_buf *buf, double degrees)
{
    int64_t micro = llround(degrees * 1e6);
    hg_buf_printf(buf, "%s%" PRId64 ".%06" PRId64, micro < 0 ? "-" : "",
                  (micro < 0 ? -micro : micro) / 1000000,
                  (micro < 0 ? -micro : micro) % 1000000);
}

static void put_point(hg_buf *wkt, const hg_json *box, size_t x, size_t y,
                      const char *after)
{
    put_degrees(wkt, hg_json_number(hg_json_at(box, x), 0));
    hg_buf_putc(wkt, ' ');
    put_degrees(wkt, hg_json_number(hg_json_at(box, y), 0));
    hg_buf_puts(wkt, after);
}

/* West, south, east, north as a closed ring, longitude first (GeoSPARQL's default CRS84).
 */
static void put_box(const struct node *node, const struct property *property,
                    const hg_json *box)
{
    hg_buf wkt = { 0 };
    hg_buf_puts(&wkt, "POLYGON((");
    put_point(&wkt, box, 0, 1, ",");
    put_point(&wkt, box, 2, 1, ",");
    put_point(&wkt, box, 2, 3, ",");
    put_point(&wkt, box, 0, 3, ",");
    put_point(&wkt, box, 0, 1, "))");
    hg_rdf_typed(node->graph, node->iri, property->predicate, wkt.data, "geo:wktLiteral");
    hg_buf_release(&wkt);
}

static const struct property place_properties[] = {
    { .key = "name", .predicate = "skos:prefLabel", .put = put_text },
    { .key = "code", .predicate = "skos:notation", .put = put_line },
    { .key = "bbox", .predicate = "dcat:bbox", .put = put_box },
    { .key = NULL },
};

/* DCAT-AP takes places of EU Vocabularies and GeoNames only: the country always, and the
 * place itself where its GeoNames number is known. */
static void put_place(const struct node *node, const struct property *property,
                      const hg_json *place)
{
    const char *geonames = hg_json_get_str(place, "geonames");
    char iri[64];
    hg_rdf_iri(node->graph, node->iri, property->predicate, VIETNAM);
    if (!geonames)
        return;
    snprintf(iri, sizeof iri, "https://sws.geonames.org/%s/", geonames);
    hg_rdf_iri(node->graph, node->iri, property->predicate, iri);
    hg_rdf_iri(node->graph, iri, "rdf:type", "dct:Location");
    put_properties(&(struct node){ node->graph, iri }, place_properties, place);
}

/* ---- the dataset ---- */

static void put_resolution(const struct node *node, const struct property *property,
                           const hg_json *resolution)
{
    hg_rdf_typed(node->graph, node->iri, property->predicate,
                 hg_json_get_str(resolution, "time"), "xsd:duration");
}

static const struct property source_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = put_text },
    { .key = NULL },
};

/* What the dataset was derived from, by its address, or a name of ours where it has none. */
static void put_sources(const struct node *node, const struct property *property,
                        const hg_json *sources)
{
    for (size_t i = 0; hg_json_is_array(sources) && i < hg_json_len(sources); i++) {
        const hg_json *source = hg_json_at(sources, i);
        const char *path = hg_json_get_str(source, "path");
        hg_buf own = { 0 };
        hg_buf_printf(&own, "%s#derived-from-%zu", node->iri, i + 1);
        const struct node origin = { node->graph, path ? path : own.data };
        put_iri(node, property, origin.iri);
        put_properties(&origin, source_properties, source);
        hg_buf_release(&own);
    }
}

static const struct property dataset_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = put_text },
    { .key = "description", .predicate = "dct:description", .put = put_text },
    { .key = "keywords", .predicate = "dcat:keyword", .put = put_words },
    { .key = "theme",
      .predicate = "dcat:theme",
      .put = put_codes,
      .vocabulary = HG_VOC_THEME },
    { .key = "access",
      .predicate = "dct:accessRights",
      .put = put_code,
      .vocabulary = HG_VOC_ACCESS },
    { .key = "frequency",
      .predicate = "dct:accrualPeriodicity",
      .put = put_code,
      .vocabulary = HG_VOC_FREQUENCY },
    { .key = "language",
      .predicate = "dct:language",
      .put = put_codes,
      .vocabulary = HG_VOC_LANGUAGE },
    { .key = "type",
      .predicate = "dct:type",
      .put = put_code,
      .vocabulary = HG_VOC_DATASET_TYPE },
    { .key = "issued", .predicate = "dct:issued", .put = put_moment },
    { .key = "modified", .predicate = "dct:modified", .put = put_moment },
    { .key = "version", .predicate = "dcat:version", .put = put_line },
    { .key = "version_notes", .predicate = "adms:versionNotes", .put = put_text },
    { .key = "place", .predicate = "dct:spatial", .put = put_place },
    { .key = "resolution",
      .predicate = "dcat:temporalResolution",
      .put = put_resolution },
    { .key = "documentation",
      .predicate = "foaf:page",
      .put = put_links,
      .class = "foaf:Document" },
    { .key = "conforms_to",
      .predicate = "dct:conformsTo",
      .put = put_links,
      .class = "dct:Standard" },
    { .key = "legislation",
      .predicate = "dcatap:applicableLegislation",
      .put = put_links,
      .class = "http://data.europa.eu/eli/ontology#LegalResource" },
    { .key = "previous_version",
      .predicate = "dcat:previousVersion",
      .put = put_link,
      .class = "dcat:Resource" },
    { .key = "previous_version", .predicate = "prov:wasRevisionOf", .put = put_link },
    { .key = "sources",
      .predicate = "prov:wasDerivedFrom",
      .put = put_sources,
      .class = "prov:Entity" },
    { .key = NULL },
};

static const struct property label_properties[] = {
    { .key = "provenance", .predicate = "rdfs:label", .put = put_text },
    { .key = NULL },
};

static const struct property rights_properties[] = {
    { .key = "rights", .predicate = "rdfs:label", .put = put_text },
    { .key = NULL },
};

/* The names that hang on a dataset's IRI. */
struct names {
    hg_buf dataset, page, contact, period, provenance, rights;
};

static void names_of(struct names *names, const hg_dataset *dataset)
{
    const char *page = hg_json_get_str(hg_dataset_description(dataset), "landing_page");
    hg_metadata_iri(dataset, &names->dataset);
    const char *iri = names->dataset.data ? names->dataset.data : "";
    if (page)
        hg_buf_puts(&names->page, page);
    else
        hg_buf_printf(&names->page, "%s/", iri);
    hg_buf_printf(&names->contact, "%s#contact", iri);
    hg_buf_printf(&names->period, "%s#period", iri);
    hg_buf_printf(&names->provenance, "%s#provenance", iri);
    hg_buf_printf(&names->rights, "%s#rights", iri);
}

static hg_status names_release(struct names *names, hg_err *err)
{
    hg_buf *all[] = { &names->dataset, &names->page,       &names->contact,
                      &names->period,  &names->provenance, &names->rights };
    hg_status status = HG_OK;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (status == HG_OK)
            status = hg_buf_status(all[i], err);
        hg_buf_release(all[i]);
    }
    return status;
}

/* A thing of its own with the properties of one member: "rights", "provenance" … */
static void describe_part(hg_rdf *graph, const char *iri, const char *class,
                          const struct property *properties, const hg_json *object)
{
    hg_rdf_iri(graph, iri, "rdf:type", class);
    put_properties(&(struct node){ graph, iri }, properties, object);
}

static void describe_dataset(hg_rdf *graph, const struct names *names, const char *id,
                             const hg_json *description)
{
    const struct node node = { graph, names->dataset.data };
    hg_rdf_iri(graph, node.iri, "rdf:type", "dcat:Dataset");
    hg_rdf_text(graph, node.iri, "dct:identifier", id, NULL);
    put_properties(&node, dataset_properties, description);
    put_publisher(&node, description);
    if (contact_of(description))
        hg_rdf_iri(graph, node.iri, "dcat:contactPoint", names->contact.data);
    if (hg_json_get(description, "period"))
        hg_rdf_iri(graph, node.iri, "dct:temporal", names->period.data);
    if (hg_json_get(description, "provenance"))
        hg_rdf_iri(graph, node.iri, "dct:provenance", names->provenance.data);
    hg_rdf_iri(graph, node.iri, "dcat:landingPage", names->page.data);
}

/* ---- the series ---- */

static const struct property series_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = put_text },
    { .key = "description", .predicate = "dct:description", .put = put_text },
    { .key = NULL },
};

/* What the series has of its datasets; they are of one place and one hand. */
static const struct property series_shared[] = {
    { .key = "place", .predicate = "dct:spatial", .put = put_place },
    { .key = NULL },
};

/* <base>/series/<id>: all datasets that name it share it. */
static void describe_series(hg_rdf *graph, const struct names *names,
                            const hg_json *description)
{
    const hg_json *series = hg_json_get(description, "series");
    const char *id = hg_json_get_str(series, "id");
    hg_buf iri = { 0 };
    hg_metadata_base(&iri, description);
    hg_buf_printf(&iri, "/series/%s", id ? id : "");
    if (id && iri.data) {
        const struct node node = { graph, iri.data };
        hg_rdf_iri(graph, names->dataset.data, "dcat:inSeries", iri.data);
        hg_rdf_iri(graph, iri.data, "rdf:type", "dcat:DatasetSeries");
        put_properties(&node, series_properties, series);
        put_properties(&node, series_shared, description);
        put_publisher(&node, description);
        if (contact_of(description))
            hg_rdf_iri(graph, iri.data, "dcat:contactPoint", names->contact.data);
    }
    hg_buf_release(&iri);
}

static void describe_licence(hg_rdf *graph, const char *code)
{
    const char *iri = hg_vocabulary_iri(HG_VOC_LICENCE, code);
    hg_rdf_iri(graph, iri, "rdf:type", "dct:LicenseDocument");
    hg_rdf_iri(graph, iri, "dct:type", hg_vocabulary_iri(HG_VOC_LICENCE_TYPE, code));
}

static void describe_parts(hg_rdf *graph, const struct names *names,
                           const hg_json *description)
{
    describe_publisher(graph, description);
    describe_series(graph, names, description);
    if (contact_of(description))
        describe_contact(graph, names->contact.data, contact_of(description));
    if (hg_json_get(description, "period"))
        describe_part(graph, names->period.data, "dct:PeriodOfTime", period_properties,
                      hg_json_get(description, "period"));
    if (hg_json_get(description, "provenance"))
        describe_part(graph, names->provenance.data, "dct:ProvenanceStatement",
                      label_properties, description);
    if (hg_json_get(description, "rights"))
        describe_part(graph, names->rights.data, "dct:RightsStatement", rights_properties,
                      description);
    hg_rdf_iri(graph, names->page.data, "rdf:type", "foaf:Document");
    describe_licence(graph, hg_json_get_str(description, "license"));
}

/* ---- distributions ---- */

/* What a distribution says after its dataset. */
static const struct property distribution_properties[] = {
    { .key = "license",
      .predicate = "dct:license",
      .put = put_code,
      .vocabulary = HG_VOC_LICENCE },
    { .key = "language",
      .predicate = "dct:language",
      .put = put_codes,
      .vocabulary = HG_VOC_LANGUAGE },
    { .key = "issued", .predicate = "dct:issued", .put = put_moment },
    { .key = "modified", .predicate = "dct:modified", .put = put_moment },
    { .key = NULL },
};

static const hg_json *title_of(const hg_dataset *dataset, const char *resource)
{
    for (size_t i = 0; i < hg_dataset_tables(dataset); i++)
        if (strcmp(hg_dataset_table(dataset, i), resource) == 0)
            return hg_dataset_table_title(dataset, i);
    return NULL;
}

/* "Dân số, CSV": the title of the table and the name of the format. */
static void put_file_title(const struct node *node, const hg_json *title,
                           const char *format)
{
    static const char *const languages[] = { "vi", "en" };
    const hg_term *term = hg_vocabulary_find(HG_VOC_FILE_TYPE, format);
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        const char *text = hg_json_is_object(title) ? hg_json_get_str(title, languages[i])
                           : i == 0                 ? hg_json_str(title)
                                                    : NULL;
        hg_buf whole = { 0 };
        hg_buf_printf(&whole, "%s (%s)", text ? text : "", term ? term->en : format);
        if (text)
            hg_rdf_text(node->graph, node->iri, "dct:title", whole.data, languages[i]);
        hg_buf_release(&whole);
    }
}

static void put_file_facts(const struct node *node, const hg_distribution *file)
{
    char bytes[24];
    const char *media = hg_vocabulary_iri(HG_VOC_MEDIA_TYPE, file->format);
    snprintf(bytes, sizeof bytes, "%" PRIu64, file->bytes);
    hg_rdf_iri(node->graph, node->iri, "dct:format",
               hg_vocabulary_iri(HG_VOC_FILE_TYPE, file->format));
    hg_rdf_iri(node->graph, node->iri, "dcat:mediaType", media);
    hg_rdf_iri(node->graph, media, "rdf:type", "dct:MediaType"); /* NULL: none */
    hg_rdf_typed(node->graph, node->iri, "dcat:byteSize", bytes,
                 "xsd:nonNegativeInteger");
    hg_rdf_iri(node->graph, node->iri, "dcatap:availability",
               EU "planned-availability/STABLE");
    hg_rdf_iri(node->graph, node->iri, "adms:status", EU "distribution-status/COMPLETED");
}

/* The rows of a table follow the Table Schema that the package's descriptor holds, and a
 * CSV the metadata file beside it, which CSV on the Web looks for. */
static void put_file_schema(const struct node *node, const char *download,
                            const char *format)
{
    static const char standard[] =
        "https://datapackage.org/profiles/2.0/tableschema.json";
    hg_buf csvw = { 0 };
    hg_buf_printf(&csvw, "%s" HG_METADATA_CSVW, download);
    hg_rdf_iri(node->graph, node->iri, "dct:conformsTo", standard);
    hg_rdf_iri(node->graph, standard, "rdf:type", "dct:Standard");
    if (strcmp(format, "csv") == 0 && csvw.data) {
        hg_rdf_iri(node->graph, node->iri, "dct:conformsTo", csvw.data);
        hg_rdf_iri(node->graph, csvw.data, "rdf:type", "dct:Standard");
    }
    hg_buf_release(&csvw);
}

static void describe_file(hg_rdf *graph, const hg_dataset *dataset,
                          const struct names *names, const hg_distribution *file)
{
    const hg_json *description = hg_dataset_description(dataset);
    hg_buf iri = { 0 }, download = { 0 };
    hg_buf_printf(&iri, "%s#%s-%s", names->dataset.data, file->resource, file->format);
    hg_buf_printf(&download, "%s/%s", names->dataset.data, file->path);
    const struct node node = { graph, iri.data };
    hg_rdf_iri(graph, names->dataset.data, "dcat:distribution", iri.data);
    hg_rdf_iri(graph, iri.data, "rdf:type", "dcat:Distribution");
    put_file_title(&node, title_of(dataset, file->resource), file->format);
    put_text(&node, &(struct property){ .predicate = "dct:description" },
             hg_json_get(description, "description"));
    hg_rdf_iri(graph, iri.data, "dcat:accessURL", names->page.data);
    hg_rdf_iri(graph, iri.data, "dcat:downloadURL", download.data);
    put_properties(&node, distribution_properties, description);
    if (hg_json_get(description, "rights"))
        hg_rdf_iri(graph, iri.data, "dct:rights", names->rights.data);
    put_file_facts(&node, file);
    put_file_schema(&node, download.data ? download.data : "", file->format);
    hg_provenance_checksum(graph, iri.data, file->sha256);
    hg_buf_release(&iri);
    hg_buf_release(&download);
}

/* The rows of all tables, each counted once however many forms it comes in. */
static uint64_t count_rows(const hg_distribution *files, size_t n)
{
    uint64_t rows = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (strcmp(files[k].resource, files[i].resource) != 0)
            k++;
        rows += k == i ? files[i].rows : 0;
    }
    return rows;
}

static hg_status put_making(const hg_making *making, const char *dataset,
                            const hg_json *description, uint64_t rows, hg_rdf *graph,
                            hg_err *err)
{
    hg_buf base = { 0 };
    hg_status status = hg_provenance_put(making, dataset, graph, err);
    hg_metadata_base(&base, description);
    if (status == HG_OK)
        status = hg_buf_status(&base, err);
    if (status == HG_OK)
        status = hg_quality_put(making->verdict, rows, dataset,
                                base.data ? base.data : "", graph, err);
    hg_buf_release(&base);
    return status;
}

hg_status hg_metadata_dcat(const hg_dataset *dataset, const hg_distribution *files,
                           size_t n, const hg_making *making, hg_rdf *graph, hg_err *err)
{
    struct names names = { 0 };
    const hg_json *description = hg_dataset_description(dataset);
    hg_status status = HG_OK;
    names_of(&names, dataset);
    if (names.dataset.data) {
        describe_dataset(graph, &names, hg_dataset_id(dataset), description);
        for (size_t i = 0; i < n; i++)
            describe_file(graph, dataset, &names, &files[i]);
        describe_parts(graph, &names, description);
        if (making)
            status = put_making(making, names.dataset.data, description,
                                count_rows(files, n), graph, err);
    }
    hg_status released = names_release(&names, err);
    return status == HG_OK ? released : status;
}

/* ---- the catalogue ---- */

static const struct property catalog_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = put_text },
    { .key = "description", .predicate = "dct:description", .put = put_text },
    { .key = NULL },
};

static const struct property profile_properties[] = {
    { .key = "language",
      .predicate = "dct:language",
      .put = put_codes,
      .vocabulary = HG_VOC_LANGUAGE },
    { .key = "license",
      .predicate = "dct:license",
      .put = put_code,
      .vocabulary = HG_VOC_LICENCE },
    { .key = "place", .predicate = "dct:spatial", .put = put_place },
    { .key = NULL },
};

/* The first (sign -1) or the last (1) of the datasets' dates, as texts compare: all are
 * written big end first. */
static const hg_json *outermost(hg_dataset *const *datasets, size_t n, const char *key,
                                int sign)
{
    const hg_json *found = NULL;
    for (size_t i = 0; i < n; i++) {
        const hg_json *date = hg_json_get(hg_dataset_description(datasets[i]), key);
        if (hg_json_str(date) &&
            (!found || sign * strcmp(hg_json_str(date), hg_json_str(found)) > 0))
            found = date;
    }
    return found;
}

/* A catalogue is as old as its first dataset where it does not say, as new as its last
 * change. */
static void put_dates(const struct node *node, const hg_json *catalog,
                      hg_dataset *const *datasets, size_t n)
{
    static const struct property issued = { .predicate = "dct:issued" };
    static const struct property modified = { .predicate = "dct:modified" };
    const hg_json *said = hg_json_get(catalog, "issued");
    put_moment(node, &issued, said ? said : outermost(datasets, n, "issued", -1));
    put_moment(node, &modified, outermost(datasets, n, "modified", 1));
}

static void put_datasets(const struct node *node, hg_dataset *const *datasets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hg_buf iri = { 0 };
        hg_metadata_iri(datasets[i], &iri);
        hg_rdf_iri(node->graph, node->iri, "dcat:dataset", iri.data);
        hg_buf_release(&iri);
    }
}

hg_status hg_metadata_catalog(const hg_json *profile, hg_dataset *const *datasets,
                              size_t n, hg_rdf *graph, hg_err *err)
{
    hg_buf iri = { 0 }, home = { 0 };
    hg_metadata_base(&home, profile);
    hg_buf_putc(&home, '/');
    hg_buf_printf(&iri, "%scatalog", home.data ? home.data : "");
    if (iri.data && home.data) {
        const struct node node = { graph, iri.data };
        hg_rdf_iri(graph, node.iri, "rdf:type", "dcat:Catalog");
        put_properties(&node, catalog_properties, hg_json_get(profile, "catalog"));
        put_dates(&node, hg_json_get(profile, "catalog"), datasets, n);
        put_properties(&node, profile_properties, profile);
        put_publisher(&node, profile);
        hg_rdf_iri(graph, node.iri, "foaf:homepage", home.data);
        hg_rdf_iri(graph, home.data, "rdf:type", "foaf:Document");
        hg_rdf_iri(graph, node.iri, "dcat:themeTaxonomy", EU "data-theme");
        put_datasets(&node, datasets, n);
        describe_publisher(graph, profile);
        describe_licence(graph, hg_json_get_str(profile, "license"));
    }
    hg_status status = hg_buf_status(&home, err);
    if (status == HG_OK)
        status = hg_buf_status(&iri, err);
    hg_buf_release(&iri);
    hg_buf_release(&home);
    return status;
}

/* ---- the distributions of a package ---- */

static bool is_table(const hg_distribution *file)
{
    static const char codes[] = HG_METADATA_CODES;
    return strncmp(file->resource, codes, sizeof codes - 1) != 0;
}

/* HG_EINPUT if the resource is no file of a package. */
static hg_status read_resource(hg_distribution *file, const hg_json *resource,
                               hg_err *err)
{
    const char *hash = hg_json_get_str(resource, "hash");
    const char *table = hg_json_get_str(resource, "table"); /* of formats beside CSV */
    *file = (hg_distribution){
        .path = hg_json_get_str(resource, "path"),
        .resource = table ? table : hg_json_get_str(resource, "name"),
        .format = hg_json_get_str(resource, "format"),
        .bytes = (uint64_t)hg_json_int(hg_json_get(resource, "bytes"), 0),
        .rows = (uint64_t)hg_json_int(hg_json_get(resource, "rows"), 0),
        .sha256 = hash && strncmp(hash, "sha256:", 7) == 0 ? hash + 7 : NULL,
    };
    if (file->path && file->resource && file->format)
        return HG_OK;
    return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = "datapackage.json" },
                   "a resource lacks its name, path or format");
}

hg_status hg_metadata_distributions(const hg_json *descriptor, hg_distribution **files,
                                    size_t *n, hg_err *err)
{
    const hg_json *resources = hg_json_get(descriptor, "resources");
    hg_distribution *list = calloc(hg_json_len(resources) + 1, sizeof *list);
    hg_status status = list ? HG_OK : hg_fail_nomem(err);
    size_t found = 0;
    for (size_t i = 0; i < hg_json_len(resources) && status == HG_OK; i++) {
        status = read_resource(&list[found], hg_json_at(resources, i), err);
        found += status == HG_OK && is_table(&list[found]);
    }
    if (status != HG_OK) {
        free(list);
        list = NULL;
        found = 0;
    }
    *files = list;
    *n = found;
    return status;
}
