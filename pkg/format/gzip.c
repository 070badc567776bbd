/* gzip - bytes out of gzip files */
#include "format/gzip.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 16) /* bytes read at once */

/* Flags of a member's header, RFC 1952 2.3.1. */
enum { HEADER_CRC = 2, EXTRA = 4, NAME = 8, COMMENT = 16, RESERVED = 0xE0 };

struct hg_gzip_in {
    int fd;
    const char *name;
    hg_inflate *inflate; /* of the member at hand; NULL between members */
    uint32_t crc, length;
    bool begun, ended; /* a member was read; the input has ended */
    hg_slice in;       /* of block, not yet used */
    char block[BLOCK];
};

bool hg_gzip_is(hg_slice start)
{
    return start.n >= 3 && memcmp(start.p, "\x1F\x8B\x08", 3) == 0;
}

static hg_status damaged(const hg_gzip_in *g, const char *message, hg_err *err)
{
    return hg_fail(err, HG_EINPUT, HG_AT(g->name), message, "");
}

static hg_status fill(hg_gzip_in *g, hg_err *err)
{
    size_t got = 0;
    hg_status st = hg_file_read(g->fd, g->name, g->block, BLOCK, &got, err);
    g->in = (hg_slice){ g->block, got };
    g->ended = got == 0;
    return st;
}

/* The next byte of a header or trailer. */
static hg_status byte(hg_gzip_in *g, unsigned char *c, hg_err *err)
{
    if (g->in.n == 0 && fill(g, err) != HG_OK)
        return err->status;
    if (g->in.n == 0)
        return damaged(g, "the gzip file is cut off", err);
    *c = (unsigned char)*g->in.p++;
    g->in.n--;
    return HG_OK;
}

static hg_status skip(hg_gzip_in *g, size_t n, hg_err *err)
{
    unsigned char c;
    hg_status st = HG_OK;
    while (n-- > 0 && st == HG_OK)
        st = byte(g, &c, err);
    return st;
}

static hg_status skip_text(hg_gzip_in *g, hg_err *err)
{
    unsigned char c = 1;
    hg_status st = HG_OK;
    while (c != 0 && st == HG_OK)
        st = byte(g, &c, err);
    return st;
}

static hg_status header(hg_gzip_in *g, hg_err *err)
{
    unsigned char head[10], low = 0, high = 0;
    hg_status st = HG_OK;
    for (size_t i = 0; i < sizeof head && st == HG_OK; i++)
        st = byte(g, &head[i], err);
    if (st != HG_OK)
        return st;
    if (!hg_gzip_is((hg_slice){ (const char *)head, sizeof head }) ||
        (head[3] & RESERVED))
        return damaged(g,
                       g->begun ? "something stands behind the gzip file"
                                : "the gzip file is damaged",
                       err);
    if (head[3] & EXTRA) {
        st = byte(g, &low, err);
        if (st == HG_OK)
            st = byte(g, &high, err);
        if (st == HG_OK)
            st = skip(g, (size_t)low | (size_t)high << 8, err);
    }
    if (st == HG_OK && (head[3] & NAME))
        st = skip_text(g, err);
    if (st == HG_OK && (head[3] & COMMENT))
        st = skip_text(g, err);
    if (st == HG_OK && (head[3] & HEADER_CRC))
        st = skip(g, 2, err);
    g->begun = true;
    g->crc = g->length = 0;
    return st == HG_OK ? hg_inflate_new(&g->inflate, err) : st;
}

static hg_status trailer(hg_gzip_in *g, hg_err *err)
{
    uint32_t words[2] = { 0, 0 };
    hg_status st = HG_OK;
    hg_inflate_free(g->inflate);
    g->inflate = NULL;
    for (unsigned i = 0; i < 8 && st == HG_OK; i++) {
        unsigned char c = 0;
        st = byte(g, &c, err);
        words[i / 4] |= (uint32_t)c << 8 * (i % 4);
    }
    if (st == HG_OK && (words[0] != g->crc || words[1] != g->length))
        return damaged(g, "the gzip file is damaged", err);
    return st;
}

/* Inflate some of the member at hand. */
static hg_status some(hg_gzip_in *g, char *bytes, size_t n, size_t *got, hg_err *err)
{
    if (g->in.n == 0 && !g->ended && fill(g, err) != HG_OK)
        return err->status;
    hg_inflated how = hg_inflate_some(g->inflate, &g->in, bytes, n, got);
    if (how == HG_INFLATE_DAMAGED)
        return damaged(g, "the gzip file is damaged", err);
    if (how == HG_INFLATE_MORE && *got == 0 && g->ended)
        return damaged(g, "the gzip file is cut off", err);
    g->crc = hg_crc32(g->crc, bytes, *got);
    g->length += (uint32_t)*got;
    return how == HG_INFLATE_END ? trailer(g, err) : HG_OK;
}

hg_status hg_gzip_in_read(hg_gzip_in *g, void *bytes, size_t n, size_t *got, hg_err *err)
{
    hg_status st = HG_OK;
    *got = 0;
    while (st == HG_OK && *got == 0) {
        if (!g->inflate && g->in.n == 0 && (g->ended || (st = fill(g, err)) != HG_OK))
            return st;
        if (!g->inflate && g->in.n == 0 && g->begun)
            return HG_OK; /* the end */
        if (!g->inflate)
            st = header(g, err);
        if (st == HG_OK)
            st = some(g, bytes, n, got, err);
    }
    return st;
}

hg_status hg_gzip_in_new(hg_gzip_in **out, int fd, const char *name, hg_err *err)
{
    hg_gzip_in *g = *out = calloc(1, sizeof *g);
    if (!g)
        return hg_fail_nomem(err);
    g->fd = fd;
    g->name = name;
    return HG_OK;
}

void hg_gzip_in_free(hg_gzip_in *g)
{
    if (!g)
        return;
    hg_inflate_free(g->inflate);
    free(g);
}
