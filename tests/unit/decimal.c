/* Exact decimals: differences, quotients and roundings as Excel's ROUND gives them. */
#include "text/decimal.h"
#include "unit.h"

static const struct {
    const char *a, *b;
    unsigned shift, places;
    const char *quotient; /* NULL: there is none */
} quotients[] = {
    { "182", "191", 2, 2, "95.29" }, /* Niên giám 2022, page 503 */
    { "1", "3", 0, 3, "0.333" },      { "2", "3", 0, 3, "0.667" },
    { "1", "8", 2, 0, "13" },         { "-1", "8", 2, 0, "-13" }, /* halves, from zero */
    { "1", "-8", 2, 1, "-12.5" },     { "0", "7", 2, 1, "0.0" },
    { "12.5", "0.5", 0, 0, "25" },    { "0.125", "1", 0, 2, "0.13" },
    { "1.0049", "1", 0, 2, "1.00" },  { "5", "0", 0, 1, NULL },
    { "999999999999999999", "0.1", 0, 0, NULL },
    { "999999999999999999", "1", 0, 0, "999999999999999999" },
    { "999999999999999999", "999999999999999998", 0, 3, "1.000" },
};

static hg_decimal decimal(const char *text)
{
    hg_decimal d;
    ck_assert(hg_decimal_read(&d, hg_slice_of(text)));
    return d;
}

START_TEST(quotients_are_exact_and_rounded_once)
{
    char text[HG_DECIMAL_TEXT];
    hg_decimal q;
    bool there = hg_decimal_divide(&q, decimal(quotients[_i].a), decimal(quotients[_i].b),
                                   quotients[_i].shift, quotients[_i].places);
    ck_assert_int_eq(there, quotients[_i].quotient != NULL);
    if (there) {
        hg_decimal_print(text, q);
        ck_assert_str_eq(text, quotients[_i].quotient);
    }
}
END_TEST

START_TEST(differences_are_exact)
{
    char text[HG_DECIMAL_TEXT];
    hg_decimal d;
    ck_assert(hg_decimal_subtract(&d, decimal("0.3"), decimal("0.1")));
    hg_decimal_print(text, d);
    ck_assert_str_eq(text, "0.2");
    ck_assert(hg_decimal_round(&d, decimal("-2.345"), 2));
    hg_decimal_print(text, d);
    ck_assert_str_eq(text, "-2.35");
    ck_assert(!hg_decimal_subtract(&d, decimal("-999999999999999999"), decimal("1")));
}
END_TEST

static const struct {
    const char *a, *b, *product;
} products[] = {
    { "1.5", "-0.20", "-0.30" },
    { "0.1", "0.1", "0.01" },
    { "0", "5", "0" },
    { "1000000000", "999999999", "999999999000000000" },
    { "1000000000", "1000000000", NULL },
    { "0.0000000001", "0.0000000001", NULL },
};

START_TEST(products_are_exact)
{
    char text[HG_DECIMAL_TEXT];
    hg_decimal d = decimal(products[_i].a);
    bool there = hg_decimal_multiply(&d, decimal(products[_i].b));
    ck_assert_int_eq(there, products[_i].product != NULL);
    hg_decimal_print(text, d);
    ck_assert_str_eq(text, there ? products[_i].product : products[_i].a);
}
END_TEST

TCase *tests_decimal(void)
{
    TCase *tests = tcase_create("decimal");
    tcase_add_loop_test(tests, quotients_are_exact_and_rounded_once, 0,
                        sizeof quotients / sizeof *quotients);
    tcase_add_test(tests, differences_are_exact);
    tcase_add_loop_test(tests, products_are_exact, 0, sizeof products / sizeof *products);
    return tests;
}
