/* series.h - numbers with the rows that had them, and what is usual among them. */
#ifndef HG_RULES_SERIES_H
#define HG_RULES_SERIES_H

#include "rules/budget.h"

/* Start with all 0. */
typedef struct hg_series {
    struct hg_point {
        double x;
        uint64_t row;
    } *points;
    size_t n, cap;
} hg_series;

/* HG_EINPUT: over budget; HG_ENOMEM. */
hg_status hg_series_add(hg_series *series, hg_budget *budget, double x, uint64_t row,
                        hg_err *err);

/* Of at least one number; the standard deviation (of a sample) of at least two. */
double hg_series_mean(const hg_series *series);
double hg_series_deviation(const hg_series *series);

/* The median, or with mode the smallest of the most frequent numbers; of at least one.
 * HG_ENOMEM. */
hg_status hg_series_middle(const hg_series *series, bool mode, double *out, hg_err *err);

void hg_series_release(hg_series *series, hg_budget *budget);

#endif
