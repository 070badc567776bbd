/* series - numbers with the rows that had them, and what is usual among them */
#include "rules/series.h"

#include <math.h>
#include <stdlib.h>

hg_status hg_series_add(hg_series *s, hg_budget *budget, double x, uint64_t row,
                        hg_err *err)
{
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        hg_status st = hg_budget_take(budget, (cap - s->cap) * sizeof *s->points, err);
        struct hg_point *points =
            st == HG_OK ? realloc(s->points, cap * sizeof *points) : NULL;
        if (!points)
            return st == HG_OK ? hg_fail_nomem(err) : st;
        s->points = points;
        s->cap = cap;
    }
    s->points[s->n++] = (struct hg_point){ x, row };
    return HG_OK;
}

double hg_series_mean(const hg_series *s)
{
    double sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += s->points[i].x;
    return sum / (double)s->n;
}

double hg_series_deviation(const hg_series *s)
{
    double middle = hg_series_mean(s), sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += (s->points[i].x - middle) * (s->points[i].x - middle);
    return sqrt(sum / (double)(s->n - 1));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

hg_status hg_series_middle(const hg_series *s, bool mode, double *out, hg_err *err)
{
    double *sorted = malloc(s->n * sizeof *sorted);
    size_t best = 0;
    if (!sorted)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < s->n; i++)
        sorted[i] = s->points[i].x;
    qsort(sorted, s->n, sizeof *sorted, by_value);
    *out = (sorted[(s->n - 1) / 2] + sorted[s->n / 2]) / 2;
    for (size_t i = 0, k; mode && i < s->n; i = k) {
        for (k = i; k < s->n && by_value(&sorted[k], &sorted[i]) == 0; k++)
            ;
        if (k - i > best) {
            best = k - i;
            *out = sorted[i];
        }
    }
    free(sorted);
    return HG_OK;
}

void hg_series_release(hg_series *s, hg_budget *budget)
{
    budget->used -= s->cap * sizeof *s->points;
    free(s->points);
    *s = (hg_series){ 0 };
}
