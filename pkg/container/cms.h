/* cms.h - detached signatures: CMS (RFC 5652), DER, SHA-256, RSA or elliptic curves, with
 * the time of signing and the digest of the signer's certificate among what is signed
 * (RFC 5035). The only module that includes OpenSSL beside base/digest. */
#ifndef HG_CONTAINER_CMS_H
#define HG_CONTAINER_CMS_H

#include "base/buf.h"

#define HG_CMS_MAX ((size_t)1 << 20) /* bytes of a signature, a key or certificates */

/* ---- signing ---- */

/* A private key and its certificate. */
typedef struct hg_signer hg_signer;

/*
 * key: a PEM file, not protected by a passphrase, or a "pkcs11:" URI (RFC 7512), which
 * needs a provider or an engine of OpenSSL for it; a PIN stands in a file that the URI's
 * pin-source names. cert: a PEM file, the signer's certificate first, then those of its
 * issuers, which go along. HG_EARG    the key is not that of the certificate; a pin-value
 * in the URI (arguments are seen by everybody on the machine) HG_EINPUT  a file is
 * missing, or holds no key or no certificate in PEM HG_ESYS    the token cannot be used,
 * or OpenSSL has nothing to use it with
 */
hg_status hg_signer_new(hg_signer **out, const char *key, const char *cert, hg_err *err);

/* Whether others than its owner may read the key's file. */
bool hg_signer_exposed(const hg_signer *signer);

/*
 * Append the signature of n bytes to der. at: the time of signing, seconds since 1970.
 * With an RSA key the same bytes, key and time give the same signature. HG_EARG: the
 * certificate is not valid at that time. HG_ESYS: the key could not be used.
 */
hg_status hg_signer_sign(const hg_signer *signer, const void *bytes, size_t n, int64_t at,
                         hg_buf *der, hg_err *err);
void hg_signer_free(hg_signer *signer); /* NULL is fine */

/* ---- checking ---- */

/* Who signed, and when, as the signature says. */
typedef struct hg_signature {
    char subject[512], issuer[512]; /* of the certificate, RFC 4514, UTF-8 */
    char time[32];                  /* "2026-11-23T20:15:00Z"; "" if it does not say */
    bool trusted;                   /* the certificate leads to one of the anchors */
    char why[256];                  /* if not: OpenSSL's reason */
} hg_signature;

/*
 * Check a signature of n bytes. trust: a PEM file of trust anchors, any certificate in
 * which is one; NULL: none. The chain is checked for the time of signing, as far as the
 * signature proves it: who has the key of an expired certificate can still date a
 * signature back. HG_EINPUT  it is no signature of these bytes, not by one signer, or by
 * a digest weaker than SHA-256; trust is missing, or holds no certificate HG_ENOMEM
 */
hg_status hg_signature_check(hg_signature *signature, const char *name, hg_slice bytes,
                             hg_slice der, const char *trust, hg_err *err);

#endif
