/* digest - SHA-256 and its kin */
#define OPENSSL_SUPPRESS_DEPRECATED /* of SHA256_*(), see below */
#include "base/digest.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

/*
 * SHA-256, which every command needs, is made by the library's functions of its own:
 * EVP's are the same code behind a provider, whose start takes as long as a digest of a
 * megabyte, and a fourth of what a small command takes as a whole.
 */
struct hg_digest {
    SHA256_CTX sha256; /* unless there is a ctx */
    EVP_MD_CTX *ctx;
    const EVP_MD *kind;
    bool failed; /* told by hg_digest_hex(), so that putting needs no check */
};

hg_status hg_digest_new(hg_digest **out, hg_err *err)
{
    hg_digest *digest = *out = calloc(1, sizeof *digest);
    if (!digest)
        return hg_fail_nomem(err);
    SHA256_Init(&digest->sha256);
    return HG_OK;
}

static hg_status start(hg_digest **out, const EVP_MD *kind, hg_err *err)
{
    /* once for the process: without its configuration, which takes half of a start */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    hg_digest *digest = calloc(1, sizeof *digest);
    *out = NULL;
    if (digest)
        digest->ctx = EVP_MD_CTX_new();
    if (!digest || !digest->ctx || EVP_DigestInit_ex(digest->ctx, kind, NULL) != 1) {
        hg_digest_free(digest);
        return hg_fail_nomem(err);
    }
    digest->kind = kind;
    *out = digest;
    return HG_OK;
}

hg_status hg_digest_new_named(hg_digest **out, const char *algorithm, hg_err *err)
{
    static const struct {
        const char *name;
        const EVP_MD *(*kind)(void);
    } kinds[] = { { "md5", EVP_md5 },
                  { "sha1", EVP_sha1 },
                  { "sha256", EVP_sha256 },
                  { "sha512", EVP_sha512 } };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(algorithm, kinds[i].name) == 0)
            return start(out, kinds[i].kind(), err);
    *out = NULL;
    return hg_fail(err, HG_EARG, NULL, "the digest '%s' is not known", algorithm);
}

void hg_digest_put(hg_digest *digest, const void *bytes, size_t n)
{
    if (digest->ctx)
        digest->failed |= EVP_DigestUpdate(digest->ctx, bytes, n) != 1;
    else
        SHA256_Update(&digest->sha256, bytes, n);
}

/* End, and be ready to begin anew; gives the bytes of the digest, 0 where it failed. */
static unsigned finish(hg_digest *digest, unsigned char md[EVP_MAX_MD_SIZE])
{
    unsigned n = 0;
    if (!digest->ctx) {
        SHA256_Final(md, &digest->sha256);
        SHA256_Init(&digest->sha256);
        return SHA256_DIGEST_LENGTH;
    }
    if (digest->failed || EVP_DigestFinal_ex(digest->ctx, md, &n) != 1 || n > 64 ||
        EVP_DigestInit_ex(digest->ctx, digest->kind, NULL) != 1)
        return 0;
    return n;
}

hg_status hg_digest_text(hg_digest *digest, char hex[HG_DIGEST_MAX], hg_err *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned n = finish(digest, md);
    if (n == 0)
        return hg_fail_nomem(err);
    for (unsigned i = 0; i < n; i++) {
        hex[2 * i] = digits[md[i] >> 4];
        hex[2 * i + 1] = digits[md[i] & 15];
    }
    hex[2 * n] = '\0';
    return HG_OK;
}

hg_status hg_digest_hex(hg_digest *digest, char hex[HG_DIGEST_HEX], hg_err *err)
{
    char text[HG_DIGEST_MAX];
    hg_status st = hg_digest_text(digest, text, err);
    if (st == HG_OK)
        memcpy(hex, text, HG_DIGEST_HEX);
    return st;
}

void hg_digest_free(hg_digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->ctx);
    free(digest);
}

hg_status hg_digest_of(const void *bytes, size_t n, char hex[HG_DIGEST_HEX], hg_err *err)
{
    hg_digest *digest;
    hg_status st = hg_digest_new(&digest, err);
    if (st != HG_OK)
        return st;
    hg_digest_put(digest, bytes, n);
    st = hg_digest_hex(digest, hex, err);
    hg_digest_free(digest);
    return st;
}
