/* checks_formula - the check row-constraint: a formula over a row's fields */
#include "rules/checks_formula.h"

typedef struct names {
    const hg_schema *schema;
    hg_needs *needs;
} names;

static size_t find(void *user, hg_slice name)
{
    const names *n = user;
    for (size_t i = 0; i < n->schema->n; i++)
        if (hg_slice_is(name, n->schema->fields[i].name)) {
            hg_need_field(n->needs, i, HG_NEED_VALUE);
            return i;
        }
    return SIZE_MAX;
}

static hg_operand number(const hg_numeral *n, hg_slice text)
{
    hg_decimal d;
    return hg_numeral_decimal(&d, n) ? hg_operand_decimal(d) : hg_operand_number(text);
}

static hg_operand value(void *user, size_t field)
{
    const hg_rule_row *row = user;
    hg_slice text = row->fields[field];
    const hg_value *v = &row->values[field];
    if (row->verdicts[field] & HG_CELL_NULL)
        return hg_operand_none();
    if (row->verdicts[field] & HG_CELL_TYPE)
        return (hg_operand){ .kind = HG_OPERAND_UNKNOWN };
    switch (row->schema->fields[field].reader.type) {
    case HG_NUMBER:
    case HG_INTEGER: return number(&v->number, text);
    case HG_BOOLEAN: return hg_operand_truth(v->moment.whole != 0);
    case HG_YEAR:
    case HG_ANY: {
        hg_operand n = hg_operand_number(text);
        return n.kind == HG_OPERAND_UNKNOWN ? hg_operand_text(text) : n;
    }
    default: return hg_operand_text(text);
    }
}

hg_status hg_checks_formula(hg_expression **out, const char *formula,
                            const hg_schema *schema, hg_needs *needs, hg_err *err)
{
    names n = { schema, needs };
    return hg_expression_new(out, formula, find, &n, err);
}

bool hg_checks_holds(const hg_expression *formula, const hg_rule_row *row)
{
    hg_operand result = hg_expression_value(formula, value, (void *)(uintptr_t)row);
    return hg_operand_holds(&result);
}
