/* path - names of files and folders: joined, split, and made up beside others */
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STEM_MAX = 200, RANDOM = 10 }; /* bytes; with a dot and a tag, under NAME_MAX */

/* A new text of the first n bytes. */
static hg_status first(char **out, const char *text, size_t n, hg_err *err)
{
    *out = strndup(text, n);
    return *out ? HG_OK : hg_fail_nomem(err);
}

/* The length of path without trailing '/'; that of "/" is 1. */
static size_t length(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return n;
}

/* Where the last part of path starts. */
static size_t last_part(const char *path)
{
    size_t n = length(path);
    while (n > 0 && path[n - 1] != '/')
        n--;
    return n;
}

hg_status hg_path_join(char **path, const char *folder, const char *name, hg_err *err)
{
    size_t n = *folder ? length(folder) : 0;
    size_t size = n + strlen(name) + 2;
    *path = malloc(size);
    if (!*path)
        return hg_fail_nomem(err);
    const char *slash = n > 0 && folder[n - 1] != '/' ? "/" : "";
    snprintf(*path, size, "%.*s%s%s", (int)n, folder, slash, name);
    return HG_OK;
}

hg_status hg_path_parent(char **parent, const char *path, hg_err *err)
{
    size_t n = last_part(path);
    if (n == 0)
        return first(parent, ".", 1, err);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return first(parent, path, n, err);
}

hg_status hg_path_real(char **real, const char *path, hg_err *err)
{
    *real = realpath(path, NULL);
    if (*real)
        return HG_OK;
    if (errno == ENOENT)
        return first(real, path, length(path), err);
    return hg_fail_sys(err, HG_AT(path), "cannot find the place");
}

hg_status hg_path_make_above(const char *path, hg_err *err)
{
    char *folder;
    hg_status st = first(&folder, path, last_part(path), err);
    for (char *p = folder; st == HG_OK && *p && (p = strchr(p + 1, '/'));) {
        *p = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST && errno != EISDIR)
            st = hg_fail_sys(err, HG_AT(folder), "cannot make the folder");
        *p = '/';
    }
    free(folder);
    return st;
}

hg_status hg_path_sync_parent(const char *path, hg_err *err)
{
    char *parent;
    hg_status st = hg_path_parent(&parent, path, err);
    if (st != HG_OK)
        return st;
    int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || (fsync(fd) != 0 && errno != EINVAL)) /* EINVAL: a file system without */
        st = hg_fail_sys(err, HG_AT(parent), "cannot sync the folder");
    if (fd >= 0)
        close(fd);
    free(parent);
    return st;
}

/* Split place into its folder and the start of hidden names beside it: ".<name>.<tag>-".
 */
static hg_status stem(char **folder, char start[STEM_MAX + 32], const char *place,
                      const char *tag, hg_err *err)
{
    size_t n = last_part(place);
    size_t len = length(place) - n;
    snprintf(start, STEM_MAX + 32, ".%.*s.%.20s-", (int)(len < STEM_MAX ? len : STEM_MAX),
             place + n, tag);
    return hg_path_parent(folder, place, err);
}

hg_status hg_path_beside(char **path, const char *place, const char *tag, hg_err *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char random[RANDOM];
    char name[STEM_MAX + 32 + RANDOM + 1];
    char *folder;
    *path = NULL;
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return hg_fail_sys(err, HG_AT(NULL), "cannot get random bytes");
    hg_status st = stem(&folder, name, place, tag, err);
    if (st != HG_OK)
        return st;
    size_t n = strlen(name);
    for (size_t i = 0; i < RANDOM; i++)
        name[n++] = letters[random[i] & 31];
    name[n] = '\0';
    st = hg_path_join(path, folder, name, err);
    free(folder);
    return st;
}

static hg_status sweep(DIR *dir, const char *folder, const char *start,
                       hg_status (*drop)(const char *path, hg_err *err), hg_err *err)
{
    hg_status st = HG_OK;
    size_t n = strlen(start);
    for (struct dirent *entry; st == HG_OK && (entry = readdir(dir));) {
        char *path;
        if (strncmp(entry->d_name, start, n) != 0 || strlen(entry->d_name) != n + RANDOM)
            continue;
        if ((st = hg_path_join(&path, folder, entry->d_name, err)) == HG_OK)
            st = drop(path, err);
        free(path);
    }
    return st;
}

hg_status hg_path_sweep(const char *place, const char *tag,
                        hg_status (*drop)(const char *path, hg_err *err), hg_err *err)
{
    char start[STEM_MAX + 32];
    char *folder;
    hg_status st = stem(&folder, start, place, tag, err);
    if (st != HG_OK)
        return st;
    DIR *dir = opendir(folder);
    if (dir) {
        st = sweep(dir, folder, start, drop, err);
        closedir(dir);
    }
    free(folder);
    return st;
}
