/* report.h - sealed packages -> a workbook of statistical reports. */
#ifndef HG_WORK_REPORT_H
#define HG_WORK_REPORT_H

#include "dataset/dataset.h"
#include "stream/package.h"

typedef enum hg_layout_kind {
    HG_LAYOUT_CLASSIC,   /* official forms: report/classic.h */
    HG_LAYOUT_ACCESSIBLE /* one marked-up table a sheet: report/accessible.h */
} hg_layout_kind;

/* What is to be made; all of it borrowed. */
typedef struct hg_report_job {
    const hg_package *const *packages;
    size_t n;                     /* 0: forms made from the definition alone */
    const hg_dataset *definition; /* report.json, code lists, title; NULL: the packages' own */
    const hg_doc *spec;           /* stands for report.json; NULL: the definition's */
    unsigned layouts;             /* bit 1 << hg_layout_kind; 0: classic */
    const char *output;           /* FILE.xlsx; or a folder, see below */
    const char *tmp;              /* folder of temporary files */
    /*
     * The reports become forms to be filled: figures are empty cells that take numbers, "-"
     * and "…", totals formulas, all else is protected. sets, "field=value" each, are what
     * the form is for: of a package the rows with the newest value of the field are taken.
     */
    bool blank;
    const char *const *sets;
    size_t n_sets;
} hg_report_job;

/*
 * Make a workbook of the packages, or one for each layout: "x.xlsx" and beside it
 * "x.accessible.xlsx". A report with "forEach" is a workbook for each code instead, and output
 * a folder (it ends in '/', or is there), or a name in one with {code} or {label} in its last
 * part; what else the folder holds stays. All appear when all are written, or none. The same
 * bytes for the same packages: title and dates are those of the first dataset.
 *   HG_EARG      the definition is of another dataset, has no report, or its report is wrong
 *                (file, line, column); beyond a limit of Excel's; output is of the other kind
 *   HG_EREFUSED  the data do not fit the report: a total that is not the sum of its parts,
 *                a row without a place (the row in the package's file)
 *   HG_EINPUT    over the limits of report/facts.h
 *   HG_ESYS, HG_ENOMEM
 */
hg_status hg_report_make(const hg_report_job *job, hg_err *err);

/*
 * A first report.json for a package (report/draft.h), a table for each of its tables with
 * figures. definition as above. The caller frees *spec. HG_EARG: no table has figures.
 */
hg_status hg_reports_draft(hg_json **spec, const hg_package *package,
                           const hg_dataset *definition, hg_err *err);

#endif
