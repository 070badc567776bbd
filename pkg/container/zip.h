/* zip.h - write a zip (PKWARE APPNOTE.TXT 6.3): the same bytes for the same members,
 * whoever writes them, when, and with however many threads. Zips are read by
 * container/unzip. */
#ifndef HG_CONTAINER_ZIP_H
#define HG_CONTAINER_ZIP_H

#include "container/unzip.h"

/* A zip being written. A failure stays: each later call gives it again. */
typedef struct hg_zip_out hg_zip_out;

/*
 * Start a zip on fd, which the caller keeps; it need not be seekable. name appears in
 * errors. threads compress (0: one for each processor; 1: the caller's, and no other);
 * memory stays below 4 MiB for each, whatever the length of the members. HG_ENOMEM; *out is then NULL.
 */
hg_status hg_zip_out_new(hg_zip_out **out, int fd, const char *name, hg_deflate_kind kind,
                         unsigned threads, hg_err *err);

/*
 * Add a member: the size bytes of a regular file, from its start. member is its name,
 * UTF-8 with '/', as it shall stand in the zip: no other member has it. The date is
 * 1980-01-01, the mode 0644. Members that do not get smaller are stored. path names the
 * file in errors. HG_EARG    the name is longer than 65,535 bytes HG_EINPUT  the file is
 * shorter than size HG_ESYS, HG_ENOMEM
 */
hg_status hg_zip_out_add(hg_zip_out *zip, const char *member, int fd, const char *path,
                         uint64_t size, hg_err *err);

/*
 * The same of bytes that are to come, so that they are compressed meanwhile: begin, put
 * exactly size bytes in any pieces, and close with a file that holds them by then, which is
 * read again where they do not get smaller.
 */
hg_status hg_zip_out_begin(hg_zip_out *zip, const char *member, uint64_t size, hg_err *err);
hg_status hg_zip_out_put(hg_zip_out *zip, const void *bytes, size_t n, hg_err *err);
hg_status hg_zip_out_close(hg_zip_out *zip, int fd, const char *path, hg_err *err);

/* Add a member of another zip as it stands there, under its name; its checksum is not
 * compared. HG_EINPUT: that zip is damaged; otherwise as above. */
hg_status hg_zip_out_copy(hg_zip_out *zip, const hg_zip *from, size_t i, hg_err *err);

/* Commit: write the rest and the directory. Without it, what stands in fd is no zip. */
hg_status hg_zip_out_end(hg_zip_out *zip, hg_err *err);

void hg_zip_out_free(hg_zip_out *zip); /* NULL is fine */

#endif
