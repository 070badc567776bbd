/* Numbers are read as Table Schema has them and compared exactly. */
#include "table/numeral.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *text;
    char point, group;
    bool number, integer;
} forms[] = {
    { "0", '.', 0, true, true },
    { "-12", '.', 0, true, true },
    { "+000835", '.', 0, true, true },
    { "3.14", '.', 0, true, false },
    { ".5", '.', 0, true, false },
    { "5.", '.', 0, true, false },
    { "1e3", '.', 0, true, false },
    { "-1.5E-10", '.', 0, true, false },
    { "NaN", '.', 0, true, false },
    { "-INF", '.', 0, true, false },
    { "1.234,5", ',', '.', true, false },
    { "1.234.567", ',', '.', true, true },
    { "", '.', 0, false, false },
    { "-", '.', 0, false, false },
    { ".", '.', 0, false, false },
    { "1e", '.', 0, false, false },
    { "1e+1234567890", '.', 0, false, false },
    { "1 2", '.', 0, false, false },
    { "12a", '.', 0, false, false },
    { "--1", '.', 0, false, false },
    { "0x1F", '.', 0, false, false },
    { "inf", '.', 0, false, false },
    { "1,2", '.', 0, false, false },
    { ",5", '.', ',', false, false },
    { "1.2,3", '.', ',', false, false },
};

START_TEST(a_number_is_told_from_other_texts)
{
    hg_numeral d;
    hg_slice text = hg_slice_of(forms[_i].text);
    ck_assert_msg(hg_numeral_read(&d, text, forms[_i].point, forms[_i].group) ==
                      forms[_i].number,
                  "number: %s", forms[_i].text);
    ck_assert_msg(hg_integer_read(&d, text, forms[_i].group) == forms[_i].integer,
                  "integer: %s", forms[_i].text);
}
END_TEST

static const struct {
    const char *a, *b;
    int order;
} pairs[] = {
    { "1", "2", -1 },
    { "10", "9", 1 },
    { "-10", "9", -1 },
    { "-10", "-9", -1 },
    { "0.1", "0.10", 0 },
    { "0", "-0.00", 0 },
    { "1e3", "1000", 0 },
    { "0.001", "1e-3", 0 },
    { "0.001", "0.0010000000000000000000000001", -1 },
    { "9007199254740993", "9007199254740992", 1 }, /* one and the same as doubles */
    { "100", "99.999999999999999999999", 1 },
    { "0.3", "0.1", 1 },
    { "INF", "1e999999999", 1 },
    { "-INF", "-1e999999999", -1 },
    { "NaN", "1", 2 },
    { "00100.50", "100.5", 0 },
    { "0e5", "0", 0 },
};

static hg_numeral numeral(const char *text)
{
    hg_numeral d;
    ck_assert_msg(hg_numeral_read(&d, hg_slice_of(text), '.', 0), "%s", text);
    return d;
}

START_TEST(numbers_compare_exactly)
{
    hg_numeral a = numeral(pairs[_i].a), b = numeral(pairs[_i].b);
    int back = pairs[_i].order == 2 ? 2 : -pairs[_i].order;
    ck_assert_msg(hg_numeral_compare(&a, &b) == pairs[_i].order, "%s %s", pairs[_i].a,
                  pairs[_i].b);
    ck_assert_int_eq(hg_numeral_compare(&b, &a), back);
}
END_TEST

START_TEST(keys_are_equal_for_equal_numbers_alone)
{
    hg_buf a = { 0 }, b = { 0 };
    hg_numeral x = numeral(pairs[_i].a), y = numeral(pairs[_i].b);
    hg_numeral_key(&a, &x);
    hg_numeral_key(&b, &y);
    bool same = a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
    ck_assert_msg(same == (pairs[_i].order == 0), "%s %s", pairs[_i].a, pairs[_i].b);
    hg_buf_release(&a);
    hg_buf_release(&b);
}
END_TEST

static const struct {
    const char *text, *decimal; /* NULL: too long */
} decimals[] = {
    { "0", "0" },
    { "-769.70", "-769.7" },
    { "1,200", NULL },
    { "1e3", "1000" },
    { "12e-3", "0.012" },
    { "123456789012345678", "123456789012345678" },
    { "1234567890123456789", NULL },
    { "0.000000000000000001", "0.000000000000000001" },
    { "0.0000000000000000001", NULL },
    { "1000000000000000000", NULL },
    { "NaN", NULL },
    { "INF", NULL },
};

START_TEST(a_number_can_be_summed_up_to_18_digits)
{
    hg_numeral d;
    hg_decimal sum;
    char text[HG_DECIMAL_TEXT];
    bool ok = hg_numeral_read(&d, hg_slice_of(decimals[_i].text), '.', 0) &&
              hg_numeral_decimal(&sum, &d);
    ck_assert_msg(ok == (decimals[_i].decimal != NULL), "%s", decimals[_i].text);
    if (!ok)
        return;
    hg_decimal_print(text, sum);
    ck_assert_str_eq(text, decimals[_i].decimal);
}
END_TEST

START_TEST(a_plain_integer_is_read_as_the_careful_reader_does)
{
    static const char *const texts[] = { "0", "7", "-7", "007", "123456789012345678", "-0",
                                         "1234567890123456789", "-", "", "+7", "7 ", "7x", "1.0" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        hg_slice text = hg_slice_of(texts[i]);
        hg_numeral number;
        hg_decimal decimal = { 0, 0 };
        int64_t n;
        bool careful = hg_integer_read(&number, text, '\0') && hg_numeral_decimal(&decimal, &number);
        ck_assert_msg(!hg_integer_plain(text, &n) || (careful && n == decimal.digits), "%s", texts[i]);
        ck_assert(hg_integer_plain(text, &n) == (i < 6));
    }
}
END_TEST

TCase *tests_numeral(void)
{
    TCase *tests = tcase_create("numeral");
    tcase_add_loop_test(tests, a_number_is_told_from_other_texts, 0,
                        sizeof forms / sizeof *forms);
    tcase_add_loop_test(tests, numbers_compare_exactly, 0, sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, keys_are_equal_for_equal_numbers_alone, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, a_number_can_be_summed_up_to_18_digits, 0,
                        sizeof decimals / sizeof *decimals);
    tcase_add_test(tests, a_plain_integer_is_read_as_the_careful_reader_does);
    return tests;
}
