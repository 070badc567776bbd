/* draft.h - a first report.json for a table, out of its schema and its data: for a person to
 * go on from (hg-report --init). */
#ifndef HG_REPORT_DRAFT_H
#define HG_REPORT_DRAFT_H

#include "json/json.h"
#include "report/facts.h"
#include "report/labels.h"

/* What a table is drafted from; all of it is the caller's. */
typedef struct hg_draft {
    const hg_json *schema;
    const hg_facts *facts;
    const hg_labels *const *labels; /* per field, NULL: none */
    const char *resource;           /* its name, or NULL for the first of the data set */
    unsigned number;                /* of the table, from 1 */
} hg_draft;

/*
 * A member of "tables". Figures are the fields of the role "measure" or, where no field has
 * a role, the numbers outside the primary key; a status is the field of the code list
 * obs-status; lines come from the primary key, or all other fields. Columns are a period,
 * where there is one of at most 24, or the field with the fewest values; each unit is a
 * block; the rest are rows within rows, the field with the fewest values outside. NULL with
 * HG_EARG: there are no figures; HG_ENOMEM.
 */
hg_json *hg_draft_table(const hg_draft *draft, hg_err *err);

#endif
