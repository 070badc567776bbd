/* folder - a folder that many read, replaced as a whole in one step */
#include "target/folder_inside.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TAG "publish" /* of the hidden folder beside the place */

/* ---- opening ---- */

/* Lock first, so that what is swept belongs to dead runs only. */
static hg_status claim(hg_target *target, const hg_target_opts *opts, hg_err *err)
{
    if (opts->dry)
        return hg_folder_temp(&target->work, opts->tmp, err);
    hg_status status = hg_path_make_above(target->place, err);
    if (status == HG_OK)
        status = hg_folder_lock(&target->lock, target->place, err);
    if (status == HG_OK)
        status = hg_folder_sweep(target->place, TAG, err);
    if (status == HG_OK)
        status = hg_folder_beside(&target->work, target->place, TAG, err);
    return status;
}

static hg_status start(hg_target *target, const char *place, const hg_target_opts *opts,
                       hg_err *err)
{
    hg_status status = hg_path_real(&target->place, place, err);
    if (status == HG_OK)
        status = claim(target, opts, err);
    if (status == HG_OK)
        status = hg_target_read_old(target, opts->marker, err);
    if (status == HG_OK)
        status = hg_path_join(&target->made, target->work, "new", err);
    if (status == HG_OK && !opts->dry)
        status = hg_folder_make(target->made, err);
    if (status == HG_OK && !opts->dry && target->there &&
        chmod(target->made, target->mode) != 0)
        status = hg_fail_sys(err, HG_AT(target->made), "cannot set the permissions");
    return status;
}

hg_status hg_target_open(hg_target **out, const char *place, const hg_target_opts *opts,
                         hg_err *err)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return hg_fail_nomem(err);
    (*out)->lock = -1;
    (*out)->dry = opts->dry;
    hg_status status = start(*out, place, opts, err);
    if (status != HG_OK) {
        hg_target_free(*out);
        *out = NULL;
    }
    return status;
}

const char *hg_target_place(const hg_target *target)
{
    return target->place;
}

const char *hg_target_work(const hg_target *target)
{
    return target->work;
}

/* ---- the new state ---- */

/* Make the entry's file in the new state from that of the old one. */
static hg_status keep(hg_target *target, entry *e, hg_err *err)
{
    char text[PATH_MAX], *from = NULL, *to = NULL;
    hg_status status = HG_OK;
    e->file.change = '=';
    if (target->dry)
        return HG_OK;
    if (e->what == A_FILE)
        return hg_folder_link(target->place, target->made, e->file.name, err);
    status = hg_path_join(&from, target->place, e->file.name, err);
    if (status == HG_OK)
        status = hg_path_join(&to, target->made, e->file.name, err);
    if (status == HG_OK)
        status = hg_path_make_above(to, err);
    if (status == HG_OK && e->what == A_FOLDER)
        status = hg_folder_make(to, err);
    if (status == HG_OK && e->what == A_LINK) {
        ssize_t n = readlink(from, text, sizeof text - 1);
        text[n < 0 ? 0 : n] = '\0';
        if (n < 0 || symlink(text, to) != 0)
            status = hg_fail_sys(err, HG_AT(from), "cannot carry the link over");
    }
    free(from);
    free(to);
    return status;
}

/* Is name that file, or below that folder? */
static bool is_below(const char *name, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(name, folder, n) == 0 && (name[n] == '\0' || name[n] == '/');
}

hg_status hg_target_keep(hg_target *target, const char *folder, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < target->old && status == HG_OK; i++)
        if (target->entries[i].file.change == '-' &&
            is_below(target->entries[i].file.name, folder))
            status = keep(target, &target->entries[i], err);
    return status;
}

static bool is_ours(const char *name, const char *const *ours)
{
    while (*ours && !is_below(name, *ours))
        ours++;
    return *ours != NULL;
}

hg_status hg_target_keep_others(hg_target *target, const char *const *ours, hg_err *err)
{
    hg_status status = HG_OK;
    for (size_t i = 0; i < target->old && status == HG_OK; i++) {
        entry *e = &target->entries[i];
        if (!is_ours(e->file.name, ours))
            status = keep(target, e, err);
        else if (e->what == A_LINK)
            status = hg_fail(err, HG_EARG, HG_AT(e->file.name),
                             "a link, where the catalogue keeps its own files");
    }
    return status;
}

/* Note what becomes of a file that is given: with the bytes of the old one it is kept;
 * otherwise *write tells to make it. */
static hg_status settle(hg_target *target, const char *name, uint64_t bytes, bool same,
                        bool *write, hg_err *err)
{
    entry *old = hg_target_find_old(target, name);
    *write = !target->dry && !same;
    if (!old || old->what != A_FILE)
        return hg_target_add(target, name, A_FILE, bytes, '+', err);
    if (same)
        return keep(target, old, err);
    old->file = (hg_target_file){ old->file.name, bytes, '~' };
    return HG_OK;
}

/* Is there an old file of this name and length, so that comparing is worth it? */
static bool as_long(const hg_target *target, const char *name, uint64_t bytes)
{
    const entry *old = hg_target_find_old(target, name);
    return old && old->what == A_FILE && old->file.bytes == bytes;
}

hg_status hg_target_put(hg_target *target, const char *name, hg_slice bytes, hg_err *err)
{
    bool same = false, write = false;
    char *old = NULL, *to = NULL;
    hg_status status = hg_path_join(&old, target->place, name, err);
    if (status == HG_OK)
        status = hg_path_join(&to, target->made, name, err);
    if (status == HG_OK && as_long(target, name, bytes.n))
        status = hg_file_holds(old, bytes, &same, err);
    if (status == HG_OK)
        status = settle(target, name, bytes.n, same, &write, err);
    if (status == HG_OK && write)
        status = hg_file_save(to, bytes.p, bytes.n, err);
    free(old);
    free(to);
    return status;
}

/* Put the file from in the new state, given away by our own folder or copied. */
static hg_status place_file(const hg_target *target, const char *from, const char *to,
                            hg_err *err)
{
    size_t n = strlen(target->work);
    if (strncmp(from, target->work, n) != 0 || from[n] != '/')
        return hg_file_copy(from, to, err);
    hg_status status = hg_path_make_above(to, err);
    if (status == HG_OK && link(from, to) != 0)
        status = hg_file_copy(from, to, err);
    return status;
}

static hg_status take(hg_target *target, const char *from, const char *name, hg_err *err)
{
    struct stat st;
    bool same = false, write = false;
    char *old = NULL, *to = NULL;
    if (stat(from, &st) != 0)
        return hg_fail_sys(err, HG_AT(from), "cannot read the file");
    uint64_t bytes = (uint64_t)st.st_size;
    hg_status status = hg_path_join(&old, target->place, name, err);
    if (status == HG_OK)
        status = hg_path_join(&to, target->made, name, err);
    if (status == HG_OK && as_long(target, name, bytes))
        status = hg_file_same(from, old, &same, err);
    if (status == HG_OK)
        status = settle(target, name, bytes, same, &write, err);
    if (status == HG_OK && write)
        status = place_file(target, from, to, err);
    free(old);
    free(to);
    return status;
}

hg_status hg_target_take_as(hg_target *target, const char *file, const char *below,
                            const char *name, hg_err *err)
{
    char *to = NULL;
    hg_status status = hg_path_join(&to, below, name, err);
    if (status == HG_OK)
        status = take(target, file, to, err);
    free(to);
    return status;
}

hg_status hg_target_take(hg_target *target, const char *folder, const char *name,
                         const char *below, hg_err *err)
{
    char *from = NULL;
    hg_status status = hg_path_join(&from, folder, name, err);
    if (status == HG_OK)
        status = hg_target_take_as(target, from, below, name, err);
    free(from);
    return status;
}

/* ---- the commit ---- */

/* The result: files only, sorted. Links and folders are carried over unchanged or go. */
static hg_status list(hg_target *target, bool *changed, hg_err *err)
{
    size_t n = 0;
    target->files = calloc(target->n + 1, sizeof *target->files);
    if (!target->files)
        return hg_fail_nomem(err);
    hg_target_sort(target);
    for (size_t i = 0; i < target->n; i++) {
        const entry *e = &target->entries[i];
        if (e->what == A_FOLDER)
            continue;
        *changed = *changed || e->file.change != '=';
        target->files[n++] = e->file;
    }
    target->files[n] = (hg_target_file){ 0 };
    return HG_OK;
}

hg_status hg_target_commit(hg_target *target, hg_err *err)
{
    bool changed = !target->there;
    hg_status status = list(target, &changed, err);
    if (status != HG_OK || target->dry || !changed)
        return status;
    status = hg_folder_sync(target->made, err);
    if (status == HG_OK)
        status = hg_folder_swap(target->made, target->place, err);
    if (status != HG_OK)
        return status;
    return hg_folder_remove(target->work, err);
}

const hg_target_file *hg_target_files(const hg_target *target, size_t *n)
{
    for (*n = 0; target->files && target->files[*n].name;)
        ++*n;
    return target->files;
}

void hg_target_free(hg_target *target)
{
    hg_err ignored = HG_ERR_INIT; /* the next run sweeps what stays */
    if (!target)
        return;
    if (target->work)
        hg_folder_remove(target->work, &ignored);
    if (target->lock >= 0)
        close(target->lock);
    for (size_t i = 0; i < target->n; i++)
        free((char *)target->entries[i].file.name);
    free(target->entries);
    free(target->files);
    free(target->place);
    free(target->work);
    free(target->made);
    free(target);
}
