/* xz - bytes out of .xz files */
#include "container/xz.h"
#include "base/file.h"

#include <lzma.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 16) /* bytes read at once */

struct hg_xz_in {
    int fd;
    const char *name;
    lzma_stream stream;
    bool ended; /* the input has */
    uint8_t block[BLOCK];
};

bool hg_xz_is(hg_slice start)
{
    return start.n >= 6 && memcmp(start.p,
                                  "\xFD"
                                  "7zXZ\0",
                                  6) == 0;
}

hg_status hg_xz_in_new(hg_xz_in **out, int fd, const char *name, hg_err *err)
{
    hg_xz_in *xz = *out = calloc(1, sizeof *xz);
    if (!xz)
        return hg_fail_nomem(err);
    xz->fd = fd;
    xz->name = name;
    if (lzma_stream_decoder(&xz->stream, HG_XZ_MEMORY, LZMA_CONCATENATED) == LZMA_OK)
        return HG_OK;
    free(xz);
    *out = NULL;
    return hg_fail_nomem(err);
}

static hg_status failed(const hg_xz_in *xz, lzma_ret what, hg_err *err)
{
    if (what == LZMA_MEM_ERROR)
        return hg_fail_nomem(err);
    if (what == LZMA_MEMLIMIT_ERROR)
        return hg_fail(err, HG_EINPUT, HG_AT(xz->name),
                       "the xz file asks for too much memory");
    if (what == LZMA_BUF_ERROR)
        return hg_fail(err, HG_EINPUT, HG_AT(xz->name), "the xz file is cut off");
    return hg_fail(err, HG_EINPUT, HG_AT(xz->name), "the xz file is damaged");
}

hg_status hg_xz_in_read(hg_xz_in *xz, void *bytes, size_t n, size_t *got, hg_err *err)
{
    lzma_stream *s = &xz->stream;
    lzma_ret how = LZMA_OK;
    s->next_out = bytes;
    s->avail_out = n;
    while (s->avail_out > 0 && how == LZMA_OK) {
        size_t more = 0;
        if (s->avail_in == 0 && !xz->ended) {
            hg_status st = hg_file_read(xz->fd, xz->name, xz->block, BLOCK, &more, err);
            if (st != HG_OK)
                return st;
            s->next_in = xz->block;
            s->avail_in = more;
            xz->ended = more < BLOCK;
        }
        how = lzma_code(s, xz->ended ? LZMA_FINISH : LZMA_RUN);
    }
    *got = n - s->avail_out;
    return how == LZMA_OK || how == LZMA_STREAM_END ? HG_OK : failed(xz, how, err);
}

void hg_xz_in_free(hg_xz_in *xz)
{
    if (!xz)
        return;
    lzma_end(&xz->stream);
    free(xz);
}
