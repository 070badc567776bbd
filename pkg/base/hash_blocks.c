/* hash_blocks - the inner functions of MD5, SHA-1, SHA-256 and SHA-512
 *
 * SHA-256 is the one that every command needs; processors with instructions for it take
 * those, five times as fast. The numbers are the standards' own: digits of roots and sines. */
#include "base/hash_blocks.h"

#include <string.h>

#if defined __x86_64__ && !defined HG_PORTABLE
#define SHA_NI 1
#include <cpuid.h>
#include <immintrin.h>
#else
#define SHA_NI 0
#endif

static uint32_t left(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static uint32_t right(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

static uint64_t right64(uint64_t x, unsigned n)
{
    return x >> n | x << (64 - n);
}

static uint32_t big(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* ---- MD5 ---- */

static const uint32_t sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613,
    0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193,
    0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
    0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed,
    0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122,
    0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
    0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244,
    0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
    0xeb86d391,
};

void hg_md5_blocks(hg_hash_state *state, const unsigned char *p, size_t n)
{
    static const unsigned char turns[16] = { 7, 12, 17, 22, 5, 9,  14, 20,
                                             4, 11, 16, 23, 6, 10, 15, 21 };
    uint32_t *s = state->words;
    for (; n > 0; n--, p += 64) {
        uint32_t a = s[0], b = s[1], c = s[2], d = s[3], w[16];
        for (size_t i = 0; i < 16; i++)
            w[i] = p[4 * i] | (uint32_t)p[4 * i + 1] << 8 | (uint32_t)p[4 * i + 2] << 16 |
                   (uint32_t)p[4 * i + 3] << 24;
        for (unsigned i = 0; i < 64; i++) {
            uint32_t f;
            unsigned at;
            switch (i / 16) {
            case 0: f = (b & c) | (~b & d), at = i; break;
            case 1: f = (d & b) | (~d & c), at = 5 * i + 1; break;
            case 2: f = b ^ c ^ d, at = 3 * i + 5; break;
            default: f = c ^ (b | ~d), at = 7 * i; break;
            }
            f += a + sines[i] + w[at % 16];
            a = d;
            d = c;
            c = b;
            b += left(f, turns[i / 16 * 4 + i % 4]);
        }
        s[0] += a;
        s[1] += b;
        s[2] += c;
        s[3] += d;
    }
}

/* ---- SHA-1 ---- */

void hg_sha1_blocks(hg_hash_state *state, const unsigned char *p, size_t n)
{
    static const uint32_t added[4] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
    uint32_t *s = state->words;
    for (; n > 0; n--, p += 64) {
        uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], w[80];
        for (size_t i = 0; i < 80; i++)
            w[i] = i < 16 ? big(p + 4 * i)
                          : left(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
        for (unsigned i = 0; i < 80; i++) {
            uint32_t f = i < 20   ? (b & c) | (~b & d)
                         : i < 40 ? b ^ c ^ d
                         : i < 60 ? (b & c) | (b & d) | (c & d)
                                  : b ^ c ^ d;
            f += left(a, 5) + e + added[i / 20] + w[i];
            e = d;
            d = c;
            c = left(b, 30);
            b = a;
            a = f;
        }
        s[0] += a;
        s[1] += b;
        s[2] += c;
        s[3] += d;
        s[4] += e;
    }
}

/* ---- SHA-256 ---- */

static const uint32_t roots[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
    0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
    0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
    0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
    0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2,
};

/* A round, the eight words standing one place on at each, so that none is moved. */
static inline void round256(uint32_t s[8], size_t i, uint32_t more)
{
    uint32_t a = s[-i & 7], b = s[(1 - i) & 7], c = s[(2 - i) & 7], e = s[(4 - i) & 7],
             f = s[(5 - i) & 7], g = s[(6 - i) & 7], *d = &s[(3 - i) & 7],
             *h = &s[(7 - i) & 7];
    *h += (right(e, 6) ^ right(e, 11) ^ right(e, 25)) + ((e & f) ^ (~e & g)) + more;
    *d += *h;
    *h += (right(a, 2) ^ right(a, 13) ^ right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void portable(uint32_t *state, const unsigned char *p, size_t n)
{
    for (; n > 0; n--, p += 64) {
        uint32_t w[64], s[8];
        memcpy(s, state, sizeof s);
        for (size_t i = 0; i < 16; i++)
            w[i] = big(p + 4 * i);
        for (size_t i = 16; i < 64; i++) {
            uint32_t x = w[i - 15], y = w[i - 2];
            w[i] = w[i - 16] + w[i - 7] + (right(x, 7) ^ right(x, 18) ^ x >> 3) +
                   (right(y, 17) ^ right(y, 19) ^ y >> 10);
        }
        for (size_t i = 0; i < 64; i += 8) {
            round256(s, 0, roots[i] + w[i]);
            round256(s, 1, roots[i + 1] + w[i + 1]);
            round256(s, 2, roots[i + 2] + w[i + 2]);
            round256(s, 3, roots[i + 3] + w[i + 3]);
            round256(s, 4, roots[i + 4] + w[i + 4]);
            round256(s, 5, roots[i + 5] + w[i + 5]);
            round256(s, 6, roots[i + 6] + w[i + 6]);
            round256(s, 7, roots[i + 7] + w[i + 7]);
        }
        for (size_t i = 0; i < 8; i++)
            state[i] += s[i];
    }
}

#if SHA_NI
#define TARGET __attribute__((target("sha,sse4.1")))

/* Four rounds with the words w0; then these are replaced by the words sixteen rounds on. */
TARGET static inline void four(__m128i *abef, __m128i *cdgh, __m128i *w0, __m128i w1,
                               __m128i w2, __m128i w3, const uint32_t *k)
{
    __m128i m =
        _mm_add_epi32(*w0, _mm_loadu_si128((const __m128i *)(const void *)k));
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, m);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(m, 0x0E));
    m = _mm_add_epi32(_mm_sha256msg1_epu32(*w0, w1), _mm_alignr_epi8(w3, w2, 4));
    *w0 = _mm_sha256msg2_epu32(m, w3);
}

TARGET static inline __m128i four_words(const unsigned char *p)
{
    const __m128i turned = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)p), turned);
}

/* The state is kept as the instructions want it: words a, b, e, f and c, d, g, h. */
TARGET static void with_instructions(uint32_t *state, const unsigned char *p, size_t n)
{
    __m128i abef = _mm_set_epi32((int)state[0], (int)state[1], (int)state[4], (int)state[5]);
    __m128i cdgh = _mm_set_epi32((int)state[2], (int)state[3], (int)state[6], (int)state[7]);
    uint32_t out[8];
    for (; n > 0; n--, p += 64) {
        __m128i w0 = four_words(p), w1 = four_words(p + 16), w2 = four_words(p + 32),
                w3 = four_words(p + 48), abef_before = abef, cdgh_before = cdgh;
        for (const uint32_t *k = roots; k < roots + 64; k += 16) {
            four(&abef, &cdgh, &w0, w1, w2, w3, k);
            four(&abef, &cdgh, &w1, w2, w3, w0, k + 4);
            four(&abef, &cdgh, &w2, w3, w0, w1, k + 8);
            four(&abef, &cdgh, &w3, w0, w1, w2, k + 12);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    _mm_storeu_si128((__m128i *)(void *)out, abef); /* f, e, b, a */
    _mm_storeu_si128((__m128i *)(void *)(out + 4), cdgh);
    for (size_t i = 0; i < 2; i++) {
        state[2 * i] = out[4 * i + 3];
        state[2 * i + 1] = out[4 * i + 2];
        state[2 * i + 4] = out[4 * i + 1];
        state[2 * i + 5] = out[4 * i];
    }
}

/* The instruction cpuid takes 10 us and more on a virtual machine; what it said when the program
 * started is asked where the compiler knows how to. */
static int has_instructions(void)
{
#if __GNUC__ >= 11 && !defined __clang__
    return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1");
#else
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) &&
           __builtin_cpu_supports("sse4.1");
#endif
}
#endif

void hg_sha256_blocks(hg_hash_state *state, const unsigned char *p, size_t n)
{
#if SHA_NI
    if (has_instructions()) {
        with_instructions(state->words, p, n);
        return;
    }
#endif
    portable(state->words, p, n);
}

/* ---- SHA-512 ---- */

static const uint64_t long_roots[80] = {
    UINT64_C(0x428a2f98d728ae22), UINT64_C(0x7137449123ef65cd), UINT64_C(0xb5c0fbcfec4d3b2f),
    UINT64_C(0xe9b5dba58189dbbc), UINT64_C(0x3956c25bf348b538), UINT64_C(0x59f111f1b605d019),
    UINT64_C(0x923f82a4af194f9b), UINT64_C(0xab1c5ed5da6d8118), UINT64_C(0xd807aa98a3030242),
    UINT64_C(0x12835b0145706fbe), UINT64_C(0x243185be4ee4b28c), UINT64_C(0x550c7dc3d5ffb4e2),
    UINT64_C(0x72be5d74f27b896f), UINT64_C(0x80deb1fe3b1696b1), UINT64_C(0x9bdc06a725c71235),
    UINT64_C(0xc19bf174cf692694), UINT64_C(0xe49b69c19ef14ad2), UINT64_C(0xefbe4786384f25e3),
    UINT64_C(0x0fc19dc68b8cd5b5), UINT64_C(0x240ca1cc77ac9c65), UINT64_C(0x2de92c6f592b0275),
    UINT64_C(0x4a7484aa6ea6e483), UINT64_C(0x5cb0a9dcbd41fbd4), UINT64_C(0x76f988da831153b5),
    UINT64_C(0x983e5152ee66dfab), UINT64_C(0xa831c66d2db43210), UINT64_C(0xb00327c898fb213f),
    UINT64_C(0xbf597fc7beef0ee4), UINT64_C(0xc6e00bf33da88fc2), UINT64_C(0xd5a79147930aa725),
    UINT64_C(0x06ca6351e003826f), UINT64_C(0x142929670a0e6e70), UINT64_C(0x27b70a8546d22ffc),
    UINT64_C(0x2e1b21385c26c926), UINT64_C(0x4d2c6dfc5ac42aed), UINT64_C(0x53380d139d95b3df),
    UINT64_C(0x650a73548baf63de), UINT64_C(0x766a0abb3c77b2a8), UINT64_C(0x81c2c92e47edaee6),
    UINT64_C(0x92722c851482353b), UINT64_C(0xa2bfe8a14cf10364), UINT64_C(0xa81a664bbc423001),
    UINT64_C(0xc24b8b70d0f89791), UINT64_C(0xc76c51a30654be30), UINT64_C(0xd192e819d6ef5218),
    UINT64_C(0xd69906245565a910), UINT64_C(0xf40e35855771202a), UINT64_C(0x106aa07032bbd1b8),
    UINT64_C(0x19a4c116b8d2d0c8), UINT64_C(0x1e376c085141ab53), UINT64_C(0x2748774cdf8eeb99),
    UINT64_C(0x34b0bcb5e19b48a8), UINT64_C(0x391c0cb3c5c95a63), UINT64_C(0x4ed8aa4ae3418acb),
    UINT64_C(0x5b9cca4f7763e373), UINT64_C(0x682e6ff3d6b2b8a3), UINT64_C(0x748f82ee5defb2fc),
    UINT64_C(0x78a5636f43172f60), UINT64_C(0x84c87814a1f0ab72), UINT64_C(0x8cc702081a6439ec),
    UINT64_C(0x90befffa23631e28), UINT64_C(0xa4506cebde82bde9), UINT64_C(0xbef9a3f7b2c67915),
    UINT64_C(0xc67178f2e372532b), UINT64_C(0xca273eceea26619c), UINT64_C(0xd186b8c721c0c207),
    UINT64_C(0xeada7dd6cde0eb1e), UINT64_C(0xf57d4f7fee6ed178), UINT64_C(0x06f067aa72176fba),
    UINT64_C(0x0a637dc5a2c898a6), UINT64_C(0x113f9804bef90dae), UINT64_C(0x1b710b35131c471b),
    UINT64_C(0x28db77f523047d84), UINT64_C(0x32caab7b40c72493), UINT64_C(0x3c9ebe0a15c9bebc),
    UINT64_C(0x431d67c49c100d4c), UINT64_C(0x4cc5d4becb3e42b6), UINT64_C(0x597f299cfc657e2a),
    UINT64_C(0x5fcb6fab3ad6faec), UINT64_C(0x6c44198c4a475817),
};

void hg_sha512_blocks(hg_hash_state *state, const unsigned char *p, size_t n)
{
    for (; n > 0; n--, p += 128) {
        uint64_t w[80], s[8];
        memcpy(s, state->longs, sizeof s);
        for (size_t i = 0; i < 80; i++) {
            if (i < 16) {
                w[i] = (uint64_t)big(p + 8 * i) << 32 | big(p + 8 * i + 4);
                continue;
            }
            uint64_t x = w[i - 15], y = w[i - 2];
            w[i] = w[i - 16] + w[i - 7] + (right64(x, 1) ^ right64(x, 8) ^ x >> 7) +
                   (right64(y, 19) ^ right64(y, 61) ^ y >> 6);
        }
        for (size_t i = 0; i < 80; i++) {
            uint64_t a = s[0], e = s[4];
            uint64_t x = s[7] + (right64(e, 14) ^ right64(e, 18) ^ right64(e, 41)) +
                         ((e & s[5]) ^ (~e & s[6])) + long_roots[i] + w[i];
            uint64_t y = (right64(a, 28) ^ right64(a, 34) ^ right64(a, 39)) +
                         ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));
            memmove(s + 1, s, 7 * sizeof *s);
            s[4] += x;
            s[0] = x + y;
        }
        for (size_t i = 0; i < 8; i++)
            state->longs[i] += s[i];
    }
}
