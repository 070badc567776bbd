/* lanes_looks.h - the looks of table/lanes, at SIDE cells at a time; a file for each
 * number of them includes it, having said which instructions there are.
 *
 * Vectors are those of gcc and clang, which become instructions of the machine. A
 * comparison gives all ones or 0 in each of their parts.
 */
#ifndef SIDE
#error "lanes_looks.h is for lanes_4.c and lanes_8.c"
#endif

#include "table/lanes.h"
#include "base/eight.h"

#define LOOK   INSTRUCTIONS static
#define INLINE LOOK inline __attribute__((always_inline))

typedef uint64_t lanes __attribute__((vector_size(SIDE * 8), aligned(8), may_alias));
typedef int64_t truths __attribute__((vector_size(SIDE * 8), aligned(8)));

INLINE lanes at(const uint64_t *numbers, unsigned r)
{
    return *(const lanes *)(const void *)(numbers + r);
}

/* Bits for some cells after those before; begin with the bits of the first ones. */
typedef struct gathered {
    lanes good, bit;
} gathered;

INLINE void gather(gathered *g, truths good)
{
    g->good |= (lanes)good & g->bit;
    g->bit <<= SIDE;
}

INLINE uint64_t bits_of(const gathered *g)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < SIDE; i++)
        bits |= g->good[i];
    return bits;
}

/* The bits by which a cell's last byte becomes the highest. */
INLINE lanes shift_of(lanes size)
{
    return (64 - size * 8) & 63;
}

INLINE truths within(lanes value, hg_range range)
{
    return ((truths)value >= range.low) & ((truths)value <= range.high);
}

INLINE truths is_short(lanes size)
{
    return within(size, (hg_range){ 1, 8 });
}

/* Values of digits: all below ten. */
INLINE truths are_digits(lanes w)
{
    return (((w + HG_EACH(0x76)) | w) & HG_EACH(0x80)) == 0;
}

/* The number of eight values of digits, the last one highest; in sums of shifts, since a
 * product of 64 bits is no instruction of AVX2. */
INLINE lanes number_of(lanes w)
{
    w = ((w << 3) + (w << 1) + (w >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
    w = ((w << 6) + (w << 5) + (w << 2) + (w >> 16)) & UINT64_C(0x0000FFFF0000FFFF);
    return (w & UINT32_MAX) * 10000 + (w >> 32);
}

LOOK uint64_t digits(const hg_lanes *l, hg_range size)
{
    gathered g = { { 0 }, FIRST_BITS };
    for (unsigned r = 0; r < HG_LANES; r += SIDE) {
        lanes n = at(l->sizes, r), w = (at(l->words, r) ^ HG_EACH('0')) << shift_of(n);
        truths is = is_short(n) & within(n, size) & are_digits(w);
        gather(&g, is);
    }
    return bits_of(&g);
}

LOOK uint64_t numbers(const hg_lanes *l, hg_range size, hg_range value)
{
    gathered g = { { 0 }, FIRST_BITS };
    for (unsigned r = 0; r < HG_LANES; r += SIDE) {
        lanes n = at(l->sizes, r), w = (at(l->words, r) ^ HG_EACH('0')) << shift_of(n);
        truths is =
            is_short(n) & within(n, size) & are_digits(w) & within(number_of(w), value);
        gather(&g, is);
    }
    return bits_of(&g);
}

/* Those bytes that are c, all ones. */
INLINE lanes bytes_that_are(lanes w, char c)
{
    lanes x = w ^ HG_EACH(c);
    lanes high = ~(((x & HG_EACH(0x7F)) + HG_EACH(0x7F)) | x) & HG_EACH(0x80);
    return (high << 1) - (high >> 7);
}

/* The sum of bytes that are 0 or 1. */
INLINE lanes count_of(lanes sum)
{
    sum += sum >> 32;
    sum += sum >> 16;
    return (sum + (sum >> 8)) & 0xF;
}

LOOK uint64_t decimals(const hg_lanes *l, hg_range value)
{
    gathered g = { { 0 }, FIRST_BITS };
    for (unsigned r = 0; r < HG_LANES; r += SIDE) {
        lanes n = at(l->sizes, r), shift = shift_of(n), w = at(l->words, r) << shift;
        lanes points = bytes_that_are(w, '.');
        lanes before = (points - 1) & ~points; /* all ones where there is no point */
        lanes first = ((before << 8) | 0xFF) & ~before;
        lanes places = count_of(before & HG_EACH(1));
        lanes values = (w ^ (HG_EACH('0') << shift)) & ~first;
        lanes whole = (values & before) << ((64 - places * 8) & 63);
        lanes part = values & ~before;
        lanes number = number_of(whole);
        truths ends = (places == 8 - n) | (points >> 63 != 0);
        truths is = is_short(n) & ~ends & are_digits(values) & within(number, value) &
                    within(number - (lanes)(part != 0), value);
        gather(&g, is);
    }
    return bits_of(&g);
}

LOOK uint64_t sized(const hg_lanes *l, hg_range chars)
{
    gathered g = { { 0 }, FIRST_BITS };
    for (unsigned r = 0; r < HG_LANES; r += SIDE) {
        lanes n = at(l->sizes, r), w = at(l->words, r) << shift_of(n);
        lanes follow = (w & ~(w << 1) & HG_EACH(0x80)) >> 7;
        truths is = is_short(n) & within(n - count_of(follow), chars);
        gather(&g, is);
    }
    return bits_of(&g);
}

LOOK uint64_t dates(const hg_lanes *l)
{
    gathered g = { { 0 }, FIRST_BITS };
    for (unsigned r = 0; r < HG_LANES; r += SIDE) {
        lanes w = at(l->words, r) ^ UINT64_C(0x2D30302D30303030); /* "0000-00-" */
        lanes d = at(l->tails, r) >> 48 ^ 0x3030;
        lanes month = (w >> 40 & 0xFF) * 10 + (w >> 48 & 0xFF);
        lanes day = (d & 0xFF) * 10 + (d >> 8);
        lanes last = 30 + ((month ^ month >> 3) & 1) - ((lanes)(month == 2) & 2);
        lanes odd = (((w + UINT64_C(0x7F76767F76767676)) | w) & HG_EACH(0x80)) |
                    (((d + 0x7676) | d) & 0x8080);
        truths is = (at(l->sizes, r) == 10) & (odd == 0) &
                    within(month, (hg_range){ 1, 12 }) & (day >= 1) & (day <= last);
        gather(&g, is);
    }
    return bits_of(&g);
}

LOOK uint64_t known(const hg_lanes *l, const uint64_t words[HG_LANES_KNOWN])
{
    gathered g = { { 0 }, FIRST_BITS };
    uint64_t a = words[0], b = words[1], c = words[2], d = words[3];
    for (unsigned r = 0; r < HG_LANES; r += SIDE) {
        lanes n = at(l->sizes, r), w = at(l->words, r) << shift_of(n) | n;
        truths is =
            within(n, (hg_range){ 1, 7 }) & ((w == a) | (w == b) | (w == c) | (w == d));
        gather(&g, is);
    }
    return bits_of(&g);
}

#define LOOKS                                                                            \
    {                                                                                    \
        digits, numbers, decimals, sized, dates, known                                   \
    }
