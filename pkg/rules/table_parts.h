/* table_parts.h - what the files of rules/table share. */
#ifndef HG_RULES_TABLE_PARTS_H
#define HG_RULES_TABLE_PARTS_H

#include "rules/sums.h"
#include "rules/table.h"

/* Fields whose values no two rows may share. */
typedef struct unique {
    hg_key key;
    bool primary;
    hg_ledger *seen;
} unique;

struct hg_table {
    hg_table_opts opts;
    const hg_schema *schema;
    /* of the row at hand, by field: */
    hg_slice *cells;
    hg_value *values;
    unsigned *verdicts;
    /* by field: its column from 1; 0 if it has none */
    size_t *columns;
    size_t *fields; /* 0, 1, 2 …: a field's index as a key of one */
    unique *uniques;
    size_t n_uniques;
    hg_references *references; /* NULL: there are none */
    hg_checks *checks;         /* likewise */
    hg_needs needs;            /* of checks and sums */
    uint64_t rows;
    hg_sum **sums;
    size_t n_sums;
    hg_buf key;
    hg_places *places;
    size_t *told; /* fields whose cells a finding at the end may tell */
    size_t n_told;
    hg_slice *texts;   /* of them, in the row at hand */
    const hg_row *row; /* at hand */
    hg_private hidden; /* the cell last told, where it is personal */
};

/* The cell that names a located row's place. */
hg_slice hg_table_first_cell(const hg_table *table);
/* The last of the fields of a foreign key, at which it is told. */
size_t hg_table_last_field(const hg_reference *reference);
/* The index in told of a field; n_told if its cells are not told. */
size_t hg_table_told_index(const hg_table *table, size_t field);
/* Whether a finding at the end may tell the cell of a field, by its index in told, in the row
 * at hand. */
bool hg_table_may_be_told(const hg_table *table, size_t told);
/* Where a sum's cell is in a row, of which first is the first cell. */
hg_sum_at hg_table_sum_at(const hg_table *table, const hg_sum *sum, uint64_t number,
                          hg_slice first);

/* ---- findings; a column is counted from 1, 0 is the row as a whole ---- */

/* The cell of a field as it may be told. */
hg_slice hg_table_shown(hg_table *table, size_t field);
/* A finding on the row at hand, with its place. */
hg_finding hg_table_finding(hg_table *table, const char *code, size_t column);
/* A finding on a row, in a column, with its place. */
hg_finding hg_table_finding_at(const hg_table *table, const char *code, uint64_t number,
                               size_t column, const hg_place *place);
/* The same on a row that went by; told is an index into told, or what tells no cell. Fails as
 * hg_table_row() does. */
hg_status hg_table_finding_later(hg_table *table, hg_finding *out, const char *code,
                                 uint64_t number, size_t column, size_t told, hg_err *err);
/* Tell something of the row at hand; message has up to two %s. */
hg_status hg_table_found(hg_table *table, const char *code, size_t column, hg_err *err,
                         const char *message, const char *a, const char *b);
/* Tell what is wrong with the cell of a field. */
hg_status hg_table_found_cell(hg_table *table, size_t field, hg_err *err);
const char *hg_table_code(const unique *unique); /* of two rows that share it */

#endif
