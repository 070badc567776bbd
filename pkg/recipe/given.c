/* given - what the rows of a table share */
#include "recipe/given.h"

#include <string.h>

typedef struct reader {
    hg_given *given;
    const hg_sayings *s;
    hg_roles *roles;
    const hg_cell *titles; /* the cells above */
    size_t n;
} reader;

/* Keep the value that a label gave as the field's. */
static hg_status keep(reader *r, size_t i)
{
    const hg_buf *value = &r->s->label->value;
    r->given->texts[i] = hg_pool_keep(r->s->pool, (hg_slice){ value->data, value->len });
    return r->given->texts[i] ? HG_OK : hg_fail_nomem(r->s->err);
}

static hg_status unknown_unit(reader *r, const hg_recipe_field *field, const hg_cell *cell,
                              hg_slice text)
{
    hg_loc loc = { r->s->loc->file, r->s->loc->sheet, field->name, cell->row, cell->col };
    return hg_label_unknown(r->s->label, field, &loc, text, r->s->err);
}

/* Read a unit line above the table. "Đơn vị:" may name an organisation, so that one with
 * an unknown unit is passed over. */
static hg_status read_unit_line(reader *r, size_t i, const hg_cell *cell)
{
    hg_slice text;
    const hg_recipe_table *t = r->s->table;
    const hg_recipe_field *field = &t->fields[i];
    bool scaled = t->value < t->n && t->fields[t->value].scale;
    if (!hg_label_unit(r->s->label, cell->text, &text))
        return HG_OK;
    hg_roles_set(r->roles, cell, 1, HG_ROLE_UNIT);
    if (hg_label_read_unit(r->s->label, field, scaled, text)) {
        r->given->scale = r->s->label->scale;
        return keep(r, i);
    }
    return hg_words_organisation(hg_label_key(r->s->label, cell->text))
               ? HG_OK
               : unknown_unit(r, field, cell, text);
}

/* Find a field's value among the texts above the table, those over its own columns and the
 * nearest first. */
static hg_status read_title(reader *r, size_t i)
{
    for (int own = 1; own >= 0; own--)
        for (size_t k = r->n; k-- > 0;)
            if (hg_grid_shows(r->roles->grid, &r->titles[k]) == own &&
                hg_label_read(r->s->label, &r->s->table->fields[i], r->titles[k].text))
                return keep(r, i);
    return HG_OK;
}

/* The source's name without folder and ending. */
static hg_slice stem(const char *file)
{
    const char *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
    const char *dot = strrchr(base, '.');
    return (hg_slice){ base, dot && dot > base ? (size_t)(dot - base) : strlen(base) };
}

static hg_status read_field(reader *r, size_t i)
{
    const hg_recipe_field *field = &r->s->table->fields[i];
    hg_status st = HG_OK;
    for (int own = 0; own < 2 && field->from == HG_FROM_UNIT; own++)
        for (size_t k = 0; k < r->n && st == HG_OK; k++)
            if (hg_grid_shows(r->roles->grid, &r->titles[k]) == own)
                st = read_unit_line(r, i, &r->titles[k]);
    if (field->from == HG_FROM_TITLE)
        st = read_title(r, i);
    if (field->from == HG_FROM_SHEET && r->s->loc->sheet &&
        hg_label_read(r->s->label, field, hg_slice_of(r->s->loc->sheet)))
        st = keep(r, i);
    if (field->from == HG_FROM_FILE &&
        hg_label_read(r->s->label, field, stem(r->s->loc->file)))
        st = keep(r, i);
    if (st == HG_OK && !r->given->texts[i] && field->otherwise &&
        hg_recipe_is_dimension(field))
        r->given->texts[i] = hg_pool_keep(r->s->pool, hg_slice_of(field->otherwise));
    return st;
}

hg_status hg_given_read(hg_given *given, const hg_sayings *s, hg_roles *roles,
                        uint32_t first, uint32_t last)
{
    reader r = { .given = given, .s = s, .roles = roles };
    size_t n, from = 0;
    const hg_cell *cells = hg_grid_cells(roles->grid, &n);
    *given = (hg_given){ 0 };
    while (from < n && cells[from].row < first)
        from++;
    r.titles = cells + from;
    while (from + r.n < n && r.titles[r.n].row <= last)
        r.n++;
    for (size_t i = 0; i < s->table->n; i++) {
        const hg_recipe_field *field = &s->table->fields[i];
        hg_loc loc = { s->loc->file, s->loc->sheet, field->name, 0, 0 };
        if (read_field(&r, i) != HG_OK)
            return s->err->status;
        if (given->texts[i])
            continue;
        if (field->from == HG_FROM_TITLE)
            return hg_fail(s->err, HG_EARG, &loc, "no text above the table gives it");
        if (field->from == HG_FROM_SHEET)
            return hg_fail(s->err, HG_EARG, &loc, "the sheet's name does not give it");
        if (field->from == HG_FROM_FILE)
            return hg_fail(s->err, HG_EARG, &loc, "the source's name does not give it");
    }
    return HG_OK;
}
