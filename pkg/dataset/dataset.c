/* dataset - the definition of a dataset, from its folder or from the head of a stream */
#include "dataset/dataset.h"
#include "base/file.h"
#include "base/folder.h"
#include "dataset/description.h"
#include "dataset/lexical.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CODES_MAX ((size_t)4 << 20) /* bytes of one code list */

struct file {
    char *name; /* as within the folder: "schema.json" */
    hg_doc *doc;
};

/* All that is known is kept as the head which travels with the data, so that a definition
 * read from a folder and one read from a stream are the same thing. */
struct hg_dataset {
    hg_json *head;
    struct file *files;
    size_t n;
};

static hg_json *definition(const hg_dataset *dataset, const char *part)
{
    return hg_json_get(hg_json_get(dataset->head, "definition"), part);
}

static hg_status keep_file(hg_dataset *dataset, const char *name, hg_doc *doc,
                           hg_err *err)
{
    struct file *files = realloc(dataset->files, (dataset->n + 1) * sizeof *files);
    if (files)
        dataset->files = files;
    char *copy = strdup(name);
    if (!files || !copy) {
        free(copy);
        hg_doc_free(doc);
        return hg_fail_nomem(err);
    }
    files[dataset->n++] = (struct file){ copy, doc };
    return HG_OK;
}

/* Read a file of the definition, an object; *doc is NULL where it is not there and need
 * not be. kept is the name it is asked for by. */
static hg_status read_file(hg_dataset *dataset, const char *folder, const char *name,
                           const char *kept, bool needed, const hg_doc **doc, hg_err *err)
{
    struct stat st;
    hg_doc *read = NULL;
    char *path;
    *doc = NULL;
    hg_status status = hg_path_join(&path, folder, name, err);
    if (status == HG_OK && (needed || stat(path, &st) == 0))
        status = hg_doc_load(&read, path, err);
    free(path);
    if (status != HG_OK || !read)
        return status;
    status = keep_file(dataset, kept, read, err);
    if (status != HG_OK)
        return status;
    *doc = read;
    if (!hg_json_is_object(hg_doc_root(read)))
        return hg_doc_fail(err, read, hg_doc_root(read), NULL, "the file is no object");
    return HG_OK;
}

/* The folder's own name stands for an id that dataset.json does not give. */
static hg_status folder_name(const char *folder, char *name, size_t size, hg_err *err)
{
    hg_loc loc = { .file = folder };
    char *path = realpath(folder, NULL);
    if (!path)
        return hg_fail(err, HG_EINPUT, &loc, "there is no such folder");
    const char *last = strrchr(path, '/') + 1;
    bool fits = hg_lexical_name(last);
    snprintf(name, size, "%s", last);
    free(path);
    if (!fits)
        return hg_fail(err, HG_EARG, &loc,
                       "the folder's name cannot be the id of a dataset; "
                       "give dataset.json an \"id\"");
    return HG_OK;
}

static hg_status add_id(hg_dataset *dataset, const char *folder,
                        const hg_json *description, hg_err *err)
{
    char name[HG_LEXICAL_NAME + 1];
    const char *id = hg_json_get_str(description, "id");
    if (!id) {
        hg_status status = folder_name(folder, name, sizeof name, err);
        if (status != HG_OK)
            return status;
        id = name;
    }
    hg_json_set_str(dataset->head, "id", id);
    return HG_OK;
}

static hg_status add_part(hg_dataset *dataset, const char *folder, const char *name,
                          const char *part, hg_json *parts, hg_err *err)
{
    const hg_doc *doc;
    hg_status status = read_file(dataset, folder, name, name, false, &doc, err);
    if (status == HG_OK && doc)
        hg_json_set(parts, part, hg_json_keep(hg_doc_root(doc)));
    return status;
}

static bool is_code_file(const char *name)
{
    const char *dot = strrchr(name, '.');
    return hg_lexical_name(name) && dot && strcmp(dot, ".csv") == 0;
}

/* Read one code list as text; its rows are looked at by those who use it. */
static hg_status add_list(hg_json *codes, const char *folder, const char *name,
                          hg_err *err)
{
    hg_buf text = { .max = CODES_MAX };
    char *path;
    hg_status status = hg_path_join(&path, folder, name, err);
    if (status == HG_OK)
        status = hg_file_load(&text, path, err);
    const char *bytes = text.data ? text.data : "";
    if (status == HG_OK &&
        (strlen(bytes) < text.len || hg_utf8_valid(bytes, text.len) < text.len))
        status = hg_fail(err, HG_EARG, &(hg_loc){ .file = path },
                         "the code list is not UTF-8");
    if (status == HG_OK)
        hg_json_set_str(codes, name, bytes);
    hg_buf_release(&text);
    free(path);
    return status;
}

static hg_status add_codes(const char *folder, hg_json *parts, hg_err *err)
{
    hg_json *codes = hg_json_object();
    hg_folder_list list = { 0 };
    struct stat st;
    char *place;
    hg_status status = hg_path_join(&place, folder, "codes", err);
    if (status == HG_OK && stat(place, &st) == 0)
        status = hg_folder_list_new(&list, place, err);
    for (size_t i = 0; i < list.n && status == HG_OK; i++)
        if (is_code_file(list.names[i]))
            status = add_list(codes, place, list.names[i], err);
    if (hg_json_len(codes) > 0)
        hg_json_set(parts, "codes", hg_json_keep(codes));
    hg_json_free(codes);
    hg_folder_list_free(&list);
    free(place);
    return status;
}

/* Add one table: its name and the Table Schema that stands in its own file. */
static hg_status add_table(hg_dataset *dataset, const char *folder, const hg_json *table,
                           hg_json *resources, hg_err *err)
{
    const char *name = hg_json_get_str(table, "name");
    const char *file = hg_json_get_str(table, "schema");
    const hg_doc *doc;
    hg_json *resource = hg_json_object();
    hg_json_set_str(resource, "name", name ? name : hg_dataset_id(dataset));
    hg_json_add(resources, resource);
    hg_status status = read_file(dataset, folder, file ? file : "schema.json",
                                 file ? file : "schema.json", file != NULL, &doc, err);
    if (status == HG_OK && doc)
        hg_json_set(resource, "schema", hg_json_keep(hg_doc_root(doc)));
    return status;
}

/* Without "tables" a dataset has one table of its own name. */
static hg_status add_tables(hg_dataset *dataset, const char *folder,
                            const hg_json *description, hg_err *err)
{
    const hg_json *tables = hg_json_get(description, "tables");
    hg_json *resources = hg_json_array();
    hg_status status = HG_OK;
    hg_json_set(dataset->head, "resources", resources);
    if (!tables)
        return add_table(dataset, folder, NULL, resources, err);
    for (size_t i = 0; i < hg_json_len(tables) && status == HG_OK; i++)
        status = add_table(dataset, folder, hg_json_at(tables, i), resources, err);
    return status;
}

/* dataset.json first; what it leaves out comes from the province's publisher.json. */
static hg_status add_description(hg_dataset *dataset, const char *folder, hg_json *parts,
                                 hg_err *err)
{
    const hg_doc *own, *profile;
    hg_json *merged = hg_json_object();
    hg_json_set(parts, "dataset", merged);
    hg_status status =
        read_file(dataset, folder, "dataset.json", "dataset.json", true, &own, err);
    if (status == HG_OK)
        status = hg_description_check(own, HG_DESCRIPTION_DATASET, err);
    if (status == HG_OK)
        status = read_file(dataset, folder, "../publisher.json", "publisher.json", false,
                           &profile, err);
    if (status == HG_OK && profile)
        status = hg_description_check(profile, HG_DESCRIPTION_PROFILE, err);
    if (status != HG_OK)
        return status;
    hg_description_merge(merged, hg_doc_root(own));
    if (profile) {
        hg_json *catalog = hg_json_get(hg_doc_root(profile), "catalog");
        hg_description_merge(merged, hg_doc_root(profile));
        if (catalog) /* for hg-publish, which sees packages only */
            hg_json_set(parts, "catalog", hg_json_keep(catalog));
    }
    return HG_OK;
}

static hg_status load(hg_dataset *dataset, const char *folder, hg_err *err)
{
    hg_json *parts = hg_json_object();
    hg_json_set_int(dataset->head, "hg", 1);
    hg_status status = add_description(dataset, folder, parts, err);
    if (status == HG_OK)
        status = add_id(dataset, folder, hg_json_get(parts, "dataset"), err);
    if (status == HG_OK)
        status = add_part(dataset, folder, "recipe.json", "recipe", parts, err);
    if (status == HG_OK)
        status = add_part(dataset, folder, "report.json", "report", parts, err);
    if (status == HG_OK)
        status = add_codes(folder, parts, err);
    if (status == HG_OK)
        status = add_tables(dataset, folder, hg_json_get(parts, "dataset"), err);
    hg_json_set(dataset->head, "definition", parts);
    return status;
}

static hg_status dataset_new(hg_dataset **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->head = hg_json_object();
    if (*out && (*out)->head)
        return HG_OK;
    hg_dataset_free(*out);
    *out = NULL;
    return hg_fail_nomem(err);
}

hg_status hg_dataset_load(hg_dataset **out, const char *folder, hg_err *err)
{
    hg_status status = dataset_new(out, err);
    if (status == HG_OK)
        status = load(*out, folder, err);
    if (status != HG_OK) {
        hg_dataset_free(*out);
        *out = NULL;
    }
    return status;
}

/* The members of a head that make the definition; stage and sources belong to the data.
 */
static void copy_members(hg_json *to, const hg_json *head)
{
    static const char *const members[] = { "hg", "id", "definition", "resources" };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        hg_json *member = hg_json_get(head, members[i]);
        if (member)
            hg_json_set(to, members[i], hg_json_keep(member));
    }
}

static bool is_head(const hg_json *head)
{
    const hg_json *resources = hg_json_get(head, "resources");
    const char *id = hg_json_get_str(head, "id");
    if (!id || !hg_lexical_name(id) || !hg_json_is_array(resources))
        return false;
    for (size_t i = 0; i < hg_json_len(resources); i++) {
        const char *name = hg_json_get_str(hg_json_at(resources, i), "name");
        if (!name || !hg_lexical_name(name))
            return false;
    }
    return true;
}

hg_status hg_dataset_from_head(hg_dataset **out, const hg_json *head, hg_err *err)
{
    *out = NULL;
    if (!is_head(head))
        return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = "hg.json" },
                       "this is not the head of a dataset");
    hg_status status = dataset_new(out, err);
    if (status == HG_OK)
        copy_members((*out)->head, head);
    return status;
}

hg_json *hg_dataset_head(const hg_dataset *dataset)
{
    hg_json *head = hg_json_object();
    copy_members(head, dataset->head);
    return head;
}

const char *hg_dataset_id(const hg_dataset *dataset)
{
    return hg_json_get_str(dataset->head, "id");
}

const hg_json *hg_dataset_description(const hg_dataset *dataset)
{
    return definition(dataset, "dataset");
}

const hg_json *hg_dataset_recipe(const hg_dataset *dataset)
{
    return definition(dataset, "recipe");
}

const hg_json *hg_dataset_report(const hg_dataset *dataset)
{
    return definition(dataset, "report");
}

static const hg_json *resource(const hg_dataset *dataset, size_t i)
{
    return hg_json_at(hg_json_get(dataset->head, "resources"), i);
}

size_t hg_dataset_tables(const hg_dataset *dataset)
{
    return hg_json_len(hg_json_get(dataset->head, "resources"));
}

const char *hg_dataset_table(const hg_dataset *dataset, size_t i)
{
    return hg_json_get_str(resource(dataset, i), "name");
}

const hg_json *hg_dataset_table_title(const hg_dataset *dataset, size_t i)
{
    const hg_json *description = hg_dataset_description(dataset);
    const hg_json *tables = hg_json_get(description, "tables");
    const char *name = hg_dataset_table(dataset, i);
    for (size_t k = 0; name && k < hg_json_len(tables); k++) {
        const hg_json *table = hg_json_at(tables, k);
        const char *other = hg_json_get_str(table, "name");
        if (other && strcmp(other, name) == 0 && hg_json_get(table, "title"))
            return hg_json_get(table, "title");
    }
    return hg_json_get(description, "title");
}

const hg_json *hg_dataset_schema(const hg_dataset *dataset, size_t i)
{
    return hg_json_get(resource(dataset, i), "schema");
}

const char *hg_dataset_codes(const hg_dataset *dataset, const char *name)
{
    char file[HG_LEXICAL_NAME + 1];
    int n = snprintf(file, sizeof file, "%s.csv", name);
    if (n < 0 || (size_t)n >= sizeof file)
        return NULL;
    return hg_json_get_str(definition(dataset, "codes"), file);
}

const hg_doc *hg_dataset_doc(const hg_dataset *dataset, const char *file)
{
    for (size_t i = 0; i < dataset->n; i++)
        if (strcmp(dataset->files[i].name, file) == 0)
            return dataset->files[i].doc;
    return NULL;
}

void hg_dataset_free(hg_dataset *dataset)
{
    if (!dataset)
        return;
    hg_json_free(dataset->head);
    for (size_t i = 0; i < dataset->n; i++) {
        hg_doc_free(dataset->files[i].doc);
        free(dataset->files[i].name);
    }
    free(dataset->files);
    free(dataset);
}
