/* layout - the rows of the tables found, one value or record each */
#include "recipe/layout_parts.h"
#include "text/message.h"

/* Put the unit of a value into the row, and give the power of ten to scale it by: that of
 * its row, of its column, of its block, or of the sheet. */
static unsigned put_unit(hg_layout *l, const hg_layout_table *f, size_t k,
                         const hg_head *head)
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
static hg_status put_mark(hg_layout *l, const hg_layout_table *f, const hg_cell *cell,
                          hg_err *err)
{
    const hg_cell *beside = hg_grid_at(l->grid, cell->row, cell->col + 1);
    hg_slice mark = l->figure.mark;
    if (beside && hg_roles_get(&l->roles, beside) == HG_ROLE_MARK)
        mark = beside->text;
    hg_loc loc = { l->loc.file, l->loc.sheet, NULL, cell->row, cell->col };
    if (f->table->mark < f->table->n)
        l->row[f->table->mark] = mark;
    else if (mark.n > 0)
        return hg_fail(
            err, HG_EARG, &loc,
            "the mark %.*s of this value needs a column \"mark\" in the recipe",
            (int)mark.n, mark.p);
    return HG_OK;
}

/* Put "%" as the unit of a value that is written with it. */
static hg_status put_percent(hg_layout *l, const hg_layout_table *f, const hg_cell *cell,
                             hg_err *err)
{
    for (size_t i = 0; i < f->table->n; i++) {
        const hg_recipe_field *field = &f->table->fields[i];
        hg_loc loc = { l->loc.file, l->loc.sheet, field->name, cell->row, cell->col };
        if (field->from != HG_FROM_UNIT)
            continue;
        if (!hg_label_read_unit(&l->label, field, false, HG_SLICE("%")))
            return hg_label_unknown(&l->label, field, &loc, HG_SLICE("%"), err);
        const char *kept =
            hg_pool_keep(l->pool, (hg_slice){ l->label.value.data, l->label.value.len });
        if (!kept)
            return hg_fail_nomem(err);
        l->row[i] = hg_slice_of(kept);
    }
    return HG_OK;
}

/* Put the value of a cell with its unit, and the status of all that was said of it, into
 * the row. */
static hg_status put_value(hg_layout *l, const hg_layout_table *f, size_t k,
                           const hg_head *head, const hg_cell *cell, hg_err *err)
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
static hg_status put_key(hg_layout *l, const hg_layout_table *f, const char *const *key,
                         const hg_cell *cell, hg_err *err)
{
    size_t k = (size_t)(f->table - l->recipe->tables);
    const hg_seen_place here = { l->loc.file, l->loc.sheet, cell->row, cell->col },
                        *before;
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
static hg_status put_dimensions(hg_layout *l, const hg_layout_table *f, size_t k,
                                const hg_head *head, const hg_cell *cell, hg_err *err)
{
    const char *key[HG_RECIPE_FIELDS];
    size_t n = 0;
    for (size_t i = 0; i < f->table->n; i++) {
        const hg_recipe_field *field = &f->table->fields[i];
        if (!hg_recipe_is_dimension(field))
            continue;
        if (field->from != HG_FROM_UNIT)
            l->row[i] =
                hg_slice_of(field->from == HG_FROM_HEADER ? head->values[i]
                                                          : f->fields.rows[k].texts[i]);
        key[n++] = l->row[i].p;
    }
    return put_key(l, f, key, cell, err);
}

/* Put the next value of a line, from column at_col on. HG_END: it has no more. */
static hg_status next_value(hg_layout *l, const hg_layout_table *f, size_t k,
                            hg_origin *at, hg_err *err)
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
static hg_status next_record(hg_layout *l, const hg_layout_table *f, size_t k,
                             hg_origin *at)
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

hg_status hg_layout_next(hg_layout *l, const hg_recipe_table **table,
                         const hg_slice **cells, hg_origin *at, hg_err *err)
{
    for (; l->at_table < l->n; l->at_table++, l->at_line = 0) {
        const hg_layout_table *f = &l->tables[l->at_table];
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
