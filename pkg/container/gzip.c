/* gzip - bytes out of gzip files */
#include "container/gzip.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 16) /* bytes read at once */

struct hg_gzip_in {
    int fd;
    const char *name;
    hg_inflate *inflate; /* of the member at hand; NULL between members */
    bool ended;          /* the input has */
    hg_slice in;       /* of block, not yet used */
    char block[BLOCK];
};

bool hg_gzip_is(hg_slice start)
{
    return start.n >= 3 && memcmp(start.p, "\x1F\x8B\x08", 3) == 0;
}

static hg_status fill(hg_gzip_in *g, hg_err *err)
{
    size_t got = 0;
    hg_status st = hg_file_read(g->fd, g->name, g->block, BLOCK, &got, err);
    g->in = (hg_slice){ g->block, got };
    g->ended = got == 0;
    return st;
}

/* Start on the member that follows the one that ended. */
static hg_status next_member(hg_gzip_in *g, hg_err *err)
{
    if (*g->in.p != '\x1F')
        return hg_fail(err, HG_EINPUT, HG_AT(g->name),
                       "something stands behind the gzip file");
    return hg_inflate_new_gzip(&g->inflate, err);
}

hg_status hg_gzip_in_read(hg_gzip_in *g, void *bytes, size_t n, size_t *got, hg_err *err)
{
    hg_status st = HG_OK;
    *got = 0;
    while (st == HG_OK && *got == 0) {
        if (g->in.n == 0 && !g->ended && (st = fill(g, err)) != HG_OK)
            break;
        if (!g->inflate && g->ended)
            break; /* behind the last member */
        if (!g->inflate && (st = next_member(g, err)) != HG_OK)
            break;
        hg_inflated how = hg_inflate_some(g->inflate, &g->in, bytes, n, got);
        if (how == HG_INFLATE_DAMAGED)
            st = hg_fail(err, HG_EINPUT, HG_AT(g->name), "the gzip file is damaged");
        else if (how == HG_INFLATE_MORE && *got == 0 && g->ended)
            st = hg_fail(err, HG_EINPUT, HG_AT(g->name), "the gzip file is cut off");
        if (how == HG_INFLATE_END) {
            hg_inflate_free(g->inflate);
            g->inflate = NULL;
        }
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
