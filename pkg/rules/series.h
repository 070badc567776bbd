/* series.h - numbers with the rows that had them, and what is usual among them. */
#ifndef HG_RULES_SERIES_H
#define HG_RULES_SERIES_H

#include "rules/budget.h"

/* A number takes 16 bytes, in memory or, beyond the budget, on disk. */
typedef struct hg_series hg_series;

/* budget outlives the series. HG_ENOMEM. */
hg_status hg_series_new(hg_series **out, hg_budget *budget, hg_err *err);

/* Add a number, in the order of rows. HG_EINPUT: over budget without a disk; HG_ESYS,
 * HG_ENOMEM. */
hg_status hg_series_add(hg_series *series, double x, uint64_t row, hg_err *err);
uint64_t hg_series_count(const hg_series *series);

/* After all numbers, of which there is at least one: their mean, and the standard
 * deviation (of a sample, which has at least two). HG_EINPUT, HG_ESYS, HG_ENOMEM. */
double hg_series_mean(const hg_series *series);
hg_status hg_series_deviation(hg_series *series, double *out, hg_err *err);
/* The median, or with mode the smallest of the most frequent numbers. Takes 8 bytes a
 * number besides, on disk beyond the budget. Fails likewise. */
hg_status hg_series_middle(hg_series *series, bool mode, double *out, hg_err *err);

/* Go through the numbers from the first on, in the order of rows; HG_END after the last.
 * Fails likewise. */
hg_status hg_series_first(hg_series *series, hg_err *err);
hg_status hg_series_next(hg_series *series, double *x, uint64_t *row, hg_err *err);

void hg_series_free(hg_series *series); /* NULL is fine */

#endif
