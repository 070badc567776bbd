/* labels.h - a table's header against its schema: which column holds which field. */
#ifndef HG_RULES_LABELS_H
#define HG_RULES_LABELS_H

#include "rules/tally.h"
#include "table/schema.h"

#define HG_NO_FIELD SIZE_MAX

typedef struct hg_columns {
    size_t *fields; /* by column: a field of the schema, or HG_NO_FIELD */
    size_t n;       /* columns that each row must have; more are extra */
} hg_columns;

/*
 * A schema for labels that come without one: the labels are the fields' names ("field3"
 * for the blank third, "name2" for the second "name"), any text is fine. The caller frees
 * it. HG_ENOMEM.
 */
hg_status hg_labels_schema(hg_json **schema, const hg_slice *labels, size_t n,
                           hg_err *err);

/*
 * Match labels with fields as schema->match says, and tally findings about them:
 * blank-header, unmatched-header, blank-, duplicate-, incorrect-, extra- and
 * missing-label. base has what all of them share: resource and file; row and sheet when
 * known. The caller calls hg_columns_release(). HG_ENOMEM, or what the tally's taker
 * returns.
 */
hg_status hg_labels_match(hg_columns *out, const hg_slice *labels, size_t n,
                          const hg_schema *schema, const hg_finding *base,
                          hg_tally *tally, hg_err *err);
void hg_columns_release(hg_columns *columns);

#endif
