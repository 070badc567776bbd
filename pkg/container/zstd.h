/* zstd.h - bytes through Zstandard (RFC 8878). The only module that includes <zstd.h>. */
#ifndef HG_CONTAINER_ZSTD_H
#define HG_CONTAINER_ZSTD_H

#include "base/buf.h"

/* ---- compressing ---- */

typedef struct hg_zstd_out hg_zstd_out;

/*
 * Compress to fd, which the caller keeps; name appears in errors. threads compress (0:
 * one for each processor) and do not change the bytes. Tuned for tables of numbers: on
 * them no larger than zlib's level 6, at ten times the speed. Memory stays below 128 MiB,
 * with two threads 32 MiB. HG_ENOMEM; HG_ESYS where libzstd was built without threads;
 * *out is then NULL.
 */
hg_status hg_zstd_out_new(hg_zstd_out **out, int fd, const char *name, unsigned threads,
                          hg_err *err);
hg_status hg_zstd_out_put(hg_zstd_out *zstd, const void *bytes, size_t n, hg_err *err);
hg_status hg_zstd_out_end(hg_zstd_out *zstd, hg_err *err); /* without it, it is cut off */
void hg_zstd_out_free(hg_zstd_out *zstd);                  /* NULL is fine */

/* ---- inflating ---- */

typedef struct hg_zstd_in hg_zstd_in;

/* What is inflated is limited to HG_ZSTD_FREE bytes, or HG_ZSTD_RATIO for each byte read
 * where that is more; a frame's window to 2^HG_ZSTD_WINDOW bytes, which bounds the
 * memory. */
#define HG_ZSTD_FREE   ((uint64_t)1 << 30)
#define HG_ZSTD_RATIO  1000
#define HG_ZSTD_WINDOW 26

bool hg_zstd_is(hg_slice start); /* whether bytes start like a frame */

/* Inflate what head and then fd hold; the caller keeps fd. HG_ENOMEM; *out is then NULL.
 */
hg_status hg_zstd_in_new(hg_zstd_in **out, int fd, const char *name, hg_slice head,
                         hg_err *err);

/* Give up to n bytes; *got < n only at the end of the last frame and of the input.
 * HG_EINPUT: cut off, damaged, followed by something else, or over the limits above. */
hg_status hg_zstd_in_read(hg_zstd_in *zstd, void *bytes, size_t n, size_t *got,
                          hg_err *err);
void hg_zstd_in_free(hg_zstd_in *zstd); /* NULL is fine */

#endif
