/* unzip.h - read a zip by the names of its members (PKWARE APPNOTE.TXT 6.3). The list at
 * its end says what there is; nothing else in the file is looked for. */
#ifndef HG_CONTAINER_UNZIP_H
#define HG_CONTAINER_UNZIP_H

#include "container/deflate.h"

typedef struct hg_zip hg_zip;

#define HG_ZIP_MEMBERS 65536
#define HG_ZIP_NAME    512               /* bytes of a member's name */
#define HG_ZIP_BLOCK   ((size_t)1 << 16) /* bytes of a piece at most */

/*
 * Open a zip from a seekable descriptor that the caller keeps; its offset is neither used
 * nor moved. name is copied and appears in errors. HG_EINPUT: no zip, cut off, damaged,
 * encrypted, over the limits above, two members of one name or in one place, a member
 * that is neither file nor folder.
 */
hg_status hg_zip_open(hg_zip **out, int fd, const char *name, hg_err *err);
size_t hg_zip_members(const hg_zip *zip);
const char *hg_zip_member(const hg_zip *zip,
                          size_t i); /* its path as stored; no folders */
uint64_t hg_zip_size(const hg_zip *zip, size_t i); /* bytes, as the list says; not compressed */

/*
 * Open a member (one at a time) and read it in pieces of *n bytes; HG_END after the last.
 * What is inflated is limited: max bytes in all (HG_EINPUT beyond; HG_EINPUT too where it
 * is compressed in another way than deflate, or length or checksum are not those stored).
 * bytes borrow until the next call. A thread inflates large members ahead of the reader,
 * 512 KiB at most.
 */
hg_status hg_zip_enter(hg_zip *zip, size_t i, uint64_t max, hg_err *err);
hg_status hg_zip_read(hg_zip *zip, const void **bytes, size_t *n, hg_err *err);
/* Read a member whole into text, which is emptied first; max as above. */
#define HG_ZIP_LOAD ((uint64_t)1 << 28) /* bytes: what a buffer takes */
hg_status hg_zip_load(hg_zip *zip, size_t i, uint64_t max, hg_buf *text, hg_err *err);

/* A member as it lies in the file: packed bytes from `at` on. */
typedef struct hg_zip_packed {
    uint64_t at, packed, size; /* size: once inflated */
    uint32_t crc;              /* of the inflated bytes */
    uint16_t method;           /* 4.4.5 */
} hg_zip_packed;

/* Find a member, read or not. HG_EINPUT, HG_ESYS. */
hg_status hg_zip_locate(const hg_zip *zip, size_t i, hg_zip_packed *out, hg_err *err);
/* Read n bytes of those. HG_EINPUT: the file has become shorter; HG_ESYS. */
hg_status hg_zip_fetch(const hg_zip *zip, uint64_t at, void *bytes, size_t n, hg_err *err);

void hg_zip_free(hg_zip *zip); /* NULL is fine */

#endif
