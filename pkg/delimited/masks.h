/* masks.h - which of 64 bytes are a given one, as the bits of a word, the first one
 * lowest; and what quotes enclose. For delimited/csv and delimited/survey. */
#ifndef HG_DELIMITED_MASKS_H
#define HG_DELIMITED_MASKS_H

#include "base/eight.h"

#if defined __x86_64__ && !defined HG_PORTABLE
#define HG_MASK_AVX2 1
#include <immintrin.h>
#else
#define HG_MASK_AVX2 0
#endif

#define HG_MASK_BLOCK 64

/* What quotes enclose, an opening one counted. *inside is all ones where the block starts
 * inside quotes, otherwise 0. */
static inline uint64_t hg_mask_enclosed(uint64_t quotes, uint64_t *inside)
{
    uint64_t in = quotes ^ quotes << 1;
    in ^= in << 2;
    in ^= in << 4;
    in ^= in << 8;
    in ^= in << 16;
    in ^= in << 32;
    in ^= *inside;
    *inside = (uint64_t)0 - (in >> 63);
    return in;
}

/* ---- portable: eight bytes in a word ---- */

/* High bits of bytes as eight bits, the first one lowest. */
static inline uint64_t hg_mask_gathered(uint64_t high)
{
    return ((high >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

/* The bytes of a block that are c. */
static inline uint64_t hg_mask_of(const char *p, char c)
{
    uint64_t mask = 0;
    for (int i = 0; i < HG_MASK_BLOCK / 8; i++)
        mask |= hg_mask_gathered(hg_eight_equal(hg_eight_load(p + 8 * i), c))
                << 8 * i;
    return mask;
}

/* ---- AVX2: thirty-two bytes at once ---- */

#if HG_MASK_AVX2
#define HG_MASK_TARGET __attribute__((target("avx2,bmi,popcnt")))

HG_MASK_TARGET static inline uint64_t hg_mask_avx2(__m256i low, __m256i high, char c)
{
    __m256i all = _mm256_set1_epi8(c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));
    return a | (uint64_t)b << 32;
}

/* ---- AVX-512: all of them, and bytes pushed together ---- */

#define HG_MASK_TARGET_512 \
    __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")))

static inline bool hg_mask_has_avx512(void)
{
    return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
}

static inline bool hg_mask_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}
#else
static inline bool hg_mask_has_avx2(void)
{
    return false;
}
#endif

#endif
