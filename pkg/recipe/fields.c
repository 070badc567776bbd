/* fields - what each row of a table gives to the columns of the recipe */
#include "recipe/fields.h"
#include "recipe/numbers.h"

#include <stdlib.h>

#define APART " / "

/* The text of a column that blanks below it stand for. */
typedef struct carried {
    uint32_t row; /* looked at so far */
    const hg_cell *cell;
} carried;

typedef struct reader {
    const hg_lines *lines;
    const hg_heading *h;
    const hg_sayings *s;
    const hg_grid *grid;
    const char *const *given;
    hg_row_part *rows;
    const hg_line **path;    /* the line of each rank over the one read, itself last */
    const hg_row_part **above; /* likewise */
    hg_outline outline;
    carried carried[HG_RECIPE_FIELDS];
    hg_evidence evidence[HG_RECIPE_FIELDS]; /* of lists */
    hg_buf text;
} reader;

static hg_loc place(const reader *r, const hg_recipe_field *field, uint32_t row,
                    uint32_t col)
{
    return (hg_loc){ r->s->loc->file, r->s->loc->sheet, field->name, row, col };
}

static const char *keep_text(reader *r, hg_slice text)
{
    const char *kept = hg_pool_keep(r->s->pool, text);
    r->s->label->failed = r->s->label->failed || !kept;
    return kept;
}

static const char *keep(reader *r)
{
    const hg_buf *value = &r->s->label->value;
    return keep_text(r, (hg_slice){ value->data, value->len });
}

/* Refuse a label that a field cannot read. */
static hg_status unknown(reader *r, const hg_recipe_field *field, const hg_cell *cell)
{
    hg_loc loc = place(r, field, cell->row, cell->col);
    return hg_label_unknown(r->s->label, field, &loc, cell->text, r->s->err);
}

/* The cell of a column in a row. Of a list a text that is merged over several columns is
 * that of the first alone. */
static const hg_cell *cell_at(const reader *r, uint32_t row, uint32_t col)
{
    const hg_cell *cell = hg_grid_spread(r->grid, row, col);
    return cell && cell->col < col && hg_recipe_is_list(r->s->table) ? NULL : cell;
}

/* The text of a field's own column in a row, or the one that is carried down to it. */
static const hg_cell *in_column(reader *r, size_t i, uint32_t row)
{
    uint32_t col = r->h->fields[i];
    carried *c = &r->carried[i];
    if (!r->s->table->fields[i].fill)
        return cell_at(r, row, col);
    if (c->row == 0)
        c->row = r->h->bottom;
    while (c->row < row) {
        const hg_cell *cell = cell_at(r, ++c->row, col);
        if (cell)
            c->cell = cell;
    }
    return c->cell;
}

/* ---- one field ---- */

static bool scaled(const reader *r)
{
    const hg_recipe_table *t = r->s->table;
    return t->value < t->n && t->fields[t->value].scale;
}

/* The unit that a line says itself, or one over it; not that of its block or column. */
static void read_unit(reader *r, size_t i, const hg_line *at, hg_row_part *row)
{
    const hg_recipe_field *unit = &r->s->table->fields[i];
    const hg_cell *cell = unit->column ? in_column(r, i, at->row) : NULL;
    if ((cell && hg_label_read_unit(r->s->label, unit, scaled(r), cell->text)) ||
        (at->label && hg_label_read_inside(r->s->label, unit, scaled(r), false,
                                           at->label->text))) {
        row->unit = keep(r);
        row->scale = r->s->label->scale;
    }
    for (unsigned k = at->rank; k > 0 && !row->unit && at->label; k--)
        if (r->above[k]) {
            row->unit = r->above[k]->unit;
            row->scale = r->above[k]->scale;
        }
}

/* Every column of values has a unit in its headings. */
static bool heads_say_units(const reader *r)
{
    for (uint32_t col = 1; col <= r->h->last; col++)
        if (r->h->columns[col] == HG_COLUMN_VALUE && !r->h->heads[col].unit)
            return false;
    return !hg_recipe_is_list(r->s->table);
}

/* Every value of the line is written with a percent sign. */
static bool values_say_percent(const reader *r, const hg_line *at)
{
    size_t n, percents = 0;
    const hg_cell *cells = hg_grid_row(r->grid, at->row, &n);
    for (size_t i = 0; i < n; i++) {
        if (hg_heading_column(r->h, cells[i].col) != HG_COLUMN_VALUE)
            continue;
        if (!hg_numbers_percent(&cells[i]))
            return false;
        percents++;
    }
    return percents > 0;
}

/* The labels over a line, and its own. */
static const char *read_path(reader *r, const hg_line *at)
{
    hg_buf line = { 0 };
    hg_buf_clear(&r->text);
    for (unsigned k = 1; k <= at->rank; k++) {
        if (!r->path[k] || !r->path[k]->label)
            continue;
        hg_slice text = hg_label_line(&line, r->path[k]->label->text);
        hg_buf_puts(&r->text, r->text.len > 0 ? APART : "");
        hg_buf_put(&r->text, text.p, text.n);
    }
    r->s->label->failed = r->s->label->failed || line.status != HG_OK;
    hg_buf_release(&line);
    return keep_text(r, (hg_slice){ r->text.data ? r->text.data : "", r->text.len });
}

static const char *read_numbering(reader *r, const hg_line *at)
{
    hg_buf_clear(&r->text);
    if (at->mark.n > 0)
        hg_outline_path(&r->outline, &r->text);
    return keep_text(r, (hg_slice){ r->text.data ? r->text.data : "", r->text.len });
}

static const char *kind_name(hg_kind kind)
{
    static const char *const names[] = { "item", "total", "part", "among" };
    return names[kind];
}

/* The cell that a field of rows is read from, or NULL. */
static const hg_cell *cell_of(reader *r, size_t i, const hg_line *at)
{
    const hg_recipe_field *field = &r->s->table->fields[i];
    if (field->column)
        return in_column(r, i, at->row);
    if (field->level == 0)
        return at->label;
    return field->level <= r->lines->ranks && r->path[field->level]
               ? r->path[field->level]->label
               : NULL;
}

/* Take in a text of a list that is a number or a date; it is written once all are known. */
static hg_status add_evidence(reader *r, size_t i, const hg_cell *cell)
{
    const hg_recipe_field *field = &r->s->table->fields[i];
    hg_loc loc = place(r, field, cell->row, cell->col);
    return field->type == HG_TYPE_DATE
               ? hg_dates_add(&r->evidence[i], cell, &loc, r->s->err)
               : hg_numbers_add(&r->evidence[i], r->s->table, cell, &loc, r->s->err);
}

static hg_status read_label(reader *r, size_t i, const hg_line *at, hg_row_part *row)
{
    const hg_recipe_field *field = &r->s->table->fields[i];
    const hg_cell *cell = cell_of(r, i, at);
    if (!cell)
        return HG_OK;
    if (field->type && add_evidence(r, i, cell) != HG_OK)
        return r->s->err->status;
    if (!hg_label_read(r->s->label, field, cell->text))
        return unknown(r, field, cell);
    row->texts[i] = keep(r);
    if (r->s->label->status != HG_STATUS_OFFICIAL)
        row->status = r->s->label->status;
    return HG_OK;
}

/* ---- one row ---- */

/* See that a row has all that does not come from headings. */
static hg_status complete(reader *r, size_t i, const hg_line *at, hg_row_part *row)
{
    const hg_recipe_field *field = &r->s->table->fields[i];
    if (!row->texts[i])
        row->texts[i] = r->given[i];
    if (!row->texts[i] && hg_recipe_is_list(r->s->table))
        row->texts[i] = keep_text(r, HG_SLICE(""));
    bool unit = field->from == HG_FROM_UNIT && (row->unit || at->unit || heads_say_units(r) ||
                                                values_say_percent(r, at));
    if (row->texts[i] || unit || field->from == HG_FROM_HEADER ||
        !hg_recipe_is_dimension(field))
        return HG_OK;
    hg_loc loc = place(r, field, at->row, at->label ? at->label->col : 1);
    return hg_fail(r->s->err, HG_EARG, &loc, "this row does not give it");
}

static hg_status read_field(reader *r, size_t i, const hg_line *at, hg_row_part *row)
{
    hg_status st = HG_OK;
    switch (r->s->table->fields[i].from) {
    case HG_FROM_ROW: st = read_label(r, i, at, row); break;
    case HG_FROM_PATH: row->texts[i] = read_path(r, at); break;
    case HG_FROM_NUMBERING: row->texts[i] = read_numbering(r, at); break;
    case HG_FROM_KIND: row->texts[i] = kind_name(at->kind); break;
    case HG_FROM_SECTION: row->texts[i] = at->section; break;
    default: break;
    }
    return st == HG_OK ? complete(r, i, at, row) : st;
}

static hg_status read_row(reader *r, size_t k)
{
    const hg_line *at = &r->lines->list[k];
    hg_row_part *row = &r->rows[k];
    bool new_block = k > 0 && at->block != r->lines->list[k - 1].block;
    hg_status st = HG_OK;
    for (unsigned rank = new_block ? 1 : at->rank; rank <= r->lines->ranks; rank++) {
        r->path[rank] = NULL;
        r->above[rank] = NULL;
    }
    r->path[at->rank] = at;
    row->status = HG_STATUS_OFFICIAL;
    if (at->mark.n > 0)
        hg_outline_level(&r->outline, at->mark);
    for (size_t i = 0; i < r->s->table->n; i++)
        if (r->s->table->fields[i].from == HG_FROM_UNIT)
            read_unit(r, i, at, row);
    r->above[at->rank] = row;
    for (size_t i = 0; i < r->s->table->n && st == HG_OK && at->valued; i++)
        st = read_field(r, i, at, row);
    return st;
}

/* ---- numbers and dates of lists ---- */

/* Write the texts of one field of a list anew, now that all of its column are known. */
static hg_status rewrite(reader *r, size_t i)
{
    const hg_recipe_field *field = &r->s->table->fields[i];
    hg_number_style style = HG_NUMBER_ANY;
    bool month_first = false;
    hg_status st = field->type == HG_TYPE_DATE
                       ? hg_dates_style(&r->evidence[i], r->s->table->numbers, &month_first,
                                        r->s->loc, r->s->err)
                       : hg_numbers_style(&r->evidence[i], r->s->table->numbers, &style,
                                          r->s->loc, r->s->err);
    for (size_t k = 0; k < r->lines->n && st == HG_OK; k++) {
        const hg_line *at = &r->lines->list[k];
        const hg_cell *cell = cell_at(r, at->row, r->h->fields[i]);
        char date[11];
        hg_figure figure;
        hg_loc loc = place(r, field, at->row, r->h->fields[i]);
        if (!cell || cell->type != HG_CELL_TEXT || !at->valued)
            continue;
        if (field->type == HG_TYPE_DATE && hg_dates_read(date, cell->text, month_first))
            r->rows[k].texts[i] = keep_text(r, hg_slice_of(date));
        else if (field->type == HG_TYPE_NUMBER &&
                 (st = hg_numbers_read(&figure, r->s->table, cell, style, HG_DECIMALS_ALL, 0, &loc,
                                       r->s->err)) == HG_OK)
            r->rows[k].texts[i] = keep_text(r, hg_slice_of(figure.text));
    }
    return st;
}

hg_status hg_fields_read(hg_fields *fields, const hg_lines *lines,
                         const hg_heading *heading, const hg_sayings *s,
                         const hg_grid *grid, const char *const *given)
{
    reader r = { .lines = lines, .h = heading, .s = s, .grid = grid, .given = given };
    hg_status st = HG_OK;
    fields->rows = r.rows = calloc(lines->n + 1, sizeof *r.rows);
    r.path = calloc(lines->ranks + 2u, sizeof *r.path);
    r.above = calloc(lines->ranks + 2u, sizeof *r.above);
    if (!r.rows || !r.path || !r.above)
        st = hg_fail_nomem(s->err);
    for (size_t k = 0; k < lines->n && st == HG_OK; k++)
        st = read_row(&r, k);
    for (size_t i = 0; i < s->table->n && st == HG_OK; i++)
        if (s->table->fields[i].type)
            st = rewrite(&r, i);
    hg_buf_release(&r.text);
    free(r.path);
    free(r.above);
    return st;
}

void hg_fields_release(hg_fields *fields)
{
    free(fields->rows);
    fields->rows = NULL;
}
