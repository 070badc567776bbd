/* archive_write - the files of a folder as one zip or tar */
#include "base/file.h"
#include "container/archive.h"
#include "container/tar.h"
#include "container/zip.h"
#include "container/zstd.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

/* A container that is being written: a zip, or a tar, compressed or not. */
typedef struct job {
    int fd;
    const char *name;
    hg_zip_out *zip;
    hg_zstd_out *zstd;
    hg_buf block; /* headers and padding of a tar */
    hg_err *err;
} job;

/* ---- a tar ---- */

static hg_status put(job *j, const void *bytes, size_t n)
{
    return j->zstd ? hg_zstd_out_put(j->zstd, bytes, n, j->err)
                   : hg_file_write(j->fd, j->name, bytes, n, j->err);
}

static hg_status put_block(job *j)
{
    hg_status st = hg_buf_status(&j->block, j->err);
    if (st == HG_OK && j->block.len > 0)
        st = put(j, j->block.data, j->block.len);
    hg_buf_clear(&j->block);
    return st;
}

/* Put a file's bytes, as many as its header says. */
static hg_status put_file(job *j, int fd, const char *path, uint64_t size)
{
    char bytes[CHUNK];
    size_t n;
    const hg_span all = { .fd = fd, .name = path, .bytes = size };
    if (!j->zstd)
        return hg_file_pass(j->fd, j->name, &all, j->err);
    for (uint64_t left = size; left > 0; left -= n) {
        hg_status st = hg_file_read(fd, path, bytes, left < CHUNK ? (size_t)left : CHUNK,
                                    &n, j->err);
        if (st == HG_OK && n == 0)
            st = hg_fail(j->err, HG_EINPUT, HG_AT(path),
                         "the file changed while it was read");
        if (st == HG_OK)
            st = hg_zstd_out_put(j->zstd, bytes, n, j->err);
        if (st != HG_OK)
            return st;
    }
    return HG_OK;
}

static hg_status tar_member(job *j, int fd, const char *path, const char *name,
                            uint64_t size)
{
    if (strlen(name) > HG_TAR_NAME)
        return hg_fail(j->err, HG_EARG, HG_AT(name),
                       "a name in a tar is longer than %d bytes", HG_TAR_NAME);
    hg_tar_header(&j->block, name, size, NULL, 0);
    hg_status st = put_block(j);
    if (st == HG_OK)
        st = put_file(j, fd, path, size);
    hg_tar_pad(&j->block, size);
    return st == HG_OK ? put_block(j) : st;
}

static hg_status tar_end(job *j)
{
    hg_tar_end(&j->block);
    hg_status st = put_block(j);
    return st == HG_OK && j->zstd ? hg_zstd_out_end(j->zstd, j->err) : st;
}

/* ---- any container ---- */

static hg_status member(job *j, int fd, const char *path, const char *name)
{
    struct stat file;
    if (fstat(fd, &file) != 0)
        return hg_fail_sys(j->err, HG_AT(path), "cannot read the file");
    uint64_t size = (uint64_t)file.st_size;
    return j->zip ? hg_zip_out_add(j->zip, name, fd, path, size, j->err)
                  : tar_member(j, fd, path, name, size);
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

static hg_status start(job *j, hg_container kind)
{
    switch (kind) {
    case HG_ZIP:
        return hg_zip_out_new(&j->zip, j->fd, j->name, HG_DEFLATE_SMALL, 0, j->err);
    case HG_ZIP_FAST:
        return hg_zip_out_new(&j->zip, j->fd, j->name, HG_DEFLATE_FAST, 0, j->err);
    case HG_TAR_ZST: return hg_zstd_out_new(&j->zstd, j->fd, j->name, 0, j->err);
    case HG_TAR: break;
    }
    return HG_OK;
}

hg_status hg_container_write(int fd, const char *name, hg_container kind,
                             const char *folder, char *const *names, size_t n,
                             hg_err *err)
{
    job j = { .fd = fd, .name = name, .err = err };
    hg_file_widen(fd);
    hg_status st = start(&j, kind);
    for (size_t i = 0; st == HG_OK && i < n; i++)
        st = open_member(&j, folder, names[i]);
    if (st == HG_OK)
        st = j.zip ? hg_zip_out_end(j.zip, err) : tar_end(&j);
    hg_zip_out_free(j.zip);
    hg_zstd_out_free(j.zstd);
    hg_buf_release(&j.block);
    return st;
}
