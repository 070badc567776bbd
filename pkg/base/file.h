/* file.h - files read whole, written fully, and put in place in one step. */
#ifndef HG_BASE_FILE_H
#define HG_BASE_FILE_H

#include "base/buf.h"
#include "base/digest.h"
#include "base/path.h"

/*
 * All calls: name is a path; a failure names it. Missing or unreadable input is HG_EINPUT,
 * a failing system call HG_ESYS (hg_err.sys has errno).
 */

/* Open a file to read; a folder is refused. The caller closes *fd. HG_EINPUT, HG_ESYS. */
hg_status hg_file_open(int *fd, const char *name, hg_err *err);

/* Read up to n bytes, going on after short reads and EINTR; *got < n only at the end. */
hg_status hg_file_read(int fd, const char *name, void *bytes, size_t n, size_t *got,
                       hg_err *err);

/* The same from an offset on, which does not move that of fd. */
hg_status hg_file_read_at(int fd, const char *name, void *bytes, size_t n,
                          uint64_t offset, size_t *got, hg_err *err);

/* Write all n bytes, going on after short writes and EINTR. */
hg_status hg_file_write(int fd, const char *name, const void *bytes, size_t n, hg_err *err);

/* Bytes of a file that is open elsewhere, where they stand. */
typedef struct hg_span {
    int fd;
    const char *name;
    uint64_t from, bytes;
} hg_span;

/* Write a span, mostly without bringing its bytes here; a pipe gets them as they are when they
 * are read from it. The file's own offset stays. HG_EINPUT: the file has fewer. */
hg_status hg_file_pass(int fd, const char *name, const hg_span *span, hg_err *err);

/* Ask for a pipe that holds 1 MiB, so that its ends wait for each other less often. Nothing
 * where fd is no pipe, or the system gives no more. */
void hg_file_widen(int fd);

/* Append a file's bytes to buf, whose max is the limit (HG_EINPUT above it). */
hg_status hg_file_load(hg_buf *buf, const char *name, hg_err *err);

/* The length and digest of a file. */
hg_status hg_file_digest(const char *name, uint64_t *bytes, char hex[HG_DIGEST_HEX],
                         hg_err *err);

/* Whether a file has just these bytes, or those of another. HG_EINPUT, HG_ESYS. */
hg_status hg_file_holds(const char *name, hg_slice bytes, bool *same, hg_err *err);
hg_status hg_file_same(const char *a, const char *b, bool *same, hg_err *err);

/* Make a file without a name in the folder tmp, gone with its last descriptor, whatever
 * happens. The caller closes *fd; after a failure it is -1. HG_ESYS, HG_ENOMEM. */
hg_status hg_file_unnamed(int *fd, const char *tmp, hg_err *err);

/*
 * Give a seekable descriptor for all that fd still holds: fd itself, duplicated, where it
 * is a regular file, otherwise an unnamed copy in the folder tmp. The caller closes *out.
 */
hg_status hg_file_spool(int *out, int fd, const char *name, const char *tmp, hg_err *err);

/*
 * A file that appears whole or not at all: bytes go to a new hidden name beside it; commit
 * syncs, renames, and syncs the folder; free without commit leaves no trace. What a killed
 * run left beside it is cleared away by the next; two runs at once do not disturb each other,
 * and the last to commit wins. Where name leads to something that is neither file nor folder
 * (a device, a pipe), bytes go straight to it. A folder of that name is HG_EARG.
 */
typedef struct hg_newfile hg_newfile;

hg_status hg_newfile_open(hg_newfile **out, const char *name, hg_err *err);
int hg_newfile_fd(const hg_newfile *file); /* to write, and for a regular file to read */
hg_status hg_newfile_commit(hg_newfile *file, hg_err *err); /* replaces what is there */
void hg_newfile_free(hg_newfile *file);                     /* NULL is fine */

/*
 * For folders of our own (no sync, no rename): make a new file to write to. Its folders are
 * made as needed; a file of that name is replaced, not changed, as it may be linked elsewhere.
 * The caller closes *fd by hg_file_close(), which tells late failures of writing and gives
 * st, the status so far, where there is none.
 */
hg_status hg_file_create(int *fd, const char *name, hg_err *err);
hg_status hg_file_close(int fd, const char *name, hg_status st, hg_err *err);

/* Both and the bytes in between; or the bytes of another file. */
hg_status hg_file_save(const char *name, const void *bytes, size_t n, hg_err *err);
hg_status hg_file_copy(const char *from, const char *to, hg_err *err);

#endif
