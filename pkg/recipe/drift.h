/* drift.h - what moved in the layout of a report since the one before. */
#ifndef HG_RECIPE_DRIFT_H
#define HG_RECIPE_DRIFT_H

#include "table/finding.h"
#include "workbook/grid.h"

/* The two sheets; file and sheet name the new one in what is told (sheet NULL: a text).
 */
typedef struct hg_drift_sheets {
    const hg_grid *old, *new;
    const char *file, *sheet;
} hg_drift_sheets;

/*
 * Tell, with severity warning, what makes the texts of the new sheet others than those of
 * the old one; figures may differ, but years in a row of nothing but texts and years
 * count as texts. Rows, then columns, are paired by their texts (recipe/align.h).
 *   rows-removed, columns-removed   the first text that is gone, and how many (row, col:
 * of the old sheet) rows-added, columns-added       likewise text-changed, text-added,
 * text-removed   in a cell of rows and columns that are paired merge-changed a text
 * reaches over more or fewer cells HG_ENOMEM.
 */
hg_status hg_drift_tell(const hg_drift_sheets *sheets, hg_tell *tell, void *with,
                        hg_err *err);

#endif
