/* folder_old - what the old state of a folder has */
#include "target/folder_inside.h"
#include "base/path.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

hg_status hg_target_add(hg_target *target, const char *name, kind is, uint64_t bytes,
                        char change, hg_err *err)
{
    if (target->n == HG_TARGET_MAX_FILES)
        return hg_fail(err, HG_EINPUT, HG_AT(target->place),
                       "the folder holds more than %zu files", HG_TARGET_MAX_FILES);
    if (target->n == target->cap) {
        size_t cap = target->cap ? 2 * target->cap : 64;
        entry *entries = realloc(target->entries, cap * sizeof *entries);
        if (!entries)
            return hg_fail_nomem(err);
        target->entries = entries;
        target->cap = cap;
    }
    char *copy = strdup(name);
    if (!copy)
        return hg_fail_nomem(err);
    target->entries[target->n++] = (entry){ { copy, bytes, change }, is };
    return HG_OK;
}

static hg_status add_found(hg_target *target, const char *name, const char *path,
                           const struct stat *st, hg_err *err)
{
    if (S_ISREG(st->st_mode))
        return hg_target_add(target, name, A_FILE, (uint64_t)st->st_size, '-', err);
    if (S_ISLNK(st->st_mode))
        return hg_target_add(target, name, A_LINK, 0, '-', err);
    if (S_ISDIR(st->st_mode))
        return hg_target_add(target, name, A_FOLDER, 0, '-', err);
    return hg_fail(err, HG_EINPUT, HG_AT(path),
                   "neither a file nor a folder, so it cannot be carried over");
}

/* Add what stands under a name below a folder, whose relative path is then the caller's;
 * is it a folder? */
static hg_status add_one(hg_target *target, const char *below, const char *name,
                         char **relative, bool *folder, hg_err *err)
{
    struct stat st = { 0 };
    char *path = NULL;
    hg_status status = hg_path_join(relative, below, name, err);
    if (status == HG_OK)
        status = hg_path_join(&path, target->place, *relative, err);
    if (status == HG_OK && lstat(path, &st) != 0)
        status = hg_fail_sys(err, HG_AT(path), "cannot read the file");
    if (status == HG_OK)
        status = add_found(target, *relative, path, &st, err);
    *folder = S_ISDIR(st.st_mode);
    free(path);
    return status;
}

static hg_status scan(hg_target *target, const char *below, hg_err *err)
{
    char *path;
    hg_status status = hg_path_join(&path, target->place, below, err);
    if (status != HG_OK)
        return status;
    DIR *dir = opendir(path);
    if (!dir)
        status = hg_fail_sys(err, HG_AT(path), "cannot read the folder");
    for (struct dirent *d; status == HG_OK && (errno = 0, d = readdir(dir));) {
        char *relative = NULL;
        bool folder = false;
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        status = add_one(target, below, d->d_name, &relative, &folder, err);
        if (status == HG_OK && folder)
            status = scan(target, relative, err);
        free(relative);
    }
    if (status == HG_OK && errno != 0)
        status = hg_fail_sys(err, HG_AT(path), "cannot read the folder");
    if (dir)
        closedir(dir);
    free(path);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->file.name, ((const entry *)b)->file.name);
}

void hg_target_sort(hg_target *target)
{
    if (target->n > 0)
        qsort(target->entries, target->n, sizeof *target->entries, by_name);
}

entry *hg_target_find_old(const hg_target *target, const char *name)
{
    entry key = { .file.name = name };
    if (target->old == 0)
        return NULL;
    return bsearch(&key, target->entries, target->old, sizeof key, by_name);
}

bool hg_target_has(const hg_target *target, const char *name)
{
    const entry *e = hg_target_find_old(target, name);
    return e && e->what == A_FILE;
}

const char *hg_target_old(const hg_target *target, size_t i)
{
    return i < target->old ? target->entries[i].file.name : NULL;
}

hg_status hg_target_read_old(hg_target *target, const char *marker, hg_err *err)
{
    struct stat st;
    const hg_loc loc = { .file = target->place };
    if (stat(target->place, &st) != 0)
        return errno == ENOENT
                   ? HG_OK
                   : hg_fail_sys(err, HG_AT(target->place), "cannot find the place");
    if (!S_ISDIR(st.st_mode))
        return hg_fail(err, HG_EARG, &loc,
                       "a file, where a folder to publish in is wanted");
    target->there = true;
    target->mode = st.st_mode & 07777;
    hg_status status = scan(target, "", err);
    if (status != HG_OK)
        return status;
    target->old = target->n;
    hg_target_sort(target);
    if (target->old > 0 && !hg_target_has(target, marker))
        return hg_fail(err, HG_EARG, &loc,
                       "the folder is not empty and holds no catalogue (no %s); "
                       "publish in a new or an empty folder",
                       marker);
    return HG_OK;
}
