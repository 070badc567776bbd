/* runs.h - the runs of texts in several fonts, as they are read. */
#ifndef HG_WORKBOOK_RUNS_H
#define HG_WORKBOOK_RUNS_H

#include "base/names.h"
#include "workbook/cell.h"

#define HG_RUNS_MAX 65536u /* runs of one list */

/* A list of runs, and the names of their fonts. Begins as { 0 }. */
typedef struct hg_runs {
    hg_cell_run *list;
    size_t n, cap;
    hg_names fonts; /* kept over clearing */
} hg_runs;

/*
 * Add a run; its font is copied. The first of several at one place has no text: the last
 * stays. A run like the one before it continues that, if it is of the same text: texts
 * begin at list[from]. HG_EINPUT (loc): over HG_RUNS_MAX, or as hg_names_keep();
 * HG_ENOMEM.
 */
hg_status hg_runs_add(hg_runs *runs, size_t from, hg_cell_run run, const hg_loc *loc,
                      hg_err *err);
void hg_runs_release(hg_runs *runs);

#endif
