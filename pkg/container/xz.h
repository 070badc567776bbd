/* xz.h - bytes out of .xz files (The .xz File Format 1.2.0), several streams too. The
 * only module that includes liblzma's <lzma.h>. */
#ifndef HG_CONTAINER_XZ_H
#define HG_CONTAINER_XZ_H

#include "base/buf.h"

#define HG_XZ_MEMORY ((uint64_t)80 << 20) /* bytes for inflating: xz -9 asks for 65 MiB  \
                                           */

typedef struct hg_xz_in hg_xz_in;

bool hg_xz_is(hg_slice start); /* whether bytes start like a stream */

/* Inflate what fd holds from its offset on; the caller keeps fd and name. HG_ENOMEM. */
hg_status hg_xz_in_new(hg_xz_in **out, int fd, const char *name, hg_err *err);
/* Give up to n bytes; *got < n only at the end. HG_EINPUT: cut off, damaged, in need of
 * more than HG_XZ_MEMORY; HG_ESYS, HG_ENOMEM. */
hg_status hg_xz_in_read(hg_xz_in *xz, void *bytes, size_t n, size_t *got, hg_err *err);
void hg_xz_in_free(hg_xz_in *xz); /* NULL is fine */

#endif
