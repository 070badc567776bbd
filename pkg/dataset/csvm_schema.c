/* csvm_schema - schemas and their columns (w3.org/TR/tabular-metadata, 5.5, 5.6) */
#include "dataset/csvm_reader.h"
#include "text/uritemplate.h"

#include <string.h>

/* ---- columns ---- */

static void take_name(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const char *name = NULL;
    if (!csvm_string(r, object, key, &name))
        return;
    if (name[0] == '_' || !hg_uritemplate_name(hg_slice_of(name)))
        csvm_warn(
            r, object, key,
            "'%s' is no name of a column: letters, digits, _ . and %%HH, no _ in front",
            name);
    else
        ((csvm_column *)to)->name = name;
}

static void take_titles(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_column *column = to;
    column->titles = csvm_texts(r, object, key, &column->n_titles);
}

static void take_virtual(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_boolean(r, object, key, &((csvm_column *)to)->is_virtual);
}

static const csvm_property of_columns[] = {
    { "name", take_name },
    { "suppressOutput", csvm_take_boolean },
    { "titles", take_titles },
    { "virtual", take_virtual },
};
static const csvm_kind column_kind = { "Column", of_columns,
                                       sizeof of_columns / sizeof *of_columns, true };

static void check_name(csvm_reader *r, const csvm_schema *schema,
                       const csvm_column *column)
{
    for (const csvm_column *c = schema->columns; c < column; c++)
        if (c->name && column->name && strcmp(c->name, column->name) == 0) {
            csvm_wrong(r, column->json, "name", "there is another column '%s'",
                       column->name);
            return;
        }
}

static void read_columns(csvm_reader *r, csvm_schema *schema, const hg_json *list)
{
    schema->columns = csvm_new(r, hg_json_len(list), sizeof *schema->columns);
    bool were_virtual = false;
    for (size_t i = 0; schema->columns && i < hg_json_len(list); i++) {
        const hg_json *json = hg_json_at(list, i);
        csvm_column *column = &schema->columns[schema->n];
        if (!hg_json_is_object(json)) {
            csvm_warn(r, schema->json, "columns", "an object is needed here", NULL);
            continue;
        }
        column->json = json;
        csvm_object(r, json, &column_kind, column, &column->inherited, false);
        check_name(r, schema, column);
        if (were_virtual && !column->is_virtual)
            csvm_wrong(r, json, NULL, "virtual columns stand behind all others", NULL);
        were_virtual = were_virtual || column->is_virtual;
        schema->n++;
    }
}

/* ---- schemas ---- */

static void take_columns(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const hg_json *list = hg_json_get(object, key);
    if (hg_json_is_array(list))
        read_columns(r, to, list);
    else
        csvm_warn(r, object, key, "an array is needed here", NULL);
}

static void take_foreign(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    const hg_json *list = hg_json_get(object, key);
    if (!hg_json_is_array(list)) {
        csvm_warn(r, object, key, "an array is needed here", NULL);
        return;
    }
    ((csvm_schema *)to)->foreign = list;
    for (size_t i = 0; i < hg_json_len(list); i++)
        if (!hg_json_is_object(hg_json_at(list, i)))
            csvm_warn(r, object, key, "an object is needed here", NULL);
}

static void take_primary(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    (void)r;
    ((csvm_schema *)to)->primary = hg_json_get(object, key);
}

/* Row titles are for people; but they name columns, which come first. */
static void check_row_titles(csvm_reader *r, const csvm_schema *schema)
{
    const hg_json *value = hg_json_get(schema->json, "rowTitles");
    size_t n = hg_json_is_array(value) ? hg_json_len(value) : 1;
    for (size_t i = 0; value && i < n; i++) {
        const char *name =
            hg_json_str(hg_json_is_array(value) ? hg_json_at(value, i) : value);
        size_t c = 0;
        while (name && c < schema->n &&
               !(schema->columns[c].name && strcmp(schema->columns[c].name, name) == 0))
            c++;
        if (!name || c == schema->n)
            csvm_warn(r, schema->json, "rowTitles", "there is no column '%s'",
                      name ? name : "");
    }
}

static void take_row_titles(csvm_reader *r, void *to, const hg_json *object,
                            const char *key)
{
    (void)r, (void)to, (void)object, (void)key;
}

static const csvm_property of_schemas[] = {
    { "columns", take_columns },
    { "foreignKeys", take_foreign },
    { "primaryKey", take_primary },
    { "rowTitles", take_row_titles },
};
static const csvm_kind schema_kind = { "Schema", of_schemas,
                                       sizeof of_schemas / sizeof *of_schemas, true };

/* Read by the reader's context; NULL: no memory. */
static csvm_schema *read_schema(csvm_reader *r, const hg_json *json, const char *url)
{
    csvm_schema *schema = csvm_new(r, 1, sizeof *schema);
    if (!schema)
        return NULL;
    schema->context = r->context;
    schema->json = json;
    csvm_object(r, json, &schema_kind, schema, &schema->inherited, url != NULL);
    check_row_titles(r, schema);
    const char *id = hg_json_get_str(json, "@id");
    schema->id = id ? csvm_resolve(r, id) : url;
    return schema;
}

static const csvm_schema *find_shared(const csvm_reader *r, const char *url)
{
    for (const csvm_shared *s = r->shared; s; s = s->next)
        if (strcmp(s->url, url) == 0)
            return s->schema;
    return NULL;
}

/* A schema of an address of its own is read once, also where several tables have it. */
static const csvm_schema *shared_schema(csvm_reader *r, const hg_json *object,
                                        const char *key)
{
    csvm_context before = r->context, own = { 0 };
    const char *url = csvm_resolve(r, hg_json_get_str(object, key));
    const csvm_schema *schema = url ? find_shared(r, url) : NULL;
    if (schema || !url || !csvm_load(r, object, key, &url, &own))
        return schema;
    r->context = own;
    csvm_read_context(r, url, false);
    schema = read_schema(r, hg_doc_root(own.doc), url);
    r->context = before;
    csvm_shared *shared = csvm_new(r, 1, sizeof *shared);
    if (shared) {
        *shared = (csvm_shared){ url, schema, r->shared };
        r->shared = shared;
    }
    return schema;
}

void csvm_take_schema(csvm_reader *r, void *to, const hg_json *object, const char *key)
{
    csvm_described *described = to;
    hg_json *value = hg_json_get(object, key);
    if (hg_json_is_string(value))
        described->schema = shared_schema(r, object, key);
    else if (!hg_json_is_object(value))
        csvm_warn(r, object, key, "an object or an address is needed here", NULL);
    if (hg_json_is_string(value))
        return;
    described->schema = read_schema(r, hg_json_is_object(value) ? value : NULL, NULL);
}
