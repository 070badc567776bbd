/* metadata - dataset.json as DCAT-AP 3.0.1: one table of properties per class, in the
 * order in which they are written
 */
#include "dataset/metadata_inside.h"
#include "dataset/quality.h"

#include <string.h>

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

static void put_resolution(const meta_node *node, const meta_property *property,
                           const hg_json *resolution)
{
    hg_rdf_typed(node->graph, node->iri, property->predicate,
                 hg_json_get_str(resolution, "time"), "xsd:duration");
}

static const meta_property source_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = meta_put_text },
    { .key = NULL },
};

/* What the dataset was derived from, by its address, or a name of ours where it has none.
 */
static void put_sources(const meta_node *node, const meta_property *property,
                        const hg_json *sources)
{
    for (size_t i = 0; hg_json_is_array(sources) && i < hg_json_len(sources); i++) {
        const hg_json *source = hg_json_at(sources, i);
        const char *path = hg_json_get_str(source, "path");
        hg_buf own = { 0 };
        hg_buf_printf(&own, "%s#derived-from-%zu", node->iri, i + 1);
        const meta_node origin = { node->graph, path ? path : own.data };
        meta_put_iri(node, property, origin.iri);
        meta_put_properties(&origin, source_properties, source);
        hg_buf_release(&own);
    }
}

static const meta_property dataset_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = meta_put_text },
    { .key = "description", .predicate = "dct:description", .put = meta_put_text },
    { .key = "keywords", .predicate = "dcat:keyword", .put = meta_put_words },
    { .key = "theme",
      .predicate = "dcat:theme",
      .put = meta_put_codes,
      .vocabulary = HG_VOC_THEME },
    { .key = "access",
      .predicate = "dct:accessRights",
      .put = meta_put_code,
      .vocabulary = HG_VOC_ACCESS },
    { .key = "frequency",
      .predicate = "dct:accrualPeriodicity",
      .put = meta_put_code,
      .vocabulary = HG_VOC_FREQUENCY },
    { .key = "language",
      .predicate = "dct:language",
      .put = meta_put_codes,
      .vocabulary = HG_VOC_LANGUAGE },
    { .key = "type",
      .predicate = "dct:type",
      .put = meta_put_code,
      .vocabulary = HG_VOC_DATASET_TYPE },
    { .key = "issued", .predicate = "dct:issued", .put = meta_put_moment },
    { .key = "modified", .predicate = "dct:modified", .put = meta_put_moment },
    { .key = "version", .predicate = "dcat:version", .put = meta_put_line },
    { .key = "version_notes", .predicate = "adms:versionNotes", .put = meta_put_text },
    { .key = "place", .predicate = "dct:spatial", .put = meta_put_place },
    { .key = "resolution",
      .predicate = "dcat:temporalResolution",
      .put = put_resolution },
    { .key = "documentation",
      .predicate = "foaf:page",
      .put = meta_put_links,
      .class = "foaf:Document" },
    { .key = "conforms_to",
      .predicate = "dct:conformsTo",
      .put = meta_put_links,
      .class = "dct:Standard" },
    { .key = "legislation",
      .predicate = "dcatap:applicableLegislation",
      .put = meta_put_links,
      .class = "http://data.europa.eu/eli/ontology#LegalResource" },
    { .key = "previous_version",
      .predicate = "dcat:previousVersion",
      .put = meta_put_link,
      .class = "dcat:Resource" },
    { .key = "previous_version",
      .predicate = "prov:wasRevisionOf",
      .put = meta_put_link },
    { .key = "sources",
      .predicate = "prov:wasDerivedFrom",
      .put = put_sources,
      .class = "prov:Entity" },
    { .key = NULL },
};

static const meta_property period_properties[] = {
    { .key = "start", .predicate = "dcat:startDate", .put = meta_put_moment },
    { .key = "end", .predicate = "dcat:endDate", .put = meta_put_moment },
    { .key = NULL },
};

static const meta_property label_properties[] = {
    { .key = "provenance", .predicate = "rdfs:label", .put = meta_put_text },
    { .key = NULL },
};

static const meta_property rights_properties[] = {
    { .key = "rights", .predicate = "rdfs:label", .put = meta_put_text },
    { .key = NULL },
};

static void names_of(meta_names *names, const hg_dataset *dataset)
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

static hg_status names_release(meta_names *names, hg_err *err)
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
                          const meta_property *properties, const hg_json *object)
{
    hg_rdf_iri(graph, iri, "rdf:type", class);
    meta_put_properties(&(meta_node){ graph, iri }, properties, object);
}

static void describe_dataset(hg_rdf *graph, const meta_names *names, const char *id,
                             const hg_json *description)
{
    const meta_node node = { graph, names->dataset.data };
    hg_rdf_iri(graph, node.iri, "rdf:type", "dcat:Dataset");
    hg_rdf_text(graph, node.iri, "dct:identifier", id, NULL);
    meta_put_properties(&node, dataset_properties, description);
    meta_put_publisher(&node, description);
    if (meta_contact_of(description))
        hg_rdf_iri(graph, node.iri, "dcat:contactPoint", names->contact.data);
    if (hg_json_get(description, "period"))
        hg_rdf_iri(graph, node.iri, "dct:temporal", names->period.data);
    if (hg_json_get(description, "provenance"))
        hg_rdf_iri(graph, node.iri, "dct:provenance", names->provenance.data);
    hg_rdf_iri(graph, node.iri, "dcat:landingPage", names->page.data);
}

static const meta_property series_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = meta_put_text },
    { .key = "description", .predicate = "dct:description", .put = meta_put_text },
    { .key = NULL },
};

/* What the series has of its datasets; they are of one place and one hand. */
static const meta_property series_shared[] = {
    { .key = "place", .predicate = "dct:spatial", .put = meta_put_place },
    { .key = NULL },
};

/* <base>/series/<id>: all datasets that name it share it. */
static void describe_series(hg_rdf *graph, const meta_names *names,
                            const hg_json *description)
{
    const hg_json *series = hg_json_get(description, "series");
    const char *id = hg_json_get_str(series, "id");
    hg_buf iri = { 0 };
    hg_metadata_base(&iri, description);
    hg_buf_printf(&iri, "/series/%s", id ? id : "");
    if (id && iri.data) {
        const meta_node node = { graph, iri.data };
        hg_rdf_iri(graph, names->dataset.data, "dcat:inSeries", iri.data);
        hg_rdf_iri(graph, iri.data, "rdf:type", "dcat:DatasetSeries");
        meta_put_properties(&node, series_properties, series);
        meta_put_properties(&node, series_shared, description);
        meta_put_publisher(&node, description);
        if (meta_contact_of(description))
            hg_rdf_iri(graph, iri.data, "dcat:contactPoint", names->contact.data);
    }
    hg_buf_release(&iri);
}

static void describe_parts(hg_rdf *graph, const meta_names *names,
                           const hg_json *description)
{
    meta_describe_publisher(graph, description);
    describe_series(graph, names, description);
    if (meta_contact_of(description))
        meta_describe_contact(graph, names->contact.data, meta_contact_of(description));
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
    meta_describe_licence(graph, hg_json_get_str(description, "license"));
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
    meta_names names = { 0 };
    const hg_json *description = hg_dataset_description(dataset);
    hg_status status = HG_OK;
    names_of(&names, dataset);
    if (names.dataset.data) {
        describe_dataset(graph, &names, hg_dataset_id(dataset), description);
        for (size_t i = 0; i < n; i++)
            meta_describe_file(graph, dataset, &names, &files[i]);
        describe_parts(graph, &names, description);
        if (making)
            status = put_making(making, names.dataset.data, description,
                                count_rows(files, n), graph, err);
    }
    hg_status released = names_release(&names, err);
    return status == HG_OK ? released : status;
}
