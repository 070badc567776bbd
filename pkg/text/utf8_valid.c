/* utf8_valid - whether a text is UTF-8 (RFC 3629)
 *
 * With AVX2, thirty-two bytes at once: each pair of neighbouring bytes is looked up in
 * three tables of what can be wrong with it (Keiser, Lemire, "Validating UTF-8 in less
 * than one instruction per byte", 2020). Otherwise ASCII by eights and the rest one by one.
 */
#include "text/utf8.h"
#include "base/eight.h"

#if defined __x86_64__ && !defined HG_PORTABLE
#define AVX2 1
#include <immintrin.h>
#else
#define AVX2 0
#endif

static bool follows(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* The length of the character that is not ASCII at p; 0 if there is none. */
static size_t character(const unsigned char *p, size_t n)
{
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    if (p[0] < 0xE0)
        return n >= 2 && follows(p[1]) ? 2 : 0;
    if (p[0] < 0xF0) {
        bool longer = p[0] == 0xE0 && n >= 2 && p[1] < 0xA0;  /* than it need be */
        bool halved = p[0] == 0xED && n >= 2 && p[1] >= 0xA0; /* a surrogate */
        return n >= 3 && follows(p[1]) && follows(p[2]) && !longer && !halved ? 3 : 0;
    }
    bool longer = p[0] == 0xF0 && n >= 2 && p[1] < 0x90;
    bool beyond = p[0] == 0xF4 && n >= 2 && p[1] >= 0x90; /* U+10FFFF */
    return n >= 4 && follows(p[1]) && follows(p[2]) && follows(p[3]) && !longer && !beyond
               ? 4
               : 0;
}

static size_t valid_portable(const char *text, size_t n)
{
    const unsigned char *p = (const unsigned char *)text;
    for (size_t i = 0; i < n;) {
        if (n - i >= 8 && (hg_eight_load(text + i) & HG_EACH(0x80)) == 0) {
            i += 8;
            continue;
        }
        size_t len = p[i] < 0x80 ? 1 : character(p + i, n - i);
        if (len == 0)
            return i;
        i += len;
    }
    return n;
}

#if AVX2
#define TARGET __attribute__((target("avx2")))
#define BLOCK 64 /* bytes between looks at whether any is not ASCII */

/* What can be wrong with two neighbouring bytes. */
enum {
    SHORT = 1 << 0,      /* a lead byte, and no byte that follows one */
    LONG = 1 << 1,       /* ASCII, and a byte that follows a lead byte */
    LONGER_3 = 1 << 2,   /* three bytes where two would do */
    SURROGATE = 1 << 4,
    LONGER_2 = 1 << 5,   /* two bytes where one would do */
    TWO = 1 << 7,        /* two that follow: fine only in characters of three and four */
    BEYOND = 1 << 3,     /* over U+10FFFF */
    BEYOND_4 = 1 << 6,   /* likewise, or four bytes where three would do */
    CARRY = SHORT | LONG | TWO
};

TARGET static inline __m256i table(const uint8_t of[16])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)of));
}

/* By the high half of the first byte. */
static const uint8_t first_high[16] = {
    LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, TWO, TWO, TWO, TWO, SHORT | LONGER_2,
    SHORT, SHORT | LONGER_3 | SURROGATE, SHORT | BEYOND | BEYOND_4
};
/* By its low half. */
static const uint8_t first_low[16] = {
    CARRY | LONGER_3 | LONGER_2 | BEYOND_4, CARRY | LONGER_2, CARRY, CARRY, CARRY | BEYOND,
    CARRY | BEYOND | BEYOND_4, CARRY | BEYOND | BEYOND_4, CARRY | BEYOND | BEYOND_4,
    CARRY | BEYOND | BEYOND_4, CARRY | BEYOND | BEYOND_4, CARRY | BEYOND | BEYOND_4,
    CARRY | BEYOND | BEYOND_4, CARRY | BEYOND | BEYOND_4,
    CARRY | BEYOND | BEYOND_4 | SURROGATE, CARRY | BEYOND | BEYOND_4,
    CARRY | BEYOND | BEYOND_4
};
/* By the high half of the second. */
static const uint8_t second_high[16] = {
    SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT, SHORT,
    LONG | LONGER_2 | TWO | LONGER_3 | BEYOND_4, LONG | LONGER_2 | TWO | LONGER_3 | BEYOND,
    LONG | LONGER_2 | TWO | SURROGATE | BEYOND, LONG | LONGER_2 | TWO | SURROGATE | BEYOND,
    SHORT, SHORT, SHORT, SHORT
};

/* The bytes of now, n places later, the last ones of before in front. */
#define LATER(now, before, n) \
    _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - (n))

/* Bits where something is wrong with now. */
TARGET static inline __m256i wrong(__m256i now, __m256i before)
{
    __m256i half = _mm256_set1_epi8(0x0F), first = LATER(now, before, 1);
    __m256i pairs = _mm256_and_si256(
        _mm256_and_si256(
            _mm256_shuffle_epi8(table(first_high),
                                _mm256_and_si256(_mm256_srli_epi16(first, 4), half)),
            _mm256_shuffle_epi8(table(first_low), _mm256_and_si256(first, half))),
        _mm256_shuffle_epi8(table(second_high),
                            _mm256_and_si256(_mm256_srli_epi16(now, 4), half)));
    /* the third byte after E0 and more, the fourth after F0 and more, must be TWO */
    __m256i third = _mm256_subs_epu8(LATER(now, before, 2), _mm256_set1_epi8(0x60));
    __m256i fourth = _mm256_subs_epu8(LATER(now, before, 3), _mm256_set1_epi8(0x70));
    __m256i must = _mm256_and_si256(_mm256_or_si256(third, fourth),
                                    _mm256_set1_epi8((char)0x80));
    return _mm256_xor_si256(must, pairs);
}

/* Whether the text is valid but for, perhaps, a character that its end cuts off. */
TARGET static bool valid_avx2(const char *text, size_t n)
{
    __m256i before = _mm256_setzero_si256(), errors = before;
    size_t at = 0;
    for (; n - at >= BLOCK; at += BLOCK) {
        const __m256i *p = (const __m256i *)(const void *)(text + at);
        __m256i low = _mm256_loadu_si256(p), high = _mm256_loadu_si256(p + 1);
        if (_mm256_movemask_epi8(before | low | high) != 0)
            errors |= wrong(low, before) | wrong(high, low);
        before = high;
    }
    return _mm256_testz_si256(errors, errors);
}

size_t hg_utf8_valid(const char *text, size_t n)
{
    if (n < BLOCK || !__builtin_cpu_supports("avx2") || !valid_avx2(text, n))
        return valid_portable(text, n);
    size_t at = n / BLOCK * BLOCK; /* the rest, and the character that may begin before it */
    for (int back = 0; back < 3 && follows((unsigned char)text[at - 1]); back++)
        at--;
    at -= ((unsigned char)text[at - 1] & 0x80) != 0;
    return at + valid_portable(text + at, n - at);
}
#else
size_t hg_utf8_valid(const char *text, size_t n)
{
    return valid_portable(text, n);
}
#endif
