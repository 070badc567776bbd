/* report - sealed packages -> a workbook of statistical reports */
#include "work/report.h"
#include "base/file.h"
#include "dataset/form.h"
#include "format/book.h"
#include "format/csv.h"
#include "report/accessible.h"
#include "report/classic.h"
#include "report/crosstab.h"
#include "table/moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hg_reports {
    hg_layout_kind layout;
    const char *tmp;
    hg_access *access; /* in that layout */
    hg_book *book; /* NULL until the first package */
    hg_keeper keeper;
    hg_json *about; /* the first dataset's description */
};

/* One package on its way into the workbook. */
typedef struct adding {
    hg_reports *report;
    const hg_package *package;
    const hg_dataset *definition;
    hg_form *form;
    unsigned *data; /* per resource: its number among the workbook's data, from 1 */
    hg_err *err;
} adding;

/* ---- the data ---- */

/* The number of a resource's data in the workbook, kept once; *new: not yet. */
static unsigned number_data(const adding *a, size_t resource, bool *is_new)
{
    *is_new = a->data[resource] == 0;
    if (*is_new)
        a->data[resource] = a->report->keeper.n_data + 1;
    return a->data[resource] - 1;
}

/* A table on its way from CSV to facts: as it stands, or with a row per figure. */
typedef struct loading {
    const adding *a;
    const hg_form_table *table;
    const char *resource;
    bool keep;                      /* its rows are not yet in the notebook */
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
    if (l->keep && keep_data(l, row, err) != HG_OK)
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

static hg_status load_rows(loading *l, const char *path)
{
    hg_buf text = { 0 };
    hg_err *err = l->a->err;
    if (hg_file_load(&text, path, err) == HG_OK)
        read_rows(l, (hg_slice){ text.data ? text.data : "", text.len }, err);
    hg_buf_release(&text);
    return err->status;
}

/* ---- the code lists ---- */

/* The code list of a field, as the schema's foreignKeys name it ("codes/gioi-tinh"); or
 * NULL. */
static const char *list_of(const hg_json *schema, const char *field)
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

static void free_labels(hg_labels **labels, size_t n)
{
    for (size_t i = 0; labels && i < n; i++)
        hg_labels_free(labels[i]);
    free(labels);
}

/* A code list per field of rows; NULL for fields without. */
static hg_status load_labels(const adding *a, const hg_json *schema, const hg_facts *rows,
                             hg_labels ***out)
{
    size_t n;
    const char *const *fields = hg_facts_fields(rows, &n);
    *out = calloc(n, sizeof **out);
    if (!*out)
        return hg_fail_nomem(a->err);
    for (size_t i = 0; i < n && a->err->status == HG_OK; i++) {
        const char *list = list_of(schema, fields[i]);
        const char *text = list ? hg_dataset_codes(a->definition, list) : NULL;
        if (text)
            hg_labels_new(&(*out)[i], list, hg_slice_of(text), a->err);
    }
    return a->err->status;
}

/* ---- tables ---- */

static hg_bilingual both(const hg_json *v)
{
    if (hg_json_is_string(v))
        return (hg_bilingual){ .vi = hg_json_str(v) };
    return (hg_bilingual){ hg_json_get_str(v, "vi"), hg_json_get_str(v, "en") };
}

static hg_classic_defaults defaults_of(const hg_dataset *definition)
{
    const hg_json *about = hg_dataset_description(definition);
    const hg_json *publisher = hg_json_get(about, "publisher");
    return (hg_classic_defaults){ .title = both(hg_json_get(about, "title")),
                                  .reporting = both(hg_json_get(publisher, "name")).vi };
}

/* The table of the dataset that a form's table is about. */
static hg_status find_table(const adding *a, const hg_form_table *table, size_t *i)
{
    const char *known[1] = { hg_dataset_table(a->definition, 0) };
    size_t n = hg_dataset_tables(a->definition);
    for (*i = 0; *i < n && table->resource; (*i)++)
        if (strcmp(hg_dataset_table(a->definition, *i), table->resource) == 0)
            return HG_OK;
    return table->resource ? hg_form_unknown(a->form, table->at, "resource",
                                             table->resource, known, 1, a->err)
                           : HG_OK;
}

static hg_status draw_table(const adding *a, const hg_form_table *table,
                            const hg_json *schema, hg_facts *rows, const char *path,
                            unsigned data)
{
    hg_classic_defaults defaults = defaults_of(a->definition);
    hg_labels **labels = NULL;
    hg_crosstab *x = NULL;
    size_t n;
    hg_facts_fields(rows, &n);
    hg_notebook notebook = { &a->report->keeper, data };
    if (load_labels(a, schema, rows, &labels) == HG_OK)
        hg_crosstab_new(&x, a->form, table, rows, (const hg_labels *const *)labels, a->err);
    if (x && a->report->layout == HG_LAYOUT_ACCESSIBLE)
        hg_access_draw(a->report->access, x, &defaults, notebook, a->err);
    else if (x)
        hg_classic_draw(a->report->book, x, &defaults, notebook, a->err);
    if (a->err->status == HG_EREFUSED && !a->err->file[0]) /* a row of the data */
        snprintf(a->err->file, sizeof a->err->file, "%s", path);
    hg_crosstab_free(x);
    free_labels(labels, n);
    return a->err->status;
}

static hg_status add_table(const adding *a, hg_form_table *table)
{
    hg_buf path = { 0 };
    loading l = { .a = a, .table = table };
    size_t i;
    if (find_table(a, table, &i) != HG_OK)
        return a->err->status;
    const hg_json *schema = hg_dataset_schema(a->definition, i);
    if (hg_form_rules(a->form, table, hg_json_get(schema, "rules"), a->err) != HG_OK)
        return a->err->status;
    hg_buf_printf(&path, "%s/data/%s.csv", hg_package_folder(a->package),
                  hg_dataset_table(a->definition, i));
    l.resource = hg_dataset_table(a->definition, i);
    unsigned data = number_data(a, i, &l.keep);
    if (hg_buf_status(&path, a->err) == HG_OK && load_rows(&l, path.data) == HG_OK)
        draw_table(a, table, schema, l.rows, path.data, data);
    hg_facts_free(l.rows);
    hg_buf_release(&path);
    return a->err->status;
}

/* ---- the workbook ---- */

static void put_keywords(hg_buf *buf, const hg_json *keywords)
{
    const hg_json *list = hg_json_is_array(keywords) ? keywords : hg_json_get(keywords, "vi");
    for (size_t i = 0; i < hg_json_len(list); i++)
        hg_buf_printf(buf, "%s%s", i ? ", " : "", hg_json_str(hg_json_at(list, i)));
}

/* Start the workbook with what the first dataset says of itself. */
static hg_status start_book(hg_reports *report, const hg_dataset *definition, hg_err *err)
{
    const hg_json *about = hg_dataset_description(definition);
    const char *modified = hg_json_get_str(about, "modified");
    hg_classic_defaults defaults = defaults_of(definition);
    hg_moment day;
    hg_buf words = { 0 };
    if (!modified || !hg_moment_date(&day, hg_slice_of(modified)))
        return hg_fail(err, HG_EARG, NULL, "the dataset has no date 'modified'");
    put_keywords(&words, hg_json_get(about, "keywords"));
    hg_book_about properties = { .title = defaults.title.vi,
                                 .subject = hg_dataset_id(definition),
                                 .author = defaults.reporting,
                                 .keywords = words.data,
                                 .sans = report->layout == HG_LAYOUT_ACCESSIBLE,
                                 .created = day.whole * 86400 };
    if (hg_buf_status(&words, err) == HG_OK)
        hg_book_new(&report->book, report->tmp, &properties, err);
    hg_buf_release(&words);
    if (err->status != HG_OK)
        return err->status;
    if (hg_keeper_init(&report->keeper, report->book, err) != HG_OK)
        return err->status;
    report->about = hg_json_copy(about);
    return report->layout == HG_LAYOUT_ACCESSIBLE
               ? hg_access_new(&report->access, report->book, err)
               : HG_OK;
}

static hg_status draw_form(hg_reports *report, adding *a, const hg_doc *spec)
{
    if (hg_form_new(&a->form, spec, a->err) != HG_OK ||
        (!report->book && start_book(report, a->definition, a->err) != HG_OK))
        return a->err->status;
    a->data = calloc(hg_dataset_tables(a->definition) + 1, sizeof *a->data);
    if (!a->data)
        hg_fail_nomem(a->err);
    for (size_t i = 0; i < a->form->n_tables && a->err->status == HG_OK; i++)
        add_table(a, &a->form->tables[i]);
    free(a->data);
    hg_form_free(a->form);
    return a->err->status;
}

/* The definition's report.json as a document; made anew from a package, which keeps none.
 */
static hg_status report_doc(const adding *a, hg_doc **made, const hg_doc **doc)
{
    const hg_json *json = hg_dataset_report(a->definition);
    hg_buf text = { 0 }, name = { 0 };
    *doc = hg_dataset_doc(a->definition, "report.json");
    if (*doc)
        return HG_OK;
    hg_buf_printf(&name, "%s: report.json", hg_package_name(a->package));
    if (!json)
        hg_fail(a->err, HG_EARG, &(hg_loc){ .file = hg_package_name(a->package) },
                "the dataset '%s' has no report.json; name one with -d or --spec",
                hg_dataset_id(a->definition));
    else if (hg_buf_status(&name, a->err) == HG_OK &&
             hg_json_dump(json, true, &text, a->err) == HG_OK)
        hg_doc_parse(made, name.data, (hg_slice){ text.data, text.len }, a->err);
    *doc = *made;
    hg_buf_release(&text);
    hg_buf_release(&name);
    return a->err->status;
}

static hg_status add(hg_reports *report, adding *a, const hg_doc *spec)
{
    hg_doc *made = NULL;
    if (strcmp(hg_dataset_id(a->definition), hg_package_id(a->package)) != 0)
        return hg_fail(a->err, HG_EARG, &(hg_loc){ .file = hg_package_name(a->package) },
                       "this package is of the dataset '%s', not of '%s'",
                       hg_package_id(a->package), hg_dataset_id(a->definition));
    if (spec || report_doc(a, &made, &spec) == HG_OK)
        draw_form(report, a, spec);
    hg_doc_free(made);
    return a->err->status;
}

hg_status hg_reports_add(hg_reports *report, const hg_package *package,
                         const hg_dataset *definition, const hg_doc *spec, hg_err *err)
{
    adding a = { .report = report, .package = package, .definition = definition, .err = err };
    hg_dataset *own = NULL;
    if (!definition) {
        if (hg_dataset_from_head(&own, hg_package_head(package), err) != HG_OK)
            return err->status;
        a.definition = own;
    }
    add(report, &a, spec);
    hg_dataset_free(own);
    return err->status;
}

hg_status hg_reports_new(hg_reports **out, hg_layout_kind layout, const char *tmp,
                         hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->layout = layout;
    (*out)->tmp = tmp;
    return HG_OK;
}

/* Fill the sheets before the tables with what the first dataset says of itself. */
static hg_status end_access(hg_reports *report, hg_err *err)
{
    const hg_json *about = report->about, *publisher = hg_json_get(about, "publisher");
    const hg_json *contact = hg_json_get(about, "contact"),
                  *licence = hg_json_get(about, "license");
    hg_cover cover = { .title = both(hg_json_get(about, "title")),
                       .publisher = both(hg_json_get(publisher, "name")),
                       .description = both(hg_json_get(about, "description")),
                       .licence = both(licence),
                       .contact = hg_json_get_str(contact, "email"),
                       .modified = hg_json_get_str(about, "modified") };
    return hg_access_end(report->access, &cover, err);
}

hg_status hg_reports_write(hg_reports *report, int fd, const char *name, hg_err *err)
{
    if (report->access && end_access(report, err) != HG_OK)
        return err->status;
    if (hg_carrier_write(report->keeper.carrier, report->book, err) != HG_OK)
        return err->status;
    return hg_book_write(report->book, fd, name, err);
}

void hg_reports_free(hg_reports *report)
{
    if (!report)
        return;
    hg_keeper_release(&report->keeper);
    hg_access_free(report->access);
    hg_json_free(report->about);
    hg_book_free(report->book);
    free(report);
}
