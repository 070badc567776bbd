/* totals - the sums that a table writes out: "3=1+2" in its ruler, "(02=03+04)" in labels */
#include "recipe/ruler.h"
#include "recipe/totals_parts.h"

/* The column of that number in the ruler; 0: none. */
static uint32_t column_numbered(const hg_adder *a, hg_slice name)
{
    size_t n;
    const hg_cell *cells = hg_grid_row(a->grid, a->lines->ruler, &n);
    int number = hg_ruler_number(name);
    for (size_t i = 0; i < n; i++)
        if (hg_heading_column(a->heading, cells[i].col) == HG_COLUMN_VALUE &&
            hg_ruler_number(cells[i].text) == number)
            return cells[i].col;
    return 0;
}

static void add_columns(hg_adder *a, const hg_cell *cell)
{
    hg_slice total;
    hg_ruler_part parts[HG_RULER_PARTS];
    uint32_t columns[HG_RULER_PARTS];
    size_t n = hg_ruler_sum(cell->text, &total, parts);
    for (size_t k = 0; k < n; k++)
        if (!(columns[k] = column_numbered(a, parts[k].name)))
            return;
    for (size_t i = 0; n > 0 && i < a->lines->n; i++) {
        const hg_line *line = &a->lines->list[i];
        hg_parts_sum sum = { 0 };
        for (size_t k = 0; k < n; k++)
            hg_adder_add(&sum, a, line->row, columns[k], parts[k].minus);
        if (line->valued)
            hg_adder_compare(&sum, a, line->row, cell->col, cell->text);
    }
}

/* The code of a line: the digits in a column of labels that are not its label. */
static bool has_code(const hg_adder *a, const hg_line *line, hg_slice code)
{
    size_t n;
    const hg_cell *cells = hg_grid_row(a->grid, line->row, &n);
    for (size_t i = 0; i < n; i++)
        if (&cells[i] != line->label && hg_slice_eq(cells[i].text, code) &&
            hg_heading_column(a->heading, cells[i].col) != HG_COLUMN_VALUE)
            return true;
    return false;
}

static const hg_line *line_coded(const hg_adder *a, hg_slice code)
{
    for (size_t i = 0; i < a->lines->n; i++)
        if (a->lines->list[i].valued && has_code(a, &a->lines->list[i], code))
            return &a->lines->list[i];
    return NULL;
}

static void add_lines(hg_adder *a, const hg_line *line)
{
    hg_slice total;
    hg_ruler_part parts[HG_RULER_PARTS];
    const hg_line *lines[HG_RULER_PARTS];
    size_t n = hg_ruler_sum(line->label->text, &total, parts);
    if (n == 0 || !has_code(a, line, total))
        return;
    for (size_t k = 0; k < n; k++)
        if (!(lines[k] = line_coded(a, parts[k].name)))
            return;
    for (uint32_t col = 1; col <= a->heading->last; col++) {
        hg_parts_sum sum = { 0 };
        if (a->heading->columns[col] != HG_COLUMN_VALUE)
            continue;
        for (size_t k = 0; k < n; k++)
            hg_adder_add(&sum, a, lines[k]->row, col, parts[k].minus);
        hg_adder_compare(&sum, a, line->row, col, line->label->text);
    }
}

void hg_totals_formulas(hg_adder *a)
{
    size_t n;
    const hg_cell *cells = a->lines->ruler ? hg_grid_row(a->grid, a->lines->ruler, &n) : NULL;
    for (size_t i = 0; cells && i < n; i++)
        if (hg_heading_column(a->heading, cells[i].col) == HG_COLUMN_VALUE)
            add_columns(a, &cells[i]);
    for (size_t i = 0; i < a->lines->n; i++)
        if (a->lines->list[i].valued && a->lines->list[i].label)
            add_lines(a, &a->lines->list[i]);
}
