/* report_list - a table of a package as a sheet of its rows */
#include "format/csvfile.h"
#include "report/list.h"
#include "work/report_inside.h"

#include <stdio.h>

static hg_status put_rows(adding *a, hg_csvfile *file, const hg_list_of *of, hg_list **list)
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

hg_status hg_report_list_draw(adding *a, const hg_form_table *table, size_t resource,
                              const hg_json *schema, const char *path)
{
    char sheet[HG_BOOK_NAME + 1]; /* a table's name is ASCII, but may be longer */
    hg_csvfile file;
    hg_list *list = NULL;
    const char *name = hg_dataset_table(a->definition, resource);
    if (!path)
        return hg_doc_fail(a->err, a->form->doc, table->at, "list",
                           "a list is no form to be filled");
    snprintf(sheet, sizeof sheet, "%s", name);
    hg_json *head = hg_dataset_head(a->definition);
    const hg_list_of of = { .sheet = table->sheet ? table->sheet : sheet,
                            .resource = name,
                            .head = head,
                            .schema = schema,
                            .sans = a->report->layout == HG_LAYOUT_ACCESSIBLE };
    if (hg_csvfile_open(&file, path, a->err) == HG_OK)
        put_rows(a, &file, &of, &list);
    hg_csvfile_close(&file);
    hg_list_free(list);
    hg_json_free(head);
    return a->err->status;
}
