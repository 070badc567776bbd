/* report_inside.h - packages on their way into a workbook, shared by the files of
 * work/report. */
#ifndef HG_WORK_REPORT_INSIDE_H
#define HG_WORK_REPORT_INSIDE_H

#include "dataset/form.h"
#include "report/accessible.h"
#include "work/report.h"

#define MAX_COVER 64 /* lines on a cover */

/* A workbook in the making. */
typedef struct hg_reports {
    hg_layout_kind layout;
    const char *tmp;
    const char *each; /* the field of the unit; NULL: the workbook is of all rows */
    const hg_form_unit *unit;
    hg_access *access; /* in that layout */
    hg_book *book; /* NULL until the first package */
    hg_keeper keeper;
    hg_json *about; /* the first dataset's description, and the lines of the cover */
    size_t n_cover;
    bool blank;     /* forms to be filled */
    bool lists;     /* of lists only, in a bulk workbook unless they are forms, or access is there */
    const char *const *sets; /* "field=value" */
    size_t n_sets;
    hg_buf period; /* of a form: "(Năm 2026)" */
} hg_reports;

/* One package on its way into the workbook. */
typedef struct adding {
    hg_reports *report;
    const hg_package *package; /* NULL: a form made from the definition alone */
    const hg_dataset *definition;
    hg_form *form;
    unsigned *data; /* per resource: its number among the workbook's data, from 1 */
    hg_err *err;
} adding;

/*
 * Add the sheets of a package, or where it is NULL of a form made from the definition.
 * definition gives report.json, code lists and title; NULL: the package's own. spec stands
 * for report.json; NULL: the definition's. The workbook's title and dates are those of the
 * first dataset added: nothing depends on the clock. Failures are those of
 * hg_report_make().
 */
hg_status hg_reports_add(hg_reports *report, const hg_package *package,
                         const hg_dataset *definition, const hg_doc *spec, hg_err *err);
/* Write the workbook to fd: the same bytes for the same packages. Once, after at least one
 * add. HG_ESYS, HG_ENOMEM. */
hg_status hg_reports_write(hg_reports *report, int fd, const char *name, hg_err *err);
void hg_reports_free(hg_reports *report); /* NULL is fine */

/* A code that a workbook is about, and the name of its file, without ".xlsx". */
typedef struct hg_report_unit {
    hg_form_unit unit;
    char *name;
} hg_report_unit;

/* The workbooks that a report stands for; begins as { 0 }. */
typedef struct hg_report_units {
    bool begun;  /* a report was added */
    char *field; /* "forEach"; NULL: it is one workbook */
    hg_report_unit *list;
    size_t n;
} hg_report_units;

/* Add those of a package, or of a definition alone: all is as for hg_reports_add(). HG_EARG
 * also where reports of one run have another "forEach" each. */
hg_status hg_reports_units(hg_report_units *units, const hg_package *package,
                           const hg_dataset *definition, const hg_doc *spec, hg_err *err);
/* The same once the form is read. */
hg_status hg_report_units_add(hg_report_units *units, const adding *a);
/* Name their files after a pattern with "{code}" or "{label}"; NULL: "{code}-{label}". The
 * names are such as Windows takes, all different, and the same for the same units. */
hg_status hg_report_units_name(hg_report_units *units, const char *pattern, hg_err *err);
void hg_report_units_free(hg_report_units *units);

/* The table of the dataset that a form's table is about. HG_EARG: there is no such. */
hg_status hg_report_find(const adding *a, const hg_form_table *table, size_t *resource);
/* Make a name of a sheet one that Excel takes, and that is not taken: "Huyện A-B",
 * "Huyện A-B (2)". */
hg_status hg_report_sheet(const adding *a, hg_buf *name);
/* Where the column of the workbook's unit stands in a header; *i is row->n where the workbook
 * is of all rows. HG_EARG: there is no such column. */
hg_status hg_report_unit_column(const adding *a, const hg_row *row, size_t *i);
/* Whether a row is of the workbook's unit, which stands in column i. */
bool hg_report_is_of(const adding *a, const hg_row *row, size_t i);

/* Load the table at path as the form's table sees it; of the workbook's data it is number
 * *data. HG_EINPUT, HG_EARG: it does not fit. */
hg_status hg_report_load(adding *a, const hg_form_table *table, size_t resource,
                         const char *path, hg_facts **rows, unsigned *data);
/* The text (CSV) of a form to be filled, its figures empty: the rows at path, or where that is
 * NULL all combinations of codes. HG_EARG: a field has neither codes nor a value. */
hg_status hg_report_blank(adding *a, size_t resource, const char *path, hg_buf *out);
/* Whether a field is one of the schema's primaryKey. */
bool hg_report_in_key(const hg_json *schema, const char *name);
/* Put the rows of the table at path on a sheet of their own, all as they are; or make it a
 * form. HG_EARG: as report/list.h. */
hg_status hg_report_list_draw(adding *a, const hg_form_table *table, size_t resource,
                              const hg_json *schema, const char *path);
/* Whether a table is so short that a marked-up list of it, which is in memory as a whole, can
 * be made. */
bool hg_report_list_is_short(const char *path);
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
