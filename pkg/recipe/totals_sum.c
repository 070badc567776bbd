/* totals - figures of a table added up, and held against the sum that it states */
#include "recipe/totals_parts.h"
#include "recipe/numbers.h"

typedef enum figure_is { FIGURE, NONE, UNKNOWN } figure_is;

static figure_is figure_at(const hg_adder *a, uint32_t row, uint32_t col, hg_decimal *out)
{
    hg_figure figure;
    hg_err err = HG_ERR_INIT;
    const hg_cell *cell = hg_grid_at(a->grid, row, col);
    if (!cell)
        return NONE;
    if (hg_numbers_read(&figure, a->s->table, cell, a->styles[col], HG_DECIMALS_ALL, 0, NULL,
                        &err) != HG_OK)
        return UNKNOWN;
    if (figure.status)
        return figure.status == HG_STATUS_NONE ? NONE : UNKNOWN;
    return hg_decimal_read(out, hg_slice_of(figure.text)) ? FIGURE : UNKNOWN;
}

void hg_adder_add(hg_parts_sum *sum, const hg_adder *a, uint32_t row, uint32_t col, bool minus)
{
    hg_decimal part;
    figure_is is = figure_at(a, row, col, &part);
    if (is == FIGURE && minus)
        part.digits = -part.digits;
    if (is == UNKNOWN || (is == FIGURE && !hg_decimal_add(&sum->total, part)))
        sum->unknown = true;
    sum->figures += is == FIGURE;
}

static void report(hg_adder *a, uint32_t row, uint32_t col, hg_decimal sum, hg_slice label)
{
    char text[HG_DECIMAL_TEXT];
    hg_slice stated = hg_grid_at(a->grid, row, col)->text;
    hg_finding f = { .code = "sum-error",
                     .severity = HG_WARNING,
                     .file = a->s->loc->file,
                     .sheet = a->s->loc->sheet,
                     .row = row,
                     .col = col,
                     .value = stated };
    hg_decimal_print(text, sum);
    f.message = "the parts of '%.*s' add up to %s, not to %.*s";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (int)label.n, label.p, text,
                         (int)stated.n, stated.p);
    a->tell(a->with, &f);
}

void hg_adder_compare(const hg_parts_sum *sum, hg_adder *a, uint32_t row, uint32_t col, hg_slice label)
{
    hg_decimal stated;
    size_t figures = sum->figures;
    if (sum->unknown || figures == 0 || figure_at(a, row, col, &stated) != FIGURE)
        return;
    unsigned scale = stated.scale < sum->total.scale ? stated.scale : sum->total.scale;
    if (stated.scale == 0 && sum->total.scale == 0)
        figures = 0; /* whole numbers add up */
    const hg_decimal most = { (int64_t)(5 * (figures + (figures > 0))), scale + 1 };
    if (hg_decimal_near(stated, sum->total, most)) {
        a->right++;
        return;
    }
    a->wrong++;
    if (a->tell)
        report(a, row, col, sum->total, label);
}
