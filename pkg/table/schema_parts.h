/* schema_parts.h - what the files of table/schema share. */
#ifndef HG_TABLE_SCHEMA_PARTS_H
#define HG_TABLE_SCHEMA_PARTS_H

#include "table/schema.h"

/* Zeroed memory for n of something, which lives as long as the schema. NULL: HG_ENOMEM. */
void *hg_schema_take(hg_schema *schema, size_t n, size_t size, hg_err *err);
void hg_schema_drop(hg_schema *schema); /* all of that */

/* Whether key is in a list that NULL closes. */
bool hg_schema_lists(const char *key, const char *const *keys);

/* Read one of the schema's fields, which has its json and its missing values so far. */
hg_status hg_schema_field_read(hg_schema *schema, hg_field *field, hg_err *err);

/* ---- values that a schema holds; all fail as hg_schema_new() does ---- */

/* A constant of the field's type: JSON's own numbers and truths, or text as in a cell. */
hg_status hg_schema_constant(hg_schema *schema, const hg_field *field, const hg_json *json,
                             hg_value *value, hg_err *err);
/* The texts of owner's member: an array of strings, or of objects with a "value". Unchanged
 * where there is no such member. */
hg_status hg_schema_texts(hg_schema *schema, const hg_json *owner, const char *key,
                          const hg_slice **out, size_t *n, hg_err *err);
/* The values of owner's member: an array of constants, or of objects with a "value". */
hg_status hg_schema_choices(hg_schema *schema, const hg_field *field, const hg_json *owner,
                            const char *key, hg_choices *out, hg_err *err);
bool hg_choices_have(const hg_choices *choices, const hg_typed *reader,
                     const hg_value *value);

/* ---- jsonSchema, of arrays and objects ---- */

/* Make the field's jsonSchema ready, out of owner's member of that name. */
hg_status hg_field_json_read(hg_schema *schema, hg_field *field, const hg_json *owner,
                             hg_err *err);
/* 0, HG_CELL_JSON_SCHEMA, or HG_CELL_TOO_HARD where it cannot be checked. */
unsigned hg_field_json_check(const hg_field *field, hg_slice text);

#endif
