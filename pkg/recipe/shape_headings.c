/* shape - where a sheet's headings stand, and what they say */
#include "recipe/region.h"
#include "recipe/shape_parts.h"
#include "recipe/words.h"

#include <string.h>

/* Of a list: the first row with as many texts as the rows below have cells. */
static bool find_list(hg_looker *l, uint32_t *top)
{
    size_t most = 0, n;
    for (uint32_t row = 1; row <= l->rows && row <= HG_LOOKER_SAMPLE; row++) {
        hg_grid_row(l->grid, row, &n);
        most = n > most ? n : most;
    }
    for (uint32_t row = 1; row < l->rows; row++) {
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        bool texts = n * 3 >= most * 2 && n > 0;
        for (size_t i = 0; i < n && texts; i++)
            texts = cells[i].type == HG_CELL_TEXT && !hg_looker_is_value(&cells[i]);
        size_t below;
        hg_grid_row(l->grid, row + 1, &below);
        *top = row;
        if (texts && below > 0)
            return true;
    }
    return false;
}

/* Find headings as a recipe would whose headings are of this kind of period, or any. */
static bool find_region(hg_looker *l, hg_period_kind kind, hg_region *region)
{
    hg_recipe_table any;
    hg_pool *pool = NULL;
    hg_err err = HG_ERR_INIT;
    const hg_loc loc = { 0 };
    hg_looker_table(&any, l->shape->stub > 0 ? l->shape->stub : 1);
    any.fields[1].period = kind;
    if (hg_pool_new(&pool, l->err) != HG_OK)
        return false;
    const hg_sayings sayings = { &any, pool, &l->label, &loc, &err };
    bool found = hg_region_find(region, &sayings, l->grid, 1);
    hg_pool_free(pool);
    return found;
}

/* Of the headings of any kind the uppermost: years typed as texts look like values. */
bool hg_looker_headings(hg_looker *l)
{
    static const hg_period_kind kinds[] = { HG_PERIOD_NONE, HG_PERIOD_YEAR,
                                            HG_PERIOD_ANY };
    hg_shape *s = l->shape;
    hg_region region;
    bool found = false;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && s->values > 0; k++)
        if (find_region(l, kinds[k], &region) && (!found || region.bottom < s->top)) {
            s->top = region.top;
            s->bottom = region.bottom;
            found = true;
        }
    uint32_t list;
    bool other = find_list(l, &list);
    if (other &&
        (!found || list + HG_LOOKER_MANY < s->top)) { /* not in the middle of records */
        s->top = s->bottom = list;
        found = true;
    }
    return found;
}

void hg_looker_names(hg_looker *l)
{
    hg_shape *s = l->shape;
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        c->heading = NULL;
        for (uint32_t row = s->bottom; row >= s->top && row > 0 && !c->heading; row--)
            c->heading = hg_grid_spread(l->grid, row, col);
    }
    for (uint32_t col = 1; col <= s->last; col++) {
        hg_shape_column *c = &s->columns[col];
        c->named = c->heading != NULL;
        for (uint32_t k = 1; k <= s->last && c->named; k++)
            c->named = k == col || !s->columns[k].heading ||
                       !hg_looker_same(l, c->heading, s->columns[k].heading);
    }
}

/* ---- periods in headings ---- */

/* What all texts of a heading row over values are; *rest: but for words of a sum. */
static hg_period_kind period_of(hg_looker *l, uint32_t row, bool *rest)
{
    static const hg_period_kind kinds[] = { HG_PERIOD_YEAR, HG_PERIOD_SCHOOL_YEAR,
                                            HG_PERIOD_MONTH, HG_PERIOD_QUARTER,
                                            HG_PERIOD_ANY };
    const hg_shape *s = l->shape;
    hg_period period;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        size_t known = 0, others = 0, bare = 0;
        const hg_cell *before = NULL;
        for (uint32_t col = s->stub + 1; col <= s->last; col++) {
            const hg_cell *cell = hg_grid_spread(l->grid, row, col);
            if (!cell || cell == before || s->columns[col].holds != HG_HOLDS_VALUES)
                continue;
            before = cell;
            bool is = hg_period_read(&period, kinds[k], hg_looker_key(l, cell));
            known += is;
            others += !is;
            bare += is && hg_looker_is_digits(cell->text) && cell->text.n < 4;
        }
        bool enough =
            known > 1 || (known == 1 && kinds[k] == HG_PERIOD_YEAR && s->values == 1);
        /* digits alone are months only where all twelve stand there */
        if (!enough || (bare > 0 && bare != 12) || others > 1)
            continue;
        *rest = others == 1;
        return kinds[k];
    }
    return HG_PERIOD_NONE;
}

static void find_periods(hg_looker *l)
{
    hg_shape *s = l->shape;
    hg_kind kind;
    for (uint32_t row = s->top; row <= s->bottom && row - s->top < HG_SHAPE_LEVELS;
         row++) {
        uint32_t level = row - s->top;
        size_t n;
        s->periods[level] = period_of(l, row, &s->rest[level]);
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        for (size_t i = 0; i < n && !s->periods[level]; i++)
            s->words = s->words || (cells[i].col > s->stub && cells[i].col <= s->last &&
                                    s->columns[cells[i].col].holds == HG_HOLDS_VALUES &&
                                    !hg_label_group(&l->label, cells[i].text, &kind));
    }
}

/* Words stand in two rows over every value, each of the upper row over two or more. */
static bool in_pairs(const hg_looker *l)
{
    const hg_shape *s = l->shape;
    const hg_cell *upper = NULL;
    size_t wide = 0;
    if (s->bottom != s->top + 1 || s->periods[0] || s->periods[1])
        return false;
    for (uint32_t col = s->stub + 1; col <= s->last; col++) {
        const hg_cell *above = hg_grid_spread(l->grid, s->top, col);
        const hg_cell *below = hg_grid_spread(l->grid, s->bottom, col);
        if (s->columns[col].holds != HG_HOLDS_VALUES)
            continue;
        const hg_area *area = hg_grid_area(l->grid, s->top, col);
        if (!above || !below || above == below || !area)
            return false;
        wide += above != upper;
        upper = above;
    }
    return wide > 1 && 2 * wide <= s->values;
}

/* "Số hộ (hộ)", "%": a unit in the last parentheses of a text, or all of it. */
static bool says_unit(hg_looker *l, const hg_cell *cell)
{
    const char *key = hg_looker_key(l, cell), *open = strrchr(key, '(');
    return strcmp(key, "%") == 0 ||
           (open && strchr(open, ')') && hg_words_is_unit(open + 1));
}

static void find_units(hg_looker *l)
{
    hg_shape *s = l->shape;
    for (uint32_t col = s->stub + 1; col <= s->last; col++) {
        bool unit = false;
        for (uint32_t row = s->top; row <= s->bottom && !unit; row++) {
            const hg_cell *cell = hg_grid_spread(l->grid, row, col);
            unit = cell && says_unit(l, cell);
        }
        s->units += unit && s->columns[col].holds == HG_HOLDS_VALUES;
    }
}

void hg_looker_say(hg_looker *l)
{
    find_periods(l);
    l->shape->pairs = in_pairs(l);
    find_units(l);
}
