/* Dates and times are read by patterns, and in XML Schema's forms. */
#include "table/datepattern.h"
#include "unit.h"

#define BAD INT64_MIN

static const struct {
    const char *pattern, *text;
    int64_t seconds; /* from 1970-01-01 (date -u -d ... +%s); BAD: it does not fit */
} cases[] = {
    { "yyyy-MM-dd", "2015-03-22", 1426982400 },
    { "yyyyMMdd", "20150322", 1426982400 },
    { "dd/MM/yyyy", "22/03/2015", 1426982400 },
    { "d/M/yyyy", "22/3/2015", 1426982400 },
    { "d.M.yyyy", "2.3.2015", 1425254400 },
    { "dd/MM/yyyy", "2/3/2015", BAD },
    { "dd/MM/yyyy", "31/02/2015", BAD },
    { "dd/MM/yyyy", "29/02/2016", 1456704000 },
    { "dd/MM/yyyy", "29/02/2015", BAD },
    { "dd/MM/yyyy", "22-03-2015", BAD },
    { "dd/MM/yyyy", "22/03/15", BAD },
    { "dd/MM/yyyy", "22/03/2015 ", BAD },
    { "yyyy-MM-ddTHH:mm", "2015-03-15T15:02", 1426431720 },
    { "yyyy-MM-dd HH:mm:ss", "2015-03-15 15:02:37", 1426431757 },
    { "yyyy-MM-dd HH:mm:ss", "2015-03-15 24:00:00", 1426464000 },
    { "yyyy-MM-dd HH:mm:ss", "2015-03-15 24:00:01", BAD },
    { "yyyy-MM-dd HH:mm:ss", "2015-03-15 15:60:00", BAD },
    { "yyyy-MM-dd HH:mm:ss X", "2015-03-15 15:02:37 +0700", 1426406557 },
    { "yyyy-MM-dd HH:mm:ssX", "2015-03-15 15:02:37-08", 1426460557 },
    { "yyyy-MM-dd HH:mm:ssX", "2015-03-15 15:02:37Z", 1426431757 },
    { "yyyy-MM-dd HH:mm:ssx", "2015-03-15 15:02:37Z", BAD },
    { "yyyy-MM-dd HH:mm:ssx", "2015-03-15 15:02:37+07", 1426406557 },
    { "yyyy-MM-dd HH:mm:ssXX", "2015-03-15 15:02:37+07", BAD },
    { "yyyy-MM-dd HH:mm:ssXX", "2015-03-15 15:02:37+0700", 1426406557 },
    { "yyyy-MM-dd HH:mm:ssXXX", "2015-03-15 15:02:37+0700", BAD },
    { "yyyy-MM-dd HH:mm:ssXXX", "2015-03-15 15:02:37+07:00", 1426406557 },
    { "yyyy-MM-dd HH:mm:ssXXX", "2015-03-15 15:02:37+15:00", BAD },
    { "HH:mm:ss.S", "15:02:37.1", 63126157 },
    { "HH:mm:ss.S", "15:02:37", 63126157 },
    { "HH:mm:ss.S", "15:02:37.", BAD },
    { "HH:mm:ss.S", "15:02:37.12", BAD },
    { "HH:mm:ss.SSS", "15:02:37.12", 63126157 },
    { "HHmm", "1502", 63126120 },
    /* XML Schema's */
    { "Y-MM-ddZ", "2015-03-22", 1426982400 },
    { "Y-MM-ddZ", "2015-03-22+07:00", 1426957200 },
    { "Y-MM-ddZ", "12015-03-22", 316996502400 },
    { "Y-MM-ddZ", "02015-03-22", BAD },
    { "Y-MM-ddZ", "-0001-01-01", -62198755200 },
    { "Y-MM-ddZ", "215-03-22", BAD },
    { "---ddZ", "---31", 65664000 },
    { "---ddZ", "---32", BAD },
    { "--MM-ddZ", "--02-29", 68169600 },
    { "--MM-ddZ", "--02-30", BAD },
    { "HH:mm:ssFZ", "15:02:37.1234567891Z", 63126157 },
};

START_TEST(a_text_fits_or_not)
{
    hg_moment m = { 0 };
    bool fits = hg_datepattern_read(&m, hg_slice_of(cases[_i].text), cases[_i].pattern);
    ck_assert_msg(fits == (cases[_i].seconds != BAD), "%s: %s", cases[_i].pattern,
                  cases[_i].text);
    if (fits)
        ck_assert_int_eq(m.whole, cases[_i].seconds);
}
END_TEST

START_TEST(patterns_are_known_or_not)
{
    static const char *const good[] = { "yyyy-MM-dd", "d.M.yyyy", "HHmm x",
                                        "yyyy-MM-ddTHH:mm:ss.SSS XXX", "MM/yyyy" };
    static const char *const bad[] = { "",      "-",         "yy-MM-dd",     "MMM yyyy",
                                       "hh:mm", "yyyy-yyyy", "ddd",          "HH:mm:ss S",
                                       "S",     "XXXX",      "dd-MM-yyyy G", "%Y-%m-%d" };
    unsigned fields;
    for (size_t i = 0; i + 1 < sizeof good / sizeof *good; i++)
        ck_assert_msg(hg_datepattern_known(&fields, good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!hg_datepattern_known(&fields, bad[i]), "%s", bad[i]);
    ck_assert(hg_datepattern_known(&fields, "MM/yyyy"));
    ck_assert_uint_eq(fields, HG_DATE_MONTH | HG_DATE_YEAR);
}
END_TEST

TCase *tests_datepattern(void)
{
    TCase *tc = tcase_create("datepattern");
    tcase_add_loop_test(tc, a_text_fits_or_not, 0, sizeof cases / sizeof *cases);
    tcase_add_test(tc, patterns_are_known_or_not);
    return tc;
}
