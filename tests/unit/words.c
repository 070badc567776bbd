/* Numbers, sizes and dates as people write them in Vietnam and abroad. */
#include "site/words.h"
#include "unit.h"

static const struct {
    const char *raw, *vi, *en;
} numbers[] = {
    { "0", "0", "0" },
    { "999", "999", "999" },
    { "1000", "1.000", "1,000" },
    { "1234567.891", "1.234.567,891", "1,234,567.891" },
    { "-1234.5", "\u22121.234,5", "\u22121,234.5" },
    { "0.05", "0,05", "0.05" },
    { "", "", "" },
    { "1e3", "1e3", "1e3" }, /* no canonical form: as it is */
    { "1.", "1.", "1." },
    { "…", "…", "…" },
};

START_TEST(numbers_are_grouped_as_the_language_does)
{
    hg_buf vi = { 0 }, en = { 0 };
    hg_words_number(&vi, hg_slice_of(numbers[_i].raw), HG_VI);
    hg_words_number(&en, hg_slice_of(numbers[_i].raw), HG_EN);
    ck_assert_str_eq(vi.data ? vi.data : "", numbers[_i].vi);
    ck_assert_str_eq(en.data ? en.data : "", numbers[_i].en);
    hg_buf_release(&vi);
    hg_buf_release(&en);
}
END_TEST

static const struct {
    uint64_t bytes;
    const char *vi, *en;
} sizes[] = {
    { 0, "0 byte", "0 bytes" },
    { 999, "999 byte", "999 bytes" },
    { 1000, "1 kB", "1 kB" },
    { 1234, "1,2 kB", "1.2 kB" },
    { 1250, "1,3 kB", "1.3 kB" },
    { 99949, "99,9 kB", "99.9 kB" },
    { 123456, "123 kB", "123 kB" },
    { 999999, "1 MB", "1 MB" },
    { 3400000, "3,4 MB", "3.4 MB" },
    { 1000000000, "1 GB", "1 GB" },
    { UINT64_MAX, "18446744 TB", "18446744 TB" },
};

START_TEST(sizes_have_three_digits_at_most)
{
    hg_buf vi = { 0 }, en = { 0 };
    hg_words_size(&vi, sizes[_i].bytes, HG_VI);
    hg_words_size(&en, sizes[_i].bytes, HG_EN);
    ck_assert_str_eq(vi.data, sizes[_i].vi);
    ck_assert_str_eq(en.data, sizes[_i].en);
    hg_buf_release(&vi);
    hg_buf_release(&en);
}
END_TEST

static const struct {
    const char *iso, *vi, *en;
} dates[] = {
    { "2025-06-01", "01/06/2025", "1 June 2025" },
    { "2025-06-01T08:00:00+07:00", "01/06/2025", "1 June 2025" },
    { "2025-12", "12/2025", "December 2025" },
    { "2025", "2025", "2025" },
    { "2025-13-01", "2025-13-01", "2025-13-01" },
    { "2022-2023", "2022-2023", "2022-2023" }, /* a school year is no month */
    { "Sơ bộ", "Sơ bộ", "Sơ bộ" },
};

START_TEST(dates_are_written_in_words_of_the_language)
{
    hg_buf vi = { 0 }, en = { 0 };
    hg_words_date(&vi, dates[_i].iso, HG_VI);
    hg_words_date(&en, dates[_i].iso, HG_EN);
    ck_assert_str_eq(vi.data, dates[_i].vi);
    ck_assert_str_eq(en.data, dates[_i].en);
    hg_buf_release(&vi);
    hg_buf_release(&en);
}
END_TEST

TCase *tests_words(void)
{
    TCase *tests = tcase_create("words");
    tcase_add_loop_test(tests, numbers_are_grouped_as_the_language_does, 0,
                        sizeof numbers / sizeof *numbers);
    tcase_add_loop_test(tests, sizes_have_three_digits_at_most, 0,
                        sizeof sizes / sizeof *sizes);
    tcase_add_loop_test(tests, dates_are_written_in_words_of_the_language, 0,
                        sizeof dates / sizeof *dates);
    return tests;
}
