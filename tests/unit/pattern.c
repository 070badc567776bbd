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

static const struct {
    const char *pattern, *text;
    hg_match match;
} ecma[] = {
    { "b", "abc", HG_MATCHES },
    { "^abc$", "abc\n", HG_NO_MATCH },
    { "^\\d$", "\xD9\xA3", HG_NO_MATCH }, /* U+0663, a digit of Unicode's */
    { "^\\w$", "é", HG_NO_MATCH },
    { "^\\s$", "\xEF\xBB\xBF", HG_MATCHES }, /* U+FEFF */
    { "^[\\s]$", "\xC2\xA0", HG_MATCHES },
    { "^[^\\S]$", "\xC2\xA0", HG_MATCHES },
    { "^\\S$", "\xE3\x80\x80", HG_NO_MATCH },
    { "^.$", "\xE2\x80\xA8", HG_NO_MATCH }, /* U+2028 ends a line */
    { "^\\u0041\\x42\\u{43}$", "ABC", HG_MATCHES },
    { "^\\ud83d\\ude00$", "\xF0\x9F\x98\x80", HG_MATCHES },
    { "^\\cC$", "\x03", HG_MATCHES },
    { "^\\p{Letter}{2}$", "Đấ", HG_MATCHES },
    { "^\\p{Script=Greek}$", "λ", HG_MATCHES },
    { "[]", "a", HG_NO_MATCH },
    { "^[^]$", "\n", HG_MATCHES },
    { "^[[a]$", "[", HG_MATCHES },
    { "(?<x>a)\\k<x>", "aa", HG_MATCHES },
    { "^a\\/b$", "a/b", HG_MATCHES },
};

START_TEST(an_expression_of_ecma_262_is_found_anywhere)
{
    hg_err err = HG_ERR_INIT;
    hg_pattern *pattern;
    hg_slice text = hg_slice_of(ecma[_i].pattern);
    ck_assert_msg(hg_pattern_ecma(&pattern, text, &err) == HG_OK, "%s", text.p);
    hg_match match = hg_pattern_match(pattern, hg_slice_of(ecma[_i].text));
    ck_assert_msg(match == ecma[_i].match, "%s: %s", ecma[_i].pattern, ecma[_i].text);
    hg_pattern_free(pattern);
}
END_TEST

static const char *const foreign[] = { "\\Z", "\\a", "a++", "(?i)a", "(?>a)", "(*FAIL)",
                                       "\\Qa\\E", "\\ud800", "(", "a{2}+" };

START_TEST(what_only_pcre2_has_is_refused)
{
    hg_err err = HG_ERR_INIT;
    hg_pattern *pattern;
    ck_assert_int_eq(hg_pattern_ecma(&pattern, hg_slice_of(foreign[_i]), &err), HG_EARG);
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
    tcase_add_loop_test(tests, an_expression_of_ecma_262_is_found_anywhere, 0,
                        sizeof ecma / sizeof *ecma);
    tcase_add_loop_test(tests, what_only_pcre2_has_is_refused, 0,
                        sizeof foreign / sizeof *foreign);
    return tests;
}
