/* layout - the tables of a recipe in a sheet */
#include "recipe/layout_parts.h"
#include "recipe/panel.h"
#include "recipe/totals.h"

#include <stdlib.h>

#define MAX_FOUND 4096 /* tables in one sheet */

static hg_sayings sayings(hg_layout *l, const hg_recipe_table *table, hg_err *err)
{
    return (hg_sayings){ table, l->pool, &l->label, &l->loc, err };
}

/* ---- numbers ---- */

/* See that the cells of every column of values are numbers, and tell how they are typed.
 */
static hg_status read_styles(hg_layout *l, hg_layout_table *f, hg_err *err)
{
    f->styles = calloc((size_t)f->heading.last + 1, sizeof *f->styles);
    if (!f->styles)
        return hg_fail_nomem(err);
    for (uint32_t col = 1; col <= f->heading.last; col++) {
        hg_evidence seen = { 0 };
        if (f->heading.columns[col] != HG_COLUMN_VALUE)
            continue;
        for (size_t k = 0; k < f->lines.n; k++) {
            const hg_cell *cell = hg_grid_at(l->grid, f->lines.list[k].row, col);
            hg_loc loc = { l->loc.file, l->loc.sheet, NULL, f->lines.list[k].row, col };
            if (f->lines.list[k].valued && cell &&
                hg_numbers_add(&seen, f->table, cell, &loc, err) != HG_OK)
                return err->status;
        }
        if (hg_numbers_style(&seen, f->table->numbers, &f->styles[col], &l->loc, err) !=
            HG_OK)
            return err->status;
    }
    return HG_OK;
}

/* ---- tables ---- */

/* The first row of what belongs to a table whose headings are at top: rows of one text
 * each are its titles, up to a blank row above them. */
static uint32_t title_of(const hg_layout *l, const hg_sayings *s, uint32_t top)
{
    uint32_t row = top;
    bool any = false;
    while (row > 1) {
        size_t n;
        const hg_cell *cells = hg_grid_row(l->grid, row - 1, &n);
        if (n > 1 || (n == 0 && any) ||
            (n == 1 && hg_numbers_is_value(s->table, &cells[0])))
            break;
        any = any || n == 1;
        row--;
    }
    return row;
}

/* The first row below that belongs to another table. */
static uint32_t limit_of(hg_layout *l, const hg_sayings *s, uint32_t below)
{
    hg_region next;
    size_t n;
    uint32_t rows = hg_grid_rows(l->grid), limit = UINT32_MAX;
    if (s->table->repeat && hg_region_find(&next, s, l->grid, below + 1))
        limit = title_of(l, s, next.top);
    for (size_t k = 0; k < l->recipe->n; k++) {
        hg_sayings other = *s;
        other.table = &l->recipe->tables[k];
        if (l->use[k] && other.table != s->table && other.table->heading.n > 0 &&
            hg_region_find(&next, &other, l->grid, below + 1) &&
            title_of(l, &other, next.top) < limit)
            limit = title_of(l, &other, next.top);
    }
    for (size_t k = 0; k < l->recipe->n; k++)
        for (uint32_t row = below + 1; l->use[k] && row <= rows && row < limit; row++) {
            const hg_patterns *anchor = &l->recipe->tables[k].anchor;
            const hg_cell *cells = hg_grid_row(l->grid, row, &n);
            for (size_t i = 0; i < n && anchor->n > 0; i++)
                if (hg_recipe_fits(anchor,
                                   hg_label_key(&l->label, hg_label_bare(cells[i].text))))
                    limit = row;
        }
    return limit;
}

static hg_layout_table *add_table(hg_layout *l, const hg_recipe_table *table, hg_err *err)
{
    hg_loc loc = l->loc;
    if (l->n == MAX_FOUND) {
        hg_fail(err, HG_EARG, &loc, "more than %d tables in one sheet", MAX_FOUND);
        return NULL;
    }
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 4;
        hg_layout_table *tables = realloc(l->tables, cap * sizeof *tables);
        if (!tables) {
            hg_fail_nomem(err);
            return NULL;
        }
        l->tables = tables;
        l->cap = cap;
    }
    l->tables[l->n] = (hg_layout_table){ .table = table };
    return &l->tables[l->n++];
}

/* Give the headings their role, so that no other table takes them. */
static void mark_heading(hg_layout *l, const hg_region *region)
{
    for (uint32_t row = region->top; row <= region->bottom; row++) {
        size_t n;
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        hg_roles_set(&l->roles, cells, n, HG_ROLE_HEADING);
    }
}

/* Another table has these headings. */
static bool taken(const hg_layout *l, const hg_region *region)
{
    size_t n;
    const hg_cell *cells = hg_grid_row(l->grid, region->bottom, &n);
    return n > 0 && hg_roles_get(&l->roles, &cells[n - 1]) != HG_ROLE_NONE;
}

static hg_status read_table(hg_layout *l, const hg_sayings *s, const hg_region *region,
                            uint32_t first)
{
    hg_layout_table *f = add_table(l, s->table, s->err);
    if (!f)
        return s->err->status;
    hg_status st = hg_heading_read(&f->heading, region, s, l->grid);
    mark_heading(l, region);
    uint32_t limit = st == HG_OK ? limit_of(l, s, region->bottom) : 0;
    if (st == HG_OK)
        st = hg_given_read(&f->given, s, &l->roles, first, region->top - 1);
    if (st == HG_OK)
        st = hg_lines_read(&f->lines, &f->heading, s, l->grid, &l->roles, limit);
    if (st == HG_OK)
        st = hg_fields_read(&f->fields, &f->lines, &f->heading, s, l->grid,
                            f->given.texts);
    if (st == HG_OK)
        st = read_styles(l, f, s->err);
    return st == HG_OK ? hg_totals_tell(&f->lines, &f->heading, s, l->grid, f->styles,
                                        l->tell, l->with)
                       : st;
}

/* Tell that a table is not there, naming a heading that is near one it has. */
static hg_status no_table(hg_layout *l, const hg_sayings *s, const hg_region *region)
{
    hg_loc loc = l->loc;
    const hg_recipe_table *t = s->table;
    if (region->stranger)
        return hg_says_unknown(s, region->stranger);
    for (size_t i = 0; i < t->n && !loc.field; i++)
        if (t->fields[i].from == HG_FROM_HEADER || t->fields[i].column)
            loc.field = t->fields[i].name;
    if (t->anchor.n > 0)
        return hg_fail(s->err, HG_EARG, &loc, "no table is found below a text '%s'",
                       t->anchor.list[0]);
    return hg_fail(s->err, HG_EARG, &loc, "no row of headings is found that gives it");
}

/* Look at one of the tables side by side only: the first that is free, of those that have
 * a heading that the recipe names, where there is one. False: there is none. */
static bool narrow(hg_layout *l, const hg_sayings *s, hg_region *region,
                   const hg_area *window)
{
    hg_panel panels[HG_PANELS];
    size_t n = hg_panels_find(panels, region, s, l->grid);
    bool named = false;
    for (size_t i = 0; i < n; i++)
        named = named || panels[i].named;
    for (size_t i = 0; i < n; i++) {
        hg_area panel = *window;
        panel.col1 = panels[i].first;
        panel.col2 = panels[i].last < window->col2 ? panels[i].last : window->col2;
        hg_grid_window(l->grid, &panel);
        if ((!named || panels[i].named) && !taken(l, region))
            return n == 1 || hg_region_find(region, s, l->grid, region->top);
    }
    return false;
}

/* Read a table of the recipe, once or as often as it stands there, below each other and
 * side by side. */
hg_status hg_layout_find(hg_layout *l, const hg_recipe_table *table, hg_err *err)
{
    const hg_area all = hg_grid_shown(l->grid);
    hg_region region;
    const hg_sayings s = sayings(l, table, err);
    uint32_t row = all.row1, first = row, end = row;
    size_t n = 0;
    while ((n == 0 || table->repeat) && hg_region_find(&region, &s, l->grid, row)) {
        hg_region here = region;
        bool free = narrow(l, &s, &here, &all);
        hg_status st = free ? read_table(l, &s, &here, first) : HG_OK;
        hg_grid_window(l->grid, &all);
        if (st != HG_OK)
            return st;
        if (!free) { /* all tables side by side have been read */
            row = end > region.bottom ? end : region.bottom + 1;
            first = end;
            continue;
        }
        if (l->tables[l->n - 1].lines.end > end)
            end = l->tables[l->n - 1].lines.end;
        row = region.top;
        n++;
    }
    return n > 0 || table->optional ? HG_OK : no_table(l, &s, &region);
}
