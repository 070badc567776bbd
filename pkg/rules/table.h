/* table.h - the rows of one table against its schema: cells, keys, references, sums. */
#ifndef HG_RULES_TABLE_H
#define HG_RULES_TABLE_H

#include "rules/checks.h"
#include "rules/labels.h"
#include "rules/places.h"
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
    hg_team *team;       /* for what takes all rows; may be NULL */
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

/*
 * Rows may be screened before (rules/screen.h), and those found good are then given, n one
 * after the other, with hg_table_digests() digests each - those of their keys, then those of
 * hg_references_look(), then those of hg_table_look() - and of each of them n_cells cells: where
 * rows are located or hg_table_told() names columns, the first one and those of these
 * columns, otherwise none. Where there are no digests, there are no cells either. Not for a serial
 * table, some of whose rules need all of each row. Call hg_table_first() with the number of the
 * first row after hg_table_from(). Rows that are good may still have to go through
 * hg_table_row() for what was before them: hg_table_in_order() tells how many of n do not; so
 * many are given. Fails as hg_table_row() does.
 */
bool hg_table_serial(const hg_table *table);
void hg_table_first(hg_table *table, uint64_t number);
/* The i-th column, from 1, whose cells findings at the end may tell; 0 after the last. */
size_t hg_table_told(const hg_table *table, size_t i);
size_t hg_table_digests(const hg_table *table);
size_t hg_table_in_order(const hg_table *table, const hg_hash *digests, size_t n);
hg_status hg_table_good(hg_table *table, const hg_hash *digests, const hg_slice *cells,
                        size_t n_cells, size_t n, uint64_t number, hg_err *err);
/* What checks and sums need of a row; NULL: there are none, and no row to look at. Whether a row,
 * in which no cell is wrong, keeps them as far as it tells; out gets their digests. */
const hg_needs *hg_table_needs(const hg_table *table);
bool hg_table_look(const hg_table *table, const hg_rule_row *row, hg_hash *out);
const hg_table_opts *hg_table_options(const hg_table *table);
/* The digest of a key whose values, by field, were read; space is for working in. HG_EINPUT:
 * they are over a limit; HG_ENOMEM. */
hg_status hg_table_hash(hg_hash *out, hg_buf *space, hg_seed seed, const hg_schema *schema,
                        const hg_key *key, const hg_value *values, hg_err *err);
const hg_references *hg_table_references(const hg_table *table); /* NULL: it has none */
/* The i-th of the keys that no two rows may share; NULL after the last. */
const hg_key *hg_table_key(const hg_table *table, size_t i);

/* When parts are merged (rules/journal.h): rows that went by in one of them, and the files and
 * sheets so far. */
void hg_table_passed(hg_table *table, uint64_t rows);
uint32_t hg_table_places(const hg_table *table);

/* Check what needs all rows; or, of a part, write down what is known of all its rows. Fail as
 * hg_table_row() does. */
hg_status hg_table_end(hg_table *table, hg_err *err);
hg_status hg_table_part_end(hg_table *table, hg_err *err);
void hg_table_free(hg_table *table); /* NULL is fine */

#endif
