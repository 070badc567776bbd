/* crosstab_inside.h - shared by the files of report/crosstab. */
#ifndef HG_REPORT_CROSSTAB_INSIDE_H
#define HG_REPORT_CROSSTAB_INSIDE_H

#include "report/crosstab.h"

/* Which figures stand in a column: what it fixes. */
const uint32_t *hg_crosstab_at(const hg_crosstab *x, size_t leaf);
/* The coordinates of a figure: its row's and its column's together. */
void hg_crosstab_coordinates(const hg_crosstab *x, const hg_cross_block *b, size_t figure,
                             size_t fields, uint32_t *out);
/* The entry for these coordinates, or the free one where it would be. Fields that wanted
 * leaves open (0) do not count. */
uint32_t *hg_crosstab_seek(const hg_crosstab *x, const hg_cross_block *b,
                           const uint32_t *wanted, size_t fields);
/* Where row i of the data is to be found again: its record, the header being 1. */
hg_loc hg_crosstab_place(uint32_t i, const char *field);

/* Find the figures that are totals, and compare them with the sums of their parts.
 * HG_EREFUSED: one differs by more than the tolerance. */
hg_status hg_crosstab_check_sums(hg_crosstab *x, hg_cross_block *b, hg_err *err);
/* Compute the figures of computed columns. HG_EARG: a column has no two others. */
hg_status hg_crosstab_compute_block(const hg_crosstab *x, hg_cross_block *b, hg_err *err);

/* Mark the lines whose figures are all provisional or all estimates, and find out whether
 * single figures need marks of their own. */
void hg_crosstab_mark(hg_crosstab *x);

#endif
