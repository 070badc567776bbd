/* checks.h - checks that a table gets when asked for, by frictionless's names.
 *
 * An array of objects, of --checks or of a schema's "checks":
 *   { "type": "duplicate-row" }             a row is that of another, told at the end
 *   { "type": "forbidden-value", "fieldName": F, "values": […] }
 *   { "type": "required-value", "fieldName": F, "values": […] }     each in some row
 *   { "type": "sequential-value", "fieldName": F }      each number one more than the
 * last { "type": "deviated-value", "fieldName": F, "interval": 3, "average": "mean" }
 *       over so many standard deviations from the mean, the median or the mode
 *   { "type": "deviated-cell", "interval": 3, "ignoreFields": […] }
 *       longer by as many than the column's median, and over 5000 characters
 *   { "type": "truncated-value" }           255 characters, or a computer's largest
 * number { "type": "ascii-value" }               only ASCII { "type": "row-constraint",
 * "formula": "tong == nam + nu" }      see text/expression.h { "type":
 * "table-dimensions", "numRows", "minRows", "maxRows", "numFields", … } A check that is
 * not known, wrong, or of a field that is not there or not numeric, is a finding of its
 * own: check-error. Blank rows are told by themselves and not looked at.
 */
#ifndef HG_RULES_CHECKS_H
#define HG_RULES_CHECKS_H

#include "rules/ledger.h"
#include "rules/places.h"
#include "rules/rulerow.h"
#include "table/finding.h"

/* Takes a finding that has code, message and arguments; column is that of the row at hand
 * (from 1), 0: the row as a whole; HG_CHECKS_TABLE: the table. */
#define HG_CHECKS_TABLE SIZE_MAX
typedef hg_status hg_take_check(void *user, const hg_finding *finding, size_t column,
                                hg_err *err);

/* Likewise on a row that went by; or on one of a part (rules/journal.h), with its place,
 * of which index, row and col are known, and its value. */
typedef hg_status hg_take_check_row(void *user, const hg_finding *finding,
                                    uint64_t number, hg_err *err);
typedef hg_status hg_take_check_at(void *user, const hg_finding *finding, uint64_t number,
                                   size_t column, const hg_place *place, hg_err *err);

typedef struct hg_checks_opts {
    const hg_schema *schema;
    const size_t *columns; /* by field: its column from 1; 0: none */
    size_t n_columns;      /* of the table */
    hg_budget *budget;
    hg_needs *needs; /* of rows that are looked at before: checks add theirs */
    hg_team *team;   /* for what takes all rows; may be NULL */
    hg_take_check *take;
    hg_take_check_row *take_row;
    hg_take_check_at *take_at;
    hg_place (*place)(void *user, size_t column);                /* in the row at hand */
    hg_slice (*shown)(void *user, size_t column, hg_slice cell); /* as it may be told */
    void *user;
} hg_checks_opts;

typedef struct hg_checks hg_checks;

/* No checks yet. opts is copied, what it has outlives the checks. HG_ENOMEM. */
hg_status hg_checks_new(hg_checks **out, const hg_checks_opts *opts, hg_err *err);
/* Add those of an array, which outlives them. Fails with HG_EARG: it is none; HG_EINPUT:
 * over budget; HG_ENOMEM, or what take returns. */
hg_status hg_checks_add(hg_checks *checks, const hg_json *list, hg_err *err);

/* Look at a row, and at the end at the whole of rows rows, or at that of a part
 * (journal.h). Fail as hg_checks_add() does. */
hg_status hg_checks_row_next(hg_checks *checks, const hg_rule_row *row, hg_err *err);
hg_status hg_checks_end(hg_checks *checks, uint64_t rows, hg_err *err);
hg_status hg_checks_part_end(hg_checks *checks, hg_err *err);

/*
 * Rows with nothing wrong in their cells may be looked at before, by several threads:
 * does a row keep every check, as far as that is known before the end? Of fields that are
 * not needed nothing is read. out gets the digests with which the row is then entered, of
 * which each row has as many. False where it cannot be told, too: hg_checks_row_next()
 * decides.
 */
size_t hg_checks_digests(const hg_checks *checks);
bool hg_checks_look(const hg_checks *checks, const hg_rule_row *row, hg_hash *out);
/* How many of n such rows, one after the other, each's digests stride behind those of the
 * one before, are still good where those before them are known; then enter so many. Fails
 * as hg_checks_row_next() does. */
size_t hg_checks_in_order(const hg_checks *checks, const hg_hash *digests, size_t stride,
                          size_t n);
hg_status hg_checks_enter(hg_checks *checks, const hg_hash *digests, size_t stride,
                          size_t n, uint64_t number, hg_err *err);
bool hg_checks_later(const hg_checks *checks); /* the end tells of rows that went by */

void hg_checks_free(hg_checks *checks); /* NULL is fine */

#endif
