/* hash - keys as digests of 128 bits */
#include "rules/hash.h"

#include <string.h>

typedef struct state {
    uint64_t a, b, c, d;
} state;

static inline uint64_t rotate(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

static inline state rounds(state v, int n)
{
    for (; n > 0; n--) {
        v.a += v.b;
        v.c += v.d;
        v.b = rotate(v.b, 13) ^ v.a;
        v.d = rotate(v.d, 16) ^ v.c;
        v.a = rotate(v.a, 32) + v.d;
        v.c += v.b;
        v.d = rotate(v.d, 21) ^ v.a;
        v.b = rotate(v.b, 17) ^ v.c;
        v.c = rotate(v.c, 32);
    }
    return v;
}

static inline state take(state v, uint64_t word)
{
    v.d ^= word;
    v = rounds(v, 1);
    v.a ^= word;
    return v;
}

/* Up to eight bytes as a little-endian number, so that every machine has the same digest. */
static inline uint64_t word_of(const unsigned char *p, size_t n)
{
    uint64_t word = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (n == sizeof word) {
        memcpy(&word, p, sizeof word);
        return word;
    }
#endif
    for (size_t i = n; i > 0; i--)
        word = word << 8 | p[i - 1];
    return word;
}

hg_hash hg_hash_of(hg_seed seed, hg_slice key)
{
    state v = { seed.a ^ UINT64_C(0x736f6d6570736575), seed.b ^ UINT64_C(0x646f72616e646f6d),
                seed.a ^ UINT64_C(0x6c7967656e657261), seed.b ^ UINT64_C(0x7465646279746573) };
    const unsigned char *p = (const unsigned char *)key.p;
    size_t n = key.n;
    hg_hash hash;
    v.b ^= 0xee;
    for (; n >= 8; n -= 8, p += 8)
        v = take(v, word_of(p, 8));
    v = take(v, word_of(p, n) | (uint64_t)key.n << 56);
    v.c ^= 0xee;
    v = rounds(v, 3);
    hash.a = v.a ^ v.b ^ v.c ^ v.d;
    v.b ^= 0xdd;
    v = rounds(v, 3);
    hash.b = v.a ^ v.b ^ v.c ^ v.d;
    return hash;
}

/* ---- numbers ---- */

/* A permutation of all 64-bit numbers (the end of MurmurHash3; Austin Appleby, public
 * domain). */
static uint64_t mixed(uint64_t k)
{
    k ^= k >> 33;
    k *= UINT64_C(0xff51afd7ed558ccd);
    k ^= k >> 33;
    k *= UINT64_C(0xc4ceb9fe1a85ec53);
    return k ^ k >> 33;
}

hg_hash hg_hash_of_number(int64_t number)
{
    return (hg_hash){ mixed((uint64_t)number), (uint64_t)number };
}

bool hg_hash_is_number(hg_hash hash, int64_t *number)
{
    *number = (int64_t)hash.b;
    return hash.a == mixed(hash.b);
}
