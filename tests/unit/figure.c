/* Figures are rounded and scaled digit by digit. */
#include "text/figure.h"
#include "unit.h"

static const struct {
    const char *figure;
    unsigned places;
    const char *rounded; /* NULL: no plain decimal */
} rounds[] = {
    { "1.005", 2, "1.01" }, /* a double would give 1 */
    { "-1234.565", 2, "-1234.57" },
    { "9.95", 1, "10.0" },
    { "0.04", 1, "0.0" },
    { "-0.04", 1, "0.0" },
    { "0.5", 0, "1" },
    { "12", 3, "12" },
    { "99999999999999999999.5", 0, "100000000000000000000" },
    { "1e5", 2, NULL },
    { "", 2, NULL },
    { ".5", 2, NULL },
    { "1.2.3", 2, NULL },
};

START_TEST(a_figure_is_rounded_half_away_from_zero)
{
    char out[HG_FIGURE_TEXT];
    bool done = hg_figure_round(out, hg_slice_of(rounds[_i].figure), rounds[_i].places);
    ck_assert_msg(done == (rounds[_i].rounded != NULL), "%s", rounds[_i].figure);
    if (done)
        ck_assert_str_eq(out, rounds[_i].rounded);
}
END_TEST

static const struct {
    const char *figure;
    unsigned power;
    const char *scaled;
} shifts[] = {
    { "1.5", 3, "1500" },
    { "0.000001", 6, "1" },
    { "-0.0123", 3, "-12.3" },
    { "7", 12, "7000000000000" },
    { "1.234567", 3, "1234.567" },
    { "0", 6, "0" },
};

START_TEST(a_figure_is_scaled_by_a_power_of_ten)
{
    char out[HG_FIGURE_TEXT];
    ck_assert(hg_figure_shift(out, hg_slice_of(shifts[_i].figure), shifts[_i].power));
    ck_assert_str_eq(out, shifts[_i].scaled);
}
END_TEST

static const struct {
    const char *format;
    int places;
} formats[] = {
    { "General", -1 }, { "0", 0 },        { "#,##0.0", 1 },      { "0.00%", 4 },
    { "0%", 2 },       { "#\\ ###.0", 1 }, { "0.0\"%\"", 1 },  { "0.00E+00", -1 },
    { "@", -1 },       { NULL, -1 },      { "0.0;[Red]-0.00", 1 }, { "_(* #,##0.00_)", 2 },
    { "# ?/?", -1 },
};

START_TEST(a_format_shows_so_many_places)
{
    ck_assert_msg(hg_figure_places(formats[_i].format) == formats[_i].places, "%s: %d",
                  formats[_i].format, hg_figure_places(formats[_i].format));
}
END_TEST

TCase *tests_figure(void)
{
    TCase *tests = tcase_create("figure");
    tcase_add_loop_test(tests, a_figure_is_rounded_half_away_from_zero, 0,
                        sizeof rounds / sizeof *rounds);
    tcase_add_loop_test(tests, a_figure_is_scaled_by_a_power_of_ten, 0,
                        sizeof shifts / sizeof *shifts);
    tcase_add_loop_test(tests, a_format_shows_so_many_places, 0,
                        sizeof formats / sizeof *formats);
    return tests;
}
