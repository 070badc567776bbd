/* report_inside.h - packages on their way into a workbook, shared by the files of
 * work/report. */
#ifndef HG_WORK_REPORT_INSIDE_H
#define HG_WORK_REPORT_INSIDE_H

#include "dataset/form.h"
#include "report/accessible.h"
#include "work/report.h"

#define MAX_COVER 64 /* lines on a cover */

struct hg_reports {
    hg_layout_kind layout;
    const char *tmp;
    hg_access *access; /* in that layout */
    hg_book *book; /* NULL until the first package */
    hg_keeper keeper;
    hg_json *about; /* the first dataset's description, and the lines of the cover */
    size_t n_cover;
    bool blank;     /* forms to be filled */
    const char *const *sets; /* "field=value" */
    size_t n_sets;
    hg_buf period; /* of a form: "(Năm 2026)" */
};

/* One package on its way into the workbook. */
typedef struct adding {
    hg_reports *report;
    const hg_package *package; /* NULL: a form made from the definition alone */
    const hg_dataset *definition;
    hg_form *form;
    unsigned *data; /* per resource: its number among the workbook's data, from 1 */
    hg_err *err;
} adding;

/* Load the table at path as the form's table sees it; of the workbook's data it is number
 * *data. HG_EINPUT, HG_EARG: it does not fit. */
hg_status hg_report_load(adding *a, const hg_form_table *table, size_t resource,
                         const char *path, hg_facts **rows, unsigned *data);
/* The text (CSV) of a form to be filled, its figures empty: the rows at path, or where that is
 * NULL all combinations of codes. HG_EARG: a field has neither codes nor a value. */
hg_status hg_report_blank(adding *a, size_t resource, const char *path, hg_buf *out);
/* The code list of a field, as the schema's foreignKeys name it ("codes/gioi-tinh"); or
 * NULL. */
const char *hg_report_list(const hg_json *schema, const char *field);
/* Draw a table; with is the caller's. */
typedef hg_status hg_report_draw(void *with, const hg_form_table *table);
/* Draw it once for each code of the field "forEach", in the order of the code list, with
 * "{code}" and "{label}" in its sheet, title and period replaced. */
hg_status hg_report_each(adding *a, const hg_form_table *table, hg_facts *rows,
                         const hg_labels *const *labels, hg_report_draw *draw, void *with);
/* Load it as it stands. */
hg_status hg_report_facts(hg_facts **rows, const char *path, hg_err *err);
/* A code list per field of rows; NULL for fields without. Freed by hg_report_unlabel(). */
hg_status hg_report_labels(hg_labels ***out, const hg_dataset *definition,
                           const hg_json *schema, const hg_facts *rows, hg_err *err);
void hg_report_unlabel(hg_labels **labels, size_t n);
/* The path of a resource of a package; the caller frees it. NULL out of memory. */
char *hg_report_path(const hg_package *package, const char *resource, hg_err *err);

#endif
