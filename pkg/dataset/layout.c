/* layout - a table as it stands in a report, as tidy rows */
#include "dataset/layout.h"
#include "dataset/heading.h"
#include "dataset/seen.h"
#include "text/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_TITLE 16u /* rows of title that a continued page has at most */

/* A row of the table: one with values, or a label that stands over others. */
typedef struct line {
    uint32_t row;
    const hg_cell *label; /* NULL: the table has no row labels */
    uint32_t depth;       /* how far in the label stands: column, indent, not bold */
    unsigned rank;        /* the same as 1, 2, 3 … */
    size_t block;         /* lines with the same unit row above */
    bool valued;
    const char *section, *block_unit, *own_unit; /* of the pool, or NULL */
    char status;
} line;

struct hg_layout {
    const hg_recipe *recipe;
    hg_pool *pool;
    hg_seen *seen;
    hg_reading label;
    size_t unit, section;  /* indexes of those fields; recipe->n: there is none */
    bool by_row, by_level; /* fields are from row labels; from those above */

    /* of the sheet read last */
    const hg_grid *grid;
    hg_loc loc;
    hg_heading heading;
    unsigned char *roles;
    line *lines;
    size_t n, cap;
    const char **texts; /* n times recipe->n: the row's part of each observation */
    const char *given[HG_RECIPE_FIELDS]; /* the sheet's part */
    hg_number_style *styles;             /* of the columns under the headings */
    uint32_t end;                        /* the first row of notes */

    /* where hg_layout_next() stands */
    size_t at_line;
    uint32_t at_col;
    hg_slice row[HG_RECIPE_FIELDS];
    hg_vinumber number;
    char status[2];
};

hg_status hg_layout_new(hg_layout **out, const hg_recipe *recipe, hg_err *err)
{
    size_t dimensions = 0;
    hg_layout *l = calloc(1, sizeof *l);
    *out = l;
    if (!l)
        return hg_fail_nomem(err);
    l->recipe = recipe;
    l->unit = l->section = recipe->n;
    for (size_t i = 0; i < recipe->n; i++) {
        const hg_recipe_field *field = &recipe->fields[i];
        l->unit = field->from == HG_FROM_UNIT ? i : l->unit;
        l->section = field->from == HG_FROM_SECTION ? i : l->section;
        l->by_row = l->by_row || (field->from == HG_FROM_ROW && !field->column);
        l->by_level = l->by_level || field->level > 0;
        dimensions += hg_recipe_is_dimension(field);
    }
    hg_status st = hg_pool_new(&l->pool, err);
    if (st == HG_OK)
        st = hg_seen_new(&l->seen, dimensions, err);
    if (st != HG_OK) {
        hg_layout_free(l);
        *out = NULL;
    }
    return st;
}

static void forget(hg_layout *l)
{
    hg_heading_release(&l->heading);
    free(l->roles);
    free(l->lines);
    free(l->texts);
    free(l->styles);
    l->roles = NULL;
    l->lines = NULL;
    l->texts = NULL;
    l->styles = NULL;
    l->n = l->cap = l->at_line = 0;
    l->at_col = 0;
}

void hg_layout_free(hg_layout *l)
{
    if (!l)
        return;
    forget(l);
    hg_label_release(&l->label);
    hg_pool_free(l->pool);
    hg_seen_free(l->seen);
    free(l);
}

/* ---- small questions ---- */

static hg_loc place(const hg_layout *l, const hg_cell *cell, const char *field)
{
    return (hg_loc){ l->loc.file, l->loc.sheet, field, cell->row, cell->col };
}

static size_t index_of(const hg_layout *l, const hg_cell *cell)
{
    size_t n;
    return (size_t)(cell - hg_grid_cells(l->grid, &n));
}

static void mark(hg_layout *l, const hg_cell *cells, size_t n, hg_role role)
{
    for (size_t i = 0; i < n; i++)
        l->roles[index_of(l, &cells[i])] = (unsigned char)role;
}

/* What the headings say of the column, or NULL for one that is not under them. */
static const hg_head *head_of(const hg_layout *l, uint32_t col)
{
    return col >= l->heading.first && col <= l->heading.last
               ? &l->heading.heads[col - l->heading.first]
               : NULL;
}

static bool in_values(const hg_layout *l, const hg_cell *cell)
{
    const hg_head *head = head_of(l, cell->col);
    return head && head->used;
}

/* Keep the value that a label gave; NULL when memory has run out. */
static const char *keep(hg_layout *l)
{
    const hg_buf *value = &l->label.value;
    const char *kept = hg_pool_keep(l->pool, (hg_slice){ value->data, value->len });
    l->label.failed = l->label.failed || !kept;
    return kept;
}

/* Refuse a label that a field cannot read. */
static hg_status unknown(hg_layout *l, const hg_recipe_field *field, const hg_cell *cell,
                         hg_err *err)
{
    hg_loc loc = place(l, cell, field->name);
    const char *near = hg_label_nearest(&l->label, field, cell->text);
    if (near)
        return hg_fail(
            err, HG_EARG, &loc, "%s has no label '%.*s'; the nearest it has is '%s'",
            hg_codelist_name(field->codes), (int)cell->text.n, cell->text.p, near);
    if (field->codes)
        return hg_fail(err, HG_EARG, &loc, "%s has no label '%.*s'",
                       hg_codelist_name(field->codes), (int)cell->text.n, cell->text.p);
    return hg_fail(err, HG_EARG, &loc, "the label '%.*s' does not give it",
                   (int)cell->text.n, cell->text.p);
}

/* ---- what the sheet says as a whole ---- */

/* Read a unit line above the table. "Đơn vị:" may name an organisation, so that one with
 * an unknown unit is passed over. */
static hg_status read_unit_line(hg_layout *l, const hg_cell *cell, hg_err *err)
{
    hg_cell unit = *cell;
    if (l->unit == l->recipe->n || !hg_label_unit(&l->label, cell->text, &unit.text))
        return HG_OK;
    const hg_recipe_field *field = &l->recipe->fields[l->unit];
    l->roles[index_of(l, cell)] = HG_ROLE_UNIT;
    if (hg_label_read(&l->label, field, unit.text))
        return (l->given[l->unit] = keep(l)) ? HG_OK : hg_fail_nomem(err);
    return hg_label_organisation(&l->label, cell->text) ? HG_OK
                                                        : unknown(l, field, &unit, err);
}

/* Find a field's value among the texts above the table. */
static hg_status read_title(hg_layout *l, size_t i, const hg_cell *cells, size_t n,
                            hg_err *err)
{
    for (size_t k = 0; k < n && !l->given[i]; k++)
        if (hg_label_read(&l->label, &l->recipe->fields[i], cells[k].text) &&
            !(l->given[i] = keep(l)))
            return hg_fail_nomem(err);
    return HG_OK;
}

/* Fill in what all rows of the sheet share. */
static hg_status read_given(hg_layout *l, const hg_cell *titles, size_t n, hg_err *err)
{
    memset(l->given, 0, sizeof l->given);
    for (size_t k = 0; k < n; k++)
        if (read_unit_line(l, &titles[k], err) != HG_OK)
            return err->status;
    for (size_t i = 0; i < l->recipe->n; i++) {
        const hg_recipe_field *field = &l->recipe->fields[i];
        if (field->from == HG_FROM_TITLE && read_title(l, i, titles, n, err) != HG_OK)
            return err->status;
        if (field->from == HG_FROM_SHEET && l->loc.sheet &&
            hg_label_read(&l->label, field, hg_slice_of(l->loc.sheet)))
            l->given[i] = keep(l);
        if (!l->given[i] && field->otherwise && hg_recipe_is_dimension(field))
            l->given[i] = hg_pool_keep(l->pool, hg_slice_of(field->otherwise));
        if (!l->given[i] &&
            (field->from == HG_FROM_TITLE || field->from == HG_FROM_SHEET)) {
            hg_loc loc = { l->loc.file, l->loc.sheet, field->name, 0, 0 };
            return hg_fail(err, HG_EARG, &loc,
                           field->from == HG_FROM_TITLE
                               ? "no text above the table gives it"
                               : "the sheet's name does not give it");
        }
    }
    return HG_OK;
}

/* ---- pages ---- */

/* The rows from row on are the headings once more. */
static bool repeats(const hg_layout *l, uint32_t row)
{
    for (uint32_t r = l->heading.top; r <= l->heading.bottom; r++) {
        size_t n, m;
        const hg_cell *a = hg_heading_row(l->grid, r, &n);
        const hg_cell *b = hg_heading_row(l->grid, row + r - l->heading.top, &m);
        if (n != m)
            return false;
        for (size_t i = 0; i < n; i++)
            if (a[i].col != b[i].col || !hg_slice_eq(a[i].text, b[i].text))
                return false;
    }
    return true;
}

/* A row of a title: it says that the table goes on, or repeats texts from above it. */
static bool is_title(hg_layout *l, const hg_cell *cells, size_t n)
{
    size_t total;
    hg_slice unit;
    const hg_cell *all = hg_grid_cells(l->grid, &total);
    for (size_t i = 0; i < n; i++) {
        bool known = hg_label_unit(&l->label, cells[i].text, &unit);
        if (hg_label_continued(&l->label, cells[i].text))
            return true;
        for (size_t k = 0; k < total && all[k].row < l->heading.top && !known; k++)
            known = hg_slice_eq(all[k].text, cells[i].text);
        if (!known)
            return false;
    }
    return true;
}

/* Where a page starts at row, take in its title and headings; *row is then the last. */
static bool page(hg_layout *l, uint32_t *row)
{
    uint32_t start = *row, r = start;
    size_t n;
    const hg_cell *cells;
    for (; !repeats(l, r); r++) {
        cells = hg_heading_row(l->grid, r, &n);
        if (r - start == PAGE_TITLE || r > hg_grid_rows(l->grid) ||
            (n > 0 && !is_title(l, cells, n)))
            return false;
    }
    *row = r + l->heading.bottom - l->heading.top;
    for (uint32_t k = start; k <= *row; k++) {
        cells = hg_heading_row(l->grid, k, &n);
        mark(l, cells, n, k < r ? HG_ROLE_TITLE : HG_ROLE_HEADING);
    }
    return true;
}

/* ---- rows ---- */

static line *add_line(hg_layout *l, hg_err *err)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        line *lines = realloc(l->lines, cap * sizeof *lines);
        if (!lines) {
            hg_fail_nomem(err);
            return NULL;
        }
        l->lines = lines;
        l->cap = cap;
    }
    l->lines[l->n] = (line){ .status = HG_STATUS_OFFICIAL };
    return &l->lines[l->n++];
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

/* The column holds a field of its own, not the row's label. */
static bool is_field_column(const hg_layout *l, uint32_t col)
{
    bool is = false;
    for (size_t i = 0; i < l->recipe->n; i++)
        is = is || l->heading.columns[i] == col;
    return is;
}

/*
 * Choose the label of a row out of the n cells before the first heading: the one that is
 * no numbering; of numberings only, the last. Two that are none are refused.
 */
static hg_status choose_label(hg_layout *l, const hg_cell *cells, size_t n,
                              const hg_cell **label, hg_err *err)
{
    const hg_cell *name = NULL, *numbered = NULL;
    for (size_t i = 0; i < n; i++) {
        hg_vinumber number;
        if (is_field_column(l, cells[i].col))
            continue;
        bool numbering = cells[i].type != HG_CELL_TEXT ||
                         hg_label_numbering(cells[i].text) ||
                         hg_vinumber_read(&number, cells[i].text);
        hg_loc loc = place(l, &cells[i], NULL);
        if (!numbering && name)
            return hg_fail(err, HG_EARG, &loc, "a row has two labels, '%.*s' and '%.*s'",
                           (int)name->text.n, name->text.p, (int)cells[i].text.n,
                           cells[i].text.p);
        if (!numbering)
            name = &cells[i];
        numbered = &cells[i];
    }
    *label = name ? name : numbered;
    return HG_OK;
}

/* What goes from row to row while they are gathered. */
typedef struct state {
    const char *section, *unit;
    size_t block;
    bool fresh; /* right below the headings, where a ruler may stand */
} state;

static hg_status add_row(hg_layout *l, const state *s, const hg_cell *cells, size_t n,
                         size_t stub, bool valued, hg_err *err)
{
    const hg_cell *label = NULL;
    if (choose_label(l, cells, stub, &label, err) != HG_OK)
        return err->status;
    hg_loc loc = place(l, &cells[0], NULL);
    if (!label && l->by_row)
        return hg_fail(err, HG_EARG, &loc, "values in a row without a label");
    line *new = add_line(l, err);
    if (!new)
        return err->status;
    new->row = cells[0].row;
    new->label = label;
    new->depth = label ? depth_of(label) : 0;
    new->block = s->block;
    new->section = s->section;
    new->block_unit = s->unit;
    new->valued = valued;
    mark(l, cells, stub, HG_ROLE_LABEL);
    for (size_t i = stub; i < n; i++) {
        const hg_head *head = head_of(l, cells[i].col);
        hg_loc at = place(l, &cells[i], NULL);
        if (head && head->used && hg_grid_area(l->grid, cells[i].row, cells[i].col))
            return hg_fail(err, HG_EARG, &at, "a value stands in cells that are merged");
        if (head && head->used)
            mark(l, &cells[i], 1, HG_ROLE_VALUE);
        else if (head && head->ignored)
            mark(l, &cells[i], 1, HG_ROLE_IGNORED);
    }
    return HG_OK;
}

/* Read a row without values as the unit of those below. */
static bool starts_block(hg_layout *l, state *s, const hg_cell *cell, size_t stub)
{
    hg_slice text = cell->text;
    const hg_area *area = hg_grid_area(l->grid, cell->row, cell->col);
    bool wide = stub == 0 || (area && area->col2 >= l->heading.first);
    if (l->unit == l->recipe->n || !l->recipe->fields[l->unit].codes)
        return false;
    if (!hg_label_unit(&l->label, cell->text, &text) && !wide &&
        (l->by_level || l->section < l->recipe->n))
        return false;
    if (!hg_label_read(&l->label, &l->recipe->fields[l->unit], text))
        return false;
    s->unit = keep(l);
    s->section = NULL;
    s->block++;
    return true;
}

/* Read a row without values: a unit, a section, a label over others, or nothing known. */
static hg_status read_bare_row(hg_layout *l, state *s, const hg_cell *cells, size_t n,
                               size_t stub, hg_err *err)
{
    const hg_recipe_field *section =
        l->section < l->recipe->n ? &l->recipe->fields[l->section] : NULL;
    if (starts_block(l, s, &cells[0], stub)) {
        mark(l, cells, n, HG_ROLE_UNIT);
        return HG_OK;
    }
    if (hg_label_ignored(&l->label, l->recipe, cells[0].text)) {
        mark(l, cells, n, HG_ROLE_IGNORED);
        return HG_OK;
    }
    for (size_t i = stub; i < n && stub > 0; i++) {
        hg_loc loc = place(l, &cells[i], NULL);
        if (in_values(l, &cells[i]))
            return hg_fail(err, HG_EINPUT, &loc, "'%.*s' is no number",
                           (int)cells[i].text.n, cells[i].text.p);
    }
    bool known = section && hg_label_read(&l->label, section, cells[0].text);
    if (known || hg_label_group(&l->label, cells[0].text)) {
        s->section = known ? keep(l) : s->section;
        mark(l, cells, n, HG_ROLE_SECTION);
        return HG_OK;
    }
    if (section)
        return unknown(l, section, &cells[0], err);
    if (l->by_level && stub > 0)
        return add_row(l, s, cells, n, stub, false, err);
    hg_loc loc = place(l, &cells[0], NULL);
    return hg_fail(err, HG_EARG, &loc,
                   "the recipe has no place for the row '%.*s', which has no values",
                   (int)cells[0].text.n, cells[0].text.p);
}

/* Gather the rows below the headings, up to the notes. */
static hg_status gather(hg_layout *l, hg_err *err)
{
    state s = { .fresh = true };
    hg_status st = HG_OK;
    uint32_t rows = hg_grid_rows(l->grid);
    l->end = rows + 1;
    for (uint32_t row = l->heading.bottom + 1; row <= rows && st == HG_OK; row++) {
        size_t n, stub = 0;
        const hg_cell *cells = hg_heading_row(l->grid, row, &n);
        bool valued = false;
        for (size_t i = 0; i < n; i++) {
            stub += cells[i].col < l->heading.first;
            valued =
                valued || (in_values(l, &cells[i]) && hg_heading_is_value(&cells[i]));
        }
        if (n == 0)
            continue;
        if (s.fresh && hg_heading_is_ruler(cells, n)) {
            mark(l, cells, n, HG_ROLE_RULER);
        } else if (page(l, &row)) {
            s.fresh = true;
            continue;
        } else if (!valued && hg_label_note(&l->label, cells[0].text)) {
            l->end = row;
            break;
        } else {
            st = valued ? add_row(l, &s, cells, n, stub, true, err)
                        : read_bare_row(l, &s, cells, n, stub, err);
        }
        s.fresh = false;
    }
    return st;
}

/* ---- what the rows say ---- */

static int by_depth(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Number the depths that occur: 1 for the outermost. *ranks is how many there are. */
static hg_status rank(hg_layout *l, size_t *ranks, hg_err *err)
{
    uint32_t *depths = malloc((l->n + 1) * sizeof *depths);
    size_t n = 0;
    if (!depths)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < l->n; i++)
        depths[i] = l->lines[i].depth;
    qsort(depths, l->n, sizeof *depths, by_depth);
    for (size_t i = 0; i < l->n; i++)
        if (i == 0 || depths[i] != depths[n - 1])
            depths[n++] = depths[i];
    for (size_t i = 0; i < l->n; i++) {
        unsigned k = 0;
        while (depths[k] != l->lines[i].depth)
            k++;
        l->lines[i].rank = k + 1;
    }
    free(depths);
    *ranks = n;
    return HG_OK;
}

/* The unit of a line: its label's own, that of a label over it, of its block, of the
 * sheet. */
static const char *unit_of(hg_layout *l, line *at, line *const *path)
{
    if (at->label &&
        hg_label_read_inside(&l->label, &l->recipe->fields[l->unit], at->label->text))
        at->own_unit = keep(l);
    for (unsigned k = at->rank; k > 0; k--)
        if (path[k] && path[k]->own_unit)
            return path[k]->own_unit;
    return at->block_unit ? at->block_unit : l->given[l->unit];
}

/* Read one field of a line; path has the line of each rank over it, itself last. */
static hg_status read_field(hg_layout *l, line *at, line *const *path, size_t ranks,
                            size_t i, const char **text, hg_err *err)
{
    const hg_recipe_field *field = &l->recipe->fields[i];
    const line *from = field->level == 0       ? at
                       : field->level <= ranks ? path[field->level]
                                               : NULL;
    const hg_cell *cell = field->column
                              ? hg_grid_spread(l->grid, at->row, l->heading.columns[i])
                          : from ? from->label
                                 : NULL;
    hg_loc loc = { l->loc.file, l->loc.sheet, field->name, at->row,
                   at->label ? at->label->col : 1 };
    *text = l->given[i]; /* the default */
    if (field->from == HG_FROM_UNIT) {
        *text = unit_of(l, at, path);
    } else if (field->from == HG_FROM_SECTION) {
        *text = at->section ? at->section : *text;
    } else if (field->from == HG_FROM_ROW && cell) {
        if (!hg_label_read(&l->label, field, cell->text))
            return unknown(l, field, cell, err);
        if (!(*text = keep(l)))
            return hg_fail_nomem(err);
        if (l->label.status != HG_STATUS_OFFICIAL)
            at->status = l->label.status;
    }
    return *text || field->from == HG_FROM_HEADER || !hg_recipe_is_dimension(field)
               ? HG_OK
               : hg_fail(err, HG_EARG, &loc, "this row does not give it");
}

/* Read every field of every line. */
static hg_status read_lines(hg_layout *l, hg_err *err)
{
    size_t ranks = 0, n = l->recipe->n;
    if (rank(l, &ranks, err) != HG_OK)
        return err->status;
    line **path = calloc(ranks + 1, sizeof *path);
    l->texts = calloc(l->n * n + 1, sizeof *l->texts);
    hg_status st = path && l->texts ? HG_OK : hg_fail_nomem(err);
    for (size_t k = 0; k < l->n && st == HG_OK; k++) {
        line *at = &l->lines[k];
        bool new_block = k > 0 && at->block != l->lines[k - 1].block;
        for (size_t r = new_block ? 1 : at->rank; r <= ranks; r++)
            path[r] = NULL;
        path[at->rank] = at;
        if (!at->valued && l->unit < n)
            unit_of(l, at, path);
        for (size_t i = 0; i < n && st == HG_OK && at->valued; i++)
            st = read_field(l, at, path, ranks, i, &l->texts[k * n + i], err);
    }
    free(path);
    return st;
}

/* ---- numbers ---- */

/* Tell how the texts of a column write numbers. One that can be read in two ways is
 * refused where nothing in the column tells which. */
static hg_status read_style(hg_layout *l, uint32_t col, hg_number_style *style,
                            hg_err *err)
{
    const hg_cell *vi = NULL, *en = NULL, *either = NULL;
    for (size_t k = 0; k < l->n; k++) {
        const hg_cell *cell = hg_grid_at(l->grid, l->lines[k].row, col);
        hg_vinumber number;
        if (!l->lines[k].valued || !cell || cell->type == HG_CELL_NUMBER ||
            (cell->type == HG_CELL_TEXT && hg_label_symbol(cell->text)))
            continue;
        hg_loc loc = place(l, cell, NULL);
        if (cell->type != HG_CELL_TEXT || !hg_vinumber_read(&number, cell->text))
            return hg_fail(err, HG_EINPUT, &loc, "'%.*s' is no number", (int)cell->text.n,
                           cell->text.p);
        vi = number.vi && !number.en && !vi ? cell : vi;
        en = number.en && !number.vi && !en ? cell : en;
        either = hg_vinumber_ambiguous(&number) && !either ? cell : either;
        if ((vi && en) || (l->recipe->numbers == HG_NUMBER_VI && !number.vi) ||
            (l->recipe->numbers == HG_NUMBER_EN && !number.en))
            return hg_fail(err, HG_EINPUT, &loc,
                           "'%.*s' is not written as the other numbers of its column",
                           (int)cell->text.n, cell->text.p);
        *style = vi ? HG_NUMBER_VI : HG_NUMBER_EN;
    }
    if (l->recipe->numbers)
        *style = l->recipe->numbers;
    if (!either || vi || en || l->recipe->numbers)
        return HG_OK;
    hg_loc loc = place(l, either, NULL);
    hg_vinumber_read(&l->number, either->text);
    return hg_fail(
        err, HG_EARG, &loc,
        "'%.*s' may be %s or %s; say in the recipe \"numbers\": \"vi\" or \"en\"",
        (int)either->text.n, either->text.p, l->number.as_vi, l->number.as_en);
}

static hg_status read_styles(hg_layout *l, hg_err *err)
{
    l->styles = calloc(l->heading.last - l->heading.first + 1, sizeof *l->styles);
    if (!l->styles)
        return hg_fail_nomem(err);
    for (uint32_t col = l->heading.first; col <= l->heading.last; col++)
        if (head_of(l, col)->used &&
            read_style(l, col, &l->styles[col - l->heading.first], err) != HG_OK)
            return err->status;
    return HG_OK;
}

/* ---- the sheet ---- */

/* Give a role to what is left: titles, notes. A number that is left has been missed. */
static hg_status account(hg_layout *l, hg_err *err)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(l->grid, &n);
    for (size_t i = 0; i < n; i++) {
        const hg_cell *cell = &cells[i];
        bool above = cell->row < l->heading.top, heading = cell->row <= l->heading.bottom;
        if (l->roles[i] != HG_ROLE_NONE)
            continue;
        l->roles[i] = above ? HG_ROLE_TITLE : heading ? HG_ROLE_HEADING : HG_ROLE_NOTE;
        hg_loc loc = place(l, cell, NULL);
        bool beside = cell->row < l->end || in_values(l, cell);
        if (l->roles[i] == HG_ROLE_NOTE && beside && cell->type != HG_CELL_TEXT)
            return hg_fail(err, HG_EARG, &loc, "the recipe has no place for '%.*s'",
                           (int)cell->text.n, cell->text.p);
    }
    return HG_OK;
}

hg_status hg_layout_read(hg_layout *l, const hg_grid *grid, const char *file,
                         const char *sheet, hg_err *err)
{
    size_t n, titles = 0;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    forget(l);
    l->grid = grid;
    l->loc =
        (hg_loc){ .file = hg_pool_keep(l->pool, hg_slice_of(file)),
                  .sheet = sheet ? hg_pool_keep(l->pool, hg_slice_of(sheet)) : NULL };
    l->roles = calloc(n + 1, 1);
    if (!l->roles)
        return hg_fail_nomem(err);
    hg_status st = l->loc.file ? HG_OK : hg_fail_nomem(err);
    if (st == HG_OK)
        st = hg_heading_find(&l->heading, l->recipe, grid, l->pool, &l->label, &l->loc,
                             err);
    while (titles < n && cells[titles].row < l->heading.top)
        titles++;
    if (st == HG_OK)
        st = read_given(l, cells, titles, err);
    if (st == HG_OK)
        st = gather(l, err);
    if (st == HG_OK)
        st = read_lines(l, err);
    if (st == HG_OK)
        st = read_styles(l, err);
    if (st == HG_OK)
        st = account(l, err);
    if (l->label.failed) { /* then what was said of labels may be wrong */
        *err = (hg_err)HG_ERR_INIT;
        st = hg_fail_nomem(err);
    }
    return st;
}

hg_role hg_layout_role(const hg_layout *l, size_t i)
{
    return (hg_role)l->roles[i];
}

/* ---- observations ---- */

/* Put the value of a cell, and the status of all that was said of it, into the row. */
static hg_status put_value(hg_layout *l, const line *at, const hg_head *head,
                           const hg_cell *cell, hg_err *err)
{
    char missing = cell->type == HG_CELL_TEXT ? hg_label_symbol(cell->text) : '\0';
    hg_slice *value = &l->row[l->recipe->value];
    *value = cell->text;
    l->status[0] = missing                            ? missing
                   : at->status != HG_STATUS_OFFICIAL ? at->status
                                                      : head->status;
    if (missing) {
        *value = (hg_slice){ "", 0 };
    } else if (cell->type == HG_CELL_TEXT) {
        hg_vinumber_read(&l->number, cell->text);
        *value = hg_slice_of(l->styles[cell->col - l->heading.first] == HG_NUMBER_VI
                                 ? l->number.as_vi
                                 : l->number.as_en);
    }
    hg_loc loc = place(l, cell, NULL);
    if (l->recipe->status < l->recipe->n)
        l->row[l->recipe->status] = (hg_slice){ l->status, 1 };
    else if (l->status[0] != HG_STATUS_OFFICIAL)
        return hg_fail(
            err, HG_EARG, &loc,
            "the status %s of this value needs a column \"status\" in the recipe",
            l->status);
    return HG_OK;
}

/* Put the dimensions into the row, and see that no other value has the same. */
static hg_status put_dimensions(hg_layout *l, size_t k, const hg_head *head,
                                const hg_cell *cell, hg_err *err)
{
    const char *key[HG_RECIPE_FIELDS];
    const hg_seen_place here = { l->loc.file, l->loc.sheet, cell->row, cell->col },
                        *before;
    size_t n = 0;
    for (size_t i = 0; i < l->recipe->n; i++) {
        const hg_recipe_field *field = &l->recipe->fields[i];
        if (!hg_recipe_is_dimension(field))
            continue;
        key[n] = field->from == HG_FROM_HEADER ? head->values[i]
                                               : l->texts[k * l->recipe->n + i];
        l->row[i] = hg_slice_of(key[n++]);
    }
    if (hg_seen_put(l->seen, key, &here, &before, err) != HG_OK)
        return err->status;
    if (!before)
        return HG_OK;
    hg_buf where = { 0 };
    hg_loc loc = place(l, cell, NULL);
    hg_text_place(
        &where, &(hg_loc){ before->file, before->sheet, NULL, before->row, before->col });
    hg_fail(err, HG_EARG, &loc, "this value and that of %s have the same columns",
            where.data ? where.data : "another cell");
    hg_buf_release(&where);
    return err->status;
}

hg_status hg_layout_next(hg_layout *l, const hg_slice **cells, hg_origin *at, hg_err *err)
{
    for (; l->at_line < l->n; l->at_line++, l->at_col = 0) {
        const line *now = &l->lines[l->at_line];
        if (l->at_col < l->heading.first)
            l->at_col = l->heading.first;
        while (now->valued && l->at_col <= l->heading.last) {
            const hg_head *head = head_of(l, l->at_col);
            const hg_cell *cell = hg_grid_at(l->grid, now->row, l->at_col++);
            if (!head->used || !cell)
                continue;
            if (put_dimensions(l, l->at_line, head, cell, err) != HG_OK ||
                put_value(l, now, head, cell, err) != HG_OK)
                return err->status;
            *cells = l->row;
            *at =
                (hg_origin){ .sheet = l->loc.sheet, .row = cell->row, .col = cell->col };
            return HG_OK;
        }
    }
    return HG_END;
}
