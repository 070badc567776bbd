/* csv_index - where the quotes, delimiters and line ends of a text stand
 *
 * A block of 64 bytes becomes three masks of 64 bits; quotes, as a running parity, tell
 * what they enclose; the bits left are flattened into offsets (the structural index of
 * simdjson: Langdale, Lemire, "Parsing Gigabytes of JSON per Second", 2019).
 */
#include "format/csv_index.h"
#include "format/csv.h"

#include <stdbool.h>
#include <string.h>

#if defined __x86_64__ && !defined HG_PORTABLE
#define AVX2 1
#include <immintrin.h>
#else
#define AVX2 0
#endif

#define BLOCK 64

typedef struct masks {
    uint64_t quotes, others;
} masks;

/* Take away the others that quotes enclose. *inside is all ones where the block starts
 * inside quotes, otherwise 0. */
static inline uint64_t marks(masks m, uint64_t *inside)
{
    if ((m.quotes | *inside) == 0)
        return m.others;
    uint64_t in = m.quotes;
    for (int shift = 1; shift < 64; shift *= 2)
        in ^= in << shift;
    in ^= *inside;
    *inside = (uint64_t)0 - (in >> 63);
    return m.quotes | (m.others & ~in);
}

/* ---- portable: eight bytes in a word ---- */

#define EACH(byte) ((uint64_t)(byte) * UINT64_C(0x0101010101010101))

/* Eight bytes, the first one lowest. */
static inline uint64_t word(const char *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* The high bit of each byte of w that is c. */
static inline uint64_t equal(uint64_t w, unsigned char c)
{
    uint64_t x = w ^ EACH(c);
    return ~(((x & EACH(0x7F)) + EACH(0x7F)) | x) & EACH(0x80);
}

/* High bits of bytes as eight bits, the first one lowest. */
static inline uint64_t gathered(uint64_t high)
{
    return ((high >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static masks look(const char *p)
{
    masks m = { 0, 0 };
    for (int i = 0; i < BLOCK / 8; i++) {
        uint64_t w = word(p + 8 * i);
        m.quotes |= gathered(equal(w, '"')) << 8 * i;
        m.others |= gathered(equal(w, ',') | equal(w, '\n')) << 8 * i;
    }
    return m;
}

static inline uint32_t *flatten(uint32_t *to, uint64_t bits, uint32_t base)
{
    for (; bits != 0; bits &= bits - 1)
        *to++ = base + (uint32_t)__builtin_ctzll(bits);
    return to;
}

size_t hg_csv_index_portable(uint32_t *to, const char *text, size_t n)
{
    uint32_t *start = to;
    uint64_t inside = 0;
    size_t at = 0;
    for (; n - at >= BLOCK; at += BLOCK)
        to = flatten(to, marks(look(text + at), &inside), (uint32_t)at);
    char rest[BLOCK] = { 0 };
    if (n > at)
        memcpy(rest, text + at, n - at);
    to = flatten(to, marks(look(rest), &inside), (uint32_t)at);
    return (size_t)(to - start);
}

static size_t lines_portable(const char *text, size_t n)
{
    size_t lines = 0, at = 0;
    for (; n - at >= 8; at += 8)
        lines += (equal(word(text + at), '\n') >> 7) * EACH(1) >> 56;
    for (; at < n; at++)
        lines += text[at] == '\n';
    return lines;
}

/* ---- AVX2: thirty-two bytes at once ---- */

#if AVX2
#define TARGET __attribute__((target("avx2,bmi,popcnt")))

TARGET static inline uint64_t equal_avx2(__m256i low, __m256i high, char c)
{
    __m256i all = _mm256_set1_epi8(c);
    uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, all));
    uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, all));
    return a | (uint64_t)b << 32;
}

TARGET static inline masks look_avx2(const char *p)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    return (masks){ equal_avx2(low, high, '"'),
                    equal_avx2(low, high, ',') | equal_avx2(low, high, '\n') };
}

/* Eight at a time, some of them for nothing: cheaper than a branch for each. */
TARGET static inline uint32_t *flatten_avx2(uint32_t *to, uint64_t bits, uint32_t base)
{
    uint32_t *end = to + _mm_popcnt_u64(bits);
    for (; to < end; to += 8)
        for (int i = 0; i < 8; i++) {
            to[i] = base + (uint32_t)_tzcnt_u64(bits);
            bits = _blsr_u64(bits);
        }
    return end;
}

TARGET static size_t index_avx2(uint32_t *to, const char *text, size_t n)
{
    uint32_t *start = to;
    uint64_t inside = 0;
    size_t at = 0;
    for (; n - at >= BLOCK; at += BLOCK)
        to = flatten_avx2(to, marks(look_avx2(text + at), &inside), (uint32_t)at);
    char rest[BLOCK] = { 0 };
    if (n > at)
        memcpy(rest, text + at, n - at);
    to = flatten_avx2(to, marks(look_avx2(rest), &inside), (uint32_t)at);
    return (size_t)(to - start);
}

TARGET static size_t lines_avx2(const char *text, size_t n)
{
    size_t lines = 0, at = 0;
    __m256i all = _mm256_set1_epi8('\n');
    for (; n - at >= 32; at += 32) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(text + at));
        uint32_t found = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, all));
        lines += (size_t)_mm_popcnt_u32(found);
    }
    return lines + lines_portable(text + at, n - at);
}

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("popcnt");
}
#else
#define index_avx2 hg_csv_index_portable
#define lines_avx2 lines_portable
static bool has_avx2(void)
{
    return false;
}
#endif

size_t hg_csv_index(uint32_t *to, const char *text, size_t n)
{
    return (has_avx2() ? index_avx2 : hg_csv_index_portable)(to, text, n);
}

size_t hg_csv_lines(const char *text, size_t n)
{
    return (has_avx2() ? lines_avx2 : lines_portable)(text, n);
}
