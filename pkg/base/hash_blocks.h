/* hash_blocks.h - the inner functions of MD5 (RFC 1321) and of SHA-1, SHA-256 and SHA-512 (FIPS
 * 180-4): a state taken on by whole blocks of a message. base/digest pads and prints. */
#ifndef HG_BASE_HASH_BLOCKS_H
#define HG_BASE_HASH_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/* The words of a state: the first four, five or eight; of 64 bits for SHA-512 alone. */
typedef union hg_hash_state {
    uint32_t words[8];
    uint64_t longs[8];
} hg_hash_state;

/* Take on n blocks of 64 bytes, of SHA-512 128 bytes. */
typedef void hg_hash_blocks(hg_hash_state *state, const unsigned char *p, size_t n);

hg_hash_blocks hg_md5_blocks, hg_sha1_blocks, hg_sha256_blocks, hg_sha512_blocks;

#endif
