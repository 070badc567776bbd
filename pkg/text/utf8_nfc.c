/* utf8_nfc - whether a text is surely in NFC, by its bytes alone */
#include "text/utf8.h"

#if defined __x86_64__ && !defined HG_PORTABLE
#define AVX2 1
#include <immintrin.h>
#else
#define AVX2 0
#endif

/*
 * All characters below U+0300, of Latin Extended Additional (U+1E00 to U+1EFF, the
 * Vietnamese letters: E1 B8 80 to E1 BB BF) and from U+2002 to U+20BF (dashes, quotes,
 * currency signs: E2 80 82 to E2 82 BF) are starters with NFC_Quick_Check=Yes
 * (DerivedNormalizationProps). The first bytes CC to E0 and E3 to FF start others.
 */
static bool sure_at(const unsigned char *p, size_t n)
{
    unsigned char c = p[0], second = n > 1 ? p[1] : 0, third = n > 2 ? p[2] : 0;
    if (c < 0xCC)
        return true;
    if (c == 0xE1)
        return second >= 0xB8 && second <= 0xBB;
    if (c == 0xE2)
        return second <= 0x82 && (second != 0x80 || third >= 0x82);
    return false;
}

static bool sure_portable(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!sure_at((const unsigned char *)text + i, n - i))
            return false;
    return true;
}

#if AVX2
#define TARGET __attribute__((target("avx2")))

TARGET static inline __m256i at_least(__m256i bytes, unsigned char least)
{
    __m256i all = _mm256_set1_epi8((char)least);
    return _mm256_cmpeq_epi8(_mm256_max_epu8(bytes, all), bytes);
}

TARGET static inline __m256i is(__m256i bytes, unsigned char c)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8((char)c));
}

TARGET static inline __m256i load(const char *p)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)p);
}

/* The bytes that may start a character that is not sure. */
TARGET static inline __m256i unsure(__m256i now, const char *p)
{
    __m256i second = load(p + 1), third = load(p + 2);
    __m256i others = _mm256_or_si256(
        _mm256_andnot_si256(at_least(now, 0xE1), at_least(now, 0xCC)), at_least(now, 0xE3));
    __m256i letters = _mm256_andnot_si256(at_least(second, 0xBC), at_least(second, 0xB8));
    __m256i signs = _mm256_andnot_si256(
        at_least(second, 0x83), _mm256_or_si256(at_least(second, 0x81), at_least(third, 0x82)));
    __m256i bad_letter = _mm256_andnot_si256(letters, is(now, 0xE1));
    __m256i bad_sign = _mm256_andnot_si256(signs, is(now, 0xE2));
    return _mm256_or_si256(others, _mm256_or_si256(bad_letter, bad_sign));
}

TARGET static bool sure_avx2(const char *text, size_t n)
{
    size_t at = 0;
    for (; n - at >= 34; at += 32) {
        __m256i now = load(text + at);
        if (_mm256_movemask_epi8(now) != 0 &&
            _mm256_movemask_epi8(unsure(now, text + at)) != 0)
            return false;
    }
    return sure_portable(text + at, n - at);
}
#endif

bool hg_utf8_surely_nfc(const char *text, size_t n)
{
#if AVX2
    if (n >= 64 && __builtin_cpu_supports("avx2"))
        return sure_avx2(text, n);
#endif
    return sure_portable(text, n);
}
