/* Failures keep their first message, its arguments and its place. */
#include "base/err.h"
#include "text/message.h"
#include "unit.h"

#include <string.h>

START_TEST(the_first_failure_wins)
{
    hg_err err = HG_ERR_INIT;
    hg_loc loc = { .file = "a.csv", .row = 3, .col = 7 };
    ck_assert_int_eq(hg_fail(&err, HG_EINPUT, &loc, "a stray quote"), HG_EINPUT);
    ck_assert_int_eq(hg_fail(&err, HG_EARG, NULL, "something else"), HG_EARG);
    ck_assert_int_eq(err.status, HG_EINPUT);
    ck_assert_str_eq(err.format, "a stray quote");
}
END_TEST

START_TEST(a_message_names_the_place_and_escapes_control_characters)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 };
    hg_loc loc = {
        .file = "bao-cao.xlsx", .sheet = "Biểu 01", .field = "nam", .row = 17, .col = 28
    };
    hg_fail(&err, HG_EINPUT, &loc, "%zu cells, %s and %.*s", (size_t)12, "\x1b[1m", 2,
            "abc");
    hg_text_err(&buf, &err, HG_EN);
    ck_assert_str_eq(buf.data,
                     "bao-cao.xlsx!Biểu 01!AB17 [nam]: 12 cells, \\x1B[1m and ab");
    hg_buf_release(&buf);
}
END_TEST

START_TEST(a_long_argument_is_cut_at_a_character)
{
    char args[6];
    ck_assert_uint_le(hg_args(args, sizeof args, "%s", "aệệệ"), sizeof args);
    ck_assert_str_eq(args, "aệ");
}
END_TEST

START_TEST(distance_counts_edits)
{
    ck_assert_uint_eq(hg_text_distance("anchor", "anchr"), 1);
    ck_assert_uint_eq(hg_text_distance("stub", "sutb"), 1);
    ck_assert_uint_eq(hg_text_distance("", "abc"), 3);
}
END_TEST

TCase *tests_err(void)
{
    TCase *tests = tcase_create("err");
    tcase_add_test(tests, the_first_failure_wins);
    tcase_add_test(tests, a_message_names_the_place_and_escapes_control_characters);
    tcase_add_test(tests, a_long_argument_is_cut_at_a_character);
    tcase_add_test(tests, distance_counts_edits);
    return tests;
}
