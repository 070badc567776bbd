/* crosstab - a tidy table turned into the rows and columns that a form asks for */
#include "report/crosstab.h"
#include "report/crosstab_inside.h"
#include "text/period.h"

#include <stdlib.h>
#include <string.h>

/* Which figures stand in a column. */
const uint32_t *hg_crosstab_at(const hg_crosstab *x, size_t leaf)
{
    return hg_axis_at(&x->columns, x->leaves[leaf]);
}

/* ---- choosing rows of data ---- */

/* Take out of chosen the rows that do not have one of the values wanted. */
static hg_status choose(const hg_crosstab *x, const hg_json *at,
                        const hg_form_where *where, size_t n, unsigned char *chosen,
                        hg_err *err)
{
    for (size_t w = 0; w < n; w++) {
        size_t field;
        if (hg_subject_field(&x->of, hg_json_get(at, "where"), where[w].field,
                             where[w].field, &field, err) != HG_OK)
            return err->status;
        uint32_t *ids = calloc(where[w].n, sizeof *ids);
        if (!ids)
            return hg_fail_nomem(err);
        for (size_t v = 0; v < where[w].n && err->status == HG_OK; v++)
            hg_subject_id(&x->of, where[w].values[v], &ids[v], err);
        for (uint32_t i = 0; i < hg_facts_count(x->of.facts) && err->status == HG_OK;
             i++) {
            bool wanted = false;
            for (size_t v = 0; v < where[w].n; v++)
                wanted |= hg_facts_at(x->of.facts, i)[field] == ids[v];
            chosen[i] &= wanted;
        }
        free(ids);
    }
    return err->status;
}

static hg_status choose_block(const hg_crosstab *x, const hg_form_block *block,
                              unsigned char **chosen, hg_err *err)
{
    uint32_t n = hg_facts_count(x->of.facts);
    *chosen = malloc(n + 1);
    if (!*chosen)
        return hg_fail_nomem(err);
    memset(*chosen, 1, n + 1);
    if (choose(x, x->table->at, x->table->where, x->table->n_where, *chosen, err) ==
        HG_OK)
        choose(x, block->at, block->where, block->n_where, *chosen, err);
    return err->status;
}

/* ---- places: which figure stands where ---- */

/* The coordinates of a figure: its row's and its column's together. */
void hg_crosstab_coordinates(const hg_crosstab *x, const hg_cross_block *b, size_t figure,
                             size_t fields, uint32_t *out)
{
    const uint32_t *row = hg_axis_at(&b->rows, (uint32_t)(figure / x->n_leaves));
    const uint32_t *col = hg_crosstab_at(x, figure % x->n_leaves);
    for (size_t f = 0; f < fields; f++)
        out[f] = row[f] ? row[f] : col[f];
}

/* The entry for these coordinates, or the free one where it would be. Fields that wanted
 * leaves open (0) do not count. */
uint32_t *hg_crosstab_seek(const hg_crosstab *x, const hg_cross_block *b,
                           const uint32_t *wanted, size_t fields)
{
    uint32_t h = 2166136261u, have[HG_FACTS_FIELDS];
    for (size_t f = 0; f < fields; f++)
        h = (h ^ wanted[f]) * 16777619u;
    h ^= h >> 15;
    for (size_t i = h & (b->n_places - 1);; i = (i + 1) & (b->n_places - 1)) {
        if (b->places[i] == 0)
            return &b->places[i];
        hg_crosstab_coordinates(x, b, b->places[i] - 1, fields, have);
        if (memcmp(have, wanted, fields * sizeof *have) == 0)
            return &b->places[i];
    }
}

/* Which fields tell figures apart: those that any line of the block fixes. */
static void find_dimensions(const hg_crosstab *x, const hg_cross_block *b, size_t fields,
                            bool *dimension)
{
    for (uint32_t i = 0; i < b->rows.n; i++)
        for (size_t f = 0; f < fields; f++)
            dimension[f] |= hg_axis_at(&b->rows, i)[f] != 0;
    for (uint32_t i = 0; i < x->columns.n; i++)
        for (size_t f = 0; f < fields; f++)
            dimension[f] |= hg_axis_at(&x->columns, i)[f] != 0;
}

/* A figure's row and column together must fix each dimension once. */
static hg_status check_figure(const hg_crosstab *x, const hg_cross_block *b,
                              size_t figure, const bool *dimension, hg_err *err)
{
    size_t n;
    const char *const *fields = hg_facts_fields(x->of.facts, &n);
    uint32_t row = (uint32_t)(figure / x->n_leaves),
             leaf = (uint32_t)(figure % x->n_leaves);
    const hg_json *at = b->rows.lines[row].node->at;
    for (size_t f = 0; f < n; f++) {
        bool in_row = hg_axis_at(&b->rows, row)[f] != 0,
             in_col = hg_crosstab_at(x, leaf)[f] != 0;
        if (dimension[f] && !in_row && !in_col)
            return hg_doc_fail(err, x->of.form->doc, at, NULL,
                               "this row and column %u do not say which '%s' they show",
                               leaf + 1, fields[f]);
        if (in_row && in_col)
            return hg_doc_fail(err, x->of.form->doc, at, NULL,
                               "both this row and column %u say which '%s' they show",
                               leaf + 1, fields[f]);
    }
    return HG_OK;
}

static hg_status enter(const hg_crosstab *x, hg_cross_block *b, size_t figure,
                       size_t fields, hg_err *err)
{
    uint32_t wanted[HG_FACTS_FIELDS];
    hg_crosstab_coordinates(x, b, figure, fields, wanted);
    uint32_t *place = hg_crosstab_seek(x, b, wanted, fields);
    if (*place)
        return hg_doc_fail(err, x->of.form->doc,
                           b->rows.lines[figure / x->n_leaves].node->at, NULL,
                           "two places of the table show the same figure");
    *place = (uint32_t)figure + 1;
    return HG_OK;
}

/* Make the block's figures, empty, and their index. */
static hg_status make_places(const hg_crosstab *x, hg_cross_block *b, bool *dimension,
                             hg_err *err)
{
    size_t fields, n = (size_t)b->rows.n * x->n_leaves;
    hg_facts_fields(x->of.facts, &fields);
    if (n > HG_CROSS_CELLS)
        return hg_doc_fail(err, x->of.form->doc, b->form->at, NULL,
                           "the table has over %zu places for figures", HG_CROSS_CELLS);
    for (b->n_places = 64; b->n_places < 2 * n;)
        b->n_places *= 2;
    b->places = calloc(b->n_places, sizeof *b->places);
    b->figures = calloc(n + 1, sizeof *b->figures);
    if (!b->places || !b->figures)
        return hg_fail_nomem(err);
    find_dimensions(x, b, fields, dimension);
    for (size_t i = 0; i < n; i++)
        if (!b->rows.lines[i / x->n_leaves].heading && !hg_crosstab_compute(x, i) &&
            (check_figure(x, b, i, dimension, err) != HG_OK ||
             enter(x, b, i, fields, err) != HG_OK))
            return err->status;
    return HG_OK;
}

/* ---- figures ---- */

static char status_of(const hg_crosstab *x, const uint32_t *row, size_t field,
                      size_t fields)
{
    hg_slice text =
        field < fields ? hg_facts_text(x->of.facts, row[field]) : HG_SLICE("");
    return text.n == 1 ? text.p[0] : 'A';
}

/* Where row i of the data is to be found again: its record, the header being 1. */
hg_loc hg_crosstab_place(uint32_t i, const char *field)
{
    return (hg_loc){ .row = (uint64_t)i + 2, .field = field };
}

typedef struct reading { /* the fields that a row's figure comes from */
    size_t value, status, unit, fields;
    bool dimension[HG_FACTS_FIELDS];
} reading;

/* Put the figure of row i of the data in its place. */
static hg_status put_figure(hg_crosstab *x, hg_cross_block *b, const reading *r,
                            uint32_t i, hg_err *err)
{
    const uint32_t *row = hg_facts_at(x->of.facts, i);
    uint32_t wanted[HG_FACTS_FIELDS];
    hg_loc loc = hg_crosstab_place(i, x->table->value);
    for (size_t f = 0; f < r->fields; f++)
        wanted[f] = r->dimension[f] ? row[f] : 0;
    uint32_t place = *hg_crosstab_seek(x, b, wanted, r->fields);
    if (place == 0 && x->of.form->blank)
        return HG_OK; /* one of all combinations of codes, which the form does not want */
    if (place == 0)
        return hg_fail(err, HG_EREFUSED, &loc,
                       "this row has no place in the report's table; "
                       "give it one, or leave it out with 'where'");
    hg_figure *figure = &b->figures[place - 1];
    if (figure->row)
        return hg_fail(err, HG_EREFUSED, &loc,
                       "rows %u and %u fall in one place of the report's table",
                       figure->row + 1, i + 2);
    figure->row = i + 1;
    figure->status = status_of(x, row, r->status, r->fields);
    if (r->unit < r->fields)
        b->rows.lines[(place - 1) / x->n_leaves].unit = row[r->unit];
    hg_slice text = hg_facts_text(x->of.facts, row[r->value]);
    figure->number = text.n > 0;
    if (figure->number && !hg_decimal_read(&figure->value, text))
        return hg_fail(err, HG_EREFUSED, &loc,
                       "'%.*s' is no decimal number of at most 18 digits", (int)text.n,
                       text.p);
    if (figure->number && figure->value.scale > b->decimals)
        b->decimals = figure->value.scale;
    x->nil |= !figure->number && figure->status == HG_STATUS_NONE;
    x->missing |= !figure->number && figure->status != HG_STATUS_NONE;
    return HG_OK;
}

static hg_status find_reading(const hg_crosstab *x, reading *r, hg_err *err)
{
    const hg_form_table *t = x->table;
    hg_facts_fields(x->of.facts, &r->fields);
    r->status = r->unit = r->fields;
    if (hg_subject_field(&x->of, t->at, "value", t->value, &r->value, err) != HG_OK ||
        (t->status && hg_subject_field(&x->of, t->at, "status", t->status, &r->status,
                                       err) != HG_OK) ||
        (t->unit_field && hg_subject_field(&x->of, t->at, "unitField", t->unit_field,
                                           &r->unit, err) != HG_OK))
        return err->status;
    return HG_OK;
}

/* ---- the whole ---- */

static hg_status make_columns(hg_crosstab *x, const unsigned char *chosen, hg_err *err)
{
    if (hg_axis_make(&x->columns, &x->of, x->table->columns, x->table->n_columns, chosen,
                     err) != HG_OK)
        return err->status;
    x->leaves = calloc((size_t)x->columns.n + 1, sizeof *x->leaves);
    if (!x->leaves)
        return hg_fail_nomem(err);
    for (uint32_t i = 0; i < x->columns.n; i++)
        if (x->columns.lines[i].below == 0)
            x->leaves[x->n_leaves++] = i;
    if (x->n_leaves == 0)
        return hg_doc_fail(err, x->of.form->doc, x->table->at, "columns",
                           "the data have nothing for the columns");
    return HG_OK;
}

static hg_status make_block(hg_crosstab *x, hg_cross_block *b,
                            const unsigned char *chosen, hg_err *err)
{
    reading r = { 0 };
    if (hg_axis_make(&b->rows, &x->of, b->form->rows, b->form->n_rows, chosen, err) !=
            HG_OK ||
        find_reading(x, &r, err) != HG_OK || make_places(x, b, r.dimension, err) != HG_OK)
        return err->status;
    for (uint32_t i = 0; i < hg_facts_count(x->of.facts); i++)
        if (chosen[i] && put_figure(x, b, &r, i, err) != HG_OK)
            return err->status;
    return hg_crosstab_check_sums(x, b, err) == HG_OK
               ? hg_crosstab_compute_block(x, b, err)
               : err->status;
}

/* Every row that the table's "where" leaves in must be shown by a block. */
static hg_status check_all_shown(const hg_crosstab *x, const unsigned char *shown,
                                 hg_err *err)
{
    uint32_t n = hg_facts_count(x->of.facts);
    unsigned char *chosen;
    hg_form_block none = { 0 };
    choose_block(x, &none, &chosen, err);
    for (uint32_t i = 0; i < n && err->status == HG_OK; i++)
        if (chosen[i] && !shown[i] && !x->of.form->blank)
            hg_fail(err, HG_EREFUSED, &(hg_loc){ .row = (uint64_t)i + 2 },
                    "no block of the report's table shows this row; "
                    "give it one, or leave it out with 'where'");
    free(chosen);
    return err->status;
}

static hg_status arrange(hg_crosstab *x, hg_err *err)
{
    uint32_t n = hg_facts_count(x->of.facts);
    unsigned char **chosen = calloc(x->n_blocks, sizeof *chosen);
    unsigned char *shown = calloc(n + 1, 1);
    if (!chosen || !shown)
        hg_fail_nomem(err);
    for (size_t b = 0; b < x->n_blocks && err->status == HG_OK; b++) {
        x->blocks[b].form = &x->table->blocks[b];
        choose_block(x, x->blocks[b].form, &chosen[b], err);
        for (uint32_t i = 0; i < n && err->status == HG_OK; i++)
            shown[i] |= chosen[b][i];
    }
    if (err->status == HG_OK && check_all_shown(x, shown, err) == HG_OK)
        make_columns(x, shown, err);
    for (size_t b = 0; b < x->n_blocks && err->status == HG_OK; b++)
        make_block(x, &x->blocks[b], chosen[b], err);
    x->nil |= x->of.form->blank; /* both may be written on a form */
    x->missing |= x->of.form->blank;
    if (err->status == HG_OK) {
        hg_crosstab_mark(x);
    }
    for (size_t b = 0; chosen && b < x->n_blocks; b++)
        free(chosen[b]);
    free(chosen);
    free(shown);
    return err->status;
}

hg_status hg_crosstab_new(hg_crosstab **out, const hg_form *form,
                          const hg_form_table *table, hg_facts *rows,
                          const hg_labels *const *labels, hg_err *err)
{
    hg_crosstab *x = *out = calloc(1, sizeof *x);
    if (!x)
        return hg_fail_nomem(err);
    *x = (hg_crosstab){ .of = { form, rows, labels },
                        .table = table,
                        .n_blocks = table->n_blocks };
    x->blocks = calloc(x->n_blocks, sizeof *x->blocks);
    if (!x->blocks)
        hg_fail_nomem(err);
    else
        arrange(x, err);
    if (err->status != HG_OK) {
        hg_crosstab_free(x);
        *out = NULL;
    }
    return err->status;
}

/* What a code of a field is called. */
static hg_bilingual label_of(const hg_crosstab *x, const char *field, uint32_t id)
{
    hg_slice text = hg_facts_text(x->of.facts, id);
    const hg_labels *labels = x->of.labels[hg_facts_field(x->of.facts, field)];
    size_t i = labels ? hg_labels_find(labels, text) : 0;
    if (labels && i < hg_labels_count(labels))
        return hg_labels_at(labels, i);
    return (hg_bilingual){ .vi = text.p };
}

hg_bilingual hg_crosstab_label(const hg_crosstab *x, const hg_line *line)
{
    const hg_form_node *node = line->node;
    if (!line->code)
        return node->label;
    hg_slice text = hg_facts_text(x->of.facts, line->code);
    for (size_t i = 0; i < node->n_names; i++)
        if (hg_slice_is(text, node->names[i].code))
            return node->names[i].label;
    return label_of(x, node->field, line->code);
}

hg_bilingual hg_crosstab_unit(const hg_crosstab *x, const hg_line *line)
{
    return line->unit ? label_of(x, x->table->unit_field, line->unit)
                      : (hg_bilingual){ 0 };
}

void hg_crosstab_free(hg_crosstab *x)
{
    if (!x)
        return;
    for (size_t b = 0; x->blocks && b < x->n_blocks; b++) {
        hg_axis_release(&x->blocks[b].rows);
        free(x->blocks[b].figures);
        free(x->blocks[b].places);
    }
    free(x->blocks);
    hg_axis_release(&x->columns);
    free(x->leaves);
    free(x);
}
