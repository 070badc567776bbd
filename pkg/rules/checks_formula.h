/* checks_formula.h - the check row-constraint: a formula over a row's fields. */
#ifndef HG_RULES_CHECKS_FORMULA_H
#define HG_RULES_CHECKS_FORMULA_H

#include "rules/checks.h"
#include "text/expression.h"

/* A formula whose names are fields of the schema; those get a need. HG_EARG: it is wrong;
 * HG_ENOMEM. */
hg_status hg_checks_formula(hg_expression **out, const char *formula,
                            const hg_schema *schema, hg_needs *needs, hg_err *err);

/* Whether the row keeps it. Numbers and years are numbers, booleans truths, others texts;
 * an empty cell has no value, one of another type than its field's is not known. */
bool hg_checks_holds(const hg_expression *formula, const hg_rule_row *row);

#endif
