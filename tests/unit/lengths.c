/* How long cells usually are, short ones counted and long ones kept. */
#include "rules/lengths.h"
#include "unit.h"

#include <math.h>

enum { FIELDS = 300, LONG = 4000 };

static void usual_is(hg_lengths *lengths, size_t field, uint64_t n, double median,
                     double deviation)
{
    hg_err err = HG_ERR_INIT;
    hg_usual usual;
    ck_assert_int_eq(hg_lengths_usual(lengths, field, &usual, &err), HG_OK);
    ck_assert_uint_eq(usual.n, n);
    ck_assert_double_eq(usual.median, median);
    ck_assert_double_eq_tol(usual.deviation, deviation, 1e-9);
}

START_TEST(what_is_usual)
{
    hg_budget budget = { .max = 1 << 20 };
    hg_err err = HG_ERR_INIT;
    hg_lengths *lengths;
    ck_assert_int_eq(hg_lengths_new(&lengths, FIELDS, &budget, &err), HG_OK);
    hg_lengths_count(lengths, 0, 2, 3); /* 2 2 2 4 */
    hg_lengths_count(lengths, 0, 4, 1);
    hg_lengths_count(lengths, 1, 254, 1); /* 254 255 257 258 */
    for (size_t length = 255; length <= 258; length++)
        if (length != 256)
            hg_lengths_add(lengths, 1, length, length, &err);
    hg_lengths_count(lengths, 2, 9, 1);
    hg_lengths_add(lengths, 2, 300, 7, &err);
    hg_lengths_add(lengths, 2 + 256, 1000, 8, &err); /* another field of the same list */
    ck_assert_int_eq(err.status, HG_OK);
    usual_is(lengths, 0, 4, 2, 1);
    usual_is(lengths, 1, 4, 256, sqrt(10.0 / 3));
    usual_is(lengths, 2, 2, 154.5, 291 / sqrt(2));
    usual_is(lengths, 2 + 256, 1, 0, 0);
    usual_is(lengths, 3, 0, 0, 0);
    hg_lengths_free(lengths);
    ck_assert_uint_eq(budget.used, 0);
}
END_TEST

/* Long cells of two fields in turn, in so little room that most are on disk. */
START_TEST(long_ones_come_in_the_order_of_rows)
{
    hg_budget budget = { .max = 16 << 10, .tmp = "build" };
    hg_err err = HG_ERR_INIT;
    hg_lengths *lengths;
    size_t length;
    uint64_t row;
    ck_assert_int_eq(hg_lengths_new(&lengths, FIELDS, &budget, &err), HG_OK);
    for (size_t i = 0; i < LONG; i++)
        ck_assert_int_eq(hg_lengths_add(lengths, i % 2 * 256, 300 + i, i + 2, &err), HG_OK);
    usual_is(lengths, 0, LONG / 2, 300 + LONG / 2 - 1, 2 * sqrt(LONG / 2 * (LONG / 2 + 1) / 12.0));
    hg_lengths_first(lengths, 256);
    for (size_t i = 1; i < LONG; i += 2) {
        ck_assert_int_eq(hg_lengths_next(lengths, &length, &row, &err), HG_OK);
        ck_assert_uint_eq(length, 300 + i);
        ck_assert_uint_eq(row, i + 2);
    }
    ck_assert_int_eq(hg_lengths_next(lengths, &length, &row, &err), HG_END);
    ck_assert_uint_le(budget.used, budget.max);
    hg_lengths_free(lengths);
}
END_TEST

TCase *tests_lengths(void)
{
    TCase *tests = tcase_create("lengths");
    tcase_add_test(tests, what_is_usual);
    tcase_add_test(tests, long_ones_come_in_the_order_of_rows);
    return tests;
}
