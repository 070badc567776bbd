/* archive_write - the files of a folder as one zip or tar */
#include "base/file.h"
#include "format/archive.h"
#include "format/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

/* What one container needs while it is written. */
typedef struct job {
    int fd;
    const char *name;
    hg_container kind;
    struct archive *archive;
    hg_buf block; /* headers and padding of a tar */
    hg_err *err;
    hg_status st; /* of writing to fd */
} job;

/* After a failure bytes are dropped, and libarchive is not told: it would neither close
 * what it has begun nor give back its memory. */
static la_ssize_t on_write(struct archive *archive, void *data, const void *bytes,
                           size_t n)
{
    job *j = data;
    (void)archive;
    if (j->st == HG_OK)
        j->st = hg_file_write(j->fd, j->name, bytes, n, j->err);
    return (la_ssize_t)n;
}

/* What came of a call of libarchive. */
static hg_status outcome(job *j, bool done)
{
    const char *why = archive_error_string(j->archive);
    if (done || j->st != HG_OK)
        return j->st;
    if (archive_errno(j->archive) == ENOMEM)
        return hg_fail_nomem(j->err);
    return hg_fail(j->err, HG_ESYS, HG_AT(j->name), "cannot write the container (%s)",
                   why ? why : "?");
}

static hg_status put(job *j, const void *bytes, size_t n)
{
    return outcome(j, archive_write_data(j->archive, bytes, n) == (la_ssize_t)n);
}

static hg_status put_block(job *j)
{
    hg_status st = hg_buf_status(&j->block, j->err);
    if (st == HG_OK && j->block.len > 0)
        st = put(j, j->block.data, j->block.len);
    hg_buf_clear(&j->block);
    return st;
}

/* An entry that tells nothing of who wrote it, and when: without a time, zip writes 1980.
 */
static hg_status begin(job *j, const char *name, int64_t size)
{
    struct archive_entry *entry = archive_entry_new();
    if (!entry)
        return hg_fail_nomem(j->err);
    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (size >= 0)
        archive_entry_set_size(entry, size);
    int wrote = archive_write_header(j->archive, entry);
    archive_entry_free(entry);
    return outcome(j, wrote == ARCHIVE_OK);
}

/* Put a file's bytes, as many as it had when its header was written. */
static hg_status put_file(job *j, int fd, const char *path, uint64_t size)
{
    char bytes[CHUNK];
    size_t n;
    for (uint64_t left = size; left > 0; left -= n) {
        hg_status st = hg_file_read(fd, path, bytes, left < CHUNK ? (size_t)left : CHUNK,
                                    &n, j->err);
        if (st == HG_OK && n == 0)
            st = hg_fail(j->err, HG_EINPUT, HG_AT(path),
                         "the file changed while it was read");
        if (st == HG_OK)
            st = put(j, bytes, n);
        if (st != HG_OK)
            return st;
    }
    return HG_OK;
}

/* What stands before a file's bytes: an entry of a zip, or a header of a tar. */
static hg_status begin_file(job *j, const char *name, uint64_t size)
{
    if (j->kind == HG_ZIP)
        return begin(j, name, (int64_t)size);
    if (strlen(name) > HG_TAR_NAME)
        return hg_fail(j->err, HG_EARG, HG_AT(name),
                       "a name in a tar is longer than %d bytes", HG_TAR_NAME);
    hg_tar_header(&j->block, name, size, NULL, 0);
    return put_block(j);
}

static hg_status member(job *j, int fd, const char *path, const char *name)
{
    struct stat file;
    if (fstat(fd, &file) != 0)
        return hg_fail_sys(j->err, HG_AT(path), "cannot read the file");
    uint64_t size = (uint64_t)file.st_size;
    hg_status st = begin_file(j, name, size);
    if (st == HG_OK)
        st = put_file(j, fd, path, size);
    if (j->kind != HG_ZIP)
        hg_tar_pad(&j->block, size);
    return st == HG_OK ? put_block(j) : st;
}

static hg_status open_member(job *j, const char *folder, const char *name)
{
    int fd;
    char *path;
    hg_status st = hg_path_join(&path, folder, name, j->err);
    if (st != HG_OK)
        return st;
    st = hg_file_open(&fd, path, j->err);
    if (st == HG_OK) {
        st = member(j, fd, path, name);
        close(fd);
    }
    free(path);
    return st;
}

/* A tar is our own, one raw entry to libarchive, which then has only to compress it. The
 * last block has no padding, or a pipe would get other bytes than a file. */
static hg_status start(job *j)
{
    struct archive *archive = j->archive;
    bool zip = j->kind == HG_ZIP;
    int format = zip ? archive_write_set_format_zip(archive)
                     : archive_write_set_format_raw(archive);
    bool done =
        format == ARCHIVE_OK &&
        (j->kind != HG_TAR_ZST || archive_write_add_filter_zstd(archive) == ARCHIVE_OK) &&
        archive_write_set_bytes_per_block(archive, CHUNK) == ARCHIVE_OK &&
        archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
        archive_write_open(archive, j, NULL, on_write, NULL) == ARCHIVE_OK;
    hg_status st = outcome(j, done);
    return st != HG_OK || zip ? st : begin(j, "tar", -1);
}

static hg_status end(job *j)
{
    if (j->kind != HG_ZIP)
        hg_tar_end(&j->block);
    hg_status st = put_block(j);
    return st == HG_OK ? outcome(j, archive_write_close(j->archive) == ARCHIVE_OK) : st;
}

hg_status hg_container_write(int fd, const char *name, hg_container kind,
                             const char *folder, char *const *names, size_t n,
                             hg_err *err)
{
    job j = {
        .fd = fd, .name = name, .kind = kind, .archive = archive_write_new(), .err = err
    };
    if (!j.archive)
        return hg_fail_nomem(err);
    hg_status st = start(&j);
    for (size_t i = 0; st == HG_OK && i < n; i++)
        st = open_member(&j, folder, names[i]);
    if (st == HG_OK)
        st = end(&j);
    j.st = st; /* after a failure, what freeing would still write is dropped */
    archive_write_free(j.archive);
    hg_buf_release(&j.block);
    return st;
}
