/* zstd - bytes through Zstandard */
#include "container/zstd.h"
#include "base/file.h"
#include "base/workers.h"

#include <stdlib.h>
#include <string.h>

#include <zstd.h>

/* ---- compressing ---- */

struct hg_zstd_out {
    int fd;
    char *name;
    ZSTD_CCtx *context;
    char *to;
    size_t room;
};

/*
 * Columns of numbers: few long matches, and short ones cost more than the digits they
 * stand for. So matches of 7 bytes at least, sought in tables that stay in the
 * processor's cache, and a window of 512 KiB, whose distances are short to write. Any one
 * worker or more gives the same bytes; none would give others.
 */
static const struct {
    ZSTD_cParameter key;
    int value;
} tuning[] = {
    { ZSTD_c_strategy, ZSTD_dfast }, { ZSTD_c_minMatch, 7 },  { ZSTD_c_windowLog, 19 },
    { ZSTD_c_hashLog, 16 },          { ZSTD_c_chainLog, 15 }, { ZSTD_c_checksumFlag, 1 },
};

static bool tune(ZSTD_CCtx *context, unsigned threads)
{
    if (threads == 0)
        threads = hg_workers_processors();
    if (threads > HG_WORKERS_THREADS)
        threads = HG_WORKERS_THREADS;
    for (size_t i = 0; i < sizeof tuning / sizeof *tuning; i++)
        if (ZSTD_isError(ZSTD_CCtx_setParameter(context, tuning[i].key, tuning[i].value)))
            return false;
    return !ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, (int)threads));
}

hg_status hg_zstd_out_new(hg_zstd_out **out, int fd, const char *name, unsigned threads,
                          hg_err *err)
{
    hg_zstd_out *zstd = calloc(1, sizeof *zstd);
    *out = NULL;
    if (!zstd)
        return hg_fail_nomem(err);
    zstd->fd = fd;
    zstd->room = ZSTD_CStreamOutSize();
    zstd->name = strdup(name);
    zstd->to = malloc(zstd->room);
    zstd->context = ZSTD_createCCtx();
    hg_status st = HG_OK;
    if (!zstd->name || !zstd->to || !zstd->context)
        st = hg_fail_nomem(err);
    else if (!tune(zstd->context, threads))
        st = hg_fail(err, HG_ESYS, HG_AT(name),
                     "this libzstd compresses without threads, which gives other bytes");
    if (st == HG_OK)
        *out = zstd;
    else
        hg_zstd_out_free(zstd);
    return st;
}

/* Give bytes to libzstd, and write what it gives; with ZSTD_e_end, until all is written.
 */
static hg_status push(hg_zstd_out *zstd, const void *bytes, size_t n,
                      ZSTD_EndDirective how, hg_err *err)
{
    ZSTD_inBuffer in = { bytes, n, 0 };
    for (bool more = true; more;) {
        ZSTD_outBuffer out = { zstd->to, zstd->room, 0 };
        size_t left = ZSTD_compressStream2(zstd->context, &out, &in, how);
        if (ZSTD_isError(left))
            return hg_fail_nomem(err); /* all else that can fail is a mistake of ours */
        hg_status st = hg_file_write(zstd->fd, zstd->name, zstd->to, out.pos, err);
        if (st != HG_OK)
            return st;
        more = how == ZSTD_e_end ? left > 0 : in.pos < in.size;
    }
    return HG_OK;
}

hg_status hg_zstd_out_put(hg_zstd_out *zstd, const void *bytes, size_t n, hg_err *err)
{
    return push(zstd, bytes, n, ZSTD_e_continue, err);
}

hg_status hg_zstd_out_end(hg_zstd_out *zstd, hg_err *err)
{
    return push(zstd, NULL, 0, ZSTD_e_end, err);
}

void hg_zstd_out_free(hg_zstd_out *zstd)
{
    if (!zstd)
        return;
    ZSTD_freeCCtx(zstd->context);
    free(zstd->to);
    free(zstd->name);
    free(zstd);
}

/* ---- inflating ---- */

struct hg_zstd_in {
    int fd;
    char *name;
    ZSTD_DCtx *context;
    char *bytes; /* room of them; [in.pos, in.size) are read but not used */
    size_t room;
    ZSTD_inBuffer in;
    uint64_t read, given; /* bytes so far */
    bool within;          /* a frame is not at its end */
};

bool hg_zstd_is(hg_slice start)
{
    return start.n >= 4 &&
           memcmp(start.p, "\x28\xb5\x2f\xfd", 4) == 0; /* RFC 8878 3.1.1 */
}

hg_status hg_zstd_in_new(hg_zstd_in **out, int fd, const char *name, hg_slice head,
                         hg_err *err)
{
    hg_zstd_in *zstd = calloc(1, sizeof *zstd);
    *out = NULL;
    if (!zstd)
        return hg_fail_nomem(err);
    zstd->fd = fd;
    zstd->room = ZSTD_DStreamInSize() > head.n ? ZSTD_DStreamInSize() : head.n;
    zstd->name = strdup(name);
    zstd->bytes = malloc(zstd->room);
    zstd->context = ZSTD_createDCtx();
    if (!zstd->name || !zstd->bytes || !zstd->context ||
        ZSTD_isError(
            ZSTD_DCtx_setParameter(zstd->context, ZSTD_d_windowLogMax, HG_ZSTD_WINDOW))) {
        hg_zstd_in_free(zstd);
        return hg_fail_nomem(err);
    }
    memcpy(zstd->bytes, head.p, head.n);
    zstd->in = (ZSTD_inBuffer){ zstd->bytes, head.n, 0 };
    zstd->read = head.n;
    *out = zstd;
    return HG_OK;
}

/* Read more; in.size is 0 at the end. */
static hg_status refill(hg_zstd_in *zstd, hg_err *err)
{
    size_t got;
    hg_status st = hg_file_read(zstd->fd, zstd->name, zstd->bytes, zstd->room, &got, err);
    zstd->in = (ZSTD_inBuffer){ zstd->bytes, st == HG_OK ? got : 0, 0 };
    zstd->read += zstd->in.size;
    return st;
}

static hg_status inflate(hg_zstd_in *zstd, ZSTD_outBuffer *out, hg_err *err)
{
    size_t before = out->pos;
    size_t left = ZSTD_decompressStream(zstd->context, out, &zstd->in);
    if (ZSTD_isError(left))
        return hg_fail(err, HG_EINPUT, HG_AT(zstd->name),
                       "the compressed file is damaged (%s)", ZSTD_getErrorName(left));
    zstd->within = left > 0;
    zstd->given += out->pos - before;
    if (zstd->given > HG_ZSTD_FREE && zstd->given / HG_ZSTD_RATIO > zstd->read)
        return hg_fail(err, HG_EINPUT, HG_AT(zstd->name),
                       "the compressed file grows more than %d-fold; it is refused",
                       HG_ZSTD_RATIO);
    return HG_OK;
}

hg_status hg_zstd_in_read(hg_zstd_in *zstd, void *bytes, size_t n, size_t *got,
                          hg_err *err)
{
    ZSTD_outBuffer out = { bytes, n, 0 };
    hg_status st = HG_OK;
    for (bool stuck = false; st == HG_OK && out.pos < n;) {
        size_t before = out.pos;
        if (zstd->in.pos == zstd->in.size && (stuck || !zstd->within)) {
            st = refill(zstd, err);
            if (st != HG_OK || zstd->in.size == 0)
                break;
        }
        st = inflate(zstd, &out, err); /* a frame may still hold bytes back */
        stuck = out.pos == before;
    }
    if (st == HG_OK && out.pos < n && zstd->within)
        st = hg_fail(err, HG_EINPUT, HG_AT(zstd->name), "the compressed file is cut off");
    *got = out.pos;
    return st;
}

void hg_zstd_in_free(hg_zstd_in *zstd)
{
    if (!zstd)
        return;
    ZSTD_freeDCtx(zstd->context);
    free(zstd->bytes);
    free(zstd->name);
    free(zstd);
}
