/* package_unpack - the files of a zip or tar into a folder, digested on the way */
#include "stream/package_unpack.h"
#include "base/file.h"
#include "container/archive.h"
#include "container/tar.h"
#include "container/zstd.h"
#include "stream/package.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_UNPACKED ((uint64_t)1 << 40) /* bytes of a package, unpacked */

static hg_status damaged(const hg_unpacking *u, hg_err *err, const char *what)
{
    return hg_fail(err, HG_EINPUT, HG_AT(u->name), "%s", what);
}

/* ---- a file that comes ---- */

static hg_status add_file(hg_unpacking *u, const char *name, hg_err *err)
{
    if (u->n == u->cap) {
        size_t cap = u->cap ? 2 * u->cap : 32;
        hg_arrival *files = realloc(u->files, cap * sizeof *files);
        if (!files)
            return hg_fail_nomem(err);
        u->files = files;
        u->cap = cap;
    }
    char *own = strdup(name);
    if (!own)
        return hg_fail_nomem(err);
    u->files[u->n] = (hg_arrival){ .name = own, .order = u->n };
    u->n++;
    return HG_OK;
}

static hg_status begin_file(void *user, const char *name, uint64_t size, hg_err *err)
{
    hg_unpacking *u = user;
    hg_status st = add_file(u, name, err);
    if (st == HG_OK)
        st = hg_path_join(&u->path, u->folder, name, err);
    if (st == HG_OK)
        st = hg_file_create(&u->fd, u->path, err);
    if (st == HG_OK && u->zip)
        st = hg_zip_out_begin(u->zip, name, size, err);
    return st;
}

static hg_status put_bytes(void *user, const void *bytes, size_t n, hg_err *err)
{
    hg_unpacking *u = user;
    hg_status st = hg_file_write(u->fd, u->path, bytes, n, err);
    hg_digest_put(u->digest, bytes, n);
    return st == HG_OK && u->zip ? hg_zip_out_put(u->zip, bytes, n, err) : st;
}

static hg_status close_in_zip(hg_unpacking *u, hg_err *err)
{
    int fd;
    hg_status st = hg_file_open(&fd, u->path, err);
    if (st != HG_OK)
        return st;
    st = hg_zip_out_close(u->zip, fd, u->path, err);
    close(fd);
    return st;
}

static hg_status end_file(void *user, hg_err *err)
{
    hg_unpacking *u = user;
    hg_status st = hg_file_close(u->fd, u->path, HG_OK, err);
    u->fd = -1;
    if (st == HG_OK)
        hg_digest_hex(u->digest, u->files[u->n - 1].hex);
    if (st == HG_OK && u->zip)
        st = close_in_zip(u, err);
    free(u->path);
    u->path = NULL;
    return st;
}

/* ---- tar ---- */

static hg_status take_entry(hg_unpacking *u, hg_tar *tar, const hg_tar_entry *entry,
                            hg_err *err)
{
    enum { SIZE = 1 << 16 };
    char bytes[SIZE];
    size_t got;
    hg_status st = begin_file(u, entry->name, entry->size, err);
    while (st == HG_OK && (st = hg_tar_read(tar, bytes, SIZE, &got, err)) == HG_OK &&
           got > 0)
        st = put_bytes(u, bytes, got, err);
    return st == HG_OK ? end_file(u, err) : st;
}

static hg_status take_entries(hg_unpacking *u, hg_tar *tar, hg_err *err)
{
    hg_tar_entry entry;
    hg_status st = HG_OK;
    while (st == HG_OK && (st = hg_tar_next(tar, &entry, err)) == HG_OK) {
        if (u->n == 0 && strcmp(entry.name, HG_PACKAGE_HEAD) != 0)
            return damaged(u, err,
                           "this tar is no hg stream: it does not start with hg.json");
        st = take_entry(u, tar, &entry, err);
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status unpack_tar(hg_unpacking *u, int fd, hg_slice start, hg_err *err)
{
    hg_tar *tar;
    hg_status st = hg_tar_new(&tar, fd, u->name, start, err);
    if (st == HG_OK)
        st = take_entries(u, tar, err);
    hg_tar_free(tar);
    return st;
}

static hg_status inflate(void *zstd, void *bytes, size_t n, size_t *got, hg_err *err)
{
    return hg_zstd_in_read(zstd, bytes, n, got, err);
}

static hg_status unpack_tar_zst(hg_unpacking *u, int fd, hg_slice start, hg_err *err)
{
    hg_tar *tar = NULL;
    hg_zstd_in *zstd;
    hg_status st = hg_zstd_in_new(&zstd, fd, u->name, start, err);
    if (st == HG_OK)
        st = hg_tar_new(&tar, -1, u->name, HG_SLICE(""), err);
    if (st == HG_OK) {
        hg_tar_from(tar, inflate, zstd);
        st = take_entries(u, tar, err);
    }
    hg_tar_free(tar);
    hg_zstd_in_free(zstd);
    return st;
}

/* ---- any of them ---- */

static hg_status unpack_zip(hg_unpacking *u, int fd, hg_err *err)
{
    const hg_members to = { begin_file, put_bytes, end_file, u };
    if (lseek(fd, 0, SEEK_SET) != 0)
        return damaged(u, err, "a zip cannot be read from a pipe; give its file name");
    return hg_zip_take(fd, u->name, MAX_UNPACKED, &to, err);
}

static hg_status unpack(hg_unpacking *u, int fd, hg_slice start, hg_err *err)
{
    if (start.n >= 4 && memcmp(start.p, "PK\3\4", 4) == 0)
        return unpack_zip(u, fd, err);
    if (hg_zstd_is(start))
        return unpack_tar_zst(u, fd, start, err);
    if (start.n < 512 && memcmp(start.p, HG_PACKAGE_HEAD, start.n < 8 ? start.n : 8) == 0)
        return damaged(u, err, "the stream is cut off");
    if (start.n < 512 || memcmp(start.p + 257, "ustar", 5) != 0)
        return damaged(u, err, "this is no data package: neither folder, zip nor tar");
    return unpack_tar(u, fd, start, err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const hg_arrival *)a)->name, ((const hg_arrival *)b)->name);
}

/* Of two files of one name the folder has the second, but the digest may be the first's.
 */
static hg_status sort(hg_unpacking *u, hg_err *err)
{
    if (u->n > 0)
        qsort(u->files, u->n, sizeof *u->files, by_name);
    for (size_t i = 1; i < u->n; i++)
        if (by_name(&u->files[i - 1], &u->files[i]) == 0)
            return hg_fail(err, HG_EINPUT, HG_AT(u->name), "the package holds %s twice",
                           u->files[i].name);
    return HG_OK;
}

hg_status hg_unpack_package(hg_unpacking *u, int fd, hg_slice start, hg_err *err)
{
    u->fd = -1;
    hg_status st = hg_digest_new(&u->digest, err);
    if (st == HG_OK)
        st = unpack(u, fd, start, err);
    if (u->fd >= 0)
        close(u->fd);
    u->fd = -1;
    return st == HG_OK ? sort(u, err) : st;
}

const hg_arrival *hg_unpacked_file(const hg_unpacking *u, const char *name)
{
    hg_arrival key = { .name = (char *)name };
    return u->n == 0 ? NULL : bsearch(&key, u->files, u->n, sizeof key, by_name);
}

void hg_unpacking_release(hg_unpacking *u)
{
    for (size_t i = 0; i < u->n; i++)
        free(u->files[i].name);
    free(u->files);
    free(u->path);
    hg_digest_free(u->digest);
}
