/* cms - detached signatures */
#define OPENSSL_SUPPRESS_DEPRECATED    /* engines: Debian 12 has one for tokens, no      \
                                          provider */
#include "container/cms.h"
#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/engine.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/store.h>
#include <openssl/ui.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

struct hg_signer {
    EVP_PKEY *key;
    STACK_OF(X509) * certs; /* the signer's, then its issuers' */
    ENGINE *engine;         /* which holds the key, or NULL */
    char *cert_name;
    bool exposed;
};

/* What OpenSSL says of its last failure; its list of failures is emptied. */
static const char *reason(void)
{
    const char *why = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return why ? why : "?";
}

/* A file's bytes as a BIO that borrows them from buf. */
static hg_status load(BIO **bio, hg_buf *buf, const char *name, hg_err *err)
{
    *bio = NULL;
    buf->max = HG_CMS_MAX;
    hg_status st = hg_file_load(buf, name, err);
    if (st == HG_OK &&
        !(*bio = BIO_new_mem_buf(buf->data ? buf->data : "", (int)buf->len)))
        st = hg_fail_nomem(err);
    return st;
}

/* All certificates of a PEM file, in its order. */
static hg_status load_certs(STACK_OF(X509) * *certs, const char *name, hg_err *err)
{
    hg_buf text = { 0 };
    BIO *bio;
    X509 *cert;
    hg_status st = load(&bio, &text, name, err);
    *certs = sk_X509_new_null();
    if (st == HG_OK && !*certs)
        st = hg_fail_nomem(err);
    while (st == HG_OK && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL)
        if (!sk_X509_push(*certs, cert)) {
            X509_free(cert);
            st = hg_fail_nomem(err);
        }
    ERR_clear_error(); /* the last read always fails: there is no further certificate */
    if (st == HG_OK && sk_X509_num(*certs) == 0)
        st = hg_fail(err, HG_EINPUT, HG_AT(name), "the file holds no certificate in PEM");
    BIO_free(bio);
    hg_buf_release(&text);
    return st;
}

/* ---- the key ---- */

/* No passphrase, rather than a question at a terminal. */
static int no_passphrase(char *text, int size, int writing, void *data)
{
    (void)text, (void)size, (void)writing, (void)data;
    return -1;
}

static hg_status load_key_file(hg_signer *signer, const char *name, hg_err *err)
{
    hg_buf text = { 0 };
    struct stat info;
    BIO *bio;
    hg_status st = load(&bio, &text, name, err);
    if (st == HG_OK) {
        signer->exposed = stat(name, &info) == 0 && (info.st_mode & 077) != 0;
        signer->key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
    }
    if (st == HG_OK && !signer->key)
        st = hg_fail(err, HG_EINPUT, HG_AT(name),
                     "the file holds no private key in PEM without a passphrase (%s)",
                     reason());
    BIO_free(bio);
    if (text.data)
        OPENSSL_cleanse(text.data, text.len);
    hg_buf_release(&text);
    return st;
}

/* The key of a URI by a provider of OpenSSL; NULL if there is none for it. */
static EVP_PKEY *provided_key(const char *uri)
{
    EVP_PKEY *key = NULL;
    OSSL_STORE_CTX *store = OSSL_STORE_open(uri, UI_null(), NULL, NULL, NULL);
    while (store && !key && !OSSL_STORE_eof(store)) {
        OSSL_STORE_INFO *info = OSSL_STORE_load(store);
        if (info && OSSL_STORE_INFO_get_type(info) == OSSL_STORE_INFO_PKEY)
            key = OSSL_STORE_INFO_get1_PKEY(info);
        OSSL_STORE_INFO_free(info);
        if (!info && OSSL_STORE_error(store))
            break;
    }
    OSSL_STORE_close(store);
    return key;
}

/* The same by the engine "pkcs11", which OpenSSL loads from its own folder. */
static EVP_PKEY *engine_key(hg_signer *signer, const char *uri)
{
    ENGINE_load_dynamic();
    ENGINE *engine = ENGINE_by_id("pkcs11");
    if (!engine || !ENGINE_init(engine)) {
        ENGINE_free(engine);
        return NULL;
    }
    ENGINE_free(engine); /* what ENGINE_init() took stays */
    signer->engine = engine;
    return ENGINE_load_private_key(engine, uri, (UI_METHOD *)UI_null(), NULL);
}

static hg_status load_token_key(hg_signer *signer, const char *uri, hg_err *err)
{
    if (strstr(uri, "pin-value"))
        return hg_fail(
            err, HG_EARG, NULL,
            "a PIN in an argument is seen by everybody on the machine; put it in "
            "a file and name that by pin-source=file:");
    signer->key = provided_key(uri);
    if (!signer->key)
        signer->key = engine_key(signer, uri);
    if (signer->key)
        return HG_OK;
    if (!signer->engine)
        return hg_fail(
            err, HG_ESYS, NULL,
            "OpenSSL has neither a provider nor an engine for pkcs11 keys (%s)",
            reason());
    return hg_fail(err, HG_ESYS, NULL, "the token gives no such key (%s)", reason());
}

hg_status hg_signer_new(hg_signer **out, const char *key, const char *cert, hg_err *err)
{
    hg_signer *signer = calloc(1, sizeof *signer);
    *out = NULL;
    if (!signer || !(signer->cert_name = strdup(cert))) {
        free(signer);
        return hg_fail_nomem(err);
    }
    ERR_clear_error();
    hg_status st = load_certs(&signer->certs, cert, err);
    if (st == HG_OK)
        st = strncmp(key, "pkcs11:", 7) == 0 ? load_token_key(signer, key, err)
                                             : load_key_file(signer, key, err);
    if (st == HG_OK &&
        X509_check_private_key(sk_X509_value(signer->certs, 0), signer->key) != 1) {
        ERR_clear_error();
        st = hg_fail(err, HG_EARG, HG_AT(cert), "the key is not that of the certificate");
    }
    if (st == HG_OK)
        *out = signer;
    else
        hg_signer_free(signer);
    return st;
}

bool hg_signer_exposed(const hg_signer *signer)
{
    return signer->exposed;
}

void hg_signer_free(hg_signer *signer)
{
    if (!signer)
        return;
    EVP_PKEY_free(signer->key);
    sk_X509_pop_free(signer->certs, X509_free);
    if (signer->engine)
        ENGINE_finish(signer->engine);
    free(signer->cert_name);
    free(signer);
}

/* ---- signing ---- */

enum { FLAGS = CMS_BINARY | CMS_DETACHED | CMS_NOSMIMECAP };

static hg_status check_dates(const hg_signer *signer, time_t at, hg_err *err)
{
    const X509 *cert = sk_X509_value(signer->certs, 0);
    if (X509_cmp_time(X509_get0_notBefore(cert), &at) < 0 &&
        X509_cmp_time(X509_get0_notAfter(cert), &at) > 0)
        return HG_OK;
    return hg_fail(err, HG_EARG, HG_AT(signer->cert_name),
                   "the certificate is not valid at the time of signing");
}

/* RFC 5652 11.3: UTCTime until 2049, which is what ASN1_TIME_set() chooses. */
static bool add_time(CMS_SignerInfo *info, time_t at)
{
    ASN1_TIME *time = ASN1_TIME_set(NULL, at);
    bool done = time && CMS_signed_add1_attr_by_NID(info, NID_pkcs9_signingTime,
                                                    ASN1_STRING_type(time), time, -1);
    ASN1_TIME_free(time);
    return done;
}

static CMS_ContentInfo *make(const hg_signer *signer, BIO *content, time_t at)
{
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, FLAGS | CMS_PARTIAL);
    CMS_SignerInfo *info =
        cms ? CMS_add1_signer(cms, sk_X509_value(signer->certs, 0), signer->key,
                              EVP_sha256(), FLAGS | CMS_PARTIAL | CMS_CADES)
            : NULL;
    bool done = info && add_time(info, at);
    for (int i = 1; done && i < sk_X509_num(signer->certs); i++)
        done = CMS_add1_cert(cms, sk_X509_value(signer->certs, i)) == 1;
    if (done && CMS_final(cms, content, NULL, FLAGS) == 1)
        return cms;
    CMS_ContentInfo_free(cms);
    return NULL;
}

hg_status hg_signer_sign(const hg_signer *signer, const void *bytes, size_t n, int64_t at,
                         hg_buf *der, hg_err *err)
{
    hg_status st = check_dates(signer, (time_t)at, err);
    if (st != HG_OK)
        return st;
    unsigned char *made = NULL;
    BIO *content = BIO_new_mem_buf(bytes, (int)n);
    CMS_ContentInfo *cms = content ? make(signer, content, (time_t)at) : NULL;
    int len = cms ? i2d_CMS_ContentInfo(cms, &made) : -1;
    if (len > 0)
        hg_buf_put(der, made, (size_t)len);
    else
        st = hg_fail(err, HG_ESYS, HG_AT(signer->cert_name),
                     "the key makes no signature (%s)", reason());
    OPENSSL_free(made);
    CMS_ContentInfo_free(cms);
    BIO_free(content);
    return st == HG_OK ? hg_buf_status(der, err) : st;
}

/* ---- checking ---- */

static void keep_name(char *text, size_t size, const X509_NAME *name)
{
    BIO *bio = BIO_new(BIO_s_mem());
    int n = 0;
    if (bio &&
        X509_NAME_print_ex(bio, name, 0,
                           XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) > 0)
        n = BIO_read(bio, text, (int)size - 1);
    text[n > 0 ? n : 0] = '\0';
    BIO_free(bio);
}

/* The time of signing that is signed along; false where there is none. */
static bool signing_time(CMS_SignerInfo *info, struct tm *tm)
{
    int at = CMS_signed_get_attr_by_NID(info, NID_pkcs9_signingTime, -1);
    X509_ATTRIBUTE *attribute = at >= 0 ? CMS_signed_get_attr(info, at) : NULL;
    const ASN1_TYPE *type = attribute ? X509_ATTRIBUTE_get0_type(attribute, 0) : NULL;
    if (!type || (type->type != V_ASN1_UTCTIME && type->type != V_ASN1_GENERALIZEDTIME))
        return false;
    return ASN1_TIME_to_tm(type->value.asn1_string, tm) == 1;
}

/* Seconds since 1970 of a UTC time; timegm(3) is not in POSIX. */
static time_t seconds(const struct tm *tm)
{
    ASN1_TIME *from = ASN1_TIME_set(NULL, 0), *to = ASN1_TIME_new();
    int days = 0, rest = 0;
    char text[32];
    strftime(text, sizeof text, "%Y%m%d%H%M%SZ", tm);
    if (from && to && ASN1_TIME_set_string(to, text))
        ASN1_TIME_diff(&days, &rest, from, to);
    ASN1_TIME_free(from);
    ASN1_TIME_free(to);
    return (time_t)days * 86400 + rest;
}

/* Whether the chain leads to an anchor at that time. A signer's certificate for any use
 * will do, as those of agencies are for documents, not for mail. */
static bool check_chain(hg_signature *signature, X509 *cert, STACK_OF(X509) * others,
                        STACK_OF(X509) * anchors, const struct tm *when)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    bool ready = store && context;
    for (int i = 0; ready && i < sk_X509_num(anchors); i++)
        ready = X509_STORE_add_cert(store, sk_X509_value(anchors, i)) == 1;
    ready = ready && X509_STORE_CTX_init(context, store, cert, others) == 1;
    if (ready) {
        X509_STORE_CTX_set_flags(context, X509_V_FLAG_PARTIAL_CHAIN);
        if (when)
            X509_STORE_CTX_set_time(context, 0, seconds(when));
        signature->trusted = X509_verify_cert(context) == 1;
        snprintf(signature->why, sizeof signature->why, "%s",
                 X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
    }
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    ERR_clear_error();
    return ready;
}

/* Digests that nobody can forge today: FIPS 180-4, those of 256 bits and more. */
static bool is_strong(CMS_SignerInfo *info)
{
    X509_ALGOR *digest;
    CMS_SignerInfo_get0_algs(info, NULL, NULL, &digest, NULL);
    int nid = OBJ_obj2nid(digest->algorithm);
    return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

static hg_status fail_signature(const char *name, hg_err *err)
{
    return hg_fail(err, HG_EINPUT, HG_AT(name), "the signature is wrong (%s)", reason());
}

/* Check that the bytes are what the one signer signed; *cert is then the signer's,
 * borrowed. */
static hg_status check_bytes(CMS_ContentInfo *cms, hg_slice bytes, const char *name,
                             X509 **cert, hg_err *err)
{
    enum { CHECK = CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY };
    STACK_OF(CMS_SignerInfo) *infos = CMS_get0_SignerInfos(cms);
    if (sk_CMS_SignerInfo_num(infos) != 1)
        return hg_fail(err, HG_EINPUT, HG_AT(name),
                       "the signature is not that of one signer");
    BIO *content = BIO_new_mem_buf(bytes.p, (int)bytes.n);
    bool right = content && CMS_verify(cms, NULL, NULL, content, NULL, CHECK) == 1;
    BIO_free(content);
    if (!right)
        return fail_signature(name, err);
    if (!is_strong(sk_CMS_SignerInfo_value(infos, 0)))
        return hg_fail(err, HG_EINPUT, HG_AT(name),
                       "the signature is by a digest weaker than SHA-256");
    CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(infos, 0), NULL, cert, NULL, NULL);
    return *cert ? HG_OK : fail_signature(name, err);
}

static hg_status tell(hg_signature *signature, CMS_ContentInfo *cms, X509 *cert,
                      STACK_OF(X509) * anchors, hg_err *err)
{
    struct tm when;
    CMS_SignerInfo *info = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    bool timed = signing_time(info, &when);
    keep_name(signature->subject, sizeof signature->subject, X509_get_subject_name(cert));
    keep_name(signature->issuer, sizeof signature->issuer, X509_get_issuer_name(cert));
    if (timed)
        strftime(signature->time, sizeof signature->time, "%Y-%m-%dT%H:%M:%SZ", &when);
    if (!anchors)
        return HG_OK;
    STACK_OF(X509) *others = CMS_get1_certs(cms);
    bool done = check_chain(signature, cert, others, anchors, timed ? &when : NULL);
    sk_X509_pop_free(others, X509_free);
    return done ? HG_OK : hg_fail_nomem(err);
}

hg_status hg_signature_check(hg_signature *signature, const char *name, hg_slice bytes,
                             hg_slice der, const char *trust, hg_err *err)
{
    STACK_OF(X509) *anchors = NULL;
    X509 *cert = NULL;
    const unsigned char *from = (const unsigned char *)der.p;
    *signature = (hg_signature){ 0 };
    ERR_clear_error();
    hg_status st = trust ? load_certs(&anchors, trust, err) : HG_OK;
    CMS_ContentInfo *cms =
        st == HG_OK ? d2i_CMS_ContentInfo(NULL, &from, (long)der.n) : NULL;
    if (st == HG_OK && (!cms || from != (const unsigned char *)der.p + der.n ||
                        OBJ_obj2nid(CMS_get0_type(cms)) != NID_pkcs7_signed))
        st = fail_signature(name, err);
    if (st == HG_OK)
        st = check_bytes(cms, bytes, name, &cert, err);
    if (st == HG_OK)
        st = tell(signature, cms, cert, anchors, err);
    CMS_ContentInfo_free(cms);
    sk_X509_pop_free(anchors, X509_free);
    return st;
}
