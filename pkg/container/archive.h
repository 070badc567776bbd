/* archive.h - the files of a folder as one container: a zip or a tar, written; a zip,
 * unpacked. */
#ifndef HG_CONTAINER_ARCHIVE_H
#define HG_CONTAINER_ARCHIVE_H

#include "container/unzip.h"

/* Unpack every regular member into an empty folder of ours. Member names must be
 * relative, without "..", of letters, digits and "-_.~/" (HG_EINPUT otherwise); max bytes
 * in all. After a failure the folder holds a part, to be thrown away. */
hg_status hg_zip_unpack(int fd, const char *name, const char *folder, uint64_t max,
                        hg_err *err);

/* Takes members one after the other: the name and the length that the zip states, its bytes,
 * its end. A failure ends it all. */
typedef struct hg_members {
    hg_status (*begin)(void *user, const char *name, uint64_t size, hg_err *err);
    hg_status (*put)(void *user, const void *bytes, size_t n, hg_err *err);
    hg_status (*end)(void *user, hg_err *err);
    void *user;
} hg_members;

/* Give every regular member of the same zip to a taker. */
hg_status hg_zip_take(int fd, const char *name, uint64_t max, const hg_members *to,
                      hg_err *err);

/* HG_ZIP_FAST: HG_DEFLATE_FAST of container/deflate.h, about an eighth of the time. */
typedef enum hg_container { HG_TAR, HG_TAR_ZST, HG_ZIP, HG_ZIP_FAST } hg_container;

/*
 * Write the files names[0..n) of a folder, in that order, to fd: the same bytes for the
 * same files, whoever writes them, wherever and whenever (dates 1980 or 0, ids 0, mode
 * 0644). A tar is what container/tar reads, so names fit HG_TAR_NAME (HG_EARG otherwise).
 * HG_ESYS, HG_ENOMEM, HG_EINPUT for a file that is missing; what was written is then to
 * be thrown away.
 */
hg_status hg_container_write(int fd, const char *name, hg_container kind,
                             const char *folder, char *const *names, size_t n,
                             hg_err *err);

#endif
