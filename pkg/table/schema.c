/* schema - Table Schema v2 out of JSON, and the judgement of a cell by it */
#include "table/schema.h"
#include "json/jsonschema.h"
#include "table/schema_json.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

struct hg_schema_block {
    struct hg_schema_block *next;
    max_align_t data[];
};

static const struct {
    unsigned bit;
    const char *name;
} constraint_names[] = {
    { HG_CELL_REQUIRED, "required" },
    { HG_CELL_MIN_LENGTH, "minLength" },
    { HG_CELL_MAX_LENGTH, "maxLength" },
    { HG_CELL_MINIMUM, "minimum" },
    { HG_CELL_MAXIMUM, "maximum" },
    { HG_CELL_EXCLUSIVE_MINIMUM, "exclusiveMinimum" },
    { HG_CELL_EXCLUSIVE_MAXIMUM, "exclusiveMaximum" },
    { HG_CELL_PATTERN, "pattern" },
    { HG_CELL_ENUM, "enum" },
    { HG_CELL_JSON_SCHEMA, "jsonSchema" },
    { HG_CELL_CATEGORIES, "categories" },
};

const char *hg_constraint_name(unsigned bit)
{
    for (size_t i = 0; i < sizeof constraint_names / sizeof *constraint_names; i++)
        if (constraint_names[i].bit == bit)
            return constraint_names[i].name;
    return NULL;
}

const char *hg_constraint_message(unsigned bit)
{
    switch (bit) {
    case HG_CELL_REQUIRED: return "a value is required here";
    case HG_CELL_MIN_LENGTH: return "\"%s\" is shorter than minLength %s";
    case HG_CELL_MAX_LENGTH: return "\"%s\" is longer than maxLength %s";
    case HG_CELL_MINIMUM: return "\"%s\" is below the minimum %s";
    case HG_CELL_MAXIMUM: return "\"%s\" is above the maximum %s";
    case HG_CELL_EXCLUSIVE_MINIMUM: return "\"%s\" is not above the exclusiveMinimum %s";
    case HG_CELL_EXCLUSIVE_MAXIMUM: return "\"%s\" is not below the exclusiveMaximum %s";
    case HG_CELL_PATTERN: return "\"%s\" does not fit the pattern %s";
    case HG_CELL_ENUM: return "\"%s\" is not in the enum %s";
    case HG_CELL_JSON_SCHEMA: return "\"%s\" breaks its jsonSchema (%s)";
    default: return "\"%s\" is not in the categories %s";
    }
}

/* ---- mistakes ---- */

hg_status hg_schema_wrong(const hg_schema *schema, const hg_json *value, const char *key,
                          hg_err *err, const char *format, const char *a, const char *b)
{
    if (schema->doc)
        return hg_doc_fail(err, schema->doc, value, key, format, a, b);
    hg_loc loc = { .file = schema->name, .field = key };
    return hg_fail(err, HG_EARG, &loc, format, a, b);
}

static const char *nearest(const char *key, const char *const *keys)
{
    const char *best = NULL;
    unsigned least = 3; /* further apart is another word */
    for (; *keys; keys++) {
        unsigned d = hg_text_distance(key, *keys);
        if (d < least && d < strlen(key) / 2) {
            least = d;
            best = *keys;
        }
    }
    return best;
}

static bool is_one_of(const char *key, const char *const *keys)
{
    while (*keys && strcmp(*keys, key) != 0)
        keys++;
    return *keys != NULL;
}

hg_status hg_schema_keys(const hg_schema *schema, const hg_json *object,
                         const char *const *keys, bool custom, hg_err *err)
{
    for (size_t i = 0; i < hg_json_len(object); i++) {
        const char *key = hg_json_key(object, i);
        if (key[0] == '$' || is_one_of(key, keys))
            continue;
        const char *near = nearest(key, keys);
        if (near)
            return hg_schema_wrong(schema, object, key, err,
                                   "unknown key '%s'; did you mean '%s'?", key, near);
        if (!custom)
            return hg_schema_wrong(schema, object, key, err, "unknown key '%s'", key,
                                   NULL);
    }
    return HG_OK;
}

/* ---- pieces ---- */

/* Zeroed memory that lives as long as the schema; NULL when there is none. */
static void *take(hg_schema *schema, size_t n, size_t size, hg_err *err)
{
    if (n > (SIZE_MAX - sizeof(struct hg_schema_block)) / size) {
        hg_fail_nomem(err);
        return NULL;
    }
    struct hg_schema_block *block = calloc(1, sizeof *block + n * size);
    if (!block) {
        hg_fail_nomem(err);
        return NULL;
    }
    block->next = schema->blocks;
    schema->blocks = block;
    return block->data;
}

/* The text of a constant: a string's own, otherwise its JSON. */
static hg_status constant_text(hg_schema *schema, const hg_json *json, hg_slice *out,
                               hg_err *err)
{
    *out = hg_slice_of(hg_json_str(json));
    if (hg_json_is_string(json))
        return HG_OK;
    hg_buf buf = { 0 };
    hg_status st = hg_json_dump(json, false, &buf, err);
    char *text = st == HG_OK ? take(schema, buf.len + 1, 1, err) : NULL;
    if (text) {
        memcpy(text, buf.data, buf.len);
        *out = (hg_slice){ text, buf.len };
    }
    hg_buf_release(&buf);
    return text ? HG_OK : err->status;
}

/* A constant of the field's type: JSON's own numbers and truths, or text as in a cell. */
static hg_status constant(hg_schema *schema, const hg_field *field, const hg_json *json,
                          hg_value *value, hg_err *err)
{
    hg_slice text;
    hg_typed plain, *reader = NULL;
    hg_status st = constant_text(schema, json, &text, err);
    if (st != HG_OK)
        return st;
    if (hg_json_is_number(json) || hg_json_is_bool(json)) {
        hg_typed_init(&plain, hg_type_name(field->reader.type));
        reader = &plain;
    }
    bool nested = hg_json_is_array(json) || hg_json_is_object(json);
    if ((!nested || field->reader.json) &&
        (reader ? reader : &field->reader)
            ->read(reader ? reader : &field->reader, text, value))
        return HG_OK;
    return hg_schema_wrong(schema, json, NULL, err, "%s is no value of type %s",
                           text.n > 0 ? text.p : "\"\"",
                           hg_type_name(field->reader.type));
}

/* The texts of an array of strings, or of objects with a "value". */
static hg_status texts(hg_schema *schema, const hg_json *array, const char *key,
                       const hg_slice **out, size_t *n, hg_err *err)
{
    const hg_json *list = hg_json_get(array, key);
    if (!list)
        return HG_OK;
    if (!hg_json_is_array(list))
        return hg_schema_wrong(schema, array, key, err, "an array is needed here", NULL,
                               NULL);
    hg_slice *made = take(schema, hg_json_len(list), sizeof *made, err);
    if (!made)
        return err->status;
    for (size_t i = 0; i < hg_json_len(list); i++) {
        const hg_json *item = hg_json_at(list, i);
        const hg_json *text = hg_json_is_object(item) ? hg_json_get(item, "value") : item;
        if (!hg_json_is_string(text))
            return hg_schema_wrong(schema, item, NULL, err, "a string is needed here",
                                   NULL, NULL);
        made[i] = hg_slice_of(hg_json_str(text));
    }
    *out = made;
    *n = hg_json_len(list);
    return HG_OK;
}

/* ---- choices: a sorted array ---- */

/* The place of value among choices, or where it would stand. */
static size_t place_of(const hg_choices *choices, const hg_typed *reader,
                       const hg_value *value, bool *there)
{
    size_t from = 0, to = choices->n;
    *there = false;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int c = reader->compare(value, &choices->values[middle]);
        if (c == 0) {
            *there = true;
            return middle;
        }
        if (c < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

static bool is_choice(const hg_choices *choices, const hg_typed *reader,
                      const hg_value *value)
{
    bool there;
    place_of(choices, reader, value, &there);
    return there;
}

static hg_status read_choices(hg_schema *schema, const hg_field *field,
                              const hg_json *owner, const char *key, hg_choices *out,
                              hg_err *err)
{
    const hg_json *list = hg_json_get(owner, key);
    if (!hg_json_is_array(list) || hg_json_len(list) == 0)
        return hg_schema_wrong(schema, owner, key, err, "an array is needed here", NULL,
                               NULL);
    if (!(out->values = take(schema, hg_json_len(list), sizeof *out->values, err)))
        return err->status;
    for (size_t i = 0; i < hg_json_len(list); i++) {
        const hg_json *item = hg_json_at(list, i);
        hg_value value;
        bool there;
        if (hg_json_is_object(item) && !field->reader.json) /* with a label */
            item = hg_json_get(item, "value");
        if (!item)
            return hg_schema_wrong(schema, list, NULL, err,
                                   "each of these is a value, or an object with one",
                                   NULL, NULL);
        hg_status st = constant(schema, field, item, &value, err);
        if (st != HG_OK)
            return st;
        size_t at = place_of(out, &field->reader, &value, &there);
        memmove(&out->values[at + 1], &out->values[at], (out->n - at) * sizeof value);
        out->values[at] = value;
        out->n++;
    }
    return HG_OK;
}

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
        return read_choices(schema, field, owner, name, &field->choices, err);
    case HG_CELL_JSON_SCHEMA: return hg_field_json_read(schema, field, owner, err);
    default:
        return constant(schema, field, hg_json_get(owner, name), bound_of(field, bit),
                        err);
    }
}

static hg_status read_constraints(hg_schema *schema, hg_field *field, hg_err *err)
{
    static const char *const keys[] = {
        "required",         "unique",  "minLength", "maxLength",
        "minimum",          "maximum", "pattern",   "exclusiveMinimum",
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
    for (unsigned bit = HG_CELL_MIN_LENGTH; st == HG_OK && bit <= HG_CELL_JSON_SCHEMA; bit <<= 1)
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
        st =
            texts(schema, json, "trueValues", &reader->true_values, &reader->n_true, err);
    if (st == HG_OK)
        st = texts(schema, json, "falseValues", &reader->false_values, &reader->n_false,
                   err);
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
    field->constraints |= HG_CELL_CATEGORIES;
    return read_choices(schema, field, field->json, "categories", &field->categories,
                        err);
}

/* What a field is in a table of observations (SDMX information model, section 5), or of
 * places; for the formats that a package is given. */
static hg_status read_role(hg_schema *schema, const hg_field *field, hg_err *err)
{
    static const char *const roles[] = { "dimension", "time",      "measure", "attribute",
                                         "longitude", "latitude", NULL };
    const hg_json *role = hg_json_get(field->json, "role");
    const char *name = hg_json_str(role);
    if (!role || (name && is_one_of(name, roles)))
        return HG_OK;
    return hg_schema_wrong(schema, field->json, "role", err,
                           "a role is dimension, time, measure, attribute, longitude or "
                           "latitude",
                           NULL, NULL);
}

static hg_status read_field(hg_schema *schema, hg_field *field, hg_err *err)
{
    static const char *const keys[] = {
        "name",      "type",       "format",       "title",         "description",
        "example",   "examples",   "constraints",  "categories",    "categoriesOrdered",
        "rdfType",   "titles",     "descriptions", "missingValues", "decimalChar",
        "groupChar", "bareNumber", "trueValues",   "falseValues",   "delimiter",
        "itemType",  "role",       "unit",         "notPersonal", NULL
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
        st = texts(schema, field->json, "missingValues", &field->missing,
                   &field->n_missing, err);
    if (st == HG_OK)
        st = read_constraints(schema, field, err);
    if (st == HG_OK)
        st = read_categories(schema, field, err);
    return st;
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
        texts(schema, schema->json, "missingValues", &missing, &n_missing, err);
    if (st != HG_OK)
        return st;
    if (!(schema->fields = take(schema, hg_json_len(list), sizeof *schema->fields, err)))
        return err->status;
    for (size_t i = 0; st == HG_OK && i < hg_json_len(list); i++) {
        hg_field *field = &schema->fields[i];
        *field = (hg_field){ .json = hg_json_at(list, i),
                             .missing = missing,
                             .n_missing = n_missing };
        schema->n++; /* hg_schema_free() looks after its pattern from here on */
        st = read_field(schema, field, err);
        if (st == HG_OK && hg_schema_field(schema, field->name) != i)
            st = hg_schema_wrong(schema, field->json, "name", err,
                                 "there is another field '%s'", field->name, NULL);
    }
    return st;
}

size_t hg_schema_field(const hg_schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->n; i++)
        if (schema->fields[i].name && strcmp(schema->fields[i].name, name) == 0)
            return i;
    return schema->n;
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
    if (!(key->fields = take(schema, n, sizeof *key->fields, err)))
        return err->status;
    for (; key->n < n; key->n++) {
        const char *name = hg_json_str(one ? json : hg_json_at(json, key->n));
        size_t field = name ? hg_schema_field(schema, name) : schema->n;
        if (field == schema->n)
            return hg_schema_wrong(schema, json, NULL, err, "there is no field '%s'",
                                   name ? name : "", NULL);
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
    if (!(schema->unique = take(schema, hg_json_len(list), sizeof *schema->unique, err)))
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
    if (!(ref->columns = take(schema, ref->key.n, sizeof *ref->columns, err)))
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
              take(schema, hg_json_len(list), sizeof *schema->references, err)))
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
    for (struct hg_schema_block *block = schema->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    hg_json_free(schema->json);
    free(schema);
}

/* ---- judging a cell ---- */

static bool is_missing(const hg_field *field, hg_slice text)
{
    for (size_t i = 0; i < field->n_missing; i++)
        if (text.n == field->missing[i].n && hg_slice_eq(text, field->missing[i]))
            return true;
    return false;
}

static unsigned check_length(const hg_field *field, hg_slice text)
{
    size_t n = field->reader.length(&field->reader, text);
    unsigned bits = field->constraints & HG_CELL_MIN_LENGTH && n < field->min_length
                        ? HG_CELL_MIN_LENGTH
                        : 0;
    if (field->constraints & HG_CELL_MAX_LENGTH && n > field->max_length)
        bits |= HG_CELL_MAX_LENGTH;
    return bits;
}

/* What is not comparable breaks every bound. */
static unsigned check_bounds(const hg_field *field, const hg_value *value)
{
    int (*compare)(const hg_value *, const hg_value *) = field->reader.compare;
    unsigned has = field->constraints, bits = 0;
    int c;
    if (has & HG_CELL_MINIMUM && (c = compare(value, &field->minimum)) != 0 && c != 1)
        bits |= HG_CELL_MINIMUM;
    if (has & HG_CELL_MAXIMUM && compare(value, &field->maximum) > 0)
        bits |= HG_CELL_MAXIMUM;
    if (has & HG_CELL_EXCLUSIVE_MINIMUM && compare(value, &field->exclusive_minimum) != 1)
        bits |= HG_CELL_EXCLUSIVE_MINIMUM;
    if (has & HG_CELL_EXCLUSIVE_MAXIMUM &&
        compare(value, &field->exclusive_maximum) != -1)
        bits |= HG_CELL_EXCLUSIVE_MAXIMUM;
    return bits;
}

static unsigned check_pattern(const hg_field *field, hg_slice text)
{
    switch (hg_pattern_match(field->pattern, text)) {
    case HG_MATCHES: return 0;
    case HG_NO_MATCH: return HG_CELL_PATTERN;
    default: return HG_CELL_TOO_HARD;
    }
}

unsigned hg_field_check(const hg_field *field, hg_slice text, hg_value *value)
{
    unsigned has = field->constraints, bits = 0;
    if (is_missing(field, text))
        return HG_CELL_NULL | (has & HG_CELL_REQUIRED);
    if (!field->reader.read(&field->reader, text, value))
        return HG_CELL_TYPE;
    if ((has & ~(unsigned)HG_CELL_REQUIRED) == 0)
        return 0;
    if (has & (HG_CELL_MIN_LENGTH | HG_CELL_MAX_LENGTH))
        bits |= check_length(field, text);
    if (has & (HG_CELL_MINIMUM | HG_CELL_MAXIMUM | HG_CELL_EXCLUSIVE_MINIMUM |
               HG_CELL_EXCLUSIVE_MAXIMUM))
        bits |= check_bounds(field, value);
    if (has & HG_CELL_PATTERN)
        bits |= check_pattern(field, text);
    if (has & HG_CELL_ENUM && !is_choice(&field->choices, &field->reader, value))
        bits |= HG_CELL_ENUM;
    if (has & HG_CELL_JSON_SCHEMA)
        bits |= hg_field_json_check(field, text);
    if (has & HG_CELL_CATEGORIES && !is_choice(&field->categories, &field->reader, value))
        bits |= HG_CELL_CATEGORIES;
    return bits;
}

void hg_field_constraint(hg_buf *buf, const hg_field *field, const char *constraint)
{
    const hg_json *said =
        hg_json_get(hg_json_get(field->json, "constraints"), constraint);
    hg_err err = HG_ERR_INIT;
    if (!said)
        said = hg_json_get(field->json, constraint);
    if (hg_json_is_string(said))
        hg_buf_puts(buf, hg_json_str(said));
    else if (said && hg_json_dump(said, false, buf, &err) != HG_OK)
        buf->status = HG_ENOMEM;
}
