/* digest - SHA-256 */
#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

struct hg_digest {
    EVP_MD_CTX *ctx;
    bool failed; /* told by hg_digest_hex(), so that putting needs no check */
};

hg_status hg_digest_new(hg_digest **out, hg_err *err)
{
    hg_digest *digest = calloc(1, sizeof *digest);
    *out = NULL;
    if (digest)
        digest->ctx = EVP_MD_CTX_new();
    if (!digest || !digest->ctx ||
        EVP_DigestInit_ex(digest->ctx, EVP_sha256(), NULL) != 1) {
        hg_digest_free(digest);
        return hg_fail_nomem(err);
    }
    *out = digest;
    return HG_OK;
}

void hg_digest_put(hg_digest *digest, const void *bytes, size_t n)
{
    if (EVP_DigestUpdate(digest->ctx, bytes, n) != 1)
        digest->failed = true;
}

hg_status hg_digest_hex(hg_digest *digest, char hex[HG_DIGEST_HEX], hg_err *err)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char md[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    if (digest->failed || EVP_DigestFinal_ex(digest->ctx, md, &n) != 1 || n != 32 ||
        EVP_DigestInit_ex(digest->ctx, EVP_sha256(), NULL) != 1)
        return hg_fail_nomem(err);
    for (unsigned i = 0; i < n; i++) {
        hex[2 * i] = digits[md[i] >> 4];
        hex[2 * i + 1] = digits[md[i] & 15];
    }
    hex[64] = '\0';
    return HG_OK;
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
