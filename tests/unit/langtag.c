/* Language tags are well-formed as RFC 5646 has it, and match as far as the shorter goes.
 */
#include "text/langtag.h"
#include "unit.h"

static const struct {
    const char *tag;
    bool valid;
} tags[] = {
    { "vi", true },
    { "en-US", true },
    { "zh-Hant-TW", true },
    { "sl-rozaj-biske", true },
    { "de-CH-1901", true },
    { "es-419", true },
    { "zh-cmn-Hans-CN", true },
    { "de-DE-u-co-phonebk", true },
    { "x-whatever", true },
    { "en-x-a-b", true },
    { "i-klingon", true },
    { "sgn-BE-FR", true },
    { "und", true },
    { "qaa-Qaaa-QM-x-southern", true },
    { "", false },
    { "a-bad-language", false },
    { "notavalidlanguagetag", false },
    { "en_US", false },
    { "en-", false },
    { "-en", false },
    { "en--US", false },
    { "e", false },
    { "en-a", false },
    { "tiếng", false },
    { "en-u", false },
    { "en-toolongsubtag", false },
};

START_TEST(a_tag_is_well_formed_or_not)
{
    ck_assert_msg(hg_langtag_valid(tags[_i].tag) == tags[_i].valid, "%s", tags[_i].tag);
}
END_TEST

static const struct {
    const char *a, *b;
    bool match;
} pairs[] = {
    { "en", "en-US", true }, { "en-US", "en", true }, { "en-US", "en-GB", false },
    { "EN", "en", true },    { "und", "vi", true },   { "vi", "und", true },
    { "de", "en", false },   { "en", "eng", false },
};

START_TEST(tags_match_as_far_as_the_shorter_goes)
{
    ck_assert_msg(hg_langtag_match(pairs[_i].a, pairs[_i].b) == pairs[_i].match, "%s %s",
                  pairs[_i].a, pairs[_i].b);
}
END_TEST

TCase *tests_langtag(void)
{
    TCase *tc = tcase_create("langtag");
    tcase_add_loop_test(tc, a_tag_is_well_formed_or_not, 0, sizeof tags / sizeof *tags);
    tcase_add_loop_test(tc, tags_match_as_far_as_the_shorter_goes, 0,
                        sizeof pairs / sizeof *pairs);
    return tc;
}
