/* sketch.h - a first report.json out of a form that is there (hg-report --spec-from): for a
 * person to go on from.
 *
 * Found are the number, title, unit, the tree of headings (by merged cells), the rows with
 * their codes and outline, the ruler row, notes, source and places to sign. Each row and each
 * column that has figures is given a code, "Mã số" where the form has it, else a running
 * number: the report is then one of a table with the fields dong, cot and gia_tri.
 */
#ifndef HG_REPORT_SKETCH_H
#define HG_REPORT_SKETCH_H

#include "json/json.h"
#include "workbook/grid.h"

/* Sketch a sheet. The caller frees *spec. HG_EINPUT: no headings over figures are found, at
 * loc; HG_ENOMEM. */
hg_status hg_sketch(hg_json **spec, const hg_grid *grid, const hg_loc *loc, hg_err *err);

#endif
