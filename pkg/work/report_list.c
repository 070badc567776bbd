/* report_list - a table of a package as a sheet of its rows */
#include "delimited/csvfile.h"
#include "report/list.h"
#include "work/report_inside.h"

#include <stdio.h>
#include <sys/stat.h>

#define SHORT (4 << 20) /* bytes of a table, some 60 MiB as a workbook */

static hg_status put_rows(adding *a, hg_csvfile *file, const hg_list_of *of,
                          hg_list **list)
{
    hg_row row;
    size_t unit = 0;
    hg_status st = hg_csvfile_next(file, &row, NULL, a->err);
    if (st == HG_END)
        return hg_fail(a->err, HG_EINPUT, HG_AT(file->name), "the table has no header");
    if (st == HG_OK)
        st = hg_report_unit_column(a, &row, &unit);
    if (st == HG_OK)
        st = hg_list_new(list, a->report->book, of, row.cells, row.n, a->err);
    while (st == HG_OK && (st = hg_csvfile_next(file, &row, NULL, a->err)) == HG_OK)
        if (hg_report_is_of(a, &row, unit))
            st = hg_list_row(*list, row.cells, row.n, a->err);
    return st == HG_END ? hg_list_end(*list, a->report->keeper.carrier, a->err) : st;
}

/* The fields of a schema as a table without rows. */
static hg_status empty_facts(hg_facts **rows, const hg_json *schema, hg_err *err)
{
    hg_slice names[HG_FACTS_FIELDS];
    const hg_json *fields = hg_json_get(schema, "fields");
    size_t n = hg_json_len(fields);
    for (size_t i = 0; i < n && i < HG_FACTS_FIELDS; i++) {
        const char *name = hg_json_get_str(hg_json_at(fields, i), "name");
        names[i] = hg_slice_of(name ? name : "");
    }
    return hg_facts_new(rows, names, n, err);
}

static hg_status draw_blank(adding *a, const hg_list_of *of)
{
    hg_facts *rows = NULL;
    hg_labels **labels = NULL;
    const char *lists[HG_FACTS_FIELDS] = { NULL };
    size_t n = 0;
    if (empty_facts(&rows, of->schema, a->err) == HG_OK &&
        hg_report_labels(&labels, a->definition, of->schema, rows, a->err) == HG_OK) {
        const char *const *fields = hg_facts_fields(rows, &n);
        for (size_t i = 0; i < n; i++)
            lists[i] = hg_report_list(of->schema, fields[i]);
        hg_list_blank(a->report->book, a->report->keeper.carrier, of,
                      (const hg_labels *const *)labels, lists, a->err);
    }
    hg_report_unlabel(labels, n);
    hg_facts_free(rows);
    return a->err->status;
}

static hg_status draw_rows(adding *a, const hg_list_of *of, const char *path)
{
    hg_csvfile file;
    hg_list *list = NULL;
    if (hg_csvfile_open(&file, path, a->err) == HG_OK)
        put_rows(a, &file, of, &list);
    hg_csvfile_close(&file);
    hg_list_free(list);
    return a->err->status;
}

static hg_bilingual title_of(const adding *a)
{
    const hg_json *title = hg_json_get(hg_dataset_description(a->definition), "title");
    if (a->form->title.vi)
        return a->form->title;
    return hg_json_is_string(title) ? (hg_bilingual){ .vi = hg_json_str(title) }
                                    : (hg_bilingual){ hg_json_get_str(title, "vi"),
                                                      hg_json_get_str(title, "en") };
}

/* Whether a list is so short that its accessible form, which needs memory for all of it, can
 * be made. */
bool hg_report_list_is_short(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && st.st_size <= SHORT;
}

hg_status hg_report_list_draw(adding *a, const hg_form_table *table, size_t resource,
                              const hg_json *schema, const char *path)
{
    char sheet[HG_BOOK_NAME + 1]; /* a table's name is ASCII, but may be longer */
    const char *name = hg_dataset_table(a->definition, resource);
    snprintf(sheet, sizeof sheet, "%s", name);
    hg_json *head = hg_dataset_head(a->definition);
    char table_name[24];
    hg_list_of of = { .sheet = table->sheet ? table->sheet : sheet,
                            .resource = name,
                            .head = head,
                            .schema = schema,
                            .sans = a->report->layout == HG_LAYOUT_ACCESSIBLE };
    if (a->report->access && hg_access_begin(a->report->access, of.sheet, title_of(a),
                                             &of.above, table_name, a->err) == HG_OK)
        of.table = table_name;
    if (a->err->status == HG_OK)
        a->report->blank ? draw_blank(a, &of) : draw_rows(a, &of, path);
    hg_json_free(head);
    return a->err->status;
}
