/* Texts are as wide as Times New Roman sets them, and break into lines at spaces. */
#include "text/times.h"
#include "unit.h"

static const struct {
    const char *text;
    bool bold;
    double width; /* points at size 10 */
} widths[] = {
    { "", false, 0 },
    { "0", false, 5 },
    { "Tổng số", false, 6.11 + 5 + 5 + 5 + 2.5 + 3.89 + 5 },
    { "ệ", false, 4.44 },         /* marks take no room */
    { "e\xCC\xA3", false, 4.44 }, /* nor do combining ones */
    { "Đ", true, 7.22 },
    { "ab\nabcd", false, 4.44 + 5 + 4.44 + 5 }, /* the widest line */
};

START_TEST(a_text_is_as_wide_as_its_letters)
{
    ck_assert_double_eq_tol(
        hg_times_width(hg_slice_of(widths[_i].text), 10, widths[_i].bold),
        widths[_i].width, 0.01);
}
END_TEST

static const struct {
    const char *text;
    double width;
    unsigned lines;
} breaks[] = {
    { "", 100, 1 },          { "một hai ba", 100, 1 },
    { "một hai ba", 35, 2 }, { "một\nhai ba", 100, 2 },
    { "mộthaiba", 5, 1 }, /* a word is never broken */
};

START_TEST(text_breaks_at_spaces)
{
    ck_assert_uint_eq(
        hg_times_lines(hg_slice_of(breaks[_i].text), 10, false, breaks[_i].width),
        breaks[_i].lines);
}
END_TEST

START_TEST(a_title_breaks_into_lines_of_about_one_length)
{
    hg_buf out = { 0 };
    hg_times_balance(&out, hg_slice_of("aaaa aaaa aaaa aaaa bb"), 10, false, 80);
    ck_assert_str_eq(out.data,
                     "aaaa aaaa\naaaa aaaa bb"); /* not "aaaa aaaa aaaa" first */
    hg_buf_release(&out);
}
END_TEST

TCase *tests_times(void)
{
    TCase *tests = tcase_create("times");
    tcase_add_loop_test(tests, a_text_is_as_wide_as_its_letters, 0,
                        sizeof widths / sizeof *widths);
    tcase_add_test(tests, a_title_breaks_into_lines_of_about_one_length);
    tcase_add_loop_test(tests, text_breaks_at_spaces, 0, sizeof breaks / sizeof *breaks);
    return tests;
}
