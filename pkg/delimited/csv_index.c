/* csv_index - where the quotes, delimiters and line ends of a text stand
 *
 * A block of 64 bytes becomes three masks of 64 bits; quotes, as a running parity, tell
 * what they enclose; the bits left are flattened into offsets (the structural index of
 * simdjson: Langdale, Lemire, "Parsing Gigabytes of JSON per Second", 2019).
 */
#include "delimited/csv_index.h"
#include "delimited/csv.h"
#include "delimited/masks.h"

#include <string.h>

#define BLOCK HG_MASK_BLOCK

/* Where in a block they stand; others are lines too. */
typedef struct masks {
    uint64_t quotes, lines, others;
} masks;

/* A text of which some blocks were looked at. */
typedef struct progress {
    uint64_t inside; /* as hg_mask_enclosed() has it */
    hg_csv_marks seen;
} progress;

/* The marks of a block: take away the others that quotes enclose. */
static inline uint64_t marks(masks m, progress *p)
{
    p->seen.lines += (size_t)__builtin_popcountll(m.lines);
    if ((m.quotes | p->inside) == 0)
        return m.others;
    p->seen.quotes = true;
    return m.quotes | (m.others & ~hg_mask_enclosed(m.quotes, &p->inside));
}

/* The loop over a text, of which the last block is filled up. Written out for each way,
 * for what it does with a block must be inlined. */
#define INDEXER(name, look, flatten)                                                     \
    static hg_csv_marks name(uint32_t *to, const char *text, size_t n)                   \
    {                                                                                    \
        const uint32_t *start = to;                                                      \
        progress p = { 0 };                                                              \
        size_t at = 0;                                                                   \
        for (; n - at >= BLOCK; at += BLOCK)                                             \
            to = flatten(to, marks(look(text + at), &p), (uint32_t)at);                  \
        char rest[BLOCK] = { 0 };                                                        \
        if (n > at)                                                                      \
            memcpy(rest, text + at, n - at);                                             \
        to = flatten(to, marks(look(rest), &p), (uint32_t)at);                           \
        p.seen.n = (size_t)(to - start);                                                 \
        return p.seen;                                                                   \
    }

/* ---- portable: eight bytes in a word ---- */

static masks look(const char *p)
{
    masks m = { 0, 0, 0 };
    for (int i = 0; i < BLOCK / 8; i++) {
        uint64_t w = hg_eight_load(p + 8 * i), lines = hg_eight_equal(w, '\n');
        m.quotes |= hg_mask_gathered(hg_eight_equal(w, '"')) << 8 * i;
        m.lines |= hg_mask_gathered(lines) << 8 * i;
        m.others |= hg_mask_gathered(hg_eight_equal(w, ',') | lines) << 8 * i;
    }
    return m;
}

static inline uint32_t *flatten(uint32_t *to, uint64_t bits, uint32_t base)
{
    for (; bits != 0; bits &= bits - 1)
        *to++ = base + (uint32_t)__builtin_ctzll(bits);
    return to;
}

INDEXER(index_portable, look, flatten)

/* ---- AVX2: thirty-two bytes at once ---- */

#if HG_MASK_AVX2
HG_MASK_TARGET static inline masks look_avx2(const char *p)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    uint64_t lines = hg_mask_avx2(low, high, '\n');
    return (masks){ hg_mask_avx2(low, high, '"'), lines,
                    hg_mask_avx2(low, high, ',') | lines };
}

/* Eight at a time, some of them for nothing: cheaper than a branch for each. */
HG_MASK_TARGET static inline uint32_t *flatten_avx2(uint32_t *to, uint64_t bits,
                                                    uint32_t base)
{
    uint32_t *end = to + _mm_popcnt_u64(bits);
    for (; to < end; to += 8)
        for (int i = 0; i < 8; i++) {
            to[i] = base + (uint32_t)_tzcnt_u64(bits);
            bits = _blsr_u64(bits);
        }
    return end;
}

HG_MASK_TARGET INDEXER(index_avx2, look_avx2, flatten_avx2)

/* ---- AVX-512: sixty-four bytes at once ---- */

HG_MASK_TARGET_512 static inline masks look_avx512(const char *p)
{
    __m512i all = _mm512_loadu_si512(p);
    uint64_t lines = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\n'));
    uint64_t commas = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8(','));
    return (masks){ _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('"')), lines,
                    commas | lines };
}

/* The places of all marks of the block are pushed together, then widened by sixteens. */
HG_MASK_TARGET_512 static inline uint32_t *flatten_avx512(uint32_t *to, uint64_t bits,
                                                          uint32_t base)
{
    static const char places[BLOCK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63,
    };
    uint32_t *end = to + _mm_popcnt_u64(bits);
    __m512i from = _mm512_set1_epi32((int)base);
    __m512i left = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(places));
    for (; to < end; to += 16) {
        __m512i some = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(left));
        _mm512_storeu_si512(to, _mm512_add_epi32(some, from));
        left = _mm512_alignr_epi64(left, left, 2);
    }
    return end;
}

HG_MASK_TARGET_512 INDEXER(index_avx512, look_avx512, flatten_avx512)

hg_csv_indexer *hg_csv_index_way(unsigned i)
{
    hg_csv_indexer *ways[4] = { 0 };
    unsigned n = 0;
    if (hg_mask_has_avx512())
        ways[n++] = index_avx512;
    if (hg_mask_has_avx2())
        ways[n++] = index_avx2;
    ways[n] = index_portable;
    return i <= n ? ways[i] : NULL;
}

#else
hg_csv_indexer *hg_csv_index_way(unsigned i)
{
    return i == 0 ? index_portable : NULL;
}
#endif

hg_csv_marks hg_csv_index(uint32_t *to, const char *text, size_t n)
{
    return hg_csv_index_way(0)(to, text, n);
}
