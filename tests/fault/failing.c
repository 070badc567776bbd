/* failing - a library to preload: the call number FAILING_AT of those that take memory, or of
 * those that read and write, fails (FAILING "memory" or "io"), or all that take memory from
 * that call on ("memory-on"); how many there were is appended to the file FAILING_COUNT at the
 * end. Linux with glibc. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t),
    *__libc_realloc(void *, size_t);

static atomic_long calls;
static long at = -1;
static bool memory, io, on;

__attribute__((constructor)) static void start(void)
{
    const char *kind = getenv("FAILING"), *n = getenv("FAILING_AT");
    on = kind && strcmp(kind, "memory-on") == 0;
    memory = on || (kind && strcmp(kind, "memory") == 0);
    io = kind && strcmp(kind, "io") == 0;
    at = n ? atol(n) : 0;
}

__attribute__((destructor)) static void end(void)
{
    const char *file = getenv("FAILING_COUNT");
    int fd = file ? open(file, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    char text[32];
    int n = snprintf(text, sizeof text, "%ld\n", (long)calls);
    if (fd >= 0)
        syscall(SYS_write, fd, text, n);
}

static bool fails(bool kind)
{
    if (!kind)
        return false;
    long call = atomic_fetch_add(&calls, 1) + 1;
    return call == at || (on && at > 0 && call > at);
}

void *malloc(size_t n)
{
    return fails(memory) ? (errno = ENOMEM, NULL) : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    return fails(memory) ? (errno = ENOMEM, NULL) : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
    return fails(memory) ? (errno = ENOMEM, NULL) : __libc_realloc(p, n);
}

ssize_t read(int fd, void *to, size_t n)
{
    return fails(io) ? (errno = EIO, -1) : syscall(SYS_read, fd, to, n);
}

ssize_t pread(int fd, void *to, size_t n, off_t place)
{
    return fails(io) ? (errno = EIO, -1) : syscall(SYS_pread64, fd, to, n, place);
}

ssize_t pread64(int fd, void *to, size_t n, off_t place)
{
    return pread(fd, to, n, place);
}

ssize_t sendfile(int fd, int from, off_t *place, size_t n)
{
    return fails(io) ? (errno = EIO, -1) : syscall(SYS_sendfile, fd, from, place, n);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return fd != 2 && fails(io) ? (errno = EIO, -1) : syscall(SYS_write, fd, bytes, n);
}
