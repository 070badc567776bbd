/* metadata_files - the files of a package as distributions */
#include "dataset/metadata_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a distribution says after its dataset. */
static const meta_property distribution_properties[] = {
    { .key = "license",
      .predicate = "dct:license",
      .put = meta_put_code,
      .vocabulary = HG_VOC_LICENCE },
    { .key = "language",
      .predicate = "dct:language",
      .put = meta_put_codes,
      .vocabulary = HG_VOC_LANGUAGE },
    { .key = "issued", .predicate = "dct:issued", .put = meta_put_moment },
    { .key = "modified", .predicate = "dct:modified", .put = meta_put_moment },
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
static void put_file_title(const meta_node *node, const hg_json *title,
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

static void put_file_facts(const meta_node *node, const hg_distribution *file)
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
               META_EU "planned-availability/STABLE");
    hg_rdf_iri(node->graph, node->iri, "adms:status",
               META_EU "distribution-status/COMPLETED");
}

/* SDMX-CSV and GeoJSON have members of their own; other forms of a table have its
 * columns. */
static bool has_own_columns(const char *format)
{
    return strcmp(format, "sdmx-csv") == 0 || strcmp(format, "geojson") == 0;
}

/* The rows of a table follow the Table Schema that the package's descriptor holds, and a
 * CSV the metadata file beside it, which CSV on the Web looks for. */
static void put_file_schema(const meta_node *node, const char *download,
                            const char *format)
{
    static const char standard[] =
        "https://datapackage.org/profiles/2.0/tableschema.json";
    hg_buf csvw = { 0 };
    hg_buf_printf(&csvw, "%s" HG_METADATA_CSVW, download);
    if (!has_own_columns(format)) {
        hg_rdf_iri(node->graph, node->iri, "dct:conformsTo", standard);
        hg_rdf_iri(node->graph, standard, "rdf:type", "dct:Standard");
    }
    if (strcmp(format, "csv") == 0 && csvw.data) {
        hg_rdf_iri(node->graph, node->iri, "dct:conformsTo", csvw.data);
        hg_rdf_iri(node->graph, csvw.data, "rdf:type", "dct:Standard");
    }
    hg_buf_release(&csvw);
}

void meta_describe_file(hg_rdf *graph, const hg_dataset *dataset, const meta_names *names,
                        const hg_distribution *file)
{
    const hg_json *description = hg_dataset_description(dataset);
    hg_buf iri = { 0 }, download = { 0 };
    hg_buf_printf(&iri, "%s#%s-%s", names->dataset.data, file->resource, file->format);
    hg_buf_printf(&download, "%s/%s", names->dataset.data, file->path);
    const meta_node node = { graph, iri.data };
    hg_rdf_iri(graph, names->dataset.data, "dcat:distribution", iri.data);
    hg_rdf_iri(graph, iri.data, "rdf:type", "dcat:Distribution");
    put_file_title(&node, title_of(dataset, file->resource), file->format);
    meta_put_text(&node, &(meta_property){ .predicate = "dct:description" },
                  hg_json_get(description, "description"));
    hg_rdf_iri(graph, iri.data, "dcat:accessURL", names->page.data);
    hg_rdf_iri(graph, iri.data, "dcat:downloadURL", download.data);
    meta_put_properties(&node, distribution_properties, description);
    if (hg_json_get(description, "rights"))
        hg_rdf_iri(graph, iri.data, "dct:rights", names->rights.data);
    put_file_facts(&node, file);
    put_file_schema(&node, download.data ? download.data : "", file->format);
    hg_provenance_checksum(graph, iri.data, file->sha256);
    hg_buf_release(&iri);
    hg_buf_release(&download);
}

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
