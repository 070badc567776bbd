/* archive - give the members of a zip to a taker, or unpack them into a folder */
#include "container/archive.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether a name is relative, of parts that are neither empty, "." nor "..", and of
 * letters, digits and "-_.~" only. */
static bool is_plain(const char *name)
{
    static const char fit[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    for (const char *part = name;; part++) {
        size_t n = strspn(part, fit);
        if (n == 0 || (part[0] == '.' && (n == 1 || (n == 2 && part[1] == '.'))))
            return false;
        part += n;
        if (*part != '/')
            return *part == '\0';
    }
}

/* ---- members, given to a taker ---- */

/* *max is what the members may still take. */
static hg_status give_member(hg_zip *zip, size_t i, uint64_t *max, const hg_members *to,
                             hg_err *err)
{
    const void *bytes;
    size_t n;
    hg_status st = hg_zip_enter(zip, i, *max, err);
    if (st == HG_OK)
        st = to->begin(to->user, hg_zip_member(zip, i), hg_zip_size(zip, i), err);
    while (st == HG_OK && (st = hg_zip_read(zip, &bytes, &n, err)) == HG_OK) {
        *max -= n;
        st = to->put(to->user, bytes, n, err);
    }
    return st == HG_END ? to->end(to->user, err) : st;
}

hg_status hg_zip_take(int fd, const char *name, uint64_t max, const hg_members *to,
                      hg_err *err)
{
    hg_zip *zip;
    hg_status st = hg_zip_open(&zip, fd, name, err);
    if (st != HG_OK)
        return st;
    for (size_t i = 0; st == HG_OK && i < hg_zip_members(zip); i++)
        if (!is_plain(hg_zip_member(zip, i)))
            st = hg_fail(err, HG_EINPUT, HG_AT(name),
                         "%s is no name for a file of a package", hg_zip_member(zip, i));
    for (size_t i = 0; st == HG_OK && i < hg_zip_members(zip); i++)
        st = give_member(zip, i, &max, to, err);
    hg_zip_free(zip);
    return st;
}

/* ---- into a folder ---- */

/* A member on its way to a file. */
typedef struct unpacking {
    const char *folder;
    char *path;
    int fd;
} unpacking;

static hg_status begin_file(void *user, const char *name, uint64_t size, hg_err *err)
{
    unpacking *u = user;
    (void)size;
    hg_status st = hg_path_join(&u->path, u->folder, name, err);
    return st == HG_OK ? hg_file_create(&u->fd, u->path, err) : st;
}

static hg_status put_bytes(void *user, const void *bytes, size_t n, hg_err *err)
{
    const unpacking *u = user;
    return hg_file_write(u->fd, u->path, bytes, n, err);
}

static hg_status end_file(void *user, hg_err *err)
{
    unpacking *u = user;
    hg_status st = hg_file_close(u->fd, u->path, HG_OK, err);
    free(u->path);
    *u = (unpacking){ .folder = u->folder, .fd = -1 };
    return st;
}

hg_status hg_zip_unpack(int fd, const char *name, const char *folder, uint64_t max,
                        hg_err *err)
{
    unpacking u = { .folder = folder, .fd = -1 };
    const hg_members to = { begin_file, put_bytes, end_file, &u };
    hg_status st = hg_zip_take(fd, name, max, &to, err);
    if (u.fd >= 0)
        close(u.fd);
    free(u.path);
    return st;
}
