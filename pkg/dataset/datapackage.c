/* datapackage - a dataset's description as a Data Package v2 descriptor */
#include "dataset/datapackage.h"
#include "dataset/lexical.h"
#include "dataset/vocabulary.h"
#include "delimited/csv.h"

#include <string.h>

#define PROFILES "https://datapackage.org/profiles/2.0/"

/* The standard's titles and texts are plain: Vietnamese. All languages stand beside them,
 * under plural's name. */
static void set_text(hg_json *object, const char *key, const char *plural,
                     const hg_json *text)
{
    hg_json_set_str(object, key, hg_json_lang(text, "vi"));
    if (hg_json_is_object(text))
        hg_json_set(object, plural, hg_json_copy(text));
}

static void add_words(hg_json *list, const hg_json *words)
{
    for (size_t i = 0; hg_json_is_array(words) && i < hg_json_len(words); i++)
        hg_json_add_str(list, hg_json_str(hg_json_at(words, i)));
}

static void set_keywords(hg_json *package, const hg_json *keywords)
{
    hg_json *list = hg_json_array();
    add_words(list, keywords);
    for (size_t i = 0; hg_json_is_object(keywords) && i < hg_json_len(keywords); i++)
        add_words(list, hg_json_member(keywords, i));
    if (hg_json_len(list) > 0)
        hg_json_set(package, "keywords", hg_json_keep(list));
    hg_json_free(list);
}

static void set_licence(hg_json *object, const hg_json *description)
{
    const char *code = hg_json_get_str(description, "license");
    const hg_term *term = hg_vocabulary_find(HG_VOC_LICENCE, code);
    if (!term)
        return;
    hg_json *list = hg_json_array(), *licence = hg_json_object();
    hg_json_set_str(licence, "name", code);
    hg_json_set_str(licence, "path", hg_vocabulary_iri(HG_VOC_LICENCE_PAGE, code));
    hg_json_set_str(licence, "title", term->en);
    hg_json_add(list, licence);
    hg_json_set(object, "licenses", list);
}

static void add_contributor(hg_json *list, const hg_json *agent, const char *role)
{
    hg_json *contributor = hg_json_object(), *roles = hg_json_array();
    if (!agent) {
        hg_json_free(contributor);
        hg_json_free(roles);
        return;
    }
    set_text(contributor, "title", "titles", hg_json_get(agent, "name"));
    hg_json_set_str(contributor, "path", hg_json_get_str(agent, "url"));
    hg_json_set_str(contributor, "email", hg_json_get_str(agent, "email"));
    hg_json_add_str(roles, role);
    hg_json_set(contributor, "roles", roles);
    hg_json_add(list, contributor);
}

static void set_contributors(hg_json *package, const hg_json *description)
{
    hg_json *list = hg_json_array();
    add_contributor(list, hg_json_get(description, "publisher"), "publisher");
    add_contributor(list, hg_json_get(description, "contact"), "contact");
    if (hg_json_len(list) > 0)
        hg_json_set(package, "contributors", hg_json_keep(list));
    hg_json_free(list);
}

static void set_sources(hg_json *package, const hg_json *sources)
{
    hg_json *list = hg_json_array();
    for (size_t i = 0; hg_json_is_array(sources) && i < hg_json_len(sources); i++) {
        hg_json *source = hg_json_object();
        set_text(source, "title", "titles", hg_json_get(hg_json_at(sources, i), "title"));
        hg_json_set_str(source, "path", hg_json_get_str(hg_json_at(sources, i), "path"));
        hg_json_add(list, source);
    }
    if (hg_json_len(list) > 0)
        hg_json_set(package, "sources", hg_json_keep(list));
    hg_json_free(list);
}

/* Members that are taken over as they are. */
static void set_others(hg_json *package, const hg_json *description)
{
    static const char *const members[][2] = {
        { "access", "accessRights" },
        { "frequency", "accrualPeriodicity" },
        { "language", "languages" },
        { "theme", "themes" },
        { "type", "datasetType" },
        { "issued", "issued" },
        { "modified", "modified" },
        { "version_notes", "versionNotes" },
        { "previous_version", "previousVersion" },
        { "series", "inSeries" },
        { "period", "temporal" },
        { "place", "spatial" },
        { "resolution", "resolution" },
        { "rights", "rights" },
        { "provenance", "provenance" },
        { "documentation", "documentation" },
        { "legislation", "applicableLegislation" },
        { "conforms_to", "conformsTo" },
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        hg_json *value = hg_json_get(description, members[i][0]);
        if (value)
            hg_json_set(package, members[i][1], hg_json_copy(value));
    }
}

/* "created" is a moment to the second: a date alone does not say it. */
static void set_created(hg_json *package, const hg_json *description)
{
    const char *issued = hg_json_get_str(description, "issued");
    if (issued && hg_lexical_moment(issued) == HG_MOMENT_TIME)
        hg_json_set_str(package, "created", issued);
}

/* ---- resources ---- */

/* A code list says what it holds in its header; its columns are texts. */
static hg_status codes_schema(hg_json **out, const char *name, const char *text,
                              hg_err *err)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_json *fields = hg_json_array();
    *out = hg_json_object();
    hg_json_set_str(*out, "$schema", PROFILES "tableschema.json");
    hg_json_set(*out, "fields", fields);
    hg_csv_init(&csv, text, strlen(text), 0, 0);
    hg_status status = hg_csv_next(&csv, &row, err);
    for (size_t i = 0; status == HG_OK && i < row.n; i++) {
        hg_json *field = hg_json_object();
        hg_json_set(field, "name", hg_json_new_slice(row.cells[i]));
        hg_json_set_str(field, "type", "string");
        hg_json_add(fields, field);
    }
    hg_csv_release(&csv);
    if (status == HG_END)
        return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = name },
                       "the code list is empty");
    return status;
}

static const hg_json *table_schema(const hg_dataset *dataset, const char *name,
                                   const hg_json **title)
{
    for (size_t i = 0; i < hg_dataset_tables(dataset); i++) {
        if (strcmp(hg_dataset_table(dataset, i), name) == 0) {
            *title = hg_dataset_table_title(dataset, i);
            return hg_dataset_schema(dataset, i);
        }
    }
    return NULL;
}

static hg_status set_schema(hg_json *resource, const hg_dataset *dataset,
                            const char *name, hg_err *err)
{
    static const size_t prefix = sizeof HG_METADATA_CODES - 1;
    const hg_json *title = NULL, *schema = table_schema(dataset, name, &title);
    const char *codes = strncmp(name, HG_METADATA_CODES, prefix) == 0
                            ? hg_dataset_codes(dataset, name + prefix)
                            : NULL;
    hg_json *made = NULL;
    hg_status status = codes ? codes_schema(&made, name, codes, err) : HG_OK;
    set_text(resource, "title", "titles", title);
    if (schema)
        made = hg_json_copy(schema);
    if (made)
        hg_json_set(resource, "schema", made);
    return status;
}

/* A table's CSV has the table's name; other formats of it have names of their own, such as
 * "dan-so-json", and say which table they hold. */
static void set_name(hg_json *resource, const hg_distribution *file)
{
    hg_buf name = { 0 };
    bool table = strcmp(file->format, "csv") == 0;
    hg_buf_printf(&name, table ? "%s" : "%s-%s", file->resource, file->format);
    hg_json_set(resource, "name", hg_json_new_slice((hg_slice){ name.data, name.len }));
    hg_json_set_str(resource, table ? "type" : "table", table ? "table" : file->resource);
    hg_buf_release(&name);
}

static hg_status add_resource(hg_json *resources, const hg_dataset *dataset,
                              const hg_distribution *file, hg_err *err)
{
    hg_buf hash = { 0 };
    hg_json *resource = hg_json_object();
    const hg_term *media = hg_vocabulary_find(HG_VOC_MEDIA_TYPE, file->format);
    hg_status status = HG_OK;
    hg_buf_printf(&hash, "sha256:%s", file->sha256);
    hg_json_set_str(resource, "$schema", PROFILES "dataresource.json");
    set_name(resource, file);
    hg_json_set_str(resource, "path", file->path);
    hg_json_set_str(resource, "format", file->format);
    hg_json_set_str(resource, "mediatype", media ? media->en : NULL);
    if (strcmp(file->format, "xlsx") != 0)
        hg_json_set_str(resource, "encoding", "utf-8");
    hg_json_set_int(resource, "bytes", (int64_t)file->bytes);
    hg_json_set_str(resource, "hash", hash.data);
    hg_json_set_int(resource, "rows", (int64_t)file->rows);
    if (strcmp(file->format, "csv") == 0)
        status = set_schema(resource, dataset, file->resource, err);
    set_licence(resource, hg_dataset_description(dataset));
    hg_json_add(resources, resource);
    hg_buf_release(&hash);
    return status;
}

hg_status hg_datapackage_new(hg_json **out, const hg_dataset *dataset,
                             const hg_distribution *files, size_t n, hg_err *err)
{
    const hg_json *description = hg_dataset_description(dataset);
    hg_json *package = hg_json_object(), *resources = hg_json_array();
    hg_buf iri = { 0 };
    hg_status status = HG_OK;
    hg_metadata_iri(dataset, &iri);
    hg_json_set_str(package, "$schema", PROFILES "datapackage.json");
    hg_json_set_str(package, "name", hg_dataset_id(dataset));
    hg_json_set_str(package, "id", iri.data);
    set_text(package, "title", "titles", hg_json_get(description, "title"));
    set_text(package, "description", "descriptions",
             hg_json_get(description, "description"));
    hg_json_set_str(package, "homepage", hg_json_get_str(description, "landing_page"));
    hg_json_set_str(package, "version", hg_json_get_str(description, "version"));
    set_created(package, description);
    set_keywords(package, hg_json_get(description, "keywords"));
    set_licence(package, description);
    set_contributors(package, description);
    set_sources(package, hg_json_get(description, "sources"));
    set_others(package, description);
    for (size_t i = 0; i < n && status == HG_OK; i++)
        status = add_resource(resources, dataset, &files[i], err);
    hg_json_set(package, "resources", resources);
    hg_buf_release(&iri);
    *out = package;
    if (!package)
        status = hg_fail_nomem(err);
    return status;
}
