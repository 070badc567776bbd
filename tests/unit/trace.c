/* Rows and columns found again by their texts, after some were added, changed or lost. */
#include "report/trace.h"
#include "unit.h"

#include <string.h>

#define MOST 8

/* Each letter a line; to: where each is now, by digits, 0 for gone. */
static const struct {
    const char *was, *is, *to;
} cases[] = {
    { "abc", "abc", "123" },     /* nothing happened */
    { "abc", "xabc", "234" },    /* added above */
    { "abc", "abxc", "124" },    /* added between */
    { "abc", "xabyc", "235" },   /* both */
    { "abc", "abcx", "123" },    /* added below */
    { "abc", "axc", "123" },     /* changed in place */
    { "abc", "yaxc", "234" },    /* changed, and one added above */
    { "abc", "ac", "102" },      /* one lost */
    { "abc", "axyc", "104" },    /* changed and added: which is it? */
    { "aabb", "aabxb", "1235" }, /* the same twice */
    { "abc", "", "000" },        /* nothing left */
    { "", "abc", "" },           /* nothing was there */
    { "abcd", "wxyz", "1234" },  /* all changed in place */
};

static uint32_t marks(uint32_t out[MOST + 1], const char *letters)
{
    uint32_t n = (uint32_t)strlen(letters);
    for (uint32_t i = 0; i < n; i++)
        out[i + 1] = (unsigned char)letters[i];
    return n;
}

START_TEST(lines_are_found_where_they_are_now)
{
    hg_err err = HG_ERR_INIT;
    uint32_t was[MOST + 1], is[MOST + 1], to[MOST + 1];
    char found[MOST + 1] = "";
    uint32_t n = marks(was, cases[_i].was), m = marks(is, cases[_i].is);
    ck_assert_int_eq(hg_trace_align(was, n, is, m, to, &err), HG_OK);
    for (uint32_t i = 0; i < n; i++)
        found[i] = (char)('0' + to[i + 1]);
    ck_assert_str_eq(found, cases[_i].to);
}
END_TEST

START_TEST(symbols_and_the_order_of_columns_make_no_mark)
{
    hg_trace a = { 0 }, b = { 0 };
    uint32_t p[3], q[3];
    hg_slice dash = HG_SLICE("-"), one = HG_SLICE("Nam"), rest[] = { HG_SLICE("N"),
                                                                     HG_SLICE("ữ") };
    hg_trace_add(&a, 1, 1, &one, 1);
    hg_trace_add(&a, 1, 2, rest, 2);
    hg_trace_add(&a, 1, 3, &dash, 1);
    hg_trace_add(&b, 1, 4, &HG_SLICE("Nữ"), 1);
    hg_trace_add(&b, 1, 7, &one, 1);
    hg_trace_rows(&a, p, 2);
    hg_trace_rows(&b, q, 2);
    ck_assert(p[1] == q[1] && p[1] != 0 && p[2] == 0 && q[2] == 0);
    ck_assert_uint_eq(a.cols, 2);
    hg_trace_release(&a);
    hg_trace_release(&b);
}
END_TEST

START_TEST(a_sheet_that_changed_all_over_is_refused)
{
    enum { N = 5000 };
    static uint32_t was[N + 1], is[N + 2], to[N + 1];
    hg_err err = HG_ERR_INIT;
    for (uint32_t i = 1; i <= N; i++) {
        was[i] = i;
        is[i] = N + i;
    }
    ck_assert_int_eq(hg_trace_align(was, N, is, N + 1, to, &err), HG_EINPUT);
}
END_TEST

TCase *tests_trace(void)
{
    TCase *tests = tcase_create("trace");
    tcase_add_loop_test(tests, lines_are_found_where_they_are_now, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, symbols_and_the_order_of_columns_make_no_mark);
    tcase_add_test(tests, a_sheet_that_changed_all_over_is_refused);
    return tests;
}
