/* layout - the tables of a sheet as tidy rows */
#include "recipe/layout.h"
#include "recipe/fields.h"
#include "recipe/given.h"
#include "recipe/numbers.h"
#include "recipe/panel.h"
#include "recipe/seen.h"
#include "recipe/totals.h"
#include "text/message.h"

#include <stdlib.h>
#include <string.h>

#define MAX_FOUND 4096 /* tables in one sheet */

/* One table that has been found in the sheet. */
typedef struct found {
    const hg_recipe_table *table;
    hg_heading heading;
    hg_lines lines;
    hg_fields fields;
    hg_given given;
    hg_number_style *styles; /* of the columns of the headings */
} found;

struct hg_layout {
    const hg_recipe *recipe;
    hg_tell *tell;
    void *with;
    hg_pool *pool;
    hg_seen **seen; /* one for each table of the recipe */
    hg_reading label;

    /* of the sheet read last */
    hg_grid *grid;
    const bool *use;
    hg_loc loc;
    hg_roles roles;
    hg_notes notes;
    found *tables;
    size_t n, cap;

    /* where hg_layout_next() stands */
    size_t at_table, at_line;
    uint32_t at_col;
    hg_slice row[HG_RECIPE_FIELDS];
    hg_figure figure;
    char status[2];
};

static hg_sayings sayings(hg_layout *l, const hg_recipe_table *table, hg_err *err)
{
    return (hg_sayings){ table, l->pool, &l->label, &l->loc, err };
}

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

/* ---- numbers ---- */

/* See that the cells of every column of values are numbers, and tell how they are typed. */
static hg_status read_styles(hg_layout *l, found *f, hg_err *err)
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
        if (hg_numbers_style(&seen, f->table->numbers, &f->styles[col], &l->loc, err) != HG_OK)
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
        if (n > 1 || (n == 0 && any) || (n == 1 && hg_numbers_is_value(s->table, &cells[0])))
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

static found *add_table(hg_layout *l, const hg_recipe_table *table, hg_err *err)
{
    hg_loc loc = l->loc;
    if (l->n == MAX_FOUND) {
        hg_fail(err, HG_EARG, &loc, "more than %d tables in one sheet", MAX_FOUND);
        return NULL;
    }
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 4;
        found *tables = realloc(l->tables, cap * sizeof *tables);
        if (!tables) {
            hg_fail_nomem(err);
            return NULL;
        }
        l->tables = tables;
        l->cap = cap;
    }
    l->tables[l->n] = (found){ .table = table };
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
    found *f = add_table(l, s->table, s->err);
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
        st = hg_fields_read(&f->fields, &f->lines, &f->heading, s, l->grid, f->given.texts);
    if (st == HG_OK)
        st = read_styles(l, f, s->err);
    return st == HG_OK ? hg_totals_tell(&f->lines, &f->heading, s, l->grid, f->styles, l->tell,
                                        l->with)
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
static hg_status read_tables(hg_layout *l, const hg_recipe_table *table, hg_err *err)
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
    hg_finding f = { .code = "hidden-values", .severity = HG_WARNING, .file = l->loc.file,
                     .sheet = l->loc.sheet, .row = first->row, .col = first->col };
    f.message = "%zu values stand in hidden rows or columns";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, hidden);
    l->tell(l->with, &f);
}

/* The last row of a table with its headings. */
static uint32_t foot(const found *f)
{
    return f->lines.end - 1 > f->heading.bottom ? f->lines.end - 1 : f->heading.bottom;
}

/* Texts behind a blank column to the right of a table are its legend, where they stand in
 * fewer than half of its rows. */
static hg_status read_legend(hg_layout *l, const found *f, hg_err *err)
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
        return hg_fail(err, HG_EARG, &l->loc, "none of the recipe's tables is found here");
    hg_roles_fill(&l->roles, 1, top - 1, HG_ROLE_TITLE, false);
    for (size_t i = 0; i < l->n; i++) {
        uint32_t end = rows;
        for (size_t k = 0; k < l->n; k++) /* down to the next table */
            if (l->tables[k].heading.top >= l->tables[i].lines.end &&
                l->tables[k].heading.top - 1 < end)
                end = l->tables[k].heading.top - 1;
        if (hg_notes_read(&l->notes, &l->label, &l->roles, l->tables[i].lines.end, end, err) !=
                HG_OK ||
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
            st = read_tables(l, &l->recipe->tables[k], err);
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

/* ---- observations ---- */

/* Put the unit of a value into the row, and give the power of ten to scale it by: that of
 * its row, of its column, of its block, or of the sheet. */
static unsigned put_unit(hg_layout *l, const found *f, size_t k, const hg_head *head)
{
    const hg_row_part *row = &f->fields.rows[k];
    const hg_line *line = &f->lines.list[k];
    for (size_t i = 0; i < f->table->n; i++) {
        const char *unit = row->unit    ? row->unit
                           : head->unit ? head->unit
                           : line->unit ? line->unit
                                        : row->texts[i];
        if (f->table->fields[i].from == HG_FROM_UNIT)
            l->row[i] = hg_slice_of(unit ? unit : "");
    }
    return row->unit    ? row->scale
           : head->unit ? head->scale
           : line->unit ? line->scale
                        : f->given.scale;
}

/* Put the mark of a value into the row: that written behind it, or in the cell beside. */
static hg_status put_mark(hg_layout *l, const found *f, const hg_cell *cell, hg_err *err)
{
    const hg_cell *beside = hg_grid_at(l->grid, cell->row, cell->col + 1);
    hg_slice mark = l->figure.mark;
    if (beside && hg_roles_get(&l->roles, beside) == HG_ROLE_MARK)
        mark = beside->text;
    hg_loc loc = { l->loc.file, l->loc.sheet, NULL, cell->row, cell->col };
    if (f->table->mark < f->table->n)
        l->row[f->table->mark] = mark;
    else if (mark.n > 0)
        return hg_fail(err, HG_EARG, &loc,
                       "the mark %.*s of this value needs a column \"mark\" in the recipe",
                       (int)mark.n, mark.p);
    return HG_OK;
}

/* Put "%" as the unit of a value that is written with it. */
static hg_status put_percent(hg_layout *l, const found *f, const hg_cell *cell, hg_err *err)
{
    for (size_t i = 0; i < f->table->n; i++) {
        const hg_recipe_field *field = &f->table->fields[i];
        hg_loc loc = { l->loc.file, l->loc.sheet, field->name, cell->row, cell->col };
        if (field->from != HG_FROM_UNIT)
            continue;
        if (!hg_label_read_unit(&l->label, field, false, HG_SLICE("%")))
            return hg_label_unknown(&l->label, field, &loc, HG_SLICE("%"), err);
        const char *kept = hg_pool_keep(
            l->pool, (hg_slice){ l->label.value.data, l->label.value.len });
        if (!kept)
            return hg_fail_nomem(err);
        l->row[i] = hg_slice_of(kept);
    }
    return HG_OK;
}

/* Put the value of a cell with its unit, and the status of all that was said of it, into
 * the row. */
static hg_status put_value(hg_layout *l, const found *f, size_t k, const hg_head *head,
                           const hg_cell *cell, hg_err *err)
{
    const hg_recipe_field *value = &f->table->fields[f->table->value];
    char said = f->fields.rows[k].status;
    hg_loc loc = { l->loc.file, l->loc.sheet, NULL, cell->row, cell->col };
    unsigned power = put_unit(l, f, k, head);
    bool scale = value->scale && !hg_numbers_percent(cell);
    if (hg_numbers_read(&l->figure, f->table, cell, f->styles[cell->col], value->decimals,
                        scale ? power : 0, &loc, err) != HG_OK ||
        (l->figure.percent && put_percent(l, f, cell, err) != HG_OK))
        return err->status;
    l->row[f->table->value] = hg_slice_of(l->figure.text);
    l->status[0] = l->figure.status             ? l->figure.status
                   : said != HG_STATUS_OFFICIAL ? said
                                                : head->status;
    if (f->table->status < f->table->n)
        l->row[f->table->status] = (hg_slice){ l->status, 1 };
    else if (l->status[0] != HG_STATUS_OFFICIAL)
        return hg_fail(
            err, HG_EARG, &loc,
            "the status %s of this value needs a column \"status\" in the recipe",
            l->status);
    return put_mark(l, f, cell, err);
}

/* See that no other value has the same dimensions. */
static hg_status put_key(hg_layout *l, const found *f, const char *const *key,
                         const hg_cell *cell, hg_err *err)
{
    size_t k = (size_t)(f->table - l->recipe->tables);
    const hg_seen_place here = { l->loc.file, l->loc.sheet, cell->row, cell->col }, *before;
    if (hg_seen_put(l->seen[k], key, &here, &before, err) != HG_OK)
        return err->status;
    if (!before)
        return HG_OK;
    hg_buf where = { 0 };
    hg_loc loc = { l->loc.file, l->loc.sheet, NULL, cell->row, cell->col };
    hg_text_place(
        &where, &(hg_loc){ before->file, before->sheet, NULL, before->row, before->col });
    hg_fail(err, HG_EARG, &loc, "this value and that of %s have the same columns",
            where.data ? where.data : "another cell");
    hg_buf_release(&where);
    return err->status;
}

/* Put the dimensions into the row, in which the unit is already. */
static hg_status put_dimensions(hg_layout *l, const found *f, size_t k, const hg_head *head,
                                const hg_cell *cell, hg_err *err)
{
    const char *key[HG_RECIPE_FIELDS];
    size_t n = 0;
    for (size_t i = 0; i < f->table->n; i++) {
        const hg_recipe_field *field = &f->table->fields[i];
        if (!hg_recipe_is_dimension(field))
            continue;
        if (field->from != HG_FROM_UNIT)
            l->row[i] = hg_slice_of(field->from == HG_FROM_HEADER
                                        ? head->values[i]
                                        : f->fields.rows[k].texts[i]);
        key[n++] = l->row[i].p;
    }
    return put_key(l, f, key, cell, err);
}

/* Put the next value of a line, from column at_col on. HG_END: it has no more. */
static hg_status next_value(hg_layout *l, const found *f, size_t k, hg_origin *at, hg_err *err)
{
    for (; l->at_col <= f->heading.last; l->at_col++) {
        const hg_line *line = &f->lines.list[k];
        const hg_head *head = &f->heading.heads[l->at_col];
        const hg_cell *cell = hg_grid_at(l->grid, line->row, l->at_col);
        if (f->heading.columns[l->at_col] != HG_COLUMN_VALUE || !cell)
            continue;
        l->at_col++;
        if (put_value(l, f, k, head, cell, err) != HG_OK ||
            put_dimensions(l, f, k, head, cell, err) != HG_OK)
            return err->status;
        *at = (hg_origin){ .sheet = l->loc.sheet, .row = cell->row, .col = cell->col };
        return HG_OK;
    }
    return HG_END;
}

/* Put a record. HG_END: it has been put. */
static hg_status next_record(hg_layout *l, const found *f, size_t k, hg_origin *at)
{
    size_t n;
    const hg_cell *cells = hg_grid_row(l->grid, f->lines.list[k].row, &n);
    if (l->at_col > 1)
        return HG_END;
    l->at_col = 2;
    for (size_t i = 0; i < f->table->n; i++) {
        const char *text = f->fields.rows[k].texts[i];
        if (f->table->fields[i].from == HG_FROM_UNIT && f->fields.rows[k].unit)
            text = f->fields.rows[k].unit;
        l->row[i] = hg_slice_of(text ? text : "");
    }
    *at = (hg_origin){ .sheet = l->loc.sheet, .row = cells[0].row, .col = cells[0].col };
    return HG_OK;
}

hg_status hg_layout_next(hg_layout *l, const hg_recipe_table **table, const hg_slice **cells,
                         hg_origin *at, hg_err *err)
{
    for (; l->at_table < l->n; l->at_table++, l->at_line = 0) {
        const found *f = &l->tables[l->at_table];
        for (; l->at_line < f->lines.n; l->at_line++, l->at_col = 0) {
            if (!f->lines.list[l->at_line].valued)
                continue;
            hg_status st = hg_recipe_is_list(f->table)
                               ? next_record(l, f, l->at_line, at)
                               : next_value(l, f, l->at_line, at, err);
            if (st == HG_END)
                continue;
            *table = f->table;
            *cells = l->row;
            return st;
        }
    }
    return HG_END;
}
