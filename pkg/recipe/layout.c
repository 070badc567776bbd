/* layout - the tables of a sheet as tidy rows */
#include "recipe/layout.h"
#include "recipe/layout_parts.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

hg_status hg_layout_new(hg_layout **out, const hg_recipe *recipe, hg_tell *tell,
                        void *with, hg_err *err)
{
    hg_layout *l = calloc(1, sizeof *l);
    *out = l;
    if (!l)
        return hg_fail_nomem(err);
    l->recipe = recipe;
    l->tell = tell;
    l->with = with;
    l->seen = calloc(recipe->n, sizeof(hg_seen *));
    hg_status st = l->seen ? hg_pool_new(&l->pool, err) : hg_fail_nomem(err);
    for (size_t k = 0; k < recipe->n && st == HG_OK; k++) {
        const hg_recipe_table *t = &recipe->tables[k];
        size_t dimensions = 0;
        for (size_t i = 0; i < t->n; i++)
            dimensions += hg_recipe_is_dimension(&t->fields[i]);
        if (!hg_recipe_is_list(t))
            st = hg_seen_new(&l->seen[k], dimensions, err);
    }
    if (st != HG_OK) {
        hg_layout_free(l);
        *out = NULL;
    }
    return st;
}

static void forget(hg_layout *l)
{
    for (size_t i = 0; i < l->n; i++) {
        hg_heading_release(&l->tables[i].heading);
        hg_lines_release(&l->tables[i].lines);
        hg_fields_release(&l->tables[i].fields);
        free(l->tables[i].styles);
    }
    l->n = l->at_table = l->at_line = 0;
    l->at_col = 0;
    hg_roles_release(&l->roles);
    hg_notes_release(&l->notes);
}

void hg_layout_free(hg_layout *l)
{
    if (!l)
        return;
    forget(l);
    for (size_t k = 0; l->seen && k < l->recipe->n; k++)
        hg_seen_free(l->seen[k]);
    free(l->seen);
    free(l->tables);
    hg_label_release(&l->label);
    hg_pool_free(l->pool);
    free(l);
}

/* ---- the sheet ---- */

/* A cell that shows nothing, or that one of the tables in use ignores. */
static bool dropped(const hg_cell *cell, const void *with)
{
    const hg_layout *l = with;
    if (hg_words_trim(cell->text).n == 0)
        return true;
    for (size_t k = 0; k < l->recipe->n; k++)
        for (size_t a = 0; a < l->recipe->tables[k].n_areas && l->use[k]; a++) {
            const hg_area *area = &l->recipe->tables[k].areas[a];
            if (cell->row >= area->row1 && cell->row <= area->row2 &&
                cell->col >= area->col1 && cell->col <= area->col2)
                return true;
        }
    return false;
}

/* Values that nobody sees are read too, and told of. */
static void tell_hidden(hg_layout *l)
{
    size_t n, hidden = 0;
    const hg_cell *cells = hg_grid_cells(l->grid, &n), *first = NULL;
    for (size_t i = 0; i < n; i++)
        if (cells[i].hidden && hg_roles_get(&l->roles, &cells[i]) == HG_ROLE_VALUE) {
            first = first ? first : &cells[i];
            hidden++;
        }
    if (!first || !l->tell)
        return;
    hg_finding f = { .code = "hidden-values",
                     .severity = HG_WARNING,
                     .file = l->loc.file,
                     .sheet = l->loc.sheet,
                     .row = first->row,
                     .col = first->col };
    f.message = "%zu values stand in hidden rows or columns";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, hidden);
    l->tell(l->with, &f);
}

/* The last row of a table with its headings. */
static uint32_t foot(const hg_layout_table *f)
{
    return f->lines.end - 1 > f->heading.bottom ? f->lines.end - 1 : f->heading.bottom;
}

/* Texts behind a blank column to the right of a table are its legend, where they stand in
 * fewer than half of its rows. */
static hg_status read_legend(hg_layout *l, const hg_layout_table *f, hg_err *err)
{
    uint32_t gap = f->heading.last + 1, rows = hg_grid_rows(l->grid), beside = 0;
    uint32_t last = foot(f) < rows ? foot(f) : rows;
    for (uint32_t row = f->heading.top; row <= last; row++) {
        size_t n;
        const hg_cell *cells = hg_grid_row(l->grid, row, &n);
        if (hg_grid_at(l->grid, row, gap))
            return HG_OK;
        beside += n > 0 && cells[n - 1].col > gap &&
                  hg_roles_get(&l->roles, &cells[n - 1]) == HG_ROLE_NONE;
    }
    if (2 * beside > last - f->heading.top)
        return HG_OK;
    return hg_notes_beside(&l->notes, &l->roles, f->heading.top, last, gap + 1, err);
}

/* Give a role to what is left: titles above, notes below and beside. */
static hg_status account(hg_layout *l, hg_err *err)
{
    uint32_t top = UINT32_MAX, rows = hg_grid_rows(l->grid);
    for (size_t i = 0; i < l->n; i++)
        top = l->tables[i].heading.top < top ? l->tables[i].heading.top : top;
    if (l->n == 0)
        return hg_fail(err, HG_EARG, &l->loc,
                       "none of the recipe's tables is found here");
    hg_roles_fill(&l->roles, 1, top - 1, HG_ROLE_TITLE, false);
    for (size_t i = 0; i < l->n; i++) {
        uint32_t end = rows;
        for (size_t k = 0; k < l->n; k++) /* down to the next table */
            if (l->tables[k].heading.top >= l->tables[i].lines.end &&
                l->tables[k].heading.top - 1 < end)
                end = l->tables[k].heading.top - 1;
        if (hg_notes_read(&l->notes, &l->label, &l->roles, l->tables[i].lines.end, end,
                          err) != HG_OK ||
            read_legend(l, &l->tables[i], err) != HG_OK)
            return err->status;
    }
    tell_hidden(l);
    return hg_roles_check(&l->roles, &l->loc, err);
}

hg_status hg_layout_read(hg_layout *l, const hg_layout_sheet *sheet, hg_err *err)
{
    forget(l);
    l->use = sheet->use;
    l->grid = sheet->grid;
    l->loc = (hg_loc){ .file = hg_pool_keep(l->pool, hg_slice_of(sheet->file)) };
    if (sheet->sheet)
        l->loc.sheet = hg_pool_keep(l->pool, hg_slice_of(sheet->sheet));
    hg_grid_drop(sheet->grid, dropped, l);
    hg_status st = hg_roles_init(&l->roles, l->grid, err);
    if (st == HG_OK && (!l->loc.file || (sheet->sheet && !l->loc.sheet)))
        st = hg_fail_nomem(err);
    for (size_t k = 0; k < l->recipe->n && st == HG_OK; k++)
        if (l->use[k])
            st = hg_layout_find(l, &l->recipe->tables[k], err);
    if (st == HG_OK)
        st = account(l, err);
    if (l->label.failed) { /* then what was said of labels may be wrong */
        *err = (hg_err)HG_ERR_INIT;
        st = hg_fail_nomem(err);
    }
    return st;
}

size_t hg_layout_tables(const hg_layout *l)
{
    return l->n;
}

const hg_roles *hg_layout_roles(const hg_layout *l)
{
    return &l->roles;
}

const hg_notes *hg_layout_notes(const hg_layout *l)
{
    return &l->notes;
}
