/* folder - folders made, walked, removed, and put in place in one step */
#define _GNU_SOURCE /* renameat2(), sync_file_range() */
#include "base/folder.h"
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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

typedef enum kind { A_FILE, A_FOLDER, AN_OTHER } kind;

/* A walk over a folder and all below it; each folder is visited after what it holds. Our
 * own, since fts(3) crashes when it gets no memory. */
typedef struct walk {
    hg_status (*visit)(void *to, const char *path, kind is, hg_err *err);
    void *to;
    hg_err *err;
    bool hidden; /* whether names with a leading '.' are visited too */
    hg_buf path;
} walk;

static hg_status fail_walk(const walk *w)
{
    if (errno == ENOENT)
        return hg_fail(w->err, HG_EINPUT, HG_AT(w->path.data), "there is no such folder");
    if (errno == ENOTDIR)
        return hg_fail(w->err, HG_EINPUT, HG_AT(w->path.data),
                       "a file, where a folder is wanted");
    return hg_fail_sys(w->err, HG_AT(w->path.data), "cannot read the folder");
}

/* The next name to visit; NULL after the last, or with errno set. */
static const char *next_name(const walk *w, DIR *dir)
{
    for (struct dirent *entry; (errno = 0, entry = readdir(dir));) {
        const char *name = entry->d_name;
        bool itself = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
        if (!itself && (w->hidden || name[0] != '.'))
            return name;
    }
    return NULL;
}

/* Put a name behind the path, or take it away again, down to n bytes. */
static hg_status down(walk *w, const char *name)
{
    if (w->path.data[w->path.len - 1] != '/')
        hg_buf_putc(&w->path, '/');
    hg_buf_puts(&w->path, name);
    return hg_buf_status(&w->path, w->err);
}

static void up(walk *w, size_t n)
{
    w->path.len = n;
    w->path.data[n] = '\0';
}

/* Visit what the path names, after what it holds; so many levels may be below it. */
static hg_status walk_on(walk *w, unsigned levels)
{
    struct stat st;
    size_t n = w->path.len;
    if (lstat(w->path.data, &st) != 0)
        return fail_walk(w);
    if (!S_ISDIR(st.st_mode))
        return w->visit(w->to, w->path.data, S_ISREG(st.st_mode) ? A_FILE : AN_OTHER,
                        w->err);
    if (levels == 0)
        return hg_fail(w->err, HG_EINPUT, HG_AT(w->path.data),
                       "folders more than %d deep", HG_FOLDER_DEPTH);
    DIR *dir = opendir(w->path.data);
    if (!dir)
        return fail_walk(w);
    hg_status walked = HG_OK;
    for (const char *name; walked == HG_OK && (name = next_name(w, dir));) {
        walked = down(w, name);
        if (walked == HG_OK)
            walked = walk_on(w, levels - 1);
        up(w, n);
    }
    if (walked == HG_OK && errno != 0)
        walked = fail_walk(w);
    closedir(dir);
    return walked == HG_OK ? w->visit(w->to, w->path.data, A_FOLDER, w->err) : walked;
}

/* A '/' behind the path makes a link to a folder one. */
static hg_status walk_all(walk w, const char *path, const char *slash)
{
    if (*path == '\0') /* or it would be the root */
        return hg_fail(w.err, HG_EINPUT, NULL, "there is no such folder");
    hg_buf_puts(&w.path, path);
    hg_buf_puts(&w.path, slash);
    hg_status walked = hg_buf_status(&w.path, w.err);
    if (walked == HG_OK)
        walked = walk_on(&w, HG_FOLDER_DEPTH);
    hg_buf_release(&w.path);
    return walked;
}

static hg_status drop(void *to, const char *path, kind is, hg_err *err)
{
    (void)to;
    if ((is == A_FOLDER ? rmdir(path) : unlink(path)) != 0 && errno != ENOENT)
        return hg_fail_sys(err, HG_AT(path), "cannot remove it");
    return HG_OK;
}

hg_status hg_folder_remove(const char *path, hg_err *err)
{
    struct stat st;
    if (lstat(path, &st) != 0 && errno == ENOENT)
        return HG_OK;
    return walk_all((walk){ .visit = drop, .err = err, .hidden = true }, path, "");
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

static hg_status list_visit(void *to, const char *path, kind is, hg_err *err)
{
    const listing *l = to;
    switch (is) {
    case A_FILE: return list_add(l->list, path + l->root, err);
    case A_FOLDER: return HG_OK;
    default: return hg_fail(err, HG_EINPUT, HG_AT(path), "neither a file nor a folder");
    }
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

hg_status hg_folder_list_new(hg_folder_list *list, const char *path, hg_err *err)
{
    size_t n = strlen(path);
    const char *slash = n > 0 && path[n - 1] == '/' ? "" : "/";
    listing l = { list, n + strlen(slash) };
    *list = (hg_folder_list){ 0 };
    hg_status st =
        walk_all((walk){ .visit = list_visit, .to = &l, .err = err }, path, slash);
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
static hg_status sync_start(void *to, const char *path, kind is, hg_err *err)
{
    (void)to;
    (void)err;
    int fd = is == A_FILE ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return HG_OK;
    (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    close(fd);
    return HG_OK;
}

static hg_status sync_wait(void *to, const char *path, kind is, hg_err *err)
{
    hg_status st = HG_OK;
    (void)to;
    if (is == AN_OTHER)
        return HG_OK;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fsync(fd) != 0)
        st = hg_fail_sys(err, HG_AT(path), "cannot sync it to the disk");
    if (fd >= 0)
        close(fd);
    return st;
}

hg_status hg_folder_sync(const char *path, hg_err *err)
{
    hg_status st =
        walk_all((walk){ .visit = sync_start, .err = err, .hidden = true }, path, "/");
    if (st == HG_OK)
        st =
            walk_all((walk){ .visit = sync_wait, .err = err, .hidden = true }, path, "/");
    return st;
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
