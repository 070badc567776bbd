/* rulerow.h - a row as rules see it, and what they need of it. */
#ifndef HG_RULES_RULEROW_H
#define HG_RULES_RULEROW_H

#include "table/row.h"
#include "table/schema.h"

typedef struct hg_rule_row {
    const hg_slice *cells; /* by column, without _at */
    size_t n;
    const hg_schema *schema; /* the thread's own */
    const hg_slice *fields;  /* cells by field */
    const hg_value *values;
    const unsigned *verdicts; /* of hg_field_check() */
    uint64_t number;
    hg_buf *space; /* for working in */
} hg_rule_row;

typedef enum hg_need {
    HG_NEED_NOTHING,
    HG_NEED_CELL, /* and whether it has a value */
    HG_NEED_VALUE
} hg_need;

typedef struct hg_needs {
    hg_need *fields; /* by field */
    bool cells;      /* all, by column */
} hg_needs;

static inline void hg_need_field(hg_needs *needs, size_t field, hg_need need)
{
    if (needs->fields[field] < need)
        needs->fields[field] = need;
}

#endif
