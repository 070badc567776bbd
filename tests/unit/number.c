/* Doubles are written as the shortest decimal text that reads back. */
#include "text/number.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *text, *shortest; /* "": no number */
} cases[] = {
    { "4.8099999999999996", "4.81" },
    { "13273911.664995899", "13273911.6649959" },
    { "1.0000000000000002", "1.0000000000000002" },
    { "0.30000000000000004", "0.30000000000000004" },
    { "007.500", "7.5" },
    { "-0", "0" },
    { "-0.0", "0" },
    { "+12", "12" },
    { ".5", "0.5" },
    { "5.", "5" },
    { "-1.25E+2", "-125" },
    { "0.000001", "0.000001" },
    { "0.0000001", "1e-7" },
    { "1e20", "100000000000000000000" },
    { "123456789012345678901234", "1.2345678901234569e23" },
    { "9007199254740993", "9007199254740992" },
    { "5.684341886080801486968994140625E-14", "5.684341886080802e-14" },
    { "1.7976931348623157E+308", "1.7976931348623157e308" },
    { "4.9406564584124654E-324", "5e-324" },
    { "1e-400", "0" },
    { "0e99999999999", "0" },
    { "1e309", "" },
    { "", "" },
    { ".", "" },
    { "-", "" },
    { "1,5", "" },
    { "1 5", "" },
    { "1e", "" },
    { "1e+", "" },
    { "0x10", "" },
    { "NaN", "" },
    { "INF", "" },
};

START_TEST(a_number_is_written_as_short_as_reads_back)
{
    char out[HG_NUMBER_TEXT] = "";
    size_t n = hg_number_shortest(out, hg_slice_of(cases[_i].text));
    ck_assert_uint_eq(n, strlen(cases[_i].shortest));
    ck_assert_msg(memcmp(out, cases[_i].shortest, n) == 0, "%s gives %s, not %s",
                  cases[_i].text, out, cases[_i].shortest);
}
END_TEST

START_TEST(what_is_written_reads_back_as_the_same_double)
{
    uint64_t bits = 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 20000; i++) {
        char out[HG_NUMBER_TEXT];
        double value, back;
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        uint64_t finite = bits & 0xBFFFFFFFFFFFFFFFu; /* below 2: no infinity, no NaN */
        memcpy(&value, &finite, sizeof value);
        size_t n = hg_number_text(out, value);
        ck_assert_uint_lt(n, HG_NUMBER_TEXT);
        ck_assert(hg_number_parse((hg_slice){ out, n }, &back));
        ck_assert_mem_eq(&back, &value, sizeof value);
    }
}
END_TEST

/* Decimals as spreadsheets hold them, with 17 digits: the short way says what the long
 * one does, which asks the C library. */
START_TEST(both_ways_to_the_shortest_text_agree)
{
    uint64_t bits = 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 20000; i++) {
        char out[HG_NUMBER_TEXT], other[HG_NUMBER_TEXT], text[40];
        bits ^= bits << 13, bits ^= bits >> 7, bits ^= bits << 17;
        static const double scales[] = { 1, 100, 1e6, 1e-5, 3e12 };
        double value = (double)(bits >> 11) / 9007199254740992.0 * scales[i % 5];
        if (i % 3 == 0)
            value = (double)(bits >> 40) / 1000; /* short, but for the noise */
        snprintf(text, sizeof text, i % 2 ? "%.17g" : "%.16g", value);
        if (strchr(text, 'e'))
            continue;
        double read = strtod(text, NULL);
        size_t n = hg_number_shortest(out, hg_slice_of(text));
        ck_assert_uint_eq(n, hg_number_text(other, read));
        ck_assert_str_eq(out, other);
        ck_assert(!hg_number_is_shortest(hg_slice_of(text)) || strcmp(text, other) == 0);
    }
}
END_TEST

static const struct {
    const char *text;
    bool is;
} shortest[] = {
    { "0", true },
    { "-1", true },
    { "12.5", true },
    { "0.00001", true },
    { "0.5", true },
    { "123456789012345", true },
    { "-0", false },
    { "1.0", false },
    { "01", false },
    { "1.", false },
    { ".5", false },
    { "1e3", false },
    { "", false },
    { "-", false },
    { "0.0000001", false },
    { "1.2.3", false },
    { "+1", false },
    { "1234567890123456", false },
    { "1.50", false },
    { "0.123456789012345", true },
    { "0.1234567890123456", false },
};

START_TEST(a_text_that_is_the_shortest_is_told)
{
    ck_assert_int_eq(hg_number_is_shortest(hg_slice_of(shortest[_i].text)),
                     shortest[_i].is);
}
END_TEST

TCase *tests_number(void)
{
    TCase *tests = tcase_create("number");
    tcase_add_loop_test(tests, a_number_is_written_as_short_as_reads_back, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, both_ways_to_the_shortest_text_agree);
    tcase_add_loop_test(tests, a_text_that_is_the_shortest_is_told, 0,
                        sizeof shortest / sizeof *shortest);
    tcase_add_test(tests, what_is_written_reads_back_as_the_same_double);
    return tests;
}
