/* Items of two sequences are paired where they are the same, and told apart where not. */
#include "recipe/align.h"
#include "unit.h"

#include <string.h>

#define GONE SIZE_MAX

static const struct {
    const char *old, *new;
    size_t to[8];
} cases[] = {
    { "abc", "abc", { 0, 1, 2 } },         { "abc", "axbc", { 0, 2, 3 } },
    { "axbc", "abc", { 0, GONE, 1, 2 } },  { "abc", "aXc", { 0, 1, 2 } }, /* b became X */
    { "abcd", "aXYd", { 0, 1, 2, 3 } }, /* two in a row */
    { "abc", "aXYc", { 0, GONE, 3 } },  /* one became two: not known which */
    { "ab", "", { GONE, GONE } },          { "", "ab", { 0 } },
    { "abab", "baba", { GONE, 0, 1, 2 } }, { "aaa", "aa", { 0, 1, GONE } },
};

START_TEST(items_are_paired)
{
    hg_err err = HG_ERR_INIT;
    uint64_t old[8], new[8];
    size_t to[8], n = strlen(cases[_i].old), m = strlen(cases[_i].new);
    for (size_t i = 0; i < n; i++)
        old[i] = (unsigned char)cases[_i].old[i];
    for (size_t i = 0; i < m; i++)
        new[i] = (unsigned char)cases[_i].new[i];
    ck_assert_int_eq(hg_align(old, n, new, m, to, &err), HG_OK);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(to[i], cases[_i].to[i]);
}
END_TEST

TCase *tests_align(void)
{
    TCase *tests = tcase_create("align");
    tcase_add_loop_test(tests, items_are_paired, 0, sizeof cases / sizeof *cases);
    return tests;
}
