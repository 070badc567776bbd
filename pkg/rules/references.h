/* references.h - foreign keys: into code lists, other tables, and the table itself. */
#ifndef HG_RULES_REFERENCES_H
#define HG_RULES_REFERENCES_H

#include "rules/codes.h"
#include "rules/ledger.h"
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

/* A row, by the schema's fields. */
typedef struct hg_reference_row {
    const hg_slice *cells;
    const unsigned *verdicts; /* of hg_field_check() */
    uint64_t number;
} hg_reference_row;

/* Take a row's own keys, which any row may refer to. */
hg_status hg_references_add(hg_references *refs, const hg_reference_row *row,
                            hg_err *err);
/*
 * Does the row's i-th foreign key lead somewhere? Without a value, yes; where it is the
 * table itself, that is known at the end: yes, and hg_references_next() tells.
 */
hg_status hg_references_check(hg_references *refs, size_t i, const hg_reference_row *row,
                              bool *there, hg_err *err);
bool hg_references_own(const hg_references *refs, size_t i); /* it is the table itself */
bool hg_references_field(const hg_references *refs, size_t field); /* one has to do with it */

/*
 * Rows may be looked at before, by several threads, each with its own copy of the schema: does
 * every key of a row lead somewhere, as far as that is known before the end? cells, by field, are
 * valid; out gets the digests with which the row is then entered, of which each row has as many;
 * space is for working in. False where it cannot be told, too.
 */
size_t hg_references_digests(const hg_references *refs);
bool hg_references_look(const hg_references *refs, const hg_schema *schema,
                        const hg_slice *cells, hg_buf *space, hg_hash *out);
/* Enter n such rows, one after the other, each's digests stride behind those of the one before:
 * as hg_references_add() and hg_references_check() would. */
hg_status hg_references_enter(hg_references *refs, const hg_hash *digests, size_t stride,
                              size_t n, uint64_t number, hg_err *err);

/* After all rows: those whose i-th key, of the table itself, leads nowhere, in their order;
 * HG_END after the last. team may be NULL. */
hg_status hg_references_end(hg_references *refs, size_t i, hg_team *team, hg_err *err);
hg_status hg_references_next(hg_references *refs, size_t i, uint64_t *number, hg_err *err);
void hg_references_free(hg_references *refs); /* NULL is fine */

#endif
