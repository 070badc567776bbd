/* crosstab_sums - totals of a crosstab, compared with the sums of their parts */
#include "report/crosstab_inside.h"

#include <stdlib.h>
#include <string.h>

size_t hg_crosstab_part(const hg_crosstab *x, const hg_cross_block *b,
                        const hg_form_sum *sum, size_t figure, size_t i)
{
    uint32_t wanted[HG_FACTS_FIELDS];
    size_t fields, field = hg_facts_field(x->of.facts, sum->field);
    hg_facts_fields(x->of.facts, &fields);
    hg_crosstab_coordinates(x, b, figure, fields, wanted);
    wanted[field] = hg_facts_id(x->of.facts, hg_slice_of(sum->parts[i]));
    uint32_t place = *hg_crosstab_seek(x, b, wanted, fields);
    return place ? place - 1 : SIZE_MAX;
}

/* The exact sum of a figure's parts; false unless each part is on the page as a number.
 */
static bool add_up(const hg_crosstab *x, const hg_cross_block *b, const hg_form_sum *sum,
                   size_t figure, hg_decimal *total)
{
    *total = (hg_decimal){ 0 };
    for (size_t i = 0; i < sum->n_parts; i++) {
        size_t part = hg_crosstab_part(x, b, sum, figure, i);
        if (part == SIZE_MAX || !b->figures[part].number ||
            !hg_decimal_add(total, b->figures[part].value))
            return false;
    }
    return true;
}

/*
 * The most by which a published total may differ from the sum of its parts: what the rule
 * says; or half a unit of the last place for each figure, where the block's figures have
 * decimals and so have been rounded; or nothing, for whole numbers are counts.
 */
static hg_decimal tolerance(const hg_cross_block *b, const hg_form_sum *sum)
{
    hg_decimal most = { 0 };
    if (sum->tolerance && hg_decimal_read(&most, hg_slice_of(sum->tolerance)))
        return most;
    if (b->decimals > 0 && b->decimals < HG_DECIMAL_DIGITS)
        most = (hg_decimal){ 5 * (int64_t)(sum->n_parts + 1), b->decimals + 1 };
    return most;
}

/* Whether a sum is about a figure: its row has the values that "where" asks for. */
static bool concerns(const hg_crosstab *x, const hg_form_sum *sum,
                     const hg_figure *figure)
{
    for (size_t w = 0; figure->row && w < sum->n_where; w++) {
        size_t field = hg_facts_field(x->of.facts, sum->where[w].field), fields;
        hg_facts_fields(x->of.facts, &fields);
        if (field == fields ||
            !hg_slice_is(hg_facts_text(x->of.facts,
                                       hg_facts_at(x->of.facts, figure->row - 1)[field]),
                         sum->where[w].values[0]))
            return false;
    }
    return true;
}

static hg_status differs(const hg_crosstab *x, const hg_form_sum *sum, const hg_figure *f,
                         hg_decimal total, hg_err *err)
{
    hg_loc loc = hg_crosstab_place(f->row - 1, x->table->value);
    char published[HG_DECIMAL_TEXT], computed[HG_DECIMAL_TEXT];
    hg_decimal_print(published, f->value);
    hg_decimal_print(computed, total);
    return hg_fail(
        err, HG_EREFUSED, &loc,
        "the published total %s is not the sum of its parts, %s ('%s' is '%s')",
        published, computed, sum->field, sum->total);
}

/* On a form, a total whose parts are all on the page is a formula, 0 until they are
 * filled. */
static hg_status foresee(const hg_crosstab *x, hg_cross_block *b, size_t s, size_t figure)
{
    const hg_form_sum *sum = &b->form->sums[s];
    hg_figure *f = &b->figures[figure];
    for (size_t i = 0; i < sum->n_parts; i++)
        if (hg_crosstab_part(x, b, sum, figure, i) == SIZE_MAX)
            return HG_OK;
    if (concerns(x, sum, f) && f->sum == 0) {
        f->sum = (unsigned char)(s + 1);
        f->number = true;
    }
    return HG_OK;
}

/* Compare a published total with the sum s of its parts; compute one that the data lack.
 */
static hg_status compare(hg_crosstab *x, hg_cross_block *b, size_t s, size_t figure,
                         hg_err *err)
{
    const hg_form_sum *sum = &b->form->sums[s];
    hg_figure *f = &b->figures[figure];
    hg_decimal total;
    if (x->of.form->blank)
        return foresee(x, b, s, figure);
    if (!concerns(x, sum, f) || !add_up(x, b, sum, figure, &total))
        return HG_OK;
    if (!f->row && !f->number)
        *f = (hg_figure){ .status = 'A', .number = true, .value = total };
    if (!f->number)
        return HG_OK;
    if (hg_decimal_compare(f->value, total) == 0) {
        f->sum = f->sum ? f->sum : (unsigned char)(s + 1);
        return HG_OK;
    }
    x->rounded = true;
    return hg_decimal_near(f->value, total, tolerance(b, sum))
               ? HG_OK
               : differs(x, sum, f, total, err);
}

hg_status hg_crosstab_check_sums(hg_crosstab *x, hg_cross_block *b, hg_err *err)
{
    size_t n = (size_t)b->rows.n * x->n_leaves, fields;
    hg_facts_fields(x->of.facts, &fields);
    if (b->form->n_sums > UINT8_MAX)
        return hg_doc_fail(err, x->of.form->doc, b->form->at, "sums", "over %d sums",
                           UINT8_MAX);
    for (size_t s = 0; s < b->form->n_sums; s++) {
        const hg_form_sum *sum = &b->form->sums[s];
        size_t field;
        uint32_t total, at[HG_FACTS_FIELDS];
        if (hg_subject_field(&x->of, sum->at, "field", sum->field, &field, err) !=
                HG_OK ||
            hg_subject_id(&x->of, sum->total, &total, err) != HG_OK)
            return err->status;
        for (size_t p = 0; p < sum->n_parts; p++) /* so that later look-ups cannot fail */
            if (hg_subject_id(&x->of, sum->parts[p], &(uint32_t){ 0 }, err) != HG_OK)
                return err->status;
        for (size_t i = 0; i < n; i++) {
            if (b->rows.lines[i / x->n_leaves].heading)
                continue;
            hg_crosstab_coordinates(x, b, i, fields, at);
            if (at[field] == total && compare(x, b, s, i, err) != HG_OK)
                return err->status;
        }
    }
    return HG_OK;
}

bool hg_crosstab_column_sum(const hg_crosstab *x, const hg_form_sum *sum, uint32_t leaf,
                            uint32_t *parts)
{
    size_t fields, field = hg_facts_field(x->of.facts, sum->field);
    hg_facts_fields(x->of.facts, &fields);
    const uint32_t *total = hg_crosstab_at(x, leaf);
    if (field == fields ||
        total[field] != hg_facts_id(x->of.facts, hg_slice_of(sum->total)))
        return false;
    for (size_t p = 0; p < sum->n_parts; p++) {
        uint32_t wanted[HG_FACTS_FIELDS], i = 0;
        memcpy(wanted, total, fields * sizeof *wanted);
        wanted[field] = hg_facts_id(x->of.facts, hg_slice_of(sum->parts[p]));
        while (i < x->n_leaves &&
               memcmp(hg_crosstab_at(x, i), wanted, fields * sizeof *wanted) != 0)
            i++;
        if (i == x->n_leaves)
            return false;
        parts[p] = i;
    }
    return true;
}
