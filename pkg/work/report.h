/* report.h - sealed packages -> a workbook of statistical reports. */
#ifndef HG_WORK_REPORT_H
#define HG_WORK_REPORT_H

#include "dataset/dataset.h"
#include "stream/package.h"

/* A workbook in the making. */
typedef struct hg_reports hg_reports;

typedef enum hg_layout_kind {
    HG_LAYOUT_CLASSIC,   /* official forms: report/classic.h */
    HG_LAYOUT_ACCESSIBLE /* one marked-up table a sheet: report/accessible.h */
} hg_layout_kind;

/* Start one; temporary files go to the folder tmp. HG_ENOMEM. */
hg_status hg_reports_new(hg_reports **out, hg_layout_kind layout, const char *tmp,
                         hg_err *err);

/* The reports become forms to be filled: figures are empty cells that take numbers, "-" and
 * "…", totals formulas, all else is protected. sets, "field=value" each, and borrowed, are
 * what the form is for: of a package the rows with the newest value of the field are taken. */
void hg_reports_blank(hg_reports *report, const char *const *sets, size_t n);

/*
 * Add the sheets of a package, or where it is NULL of a form made from the definition. definition gives report.json, code lists and title; NULL: the
 * package's own. spec stands for report.json; NULL: the definition's. The workbook's title
 * and dates are those of the first dataset added: nothing depends on the clock.
 *   HG_EARG      the definition is of another dataset, has no report, or its report is wrong
 *                (file, line, column); or beyond a limit of Excel's
 *   HG_EREFUSED  the data do not fit the report: a total that is not the sum of its parts,
 *                a row without a place (the row in the package's file)
 *   HG_EINPUT    over the limits of report/facts.h
 */
hg_status hg_reports_add(hg_reports *report, const hg_package *package,
                        const hg_dataset *definition, const hg_doc *spec, hg_err *err);

/* Write the workbook to fd: the same bytes for the same packages. Once, after at least one
 * add. HG_ESYS, HG_ENOMEM. */
hg_status hg_reports_write(hg_reports *report, int fd, const char *name, hg_err *err);
void hg_reports_free(hg_reports *report); /* NULL is fine */

/*
 * A first report.json for a package (report/draft.h), a table for each of its tables with
 * figures. definition as above. The caller frees *spec. HG_EARG: no table has figures.
 */
hg_status hg_reports_draft(hg_json **spec, const hg_package *package,
                           const hg_dataset *definition, hg_err *err);

#endif
