/* Records come in their order, wherever they waited. */
#include "rules/sorter.h"
#include "unit.h"

typedef struct record {
    uint64_t key;
    char rest[52]; /* told from the key */
} record;

static int by_key(const void *a, const void *b)
{
    const record *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* With room for all, for a third of them, and for so few that runs are made one. */
static const struct {
    size_t max;
    const char *tmp;
} rooms[] = { { 1 << 24, NULL }, { 1 << 20, "build" }, { 12 << 10, "build" } };

/* i -> an order: rising, falling, and all over the place (17 is coprime to N). */
enum { N = 50000, ORDERS = 3 };
static uint64_t key_of(unsigned order, uint64_t i)
{
    return order == 0 ? i : order == 1 ? N - 1 - i : i * 7919 * 17 % N;
}

static void check_order(hg_budget *budget, unsigned order)
{
    hg_err err = HG_ERR_INIT;
    hg_sorter *sorter;
    const void *got;
    size_t most = 0;
    ck_assert_int_eq(hg_sorter_new(&sorter, sizeof(record), by_key, budget, &err), HG_OK);
    for (uint64_t i = 0; i < N; i++) {
        record r = { .key = key_of(order, i) };
        r.rest[51] = (char)(r.key % 100);
        ck_assert_int_eq(hg_sorter_add(sorter, &r, &err), HG_OK);
        most = budget->used > most ? budget->used : most;
    }
    ck_assert_uint_le(most, budget->max);
    for (uint64_t i = 0; i < N; i++) {
        ck_assert_int_eq(hg_sorter_next(sorter, &got, &err), HG_OK);
        const record *r = got;
        ck_assert_uint_eq(r->key, i);
        ck_assert_int_eq(r->rest[51], (char)(i % 100));
    }
    ck_assert_int_eq(hg_sorter_next(sorter, &got, &err), HG_END);
    hg_sorter_free(sorter);
    ck_assert_uint_eq(budget->used, 0);
}

START_TEST(records_come_in_order)
{
    hg_budget budget = { .max = rooms[_i].max, .tmp = rooms[_i].tmp };
    for (unsigned order = 0; order < ORDERS; order++)
        check_order(&budget, order);
}
END_TEST

START_TEST(none_are_none)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 20 };
    hg_sorter *sorter;
    const void *got;
    ck_assert_int_eq(hg_sorter_new(&sorter, sizeof(record), by_key, &budget, &err),
                     HG_OK);
    ck_assert_int_eq(hg_sorter_next(sorter, &got, &err), HG_END);
    hg_sorter_free(sorter);
}
END_TEST

START_TEST(over_the_budget_without_a_disk_fails)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 16 };
    hg_sorter *sorter;
    record r = { 0 };
    hg_status st = hg_sorter_new(&sorter, sizeof r, by_key, &budget, &err);
    for (; st == HG_OK && r.key < N; r.key++)
        st = hg_sorter_add(sorter, &r, &err);
    ck_assert_int_eq(st, HG_EINPUT);
    hg_sorter_free(sorter);
    ck_assert_uint_eq(budget.used, 0);
}
END_TEST

TCase *tests_sorter(void)
{
    TCase *tests = tcase_create("sorter");
    tcase_set_timeout(tests, 60); /* seconds: a busy disk is no failure */
    tcase_add_loop_test(tests, records_come_in_order, 0, 3);
    tcase_add_test(tests, none_are_none);
    tcase_add_test(tests, over_the_budget_without_a_disk_fails);
    return tests;
}
