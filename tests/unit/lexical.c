/* A description's texts have the forms that every vocabulary takes, or are refused. */
#include "dataset/lexical.h"
#include "unit.h"

static const struct {
    const char *text;
    hg_moment moment;
} moments[] = {
    { "2024", HG_MOMENT_YEAR },
    { "2024-06", HG_MOMENT_MONTH },
    { "2024-02-29", HG_MOMENT_DATE },
    { "2000-02-29", HG_MOMENT_DATE },
    { "2024-06-01T08:00:00+07:00", HG_MOMENT_TIME },
    { "2024-06-01T23:59:59.125Z", HG_MOMENT_TIME },
    { "2024-06-01T08:00:00-14:00", HG_MOMENT_TIME },
    { "", HG_MOMENT_NONE },
    { "0000", HG_MOMENT_NONE },
    { "24", HG_MOMENT_NONE },
    { "2024-13", HG_MOMENT_NONE },
    { "2024-00-01", HG_MOMENT_NONE },
    { "2023-02-29", HG_MOMENT_NONE },
    { "1900-02-29", HG_MOMENT_NONE },
    { "2024-04-31", HG_MOMENT_NONE },
    { "2024-6-1", HG_MOMENT_NONE },
    { "01/06/2025", HG_MOMENT_NONE },
    { "2024-06-01 08:00:00", HG_MOMENT_NONE },
    { "2024-06-01T08:00+07:00", HG_MOMENT_NONE }, /* no seconds */
    { "2024-06-01T08:00:00", HG_MOMENT_NONE },    /* no zone */
    { "2024-06-01T24:00:00Z", HG_MOMENT_NONE },
    { "2024-06-01T08:00:00+14:30", HG_MOMENT_NONE },
    { "2024-06-01T08:00:00.Z", HG_MOMENT_NONE },
    { "2024-06-01Z", HG_MOMENT_NONE },
    { "2024Q1", HG_MOMENT_NONE },
};

START_TEST(a_moment_is_taken_for_what_it_is)
{
    ck_assert_msg(hg_lexical_moment(moments[_i].text) == moments[_i].moment, "%s",
                  moments[_i].text);
}
END_TEST

static const struct {
    bool (*is)(const char *);
    const char *good[6], *bad[16];
} forms[] = {
    { hg_lexical_name,
      { "dan-so", "a", "2024_x.csv", "console", "com10",
        "012345678901234567890123456789012345678901234567890123456789" },
      { "", "Dan-so", "dân-số", "-a", ".a", "a/b", "a..b", "a b", "a.",
        "con", "nul.csv", "com1", "lpt9.x", "aux.",
        "0123456789012345678901234567890123456789012345678901234567890" } },
    { hg_lexical_duration,
      { "P1Y", "P3M", "P1Y6M", "P1D", "PT6H", "P1DT30M" },
      { "", "P", "1Y", "P1", "PY", "P1M1Y", "PT", "P1YT", "P1H", "P1Y ", "P1Y1Y" } },
    { hg_lexical_iri,
      { "https://a.vn", "http://a.vn/b?c=d#e", "https://dữliệu.vn/số",
        "https://a.vn:8080/" },
      { "", "a.vn", "ftp://a.vn", "https://", "https:///b", "https://?x",
        "https://a.vn/b c", "https://a.vn/<b>", "https://a.vn/{b}", "https://a.vn/a\\b",
        "https://a.vn/\x01", "https://a.vn/\xFF", "https://:80/" } },
    { hg_lexical_email,
      { "a@b.vn", "dulieumo@haugiang.gov.vn", "a.b-c+d@e-f.vn" },
      { "", "a", "a@b", "@b.vn", "a@", "a b@c.vn", "a@b..vn", ".a@b.vn", "a.@b.vn",
        "a@b.vn.", "a@@b.vn", "\"a\"@b.vn" } },
    { hg_lexical_phone,
      { "+84 293 3878 878", "0293.387.8878", "(0293) 387 8878" },
      { "", "113", "+84 293 3878 878 1234567", "84+293387", "0293 x" } },
};

START_TEST(a_text_is_of_its_form_or_not)
{
    for (size_t i = 0; i < 6 && forms[_i].good[i]; i++)
        ck_assert_msg(forms[_i].is(forms[_i].good[i]), "%s", forms[_i].good[i]);
    for (size_t i = 0; i < 16 && forms[_i].bad[i]; i++)
        ck_assert_msg(!forms[_i].is(forms[_i].bad[i]), "%s", forms[_i].bad[i]);
}
END_TEST

START_TEST(a_text_holds_what_every_serialisation_can)
{
    ck_assert(hg_lexical_text("Dân số \"2024\" <b> \xF0\x9F\x98\x80", false));
    ck_assert(hg_lexical_text("hai\ndòng", true));
    ck_assert(!hg_lexical_text("hai\ndòng", false));
    ck_assert(!hg_lexical_text("", true));
    ck_assert(!hg_lexical_text(" \xC2\xA0\n", true)); /* white space only */
    ck_assert(!hg_lexical_text("a\x01", true));
    ck_assert(!hg_lexical_text("a\x7F", true));
    ck_assert(!hg_lexical_text("a\xC2\x85", true));     /* U+0085 */
    ck_assert(!hg_lexical_text("a\xEF\xBF\xBE", true)); /* U+FFFE */
    ck_assert(!hg_lexical_text("a\xFF", true));         /* not UTF-8 */
}
END_TEST

TCase *tests_lexical(void)
{
    TCase *tests = tcase_create("lexical");
    tcase_add_loop_test(tests, a_moment_is_taken_for_what_it_is, 0,
                        sizeof moments / sizeof *moments);
    tcase_add_loop_test(tests, a_text_is_of_its_form_or_not, 0,
                        sizeof forms / sizeof *forms);
    tcase_add_test(tests, a_text_holds_what_every_serialisation_can);
    return tests;
}
