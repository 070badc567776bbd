/* unpack.h - the file inside a compressed one: gzip, xz, Zstandard, or a zip of files
 * that is no workbook. */
#ifndef HG_CONTAINER_UNPACK_H
#define HG_CONTAINER_UNPACK_H

#include "base/buf.h"

/* What is unpacked is limited to HG_UNPACK_FREE bytes, or HG_UNPACK_RATIO for each byte
 * of the compressed file where that is more. */
#define HG_UNPACK_FREE  ((uint64_t)256 << 20)
#define HG_UNPACK_RATIO 200

/*
 * Unpack fd, a seekable descriptor that the caller keeps, into a new unnamed file in the
 * folder tmp; the caller closes *out, which is -1 where fd is no such file. Of a zip it
 * is the file named member (NULL: the only one). name appears in errors. HG_EINPUT: cut
 * off, damaged, over the limits; HG_EARG: no such member, or several and none named;
 * HG_ESYS, HG_ENOMEM.
 */
hg_status hg_unpack(int *out, int fd, const char *name, const char *member,
                    const char *tmp, hg_err *err);

#endif
