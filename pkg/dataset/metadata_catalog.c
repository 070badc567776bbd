/* metadata_catalog - the catalogue: what publisher.json says, and its datasets */
#include "dataset/metadata_inside.h"

#include <string.h>

static const meta_property catalog_properties[] = {
    { .key = "title", .predicate = "dct:title", .put = meta_put_text },
    { .key = "description", .predicate = "dct:description", .put = meta_put_text },
    { .key = NULL },
};

static const meta_property profile_properties[] = {
    { .key = "language",
      .predicate = "dct:language",
      .put = meta_put_codes,
      .vocabulary = HG_VOC_LANGUAGE },
    { .key = "license",
      .predicate = "dct:license",
      .put = meta_put_code,
      .vocabulary = HG_VOC_LICENCE },
    { .key = "place", .predicate = "dct:spatial", .put = meta_put_place },
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
static void put_dates(const meta_node *node, const hg_json *catalog,
                      hg_dataset *const *datasets, size_t n)
{
    static const meta_property issued = { .predicate = "dct:issued" };
    static const meta_property modified = { .predicate = "dct:modified" };
    const hg_json *said = hg_json_get(catalog, "issued");
    meta_put_moment(node, &issued, said ? said : outermost(datasets, n, "issued", -1));
    meta_put_moment(node, &modified, outermost(datasets, n, "modified", 1));
}

static void put_datasets(const meta_node *node, hg_dataset *const *datasets, size_t n)
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
        const meta_node node = { graph, iri.data };
        hg_rdf_iri(graph, node.iri, "rdf:type", "dcat:Catalog");
        meta_put_properties(&node, catalog_properties, hg_json_get(profile, "catalog"));
        put_dates(&node, hg_json_get(profile, "catalog"), datasets, n);
        meta_put_properties(&node, profile_properties, profile);
        meta_put_publisher(&node, profile);
        hg_rdf_iri(graph, node.iri, "foaf:homepage", home.data);
        hg_rdf_iri(graph, home.data, "rdf:type", "foaf:Document");
        hg_rdf_iri(graph, node.iri, "dcat:themeTaxonomy", META_EU "data-theme");
        put_datasets(&node, datasets, n);
        meta_describe_publisher(graph, profile);
        meta_describe_licence(graph, hg_json_get_str(profile, "license"));
    }
    hg_status status = hg_buf_status(&home, err);
    if (status == HG_OK)
        status = hg_buf_status(&iri, err);
    hg_buf_release(&iri);
    hg_buf_release(&home);
    return status;
}
