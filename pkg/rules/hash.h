/* hash.h - keys as digests of 128 bits. */
#ifndef HG_RULES_HASH_H
#define HG_RULES_HASH_H

#include "base/buf.h"

/*
 * SipHash-1-3 with 128 bits (Aumasson, Bernstein, "SipHash: a fast short-input PRF", 2012),
 * under a seed that whoever made the data does not know: no keys can be made to have one
 * digest, and those of n honest keys have with a chance of n^2 / 2^129.
 */
typedef struct hg_hash {
    uint64_t a, b;
} hg_hash;

typedef struct hg_seed {
    uint64_t a, b;
} hg_seed;

hg_hash hg_hash_of(hg_seed seed, hg_slice key);

/* That of a whole number. Numbers have different ones, from which they can be told. */
hg_hash hg_hash_of_number(int64_t number);
bool hg_hash_is_number(hg_hash hash, int64_t *number);

#endif
