/* report - sealed packages -> a workbook of statistical reports */
#include "report/classic.h"
#include "report/draft.h"
#include "table/moment.h"
#include "work/report_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

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

hg_status hg_report_find(const adding *a, const hg_form_table *table, size_t *i)
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

/* A table with its data, ready to be drawn. */
typedef struct drawing {
    const adding *a;
    hg_facts *rows;
    const hg_labels *const *labels;
    unsigned data;
} drawing;

static hg_status draw_one(void *with, const hg_form_table *table)
{
    const drawing *d = with;
    const adding *a = d->a;
    hg_classic_defaults defaults = defaults_of(a->definition);
    hg_notebook notebook = { &a->report->keeper, d->data };
    hg_crosstab *x = NULL;
    hg_crosstab_new(&x, a->form, table, d->rows, d->labels, a->err);
    if (x && a->report->layout == HG_LAYOUT_ACCESSIBLE)
        hg_access_draw(a->report->access, x, &defaults, notebook, a->err);
    else if (x)
        hg_classic_draw(a->report->book, x, &defaults, notebook, a->err);
    hg_crosstab_free(x);
    return a->err->status;
}

static hg_status draw_table(adding *a, const hg_form_table *table, const hg_json *schema,
                            hg_facts *rows, const char *path, unsigned data)
{
    hg_labels **labels = NULL;
    size_t n;
    hg_facts_fields(rows, &n);
    if (hg_report_labels(&labels, a->definition, schema, rows, a->err) == HG_OK) {
        drawing d = { a, rows, (const hg_labels *const *)labels, data };
        if (table->each)
            hg_report_each(a, table, rows, d.labels, draw_one, &d);
        else
            draw_one(&d, table);
    }
    if (a->err->status == HG_EREFUSED && !a->err->file[0]) /* a row of the data */
        snprintf(a->err->file, sizeof a->err->file, "%s", path ? path : "");
    hg_report_unlabel(labels, n);
    return a->err->status;
}

/* What the schema says of the least that a figure may be, for forms. */
static void note_minimum(hg_form_table *table, const hg_json *schema)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    for (size_t i = 0; i < hg_json_len(fields); i++) {
        const hg_json *at = hg_json_at(fields, i);
        const hg_json *least = hg_json_get(hg_json_get(at, "constraints"), "minimum");
        const char *name = hg_json_get_str(at, "name");
        if (name && strcmp(name, table->values[0]) == 0 && hg_json_is_number(least))
            snprintf(table->minimum, sizeof table->minimum, "%.15g",
                     hg_json_number(least, 0));
    }
}

/* The period of a form is what it is set for: "(Năm 2026)". */
static hg_status set_period(const adding *a, hg_form_table *table, const hg_json *schema)
{
    const hg_json *fields = hg_json_get(schema, "fields");
    hg_buf *period = &a->report->period;
    hg_buf_clear(period);
    for (size_t i = 0; i < a->report->n_sets; i++) {
        const char *set = a->report->sets[i], *value = strchr(set, '=') + 1;
        hg_slice name = { set, (size_t)(value - set) - 1 };
        for (size_t k = 0; k < hg_json_len(fields); k++) {
            const hg_json *at = hg_json_at(fields, k), *titles = hg_json_get(at, "titles");
            const char *title = hg_json_lang(titles ? titles : hg_json_get(at, "title"), "vi");
            if (hg_slice_is(name, hg_json_get_str(at, "name")))
                hg_buf_printf(period, "%s%s%s%s", period->len ? ", " : "(",
                              title ? title : "", title ? " " : "", value);
        }
    }
    hg_buf_puts(period, period->len ? ")" : "");
    if (hg_buf_status(period, a->err) == HG_OK && period->len > 0)
        table->period = (hg_bilingual){ .vi = period->data };
    return a->err->status;
}

static hg_status mark_notes(const adding *a, hg_form_table *table)
{
    hg_access *access = a->report->access;
    for (size_t i = 0; i < table->n_notes; i++)
        table->notes[i].number = table->notes[i].order;
    if (access && hg_access_number(access, table, a->err) != HG_OK)
        return a->err->status;
    return hg_form_mark_notes(a->form, table, access != NULL, a->err);
}

static hg_status load_and_draw(adding *a, hg_form_table *table, size_t resource,
                               const hg_json *schema, const char *path)
{
    hg_facts *rows = NULL;
    unsigned data;
    note_minimum(table, schema);
    if (mark_notes(a, table) == HG_OK &&
        (!a->report->blank || set_period(a, table, schema) == HG_OK) &&
        hg_report_load(a, table, resource, path, &rows, &data) == HG_OK)
        draw_table(a, table, schema, rows, path, data);
    hg_facts_free(rows);
    return a->err->status;
}

/* The name of a sheet may tell the workbook's unit. */
static hg_status name_sheet(const adding *a, hg_form_table *table, hg_buf *name)
{
    hg_buf_puts(name, table->sheet);
    if (hg_report_sheet(a, name) == HG_OK)
        table->sheet = name->data;
    return a->err->status;
}

static hg_status draw_any(adding *a, hg_form_table *table, size_t i)
{
    const hg_json *schema = hg_dataset_schema(a->definition, i);
    if (hg_form_rules(a->form, table, hg_json_get(schema, "rules"), a->err) != HG_OK)
        return a->err->status;
    const char *resource = hg_dataset_table(a->definition, i);
    char *path = a->package ? hg_report_path(a->package, resource, a->err) : NULL;
    if (a->err->status == HG_OK && table->list)
        hg_report_list_draw(a, table, i, schema, path);
    else if (a->err->status == HG_OK)
        load_and_draw(a, table, i, schema, path);
    free(path);
    return a->err->status;
}

static hg_status add_table(adding *a, hg_form_table *table)
{
    size_t i;
    hg_buf name = { 0 };
    if (a->report->unit && table->sheet && !table->each)
        name_sheet(a, table, &name);
    if (a->err->status == HG_OK && hg_report_find(a, table, &i) == HG_OK)
        draw_any(a, table, i);
    hg_buf_release(&name);
    return a->err->status;
}

/* ---- the workbook ---- */

static void put_keywords(hg_buf *buf, const hg_json *keywords)
{
    const hg_json *list = hg_json_is_array(keywords) ? keywords : hg_json_get(keywords, "vi");
    for (size_t i = 0; i < hg_json_len(list); i++)
        hg_buf_printf(buf, "%s%s", i ? ", " : "", hg_json_str(hg_json_at(list, i)));
}

static void set_both(hg_json *object, const char *key, hg_bilingual text)
{
    hg_json *v = hg_json_object();
    hg_json_set_str(v, "vi", text.vi);
    hg_json_set_str(v, "en", text.en);
    hg_json_set(object, key, v);
}

/* Keep a line of the cover until the workbook's end; the form is gone by then. */
static void keep_line(hg_reports *report, hg_bilingual line)
{
    char key[32];
    snprintf(key, sizeof key, "x-cover-%zu", report->n_cover++);
    set_both(report->about, key, line);
}

/* Lists are written row by row; where they are forms, or short and in the accessible layout,
 * as other tables are. */
static bool in_bulk(const hg_reports *report, const adding *a)
{
    bool all = true;
    if (!a->form->lists || report->blank)
        return false;
    for (size_t i = 0; i < a->form->n_tables && all; i++) {
        size_t resource;
        hg_err ignored = HG_ERR_INIT; /* it is told where the table is drawn */
        adding quiet = *a;
        quiet.err = &ignored;
        char *path = hg_report_find(&quiet, &a->form->tables[i], &resource) == HG_OK
                         ? hg_report_path(a->package, hg_dataset_table(a->definition, resource),
                                          &ignored)
                         : NULL;
        all = path && hg_report_list_is_short(path);
        free(path);
    }
    return report->layout != HG_LAYOUT_ACCESSIBLE || !all;
}

/* Start the workbook with what the first dataset says of itself. */
static hg_status start_book(hg_reports *report, const adding *a, hg_err *err)
{
    const hg_dataset *definition = a->definition;
    const hg_form *form = a->form;
    bool bulk = in_bulk(report, a);
    const hg_json *about = hg_dataset_description(definition);
    const char *modified = hg_json_get_str(about, "modified");
    hg_classic_defaults defaults = defaults_of(definition);
    hg_moment day;
    hg_buf words = { 0 };
    if (!modified || !hg_moment_date(&day, hg_slice_of(modified)))
        return hg_fail(err, HG_EARG, NULL, "the dataset has no date 'modified'");
    for (size_t i = 0; i < form->n_keywords; i++)
        hg_buf_printf(&words, "%s%s", i ? ", " : "", form->keywords[i]);
    if (form->n_keywords == 0)
        put_keywords(&words, hg_json_get(about, "keywords"));
    hg_book_about properties = { .title = form->title.vi ? form->title.vi : defaults.title.vi,
                                 .subject = hg_dataset_id(definition),
                                 .author = form->author ? form->author
                                                        : defaults.reporting,
                                 .keywords = words.data,
                                 .sans = report->layout == HG_LAYOUT_ACCESSIBLE,
                                 .created = day.whole * 86400 };
    if (hg_buf_status(&words, err) == HG_OK)
        (bulk ? hg_book_bulk : hg_book_new)(&report->book, report->tmp, &properties,
                                                   err);
    hg_buf_release(&words);
    if (err->status != HG_OK)
        return err->status;
    if (hg_keeper_init(&report->keeper, report->book, err) != HG_OK)
        return err->status;
    report->keeper.blank = report->blank;
    report->lists = form->lists;
    if (report->lists)
        hg_book_watch(report->book, NULL, NULL); /* a list is found by its names */
    report->about = hg_json_copy(about);
    if (form->title.vi)
        set_both(report->about, "title", form->title);
    for (size_t i = 0; i < form->n_cover && report->n_cover < MAX_COVER; i++)
        keep_line(report, form->cover[i]);
    return report->layout == HG_LAYOUT_ACCESSIBLE && !bulk
               ? hg_access_new(&report->access, report->book, err)
               : HG_OK;
}

static hg_status draw_form(adding *a, const hg_doc *spec, void *unused)
{
    hg_reports *report = a->report;
    (void)unused;
    if (hg_form_new(&a->form, spec, a->report->unit, a->err) != HG_OK)
        return a->err->status;
    a->form->blank = report->blank;
    if (!report->book)
        start_book(report, a, a->err);
    else if (report->lists != a->form->lists)
        hg_doc_fail(a->err, spec, hg_doc_root(spec), "tables",
                    "lists have a workbook of their own: put them into a report.json "
                    "without other tables");
    a->data = calloc(hg_dataset_tables(a->definition) + 1, sizeof *a->data);
    if (!a->data)
        hg_fail_nomem(a->err);
    for (size_t i = 0; i < a->form->n_tables && a->err->status == HG_OK; i++)
        add_table(a, &a->form->tables[i]);
    free(a->data);
    hg_form_free(a->form);
    return a->err->status;
}

static const char *package_name(const adding *a)
{
    return a->package ? hg_package_name(a->package) : hg_dataset_id(a->definition);
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
    hg_buf_printf(&name, "%s: report.json", package_name(a));
    if (!json)
        hg_fail(a->err, HG_EARG, &(hg_loc){ .file = package_name(a) },
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

typedef hg_status use(adding *a, const hg_doc *spec, void *with);

/* Use a package, or a definition alone, with the report.json that holds. */
static hg_status use_spec(adding *a, const hg_doc *spec, use *what, void *with)
{
    hg_doc *made = NULL;
    if (a->package && strcmp(hg_dataset_id(a->definition), hg_package_id(a->package)) != 0)
        return hg_fail(a->err, HG_EARG, &(hg_loc){ .file = package_name(a) },
                       "this package is of the dataset '%s', not of '%s'",
                       hg_package_id(a->package), hg_dataset_id(a->definition));
    if (spec || report_doc(a, &made, &spec) == HG_OK)
        what(a, spec, with);
    hg_doc_free(made);
    return a->err->status;
}

static hg_status use_definition(adding *a, const hg_doc *spec, use *what, void *with)
{
    hg_dataset *own = NULL;
    if (!a->definition) {
        if (hg_dataset_from_head(&own, hg_package_head(a->package), a->err) != HG_OK)
            return a->err->status;
        a->definition = own;
    }
    use_spec(a, spec, what, with);
    hg_dataset_free(own);
    return a->err->status;
}

hg_status hg_reports_add(hg_reports *report, const hg_package *package,
                         const hg_dataset *definition, const hg_doc *spec, hg_err *err)
{
    adding a = { .report = report, .package = package, .definition = definition, .err = err };
    return use_definition(&a, spec, draw_form, NULL);
}

static hg_status add_units(adding *a, const hg_doc *spec, void *units)
{
    if (hg_form_new(&a->form, spec, NULL, a->err) == HG_OK)
        hg_report_units_add(units, a);
    hg_form_free(a->form);
    return a->err->status;
}

hg_status hg_reports_units(hg_report_units *units, const hg_package *package,
                           const hg_dataset *definition, const hg_doc *spec, hg_err *err)
{
    adding a = { .package = package, .definition = definition, .err = err };
    return use_definition(&a, spec, add_units, units);
}

/* Fill the sheets before the tables with what the first dataset says of itself. */
static hg_status end_access(hg_reports *report, hg_err *err)
{
    const hg_json *about = report->about, *publisher = hg_json_get(about, "publisher");
    const hg_json *contact = hg_json_get(about, "contact"),
                  *licence = hg_json_get(about, "license");
    hg_bilingual lines[MAX_COVER];
    for (size_t i = 0; i < report->n_cover; i++) {
        char key[40];
        snprintf(key, sizeof key, "x-cover-%zu", i);
        lines[i] = both(hg_json_get(about, key));
    }
    hg_cover cover = { .title = both(hg_json_get(about, "title")),
                       .publisher = both(hg_json_get(publisher, "name")),
                       .description = both(hg_json_get(about, "description")),
                       .licence = both(licence),
                       .contact = hg_json_get_str(contact, "email"),
                       .modified = hg_json_get_str(about, "modified"),
                       .lines = lines,
                       .n_lines = report->n_cover };
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
    hg_buf_release(&report->period);
    hg_book_free(report->book);
    free(report);
}

/* ---- a first report.json ---- */

static hg_status draft_table(hg_json *tables, const hg_package *package,
                             const hg_dataset *definition, size_t i, hg_err *err)
{
    hg_facts *rows = NULL;
    hg_labels **labels = NULL;
    hg_draft draft = { .schema = hg_dataset_schema(definition, i),
                       .resource = i > 0 ? hg_dataset_table(definition, i) : NULL,
                       .number = (unsigned)hg_json_len(tables) + 1 };
    size_t n = 0;
    char *path = hg_report_path(package, hg_dataset_table(definition, i), err);
    if (path && hg_report_facts(&rows, path, err) == HG_OK &&
        hg_report_labels(&labels, definition, draft.schema, rows, err) == HG_OK) {
        hg_facts_fields(rows, &n);
        draft.facts = rows;
        draft.labels = (const hg_labels *const *)labels;
        hg_json *table = hg_draft_table(&draft, err);
        if (table)
            hg_json_add(tables, table);
    }
    hg_report_unlabel(labels, n);
    hg_facts_free(rows);
    free(path);
    return err->status;
}

hg_status hg_reports_draft(hg_json **spec, const hg_package *package,
                           const hg_dataset *definition, hg_err *err)
{
    hg_dataset *own = NULL;
    if (!definition && hg_dataset_from_head(&own, hg_package_head(package), err) != HG_OK)
        return err->status;
    definition = definition ? definition : own;
    hg_json *all = hg_json_object(), *tables = hg_json_array();
    hg_json_set_int(all, "hgReport", 1);
    for (size_t i = 0; i < hg_dataset_tables(definition) && err->status == HG_OK; i++) {
        hg_err own_err = HG_ERR_INIT; /* a table without figures is none of a report */
        if (draft_table(tables, package, definition, i, &own_err) != HG_OK &&
            (own_err.status != HG_EARG ||
             (i + 1 == hg_dataset_tables(definition) && hg_json_len(tables) == 0)))
            *err = own_err;
    }
    hg_json_set(all, "tables", tables);
    hg_json_set(all, "signature", hg_json_object());
    hg_dataset_free(own);
    if (err->status == HG_OK)
        *spec = all;
    else
        hg_json_free(all);
    return err->status;
}
