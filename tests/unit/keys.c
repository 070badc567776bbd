/* A set of keys knows the first row of each, within its memory. */
#include "rules/keys.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static hg_slice key_of(char *text, size_t size, unsigned i)
{
    return (hg_slice){ text, (size_t)snprintf(text, size, "key-%u", i) };
}

START_TEST(each_key_is_new_once)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 22 };
    hg_keys *keys;
    uint64_t first;
    char text[32];
    ck_assert_int_eq(hg_keys_new(&keys, &budget, &err), HG_OK);
    for (unsigned i = 1; i <= 50000; i++) {
        ck_assert_int_eq(hg_keys_add(keys, key_of(text, sizeof text, i), i, &first, &err), HG_OK);
        ck_assert_uint_eq(first, 0);
    }
    for (unsigned i = 1; i <= 50000; i++) {
        ck_assert_uint_eq(hg_keys_find(keys, key_of(text, sizeof text, i)), i);
        hg_keys_add(keys, key_of(text, sizeof text, i), 99999, &first, &err);
        ck_assert_uint_eq(first, i);
    }
    ck_assert_uint_eq(hg_keys_find(keys, HG_SLICE("key-0")), 0);
    ck_assert_uint_eq(hg_keys_count(keys), 50000);
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

TCase *tests_keys(void)
{
    TCase *tests = tcase_create("keys");
    tcase_add_test(tests, each_key_is_new_once);
    tcase_add_test(tests, memory_over_the_budget_is_a_failure_not_a_verdict);
    return tests;
}
