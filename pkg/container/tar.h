/* tar.h - the strict tar of the hg stream: POSIX.1-2001 pax, regular files only. Our own,
 * since a reader must tell a cut stream from a whole one at every byte, which the common
 * libraries forgive. */
#ifndef HG_CONTAINER_TAR_H
#define HG_CONTAINER_TAR_H

#include "base/buf.h"

#define HG_TAR_NAME 99 /* bytes of a name, its NUL not counted */

/* ---- writing: appended to a buffer that the caller flushes ---- */

/* An attribute of one entry: a pax keyword such as "HG.row". */
typedef struct hg_tar_attr {
    const char *key, *value;
} hg_tar_attr;

/* Append the header of a regular file: mode 0644, ids and time 0. name fits HG_TAR_NAME.
 */
void hg_tar_header(hg_buf *buf, const char *name, uint64_t size, const hg_tar_attr *attrs,
                   size_t n);
void hg_tar_pad(hg_buf *buf, uint64_t size); /* after size bytes of content */
void hg_tar_end(hg_buf *buf);

/* ---- reading ---- */

typedef struct hg_tar hg_tar;

/* Start reading fd, which the caller keeps; head are bytes read from it already. */
hg_status hg_tar_new(hg_tar **out, int fd, const char *name, hg_slice head, hg_err *err);

/* Read on from something else than fd: more gives up to n bytes, fewer only at the end. */
typedef hg_status hg_tar_more(void *from, void *bytes, size_t n, size_t *got, hg_err *err);
void hg_tar_from(hg_tar *tar, hg_tar_more *more, void *from);

typedef struct hg_tar_entry {
    char name[HG_TAR_NAME + 1];
    uint64_t size;
} hg_tar_entry;

/* Go to the next entry, passing over what is left of this one. HG_END after the end
 * blocks, with nothing but NULs behind them; HG_EINPUT: cut off, damaged, not a regular
 * file, a name that is absolute or has an empty, "." or ".." part. */
hg_status hg_tar_next(hg_tar *tar, hg_tar_entry *entry, hg_err *err);
const char *hg_tar_attr_get(const hg_tar *tar,
                            const char *key); /* of this entry; or NULL */

/* Read up to n bytes of the entry's content; *got is 0 at its end. */
hg_status hg_tar_read(hg_tar *tar, void *bytes, size_t n, size_t *got, hg_err *err);
void hg_tar_free(hg_tar *tar); /* NULL is fine */

#endif
