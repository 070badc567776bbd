/* sums.h - statistical rules: a total is the sum of its parts.
 *
 * In schema.json, beside Table Schema's own members:
 *   "rules": [ { "type": "sum", "field": "gia_tri", "dimension": "gioi_tinh",
 *                "total": "T", "parts": ["M", "F"], "where": { "don_vi": "nghin_nguoi" },
 *                "tolerance": "0.1", "severity": "warning" } ]
 * Rows that are equal in every field of the primary key but the dimension make a group.
 * In a group that has a value for the total and for each part, the total is their sum, or
 * differs from it by at most the tolerance (0). where: only rows with these texts;
 * severity: "error" unless said otherwise. Arithmetic is decimal and exact.
 */
#ifndef HG_RULES_SUMS_H
#define HG_RULES_SUMS_H

#include "rules/budget.h"
#include "rules/rulerow.h"
#include "table/finding.h"

/* One rule and the values seen so far, 72 bytes each, in memory or, beyond the budget, on disk. */
typedef struct hg_sum hg_sum;

/*
 * Read a rule; index is its place in the schema's "rules". schema outlives it. HG_EARG:
 * it is wrong, is of an unknown type, or the schema has no primary key with its
 * dimension; HG_ENOMEM.
 */
hg_status hg_sum_new(hg_sum **out, const hg_schema *schema, size_t index,
                     hg_budget *budget, hg_err *err);

size_t hg_sum_field(const hg_sum *sum); /* the summed field, in the schema */

void hg_sum_needs(const hg_sum *sum, hg_needs *needs); /* adds what it needs of rows */

/* Where the summed field's cell is. */
typedef struct hg_sum_at {
    uint64_t number;  /* of its row */
    hg_origin origin; /* of sheet only whether there is one is kept */
    uint32_t place;   /* a number of the caller's for source and sheet */
} hg_sum_at;

/* Take a row into account. HG_EINPUT: the budget is used up and there is no disk, or a number has
 * more than 18 digits; HG_ESYS, HG_ENOMEM. */
hg_status hg_sum_add(hg_sum *sum, const hg_rule_row *row, const hg_sum_at *at, hg_err *err);

/* The same in two steps: several threads look at rows with nothing wrong in their cells, and put
 * out digests (false: it takes hg_sum_add(), which tells why), with which rows are then entered
 * in their order. */
#define HG_SUM_DIGESTS 2
bool hg_sum_look(const hg_sum *sum, const hg_rule_row *row, hg_hash *out);
hg_status hg_sum_enter(hg_sum *sum, const hg_hash *digests, const hg_sum_at *at, hg_err *err);

/* A group whose total is off. */
typedef struct hg_sum_off {
    uint64_t number; /* of the total's row */
    hg_origin at;    /* of the total's cell; without sheet */
    uint32_t place;
    hg_severity severity;
    size_t field;    /* the summed one, in the schema */
    char value[HG_DECIMAL_TEXT]; /* the total */
    char sum[HG_DECIMAL_TEXT];   /* what its parts come to */
    char parts[256];             /* "M 379.5 (D17) + F 390.3 (E17)" */
} hg_sum_off;

/* Fetch the next group that is off, in the order in which they were first met; HG_END
 * after the last. Call when all rows were added. HG_EINPUT: a sum has more than 18
 * digits; HG_ESYS, HG_ENOMEM. */
hg_status hg_sum_next(hg_sum *sum, hg_sum_off *off, hg_err *err);

void hg_sum_free(hg_sum *sum); /* NULL is fine */

#endif
