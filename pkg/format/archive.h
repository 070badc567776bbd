/* archive.h - zips read, and containers written. The only module that includes libarchive,
 * which reads; format/zip and format/tar write. */
#ifndef HG_FORMAT_ARCHIVE_H
#define HG_FORMAT_ARCHIVE_H

#include "base/buf.h"

/* ---- reading a zip by the names of its members ---- */

typedef struct hg_zip hg_zip;

#define HG_ZIP_MEMBERS 65536
#define HG_ZIP_NAME    512 /* bytes of a member's name */

/* Open a zip from a seekable descriptor that the caller keeps; its offset is neither used nor
 * moved. name is copied and appears in errors. HG_EINPUT: no zip, cut off, damaged, encrypted,
 * over the limits above, two members of one name, a member that is neither file nor folder. */
hg_status hg_zip_open(hg_zip **out, int fd, const char *name, hg_err *err);
size_t hg_zip_members(const hg_zip *zip);
const char *hg_zip_member(const hg_zip *zip, size_t i); /* its path as stored; no folders */

/* Open a member (one at a time) and read it in pieces of *n bytes; HG_END after the last.
 * What is inflated is limited: max bytes in all (HG_EINPUT beyond; HG_EINPUT too where length
 * or checksum are not those stored). bytes borrow until the next call. Members in the order of
 * the list are cheapest. */
hg_status hg_zip_enter(hg_zip *zip, size_t i, uint64_t max, hg_err *err);
hg_status hg_zip_read(hg_zip *zip, const void **bytes, size_t *n, hg_err *err);
void hg_zip_free(hg_zip *zip); /* NULL is fine */

/* Unpack every regular member into an empty folder of ours. Member names must be relative,
 * without "..", of letters, digits and "-_.~/" (HG_EINPUT otherwise); max bytes in all. After a
 * failure the folder holds a part, to be thrown away. */
hg_status hg_zip_unpack(int fd, const char *name, const char *folder, uint64_t max,
                        hg_err *err);

/* ---- writing a container ---- */

/* HG_ZIP_FAST: HG_DEFLATE_FAST of format/deflate.h, about an eighth of the time. */
typedef enum hg_container { HG_TAR, HG_TAR_ZST, HG_ZIP, HG_ZIP_FAST } hg_container;

/*
 * Write the files names[0..n) of a folder, in that order, to fd: the same bytes for the
 * same files, whoever writes them, wherever and whenever (dates 1980 or 0, ids 0, mode
 * 0644). A tar is what format/tar reads, so names fit HG_TAR_NAME (HG_EARG otherwise).
 * HG_ESYS, HG_ENOMEM, HG_EINPUT for a file that is missing; what was written is then to be
 * thrown away.
 */
hg_status hg_container_write(int fd, const char *name, hg_container kind, const char *folder,
                             char *const *names, size_t n, hg_err *err);

#endif
