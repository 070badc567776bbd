/* digest - SHA-256 and its kin: messages cut into blocks, padded, and their digests printed */
#include "base/digest.h"
#include "base/hash_blocks.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK 128 /* bytes of a block at most */

typedef struct recipe {
    const char *name;
    hg_hash_blocks *blocks;
    size_t block, bytes; /* of a block, and of the digest */
    bool little;         /* the least byte of a number comes first */
    hg_hash_state start;
} recipe;

static const recipe kinds[] = {
    { "sha256", hg_sha256_blocks, 64, 32, false,
      { .words = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
                   0x1f83d9ab, 0x5be0cd19 } } },
    { "sha512", hg_sha512_blocks, 128, 64, false,
      { .longs = { UINT64_C(0x6a09e667f3bcc908), UINT64_C(0xbb67ae8584caa73b),
                   UINT64_C(0x3c6ef372fe94f82b), UINT64_C(0xa54ff53a5f1d36f1),
                   UINT64_C(0x510e527fade682d1), UINT64_C(0x9b05688c2b3e6c1f),
                   UINT64_C(0x1f83d9abfb41bd6b), UINT64_C(0x5be0cd19137e2179) } } },
    { "sha1", hg_sha1_blocks, 64, 20, false,
      { .words = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 } } },
    { "md5", hg_md5_blocks, 64, 16, true,
      { .words = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 } } },
};

struct hg_digest {
    const recipe *kind;
    hg_hash_state state;
    uint64_t length; /* bytes put */
    unsigned char rest[BLOCK];
};

static void begin(hg_digest *digest)
{
    digest->state = digest->kind->start;
    digest->length = 0;
}

static hg_status start(hg_digest **out, const recipe *kind, hg_err *err)
{
    hg_digest *digest = *out = malloc(sizeof *digest);
    if (!digest)
        return hg_fail_nomem(err);
    digest->kind = kind;
    begin(digest);
    return HG_OK;
}

hg_status hg_digest_new(hg_digest **out, hg_err *err)
{
    return start(out, &kinds[0], err);
}

hg_status hg_digest_new_named(hg_digest **out, const char *algorithm, hg_err *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(algorithm, kinds[i].name) == 0)
            return start(out, &kinds[i], err);
    *out = NULL;
    return hg_fail(err, HG_EARG, NULL, "the digest '%s' is not known", algorithm);
}

void hg_digest_put(hg_digest *digest, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    size_t block = digest->kind->block, held = digest->length % block;
    digest->length += n;
    if (held > 0 && held + n >= block) {
        memcpy(digest->rest + held, p, block - held);
        digest->kind->blocks(&digest->state, digest->rest, 1);
        p += block - held;
        n -= block - held;
        held = 0;
    }
    if (n >= block) {
        digest->kind->blocks(&digest->state, p, n / block);
        p += n - n % block;
        n %= block;
    }
    if (n > 0)
        memcpy(digest->rest + held, p, n);
}

/* Put the end of a message: one bit, zeros, and its length in bits, in as many bytes as an
 * eighth of a block has. */
static void pad(hg_digest *digest)
{
    unsigned char end[2 * BLOCK] = { 0x80 };
    size_t block = digest->kind->block, held = digest->length % block;
    size_t n = (held < block - block / 8 ? block : 2 * block) - held;
    uint64_t bits = digest->length * 8; /* of 2^64 bits and more there are none */
    for (size_t i = 0; i < 8; i++)
        end[digest->kind->little ? n - 8 + i : n - 1 - i] = (unsigned char)(bits >> 8 * i);
    hg_digest_put(digest, end, n);
}

/* Byte i of the digest: the words one after the other. */
static unsigned char byte_at(const hg_digest *digest, size_t i)
{
    const hg_hash_state *s = &digest->state;
    if (digest->kind->block == BLOCK)
        return (unsigned char)(s->longs[i / 8] >> (56 - i % 8 * 8));
    size_t shift = i % 4 * 8;
    return (unsigned char)(s->words[i / 4] >> (digest->kind->little ? shift : 24 - shift));
}

void hg_digest_text(hg_digest *digest, char hex[HG_DIGEST_MAX])
{
    static const char digits[] = "0123456789abcdef";
    size_t n = digest->kind->bytes;
    pad(digest);
    for (size_t i = 0; i < n; i++) {
        hex[2 * i] = digits[byte_at(digest, i) >> 4];
        hex[2 * i + 1] = digits[byte_at(digest, i) & 15];
    }
    hex[2 * n] = '\0';
    begin(digest);
}

void hg_digest_hex(hg_digest *digest, char hex[HG_DIGEST_HEX])
{
    char text[HG_DIGEST_MAX];
    hg_digest_text(digest, text);
    memcpy(hex, text, HG_DIGEST_HEX);
}

void hg_digest_free(hg_digest *digest)
{
    free(digest);
}

void hg_digest_of(const void *bytes, size_t n, char hex[HG_DIGEST_HEX])
{
    hg_digest digest = { .kind = &kinds[0] };
    begin(&digest);
    hg_digest_put(&digest, bytes, n);
    hg_digest_hex(&digest, hex);
}
