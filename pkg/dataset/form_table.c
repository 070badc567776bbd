/* form_table - a table of report.json */
#include "dataset/form_inside.h"

#include <string.h>

static hg_status read_sum(hg_form *form, const hg_json *v, hg_form_sum *sum, hg_err *err)
{
    sum->at = v;
    if (hg_form_need_text(form, v, "dimension", &sum->field, err) != HG_OK ||
        hg_form_need_text(form, v, "total", &sum->total, err) != HG_OK ||
        hg_form_texts(form, v, "parts", &sum->parts, &sum->n_parts, err) != HG_OK ||
        hg_form_chosen(form, v, "where", false, &sum->where, &sum->n_where, err) !=
            HG_OK ||
        hg_form_text(form, v, "tolerance", &sum->tolerance, err) != HG_OK)
        return err->status;
    if (sum->n_parts == 0)
        return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing", "parts");
    return HG_OK;
}

static hg_status get_sums(hg_form *form, const hg_json *at, hg_form_sum **out, size_t *n,
                          hg_err *err)
{
    static const char *const keys[] = { "dimension", "total",     "parts",
                                        "where",     "tolerance", NULL };
    const hg_json *list;
    size_t given;
    if (hg_form_list(form, at, "sums", &list, &given, err) != HG_OK || given == 0)
        return err->status; /* likewise */
    *n = given;
    *out = hg_form_take(form, *n, sizeof **out, err);
    for (size_t i = 0; *out && i < *n; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "sums", "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            read_sum(form, v, &(*out)[i], err) != HG_OK)
            break;
    }
    return err->status;
}

hg_status hg_form_rules(hg_form *form, hg_form_table *table, const hg_json *rules,
                        hg_err *err)
{
    size_t all = hg_json_len(rules), n = 0;
    hg_form_sum *sums = hg_form_take(form, all, sizeof *sums, err);
    for (size_t i = 0; sums && i < all; i++) {
        const hg_json *v = hg_json_at(rules, i);
        const char *type = hg_json_get_str(v, "type"),
                   *field = hg_json_get_str(v, "field");
        if (type && field && strcmp(type, "sum") == 0 && table->n_values == 1 &&
            strcmp(field, table->value) == 0 &&
            read_sum(form, v, &sums[n++], err) != HG_OK)
            break;
    }
    for (size_t b = 0; err->status == HG_OK && b < table->n_blocks; b++)
        if (table->blocks[b].n_sums == 0) {
            table->blocks[b].sums = sums;
            table->blocks[b].n_sums = n;
        }
    return err->status;
}

/* The blocks; a table without any is one block. What a block lacks is the table's. */
static hg_status get_blocks(hg_form *form, const hg_json *at, hg_form_table *table,
                            hg_err *err)
{
    static const char *const keys[] = {
        "title", "where", "rows", "sums", "decimals", NULL
    };
    const hg_json *list;
    size_t n;
    hg_form_block whole = { .at = at, .decimals = -1 };
    if (hg_form_nodes(form, at, "rows", 0, &whole.rows, &whole.n_rows, err) != HG_OK ||
        get_sums(form, at, &whole.sums, &whole.n_sums, err) != HG_OK ||
        hg_form_decimals(form, at, &whole.decimals, err) != HG_OK ||
        hg_form_list(form, at, "blocks", &list, &n, err) != HG_OK)
        return err->status;
    table->n_blocks = n ? n : 1;
    table->blocks = hg_form_take(form, table->n_blocks, sizeof *table->blocks, err);
    if (!table->blocks)
        return err->status;
    table->blocks[0] = whole;
    for (size_t i = 0; i < n; i++) {
        hg_form_block *block = &table->blocks[i];
        const hg_json *v = hg_json_at(list, i);
        *block = whole;
        block->at = v;
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "blocks", "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            hg_form_label(form, v, "title", &block->title, err) != HG_OK ||
            hg_form_chosen(form, v, "where", true, &block->where, &block->n_where, err) !=
                HG_OK ||
            hg_form_nodes(form, v, "rows", 0, &block->rows, &block->n_rows, err) !=
                HG_OK ||
            get_sums(form, v, &block->sums, &block->n_sums, err) != HG_OK ||
            hg_form_decimals(form, v, &block->decimals, err) != HG_OK)
            return err->status;
    }
    for (size_t i = 0; i < table->n_blocks; i++)
        if (table->blocks[i].n_rows == 0)
            return hg_doc_fail(err, form->doc, table->blocks[i].at, NULL,
                               "'%s' is missing", "rows");
    return HG_OK;
}

static hg_status get_stub(hg_form *form, const hg_json *at, hg_form_table *table,
                          hg_err *err)
{
    static const char *const keys[] = { "show", "label", NULL };
    static const char *const shows[] = { "label", "number", "code", "unit" };
    const hg_json *list;
    size_t n;
    if (hg_form_list(form, at, "stub", &list, &n, err) != HG_OK)
        return err->status;
    table->n_stub = n ? n : 1;
    table->stub = hg_form_take(form, table->n_stub, sizeof *table->stub, err);
    for (size_t i = 0; table->stub && i < n; i++) {
        const hg_json *v = hg_json_at(list, i);
        unsigned show = HG_STUB_LABEL;
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "stub", "must be a list of objects");
        if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
            hg_form_choice(form, v, "show", shows, 4, &show, err) != HG_OK ||
            hg_form_label(form, v, "label", &table->stub[i].label, err) != HG_OK)
            return err->status;
        table->stub[i].show = (hg_form_show)show;
    }
    return err->status;
}

static hg_status get_head(hg_form *form, const hg_json *at, hg_form_head *head,
                          hg_err *err)
{
    static const char *const keys[] = { "style",    "number",        "basis",
                                        "received", "reportingUnit", "receivingUnit",
                                        "chapter",  "unitCode",      NULL };
    static const char *const styles[] = { "form", "yearbook", "budget" };
    const hg_json *v = hg_json_get(at, "head");
    unsigned chosen = HG_HEAD_FORM;
    if (!v)
        return hg_doc_fail(err, form->doc, at, NULL, "'%s' is missing", "head");
    if (!hg_json_is_object(v))
        return hg_doc_fail(err, form->doc, at, "head", "must be an object");
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_choice(form, v, "style", styles, 3, &chosen, err) != HG_OK ||
        hg_form_need_text(form, v, "number", &head->number, err) != HG_OK ||
        hg_form_said(form, v, "basis", &head->basis, err) != HG_OK ||
        hg_form_said(form, v, "received", &head->received, err) != HG_OK ||
        hg_form_said(form, v, "reportingUnit", &head->reporting, err) != HG_OK ||
        hg_form_said(form, v, "receivingUnit", &head->receiving, err) != HG_OK ||
        hg_form_said(form, v, "chapter", &head->chapter, err) != HG_OK ||
        hg_form_said(form, v, "unitCode", &head->unit_code, err) != HG_OK)
        return err->status;
    head->style = (hg_form_style)chosen;
    return HG_OK;
}

static hg_status read_chart(hg_form *form, const hg_json *v, hg_form_chart *chart,
                            size_t blocks, hg_err *err)
{
    static const char *const keys[] = { "kind",  "title", "alt",     "block",
                                        "along", "rows",  "columns", NULL };
    static const char *const kinds[] = { "column", "bar", "stacked", "line", "pyramid" };
    static const char *const alongs[] = { "rows", "columns" };
    unsigned kind = HG_FORM_COLUMN, along = 0;
    chart->at = v;
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_choice(form, v, "kind", kinds, 5, &kind, err) != HG_OK ||
        hg_form_choice(form, v, "along", alongs, 2, &along, err) != HG_OK ||
        hg_form_label(form, v, "title", &chart->title, err) != HG_OK ||
        hg_form_label(form, v, "alt", &chart->description, err) != HG_OK ||
        hg_form_chosen(form, v, "rows", true, &chart->rows, &chart->n_rows, err) !=
            HG_OK ||
        hg_form_chosen(form, v, "columns", true, &chart->columns, &chart->n_columns,
                       err) != HG_OK)
        return err->status;
    int64_t block = hg_json_int(hg_json_get(v, "block"), 1);
    chart->kind = (hg_form_chart_kind)kind;
    chart->across = along == 1;
    chart->block = (unsigned)block;
    if (block < 1 || (uint64_t)block > blocks)
        return hg_doc_fail(err, form->doc, v, "block", "the table has %zu blocks",
                           blocks);
    if (!hg_json_get(v, "kind") || !chart->title.vi || !chart->description.vi)
        return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing",
                           !hg_json_get(v, "kind") ? "kind"
                           : !chart->title.vi      ? "title"
                                                   : "alt");
    return HG_OK;
}

static hg_status get_charts(hg_form *form, const hg_json *at, hg_form_table *table,
                            hg_err *err)
{
    const hg_json *list;
    if (hg_form_list(form, at, "charts", &list, &table->n_charts, err) != HG_OK)
        return err->status;
    table->charts = hg_form_take(form, table->n_charts, sizeof *table->charts, err);
    for (size_t i = 0; table->charts && i < table->n_charts; i++) {
        const hg_json *v = hg_json_at(list, i);
        if (!hg_json_is_object(v))
            return hg_doc_fail(err, form->doc, at, "charts", "must be a list of objects");
        if (read_chart(form, v, &table->charts[i], table->n_blocks, err) != HG_OK)
            break;
    }
    return err->status;
}

/* Texts, or objects with an id. */
static hg_status get_notes(hg_form *form, const hg_json *at, hg_form_table *table,
                           hg_err *err)
{
    static const char *const keys[] = { "id", "vi", "en", NULL };
    const hg_json *list;
    if (hg_form_list(form, at, "notes", &list, &table->n_notes, err) != HG_OK)
        return err->status;
    if (table->n_notes > HG_FORM_NOTES)
        return hg_doc_fail(err, form->doc, at, "notes", "a table has at most %d notes",
                           HG_FORM_NOTES);
    table->notes = hg_form_take(form, table->n_notes, sizeof *table->notes, err);
    for (size_t i = 0; table->notes && i < table->n_notes; i++) {
        const hg_json *v = hg_json_at(list, i);
        hg_form_note *note = &table->notes[i];
        if (!hg_json_get(v, "id")) {
            hg_form_read_label(form, at, "notes", v, &note->text, err);
        } else if (hg_doc_keys(err, form->doc, v, keys) == HG_OK &&
                   hg_form_need_text(form, v, "id", &note->id, err) == HG_OK &&
                   hg_form_said(form, v, "vi", &note->text.vi, err) == HG_OK) {
            hg_form_said(form, v, "en", &note->text.en, err);
        }
        if (err->status != HG_OK)
            break;
    }
    return err->status;
}

/* "value": the field of the figures, or a list of several. */
static hg_status get_values(hg_form *form, const hg_json *at, hg_form_table *table,
                            hg_err *err)
{
    if (hg_json_is_array(hg_json_get(at, "value"))) {
        table->value = HG_FORM_FIGURE;
        return hg_form_texts(form, at, "value", &table->values, &table->n_values, err);
    }
    if (hg_form_need_text(form, at, "value", &table->value, err) != HG_OK)
        return err->status;
    table->n_values = 1;
    table->values = hg_form_take(form, 1, sizeof *table->values, err);
    if (table->values)
        table->values[0] = table->value;
    return err->status;
}

/* { "list": true }: a table without a layout. */
static hg_status read_list(hg_form *form, const hg_json *v, hg_form_table *table,
                           hg_err *err)
{
    static const char *const keys[] = { "list", "sheet", "resource", NULL };
    table->at = v;
    table->list = true;
    if (hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_said(form, v, "sheet", &table->sheet, err) != HG_OK)
        return err->status;
    return hg_form_text(form, v, "resource", &table->resource, err);
}

static hg_status read_table(hg_form *form, const hg_json *v, hg_form_table *table,
                            hg_err *err)
{
    static const char *const keys[] = { "sheet",    "resource",    "head",      "title",
                                        "period",   "unit",        "unitField", "value",
                                        "status",   "where",       "stub",      "rows",
                                        "columns",  "blocks",      "list",      "sums",
                                        "decimals", "orientation", "ruler",     "forEach",
                                        "charts",   "notes",       "source",    NULL };
    static const char *const papers[] = { "auto", "portrait", "landscape" };
    unsigned paper = HG_PAPER_AUTO;
    table->at = v;
    if (hg_form_bool(form, v, "list", &table->list, err) == HG_OK && table->list)
        return read_list(form, v, table, err);
    if (err->status != HG_OK || hg_doc_keys(err, form->doc, v, keys) != HG_OK ||
        hg_form_said(form, v, "sheet", &table->sheet, err) != HG_OK ||
        hg_form_text(form, v, "resource", &table->resource, err) != HG_OK ||
        get_head(form, v, &table->head, err) != HG_OK ||
        hg_form_label(form, v, "title", &table->title, err) != HG_OK ||
        hg_form_label(form, v, "period", &table->period, err) != HG_OK ||
        hg_form_label(form, v, "unit", &table->unit, err) != HG_OK ||
        hg_form_text(form, v, "unitField", &table->unit_field, err) != HG_OK ||
        get_values(form, v, table, err) != HG_OK ||
        hg_form_text(form, v, "status", &table->status, err) != HG_OK ||
        hg_form_text(form, v, "forEach", &table->each, err) != HG_OK ||
        hg_form_chosen(form, v, "where", true, &table->where, &table->n_where, err) !=
            HG_OK ||
        get_stub(form, v, table, err) != HG_OK ||
        hg_form_nodes(form, v, "columns", 0, &table->columns, &table->n_columns, err) !=
            HG_OK ||
        get_blocks(form, v, table, err) != HG_OK ||
        hg_form_choice(form, v, "orientation", papers, 3, &paper, err) != HG_OK ||
        hg_form_bool(form, v, "ruler", &table->ruler, err) != HG_OK ||
        get_charts(form, v, table, err) != HG_OK ||
        get_notes(form, v, table, err) != HG_OK ||
        hg_form_label(form, v, "source", &table->source, err) != HG_OK)
        return err->status;
    table->paper = (hg_form_paper)paper;
    if (table->n_columns == 0)
        return hg_doc_fail(err, form->doc, v, NULL, "'%s' is missing", "columns");
    return hg_form_order_notes(form, table, err);
}

hg_status hg_form_read_table(hg_form *form, const hg_json *v, hg_form_table *table,
                             hg_err *err)
{
    const hg_form_unit *unit = form->unit;
    if (hg_json_get(v, "forEach")) /* its texts tell of its own codes, later */
        form->unit = NULL;
    read_table(form, v, table, err);
    form->unit = unit;
    return err->status;
}
