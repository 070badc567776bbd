/* checks_formula - the check row-constraint: a formula over a row's fields */
#include "rules/checks_formula.h"

typedef struct row_of {
    const hg_schema *schema;
    const hg_checks_row *row;
} row_of;

static size_t find(void *user, hg_slice name)
{
    const hg_schema *schema = user;
    for (size_t i = 0; i < schema->n; i++)
        if (hg_slice_is(name, schema->fields[i].name))
            return i;
    return SIZE_MAX;
}

static hg_operand number(const hg_numeral *n, hg_slice text)
{
    hg_decimal d;
    char exact[HG_DECIMAL_TEXT];
    if (!hg_numeral_decimal(&d, n))
        return hg_operand_number(text);
    hg_decimal_print(exact, d);
    return hg_operand_number(hg_slice_of(exact));
}

static hg_operand value(void *user, size_t field)
{
    const row_of *r = user;
    hg_slice text = r->row->fields[field];
    const hg_value *v = &r->row->values[field];
    if (r->row->verdicts[field] & HG_CELL_NULL)
        return hg_operand_none();
    if (r->row->verdicts[field] & HG_CELL_TYPE)
        return (hg_operand){ .kind = HG_OPERAND_UNKNOWN };
    switch (r->schema->fields[field].reader.type) {
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
                            const hg_schema *schema, hg_err *err)
{
    return hg_expression_new(out, formula, find, (void *)(uintptr_t)schema, err);
}

bool hg_checks_holds(const hg_expression *formula, const hg_schema *schema,
                     const hg_checks_row *row)
{
    row_of r = { schema, row };
    hg_operand result = hg_expression_value(formula, value, &r);
    return hg_operand_holds(&result);
}
