/* references.h - foreign keys: into code lists, other tables, and the table itself. */
#ifndef HG_RULES_REFERENCES_H
#define HG_RULES_REFERENCES_H

#include "rules/codes.h"
#include "table/row.h"

/* Gives the keys of a table that is neither a code list nor the one at hand, as
 * hg_codes_load() does. */
typedef hg_status hg_find_keys(void *user, hg_keys **out, const hg_schema *schema,
                               const hg_reference *reference, hg_budget *budget,
                               hg_err *err);

typedef struct hg_references_opts {
    const hg_schema *schema;
    const hg_json *head; /* where code lists are; may be NULL */
    hg_find_keys *find;  /* NULL: only code lists and the table itself can be referred to */
    void *user;
    hg_budget *budget;
} hg_references_opts;

typedef struct hg_references hg_references;

/* What opts has outlives it. HG_EARG: a reference is wrong, or cannot be checked;
 * HG_EINPUT: over budget; HG_ENOMEM. */
hg_status hg_references_new(hg_references **out, const hg_references_opts *opts,
                            hg_err *err);

/* A row; at and place are told again by hg_references_next(). */
typedef struct hg_reference_row {
    const hg_slice *cells;    /* by field */
    const unsigned *verdicts; /* of hg_field_check() */
    uint64_t number;
    hg_origin at; /* of the key's last cell; without sheet */
    uint32_t place;
} hg_reference_row;

/* Take a row's own keys, which rows before and after it may refer to. Call first. */
hg_status hg_references_add(hg_references *refs, const hg_reference_row *row,
                            hg_err *err);
/*
 * Does the row's i-th foreign key lead somewhere? Without a value, yes; where it is the
 * table itself, a key that is not there yet may come: yes, and hg_references_next() tells.
 */
hg_status hg_references_check(hg_references *refs, size_t i, const hg_reference_row *row,
                              bool *there, hg_err *err);

/* After all rows: the next that leads nowhere, in their order. HG_END after the last. */
typedef struct hg_reference_off {
    size_t reference;
    uint64_t number;
    hg_origin at;
    uint32_t place;
    hg_slice value; /* the key's last cell */
} hg_reference_off;
hg_status hg_references_next(hg_references *refs, hg_reference_off *off);
void hg_references_free(hg_references *refs); /* NULL is fine */

#endif
