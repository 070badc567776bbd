/* A buffer grows up to its limit, and its first failure stays. */
#include "base/buf.h"
#include "unit.h"

#include <string.h>

START_TEST(pieces_join_and_are_closed_by_a_nul)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 };
    for (int i = 0; i < 1000; i++)
        hg_buf_printf(&buf, "%d,", i);
    hg_buf_puts(&buf, NULL);
    hg_buf_putc(&buf, '.');
    ck_assert_int_eq(hg_buf_status(&buf, &err), HG_OK);
    ck_assert_uint_eq(buf.len, 3891);
    ck_assert_uint_eq(strlen(buf.data), buf.len);
    ck_assert_str_eq(buf.data + buf.len - 5, "999,.");
    hg_buf_release(&buf);
}
END_TEST

START_TEST(a_piece_beyond_the_limit_fails_this_and_every_later_one)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { .max = 4 };
    hg_buf_puts(&buf, "1234");
    ck_assert_int_eq(buf.status, HG_OK);
    hg_buf_putc(&buf, '5');
    hg_buf_puts(&buf, "");
    ck_assert_str_eq(buf.data, "1234");
    ck_assert_int_eq(hg_buf_status(&buf, &err), HG_EINPUT);
    hg_buf_clear(&buf);
    hg_buf_puts(&buf, "ab");
    ck_assert_int_eq(buf.status, HG_OK);
    ck_assert_str_eq(buf.data, "ab");
    hg_buf_release(&buf);
}
END_TEST

START_TEST(slices_compare_by_bytes)
{
    ck_assert(hg_slice_is(HG_SLICE("năm"), "năm"));
    ck_assert(!hg_slice_is(HG_SLICE("năm"), "nă"));
    ck_assert(hg_slice_has(HG_SLICE("năm 2016"), "m 2"));
    ck_assert(hg_slice_has(HG_SLICE("2016"), "2016"));
    ck_assert(!hg_slice_has(HG_SLICE("201"), "2016"));
    ck_assert(hg_slice_eq(hg_slice_of(NULL), (hg_slice){ NULL, 0 }));
    ck_assert(!hg_slice_eq(HG_SLICE("a\0b"), HG_SLICE("a\0c")));
}
END_TEST

TCase *tests_buf(void)
{
    TCase *tests = tcase_create("buf");
    tcase_add_test(tests, pieces_join_and_are_closed_by_a_nul);
    tcase_add_test(tests, a_piece_beyond_the_limit_fails_this_and_every_later_one);
    tcase_add_test(tests, slices_compare_by_bytes);
    return tests;
}
