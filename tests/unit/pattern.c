/* Patterns match whole texts, as XML Schema's do. */
#include "text/pattern.h"
#include "unit.h"

static const struct {
    const char *pattern, *text;
    hg_match match;
} cases[] = {
    { "[a-z]+", "abc", HG_MATCHES },
    { "[a-z]+", "abc1", HG_NO_MATCH },
    { "[a-z]+", "1abc", HG_NO_MATCH },
    { "a|ab", "ab", HG_MATCHES },
    { "^\\d{4}-\\d{4}$", "2015-2016", HG_MATCHES },
    { "^\\d{4}$", "2015\n", HG_NO_MATCH },
    { "\\w{3}", "Đất", HG_MATCHES },
    { ".", "ệ", HG_MATCHES },
    { "", "", HG_MATCHES },
    { "(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", HG_MATCH_TOO_HARD },
};

START_TEST(a_pattern_matches_the_whole_text)
{
    hg_err err = HG_ERR_INIT;
    hg_pattern *pattern;
    ck_assert_int_eq(hg_pattern_new(&pattern, cases[_i].pattern, &err), HG_OK);
    hg_match match = hg_pattern_match(pattern, hg_slice_of(cases[_i].text));
    if (cases[_i].match == HG_MATCH_TOO_HARD)
        ck_assert_int_ne(match, HG_MATCHES); /* or PCRE2 finds out that no 'b' is there */
    else
        ck_assert_msg(match == cases[_i].match, "%s: %s", cases[_i].pattern, cases[_i].text);
    hg_pattern_free(pattern);
}
END_TEST

static const char *const wrong[] = { "[a-z", "(", "*a", "[a-z-[aeiou]]", "\\i\\c*", "\\C" };

START_TEST(what_xml_schema_reads_otherwise_is_refused)
{
    hg_err err = HG_ERR_INIT;
    hg_pattern *pattern;
    ck_assert_int_eq(hg_pattern_new(&pattern, wrong[_i], &err), HG_EARG);
    ck_assert_ptr_null(pattern);
}
END_TEST

TCase *tests_pattern(void)
{
    TCase *tests = tcase_create("pattern");
    tcase_add_loop_test(tests, a_pattern_matches_the_whole_text, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, what_xml_schema_reads_otherwise_is_refused, 0,
                        sizeof wrong / sizeof *wrong);
    return tests;
}
