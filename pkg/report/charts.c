/* charts - the charts of a table */
#include "report/charts.h"
#include "report/plan.h"
#include "text/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One chart on its way to the sheet. */
typedef struct charting {
    hg_book *book;
    hg_carrier *carrier;
    const hg_crosstab *x;
    hg_stand stand;
    const hg_form_chart *chart;
    const hg_chart_place *place;
    uint32_t *rows, *leaves; /* lines and leaf columns that it shows */
    uint32_t n_rows, n_leaves;
    bool negative;  /* some value is */
    uint32_t first; /* column of its data: categories, then a column per series */
    hg_buf text;
    hg_err *err;
} charting;

static unsigned block_of(const hg_crosstab *x, const hg_cross_block *block)
{
    return (unsigned)(block - x->blocks) + 1;
}

size_t hg_charts_of(const hg_crosstab *x, const hg_cross_block *block)
{
    size_t n = 0;
    for (size_t i = 0; i < x->table->n_charts; i++)
        n += x->table->charts[i].block == block_of(x, block);
    return n;
}

/* ---- what it shows ---- */

/* Whether a line has one of the values wanted of each field. */
static bool is_wanted(const charting *c, const uint32_t *at, const hg_form_where *where,
                      size_t n)
{
    for (size_t w = 0; w < n; w++) {
        size_t field = hg_facts_field(c->x->of.facts, where[w].field);
        bool found = false;
        for (size_t v = 0; v < where[w].n; v++)
            found |= at[field] && hg_slice_is(hg_facts_text(c->x->of.facts, at[field]),
                                              where[w].values[v]);
        if (!found)
            return false;
    }
    return true;
}

static hg_status check_fields(const charting *c, const char *key, const hg_form_where *where,
                              size_t n)
{
    size_t field;
    for (size_t w = 0; w < n; w++)
        if (hg_subject_field(&c->x->of, hg_json_get(c->chart->at, key), where[w].field,
                             where[w].field, &field, c->err) != HG_OK)
            break;
    return c->err->status;
}

static hg_status choose(charting *c)
{
    const hg_axis *rows = &c->stand.block->rows;
    c->rows = calloc((size_t)rows->n + 1, sizeof *c->rows);
    c->leaves = calloc((size_t)c->x->n_leaves + 1, sizeof *c->leaves);
    if (!c->rows || !c->leaves)
        return hg_fail_nomem(c->err);
    if (check_fields(c, "rows", c->chart->rows, c->chart->n_rows) != HG_OK ||
        check_fields(c, "columns", c->chart->columns, c->chart->n_columns) != HG_OK)
        return c->err->status;
    for (uint32_t i = 0; i < rows->n; i++)
        if (!rows->lines[i].heading && c->stand.rows[i] &&
            is_wanted(c, hg_axis_at(rows, i), c->chart->rows, c->chart->n_rows))
            c->rows[c->n_rows++] = i;
    for (uint32_t i = 0; i < c->x->n_leaves; i++)
        if (!hg_crosstab_compute(c->x, i) &&
            is_wanted(c, hg_axis_at(&c->x->columns, c->x->leaves[i]), c->chart->columns,
                      c->chart->n_columns))
            c->leaves[c->n_leaves++] = i;
    return HG_OK;
}

static hg_status refuse(const charting *c, const char *why)
{
    return hg_doc_fail(c->err, c->x->of.form->doc, c->chart->at, NULL, why, "");
}

static hg_status check(const charting *c)
{
    uint32_t series = c->chart->across ? c->n_rows : c->n_leaves;
    uint32_t categories = c->chart->across ? c->n_leaves : c->n_rows;
    if (series == 0 || categories == 0)
        return refuse(c, "the chart has nothing to show");
    if (series > HG_BOOK_SERIES || categories > HG_CHARTS_CATEGORIES)
        return refuse(c, "a chart shows at most 12 series of 200 categories; choose some "
                         "with 'rows' and 'columns'");
    if (c->chart->kind == HG_FORM_PYRAMID && series != 2)
        return refuse(c, "a pyramid has two series, the left and the right side");
    return HG_OK;
}

/* ---- its data ---- */

static void put_label(charting *c, const hg_axis *axis, uint32_t line)
{
    hg_buf_clear(&c->text);
    hg_plan_label(&c->text, c->x, &axis->lines[line], false, ' ');
}

static hg_status put_text(charting *c, uint32_t row, uint32_t col)
{
    if (hg_buf_status(&c->text, c->err) != HG_OK)
        return c->err->status;
    return hg_carrier_put(c->carrier, row, col, c->text.data ? c->text.data : "–", NULL,
                          c->err);
}

/* "='Biểu 01'!B8", or its negative on the left side of a pyramid. */
static hg_status put_figure(charting *c, size_t figure, uint32_t row, uint32_t col, bool left)
{
    const hg_figure *f = &c->stand.block->figures[figure];
    char a1[24], value[HG_DECIMAL_TEXT];
    if (!f->number)
        return HG_OK; /* a gap */
    hg_decimal shown = f->value;
    c->negative |= shown.digits < 0;
    shown.digits = left ? -shown.digits : shown.digits;
    hg_decimal_print(value, shown);
    hg_text_a1(a1, c->stand.rows[figure / c->x->n_leaves],
               c->stand.column + (uint32_t)(figure % c->x->n_leaves));
    hg_buf_clear(&c->text);
    hg_buf_puts(&c->text, left ? "=-'" : "='");
    for (const char *p = c->place->sheet; *p; p++)
        hg_buf_puts(&c->text, *p == '\'' ? "''" : (char[]){ *p, '\0' });
    hg_buf_printf(&c->text, "'!%s", a1);
    if (hg_buf_status(&c->text, c->err) != HG_OK)
        return c->err->status;
    return hg_carrier_put(c->carrier, row, col, c->text.data, value, c->err);
}

static hg_status put_series(charting *c, uint32_t i, uint32_t categories)
{
    uint32_t col = c->first + 1 + i;
    bool left = c->chart->kind == HG_FORM_PYRAMID && i == 0;
    if (c->chart->across)
        put_label(c, &c->stand.block->rows, c->rows[i]);
    else
        put_label(c, &c->x->columns, c->x->leaves[c->leaves[i]]);
    if (put_text(c, 1, col) != HG_OK)
        return c->err->status;
    for (uint32_t k = 0; k < categories && c->err->status == HG_OK; k++) {
        uint32_t row = c->rows[c->chart->across ? i : k],
                 leaf = c->leaves[c->chart->across ? k : i];
        put_figure(c, (size_t)row * c->x->n_leaves + leaf, k + 2, col, left);
    }
    return c->err->status;
}

static hg_status put_data(charting *c, uint32_t series, uint32_t categories)
{
    hg_carrier_columns(c->carrier, series + 1, &c->first);
    for (uint32_t k = 0; k < categories && c->err->status == HG_OK; k++) {
        if (c->chart->across)
            put_label(c, &c->x->columns, c->x->leaves[c->leaves[k]]);
        else
            put_label(c, &c->stand.block->rows, c->rows[k]);
        put_text(c, k + 2, c->first);
    }
    for (uint32_t i = 0; i < series && c->err->status == HG_OK; i++)
        put_series(c, i, categories);
    return c->err->status;
}

/* ---- the chart ---- */

typedef char reference[64];

/* "=_hg!$H$2:$H$9" */
static void refer(reference out, uint32_t col, uint32_t first, uint32_t last)
{
    char letters[24];
    hg_text_a1(letters, 1, col);
    letters[strlen(letters) - 1] = '\0';
    if (first == last)
        snprintf(out, sizeof(reference), "=" HG_CARRIER_SHEET "!$%s$%u", letters, first);
    else
        snprintf(out, sizeof(reference), "=" HG_CARRIER_SHEET "!$%s$%u:$%s$%u", letters,
                 first, letters, last);
}

static hg_status draw_chart(charting *c, uint32_t at)
{
    uint32_t series = c->chart->across ? c->n_rows : c->n_leaves;
    uint32_t categories = c->chart->across ? c->n_leaves : c->n_rows;
    reference names[HG_BOOK_SERIES], values[HG_BOOK_SERIES], labels;
    hg_chart_series list[HG_BOOK_SERIES];
    hg_bilingual unit = c->x->table->unit, block = c->stand.block->form->title;
    if (put_data(c, series, categories) != HG_OK)
        return c->err->status;
    refer(labels, c->first, 2, categories + 1);
    for (uint32_t i = 0; i < series; i++) {
        refer(names[i], c->first + 1 + i, 1, 1);
        refer(values[i], c->first + 1 + i, 2, categories + 1);
        list[i] = (hg_chart_series){ names[i], labels, values[i] };
    }
    hg_chart chart = { .kind = (hg_chart_kind)c->chart->kind,
                       .title = c->chart->title.vi,
                       .description = c->chart->description.vi,
                       .unit = unit.vi ? unit.vi : block.vi,
                       .series = list,
                       .n = series,
                       .sans = c->place->sans,
                       .from_zero = !c->negative && c->chart->kind != HG_FORM_LINE &&
                                    c->chart->kind != HG_FORM_PYRAMID,
                       .width = c->place->width,
                       .height = c->place->height };
    return hg_book_chart(c->book, at, c->place->col, &chart, c->err);
}

hg_status hg_charts_draw(hg_book *book, hg_carrier *carrier, const hg_crosstab *x,
                         hg_stand stand, const hg_chart_place *place, hg_err *err)
{
    uint32_t at = place->row;
    for (size_t i = 0; i < x->table->n_charts && err->status == HG_OK; i++) {
        charting c = { .book = book, .carrier = carrier, .x = x, .stand = stand,
                       .chart = &x->table->charts[i], .place = place, .err = err };
        if (c.chart->block != block_of(x, stand.block))
            continue;
        if (choose(&c) == HG_OK && check(&c) == HG_OK)
            draw_chart(&c, at);
        at += place->rows;
        free(c.rows);
        free(c.leaves);
        hg_buf_release(&c.text);
    }
    return err->status;
}
