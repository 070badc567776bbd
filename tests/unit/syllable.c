/* What can be a syllable of Vietnamese, and what cannot. */
#include "text/syllable.h"
#include "text/utf8.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *word;
    bool is;
} words[] = {
    { "Nghiêng", true },     { "nghiêng", true }, { "QUỐC", true },
    { "quốc", true },        { "quý", true },     { "hòa", true },
    { "hoà", true },         { "giếng", true },   { "gì", true },
    { "gìn", true },         { "Đắk", true },     { "Thuỷ", true },
    { "thủy", true },        { "khuỷu", true },   { "ươm", true },
    { "ạ", true },           { "ở", true },       { "yếu", true },
    { "Đ", false },          { "k", false },      { "ĐHQG", false },
    { "hầt", false }, /* a stop with huyền */
    { "hất", true },         { "hôáp", false },   { "hÀ", false },
    { "BáO", false },        { "Trường", true },  { "strường", false },
    { "Nộ\xC2\xB9", false }, { "", false },       { "xaõ", false },
    { "xão", true },         { "ngoài", true },   { "ngòai", false },
    { "ười", true },         { "người", true },   { "hoàn", true },
    { "hòan", false },       { "già", true },     { "giếng", true },
    { "cửa", true },         { "cưả", false },    { "ngheng", true },
    { "café", false },       { "über", false },   { "señor", false },
};

START_TEST(a_word_is_a_syllable_or_not)
{
    int32_t letters[32];
    size_t n = 0, len = strlen(words[_i].word);
    for (size_t i = 0; i < len; n++)
        i += hg_utf8_next(words[_i].word + i, len - i, &letters[n]);
    ck_assert_msg(hg_syllable_is(letters, n) == words[_i].is, "'%s'", words[_i].word);
}
END_TEST

START_TEST(a_vowel_is_put_together_as_it_was_taken_apart)
{
    static const char16_t some[] = u"aÀảÃáẠĂằÂẩeẼÊễiĨoỌÔổƠỡuŨƯữyỲ";
    for (size_t i = 0; some[i]; i++) {
        hg_vowel vowel;
        ck_assert(hg_vowel_of(&vowel, some[i]));
        ck_assert_int_eq(hg_vowel_letter(&vowel), some[i]);
    }
    hg_vowel vowel;
    ck_assert(!hg_vowel_of(&vowel, u'đ'));
    ck_assert(!hg_vowel_of(&vowel, 0));
    ck_assert(hg_vowel_of(&vowel, u'Ấ'));
    ck_assert_int_eq(vowel.plain, u'â');
    ck_assert_int_eq(vowel.tone, HG_SAC);
    ck_assert(vowel.upper);
}
END_TEST

/* Twelve vowels with six tones in two cases, wherever Unicode has put them. */
START_TEST(there_are_so_many_vowels)
{
    unsigned n = 0;
    hg_vowel vowel;
    for (int32_t letter = 0; letter < 0x3000; letter++)
        if (hg_vowel_of(&vowel, letter)) {
            n++;
            ck_assert_int_eq(hg_vowel_letter(&vowel), letter);
        }
    ck_assert_uint_eq(n, 144);
}
END_TEST

START_TEST(letters_change_their_case)
{
    static const char16_t small[] = u"aàđẳợỷz1 ", capital[] = u"AÀĐẲỢỶZ1 ";
    for (size_t i = 0; small[i]; i++) {
        ck_assert_int_eq(hg_viletter_upper(small[i]), capital[i]);
        ck_assert_int_eq(hg_viletter_lower(capital[i]), small[i]);
    }
    ck_assert_int_eq(hg_viletter_upper(0xE7), 0xE7); /* ç is no letter of Vietnamese */
}
END_TEST

START_TEST(some_letters_are_only_in_unicode)
{
    ck_assert(hg_viletter_only_unicode(u'ệ'));
    ck_assert(hg_viletter_only_unicode(u'Đ'));
    ck_assert(hg_viletter_only_unicode(0x0309));
    ck_assert(!hg_viletter_only_unicode(u'à'));
    ck_assert(!hg_viletter_only_unicode('a'));
    ck_assert(!hg_viletter_only_unicode(u'€'));
}
END_TEST

TCase *tests_syllable(void)
{
    TCase *tests = tcase_create("syllable");
    tcase_add_loop_test(tests, a_word_is_a_syllable_or_not, 0,
                        sizeof words / sizeof *words);
    tcase_add_test(tests, a_vowel_is_put_together_as_it_was_taken_apart);
    tcase_add_test(tests, there_are_so_many_vowels);
    tcase_add_test(tests, letters_change_their_case);
    tcase_add_test(tests, some_letters_are_only_in_unicode);
    return tests;
}
