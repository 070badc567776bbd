/* lines - the rows below the headings of a table */
#include "recipe/lines.h"
#include "recipe/lines_parts.h"
#include "recipe/numbers.h"
#include "recipe/ruler.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_TITLE 16u /* rows of title that a continued page has at most */

/* What goes from row to row. */
typedef struct gathering {
    hg_lines *lines;
    const hg_heading *h;
    const hg_sayings *s;
    const hg_grid *grid;
    hg_roles *roles;
    const hg_recipe_field *unit, *section_field; /* or NULL */
    bool by_row, by_level; /* fields are from row labels; from those above, or paths */
    bool list;
    const char *section, *unit_now;
    unsigned scale;
    hg_kind group;
    size_t block;
    bool fresh; /* right below the headings, where a ruler may stand */
    uint32_t loose; /* the first row of texts to be carried down, since the last values */
} gathering;

/* The cells of one row, by what their columns are. */
typedef struct row {
    const hg_cell *cells;
    size_t n, values, fields;
    const hg_cell *first; /* the first in no column of a field, or the first */
} row;

static hg_loc place(const gathering *g, const hg_cell *cell)
{
    return (hg_loc){ g->s->loc->file, g->s->loc->sheet, NULL, cell->row, cell->col };
}

static const char *keep(gathering *g)
{
    const hg_buf *value = &g->s->label->value;
    const char *kept = hg_pool_keep(g->s->pool, (hg_slice){ value->data, value->len });
    g->s->label->failed = g->s->label->failed || !kept;
    return kept;
}

static hg_column column_of(const gathering *g, const hg_cell *cell)
{
    return hg_heading_column(g->h, cell->col);
}

static row row_at(const gathering *g, uint32_t number)
{
    row r = { 0 };
    r.cells = hg_grid_row(g->grid, number, &r.n);
    for (size_t i = 0; i < r.n; i++) {
        hg_column column = column_of(g, &r.cells[i]);
        r.values += column == HG_COLUMN_VALUE && hg_numbers_is_value(g->s->table, &r.cells[i]);
        r.fields += column == HG_COLUMN_FIELD;
        if (!r.first && column != HG_COLUMN_FIELD)
            r.first = &r.cells[i];
    }
    if (!r.first)
        r.first = r.cells;
    return r;
}

/* ---- pages ---- */

/* The rows from row on are the headings once more. */
static bool repeats(const gathering *g, uint32_t number)
{
    for (uint32_t r = g->h->top; r <= g->h->bottom; r++) {
        size_t n, m;
        const hg_cell *a = hg_grid_row(g->grid, r, &n);
        const hg_cell *b = hg_grid_row(g->grid, number + r - g->h->top, &m);
        if (n != m)
            return false;
        for (size_t i = 0; i < n; i++)
            if (a[i].col != b[i].col ||
                !hg_slice_eq(hg_label_bare(a[i].text), hg_label_bare(b[i].text)))
                return false;
    }
    return true;
}

/* A row of a title: it says that the table goes on, or repeats texts from above it. */
static bool is_title(const gathering *g, const hg_cell *cells, size_t n)
{
    size_t total;
    hg_slice unit;
    const hg_cell *all = hg_grid_cells(g->grid, &total);
    for (size_t i = 0; i < n; i++) {
        bool known = hg_label_unit(g->s->label, cells[i].text, &unit);
        if (hg_words_continued(hg_label_key(g->s->label, cells[i].text)))
            return true;
        for (size_t k = 0; k < total && all[k].row < g->h->top && !known; k++)
            known = hg_slice_eq(all[k].text, cells[i].text);
        if (!known)
            return false;
    }
    return true;
}

/* Where a page starts at number, take in its title and headings; *number is then the last. */
static bool page(gathering *g, uint32_t *number)
{
    uint32_t start = *number, r = start;
    size_t n;
    const hg_cell *cells;
    for (; !repeats(g, r); r++) {
        cells = hg_grid_row(g->grid, r, &n);
        if (r - start == PAGE_TITLE || r > hg_grid_rows(g->grid) ||
            (n > 0 && !is_title(g, cells, n)))
            return false;
    }
    *number = r + g->h->bottom - g->h->top;
    for (uint32_t k = start; k <= *number; k++) {
        cells = hg_grid_row(g->grid, k, &n);
        hg_roles_set(g->roles, cells, n, k < r ? HG_ROLE_TITLE : HG_ROLE_HEADING);
    }
    return true;
}

/* ---- rows with values ---- */

static hg_line *add_line(gathering *g)
{
    hg_lines *l = g->lines;
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        hg_line *list = realloc(l->list, cap * sizeof *list);
        if (!list) {
            hg_fail_nomem(g->s->err);
            return NULL;
        }
        l->list = list;
        l->cap = cap;
    }
    l->list[l->n] = (hg_line){ .section = g->section,
                               .unit = g->unit_now,
                               .scale = g->scale,
                               .block = g->block,
                               .group = g->group };
    g->group = HG_KIND_ITEM;
    return &l->list[l->n++];
}

/* How far in a label stands: its column, then its indent, then whether it is not bold. */
static uint32_t depth_of(const hg_cell *cell)
{
    uint32_t spaces = 0;
    while (spaces < cell->text.n && cell->text.p[spaces] == ' ')
        spaces++;
    uint32_t indent = spaces + 2u * cell->indent;
    return cell->col << 12 | (indent < 1024 ? indent : 1023) << 1 | !cell->bold;
}

/*
 * Choose the label of a row out of the cells in the columns of labels: the one that is no
 * numbering; of numberings only, the last. Two that are none are refused.
 */
static hg_status choose_label(gathering *g, const row *r, hg_line *line)
{
    const hg_cell *name = NULL, *numbered = NULL;
    for (size_t i = 0; i < r->n; i++) {
        const hg_cell *cell = &r->cells[i];
        hg_vinumber number;
        if (column_of(g, cell) != HG_COLUMN_LABEL)
            continue;
        hg_slice mark = hg_outline_mark(cell->text);
        bool numbering = cell->type != HG_CELL_TEXT || mark.n > 0 ||
                         hg_vinumber_read(&number, cell->text);
        hg_loc loc = place(g, cell);
        if (!numbering && name)
            return hg_fail(g->s->err, HG_EARG, &loc,
                           "a row has two labels, '%.*s' and '%.*s'", (int)name->text.n,
                           name->text.p, (int)cell->text.n, cell->text.p);
        if (!numbering)
            name = cell;
        else if (!name && mark.n > 0)
            line->mark = mark;
        numbered = cell;
    }
    line->label = name ? name : numbered;
    if (!name)
        line->mark.n = 0; /* the only text is the label itself */
    else if (line->mark.n == 0)
        hg_outline_part(name->text, &line->mark);
    return HG_OK;
}

/* A value in merged cells, which may be that of more than one row or column; rows that
 * have no label of their own are only the height of the first. */
static bool spans(const gathering *g, const hg_cell *cell)
{
    const hg_area *area = hg_grid_area(g->grid, cell->row, cell->col);
    if (!area || area->col2 > area->col1)
        return area != NULL;
    for (uint32_t r = area->row1 + 1; r <= area->row2; r++)
        for (uint32_t col = 1; col <= g->h->last; col++)
            if (hg_grid_at(g->grid, r, col) && (g->h->columns[col] == HG_COLUMN_LABEL ||
                                                  g->h->columns[col] == HG_COLUMN_FIELD))
                return true;
    return false;
}

/* Give the cells of a row with values their roles. */
static hg_status mark_row(gathering *g, const row *r, bool valued)
{
    const hg_cell *before = NULL;
    for (size_t i = 0; i < r->n; i++) {
        const hg_cell *cell = &r->cells[i];
        hg_loc loc = place(g, cell);
        switch (column_of(g, cell)) {
        case HG_COLUMN_LABEL:
        case HG_COLUMN_FIELD: hg_roles_set(g->roles, cell, 1, HG_ROLE_LABEL); break;
        case HG_COLUMN_IGNORED: hg_roles_set(g->roles, cell, 1, HG_ROLE_IGNORED); break;
        case HG_COLUMN_VALUE:
            if (spans(g, cell))
                return hg_fail(g->s->err, HG_EARG, &loc,
                               "a value stands in cells that are merged");
            if (valued)
                hg_roles_set(g->roles, cell, 1, HG_ROLE_VALUE);
            break;
        case HG_COLUMN_NONE: /* a mark stands right behind its value */
            if (before && before->col + 1 == cell->col && cell->type == HG_CELL_TEXT &&
                column_of(g, before) == HG_COLUMN_VALUE && g->s->table->mark < g->s->table->n)
                hg_roles_set(g->roles, cell, 1, HG_ROLE_MARK);
            break;
        }
        before = cell;
    }
    return HG_OK;
}

static hg_status add_row(gathering *g, const row *r, bool valued)
{
    hg_line *new = add_line(g);
    if (!new || choose_label(g, r, new) != HG_OK)
        return g->s->err->status;
    hg_loc loc = place(g, &r->cells[0]);
    if (!new->label && g->by_row)
        return hg_fail(g->s->err, HG_EARG, &loc, "values in a row without a label");
    new->row = r->cells[0].row;
    new->depth = new->label ? depth_of(new->label) : 0;
    new->valued = valued;
    return mark_row(g, r, valued);
}

/* ---- rows without ---- */

/* Read a row without values as the unit of those below. */
static bool starts_block(gathering *g, const row *r)
{
    const hg_cell *cell = r->first;
    hg_slice text = cell->text;
    const hg_area *area = hg_grid_area(g->grid, cell->row, cell->col);
    bool scaled = g->s->table->value < g->s->table->n &&
                  g->s->table->fields[g->s->table->value].scale;
    bool wide = column_of(g, cell) != HG_COLUMN_LABEL ||
                (area && hg_heading_column(g->h, area->col2) == HG_COLUMN_VALUE);
    if (!g->unit)
        return false;
    bool said = hg_label_unit(g->s->label, cell->text, &text);
    if (!said && (!g->unit->codes || (!wide && (g->by_level || g->section_field))))
        return false;
    if (!hg_label_read_unit(g->s->label, g->unit, scaled, text))
        return false;
    g->unit_now = keep(g);
    g->scale = g->s->label->scale;
    g->section = NULL;
    g->block++;
    return true;
}

/* Refuse a label that the section's field cannot read. */
static hg_status unknown_section(gathering *g, const hg_cell *cell)
{
    const hg_recipe_field *field = g->section_field;
    hg_loc loc = place(g, cell);
    loc.field = field->name;
    return hg_label_unknown(g->s->label, field, &loc, cell->text, g->s->err);
}

/* A text where there must be a number, beside a label. */
static const hg_cell *stray(const gathering *g, const row *r)
{
    for (size_t i = 1; i < r->n; i++)
        if (column_of(g, &r->cells[i]) == HG_COLUMN_VALUE)
            return &r->cells[i];
    return NULL;
}

/* Read a row without values: a unit, a section, a label over others, or nothing known. */
static hg_status read_bare_row(gathering *g, const row *r)
{
    const hg_cell *cell = r->first, *text = stray(g, r);
    hg_kind kind;
    hg_loc loc = place(g, cell);
    if (starts_block(g, r)) {
        hg_roles_set(g->roles, r->cells, r->n, HG_ROLE_UNIT);
        return HG_OK;
    }
    if (hg_label_ignored(g->s->label, g->s->table, cell->text)) {
        hg_roles_set(g->roles, r->cells, r->n, HG_ROLE_IGNORED);
        return HG_OK;
    }
    if (text && g->by_row) {
        loc = place(g, text);
        return hg_fail(g->s->err, HG_EINPUT, &loc, "'%.*s' is no number",
                       (int)text->text.n, text->text.p);
    }
    bool known = g->section_field && hg_label_read(g->s->label, g->section_field, cell->text);
    const char *section = known ? keep(g) : g->section;
    if (hg_label_group(g->s->label, cell->text, &kind) || known) {
        g->section = section;
        g->group = kind;
        hg_roles_set(g->roles, r->cells, r->n, HG_ROLE_SECTION);
        return HG_OK;
    }
    if (g->section_field)
        return unknown_section(g, cell);
    if (r->fields == r->n && !g->list) { /* texts that are carried down */
        g->loose = g->loose ? g->loose : cell->row;
        hg_roles_set(g->roles, r->cells, r->n, HG_ROLE_LABEL);
        return HG_OK;
    }
    if (g->by_level && column_of(g, cell) == HG_COLUMN_LABEL)
        return add_row(g, r, false);
    return hg_fail(g->s->err, HG_EARG, &loc,
                   "the recipe has no place for the row '%.*s', which has no values",
                   (int)cell->text.n, cell->text.p);
}

/* ---- all rows ---- */

/* A row with values; of a list, one with texts of its fields: a single one in the first of
 * several columns stands over others. */
static bool is_valued(const gathering *g, const row *r)
{
    size_t fields = 0;
    uint32_t first = UINT32_MAX;
    if (!g->list)
        return r->values > 0;
    for (size_t i = 0; i < g->s->table->n; i++) {
        fields += g->h->fields[i] > 0;
        first = g->h->fields[i] && g->h->fields[i] < first ? g->h->fields[i] : first;
    }
    bool alone = r->fields == 1 && fields > 2 && r->cells[0].col == first;
    return r->fields > 0 && !alone && (!g->by_row || r->fields < r->n || fields == 0);
}

/* The recipe ignores the row, by its first text or its label. */
static bool is_ignored(const gathering *g, const row *r)
{
    return hg_label_ignored(g->s->label, g->s->table, r->cells[0].text) ||
           hg_label_ignored(g->s->label, g->s->table, r->first->text);
}

/* Records follow in a list: no note ends it. */
static bool records_below(const gathering *g, const row *r)
{
    for (uint32_t number = r->cells[0].row + 1; g->list && number < g->lines->end; number++) {
        row next = row_at(g, number);
        if (next.fields > 1 && is_valued(g, &next))
            return true;
    }
    return false;
}

/* The row ends the table: a text of "until", or notes where there are no values. */
static bool ends(const gathering *g, const row *r, bool valued)
{
    for (size_t i = 0; i < r->n; i++)
        if (hg_recipe_fits(&g->s->table->until,
                           hg_label_key(g->s->label, r->cells[i].text)))
            return true;
    const char *key = valued ? "" : hg_label_key(g->s->label, r->cells[0].text);
    return (hg_words_note(key) || hg_words_signature(key)) && !records_below(g, r);
}

static hg_status gather(gathering *g, uint32_t limit)
{
    hg_status st = HG_OK;
    uint32_t rows = hg_grid_rows(g->grid);
    g->lines->end = limit < rows ? limit : rows + 1;
    for (uint32_t number = g->h->bottom + 1; number < g->lines->end && st == HG_OK;
         number++) {
        row r = row_at(g, number);
        bool valued = is_valued(g, &r);
        if (r.n == 0)
            continue;
        if (g->fresh && hg_ruler_is(r.cells, r.n)) {
            hg_roles_set(g->roles, r.cells, r.n, HG_ROLE_RULER);
            g->lines->ruler = number;
        } else if (page(g, &number)) {
            g->fresh = true;
            continue;
        } else if (ends(g, &r, valued)) {
            g->lines->end = number;
            break;
        } else if (valued && is_ignored(g, &r)) {
            hg_roles_set(g->roles, r.cells, r.n, HG_ROLE_IGNORED);
        } else {
            st = valued ? add_row(g, &r, true) : read_bare_row(g, &r);
            g->loose = valued ? 0 : g->loose;
        }
        g->fresh = false;
    }
    if (g->loose) { /* no values below them: they are notes */
        for (uint32_t number = g->loose; number < g->lines->end; number++) {
            size_t n;
            const hg_cell *cells = hg_grid_row(g->grid, number, &n);
            hg_roles_set(g->roles, cells, n, HG_ROLE_NONE);
        }
        g->lines->end = g->loose;
    }
    return st;
}

hg_status hg_lines_read(hg_lines *lines, const hg_heading *heading, const hg_sayings *s,
                        const hg_grid *grid, hg_roles *roles, uint32_t limit)
{
    const hg_recipe_table *t = s->table;
    gathering g = { .lines = lines,
                    .h = heading,
                    .s = s,
                    .grid = grid,
                    .roles = roles,
                    .list = hg_recipe_is_list(t),
                    .fresh = true };
    *lines = (hg_lines){ 0 };
    for (size_t i = 0; i < t->n; i++) {
        const hg_recipe_field *field = &t->fields[i];
        g.unit = field->from == HG_FROM_UNIT ? field : g.unit;
        g.section_field = field->from == HG_FROM_SECTION ? field : g.section_field;
        g.by_row = g.by_row || (hg_recipe_of_row(field) && !field->column);
        g.by_level = g.by_level || (field->level > 0 && field->from == HG_FROM_ROW) ||
                     field->from == HG_FROM_PATH;
    }
    hg_status st = gather(&g, limit);
    return st == HG_OK ? hg_lines_rank(lines, s) : st;
}

void hg_lines_release(hg_lines *lines)
{
    free(lines->list);
    *lines = (hg_lines){ 0 };
}
