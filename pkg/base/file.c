/* file - files read whole, written fully, and put in place in one step */
#define _GNU_SOURCE /* O_TMPFILE, F_SETPIPE_SZ */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CHUNK = 1 << 16, /* bytes that are read and written at a time, */
    STRIDE = 1 << 20 /* and that are sent */
};

/* Whether a call that failed is to be made again: it was interrupted, or the descriptor,
 * shared with a program that set it so, does not block; then wait for it. */
static bool again(int fd, short events)
{
    if (errno == EAGAIN)
        return poll(&(struct pollfd){ .fd = fd, .events = events }, 1, -1) >= 0;
    return errno == EINTR;
}

static hg_status fail_open(hg_err *err, const char *name)
{
    if (errno == ENOENT || errno == ENOTDIR)
        return hg_fail(err, HG_EINPUT, HG_AT(name), "there is no such file");
    if (errno == EACCES || errno == EPERM)
        return hg_fail(err, HG_EINPUT, HG_AT(name),
                       "there is no permission to read the file");
    return hg_fail_sys(err, HG_AT(name), "cannot open the file");
}

hg_status hg_file_open(int *fd, const char *name, hg_err *err)
{
    struct stat st;
    do
        *fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (*fd < 0 && errno == EINTR);
    if (*fd < 0)
        return fail_open(err, name);
    if (fstat(*fd, &st) == 0 && !S_ISDIR(st.st_mode))
        return HG_OK;
    close(*fd);
    *fd = -1;
    return hg_fail(err, HG_EINPUT, HG_AT(name), "a folder, where a file is wanted");
}

hg_status hg_file_read(int fd, const char *name, void *bytes, size_t n, size_t *got,
                       hg_err *err)
{
    *got = 0;
    while (*got < n) {
        ssize_t k = read(fd, (char *)bytes + *got, n - *got);
        if (k == 0)
            break;
        if (k > 0)
            *got += (size_t)k;
        else if (errno == EISDIR)
            return hg_fail(err, HG_EINPUT, HG_AT(name),
                           "a folder, where a file is wanted");
        else if (!again(fd, POLLIN))
            return hg_fail_sys(err, HG_AT(name), "cannot read the file");
    }
    return HG_OK;
}

hg_status hg_file_read_at(int fd, const char *name, void *bytes, size_t n,
                          uint64_t offset, size_t *got, hg_err *err)
{
    *got = 0;
    while (*got < n) {
        ssize_t k =
            pread(fd, (char *)bytes + *got, n - *got, (off_t)(offset + *got));
        if (k == 0)
            break;
        if (k > 0)
            *got += (size_t)k;
        else if (errno != EINTR)
            return hg_fail_sys(err, HG_AT(name), "cannot read the file");
    }
    return HG_OK;
}

hg_status hg_file_write(int fd, const char *name, const void *bytes, size_t n,
                        hg_err *err)
{
    for (const char *from = bytes; n > 0;) {
        ssize_t k = write(fd, from, n);
        if (k > 0) {
            from += k;
            n -= (size_t)k;
        } else if (k == 0 || !again(fd, POLLOUT)) {
            return hg_fail_sys(err, HG_AT(name), "cannot write the file");
        }
    }
    return HG_OK;
}

/* Read a span and write it. */
static hg_status carry(int fd, const char *name, const hg_span *span, hg_err *err)
{
    char bytes[CHUNK];
    size_t got = 0;
    hg_status st = HG_OK;
    for (uint64_t done = 0; st == HG_OK && done < span->bytes; done += got) {
        uint64_t left = span->bytes - done;
        st = hg_file_read_at(span->fd, span->name, bytes, left < CHUNK ? (size_t)left : CHUNK,
                             span->from + done, &got, err);
        if (st == HG_OK && got == 0)
            st = hg_fail(err, HG_EINPUT, HG_AT(span->name),
                         "the file changed while it was read");
        if (st == HG_OK)
            st = hg_file_write(fd, name, bytes, got, err);
    }
    return st;
}

/* sendfile(2) takes pipes, sockets and files alike; what it cannot do, or does not get done,
 * carry() does, or finds out why not. */
hg_status hg_file_pass(int fd, const char *name, const hg_span *span, hg_err *err)
{
    hg_span left = *span;
    while (left.bytes > 0) {
        off_t at = (off_t)left.from;
        ssize_t k = sendfile(fd, left.fd, &at, left.bytes < STRIDE ? left.bytes : STRIDE);
        if (k > 0) {
            left.from += (uint64_t)k;
            left.bytes -= (uint64_t)k;
        } else if (k == 0 || !again(fd, POLLOUT)) {
            return carry(fd, name, &left, err);
        }
    }
    return HG_OK;
}

void hg_file_widen(int fd)
{
    (void)fcntl(fd, F_SETPIPE_SZ, 1 << 20);
}

hg_status hg_file_load(hg_buf *buf, const char *name, hg_err *err)
{
    char bytes[CHUNK];
    size_t n = 0;
    int fd;
    hg_status st = hg_file_open(&fd, name, err);
    if (st != HG_OK)
        return st;
    do {
        st = hg_file_read(fd, name, bytes, sizeof bytes, &n, err);
        if (st == HG_OK)
            hg_buf_put(buf, bytes, n);
    } while (st == HG_OK && buf->status == HG_OK && n == sizeof bytes);
    close(fd);
    if (buf->status == HG_EINPUT)
        return hg_fail(err, HG_EINPUT, HG_AT(name),
                       "the file is longer than the limit of %zu bytes",
                       buf->max ? buf->max : HG_BUF_MAX);
    return st == HG_OK ? hg_buf_status(buf, err) : st;
}

hg_status hg_file_digest(const char *name, uint64_t *bytes, char hex[HG_DIGEST_HEX],
                         hg_err *err)
{
    char chunk[CHUNK];
    size_t n = 0;
    int fd;
    hg_digest *digest = NULL;
    hg_status st = hg_file_open(&fd, name, err);
    if (st != HG_OK)
        return st;
    *bytes = 0;
    st = hg_digest_new(&digest, err);
    while (st == HG_OK && (st = hg_file_read(fd, name, chunk, CHUNK, &n, err)) == HG_OK &&
           n > 0) {
        hg_digest_put(digest, chunk, n);
        *bytes += n;
    }
    if (st == HG_OK)
        hg_digest_hex(digest, hex);
    hg_digest_free(digest);
    close(fd);
    return st;
}

hg_status hg_file_unnamed(int *fd, const char *tmp, hg_err *err)
{
    char *path;
    *fd = open(tmp, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        if (hg_path_join(&path, tmp, "hg-XXXXXX", err) != HG_OK)
            return err->status;
        *fd = mkostemp(path, O_CLOEXEC);
        if (*fd >= 0)
            unlink(path);
        free(path);
    }
    return *fd >= 0 ? HG_OK
                    : hg_fail_sys(err, HG_AT(tmp), "cannot make a file in the folder");
}

/* Copy all that from still holds to the new file to. */
static hg_status copy(int to, const char *to_name, int from, const char *name,
                      hg_err *err)
{
    char bytes[CHUNK];
    size_t n = 0;
    hg_status st;
    do {
        st = hg_file_read(from, name, bytes, sizeof bytes, &n, err);
        if (st == HG_OK)
            st = hg_file_write(to, to_name, bytes, n, err);
    } while (st == HG_OK && n == sizeof bytes);
    return st;
}

hg_status hg_file_spool(int *out, int fd, const char *name, const char *tmp, hg_err *err)
{
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0) {
        *out = fcntl(fd, F_DUPFD_CLOEXEC, 0);
        return *out >= 0 ? HG_OK : hg_fail_sys(err, HG_AT(name), "cannot open the file");
    }
    if (hg_file_unnamed(out, tmp, err) != HG_OK)
        return err->status;
    hg_status copied = copy(*out, tmp, fd, name, err);
    if (copied == HG_OK && lseek(*out, 0, SEEK_SET) != 0)
        copied = hg_fail_sys(err, HG_AT(tmp), "cannot read the file");
    if (copied != HG_OK) {
        close(*out);
        *out = -1;
    }
    return copied;
}

struct hg_newfile {
    char *name; /* links followed */
    char *temp; /* the hidden name; NULL: bytes go straight to name, or commit is done */
    int fd;
    int lock; /* the same open file as fd; keeps its lock until the rename */
};

/* Remove a hidden file whose writer is dead: the living hold its lock. */
static hg_status drop_dead(const char *path, hg_err *err)
{
    (void)err;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return HG_OK;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        unlink(path);
    close(fd);
    return HG_OK;
}

/* Make and lock the hidden file. Another run may have dropped it before the lock: once
 * more. */
static hg_status claim(hg_newfile *file, hg_err *err)
{
    struct stat st = { 0 };
    for (int tries = 0; tries < 8 && st.st_nlink == 0; tries++) {
        free(file->temp);
        if (file->fd >= 0)
            close(file->fd);
        hg_status made = hg_path_beside(&file->temp, file->name, "tmp", err);
        if (made != HG_OK)
            return made;
        file->fd = open(file->temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file->fd < 0)
            return hg_fail_sys(err, HG_AT(file->name), "cannot make the file");
        (void)flock(file->fd,
                    LOCK_EX | LOCK_NB); /* where there are no locks, nobody drops */
        if (fstat(file->fd, &st) != 0)
            break;
    }
    if (st.st_nlink > 0)
        file->lock = fcntl(file->fd, F_DUPFD_CLOEXEC, 0);
    return file->lock >= 0 ? HG_OK
                           : hg_fail_sys(err, HG_AT(file->name), "cannot make the file");
}

static hg_status open_beside(hg_newfile *file, const char *name, hg_err *err)
{
    hg_err ignored = HG_ERR_INIT; /* what is left over is no reason to fail */
    hg_status st = hg_path_real(&file->name, name, err);
    if (st != HG_OK)
        return st;
    hg_path_sweep(file->name, "tmp", drop_dead, &ignored);
    return claim(file, err);
}

static hg_status open_straight(hg_newfile *file, const char *name, hg_err *err)
{
    file->name = strdup(name);
    if (!file->name)
        return hg_fail_nomem(err);
    do
        file->fd = open(name, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    while (file->fd < 0 && errno == EINTR);
    return file->fd >= 0 ? HG_OK : hg_fail_sys(err, HG_AT(name), "cannot open the file");
}

hg_status hg_newfile_open(hg_newfile **out, const char *name, hg_err *err)
{
    struct stat st;
    bool there = stat(name, &st) == 0;
    *out = NULL;
    if (there && S_ISDIR(st.st_mode))
        return hg_fail(err, HG_EARG, HG_AT(name),
                       "a folder, where a file is to be written");
    hg_newfile *file = malloc(sizeof *file);
    if (!file)
        return hg_fail_nomem(err);
    *file = (hg_newfile){ .fd = -1, .lock = -1 };
    hg_status made = there && !S_ISREG(st.st_mode) ? open_straight(file, name, err)
                                                   : open_beside(file, name, err);
    if (made == HG_OK)
        *out = file;
    else
        hg_newfile_free(file);
    return made;
}

int hg_newfile_fd(const hg_newfile *file)
{
    return file->fd;
}

hg_status hg_newfile_commit(hg_newfile *file, hg_err *err)
{
    int fd = file->fd;
    if (file->temp && fsync(fd) != 0)
        return hg_fail_sys(err, HG_AT(file->name), "cannot write the file");
    file->fd = -1;
    if (close(fd) != 0)
        return hg_fail_sys(err, HG_AT(file->name), "cannot write the file");
    if (!file->temp)
        return HG_OK;
    if (rename(file->temp, file->name) != 0)
        return hg_fail_sys(err, HG_AT(file->name), "cannot put the file in its place");
    free(file->temp);
    file->temp = NULL;
    return hg_path_sync_parent(file->name, err);
}

void hg_newfile_free(hg_newfile *file)
{
    if (!file)
        return;
    if (file->temp)
        unlink(file->temp);
    if (file->fd >= 0)
        close(file->fd);
    if (file->lock >= 0)
        close(file->lock);
    free(file->temp);
    free(file->name);
    free(file);
}

hg_status hg_file_create(int *fd, const char *name, hg_err *err)
{
    enum { FLAGS = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC };
    *fd = open(name, FLAGS, 0666);
    if (*fd < 0 && errno == EEXIST && unlink(name) == 0)
        *fd = open(name, FLAGS, 0666);
    if (*fd < 0 && errno == ENOENT && hg_path_make_above(name, err) == HG_OK)
        *fd = open(name, FLAGS, 0666);
    return *fd >= 0 ? HG_OK : hg_fail_sys(err, HG_AT(name), "cannot make the file");
}

hg_status hg_file_close(int fd, const char *name, hg_status st, hg_err *err)
{
    if (close(fd) != 0 && st == HG_OK)
        return hg_fail_sys(err, HG_AT(name), "cannot write the file");
    return st;
}

hg_status hg_file_save(const char *name, const void *bytes, size_t n, hg_err *err)
{
    int fd;
    hg_status st = hg_file_create(&fd, name, err);
    if (st != HG_OK)
        return st;
    return hg_file_close(fd, name, hg_file_write(fd, name, bytes, n, err), err);
}

hg_status hg_file_copy(const char *from, const char *to, hg_err *err)
{
    int in, fd;
    hg_status st = hg_file_open(&in, from, err);
    if (st != HG_OK)
        return st;
    st = hg_file_create(&fd, to, err);
    if (st == HG_OK)
        st = hg_file_close(fd, to, copy(fd, to, in, from, err), err);
    close(in);
    return st;
}
