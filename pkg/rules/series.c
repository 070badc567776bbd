/* series - numbers with the rows that had them, and what is usual among them */
#include "rules/series.h"
#include "rules/lists.h"
#include "rules/sorter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AHEAD = 512 /* numbers that are read at once */ };

struct hg_series {
    hg_budget *budget;
    hg_lists *points; /* its first list: a number's bits and its row */
    double sum;
    hg_lists_at at;
    hg_pair ahead[AHEAD];
    size_t i, n;
};

hg_status hg_series_add(hg_series *s, double x, uint64_t row, hg_err *err)
{
    hg_pair point = { .b = row };
    memcpy(&point.a, &x, sizeof x);
    s->sum += x;
    return hg_lists_add(s->points, 0, point, err);
}

uint64_t hg_series_count(const hg_series *s)
{
    return hg_lists_count(s->points, 0);
}

/* ---- going through them ---- */

hg_status hg_series_first(hg_series *s, hg_err *err)
{
    s->at = (hg_lists_at){ .list = 0 };
    s->i = s->n = 0;
    return hg_lists_settle(s->points, err);
}

hg_status hg_series_next(hg_series *s, double *x, uint64_t *row, hg_err *err)
{
    if (s->i == s->n) {
        hg_status st = hg_lists_read(s->points, &s->at, s->ahead, AHEAD, &s->n, err);
        s->i = 0;
        if (st != HG_OK || s->n == 0)
            return st == HG_OK ? HG_END : st;
    }
    memcpy(x, &s->ahead[s->i].a, sizeof *x);
    *row = s->ahead[s->i++].b;
    return HG_OK;
}

/* ---- what is usual ---- */

double hg_series_mean(const hg_series *s)
{
    return s->sum / (double)hg_series_count(s);
}

hg_status hg_series_deviation(hg_series *s, double *out, hg_err *err)
{
    double middle = hg_series_mean(s), sum = 0, x;
    uint64_t row;
    hg_status st = hg_series_first(s, err);
    while (st == HG_OK && (st = hg_series_next(s, &x, &row, err)) == HG_OK)
        sum += (x - middle) * (x - middle);
    *out = sqrt(sum / (double)(hg_series_count(s) - 1));
    return st == HG_END ? HG_OK : st;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static hg_status sort(hg_series *s, hg_sorter *sorter, hg_err *err)
{
    double x;
    uint64_t row;
    hg_status st = hg_series_first(s, err);
    while (st == HG_OK && (st = hg_series_next(s, &x, &row, err)) == HG_OK)
        st = hg_sorter_add(sorter, &x, err);
    return st == HG_END ? HG_OK : st;
}

static hg_status find_median(hg_sorter *sorter, uint64_t n, double *out, hg_err *err)
{
    const void *record;
    double low = 0;
    hg_status st = HG_OK;
    for (uint64_t i = 0;
         i <= n / 2 && (st = hg_sorter_next(sorter, &record, err)) == HG_OK; i++) {
        if (i == (n - 1) / 2)
            low = *(const double *)record;
        *out = (low + *(const double *)record) / 2;
    }
    return st;
}

static hg_status find_mode(hg_sorter *sorter, double *out, hg_err *err)
{
    const void *record;
    double last = 0;
    uint64_t same = 0, most = 0;
    hg_status st;
    while ((st = hg_sorter_next(sorter, &record, err)) == HG_OK) {
        same = same > 0 && by_value(record, &last) == 0 ? same + 1 : 1;
        last = *(const double *)record;
        if (same > most) {
            most = same;
            *out = last;
        }
    }
    return st == HG_END ? HG_OK : st;
}

hg_status hg_series_middle(hg_series *s, bool mode, double *out, hg_err *err)
{
    hg_sorter *sorter;
    hg_status st = hg_sorter_new(&sorter, sizeof(double), by_value, s->budget, err);
    if (st == HG_OK)
        st = sort(s, sorter, err);
    if (st == HG_OK)
        st = mode ? find_mode(sorter, out, err)
                  : find_median(sorter, hg_series_count(s), out, err);
    hg_sorter_free(sorter);
    return st;
}

/* ---- all of it ---- */

hg_status hg_series_new(hg_series **out, hg_budget *budget, hg_err *err)
{
    hg_series *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->budget = budget;
    hg_status st = hg_lists_new(&s->points, budget, err);
    if (st != HG_OK) {
        hg_series_free(s);
        *out = NULL;
    }
    return st;
}

void hg_series_free(hg_series *s)
{
    if (!s)
        return;
    hg_lists_free(s->points);
    free(s);
}
