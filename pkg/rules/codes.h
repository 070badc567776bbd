/* codes.h - foreign keys into the code lists of a dataset's definition. */
#ifndef HG_RULES_CODES_H
#define HG_RULES_CODES_H

#include "rules/keys.h"
#include "table/schema.h"

/*
 * The keys that a foreign key may have. Its resource is "codes/NAME", and the list is the
 * text definition.codes["NAME.csv"] of head (stream.h). HG_EARG: there is no such list or
 * column, the list is no CSV, or the reference is to another kind of resource, which
 * cannot be checked here. HG_EINPUT: over budget; HG_ENOMEM.
 */
hg_status hg_codes_load(hg_keys **out, const hg_schema *schema,
                        const hg_reference *reference, const hg_json *head,
                        hg_budget *budget, hg_err *err);

/*
 * Put together the key of some cells, which stand for the fields of a reference: equal for
 * values that are equal by the types of those fields, and, where a cell is no such value,
 * for equal texts. key is cleared first.
 */
void hg_codes_key(hg_buf *key, const hg_schema *schema, const hg_reference *reference,
                  const hg_slice *cells, const size_t *columns);

/* Find the columns of a reference among labels; those of another resource, or its own.
 * HG_EARG: one is not there. columns has room for reference->key.n. */
hg_status hg_codes_columns(size_t *columns, const hg_schema *schema,
                           const hg_reference *reference, const hg_slice *labels,
                           size_t n, hg_err *err);

#endif
