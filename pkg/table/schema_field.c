/* schema_field - a field of a schema: type, options, constraints */
#include "table/schema_parts.h"
#include "text/message.h"

#include <string.h>

/* ---- constraints ---- */

static hg_status read_truth(hg_schema *schema, const hg_json *owner, const char *key,
                            bool *out, hg_err *err)
{
    const hg_json *v = hg_json_get(owner, key);
    if (v && !hg_json_is_bool(v))
        return hg_schema_wrong(schema, owner, key, err, "true or false is needed here",
                               NULL, NULL);
    *out = hg_json_true(v);
    return HG_OK;
}

static hg_status read_length(hg_schema *schema, const hg_json *owner, const char *key,
                             size_t *out, hg_err *err)
{
    int64_t n = hg_json_int(hg_json_get(owner, key), -1);
    if (n < 0)
        return hg_schema_wrong(schema, owner, key, err, "a whole number is needed here",
                               NULL, NULL);
    *out = (size_t)n;
    return HG_OK;
}

static hg_status read_pattern(hg_schema *schema, hg_field *field, const hg_json *owner,
                              hg_err *err)
{
    const char *text = hg_json_get_str(owner, "pattern");
    hg_err why = HG_ERR_INIT;
    if (!text)
        return hg_schema_wrong(schema, owner, "pattern", err, "a string is needed here",
                               NULL, NULL);
    hg_status st = hg_pattern_new(&field->pattern, text, &why);
    if (st != HG_EARG) {
        if (st != HG_OK)
            *err = why;
        return st;
    }
    hg_buf message = { 0 };
    hg_text_err(&message, &why, HG_EN);
    hg_schema_wrong(schema, owner, "pattern", err, "%s", message.data ? message.data : "",
                    NULL);
    hg_buf_release(&message);
    return HG_EARG;
}

static hg_value *bound_of(hg_field *field, unsigned bit)
{
    switch (bit) {
    case HG_CELL_MINIMUM: return &field->minimum;
    case HG_CELL_MAXIMUM: return &field->maximum;
    case HG_CELL_EXCLUSIVE_MINIMUM: return &field->exclusive_minimum;
    default: return &field->exclusive_maximum;
    }
}

static bool suits(const hg_field *field, unsigned bit)
{
    switch (bit) {
    case HG_CELL_MIN_LENGTH:
    case HG_CELL_MAX_LENGTH: return field->reader.length != NULL;
    case HG_CELL_PATTERN: return field->reader.type == HG_STRING;
    case HG_CELL_JSON_SCHEMA:
        return field->reader.type == HG_ARRAY || field->reader.type == HG_OBJECT;
    case HG_CELL_MINIMUM:
    case HG_CELL_MAXIMUM:
    case HG_CELL_EXCLUSIVE_MINIMUM:
    case HG_CELL_EXCLUSIVE_MAXIMUM: return field->reader.ordered;
    default: return true;
    }
}

static hg_status read_constraint(hg_schema *schema, hg_field *field, const hg_json *owner,
                                 unsigned bit, hg_err *err)
{
    const char *name = hg_constraint_name(bit);
    if (!suits(field, bit))
        return hg_schema_wrong(schema, owner, name, err,
                               "the constraint %s cannot be checked for type %s", name,
                               hg_type_name(field->reader.type));
    field->constraints |= bit;
    switch (bit) {
    case HG_CELL_MIN_LENGTH:
        return read_length(schema, owner, name, &field->min_length, err);
    case HG_CELL_MAX_LENGTH:
        return read_length(schema, owner, name, &field->max_length, err);
    case HG_CELL_PATTERN: return read_pattern(schema, field, owner, err);
    case HG_CELL_ENUM:
        return hg_schema_choices(schema, field, owner, name, &field->choices, err);
    case HG_CELL_JSON_SCHEMA: return hg_field_json_read(schema, field, owner, err);
    default:
        return hg_schema_constant(schema, field, hg_json_get(owner, name),
                                  bound_of(field, bit), err);
    }
}

static hg_status read_constraints(hg_schema *schema, hg_field *field, hg_err *err)
{
    static const char *const keys[] = {
        "required",         "unique",  "minLength",  "maxLength",
        "minimum",          "maximum", "pattern",    "exclusiveMinimum",
        "exclusiveMaximum", "enum",    "jsonSchema", NULL
    };
    const hg_json *owner = hg_json_get(field->json, "constraints");
    bool required = false;
    if (!owner)
        return HG_OK;
    if (!hg_json_is_object(owner))
        return hg_schema_wrong(schema, field->json, "constraints", err,
                               "an object is needed here", NULL, NULL);
    hg_status st = hg_schema_keys(schema, owner, keys, false, err);
    if (st == HG_OK)
        st = read_truth(schema, owner, "required", &required, err);
    if (st == HG_OK)
        st = read_truth(schema, owner, "unique", &field->unique, err);
    field->constraints |= required ? HG_CELL_REQUIRED : 0;
    for (unsigned bit = HG_CELL_MIN_LENGTH; st == HG_OK && bit <= HG_CELL_JSON_SCHEMA;
         bit <<= 1)
        if (hg_json_get(owner, hg_constraint_name(bit)))
            st = read_constraint(schema, field, owner, bit, err);
    return st;
}

/* ---- fields ---- */

static hg_status read_char(hg_schema *schema, const hg_json *owner, const char *key,
                           char *out, hg_err *err)
{
    const hg_json *v = hg_json_get(owner, key);
    const char *text = hg_json_str(v);
    if (!v)
        return HG_OK;
    if (!text || strlen(text) > 1)
        return hg_schema_wrong(schema, owner, key, err,
                               "one ASCII character is needed here", NULL, NULL);
    *out = text[0];
    return HG_OK;
}

static hg_status read_options(hg_schema *schema, hg_field *field, hg_err *err)
{
    hg_typed *reader = &field->reader;
    const hg_json *json = field->json, *bare = hg_json_get(json, "bareNumber");
    const char *items = hg_json_get_str(json, "itemType");
    const char *delimiter = hg_json_get_str(json, "delimiter");
    if (reader->type == HG_LIST && items && !hg_typed_items(reader, items))
        return hg_schema_wrong(schema, json, "itemType", err,
                               "a list has no items of type '%s'", items, NULL);
    if (reader->type == HG_LIST && delimiter && delimiter[0] != '\0')
        reader->delimiter = delimiter;
    hg_status st = read_char(schema, json, "decimalChar", &reader->decimal_char, err);
    if (st == HG_OK)
        st = read_char(schema, json, "groupChar", &reader->group_char, err);
    if (st == HG_OK)
        st = hg_schema_texts(schema, json, "trueValues", &reader->true_values,
                             &reader->n_true, err);
    if (st == HG_OK)
        st = hg_schema_texts(schema, json, "falseValues", &reader->false_values,
                             &reader->n_false, err);
    reader->dressed = hg_json_is_bool(bare) && !hg_json_true(bare);
    return st;
}

static hg_status read_type(hg_schema *schema, hg_field *field, hg_err *err)
{
    const hg_json *type = hg_json_get(field->json, "type");
    const hg_json *format = hg_json_get(field->json, "format");
    const char *name = type ? hg_json_str(type) : "any";
    if (!name || !hg_typed_init(&field->reader, name))
        return hg_schema_wrong(schema, field->json, "type", err,
                               "the type '%s' is not known or not supported",
                               name ? name : "", NULL);
    const char *form = format ? hg_json_str(format) : "default";
    if (!form || !hg_typed_format(&field->reader, form))
        return hg_schema_wrong(schema, field->json, "format", err,
                               "the format '%s' is not supported for type %s",
                               form ? form : "", name);
    return read_options(schema, field, err);
}

static hg_status read_categories(hg_schema *schema, hg_field *field, hg_err *err)
{
    if (!hg_json_get(field->json, "categories"))
        return HG_OK;
    if (field->reader.type != HG_STRING && field->reader.type != HG_INTEGER)
        return hg_schema_wrong(schema, field->json, "categories", err,
                               "the constraint %s cannot be checked for type %s",
                               "categories", hg_type_name(field->reader.type));
    bool ordered;
    if (read_truth(schema, field->json, "categoriesOrdered", &ordered, err) != HG_OK)
        return err->status;
    field->constraints |= HG_CELL_CATEGORIES;
    return hg_schema_choices(schema, field, field->json, "categories", &field->categories,
                             err);
}

/* What a field is in a table of observations (SDMX information model, section 5), or of
 * places; for the formats that a package is given. */
static hg_status read_role(hg_schema *schema, const hg_field *field, hg_err *err)
{
    static const char *const roles[] = { "dimension", "time",     "measure", "attribute",
                                         "longitude", "latitude", NULL };
    const hg_json *role = hg_json_get(field->json, "role");
    const char *name = hg_json_str(role);
    if (!role || (name && hg_schema_lists(name, roles)))
        return HG_OK;
    return hg_schema_wrong(schema, field->json, "role", err,
                           "a role is dimension, time, measure, attribute, longitude or "
                           "latitude",
                           NULL, NULL);
}

hg_status hg_schema_field_read(hg_schema *schema, hg_field *field, hg_err *err)
{
    static const char *const keys[] = {
        "name",      "type",       "format",       "title",         "description",
        "example",   "examples",   "constraints",  "categories",    "categoriesOrdered",
        "rdfType",   "titles",     "descriptions", "missingValues", "decimalChar",
        "groupChar", "bareNumber", "trueValues",   "falseValues",   "delimiter",
        "itemType",  "role",       "unit",         "notPersonal",   NULL
    };
    if (!hg_json_is_object(field->json))
        return hg_schema_wrong(schema, field->json, NULL, err, "an object is needed here",
                               NULL, NULL);
    field->name = hg_json_get_str(field->json, "name");
    if (!field->name)
        return hg_schema_wrong(schema, field->json, NULL, err, "the field has no name",
                               NULL, NULL);
    hg_status st = hg_schema_keys(schema, field->json, keys, true, err);
    if (st == HG_OK)
        st = read_type(schema, field, err);
    if (st == HG_OK)
        st = read_role(schema, field, err);
    if (st == HG_OK)
        st = hg_schema_texts(schema, field->json, "missingValues", &field->missing,
                             &field->n_missing, err);
    if (st == HG_OK)
        st = read_constraints(schema, field, err);
    if (st == HG_OK)
        st = read_categories(schema, field, err);
    return st;
}
