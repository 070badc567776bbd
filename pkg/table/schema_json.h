/* schema_json.h - the constraint "jsonSchema" of arrays and objects. */
#ifndef HG_TABLE_SCHEMA_JSON_H
#define HG_TABLE_SCHEMA_JSON_H

#include "table/schema.h"

/* Make the field's jsonSchema ready, out of owner's member of that name. */
hg_status hg_field_json_read(hg_schema *schema, hg_field *field, const hg_json *owner,
                             hg_err *err);
/* 0, HG_CELL_JSON_SCHEMA, or HG_CELL_TOO_HARD where it cannot be checked. */
unsigned hg_field_json_check(const hg_field *field, hg_slice text);

#endif
