/* aside - the digest of a long text, taken on a thread of its own */
#include "base/aside.h"
#include "base/workers.h"

#include <stdlib.h>

struct hg_aside {
    hg_digest *digest;
    hg_workers *workers; /* NULL: not more than one piece was put */
    const void *bytes;   /* the piece put last */
    size_t n;
    bool begun; /* a piece was put */
};

static void digest(void *job)
{
    hg_aside *aside = job;
    hg_digest_put(aside->digest, aside->bytes, aside->n);
}

hg_status hg_aside_new(hg_aside **out, hg_err *err)
{
    hg_aside *aside = *out = calloc(1, sizeof *aside);
    hg_status st = aside ? hg_digest_new(&aside->digest, err) : hg_fail_nomem(err);
    if (st != HG_OK) {
        free(aside);
        *out = NULL;
    }
    return st;
}

/* A short text, which is one piece, is not worth a thread. */
hg_status hg_aside_put(hg_aside *aside, const void *bytes, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    if (aside->begun && !aside->workers && n > 0)
        st = hg_workers_new(&aside->workers, 1, 1, digest, err);
    if (st != HG_OK)
        return st;
    if (aside->workers)
        hg_workers_take(aside->workers);
    aside->bytes = bytes;
    aside->n = n;
    if (aside->workers && n > 0)
        hg_workers_give(aside->workers, aside);
    else
        digest(aside);
    aside->begun = true;
    return HG_OK;
}

void hg_aside_put_now(hg_aside *aside, const void *bytes, size_t n)
{
    if (aside->workers)
        hg_workers_take(aside->workers);
    hg_digest_put(aside->digest, bytes, n);
}

void hg_aside_hex(hg_aside *aside, char hex[HG_DIGEST_HEX])
{
    if (aside->workers)
        hg_workers_take(aside->workers);
    hg_digest_hex(aside->digest, hex);
}

void hg_aside_free(hg_aside *aside)
{
    if (!aside)
        return;
    hg_workers_free(aside->workers);
    hg_digest_free(aside->digest);
    free(aside);
}
