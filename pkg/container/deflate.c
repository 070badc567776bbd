/* deflate - deflate streams made and read */
#include "container/deflate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <zlib.h>

/* zlib's -15 stands for raw deflate and a window of 2^15 bytes; 9 is the most memory for
 * symbols: fewer, larger Huffman blocks, which are smaller by 0.1 %. */
enum { LEVEL = 6, RAW = -15, MEMORY = 9, FAST_LEVEL = 1 };
/* Of level 6 all but how long is sought: half as many places, and no match longer than 64
 * is bettered. A sixth of the time less for 0.3 % more bytes on tables of numbers. */
enum { GOOD = 8, LAZY = 16, NICE = 64, CHAIN = 64 };

struct hg_deflate {
    hg_deflate_kind kind;
    z_stream small;
    struct isal_zstream fast;
    unsigned char *fast_memory;
};

hg_status hg_deflate_new(hg_deflate **out, hg_deflate_kind kind, hg_err *err)
{
    hg_deflate *deflate = calloc(1, sizeof *deflate);
    bool made = deflate != NULL;
    *out = NULL;
    if (made && kind == HG_DEFLATE_SMALL)
        made = deflateInit2(&deflate->small, LEVEL, Z_DEFLATED, RAW, MEMORY,
                            Z_DEFAULT_STRATEGY) == Z_OK;
    else if (made)
        made = (deflate->fast_memory = malloc(ISAL_DEF_LVL1_DEFAULT)) != NULL;
    if (!made) {
        free(deflate);
        return hg_fail_nomem(err);
    }
    deflate->kind = kind;
    *out = deflate;
    return HG_OK;
}

/* zlib's deflateBound() for the worst case, n + n/8 + …, and a flush; isa-l stays below.
 */
size_t hg_deflate_bound(size_t n)
{
    return n + n / 8 + n / 64 + 64;
}

static size_t small_block(z_stream *stream, hg_slice window, const void *bytes, size_t n,
                          bool last, void *to)
{
    deflateReset(stream);
    deflateTune(stream, GOOD, LAZY, NICE, CHAIN);
    deflateSetDictionary(stream, (const Bytef *)window.p, (uInt)window.n);
    stream->next_in = (z_const Bytef *)bytes;
    stream->avail_in = (uInt)n;
    stream->next_out = to;
    stream->avail_out = (uInt)hg_deflate_bound(n);
    int end = deflate(stream, last ? Z_FINISH : Z_SYNC_FLUSH);
    assert(end == (last ? Z_STREAM_END : Z_OK) && stream->avail_in == 0);
    (void)end;
    return hg_deflate_bound(n) - stream->avail_out;
}

/* A byte as a stored block of its own, RFC 1951 3.2.4. */
static size_t store_byte(unsigned char byte, unsigned char *to)
{
    memcpy(to, (const unsigned char[]){ 0, 1, 0, 0xfe, 0xff, byte }, 6);
    return 6;
}

/*
 * Where nothing stands before the bytes, isa-l 2.30 hashes for its third place what a
 * register happens to hold, the stream's address (igzip_icf_body_h1_gr_bt.asm,
 * .write_first_byte): the same bytes would not always become the same stream. So the
 * first byte goes before the others.
 */
static size_t fast_block(hg_deflate *deflate, hg_slice window, const unsigned char *bytes,
                         size_t n, bool last, unsigned char *to)
{
    struct isal_zstream *stream = &deflate->fast;
    size_t stored = 0;
    if (window.n == 0 && n > 0) {
        stored = store_byte(*bytes, to);
        window = (hg_slice){ (const char *)bytes++, 1 };
        n--;
    }
    isal_deflate_init(stream);
    stream->level = FAST_LEVEL;
    stream->level_buf = deflate->fast_memory;
    stream->level_buf_size = ISAL_DEF_LVL1_DEFAULT;
    if (window.n > 0)
        isal_deflate_set_dict(stream, (uint8_t *)window.p, (uint32_t)window.n);
    stream->flush = SYNC_FLUSH;
    stream->end_of_stream = last;
    stream->next_in = (uint8_t *)bytes;
    stream->avail_in = (uint32_t)n;
    stream->next_out = to + stored;
    stream->avail_out = (uint32_t)(hg_deflate_bound(n + stored) - stored);
    int end = isal_deflate(stream);
    assert(end == COMP_OK && stream->avail_in == 0);
    (void)end;
    return stored + stream->total_out;
}

size_t hg_deflate_block(hg_deflate *deflate, hg_slice window, const void *bytes, size_t n,
                        bool last, void *to)
{
    return deflate->kind == HG_DEFLATE_SMALL
               ? small_block(&deflate->small, window, bytes, n, last, to)
               : fast_block(deflate, window, bytes, n, last, to);
}

void hg_deflate_free(hg_deflate *deflate)
{
    if (!deflate)
        return;
    if (deflate->kind == HG_DEFLATE_SMALL)
        deflateEnd(&deflate->small);
    free(deflate->fast_memory);
    free(deflate);
}

/* ---- reading ---- */

struct hg_inflate {
    struct inflate_state state;
};

hg_status hg_inflate_new(hg_inflate **out, hg_err *err)
{
    *out = malloc(sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    isal_inflate_init(&(*out)->state);
    return HG_OK;
}

hg_status hg_inflate_new_gzip(hg_inflate **out, hg_err *err)
{
    hg_status st = hg_inflate_new(out, err);
    if (st == HG_OK)
        (*out)->state.crc_flag = ISAL_GZIP;
    return st;
}

hg_inflated hg_inflate_some(hg_inflate *inflate, hg_slice *in, char *to, size_t room,
                            size_t *n)
{
    struct inflate_state *state = &inflate->state;
    state->next_in = (uint8_t *)in->p;
    state->avail_in = (uint32_t)in->n;
    state->next_out = (uint8_t *)to;
    state->avail_out = (uint32_t)room;
    int end = isal_inflate(state);
    *n = room - state->avail_out;
    *in = (hg_slice){ (const char *)state->next_in, state->avail_in };
    if (end < 0)
        return HG_INFLATE_DAMAGED;
    return state->block_state == ISAL_BLOCK_FINISH ? HG_INFLATE_END : HG_INFLATE_MORE;
}

void hg_inflate_free(hg_inflate *inflate)
{
    free(inflate);
}

/* ---- checksums ---- */

uint32_t hg_crc32(uint32_t crc, const void *bytes, size_t n)
{
    return crc32_gzip_refl(crc, bytes, n);
}

uint32_t hg_crc32_join(uint32_t first, uint32_t second, size_t n)
{
    return (uint32_t)crc32_combine(first, second, (z_off_t)n);
}
