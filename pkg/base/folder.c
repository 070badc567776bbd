/* folder - folders made, walked, removed, and put in place in one step */
#define _GNU_SOURCE /* renameat2(), sync_file_range(), fts */
#include "base/folder.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

hg_status hg_folder_beside(char **path, const char *place, const char *tag, hg_err *err)
{
    char *real;
    *path = NULL;
    hg_status st = hg_path_real(&real, place, err);
    if (st == HG_OK)
        st = hg_path_beside(path, real, tag, err);
    free(real);
    if (st != HG_OK || mkdir(*path, 0777) == 0)
        return st;
    free(*path);
    *path = NULL;
    return hg_fail_sys(err, HG_AT(place), "cannot make a folder beside it");
}

hg_status hg_folder_temp(char **path, const char *tmp, hg_err *err)
{
    hg_status st = hg_path_join(path, tmp, "hg-XXXXXX", err);
    if (st != HG_OK || mkdtemp(*path))
        return st;
    free(*path);
    *path = NULL;
    return hg_fail_sys(err, HG_AT(tmp), "cannot make a folder in it");
}

hg_status hg_folder_sweep(const char *place, const char *tag, hg_err *err)
{
    char *real;
    hg_status st = hg_path_real(&real, place, err);
    if (st == HG_OK)
        st = hg_path_sweep(real, tag, hg_folder_remove, err);
    free(real);
    return st;
}

hg_status hg_folder_make(const char *path, hg_err *err)
{
    struct stat st;
    hg_status made = hg_path_make_above(path, err);
    if (made != HG_OK || mkdir(path, 0777) == 0)
        return made;
    if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return HG_OK;
    return hg_fail_sys(err, HG_AT(path), "cannot make the folder");
}

typedef hg_status visitor(void *to, FTS *fts, FTSENT *entry, hg_err *err);

static hg_status fail_walk(hg_err *err, int sys, const char *path)
{
    errno = sys;
    if (sys == ENOENT)
        return hg_fail(err, HG_EINPUT, HG_AT(path), "there is no such folder");
    return hg_fail_sys(err, HG_AT(path), "cannot read the folder");
}

/* Visit path and all below it; each folder again, as FTS_DP, after what it holds. */
static hg_status walk(const char *path, int flags, visitor *visit, void *to, hg_err *err)
{
    char *roots[] = { (char *)(uintptr_t)path, NULL };
    FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | flags, NULL);
    hg_status st = fts ? HG_OK : fail_walk(err, errno, path);
    for (FTSENT *entry; st == HG_OK && (errno = 0, entry = fts_read(fts));)
        switch (entry->fts_info) {
        case FTS_DNR:
        case FTS_ERR:
        case FTS_NS: st = fail_walk(err, entry->fts_errno, entry->fts_path); break;
        default: st = visit(to, fts, entry, err);
        }
    if (st == HG_OK && errno != 0)
        st = fail_walk(err, errno, path);
    if (fts)
        fts_close(fts);
    return st;
}

static hg_status drop(void *to, FTS *fts, FTSENT *entry, hg_err *err)
{
    (void)to;
    (void)fts;
    if (entry->fts_info == FTS_D)
        return HG_OK;
    int failed =
        entry->fts_info == FTS_DP ? rmdir(entry->fts_path) : unlink(entry->fts_path);
    if (failed && errno != ENOENT)
        return hg_fail_sys(err, HG_AT(entry->fts_path), "cannot remove it");
    return HG_OK;
}

hg_status hg_folder_remove(const char *path, hg_err *err)
{
    struct stat st;
    if (lstat(path, &st) != 0 && errno == ENOENT)
        return HG_OK;
    return walk(path, 0, drop, NULL, err);
}

static hg_status list_add(hg_folder_list *list, const char *name, hg_err *err)
{
    if (list->n == HG_FOLDER_FILES)
        return hg_fail(err, HG_EINPUT, HG_AT(name), "the folder holds more than %d files",
                       HG_FOLDER_FILES);
    if ((list->n & (list->n - 1)) == 0) { /* full at each power of two */
        char **names = realloc(list->names, (list->n ? 2 * list->n : 1) * sizeof *names);
        if (!names)
            return hg_fail_nomem(err);
        list->names = names;
    }
    char *copy = strdup(name);
    if (!copy)
        return hg_fail_nomem(err);
    list->names[list->n++] = copy;
    return HG_OK;
}

typedef struct listing {
    hg_folder_list *list;
    size_t root; /* bytes of the path walked, with its '/' */
} listing;

static hg_status list_visit(void *to, FTS *fts, FTSENT *entry, hg_err *err)
{
    const listing *l = to;
    bool root = entry->fts_level == 0;
    if (!root && entry->fts_name[0] == '.')
        fts_set(fts, entry, FTS_SKIP);
    else if (entry->fts_info == FTS_F && !root)
        return list_add(l->list, entry->fts_path + l->root, err);
    else if (entry->fts_info == FTS_F)
        return hg_fail(err, HG_EINPUT, HG_AT(entry->fts_path),
                       "a file, where a folder is wanted");
    else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP)
        return hg_fail(err, HG_EINPUT, HG_AT(entry->fts_path),
                       "neither a file nor a folder");
    return HG_OK;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

hg_status hg_folder_list_new(hg_folder_list *list, const char *path, hg_err *err)
{
    size_t n = strlen(path);
    listing l = { list, n > 0 && path[n - 1] == '/' ? n : n + 1 };
    *list = (hg_folder_list){ 0 };
    hg_status st = walk(path, FTS_COMFOLLOW, list_visit, &l, err);
    if (st == HG_OK && list->n > 0)
        qsort(list->names, list->n, sizeof *list->names, by_bytes);
    if (st != HG_OK)
        hg_folder_list_free(list);
    return st;
}

void hg_folder_list_free(hg_folder_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->names[i]);
    free(list->names);
    *list = (hg_folder_list){ 0 };
}

/* Start writing a file out, so that the disk is busy with all before we wait for each. */
static hg_status sync_start(void *to, FTS *fts, FTSENT *entry, hg_err *err)
{
    (void)to;
    (void)fts;
    (void)err;
    int fd = entry->fts_info == FTS_F ? open(entry->fts_path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return HG_OK;
    (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    close(fd);
    return HG_OK;
}

static hg_status sync_wait(void *to, FTS *fts, FTSENT *entry, hg_err *err)
{
    hg_status st = HG_OK;
    (void)to;
    (void)fts;
    if (entry->fts_info != FTS_F && entry->fts_info != FTS_DP)
        return HG_OK;
    int fd = open(entry->fts_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fsync(fd) != 0)
        st = hg_fail_sys(err, HG_AT(entry->fts_path), "cannot sync it to the disk");
    if (fd >= 0)
        close(fd);
    return st;
}

hg_status hg_folder_sync(const char *path, hg_err *err)
{
    hg_status st = walk(path, 0, sync_start, NULL, err);
    return st == HG_OK ? walk(path, 0, sync_wait, NULL, err) : st;
}

/* rename() where nothing is there; it never takes the place of a folder that holds
 * anything. */
static bool exchange(const char *made, const char *place)
{
    return renameat2(AT_FDCWD, made, AT_FDCWD, place, RENAME_EXCHANGE) == 0 ||
           (errno == ENOENT && rename(made, place) == 0);
}

hg_status hg_folder_swap(const char *made, const char *place, hg_err *err)
{
    struct stat st;
    char *real;
    hg_status swapped = hg_path_real(&real, place, err);
    if (swapped != HG_OK)
        return swapped;
    if (stat(real, &st) == 0 && !S_ISDIR(st.st_mode))
        swapped =
            hg_fail(err, HG_EARG, HG_AT(place), "a file, where a folder is to be put");
    else if (!exchange(made, real))
        swapped = hg_fail_sys(err, HG_AT(place), "cannot put the folder in its place");
    else
        swapped = hg_path_sync_parent(real, err);
    free(real);
    return swapped;
}

/* Link from as to, in the place of what is there. */
static bool link_over(const char *from, const char *to)
{
    return linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW) == 0 ||
           (errno == EEXIST && unlink(to) == 0 &&
            linkat(AT_FDCWD, from, AT_FDCWD, to, AT_SYMLINK_FOLLOW) == 0);
}

static hg_status link_or_copy(const char *from, const char *to, hg_err *err)
{
    if (link_over(from, to))
        return HG_OK;
    if (errno == ENOENT && hg_path_make_above(to, err) == HG_OK && link_over(from, to))
        return HG_OK;
    switch (errno) {
    case EXDEV: /* another device; a file system without links; another's file; too many
                 */
    case EPERM:
    case EOPNOTSUPP:
    case EMLINK: return hg_file_copy(from, to, err);
    default: return hg_fail_sys(err, HG_AT(from), "cannot link the file");
    }
}

hg_status hg_folder_link(const char *folder, const char *target, const char *name,
                         hg_err *err)
{
    char *from = NULL, *to = NULL;
    hg_status st = hg_path_join(&from, folder, name, err);
    if (st == HG_OK)
        st = hg_path_join(&to, target, name, err);
    if (st == HG_OK)
        st = link_or_copy(from, to, err);
    free(from);
    free(to);
    return st;
}

hg_status hg_folder_copy(const char *from, const char *to, hg_err *err)
{
    hg_folder_list list;
    hg_status st = hg_folder_list_new(&list, from, err);
    for (size_t i = 0; st == HG_OK && i < list.n; i++)
        st = hg_folder_link(from, to, list.names[i], err);
    hg_folder_list_free(&list);
    return st;
}

/* A locked descriptor of a folder, or -1. */
static int locked(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed = fd < 0;
    while (!failed && flock(fd, LOCK_EX) != 0)
        failed = errno != EINTR;
    if (failed && fd >= 0) {
        int sys = errno;
        close(fd);
        errno = sys;
        fd = -1;
    }
    return fd;
}

hg_status hg_folder_lock(int *fd, const char *place, hg_err *err)
{
    char *real = NULL, *parent = NULL;
    *fd = -1;
    hg_status st = hg_path_real(&real, place, err);
    if (st == HG_OK)
        st = hg_path_parent(&parent, real, err);
    if (st == HG_OK && (*fd = locked(parent)) < 0)
        st = hg_fail_sys(err, HG_AT(parent), "cannot lock the folder");
    free(real);
    free(parent);
    return st;
}
