/* csv_index - where the quotes, delimiters and line ends of a text stand
 *
 * A block of 64 bytes becomes three masks of 64 bits; quotes, as a running parity, tell
 * what they enclose; the bits left are flattened into offsets (the structural index of
 * simdjson: Langdale, Lemire, "Parsing Gigabytes of JSON per Second", 2019).
 */
#include "format/csv_index.h"
#include "format/csv.h"
#include "format/masks.h"

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

hg_csv_marks hg_csv_index_portable(uint32_t *to, const char *text, size_t n)
{
    uint32_t *start = to;
    progress p = { 0 };
    size_t at = 0;
    for (; n - at >= BLOCK; at += BLOCK)
        to = flatten(to, marks(look(text + at), &p), (uint32_t)at);
    char rest[BLOCK] = { 0 };
    if (n > at)
        memcpy(rest, text + at, n - at);
    to = flatten(to, marks(look(rest), &p), (uint32_t)at);
    p.seen.n = (size_t)(to - start);
    return p.seen;
}

static size_t lines_portable(const char *text, size_t n)
{
    size_t lines = 0, at = 0;
    for (; n - at >= 8; at += 8)
        lines += (hg_eight_equal(hg_eight_load(text + at), '\n') >> 7) * HG_EACH(1) >> 56;
    for (; at < n; at++)
        lines += text[at] == '\n';
    return lines;
}

/* ---- AVX2: thirty-two bytes at once ---- */

#if HG_MASK_AVX2
HG_MASK_TARGET static inline masks look_avx2(const char *p)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
    uint64_t lines = hg_mask_avx2(low, high, '\n');
    return (masks){ hg_mask_avx2(low, high, '"'), lines, hg_mask_avx2(low, high, ',') | lines };
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

HG_MASK_TARGET static hg_csv_marks index_avx2(uint32_t *to, const char *text, size_t n)
{
    uint32_t *start = to;
    progress p = { 0 };
    size_t at = 0;
    for (; n - at >= BLOCK; at += BLOCK)
        to = flatten_avx2(to, marks(look_avx2(text + at), &p), (uint32_t)at);
    char rest[BLOCK] = { 0 };
    if (n > at)
        memcpy(rest, text + at, n - at);
    to = flatten_avx2(to, marks(look_avx2(rest), &p), (uint32_t)at);
    p.seen.n = (size_t)(to - start);
    return p.seen;
}

HG_MASK_TARGET static size_t lines_avx2(const char *text, size_t n)
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

#else
#define index_avx2 hg_csv_index_portable
#define lines_avx2 lines_portable
#endif

hg_csv_marks hg_csv_index(uint32_t *to, const char *text, size_t n)
{
    return (hg_mask_has_avx2() ? index_avx2 : hg_csv_index_portable)(to, text, n);
}

size_t hg_csv_lines(const char *text, size_t n)
{
    return (hg_mask_has_avx2() ? lines_avx2 : lines_portable)(text, n);
}
