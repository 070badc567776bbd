/* csvm - metadata about tables: groups and tables (w3.org/TR/tabular-metadata, 5.3, 5.4)
 */
#include "dataset/csvm_reader.h"

#include <stdlib.h>
#include <string.h>

/* ---- transformations, which are looked at only ---- */

static void take_source(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    static const char *const choices[] = { "json", "rdf", NULL };
    (void)to;
    if (!hg_json_is_null(hg_json_get(object, key)))
        csvm_choice(r, object, key, choices);
}

static void take_titles(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    size_t n;
    (void)to;
    csvm_texts(r, object, key, &n);
}

static const csvm_property of_templates[] = {
    { "url", csvm_take_link },          { "scriptFormat", csvm_take_link },
    { "targetFormat", csvm_take_link }, { "source", take_source },
    { "titles", take_titles },
};
static const csvm_kind template_kind = { "Template", of_templates,
                                         sizeof of_templates / sizeof *of_templates,
                                         true };

void csvm_take_transformations(csvm_reader *r, void *to, const hg_json *object,
                               const char *key)
{
    static const char *const needed[] = { "url", "scriptFormat", "targetFormat" };
    const hg_json *list = hg_json_get(object, key);
    (void)to;
    if (!hg_json_is_array(list)) {
        csvm_warn(r, object, key, "an array is needed here", NULL);
        return;
    }
    for (size_t i = 0; i < hg_json_len(list); i++) {
        const hg_json *item = hg_json_at(list, i);
        if (!hg_json_is_object(item)) {
            csvm_warn(r, object, key, "an object is needed here", NULL);
            continue;
        }
        csvm_object(r, item, &template_kind, NULL, NULL, false);
        for (size_t k = 0; k < sizeof needed / sizeof *needed; k++)
            if (!hg_json_get(item, needed[k]))
                csvm_wrong(r, item, NULL, "'%s' is needed here", needed[k]);
    }
}

/* ---- tables and groups ---- */

static void take_url(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const char *text = NULL;
    if (csvm_string(r, object, key, &text) && *text != '\0')
        ((csvm_described *)to)->url = csvm_resolve(r, text);
}

static void take_dialect(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_dialect(r, to, object, key);
}

static void take_tables(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const hg_json *list = hg_json_get(object, key);
    if (hg_json_is_array(list))
        ((csvm_described *)to)->tables = list;
    else
        csvm_warn(r, object, key, "an array is needed here", NULL);
}

static const csvm_property of_tables[] = {
    { "url", take_url },
    { "dialect", take_dialect },
    { "notes", csvm_take_notes },
    { "suppressOutput", csvm_take_boolean },
    { "tableDirection", csvm_take_direction },
    { "tableSchema", csvm_take_schema },
    { "transformations", csvm_take_transformations },
};
static const csvm_kind table_kind = { "Table", of_tables,
                                      sizeof of_tables / sizeof *of_tables, true };

static const csvm_property of_groups[] = {
    { "tables", take_tables },           { "dialect", take_dialect },
    { "notes", csvm_take_notes },        { "tableDirection", csvm_take_direction },
    { "tableSchema", csvm_take_schema }, { "transformations", csvm_take_transformations },
};
static const csvm_kind group_kind = { "TableGroup", of_groups,
                                      sizeof of_groups / sizeof *of_groups, true };

static void read_table(csvm_reader *r, csvm_described *table, const hg_json *json,
                       bool top)
{
    table->json = json;
    csvm_object(r, json, &table_kind, table, &table->inherited, top);
    if (!table->url)
        csvm_wrong(r, json, hg_json_get(json, "url") ? "url" : NULL,
                   "'%s' is needed here", "url");
}

/* Tables that are objects, out of the group's list. */
static csvm_described *read_tables(csvm_reader *r, const csvm_described *group, size_t *n)
{
    csvm_described *tables = csvm_new(r, hg_json_len(group->tables), sizeof *tables);
    *n = 0;
    for (size_t i = 0; tables && i < hg_json_len(group->tables); i++) {
        const hg_json *json = hg_json_at(group->tables, i);
        if (hg_json_is_object(json))
            read_table(r, &tables[(*n)++], json, false);
        else
            csvm_warn(r, group->json, "tables", "an object is needed here", NULL);
    }
    if (*n == 0)
        csvm_wrong(r, group->json, group->tables ? "tables" : NULL,
                   "there is no table here, and at least one is needed", NULL);
    return tables;
}

/* A table alone is a group of one. */
static void read_root(csvm_reader *r, const hg_json *root)
{
    csvm_described group = { .json = root }, *tables = csvm_new(r, 1, sizeof *tables);
    size_t n = 1;
    if (!tables)
        return;
    if (hg_json_get(root, "url") && !hg_json_get(root, "tables")) {
        read_table(r, tables, root, true);
    } else {
        csvm_object(r, root, &group_kind, &group, &group.inherited, true);
        tables = read_tables(r, &group, &n);
    }
    if (r->err->status == HG_OK && !r->csvm->wrong)
        csvm_resolve_tables(r, &group, tables, n);
}

static hg_status read_document(csvm_reader *r, const char *file, const char *url)
{
    hg_err why = HG_ERR_INIT;
    if (hg_doc_load(&r->context.doc, file, &why) == HG_EARG) {
        csvm_told(r, HG_ERROR, "metadata-error", NULL, &why);
        return r->err->status;
    }
    if (why.status != HG_OK) {
        *r->err = why;
        return why.status;
    }
    csvm_own_doc(r, r->context.doc);
    const hg_json *root = hg_doc_root(r->context.doc);
    if (!hg_json_is_object(root)) {
        csvm_wrong(r, root, NULL, "an object is needed here", NULL);
    } else if (r->err->status == HG_OK) {
        csvm_read_context(r, url, true);
        read_root(r, root);
    }
    return r->err->status;
}

hg_status hg_csvm_read(hg_csvm **out, const char *file, const char *url,
                       const hg_csvm_opts *opts, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    csvm_reader r = { .csvm = *out, .opts = opts, .err = err };
    hg_status st = read_document(&r, file, url);
    if (st == HG_OK)
        return st;
    hg_csvm_free(*out);
    *out = NULL;
    return st;
}

hg_status hg_csvm_plain(hg_csvm **out, const char *url, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    csvm_reader r = { .csvm = *out, .err = err };
    hg_buf text = { 0 };
    hg_buf_puts(&text, url);
    csvm_described group = { 0 }, table = { .url = csvm_keep(&r, &text) };
    hg_buf_release(&text);
    if (table.url)
        csvm_resolve_tables(&r, &group, &table, 1);
    return err->status;
}
