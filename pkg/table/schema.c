/* schema - Table Schema v2 out of JSON: its fields, its keys, and the whole */
#include "table/schema.h"
#include "json/jsonschema.h"
#include "table/schema_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- fields ---- */

size_t hg_schema_field(const hg_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->n; i++)
        if (schema->fields[i].name && strcmp(schema->fields[i].name, name) == 0)
            return i;
    return schema->n;
}

/* That no other field has its name. Version 1 allowed that, which must be taken where fields
 * go by their order; but not where one is meant by its name. */
static hg_status check_name(const hg_schema *schema, size_t field, hg_err *err)
{
    const hg_field *f = &schema->fields[field];
    for (size_t i = 0; i < schema->n; i++)
        if (i != field && schema->fields[i].name && strcmp(schema->fields[i].name, f->name) == 0)
            return hg_schema_wrong(schema, f->json, "name", err,
                                   "there is another field '%s'", f->name, NULL);
    return HG_OK;
}

static hg_status read_fields(hg_schema *schema, hg_err *err)
{
    static const hg_slice empty[] = { { "", 0 } };
    const hg_slice *missing = empty;
    size_t n_missing = 1;
    const hg_json *list = hg_json_get(schema->json, "fields");
    if (!hg_json_is_array(list) || hg_json_len(list) == 0)
        return hg_schema_wrong(schema, schema->json, "fields", err,
                               "the schema has no fields", NULL, NULL);
    hg_status st =
        hg_schema_texts(schema, schema->json, "missingValues", &missing, &n_missing, err);
    if (st != HG_OK)
        return st;
    if (!(schema->fields = hg_schema_take(schema, hg_json_len(list), sizeof *schema->fields, err)))
        return err->status;
    for (size_t i = 0; st == HG_OK && i < hg_json_len(list); i++) {
        hg_field *field = &schema->fields[i];
        *field = (hg_field){ .json = hg_json_at(list, i),
                             .missing = missing,
                             .n_missing = n_missing };
        schema->n++; /* hg_schema_free() looks after its pattern from here on */
        st = hg_schema_field_read(schema, field, err);
        if (st == HG_OK && schema->match != HG_MATCH_EXACT)
            st = check_name(schema, i, err);
    }
    return st;
}

/* ---- keys ---- */

/* Read the names that json holds (one, or an array) as fields. */
static hg_status read_key(hg_schema *schema, const hg_json *json, hg_key *key,
                          hg_err *err)
{
    bool one = hg_json_is_string(json); /* as in Table Schema v1 */
    size_t n = one ? 1 : hg_json_len(json);
    if ((!one && !hg_json_is_array(json)) || n == 0)
        return hg_schema_wrong(schema, json, NULL, err,
                               "an array of field names is needed here", NULL, NULL);
    if (!(key->fields = hg_schema_take(schema, n, sizeof *key->fields, err)))
        return err->status;
    for (; key->n < n; key->n++) {
        const char *name = hg_json_str(one ? json : hg_json_at(json, key->n));
        size_t field = name ? hg_schema_field(schema, name) : schema->n;
        if (field == schema->n)
            return hg_schema_wrong(schema, json, NULL, err, "there is no field '%s'",
                                   name ? name : "", NULL);
        hg_status st = check_name(schema, field, err);
        if (st != HG_OK)
            return st;
        key->fields[key->n] = field;
    }
    return HG_OK;
}

static hg_status read_unique(hg_schema *schema, hg_err *err)
{
    const hg_json *list = hg_json_get(schema->json, "uniqueKeys");
    hg_status st = HG_OK;
    if (!list)
        return HG_OK;
    if (!hg_json_is_array(list))
        return hg_schema_wrong(schema, schema->json, "uniqueKeys", err,
                               "an array is needed here", NULL, NULL);
    if (!(schema->unique = hg_schema_take(schema, hg_json_len(list), sizeof *schema->unique, err)))
        return err->status;
    for (size_t i = 0; st == HG_OK && i < hg_json_len(list); i++)
        st = read_key(schema, hg_json_at(list, i), &schema->unique[schema->n_unique++],
                      err);
    return st;
}

static hg_status read_reference(hg_schema *schema, const hg_json *json, hg_reference *ref,
                                hg_err *err)
{
    const hg_json *to = hg_json_get(json, "reference"),
                  *columns = hg_json_get(to, "fields");
    const char *one = hg_json_str(columns);
    const char *resource = hg_json_get_str(to, "resource");
    *ref = (hg_reference){ .resource = resource ? resource : "", .json = json };
    hg_status st = read_key(schema, hg_json_get(json, "fields"), &ref->key, err);
    if (st != HG_OK)
        return st;
    if ((one ? 1 : hg_json_len(columns)) != ref->key.n)
        return hg_schema_wrong(schema, to ? to : json, to ? "fields" : NULL, err,
                               "as many fields are needed here as in the key", NULL,
                               NULL);
    if (!(ref->columns = hg_schema_take(schema, ref->key.n, sizeof *ref->columns, err)))
        return err->status;
    for (size_t i = 0; i < ref->key.n; i++) {
        ref->columns[i] = one ? one : hg_json_str(hg_json_at(columns, i));
        if (!ref->columns[i])
            return hg_schema_wrong(schema, to, "fields", err, "a string is needed here",
                                   NULL, NULL);
    }
    return HG_OK;
}

static hg_status read_references(hg_schema *schema, hg_err *err)
{
    const hg_json *list = hg_json_get(schema->json, "foreignKeys");
    hg_status st = HG_OK;
    if (!list)
        return HG_OK;
    if (!hg_json_is_array(list))
        return hg_schema_wrong(schema, schema->json, "foreignKeys", err,
                               "an array is needed here", NULL, NULL);
    if (!(schema->references =
              hg_schema_take(schema, hg_json_len(list), sizeof *schema->references, err)))
        return err->status;
    for (size_t i = 0; st == HG_OK && i < hg_json_len(list); i++)
        st = read_reference(schema, hg_json_at(list, i),
                            &schema->references[schema->n_references++], err);
    return st;
}

static hg_status read_match(hg_schema *schema, hg_err *err)
{
    static const char *const names[] = { "exact", "equal", "subset", "superset",
                                         "partial" };
    const hg_json *match = hg_json_get(schema->json, "fieldsMatch");
    const char *name = match ? hg_json_str(match) : names[0];
    if (hg_json_len(match) ==
        1) /* an array of one, as the profile of version 2.0 has it */
        name = hg_json_str(hg_json_at(match, 0));
    for (unsigned i = 0; name && i < 5; i++)
        if (strcmp(name, names[i]) == 0) {
            schema->match = (hg_fields_match)i;
            return HG_OK;
        }
    return hg_schema_wrong(schema, schema->json, "fieldsMatch", err,
                           "'%s' is no way to match fields", name ? name : "", NULL);
}

/* ---- the whole ---- */

static hg_status read_schema(hg_schema *schema, hg_err *err)
{
    static const char *const keys[] = { "fields",      "fieldsMatch", "missingValues",
                                        "primaryKey",  "uniqueKeys",  "foreignKeys",
                                        "rules",       "title",       "name",
                                        "description", "checks",      "privacy",     NULL };
    const hg_json *primary = hg_json_get(schema->json, "primaryKey");
    if (!hg_json_is_object(schema->json))
        return hg_schema_wrong(schema, schema->json, NULL, err,
                               "an object is needed here", NULL, NULL);
    hg_status st = hg_schema_keys(schema, schema->json, keys, true, err);
    if (st == HG_OK)
        st = read_match(schema, err);
    if (st == HG_OK)
        st = read_fields(schema, err);
    if (st == HG_OK && primary)
        st = read_key(schema, primary, &schema->primary, err);
    if (st == HG_OK)
        st = read_unique(schema, err);
    if (st == HG_OK)
        st = read_references(schema, err);
    return st;
}

hg_status hg_schema_new(hg_schema **out, const hg_json *json, const hg_doc *doc,
                        const char *name, hg_err *err)
{
    *out = NULL;
    hg_schema *schema = calloc(1, sizeof *schema);
    if (!schema)
        return hg_fail_nomem(err);
    schema->doc = doc;
    schema->name = name;
    schema->json = hg_json_keep((hg_json *)json);
    schema->rules = hg_json_get(json, "rules");
    hg_status st = read_schema(schema, err);
    if (st == HG_OK)
        *out = schema;
    else
        hg_schema_free(schema);
    return st;
}

void hg_schema_free(hg_schema *schema)
{
    if (!schema)
        return;
    for (size_t i = 0; i < schema->n; i++) {
        hg_pattern_free(schema->fields[i].pattern);
        hg_jsonschema_free(schema->fields[i].json_schema);
    }
    hg_schema_drop(schema);
    hg_json_free(schema->json);
    free(schema);
}
