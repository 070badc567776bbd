/* checks_parts.h - what the files of rules/checks share: a check that was asked for, and
 * the kinds of them. */
#ifndef HG_RULES_CHECKS_PARTS_H
#define HG_RULES_CHECKS_PARTS_H

#include "rules/checks.h"
#include "rules/journal.h"
#include "rules/lengths.h"
#include "rules/series.h"
#include "text/expression.h"

#include <stdatomic.h>

typedef struct hg_check_kind hg_check_kind;

/* A constant of "values", read once. */
typedef struct hg_constant {
    char *text; /* of the JSON; value borrows from it */
    hg_value value;
    bool is; /* it is of the field's type */
    atomic_bool seen;
} hg_constant;

/* A check that was asked for. */
typedef struct hg_asked {
    const hg_check_kind *kind;
    const hg_json *json;
    size_t field;           /* of fieldName */
    hg_constant *constants; /* "values" */
    size_t n_constants;
    hg_ledger *rows;        /* duplicate-row */
    hg_seed seed;           /* likewise */
    hg_series *series;      /* deviated-value */
    hg_lengths *lengths;    /* deviated-cell */
    bool *ignored;          /* likewise: by field */
    hg_decimal expected;    /* sequential-value */
    hg_expression *formula; /* row-constraint */
    size_t n_digests;       /* that look puts out */
    bool begun;
    bool part;        /* of a part of a table: records are written */
    atomic_bool done; /* nothing more to tell */
} hg_asked;

struct hg_checks {
    hg_checks_opts opts;
    hg_asked *list;
    size_t n;
    unsigned id; /* in the journal */
};

/*
 * A kind of check. Its functions, of which each may be NULL, fail as hg_checks_add()
 * does. What row sees in good rows, others do in three steps: look, by any thread, is
 * false where row must decide, and puts out what the next steps need; in_order, before
 * they are entered, tells how many of n rows may be; enter takes them.
 */
struct hg_check_kind {
    const char *code;
    bool field, values; /* needs a fieldName, "values" */
    bool whole_rows;    /* looks at all cells, by column */
    hg_status (*start)(hg_checks *, hg_asked *, hg_err *);
    hg_status (*row)(hg_checks *, hg_asked *, const hg_rule_row *, hg_err *);
    size_t (*digests)(const hg_checks *); /* that look puts out; NULL: none */
    bool (*look)(const hg_asked *, const hg_rule_row *, hg_hash *out);
    size_t (*in_order)(const hg_asked *, const hg_hash *, size_t stride, size_t n);
    hg_status (*enter)(hg_checks *, hg_asked *, const hg_hash *, size_t stride, size_t n,
                       uint64_t number, hg_err *);
    hg_status (*part)(hg_checks *, hg_asked *, hg_err *); /* the end of a part */
    hg_status (*replay)(hg_checks *, hg_asked *, hg_slice record, hg_before, hg_err *);
    hg_status (*end)(hg_checks *, hg_asked *, uint64_t rows, hg_err *);
};

extern const hg_check_kind hg_check_forbidden, hg_check_required, hg_check_sequential,
    hg_check_duplicate, hg_check_truncated, hg_check_ascii, hg_check_formula,
    hg_check_dimensions, hg_check_value, hg_check_cell;

size_t hg_checks_one(const hg_checks *checks); /* 1: a kind's digests */

/* Begin a record of a check for the journal, which replay gets; hg_journal_end() ends it.
 */
hg_buf *hg_checks_record(const hg_checks *checks, const hg_asked *check);
bool hg_checks_writes(const hg_checks *checks); /* records, as of a part */

/* Tell something of the row at hand, as hg_take_check() has it; message has up to two %s.
 */
hg_status hg_checks_found(const hg_checks *checks, const char *code, size_t column,
                          hg_err *err, const char *message, const char *a, const char *b);
/* The cell of a column (from 0), or of a field, as it may be told. */
hg_excerpt hg_checks_cell(const hg_checks *checks, const hg_rule_row *row, size_t column);
hg_excerpt hg_checks_field(const hg_checks *checks, const hg_rule_row *row, size_t field);
/* What the check says under a key; NULL: no text. */
const char *hg_checks_said(const hg_asked *check, const char *key);

bool hg_checks_null(const hg_rule_row *row, size_t field);
/* The number in a cell of a number's type, or of any. */
bool hg_checks_number(const hg_rule_row *row, size_t field, hg_decimal *out);

#endif
