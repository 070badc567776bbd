/* crosstab_compute - columns of a crosstab that are computed from two others */
#include "report/crosstab_inside.h"

const hg_form_compute *hg_crosstab_compute(const hg_crosstab *x, size_t figure)
{
    return x->columns.lines[x->leaves[figure % x->n_leaves]].node->compute;
}

/* The figure of the same row in the column with these values. */
static size_t operand(const hg_crosstab *x, const hg_cross_block *b, size_t figure,
                      const hg_form_where *where, size_t n)
{
    uint32_t wanted[HG_FACTS_FIELDS];
    size_t fields;
    hg_facts_fields(x->of.facts, &fields);
    hg_crosstab_coordinates(x, b, figure, fields, wanted);
    for (size_t w = 0; w < n; w++)
        wanted[hg_facts_field(x->of.facts, where[w].field)] =
            hg_facts_id(x->of.facts, hg_slice_of(where[w].values[0]));
    uint32_t place = *hg_crosstab_seek(x, b, wanted, fields);
    return place ? place - 1 : SIZE_MAX;
}

void hg_crosstab_operands(const hg_crosstab *x, const hg_cross_block *b, size_t figure,
                          size_t *of, size_t *to)
{
    const hg_form_compute *c = hg_crosstab_compute(x, figure);
    *of = operand(x, b, figure, c->of, c->n_of);
    *to = operand(x, b, figure, c->to, c->n_to);
}

static bool compute(const hg_form_compute *c, hg_decimal of, hg_decimal to,
                    hg_decimal *out)
{
    hg_decimal change;
    switch (c->way) {
    case HG_COMPUTE_DIFFERENCE:
        return hg_decimal_subtract(&change, of, to) &&
               hg_decimal_round(out, change, c->decimals);
    case HG_COMPUTE_RATIO: return hg_decimal_divide(out, of, to, 0, c->decimals);
    case HG_COMPUTE_SHARE:
    case HG_COMPUTE_INDEX: return hg_decimal_divide(out, of, to, 2, c->decimals);
    case HG_COMPUTE_GROWTH:
        return hg_decimal_subtract(&change, of, to) &&
               hg_decimal_divide(out, change, to, 2, c->decimals);
    }
    return false;
}

/* See that the fields of a computed column are there, so that later look-ups cannot fail.
 */
static hg_status check_compute(const hg_crosstab *x, const hg_form_node *node,
                               hg_err *err)
{
    const hg_json *at = hg_json_get(node->at, "compute");
    const hg_form_compute *c = node->compute;
    for (size_t k = 0; c && k < c->n_of + c->n_to; k++) {
        bool first = k < c->n_of;
        const hg_form_where *w = first ? &c->of[k] : &c->to[k - c->n_of];
        size_t field;
        if (hg_subject_field(&x->of, hg_json_get(at, first ? "of" : "to"), w->field,
                             w->field, &field, err) != HG_OK ||
            hg_subject_id(&x->of, w->values[0], &(uint32_t){ 0 }, err) != HG_OK)
            return err->status;
    }
    return HG_OK;
}

hg_status hg_crosstab_compute_block(const hg_crosstab *x, hg_cross_block *b, hg_err *err)
{
    size_t n = (size_t)b->rows.n * x->n_leaves, of, to;
    for (uint32_t leaf = 0; leaf < x->n_leaves; leaf++)
        if (check_compute(x, x->columns.lines[x->leaves[leaf]].node, err) != HG_OK)
            return err->status;
    for (size_t i = 0; i < n; i++) {
        const hg_form_compute *c = hg_crosstab_compute(x, i);
        hg_figure *f = &b->figures[i];
        if (!c || b->rows.lines[i / x->n_leaves].heading)
            continue;
        *f = (hg_figure){ .compute = true, .status = 'A' };
        hg_crosstab_operands(x, b, i, &of, &to);
        f->number = of != SIZE_MAX && to != SIZE_MAX && b->figures[of].number &&
                    b->figures[to].number &&
                    compute(c, b->figures[of].value, b->figures[to].value, &f->value);
    }
    return HG_OK;
}
