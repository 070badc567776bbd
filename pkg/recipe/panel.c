/* panel - tables that stand side by side */
#include "recipe/panel.h"
#include "recipe/numbers.h"

#include <string.h>

#define MAX_ROWS 1000 /* below the headings that are looked at */

typedef struct finder {
    const hg_region *region;
    const hg_sayings *s;
    const hg_grid *grid;
    uint32_t end, cols; /* the first row behind what is looked at */
} finder;

static bool has_values(const finder *f, uint32_t row)
{
    size_t n;
    const hg_cell *cells = hg_grid_row(f->grid, row, &n);
    for (size_t i = 0; i < n; i++)
        if (hg_numbers_is_value(f->s->table, &cells[i]))
            return true;
    return false;
}

/* The first blank row below a row of values. */
static uint32_t end_of(const finder *f)
{
    uint32_t rows = hg_grid_rows(f->grid), row = f->region->bottom + 1;
    bool values = false;
    for (; row <= rows && row - f->region->bottom < MAX_ROWS; row++) {
        size_t n;
        hg_grid_row(f->grid, row, &n);
        if (n == 0 && values)
            break;
        values = values || has_values(f, row);
    }
    return row;
}

/* Nothing stands in the column, its headings and those merged over it aside. */
static bool is_blank(const finder *f, uint32_t col)
{
    for (uint32_t row = f->region->top; row < f->end; row++)
        if (hg_grid_at(f->grid, row, col) ||
            (row == f->region->bottom && hg_grid_spread(f->grid, row, col)))
            return false;
    return true;
}

/* The lowest heading over a column, or NULL. */
static const hg_cell *heading_of(const finder *f, uint32_t col)
{
    const hg_cell *cell = NULL;
    for (uint32_t row = f->region->bottom; row >= f->region->top && row > 0 && !cell;
         row--)
        cell = hg_grid_spread(f->grid, row, col);
    return cell;
}

static bool same(const hg_cell *a, const hg_cell *b)
{
    return a && b && a != b &&
           hg_slice_eq(hg_label_bare(a->text), hg_label_bare(b->text));
}

/* Tell whether a column holds labels, or values: more of them than of the others. */
static void holds(const finder *f, uint32_t col, bool *labels, bool *values)
{
    size_t texts = 0, numbers = 0;
    for (uint32_t row = f->region->bottom + 1; row < f->end; row++) {
        const hg_cell *cell = hg_grid_at(f->grid, row, col);
        if (cell && hg_numbers_is_value(f->s->table, cell))
            numbers++;
        else if (cell)
            texts++;
    }
    *labels = texts > numbers && texts > 1;
    *values = numbers > texts;
}

/* Columns first to last begin with labels that stand beside values. */
static bool is_table(const finder *f, uint32_t first, uint32_t last)
{
    bool labels, values, any = false;
    for (uint32_t col = first + 1; col <= last; col++) {
        holds(f, col, &labels, &values);
        any = any || values;
    }
    holds(f, first, &labels, &values);
    return labels && any;
}

/* The recipe names a heading over one of the columns: of a label column, or in "heading".
 */
static bool is_named(const finder *f, uint32_t first, uint32_t last)
{
    const hg_recipe_table *t = f->s->table;
    for (uint32_t row = f->region->top; row <= f->region->bottom; row++) {
        size_t n;
        const hg_cell *cells = hg_grid_row(f->grid, row, &n);
        for (size_t i = 0; i < n; i++) {
            if (cells[i].col < first || cells[i].col > last)
                continue;
            if (hg_recipe_fits(&t->heading,
                               hg_label_key(f->s->label, hg_label_bare(cells[i].text))))
                return true;
            for (size_t k = 0; k < t->n; k++) {
                const hg_recipe_field probe = { .from = HG_FROM_HEADER,
                                                .codes = t->fields[k].column };
                if (probe.codes && hg_label_read(f->s->label, &probe, cells[i].text))
                    return true;
            }
        }
    }
    for (size_t k = 0; k < t->n; k++)
        if (t->fields[k].letter >= first && t->fields[k].letter <= last)
            return true;
    return false;
}

/* The columns from first on begin another table than the panel before. */
static bool is_other(const finder *f, const hg_panel *before, uint32_t first,
                     uint32_t last)
{
    if (same(heading_of(f, before->first), heading_of(f, first)))
        return true;
    return f->s->table->stub < first && is_table(f, first, last) &&
           is_table(f, before->first, first - 1) &&
           (!is_named(f, first, last) || !before->named);
}

size_t hg_panels_find(hg_panel panels[HG_PANELS], const hg_region *region,
                      const hg_sayings *s, const hg_grid *grid)
{
    finder f = { .region = region, .s = s, .grid = grid, .cols = hg_grid_cols(grid) };
    size_t n = 0;
    f.end = end_of(&f);
    for (uint32_t col = hg_grid_shown(grid).col1; col <= f.cols; col++) {
        uint32_t last = col;
        if (is_blank(&f, col))
            continue;
        while (last < f.cols && !is_blank(&f, last + 1))
            last++;
        if (n == 0 || (n < HG_PANELS && heading_of(&f, col) &&
                       is_other(&f, &panels[n - 1], col, last))) {
            uint32_t first = n == 0 ? hg_grid_shown(grid).col1 : col;
            if (n > 0)
                panels[n - 1].last = col - 1;
            panels[n++] = (hg_panel){ first, UINT32_MAX, false };
        }
        panels[n - 1].named = panels[n - 1].named || is_named(&f, col, last);
        col = last;
    }
    if (n == 0)
        panels[n++] = (hg_panel){ hg_grid_shown(grid).col1, UINT32_MAX, false };
    return n;
}
