/* xls_crypt - old workbooks that are encrypted with the password that everybody knows */
#include "workbook/xls_crypt.h"
#include "base/digest.h"
#include "workbook/ole.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK  1024 /* bytes of the stream that have a key */
#define SALT   16
#define LONGEST 20 /* bytes of a digest */

/* "VelvetSweatshop" in UTF-16 */
static const unsigned char password[] = "V\0e\0l\0v\0e\0t\0S\0w\0e\0a\0t\0s\0h\0o\0p";
#define PASSWORD (sizeof password) /* its last NUL is the upper half of the p */

/* [MS-XLS] 2.2.10: what is not encrypted, though its file is */
static const uint16_t plain[] = { 0x0809, 0x002F, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138 };
#define SHEET 0x0085 /* the place of a sheet, its first 4 bytes, is neither */

/* What [MS-OFFCRYPTO] 2.3.7.2 makes of the password: a key and a verifier, which stand in the
 * file, and the bytes that go round. */
#define XOR_KEY      0xB359
#define XOR_VERIFIER 0x9A0A
static const unsigned char xor_bytes[16] = { 0x87, 0x6B, 0x9A, 0xE2, 0x1E, 0xE3, 0x05, 0x62,
                                             0x1E, 0x69, 0x96, 0x60, 0x98, 0x6E, 0x94, 0x04 };

struct hg_xls_crypt {
    hg_digest *digest;  /* NULL: not RC4 but XOR, without what follows */
    size_t digest_size; /* 16 of MD5, 20 of SHA-1 */
    unsigned char start[LONGEST];
    size_t start_size, key_size; /* bytes of what keys are made of, and of a key */
    /* RC4 within a block: */
    uint64_t block; /* + 1; 0: none */
    size_t used;    /* bytes of it */
    unsigned char s[256], i, j;
};

/* ---- RC4 ---- */

static void set_key(hg_xls_crypt *c, const unsigned char *key, size_t n)
{
    for (unsigned i = 0; i < 256; i++)
        c->s[i] = (unsigned char)i;
    for (unsigned i = 0, j = 0; i < 256; i++) {
        unsigned char si = c->s[i];
        j = (j + si + key[i % n]) & 255;
        c->s[i] = c->s[j];
        c->s[j] = si;
    }
    c->i = c->j = 0;
    c->used = 0;
}

static unsigned char next_byte(hg_xls_crypt *c)
{
    unsigned char si = c->s[++c->i], sj = c->s[c->j = (unsigned char)(c->j + si)];
    c->s[c->i] = sj;
    c->s[c->j] = si;
    c->used++;
    return c->s[(unsigned char)(si + sj)];
}

/* ---- XOR ---- */

/* 2.3.7.3; at is that of p in the stream, within a record of size bytes. */
static void unmask(uint64_t at, size_t size, unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned byte = p[i] ^ xor_bytes[(at + size + i) % sizeof xor_bytes];
        p[i] = (unsigned char)(byte >> 5 | byte << 3);
    }
}

/* The record is the key and the verifier, in BIFF8 behind the number of this method, 0. */
static bool is_unmasked(const unsigned char *p, size_t n)
{
    size_t from = n == 6 && hg_le16(p) == 0 ? 2 : 0;
    return n == from + 4 && hg_le16(p + from) == XOR_KEY &&
           hg_le16(p + from + 2) == XOR_VERIFIER;
}

/* ---- keys ---- */

/* The digest of two runs of bytes, one after the other. */
static void digest(hg_xls_crypt *c, hg_slice a, hg_slice b, unsigned char out[LONGEST])
{
    char hex[HG_DIGEST_MAX];
    hg_digest_put(c->digest, a.p, a.n);
    hg_digest_put(c->digest, b.p, b.n);
    hg_digest_text(c->digest, hex);
    for (size_t i = 0; i < c->digest_size; i++) {
        char two[3] = { hex[2 * i], hex[2 * i + 1], 0 };
        out[i] = (unsigned char)strtoul(two, NULL, 16);
    }
}

static hg_slice slice(const unsigned char *p, size_t n)
{
    return (hg_slice){ (const char *)p, n };
}

static void begin_block(hg_xls_crypt *c, uint64_t block)
{
    unsigned char key[LONGEST] = { 0 };
    unsigned char number[4] = { (unsigned char)block, (unsigned char)(block >> 8),
                                (unsigned char)(block >> 16), (unsigned char)(block >> 24) };
    digest(c, slice(c->start, c->start_size), slice(number, 4), key);
    if (c->key_size == 5 && c->digest_size == 20) /* a key of 40 bits is filled up */
        memset(key + 5, 0, sizeof key - 5);
    set_key(c, key, c->key_size == 5 ? 16 : c->key_size);
    c->block = block + 1;
}

static void decrypt(hg_xls_crypt *c, uint64_t at, unsigned char *p, size_t n)
{
    for (; n > 0; n--, at++, p++) {
        uint64_t block = at / BLOCK;
        size_t within = (size_t)(at % BLOCK);
        if (c->block != block + 1 || c->used > within)
            begin_block(c, block);
        while (c->used < within)
            next_byte(c);
        *p ^= next_byte(c);
    }
}

/* ---- the record that says how ---- */

/* 2.3.6.2: the first 5 bytes of a digest, with the salt, sixteen times over. */
static void start_md5(hg_xls_crypt *c, const unsigned char *salt)
{
    unsigned char first[LONGEST], all[16 * (5 + SALT)];
    digest(c, slice(password, PASSWORD), slice(salt, 0), first);
    for (size_t i = 0; i < 16; i++) {
        memcpy(all + i * (5 + SALT), first, 5);
        memcpy(all + i * (5 + SALT) + 5, salt, SALT);
    }
    c->start_size = 5;
    c->key_size = 16;
    digest(c, slice(all, sizeof all), slice(salt, 0), c->start);
}

/* 2.3.5.2 */
static void start_sha1(hg_xls_crypt *c, const unsigned char *salt, unsigned bits)
{
    c->start_size = 20;
    c->key_size = bits / 8;
    digest(c, slice(salt, SALT), slice(password, PASSWORD), c->start);
}

/* Whether the password is right: what is encrypted, and its digest, fit each other. */
static bool fits(hg_xls_crypt *c, const unsigned char *text, const unsigned char *check)
{
    unsigned char bytes[16 + LONGEST], own[LONGEST];
    size_t n = c->digest_size;
    memcpy(bytes, text, 16);
    memcpy(bytes + 16, check, n);
    decrypt(c, 0, bytes, 16 + n);
    digest(c, slice(bytes, 16), slice(bytes, 0), own);
    return memcmp(own, bytes + 16, n) == 0;
}

static hg_status start(hg_xls_crypt *c, const char *algorithm, size_t size, hg_err *err)
{
    c->digest_size = size;
    return hg_digest_new_named(&c->digest, algorithm, err);
}

/* See how it is encrypted; *right: so that it can be read. */
static hg_status examine(hg_xls_crypt *c, const unsigned char *p, size_t n, bool *right,
                      hg_err *err)
{
    enum { MD5_SALT = 6, HEAD = 10, FIXED = 32 }; /* where it stands in the record */
    hg_status st = HG_OK;
    *right = is_unmasked(p, n);
    if (*right)
        return HG_OK;
    if (n >= MD5_SALT + 48 && hg_le16(p) == 1 && hg_le16(p + 2) == 1) {
        if ((st = start(c, "md5", 16, err)) != HG_OK)
            return st;
        start_md5(c, p + MD5_SALT);
        *right = fits(c, p + MD5_SALT + SALT, p + MD5_SALT + 32);
        return HG_OK;
    }
    size_t head = n >= HEAD + FIXED ? hg_le32(p + HEAD) : 0;
    if (head < FIXED || hg_le16(p) != 1 || hg_le16(p + 4) != 2 ||
        n - HEAD - 4 < head || n - HEAD - 4 - head < 4 + SALT + 16 + 4 + 20)
        return HG_OK;
    unsigned bits = hg_le32(p + HEAD + 4 + 16);
    const unsigned char *salt = p + HEAD + 4 + head + 4;
    bits = bits == 0 ? 40 : bits;
    if (hg_le32(p + HEAD + 4 + 8) != 0x6801 || bits < 40 || bits > 128 || bits % 8 != 0)
        return HG_OK;
    if ((st = start(c, "sha1", 20, err)) != HG_OK)
        return st;
    start_sha1(c, salt, bits);
    *right = fits(c, salt + SALT, salt + SALT + 16 + 4);
    return HG_OK;
}

hg_status hg_xls_crypt_new(hg_xls_crypt **out, const unsigned char *p, size_t n,
                           const hg_loc *loc, hg_err *err)
{
    hg_xls_crypt *c = calloc(1, sizeof *c);
    bool right = false;
    *out = NULL;
    if (!c)
        return hg_fail_nomem(err);
    hg_status st = examine(c, p, n, &right, err);
    if (st == HG_OK && !right)
        st = hg_fail(err, HG_EINPUT, loc,
                     "a workbook locked with a password; save it as .xlsx without one");
    if (st == HG_OK)
        *out = c;
    else
        hg_xls_crypt_free(c);
    return st;
}

void hg_xls_crypt_record(hg_xls_crypt *c, uint16_t id, uint64_t at, unsigned char *data,
                         size_t n)
{
    size_t from = id == SHEET && n >= 4 ? 4 : 0;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (id == plain[i])
            return;
    if (c->digest)
        decrypt(c, at + 4 + from, data + from, n - from);
    else
        unmask(at + 4 + from, n, data + from, n - from);
}

void hg_xls_crypt_free(hg_xls_crypt *c)
{
    if (!c)
        return;
    hg_digest_free(c->digest);
    free(c);
}
