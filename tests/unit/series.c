/* What is usual among numbers, and numbers in the order of rows, wherever they waited. */
#include "rules/series.h"
#include "unit.h"

#include <math.h>

/* With room for all, and for so few that most are on disk. */
static const struct {
    size_t max;
    const char *tmp;
} rooms[] = { { 1 << 24, NULL }, { 64 << 10, "build" } };

enum { N = 20001 };

/* 0 … N - 1, all over the place (17 is coprime to N), the least 5 times more: so the mean is
 * (0 + … + N - 1) / (N + 5), the median of N + 5 numbers N / 2 - 2.5, and the mode 0. */
static double number(uint64_t i)
{
    return i < N ? (double)(i * 17 % N) : 0;
}

static hg_series *filled(hg_budget *budget)
{
    hg_err err = HG_ERR_INIT;
    hg_series *series;
    size_t most = 0;
    ck_assert_int_eq(hg_series_new(&series, budget, &err), HG_OK);
    for (uint64_t i = 0; i < N + 5; i++) {
        ck_assert_int_eq(hg_series_add(series, number(i), i + 2, &err), HG_OK);
        most = budget->used > most ? budget->used : most;
    }
    ck_assert_uint_le(most, budget->max);
    ck_assert_uint_eq(hg_series_count(series), N + 5);
    return series;
}

START_TEST(what_is_usual)
{
    hg_budget budget = { .max = rooms[_i].max, .tmp = rooms[_i].tmp };
    hg_err err = HG_ERR_INIT;
    hg_series *series = filled(&budget);
    double x, mean = (double)N * (N - 1) / 2 / (N + 5);
    ck_assert_double_eq_tol(hg_series_mean(series), mean, 1e-9);
    /* of all numbers, squares less the mean's */
    double squares = (double)(N - 1) * N * (2 * N - 1) / 6;
    ck_assert_int_eq(hg_series_deviation(series, &x, &err), HG_OK);
    ck_assert_double_eq_tol(x, sqrt((squares - (N + 5) * mean * mean) / (N + 4)), 1e-6);
    ck_assert_int_eq(hg_series_middle(series, false, &x, &err), HG_OK);
    ck_assert_double_eq(x, (N + 5) / 2 - 5 - 0.5); /* of N + 5, an even number */
    ck_assert_int_eq(hg_series_middle(series, true, &x, &err), HG_OK);
    ck_assert_double_eq(x, 0);
    ck_assert_uint_le(budget.used, budget.max);
    hg_series_free(series);
    ck_assert_uint_eq(budget.used, 0);
}
END_TEST

START_TEST(numbers_come_in_the_order_of_rows)
{
    hg_budget budget = { .max = rooms[_i].max, .tmp = rooms[_i].tmp };
    hg_err err = HG_ERR_INIT;
    hg_series *series = filled(&budget);
    for (int twice = 0; twice < 2; twice++) {
        double x;
        uint64_t row;
        ck_assert_int_eq(hg_series_first(series, &err), HG_OK);
        for (uint64_t i = 0; i < N + 5; i++) {
            ck_assert_int_eq(hg_series_next(series, &x, &row, &err), HG_OK);
            ck_assert_double_eq(x, number(i));
            ck_assert_uint_eq(row, i + 2);
        }
        ck_assert_int_eq(hg_series_next(series, &x, &row, &err), HG_END);
    }
    hg_series_free(series);
}
END_TEST

START_TEST(without_a_disk_the_budget_is_a_limit)
{
    hg_budget budget = { .max = 64 << 10 };
    hg_err err = HG_ERR_INIT;
    hg_series *series;
    ck_assert_int_eq(hg_series_new(&series, &budget, &err), HG_OK);
    for (uint64_t i = 0; i < N && err.status == HG_OK; i++)
        hg_series_add(series, 1, i + 2, &err);
    ck_assert_int_eq(err.status, HG_EINPUT);
    hg_series_free(series);
}
END_TEST

TCase *tests_series(void)
{
    TCase *tests = tcase_create("series");
    tcase_add_loop_test(tests, what_is_usual, 0, 2);
    tcase_add_loop_test(tests, numbers_come_in_the_order_of_rows, 0, 2);
    tcase_add_test(tests, without_a_disk_the_budget_is_a_limit);
    return tests;
}
