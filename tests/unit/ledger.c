/* A ledger tells which rows have the same key, or lead nowhere, whether it fits into memory or
 * not, and on any number of threads. */
#include "rules/ledger.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 30000, HIGH = 50000 };

/* With memory for all, for a part of it, and for little; alone and in a team. */
static const struct {
    size_t max;
    bool team;
} ways[] = { { 1 << 24, false }, { 1 << 24, true }, { 480 << 10, false }, { 480 << 10, true } };

typedef struct fixture {
    hg_err err;
    hg_budget budget;
    hg_team *team;
    hg_ledger *ledger;
    uint64_t state;
} fixture;

static void set_up(fixture *f, int way, const char *tmp)
{
    *f = (fixture){ .budget = { .max = ways[way].max, .tmp = tmp },
                    .state = 88172645463325252u };
    if (ways[way].team)
        ck_assert_int_eq(hg_team_new(&f->team, 2, &f->err), HG_OK);
    ck_assert_int_eq(hg_ledger_new(&f->ledger, &f->budget, &f->err), HG_OK);
}

static void tear_down(fixture *f)
{
    hg_ledger_free(f->ledger);
    hg_team_free(f->team);
    ck_assert_uint_eq(f->budget.used, 0);
}

static uint64_t number(fixture *f)
{
    f->state ^= f->state << 13;
    f->state ^= f->state >> 7;
    f->state ^= f->state << 17;
    return f->state >> 20;
}

static hg_hash text_hash(uint64_t n)
{
    char text[32];
    size_t len = (size_t)snprintf(text, sizeof text, "key-%u", (unsigned)n);
    return hg_hash_of((hg_seed){ 1, 2 }, (hg_slice){ text, len });
}

/* Texts, and numbers whose order is more or less rising, each held to a plain list of first
 * rows. */
START_TEST(a_row_is_told_with_the_first_that_has_its_key)
{
    static uint64_t rows[HIGH], wanted[ROWS];
    fixture f;
    uint64_t row, first, n = 0, seen = 0, same = 0;
    bool texts = _i % 3 == 0;
    unsigned jumps = _i % 3 == 1 ? 2 : 60; /* of 100 */
    char *tmp = test_folder();
    set_up(&f, _i / 3, tmp);
    memset(rows, 0, sizeof rows);
    for (row = 2; row < ROWS; row++) {
        unsigned step = (unsigned)number(&f) % 100;
        n = texts || step < jumps ? number(&f) % HIGH : (n + 1 + (step == 99)) % HIGH;
        hg_hash hash = texts ? text_hash(n) : hg_hash_of_number((int64_t)n - HIGH / 2);
        ck_assert_int_eq(hg_ledger_add(f.ledger, hash, row, &f.err), HG_OK);
        wanted[row] = rows[n];
        same += rows[n] > 0;
        rows[n] = rows[n] ? rows[n] : row;
    }
    ck_assert_uint_le(f.budget.used, f.budget.max);
    ck_assert_int_eq(hg_ledger_same(f.ledger, f.team, &f.err), HG_OK);
    for (row = 2; row < ROWS; row++) {
        uint64_t got = 0;
        if (wanted[row] == 0)
            continue;
        ck_assert_int_eq(hg_ledger_next(f.ledger, &got, &first, &f.err), HG_OK);
        ck_assert_uint_eq(got, row);
        ck_assert_uint_eq(first, wanted[row]);
        seen++;
    }
    ck_assert_int_eq(hg_ledger_next(f.ledger, &row, &first, &f.err), HG_END);
    ck_assert(same > 500 && seen == same);
    tear_down(&f);
    free(tmp);
}
END_TEST

START_TEST(a_row_that_leads_nowhere_is_told)
{
    static bool target[HIGH];
    static uint64_t key[ROWS];
    fixture f;
    uint64_t row, first, got;
    char *tmp = test_folder();
    set_up(&f, _i, tmp);
    memset(target, 0, sizeof target);
    for (row = 2; row < ROWS; row++) {
        uint64_t n = number(&f) % HIGH;
        key[row] = number(&f) % HIGH;
        target[n] = true;
        ck_assert_int_eq(hg_ledger_target(f.ledger, text_hash(n), &f.err), HG_OK);
        ck_assert_int_eq(hg_ledger_add(f.ledger, text_hash(key[row]), row, &f.err), HG_OK);
    }
    ck_assert_int_eq(hg_ledger_lost(f.ledger, f.team, &f.err), HG_OK);
    for (row = 2; row < ROWS; row++) {
        if (target[key[row]])
            continue;
        ck_assert_int_eq(hg_ledger_next(f.ledger, &got, &first, &f.err), HG_OK);
        ck_assert_uint_eq(got, row);
    }
    ck_assert_int_eq(hg_ledger_next(f.ledger, &row, &first, &f.err), HG_END);
    tear_down(&f);
    free(tmp);
}
END_TEST

START_TEST(numbers_in_rising_order_take_no_room)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 12 };
    hg_ledger *ledger;
    uint64_t row, first;
    ck_assert_int_eq(hg_ledger_new(&ledger, &budget, &err), HG_OK);
    for (int64_t i = 1; i < 1000000; i++)
        hg_ledger_add(ledger, hg_hash_of_number(i), (uint64_t)i + 1, &err);
    ck_assert(hg_ledger_rising(ledger));
    ck_assert_int_eq(hg_ledger_same(ledger, NULL, &err), HG_OK);
    ck_assert_int_eq(hg_ledger_next(ledger, &row, &first, &err), HG_END);
    hg_ledger_free(ledger);
}
END_TEST

START_TEST(memory_over_the_budget_without_a_disk_is_a_failure_not_a_verdict)
{
    hg_err err = HG_ERR_INIT;
    hg_budget budget = { .max = 1 << 20 };
    hg_ledger *ledger;
    hg_status st = hg_ledger_new(&ledger, &budget, &err);
    for (unsigned i = 1; st == HG_OK && i < 100000; i++)
        st = hg_ledger_add(ledger, text_hash(i), i, &err);
    ck_assert_int_eq(st, HG_EINPUT);
    ck_assert_uint_le(budget.used, budget.max);
    hg_ledger_free(ledger);
}
END_TEST

TCase *tests_ledger(void)
{
    TCase *tests = tcase_create("ledger");
    tcase_add_loop_test(tests, a_row_is_told_with_the_first_that_has_its_key, 0, 12);
    tcase_add_loop_test(tests, a_row_that_leads_nowhere_is_told, 0, 4);
    tcase_add_test(tests, numbers_in_rising_order_take_no_room);
    tcase_add_test(tests, memory_over_the_budget_without_a_disk_is_a_failure_not_a_verdict);
    return tests;
}
