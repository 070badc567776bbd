/* Numbers are read as patterns of Unicode write them, and no others. */
#include "text/numberpattern.h"
#include "unit.h"

static const struct {
    const char *pattern, *decimal, *group; /* pattern NULL: none, just the two marks */
    const char *text, *want;               /* want NULL: it does not fit */
} cases[] = {
    { "0", NULL, NULL, "7", "7" },
    { "0", NULL, NULL, "-7", "-7" },
    { "0", NULL, NULL, "+7", "7" },
    { "0", NULL, NULL, "7.0", NULL },
    { "0", NULL, NULL, "", NULL },
    { "0", NULL, NULL, "-", NULL },
    { "000", NULL, NULL, "07", NULL },
    { "000", NULL, NULL, "0007", "0007" },
    { "#", NULL, NULL, "0", "0" },
    { "#.0", NULL, NULL, ".5", "0.5" },
    { "#,##0.00", NULL, NULL, "1,234.50", "1234.50" },
    { "#,##0.00", NULL, NULL, "1234.50", NULL },
    { "#,##0.00", NULL, NULL, "1,234.5", NULL },
    { "#,##0.00", NULL, NULL, "12,34.50", NULL },
    { "#,##0.00", NULL, NULL, ",234.50", NULL },
    { "#.##0,##", ",", ".", "1.234,5", "1234.5" },
    { "#.##0,##", ",", ".", "1,234.5", NULL },
    { "0,0", ",", NULL, "12,5", "12.5" },
    { "# ##0", ",", " ", "1 234 567", "1234567" },
    { "#\u00A0##0", ",", "\u00A0", "1\u00A0234", "1234" },
    { "#,##,##0", NULL, NULL, "12,34,567", "1234567" },
    { "#,##,##0", NULL, NULL, "1,234,567", NULL },
    { "0.000,#", NULL, NULL, "0.123,4", "0.1234" },
    { "0.000,#", NULL, NULL, "0.1234", NULL },
    { "0.0E0", NULL, NULL, "1.5E3", "1.5e3" },
    { "0.0E0", NULL, NULL, "1.5e-3", "1.5e-3" },
    { "0.0E0", NULL, NULL, "1.5", NULL },
    { "0.0E+00", NULL, NULL, "1.5E+03", "1.5e3" },
    { "0.0E+00", NULL, NULL, "1.5E03", NULL },
    { "0.0E+00", NULL, NULL, "1.5E+3", NULL },
    { "0", NULL, NULL, "1E3", NULL },
    { "0%", NULL, NULL, "25%", "25e-2" },
    { "0%", NULL, NULL, "-25%", "-25e-2" },
    { "0%", NULL, NULL, "25", NULL },
    { "%0", NULL, NULL, "%-25", "-25e-2" },
    { "0\u2030", NULL, NULL, "25\u2030", "25e-3" },
    { "0\u2030", NULL, NULL, "25%", NULL },
    { "+0", NULL, NULL, "+1", "1" },
    { "+0", NULL, NULL, "1", NULL },
    { "-0", NULL, NULL, "-1", "-1" },
    { NULL, NULL, ",", "1,2,34.5", "1234.5" },
    { NULL, NULL, ",", "1,,2", NULL },
    { NULL, NULL, ",", "1,", NULL },
    { NULL, NULL, ",", "1.2,3", NULL },
    { NULL, ",", ".", "10.000,1", "10000.1" },
    { NULL, ",", NULL, "1.5", NULL },
    { NULL, NULL, ",", "1.5E-7%", "1.5e-9" },
    { NULL, NULL, ",", "5.", NULL },
    { NULL, NULL, ",", "1E999999999", NULL },
};

START_TEST(a_number_fits_or_not)
{
    hg_numberpattern p;
    hg_number_form form;
    hg_buf plain = { 0 };
    if (cases[_i].pattern)
        ck_assert_msg(hg_numberpattern_init(&p, cases[_i].pattern, cases[_i].decimal,
                                            cases[_i].group),
                      "%s", cases[_i].pattern);
    else
        hg_numberpattern_free_form(&p, cases[_i].decimal, cases[_i].group);
    bool fits = hg_numberpattern_read(&p, hg_slice_of(cases[_i].text), &plain, &form);
    ck_assert_msg(fits == (cases[_i].want != NULL), "%s: %s",
                  cases[_i].pattern ? cases[_i].pattern : "", cases[_i].text);
    if (fits)
        ck_assert_str_eq(plain.data, cases[_i].want);
    else
        ck_assert_uint_eq(plain.len, 0);
    hg_buf_release(&plain);
}
END_TEST

static const char *const wrong[] = {
    "",   "[",   "0#",  "#0#0", ",0",  "0,",   "0,,0", "0.",   "0.#0",
    "0E", "0E#", "++0", "0%%",  "%0%", "0;-0", "0-",   "'a'0", "+-0",
};

START_TEST(what_is_no_pattern_is_refused)
{
    hg_numberpattern p;
    ck_assert_msg(!hg_numberpattern_init(&p, wrong[_i], NULL, NULL), "%s", wrong[_i]);
}
END_TEST

TCase *tests_numberpattern(void)
{
    TCase *tc = tcase_create("numberpattern");
    tcase_add_loop_test(tc, a_number_fits_or_not, 0, sizeof cases / sizeof *cases);
    tcase_add_loop_test(tc, what_is_no_pattern_is_refused, 0,
                        sizeof wrong / sizeof *wrong);
    return tc;
}
