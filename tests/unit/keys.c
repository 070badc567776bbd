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

/* The digests of the reference implementation (MurmurHash3_x64_128, seed 0). */
static const struct {
    const char *key;
    uint64_t a, b;
} digests[] = {
    { "", 0, 0 },
    { "hello", UINT64_C(0xcbd8a7b341bd9b02), UINT64_C(0x5b1e906a48ae1d19) },
    { "The quick brown fox jumps over the lazy dog", UINT64_C(0xe34bbc7bbc071b6c),
      UINT64_C(0x7a433ca9c49a9347) },
};

START_TEST(the_digest_is_murmurhash3)
{
    hg_hash h = hg_hash_of(hg_slice_of(digests[_i].key));
    ck_assert_uint_eq(h.a, digests[_i].a);
    ck_assert_uint_eq(h.b, digests[_i].b);
}
END_TEST

/* Numbers in an order that is rising, falling, dense, gappy and mixed, each held to a plain
 * list of first rows. */
START_TEST(a_number_is_known_with_its_first_row)
{
    enum { ROWS = 40000, HIGH = 50000 };
    static uint64_t rows[HIGH];
    uint64_t state = 88172645463325252u + (uint64_t)_i, first = 0;
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 24 };
    hg_keys *keys;
    bool same = true;
    ck_assert_int_eq(hg_keys_new(&keys, &budget, &err), HG_OK);
    memset(rows, 0, sizeof rows);
    for (uint64_t row = 2, number = 0; row < ROWS; row++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        unsigned step = (unsigned)(state >> 20) % 100, style = (unsigned)_i;
        number = step < style ? (state >> 32) % HIGH : (number + 1 + (step == 99)) % HIGH;
        hg_hash hash = hg_hash_of_number((int64_t)number - HIGH / 2);
        same &= hg_keys_add_hash(keys, hash, row, &first, &err) == HG_OK;
        same &= first == rows[number];
        rows[number] = rows[number] ? rows[number] : row;
    }
    ck_assert(same);
    hg_keys_free(keys);
    ck_assert_uint_eq(budget.used, 0);
}
END_TEST

START_TEST(numbers_in_rising_order_take_no_room)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 12 };
    hg_keys *keys;
    uint64_t first;
    hg_status st = hg_keys_new(&keys, &budget, &err);
    for (int64_t i = 1; st == HG_OK && i < 1000000; i++)
        st = hg_keys_add_hash(keys, hg_hash_of_number(i), (uint64_t)i + 1, &first, &err);
    ck_assert_int_eq(st, HG_OK);
    hg_keys_add_hash(keys, hg_hash_of_number(777), 1000001, &first, &err);
    ck_assert_uint_eq(first, 778);
    hg_keys_free(keys);
}
END_TEST

TCase *tests_keys(void)
{
    TCase *tests = tcase_create("keys");
    tcase_add_test(tests, each_key_is_new_once);
    tcase_add_test(tests, memory_over_the_budget_is_a_failure_not_a_verdict);
    tcase_add_loop_test(tests, a_number_is_known_with_its_first_row, 0, 12);
    tcase_add_test(tests, numbers_in_rising_order_take_no_room);
    tcase_add_loop_test(tests, the_digest_is_murmurhash3, 0, sizeof digests / sizeof *digests);
    return tests;
}
