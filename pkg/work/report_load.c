/* report_load - the tables and code lists that a report is made of */
#include "base/file.h"
#include "delimited/csv.h"
#include "work/report_inside.h"

#include <stdlib.h>
#include <string.h>

/* ---- the data ---- */

/* The number of a resource's data in the workbook, kept once; *new: not yet. */
static unsigned number_data(adding *a, size_t resource, bool *is_new)
{
    *is_new = a->data[resource] == 0;
    if (*is_new)
        a->data[resource] = a->report->keeper.n_data + 1;
    return a->data[resource] - 1;
}

hg_status hg_report_unit_column(const adding *a, const hg_row *row, size_t *i)
{
    const char *each = a->report->each;
    for (*i = 0; *i < row->n; (*i)++)
        if (each && hg_slice_is(row->cells[*i], each))
            return HG_OK;
    return each ? hg_doc_fail(a->err, a->form->doc, hg_doc_root(a->form->doc), "forEach",
                              "the data have no field '%s'", each)
                : HG_OK;
}

bool hg_report_is_of(const adding *a, const hg_row *row, size_t i)
{
    return !a->report->unit ||
           (i < row->n && hg_slice_is(row->cells[i], a->report->unit->code));
}

/* A table on its way from CSV to facts: as it stands, or with a row per figure. */
typedef struct loading {
    adding *a;
    const hg_form_table *table;
    const char *resource;
    bool keep;                      /* its rows are not yet in the notebook */
    size_t unit;                    /* the column of the workbook's unit */
    size_t figures[HG_FACTS_FIELDS]; /* columns of the figures, where there are several */
    hg_slice cells[HG_FACTS_FIELDS + 2];
    hg_facts *rows;
} loading;

static hg_status keep_data(const loading *l, const hg_row *row, hg_err *err)
{
    hg_json *head = hg_dataset_head(l->a->definition);
    hg_keep_data(&l->a->report->keeper, head, l->resource, row->cells, row->n, err);
    hg_json_free(head);
    return err->status;
}

static bool is_figure(const loading *l, size_t i)
{
    for (size_t k = 0; k < l->table->n_values && l->table->n_values > 1; k++)
        if (l->figures[k] == i)
            return true;
    return false;
}

/* The cells that are no figures; room for two more follows them. */
static size_t others(loading *l, const hg_row *row)
{
    size_t n = 0;
    for (size_t i = 0; i < row->n; i++)
        if (!is_figure(l, i))
            l->cells[n++] = row->cells[i];
    return n;
}

static hg_status find_figures(loading *l, const hg_row *row, hg_err *err)
{
    for (size_t k = 0; k < l->table->n_values; k++) {
        size_t i = 0;
        while (i < row->n && !hg_slice_is(row->cells[i], l->table->values[k]))
            i++;
        if (i == row->n)
            return hg_doc_fail(err, l->a->form->doc, l->table->at, "value",
                               "the data have no field '%s'", l->table->values[k]);
        l->figures[k] = i;
    }
    return HG_OK;
}

static hg_status load_header(loading *l, const hg_row *row, hg_err *err)
{
    if (row->n > HG_FACTS_FIELDS || l->table->n_values > HG_FACTS_FIELDS)
        return hg_fail(err, HG_EINPUT, NULL, "a report's table has at most %d columns",
                       HG_FACTS_FIELDS);
    if (hg_report_unit_column(l->a, row, &l->unit) != HG_OK ||
        (l->keep && keep_data(l, row, err) != HG_OK))
        return err->status;
    if (l->table->n_values == 1)
        return hg_facts_new(&l->rows, row->cells, row->n, err);
    if (find_figures(l, row, err) != HG_OK)
        return err->status;
    size_t n = others(l, row);
    l->cells[n++] = HG_SLICE(HG_FORM_MEASURE);
    l->cells[n++] = HG_SLICE(HG_FORM_FIGURE);
    return hg_facts_new(&l->rows, l->cells, n, err);
}

static hg_status load_row(loading *l, const hg_row *row, hg_err *err)
{
    if (!hg_report_is_of(l->a, row, l->unit))
        return HG_OK;
    if (l->keep && hg_keep_row(&l->a->report->keeper, row->cells, row->n, err) != HG_OK)
        return err->status;
    if (l->table->n_values == 1)
        return hg_facts_add(l->rows, row->cells, row->n, err);
    size_t n = others(l, row);
    for (size_t k = 0; k < l->table->n_values && err->status == HG_OK; k++) {
        l->cells[n] = hg_slice_of(l->table->values[k]);
        l->cells[n + 1] = l->figures[k] < row->n ? row->cells[l->figures[k]] : HG_SLICE("");
        hg_facts_add(l->rows, l->cells, n + 2, err);
    }
    return err->status;
}

static hg_status read_rows(loading *l, hg_slice text, hg_err *err)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_csv_init(&csv, text.p, text.n, 0, 0);
    hg_status st = hg_csv_next(&csv, &row, err);
    if (st == HG_OK)
        st = load_header(l, &row, err);
    else if (st == HG_END)
        st = hg_fail(err, HG_EINPUT, NULL, "the table has no header");
    while (st == HG_OK && (st = hg_csv_next(&csv, &row, err)) == HG_OK)
        st = load_row(l, &row, err);
    hg_csv_release(&csv);
    if (st == HG_END && l->keep)
        return hg_keep_rows_end(&l->a->report->keeper, err);
    return st == HG_END ? HG_OK : st;
}

hg_status hg_report_load(adding *a, const hg_form_table *table, size_t resource,
                         const char *path, hg_facts **rows, unsigned *data)
{
    loading l = { .a = a, .table = table };
    hg_buf text = { 0 };
    l.resource = hg_dataset_table(a->definition, resource);
    *data = number_data(a, resource, &l.keep);
    if ((a->report->blank ? hg_report_blank(a, resource, path, &text)
                          : hg_file_load(&text, path, a->err)) == HG_OK)
        read_rows(&l, (hg_slice){ text.data ? text.data : "", text.len }, a->err);
    hg_buf_release(&text);
    *rows = l.rows;
    return a->err->status;
}

hg_status hg_report_facts(hg_facts **rows, const char *path, hg_err *err)
{
    hg_buf text = { 0 };
    hg_csv csv = { 0 };
    hg_row row;
    if (hg_file_load(&text, path, err) != HG_OK)
        return err->status;
    hg_csv_init(&csv, text.data ? text.data : "", text.len, 0, 0);
    hg_status st = hg_csv_next(&csv, &row, err);
    if (st == HG_OK)
        st = hg_facts_new(rows, row.cells, row.n, err);
    else if (st == HG_END)
        st = hg_fail(err, HG_EINPUT, HG_AT(path), "the table has no header");
    while (st == HG_OK && (st = hg_csv_next(&csv, &row, err)) == HG_OK)
        st = hg_facts_add(*rows, row.cells, row.n, err);
    hg_csv_release(&csv);
    hg_buf_release(&text);
    return st == HG_END ? HG_OK : st;
}

char *hg_report_path(const hg_package *package, const char *resource, hg_err *err)
{
    hg_buf path = { 0 };
    hg_buf_printf(&path, "%s/data/%s.csv", hg_package_folder(package), resource);
    if (hg_buf_status(&path, err) != HG_OK)
        hg_buf_release(&path);
    return path.data;
}

/* ---- the code lists ---- */

const char *hg_report_list(const hg_json *schema, const char *field)
{
    const hg_json *keys = hg_json_get(schema, "foreignKeys");
    for (size_t i = 0; i < hg_json_len(keys); i++) {
        const hg_json *key = hg_json_at(keys, i), *fields = hg_json_get(key, "fields");
        const char *name = hg_json_is_string(fields) ? hg_json_str(fields)
                                                     : hg_json_str(hg_json_at(fields, 0));
        const char *list = hg_json_get_str(hg_json_get(key, "reference"), "resource");
        if (hg_json_len(fields) <= 1 && name && list && strcmp(name, field) == 0 &&
            strncmp(list, "codes/", 6) == 0)
            return list + 6;
    }
    return NULL;
}

void hg_report_unlabel(hg_labels **labels, size_t n)
{
    for (size_t i = 0; labels && i < n; i++)
        hg_labels_free(labels[i]);
    free(labels);
}

hg_status hg_report_labels(hg_labels ***out, const hg_dataset *definition,
                           const hg_json *schema, const hg_facts *rows, hg_err *err)
{
    size_t n;
    const char *const *fields = hg_facts_fields(rows, &n);
    *out = calloc(n + 1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n && err->status == HG_OK; i++) {
        const char *list = hg_report_list(schema, fields[i]);
        const char *text = list ? hg_dataset_codes(definition, list) : NULL;
        if (text)
            hg_labels_new(&(*out)[i], list, hg_slice_of(text), err);
    }
    return err->status;
}
