/* A number typed as text gives its digits as written, in the readings that it can have. */
#include "text/vinumber.h"
#include "unit.h"

static const struct {
    const char *text, *vi, *en; /* NULL: it cannot be read so */
} cases[] = {
    { "12", "12", "12" },
    { "-12", "-12", "-12" },
    { "\xE2\x88\x92""12", "-12", "-12" },
    { "(5,2)", "-5.2", NULL },
    { "1.234.567,80", "1234567.80", NULL },
    { "1,234,567.80", NULL, "1234567.80" },
    { "1 234 567,8", "1234567.8", NULL },
    { "1\xC2\xA0""234", "1234", "1234" },
    { "1.234", "1234", "1.234" },
    { "1,234", "1.234", "1234" },
    { "97,95", "97.95", NULL },
    { "71995.5", NULL, "71995.5" },
    { "1234.567", NULL, "1234.567" }, /* four digits are no group */
    { "163.0", NULL, "163.0" },
    { "007", "007", "007" },
    { "1.23.456", NULL, NULL },
    { "1.234 567", NULL, NULL }, /* two marks of groups */
    { "1.", NULL, NULL },
    { ",5", NULL, NULL },
    { "12*", NULL, NULL },
    { "5,2%", NULL, NULL },
    { "1e5", NULL, NULL },
    { "()", NULL, NULL },
    { "", NULL, NULL },
    { "Nam", NULL, NULL },
};

START_TEST(a_number_has_the_readings_of_its_marks)
{
    hg_vinumber number;
    bool read = hg_vinumber_read(&number, hg_slice_of(cases[_i].text));
    ck_assert_msg(read == (cases[_i].vi || cases[_i].en), "'%s'", cases[_i].text);
    ck_assert_int_eq(number.vi, cases[_i].vi != NULL);
    ck_assert_int_eq(number.en, cases[_i].en != NULL);
    if (number.vi)
        ck_assert_str_eq(number.as_vi, cases[_i].vi);
    if (number.en)
        ck_assert_str_eq(number.as_en, cases[_i].en);
}
END_TEST

START_TEST(a_number_longer_than_the_limit_is_none)
{
    char text[200];
    hg_vinumber number;
    for (size_t n = 1; n < sizeof text; n++) {
        text[n - 1] = '7';
        ck_assert_int_eq(hg_vinumber_read(&number, (hg_slice){ text, n }),
                         n < HG_VINUMBER_MAX - 1);
    }
}
END_TEST

TCase *tests_vinumber(void)
{
    TCase *tests = tcase_create("vinumber");
    tcase_add_loop_test(tests, a_number_has_the_readings_of_its_marks, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, a_number_longer_than_the_limit_is_none);
    return tests;
}
