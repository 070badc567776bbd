/* judge - what became of the numbers of a sheet */
#include "recipe/judge.h"

#include <stdlib.h>

/* The recipe's table gives out the text of a column of labels. */
static bool is_given(const hg_trial *t, const hg_shape *s, uint32_t col)
{
    hg_holds holds = s->columns[col].holds;
    return holds == HG_HOLDS_CODES || holds == HG_HOLDS_YEARS ||
           holds == HG_HOLDS_LABELS ||
           (holds == HG_HOLDS_REMARKS && s->columns[col].heading) ||
           (hg_recipe_is_list(t->table) && holds != HG_HOLDS_NUMBERING);
}

/* A number that can be a heading: a year, or a few digits: a month, an age, a percentile.
 */
static bool can_head(const hg_cell *cell)
{
    bool digits = cell->text.n < 4;
    for (size_t i = 0; i < cell->text.n; i++)
        digits = digits && cell->text.p[i] >= '0' && cell->text.p[i] <= '9';
    return digits || hg_shape_is_year(cell) || cell->type != HG_CELL_NUMBER;
}

/* "207 | Số trường mầm non": the number of a table, before its title. */
static bool numbers_title(const hg_grid *grid, const hg_cell *cell)
{
    size_t n;
    const hg_cell *cells = hg_grid_row(grid, cell->row, &n);
    return n == 2 && cell == &cells[0] && can_head(cell) && cells[1].type == HG_CELL_TEXT;
}

/* A number that is lost by its role. */
static bool is_lost(const hg_trial *t, const hg_shape *s, const hg_grid *grid,
                    const hg_cell *cell, hg_role role)
{
    bool known = cell->col <= s->last;
    bool numbering = known && s->columns[cell->col].holds == HG_HOLDS_NUMBERING;
    switch (role) {
    case HG_ROLE_VALUE:
    case HG_ROLE_MARK:
    case HG_ROLE_RULER:
    case HG_ROLE_UNIT: return false;
    case HG_ROLE_HEADING: return !can_head(cell);
    case HG_ROLE_TITLE:
        return !hg_shape_is_year(cell) && !numbers_title(grid, cell) &&
               (cell->type == HG_CELL_NUMBER || cell->row >= s->first);
    case HG_ROLE_LABEL: return known && !numbering && !is_given(t, s, cell->col);
    case HG_ROLE_SECTION: return known && s->columns[cell->col].holds == HG_HOLDS_VALUES;
    case HG_ROLE_IGNORED: return !numbering;
    default: return true;
    }
}

static bool is_odd(const hg_shape *s, const hg_cell *cell)
{
    return cell->col > s->last || s->columns[cell->col].holds != HG_HOLDS_VALUES ||
           cell->row < s->first;
}

/* The first row of values counts columns as a ruler does that has lost a cell or its letter. */
static bool counts_columns(const hg_shape *s, const hg_grid *grid)
{
    size_t n, numbers = 0, steps = 0;
    long apart = 0;
    const hg_cell *cells = hg_grid_row(grid, s->first, &n);
    for (size_t i = 0; i < n; i++) {
        if (cells[i].col > s->last || s->columns[cells[i].col].holds != HG_HOLDS_VALUES ||
            !can_head(&cells[i]) || !hg_shape_is_number(&cells[i]))
            continue;
        long here = strtol(cells[i].text.p, NULL, 10) - (long)cells[i].col;
        steps += numbers > 0 && here == apart;
        apart = here;
        numbers++;
    }
    return numbers > 1 && steps + 1 >= numbers && apart <= 0 && 2 * numbers > n;
}

/* Numbers typed as such, and in the rows of the table texts that read as numbers. */
static bool counts(const hg_shape *s, const hg_cell *cell)
{
    return cell->type == HG_CELL_NUMBER ||
           (cell->row >= s->first && cell->row < s->end && hg_shape_is_number(cell));
}

void hg_judge(hg_judgement *j, const hg_trial *t, const hg_shape *s, const hg_grid *grid)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    const hg_roles *roles = hg_layout_roles(t->layout);
    bool list = hg_recipe_is_list(t->table);
    *j = (hg_judgement){ 0 };
    bool ruler = !list && !s->ruler && counts_columns(s, grid);
    for (size_t i = 0; i < n; i++) {
        const hg_cell *cell = &cells[i];
        hg_role role = hg_roles_get(roles, cell);
        if (!hg_grid_shows(grid, cell))
            continue;
        j->values += role == HG_ROLE_VALUE || (list && role == HG_ROLE_LABEL);
        if (role == HG_ROLE_VALUE && (is_odd(s, cell) || (ruler && cell->row == s->first))) {
            j->first_odd = j->first_odd ? j->first_odd : cell;
            j->odd++;
        }
        if (counts(s, cell) && is_lost(t, s, grid, cell, role)) {
            j->first_lost = j->first_lost ? j->first_lost : cell;
            j->lost++;
        }
    }
}
