/* digest.h - SHA-256 (FIPS 180-4), and others that a file was declared with. Of our own, since
 * libcrypto alone takes a millisecond to load, half of what a small command takes as a whole. */
#ifndef HG_BASE_DIGEST_H
#define HG_BASE_DIGEST_H

#include "base/err.h"

#define HG_DIGEST_HEX 65  /* 64 lower-case hexadecimal digits and a NUL */
#define HG_DIGEST_MAX 129 /* the same of the longest digest */

typedef struct hg_digest hg_digest;

hg_status hg_digest_new(hg_digest **out, hg_err *err); /* HG_ENOMEM; *out is then NULL */
/* The same for "md5", "sha1", "sha256" or "sha512". HG_EARG: any other. */
hg_status hg_digest_new_named(hg_digest **out, const char *algorithm, hg_err *err);
void hg_digest_put(hg_digest *digest, const void *bytes, size_t n);
/* Give the digest of all bytes put so far; the digest then starts anew. */
void hg_digest_hex(hg_digest *digest, char hex[HG_DIGEST_HEX]);
/* Likewise of any algorithm. */
void hg_digest_text(hg_digest *digest, char hex[HG_DIGEST_MAX]);
void hg_digest_free(hg_digest *digest); /* NULL is fine */

/* The digest of one run of bytes. */
void hg_digest_of(const void *bytes, size_t n, char hex[HG_DIGEST_HEX]);

#endif
