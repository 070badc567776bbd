/* deflate.h - deflate streams (RFC 1951): blocks of bytes made into parts of one, each on
 * its own, so that several threads make one stream; and streams read. The only module
 * that includes zlib and isa-l. */
#ifndef HG_CONTAINER_DEFLATE_H
#define HG_CONTAINER_DEFLATE_H

#include "base/buf.h"

#define HG_DEFLATE_WINDOW                                                                \
    ((size_t)1 << 15) /* bytes a block may refer back to, RFC 1951 2 */

/*
 * SMALL is about zlib's level 6. FAST is isa-l's level 1, some 15 times as fast for about
 * 13 % more bytes on tables of numbers. Neither depends on the number of threads; but
 * isa-l gives other bytes where a processor has no SSE 4 (the same with SSE 4 and AVX2,
 * as tried).
 */
typedef enum hg_deflate_kind { HG_DEFLATE_SMALL, HG_DEFLATE_FAST } hg_deflate_kind;

/* A compressor; one block at a time, 0.6 MiB of memory. */
typedef struct hg_deflate hg_deflate;

hg_status hg_deflate_new(hg_deflate **out, hg_deflate_kind kind,
                         hg_err *err); /* HG_ENOMEM */

/* The most bytes that n bytes become. */
size_t hg_deflate_bound(size_t n);

/*
 * Compress n bytes (n < 2^31) before which the stream holds those of window, up to
 * HG_DEFLATE_WINDOW. The stream ends with the last block; any other ends at a byte (a
 * sync flush: an empty stored block), so that the next block's bytes can follow. to has
 * room for hg_deflate_bound(n). Gives the bytes written.
 */
size_t hg_deflate_block(hg_deflate *deflate, hg_slice window, const void *bytes, size_t n,
                        bool last, void *to);

void hg_deflate_free(hg_deflate *deflate); /* NULL is fine */

/* ---- reading ---- */

/* An inflater of one stream, 84 KiB of memory. */
typedef struct hg_inflate hg_inflate;

typedef enum hg_inflated {
    HG_INFLATE_MORE, /* all of in is used, or the room is full */
    HG_INFLATE_END,  /* the stream has ended; in is what follows it */
    HG_INFLATE_DAMAGED
} hg_inflated;

hg_status hg_inflate_new(hg_inflate **out, hg_err *err); /* HG_ENOMEM */
/* The same of one gzip member (RFC 1952), whose header and checksums are read, too. */
hg_status hg_inflate_new_gzip(hg_inflate **out, hg_err *err);
/* Inflate from in, which is moved on, into the room bytes at to (both below 2^32); *n
 * becomes the bytes that were written. */
hg_inflated hg_inflate_some(hg_inflate *inflate, hg_slice *in, char *to, size_t room,
                            size_t *n);
void hg_inflate_free(hg_inflate *inflate); /* NULL is fine */

/* CRC-32 of zip and gzip (RFC 1952 8); that of nothing is 0. join gives that of two runs
 * of bytes, the second of which has n bytes. */
uint32_t hg_crc32(uint32_t crc, const void *bytes, size_t n);
uint32_t hg_crc32_join(uint32_t first, uint32_t second, size_t n);

#endif
