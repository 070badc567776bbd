/* checks_parts.h - what the files of rules/checks share: a check that was asked for, and the
 * kinds of them. */
#ifndef HG_RULES_CHECKS_PARTS_H
#define HG_RULES_CHECKS_PARTS_H

#include "rules/checks.h"
#include "rules/series.h"
#include "text/expression.h"

typedef struct hg_check_kind hg_check_kind;

/* A check that was asked for. */
typedef struct hg_asked {
    const hg_check_kind *kind;
    const hg_json *json;
    size_t field;           /* of fieldName */
    bool *seen;             /* by value of "values" */
    size_t n_values;
    hg_ledger *rows;        /* duplicate-row */
    hg_series *series;      /* deviated-value: one; deviated-cell: by field */
    hg_decimal expected;    /* sequential-value */
    hg_expression *formula; /* row-constraint */
    bool begun, done;       /* done: nothing more to tell */
} hg_asked;

struct hg_checks {
    hg_checks_opts opts;
    hg_asked *list;
    size_t n;
    hg_buf key;
    unsigned id; /* in the journal */
};

/* A kind of check. Its functions, of which each may be NULL, fail as hg_checks_add() does. */
struct hg_check_kind {
    const char *code;
    bool field, values; /* needs a fieldName, "values" */
    bool by_field;      /* has a series for each field */
    bool in_order;      /* needs one row after the other: not for parts of a table */
    bool numbers;       /* tells of the first cell that is no number, in a field of any type */
    hg_status (*start)(hg_checks *, hg_asked *, hg_err *);
    hg_status (*row)(hg_checks *, hg_asked *, const hg_checks_row *, hg_err *);
    hg_status (*end)(hg_checks *, hg_asked *, uint64_t rows, hg_err *);
};

extern const hg_check_kind hg_check_forbidden, hg_check_required, hg_check_sequential,
    hg_check_duplicate, hg_check_truncated, hg_check_ascii, hg_check_formula,
    hg_check_dimensions, hg_check_value, hg_check_cell;

/* Records of the journal: a value was seen; a point of a series. */
enum { HG_CHECKS_VALUE, HG_CHECKS_POINT };

/* Tell something of the row at hand, as hg_take_check() has it; message has up to two %s. */
hg_status hg_checks_found(const hg_checks *checks, const char *code, size_t column,
                          hg_err *err, const char *message, const char *a, const char *b);
/* The cell of a column (from 0), or of a field, as it may be told. */
hg_excerpt hg_checks_cell(const hg_checks *checks, const hg_checks_row *row, size_t column);
hg_excerpt hg_checks_field(const hg_checks *checks, const hg_checks_row *row, size_t field);
/* What the check says under a key; NULL: no text. */
const char *hg_checks_said(const hg_asked *check, const char *key);

bool hg_checks_null(const hg_checks_row *row, size_t field);
/* The number in a cell of a number's type, or of any. */
bool hg_checks_number(const hg_checks *checks, const hg_checks_row *row, size_t field,
                      hg_numeral *out);
size_t hg_checks_characters(hg_slice cell);

#endif
