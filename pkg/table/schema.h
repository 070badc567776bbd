/* schema.h - Table Schema v2 out of JSON: fields, types, constraints, keys.
 * https://datapackage.org/standard/table-schema/, read on 2024-06-26 (version 2.0). */
#ifndef HG_TABLE_SCHEMA_H
#define HG_TABLE_SCHEMA_H

#include "json/json.h"
#include "table/value.h"
#include "text/pattern.h"

/*
 * What can be wrong with one cell; hg_field_check() gives them joined. HG_CELL_NULL and
 * HG_CELL_TOO_HARD are no faults of the cell: it has no value, or its pattern could not
 * be matched, or its jsonSchema checked, within limits, so that nothing can be said.
 */
enum {
    HG_CELL_TYPE = 1 << 0,
    HG_CELL_REQUIRED = 1 << 1,
    HG_CELL_MIN_LENGTH = 1 << 2,
    HG_CELL_MAX_LENGTH = 1 << 3,
    HG_CELL_MINIMUM = 1 << 4,
    HG_CELL_MAXIMUM = 1 << 5,
    HG_CELL_EXCLUSIVE_MINIMUM = 1 << 6,
    HG_CELL_EXCLUSIVE_MAXIMUM = 1 << 7,
    HG_CELL_PATTERN = 1 << 8,
    HG_CELL_ENUM = 1 << 9,
    HG_CELL_JSON_SCHEMA = 1 << 10,
    HG_CELL_CATEGORIES = 1 << 11,
    HG_CELL_NULL = 1 << 12,
    HG_CELL_TOO_HARD = 1 << 13
};
#define HG_CELL_CONSTRAINTS (HG_CELL_NULL - 1 - HG_CELL_TYPE)
/* "minimum" for HG_CELL_MINIMUM …; NULL for a bit that is no constraint. */
const char *hg_constraint_name(unsigned bit);
/* What a cell that breaks it is told of; the arguments are the cell and the limit. */
const char *hg_constraint_message(unsigned bit);

/* Values, to look one up. */
typedef struct hg_choices {
    hg_value *values;
    size_t n;
    bool sorted; /* false: some of them have no order, as P1M and P30D */
} hg_choices;

typedef struct hg_field {
    const char *name;
    const hg_json *json; /* as it was written */
    hg_typed reader;
    unsigned constraints; /* the HG_CELL_ bits that this field can break */
    bool unique;
    hg_value minimum, maximum, exclusive_minimum, exclusive_maximum;
    size_t min_length, max_length; /* characters */
    hg_pattern *pattern;
    struct hg_jsonschema *json_schema;
    hg_choices choices, categories;
    const hg_slice *missing; /* texts that stand for no value */
    size_t n_missing;
} hg_field;

/* Fields by their index in the schema. */
typedef struct hg_key {
    size_t *fields;
    size_t n;
} hg_key;

/* foreignKeys: the fields must be found in those columns of a resource; "" is this one.
 */
typedef struct hg_reference {
    hg_key key;
    const char *resource;
    const char **columns; /* key.n of them */
    const hg_json *json;
} hg_reference;

/* How labels meet fields (fieldsMatch). */
typedef enum hg_fields_match {
    HG_MATCH_EXACT,    /* the same, in the same order */
    HG_MATCH_EQUAL,    /* the same, in any order */
    HG_MATCH_SUBSET,   /* the data have every field, and may have more */
    HG_MATCH_SUPERSET, /* the data have no other fields, and may have fewer */
    HG_MATCH_PARTIAL   /* at least one field is there */
} hg_fields_match;

typedef struct hg_schema {
    hg_field *fields;
    size_t n;
    hg_fields_match match;
    hg_key primary;
    hg_key *unique; /* uniqueKeys */
    size_t n_unique;
    hg_reference *references;
    size_t n_references;
    const hg_json *rules; /* ours: rules/sums.h */
    /* for messages about it: */
    const hg_doc *doc; /* NULL when the schema came with a stream */
    const char *name;
    /* its own: */
    hg_json *json;
    struct hg_schema_block *blocks;
} hg_schema;

/*
 * Read a schema. doc is the document that holds json and must outlive the schema, or
 * NULL; name (which must outlive it too) then stands for the file in messages. HG_EARG,
 * with the place: it is wrong, or it asks for a type, format, constraint or key that is
 * not known here. HG_ENOMEM.
 */
hg_status hg_schema_new(hg_schema **out, const hg_json *json, const hg_doc *doc,
                        const char *name, hg_err *err);
void hg_schema_free(hg_schema *schema); /* NULL is fine */

/* The index of a field; schema->n if there is none of that name. */
size_t hg_schema_field(const hg_schema *schema, const char *name);

/* Fail with HG_EARG at the place of value, or its member key. format has up to two %s. */
hg_status hg_schema_wrong(const hg_schema *schema, const hg_json *value, const char *key,
                          hg_err *err, const char *format, const char *a, const char *b);
/* Fail unless object's keys are among keys (closed by NULL). custom: others are fine, but
 * not one that looks like a misspelt key. */
hg_status hg_schema_keys(const hg_schema *schema, const hg_json *object,
                         const char *const *keys, bool custom, hg_err *err);

/* Whether a text stands for no value. */
bool hg_field_missing(const hg_field *field, hg_slice text);

/* Judge a cell. value is set unless HG_CELL_NULL or HG_CELL_TYPE is among the bits. 0:
 * all is well. text must be valid UTF-8. Allocates nothing, but for a jsonSchema. */
unsigned hg_field_check(const hg_field *field, hg_slice text, hg_value *value);

/* Append what the schema says of a constraint, as text: "0", "[\"T\",\"M\"]". */
void hg_field_constraint(hg_buf *buf, const hg_field *field, const char *constraint);
/* Append what text, which breaks the field's jsonSchema, breaks there: "/a: type". */
void hg_field_json_broken(hg_buf *buf, const hg_field *field, hg_slice text);

#endif
