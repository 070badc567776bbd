/* deflate.h - blocks of bytes as parts of one deflate stream (RFC 1951), each made on its
 * own, so that several threads make one stream. The only module that includes zlib and
 * isa-l. */
#ifndef HG_FORMAT_DEFLATE_H
#define HG_FORMAT_DEFLATE_H

#include "base/buf.h"

#define HG_DEFLATE_WINDOW                                                                \
    ((size_t)1 << 15) /* bytes a block may refer back to, RFC 1951 2 */

/*
 * SMALL is about zlib's level 6. FAST is isa-l's level 1, some 15 times as fast for about 13 %
 * more bytes on tables of numbers; its bytes are the same whatever the number of threads,
 * but isa-l may choose other ones on a processor with other instructions.
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

/* CRC-32 of zip and gzip (RFC 1952 8); that of nothing is 0. join gives that of two runs
 * of bytes, the second of which has n bytes. */
uint32_t hg_crc32(uint32_t crc, const void *bytes, size_t n);
uint32_t hg_crc32_join(uint32_t first, uint32_t second, size_t n);

#endif
