/* archive.h - zip and tar containers. The only module that includes libarchive. */
#ifndef HG_FORMAT_ARCHIVE_H
#define HG_FORMAT_ARCHIVE_H

#include "base/buf.h"

/* ---- reading a zip by the names of its members ---- */

typedef struct hg_zip hg_zip;

/* Open a zip from a seekable descriptor that the caller keeps. name appears in errors.
 * HG_EINPUT: no zip, cut, damaged, encrypted, over 65,536 members. */
hg_status hg_zip_open(hg_zip **out, int fd, const char *name, hg_err *err);
size_t hg_zip_members(const hg_zip *zip);
const char *hg_zip_member(const hg_zip *zip, size_t i); /* its path as stored */

/* Open a member (one at a time) and read it in pieces of *n bytes; HG_END after the last.
 * What is inflated is limited: max bytes in all (HG_EINPUT beyond). bytes borrow until the next call. */
hg_status hg_zip_enter(hg_zip *zip, size_t i, uint64_t max, hg_err *err);
hg_status hg_zip_read(hg_zip *zip, const void **bytes, size_t *n, hg_err *err);
void hg_zip_free(hg_zip *zip); /* NULL is fine */

/* Unpack every regular member into an empty folder of ours. Member names must be relative,
 * without "..", of letters, digits and "-_.~/" (HG_EINPUT otherwise); max bytes in all. */
hg_status hg_zip_unpack(int fd, const char *name, const char *folder, uint64_t max,
                        hg_err *err);

/* ---- writing a container ---- */

typedef enum hg_container { HG_TAR, HG_TAR_ZST, HG_ZIP } hg_container;

/*
 * Write the files names[0..n) of a folder, in that order, to fd: the same bytes for the
 * same files, whoever writes them, wherever and whenever (dates 1980 or 0, ids 0, mode
 * 0644). HG_ESYS, HG_ENOMEM; what was written is then to be thrown away.
 */
hg_status hg_container_write(int fd, const char *name, hg_container kind, const char *folder,
                             char *const *names, size_t n, hg_err *err);

#endif
