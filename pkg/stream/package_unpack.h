/* package_unpack.h - inside stream/package: the files of a zip or tar come into a folder,
 * are digested on the way, and go into a zip if one is to be made. */
#ifndef HG_STREAM_PACKAGE_UNPACK_H
#define HG_STREAM_PACKAGE_UNPACK_H

#include "base/digest.h"
#include "container/zip.h"

/* A file that came. */
typedef struct hg_arrival {
    char *name;
    size_t order; /* from 0 */
    char hex[HG_DIGEST_HEX];
} hg_arrival;

/* Begins with the first members, all else 0. */
typedef struct hg_unpacking {
    const char *name;   /* of the input, for errors */
    const char *folder; /* where files go; empty, and ours */
    hg_zip_out *zip;    /* takes them, too; NULL: there is none */
    hg_arrival *files;  /* after hg_unpack_package() by name, each once */
    size_t n, cap;
    hg_digest *digest;
    int fd; /* the file that comes now, below folder */
    char *path;
} hg_unpacking;

/* Unpack what start, the first bytes, and then fd hold: a tar (as container/tar reads), a
 * tar.zst, or a zip, which must be seekable. HG_EINPUT: something else, cut off, damaged,
 * a name twice, over 2^40 bytes; HG_ESYS, HG_ENOMEM. */
hg_status hg_unpack_package(hg_unpacking *unpacking, int fd, hg_slice start, hg_err *err);

/* The file of a name; NULL if it did not come. */
const hg_arrival *hg_unpacked_file(const hg_unpacking *unpacking, const char *name);

void hg_unpacking_release(hg_unpacking *unpacking); /* not the zip */

#endif
