/* archive - unpack a zip into a folder */
#include "format/archive.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

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

static hg_status write_member(hg_zip *zip, int fd, const char *path, uint64_t *max,
                              hg_err *err)
{
    const void *bytes;
    size_t n;
    hg_status st;
    while ((st = hg_zip_read(zip, &bytes, &n, err)) == HG_OK) {
        *max -= n;
        if ((st = hg_file_write(fd, path, bytes, n, err)) != HG_OK)
            return st;
    }
    return st == HG_END ? HG_OK : st;
}

/* *max is what the members may still take. */
static hg_status unpack_member(hg_zip *zip, size_t i, const char *folder, uint64_t *max,
                               hg_err *err)
{
    int fd;
    char *path = NULL;
    hg_status st = hg_zip_enter(zip, i, *max, err);
    if (st == HG_OK)
        st = hg_path_join(&path, folder, hg_zip_member(zip, i), err);
    if (st == HG_OK && (st = hg_file_create(&fd, path, err)) == HG_OK) {
        st = write_member(zip, fd, path, max, err);
        st = hg_file_close(fd, path, st, err);
    }
    free(path);
    return st;
}

hg_status hg_zip_unpack(int fd, const char *name, const char *folder, uint64_t max,
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
        st = unpack_member(zip, i, folder, &max, err);
    hg_zip_free(zip);
    return st;
}
