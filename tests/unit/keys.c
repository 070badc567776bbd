/* A set of keys knows the first row of each, within its memory. */
#include "rules/keys.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static hg_slice key_of(char *text, size_t size, unsigned i)
{
    return (hg_slice){ text, (size_t)snprintf(text, size, "key-%u", i) };
}

static uint64_t found(const hg_keys *keys, hg_slice key)
{
    hg_err err = HG_ERR_INIT;
    uint64_t row;
    ck_assert_int_eq(hg_keys_find(keys, key, &row, &err), HG_OK);
    return row;
}

/* In memory, and with room for no more than some hundreds: nearly all go to disk, in so many
 * runs that these are made one, and again. */
static const struct {
    size_t max;
    const char *tmp;
} rooms[] = { { 1 << 22, NULL }, { 1 << 18, "build" }, { 5 << 16, "build" } };

START_TEST(each_key_is_new_once)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = rooms[_i].max, .tmp = rooms[_i].tmp };
    hg_keys *keys;
    uint64_t first;
    char text[32];
    ck_assert_int_eq(hg_keys_new(&keys, &budget, &err), HG_OK);
    for (unsigned i = 1; i <= 20000; i++) {
        ck_assert_int_eq(hg_keys_add(keys, key_of(text, sizeof text, i), i, &first, &err), HG_OK);
        ck_assert_uint_eq(first, 0);
    }
    for (unsigned i = 1; i <= 20000; i++) {
        ck_assert_uint_eq(found(keys, key_of(text, sizeof text, i)), i);
        hg_keys_add(keys, key_of(text, sizeof text, i), 99999, &first, &err);
        ck_assert_uint_eq(first, i);
    }
    ck_assert_uint_eq(found(keys, HG_SLICE("key-0")), 0);
    ck_assert_uint_eq(hg_keys_count(keys), 20000);
    hg_keys_free(keys);
    ck_assert_uint_eq(budget.used, 0);
}
END_TEST

START_TEST(memory_over_the_budget_is_a_failure_not_a_verdict)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 20 };
    hg_keys *keys;
    uint64_t first;
    char text[32];
    hg_status st = hg_keys_new(&keys, &budget, &err);
    for (unsigned i = 1; st == HG_OK && i < 100000; i++)
        st = hg_keys_add(keys, key_of(text, sizeof text, i), i, &first, &err);
    ck_assert_int_eq(st, HG_EINPUT);
    ck_assert_uint_le(budget.used, budget.max);
    hg_keys_free(keys);
}
END_TEST

/* Half of the keys are put, each twice; all are looked for. */
START_TEST(keys_put_are_found_wherever_they_are)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = rooms[_i].max, .tmp = rooms[_i].tmp };
    hg_keys *keys;
    char text[32];
    ck_assert_int_eq(hg_keys_new(&keys, &budget, &err), HG_OK);
    for (unsigned i = 1; i <= 30000; i++)
        ck_assert_int_eq(
            hg_keys_put(keys, key_of(text, sizeof text, i % 15000 * 2), i, &err), HG_OK);
    ck_assert_int_eq(hg_keys_hold(keys, &err), HG_OK);
    ck_assert(budget.used <= budget.max / 4);
    for (unsigned i = 1; i < 15000; i++) {
        ck_assert_uint_eq(found(keys, key_of(text, sizeof text, i * 2)) % 15000, i);
        ck_assert_uint_eq(found(keys, key_of(text, sizeof text, i * 2 + 1)), 0);
    }
    hg_keys_free(keys);
    ck_assert_uint_eq(budget.used, 0);
}
END_TEST

/* Digests that are not even, and 300 of which differ in their last bits only. */
START_TEST(keys_are_found_however_their_digests_lie)
{
    enum { N = 3000 };
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 18, .tmp = "build" };
    hg_keys *keys;
    uint64_t row;
    ck_assert_int_eq(hg_keys_new(&keys, &budget, &err), HG_OK);
    for (uint64_t i = 1; i <= N; i++) {
        hg_hash hash = { i % 10 == 0 ? 7 : i * i * i * i, i };
        ck_assert_int_eq(hg_keys_add_hash(keys, hash, i, &row, &err), HG_OK);
        ck_assert_uint_eq(row, 0);
        if (i % 500 == 0) /* as others that need the room would */
            ck_assert_int_eq(budget.spillers->spill(budget.spillers->self, &err), HG_OK);
    }
    for (uint64_t i = 1; i <= N; i++) {
        hg_hash hash = { i % 10 == 0 ? 7 : i * i * i * i, i };
        ck_assert_int_eq(hg_keys_find_hash(keys, hash, &row, &err), HG_OK);
        ck_assert_uint_eq(row, i);
        hash.b += N;
        ck_assert_int_eq(hg_keys_find_hash(keys, hash, &row, &err), HG_OK);
        ck_assert_uint_eq(row, 0);
    }
    hg_keys_free(keys);
}
END_TEST

TCase *tests_keys(void)
{
    TCase *tests = tcase_create("keys");
    tcase_add_loop_test(tests, each_key_is_new_once, 0, 3);
    tcase_add_loop_test(tests, keys_put_are_found_wherever_they_are, 0, 3);
    tcase_add_test(tests, keys_are_found_however_their_digests_lie);
    tcase_add_test(tests, memory_over_the_budget_is_a_failure_not_a_verdict);
    return tests;
}
