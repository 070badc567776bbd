/* table.h - the rows of one table against its schema: cells, keys, references, sums. */
#ifndef HG_RULES_TABLE_H
#define HG_RULES_TABLE_H

#include "rules/checks.h"
#include "rules/keys.h"
#include "rules/labels.h"
#include "rules/privacy.h"
#include "rules/references.h"
#include "rules/tally.h"
#include "table/row.h"

typedef struct hg_table hg_table;

/* Everything is the caller's and outlives the table. */
typedef struct hg_table_opts {
    const char *resource;
    const hg_schema *schema;
    const hg_columns *columns;
    const hg_json *head; /* where code lists are (stream.h); may be NULL */
    hg_find_keys *find;  /* tables that foreign keys lead to; may be NULL */
    void *user;          /* its */
    const hg_json *checks; /* besides those of the schema (rules/checks.h); may be NULL */
    hg_budget *budget;   /* of keys and sums */
    hg_tally *tally;
    const hg_privacy *privacy; /* NULL: personal data are not looked for */
} hg_table_opts;

/* HG_EARG: a rule or a reference of the schema is wrong or cannot be checked; HG_EINPUT:
 * over budget; HG_ENOMEM. */
hg_status hg_table_new(hg_table **out, const hg_table_opts *opts, hg_err *err);

/*
 * Tell where the rows that follow come from: consecutive rows from at on (row 0: not
 * known) of the named file; or, where they are located, each the cell that its own first
 * cell names, which is then no data. file outlives the table; at is copied. HG_ENOMEM.
 */
hg_status hg_table_from(hg_table *table, const char *file, const hg_origin *at,
                        bool located, hg_err *err);

/*
 * Check a row, given in order: row->number counts the header. Valid UTF-8. HG_EINPUT:
 * something could not be checked (memory, a pattern too hard, a number too long to sum);
 * HG_ENOMEM, or what the tally's taker returns.
 */
hg_status hg_table_row(hg_table *table, const hg_row *row, hg_err *err);

/* Check what needs all rows. Fails as hg_table_row() does. */
hg_status hg_table_end(hg_table *table, hg_err *err);
void hg_table_free(hg_table *table); /* NULL is fine */

/* The cell that "D17" names; false if text names none. */
bool hg_cell_read(hg_slice text, uint64_t *row, uint32_t *col);

#endif
