/* syllable - the letters of Vietnamese, and what can be a word of it */
#include "text/syllable.h"

#include <string.h>

enum { TONES = 6, LONGEST = 8 }; /* "nghiêng" has seven letters */

static const char16_t vowels[][2][TONES + 1] = {
    { u"aàảãáạ", u"AÀẢÃÁẠ" }, { u"ăằẳẵắặ", u"ĂẰẲẴẮẶ" }, { u"âầẩẫấậ", u"ÂẦẨẪẤẬ" },
    { u"eèẻẽéẹ", u"EÈẺẼÉẸ" }, { u"êềểễếệ", u"ÊỀỂỄẾỆ" }, { u"iìỉĩíị", u"IÌỈĨÍỊ" },
    { u"oòỏõóọ", u"OÒỎÕÓỌ" }, { u"ôồổỗốộ", u"ÔỒỔỖỐỘ" }, { u"ơờởỡớợ", u"ƠỜỞỠỚỢ" },
    { u"uùủũúụ", u"UÙỦŨÚỤ" }, { u"ưừửữứự", u"ƯỪỬỮỨỰ" }, { u"yỳỷỹýỵ", u"YỲỶỸÝỴ" },
};
enum { VOWELS = sizeof vowels / sizeof *vowels };

/* The onsets and the rimes of the language, each between two blanks. "gi" and "qu" take
 * their vowel into the onset: gia, giêng, gì are g + ia, iêng, i; qua is qu + a. */
static const char16_t onsets[] =
    u" b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ";
static const char16_t rimes[] =
    u" a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt"
    u" âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu"
    u" i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu"
    u" o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt"
    u" oc oe oen oeo oet oi om on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt"
    u" ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây"
    u" uê uêch uênh uêu uôc uôi uôm uôn uông uôt uơ uy uya uych uyên uyêt uynh uyp uyt "
    u"uyu"
    u" ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu"
    u" y yêm yên yêng yêt yêu ";

/* Letters that are quickly seen to be none of the vowels, as most are. */
static bool is_other(int32_t letter)
{
    static const uint32_t ascii = 1u << ('A' & 31) | 1u << ('E' & 31) | 1u << ('I' & 31) |
                                  1u << ('O' & 31) | 1u << ('U' & 31) | 1u << ('Y' & 31);
    if (letter < 0x80)
        return letter < 0x40 || !(ascii >> (letter & 31) & 1);
    return letter < u'À' || (letter > u'ư' && letter < u'Ạ') || letter > u'ỹ';
}

/* The plain vowels first, which are the most. */
bool hg_vowel_of(hg_vowel *vowel, int32_t letter)
{
    if (is_other(letter))
        return false;
    for (size_t i = 0; i < 2 * TONES; i++)
        for (size_t v = 0; v < VOWELS; v++)
            if (vowels[v][i / TONES][i % TONES] == letter) {
                *vowel = (hg_vowel){ vowels[v][0][0], (hg_tone)(i % TONES), i >= TONES };
                return true;
            }
    return false;
}

int32_t hg_vowel_letter(const hg_vowel *vowel)
{
    for (size_t v = 0; v < VOWELS; v++)
        if (vowels[v][0][0] == vowel->plain)
            return vowels[v][vowel->upper][vowel->tone];
    return 0;
}

static int32_t cased(int32_t letter, bool upper)
{
    hg_vowel vowel;
    if (letter == u'đ' || letter == u'Đ')
        return upper ? u'Đ' : u'đ';
    if (hg_vowel_of(&vowel, letter)) {
        vowel.upper = upper;
        return hg_vowel_letter(&vowel);
    }
    if (!upper && letter >= 'A' && letter <= 'Z')
        return letter - 'A' + 'a';
    return upper && letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter;
}

int32_t hg_viletter_lower(int32_t letter)
{
    return cased(letter, false);
}

int32_t hg_viletter_upper(int32_t letter)
{
    return cased(letter, true);
}

bool hg_viletter_only_unicode(int32_t letter)
{
    static const char16_t marks[] = u"\u0300\u0301\u0302\u0303\u0306\u0309\u031B\u0323";
    static const char16_t others[] = u"ăĂđĐĩĨũŨơƠưƯ";
    if (letter >= 0x1EA0 && letter <= 0x1EF9)
        return true;
    for (size_t i = 0; marks[i]; i++)
        if (marks[i] == letter)
            return true;
    for (size_t i = 0; others[i]; i++)
        if (others[i] == letter)
            return true;
    return false;
}

/* Whether n letters stand in a list, between two blanks. */
static bool listed(const char16_t *list, const char16_t *letters, size_t n)
{
    for (; list[1]; list++) {
        size_t i = 0;
        while (*list == u' ' && i < n && list[i + 1] == letters[i])
            i++; /* not behind the list's NUL, which is no letter */
        if (i == n && *list == u' ' && list[n + 1] == u' ')
            return true;
    }
    return false;
}

/* The length of the letters that stand before the rime: consonants, then u after q and i
 * of "gi" where a vowel follows. */
static size_t onset_length(const char16_t *letters, size_t n)
{
    static const char16_t consonants[] = u"bcdđghklmnpqrstvx";
    size_t i = 0;
    while (i < n) {
        const char16_t *c = consonants;
        while (*c && *c != letters[i])
            c++;
        if (!*c)
            break;
        i++;
    }
    if (i == 1 && n > 2 && letters[0] == u'q' && letters[1] == u'u')
        return 2;
    return i;
}

static bool is_vowel(char16_t letter)
{
    hg_vowel vowel;
    return hg_vowel_of(&vowel, letter);
}

/*
 * Whether the tone of a rime may stand on its letter at: on the last of ă â ê ô ơ ư where
 * there is one; of two vowels on the second before a consonant, otherwise on the first
 * (oa, oe and uy: either); of three on the middle one.
 */
static bool tone_fits(const char16_t *rime, size_t n, size_t at)
{
    size_t vowels_first = 0, special = n;
    while (vowels_first < n && is_vowel(rime[vowels_first])) {
        if (rime[vowels_first] >= 0x80)
            special = vowels_first;
        vowels_first++;
    }
    if (special < n)
        return at == special;
    if (vowels_first != 2 || n > 2)
        return at == vowels_first / 2;
    bool either = (rime[0] == u'o' && (rime[1] == u'a' || rime[1] == u'e')) ||
                  (rime[0] == u'u' && rime[1] == u'y');
    return at == 0 || (either && at == 1);
}

/* An onset and a rime of the language, and the tone (on the letter at; n: level) where it
 * stands. */
static bool parts_fit(const char16_t *letters, size_t n, size_t onset, size_t at)
{
    return (!onset || listed(onsets, letters, onset)) &&
           listed(rimes, letters + onset, n - onset) &&
           (at == n ||
            (at >= onset && tone_fits(letters + onset, n - onset, at - onset)));
}

/* Onset and rime fit, and the tone fits the end. */
static bool sounds(const char16_t *letters, size_t n, hg_tone tone, size_t at)
{
    size_t onset = onset_length(letters, n);
    char16_t last = letters[n - 1];
    bool stop = last == u'c' || last == u'p' || last == u't' ||
                (last == u'h' && n > 1 && letters[n - 2] == u'c');
    if (onset == n || (stop && tone != HG_SAC && tone != HG_NANG))
        return false;
    if (last == u'k') { /* names of the Central Highlands: Đắk, Trôk */
        char16_t as_c[LONGEST];
        memcpy(as_c, letters, n * sizeof *as_c);
        as_c[n - 1] = u'c';
        return parts_fit(as_c, n, onset, at);
    }
    return parts_fit(letters, n, onset, at) ||
           (n > 2 && letters[0] == u'g' && letters[1] == u'i' &&
            parts_fit(letters, n, 2, at));
}

bool hg_syllable_is(const int32_t *letters, size_t n)
{
    char16_t plain[LONGEST + 2] = { 0 };
    size_t uppers = 0, tones = 0, at = n;
    hg_tone tone = HG_LEVEL;
    bool first_upper = false;
    if (n == 0 || n > LONGEST)
        return false;
    for (size_t i = 0; i < n; i++) {
        hg_vowel vowel;
        int32_t lower = hg_viletter_lower(letters[i]);
        if (lower != letters[i]) {
            uppers++;
            first_upper |= i == 0;
        }
        if (hg_vowel_of(&vowel, lower)) {
            lower = vowel.plain;
            if (vowel.tone != HG_LEVEL) {
                tone = vowel.tone;
                at = i;
                tones++;
            }
        }
        if (lower > 0xFFFF)
            return false;
        plain[i] = (char16_t)lower;
    }
    if (tones > 1 || !(uppers == 0 || uppers == n || (uppers == 1 && first_upper)))
        return false;
    return sounds(plain, n, tone, at);
}
