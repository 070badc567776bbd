/* folder.h - folders made, walked, removed, and put in place in one step. */
#ifndef HG_BASE_FOLDER_H
#define HG_BASE_FOLDER_H

#include "base/err.h"

/* All calls fail with HG_ESYS or HG_ENOMEM, naming the path, unless said otherwise. */

/* Make a new, empty, hidden folder beside place (".<name>.<tag>-XXXXXX"), mode 0777 less the
 * umask, so that it can be renamed to place. The caller frees *path. */
hg_status hg_folder_beside(char **path, const char *place, const char *tag, hg_err *err);

/* Make a new, empty folder in the folder tmp. The caller frees *path. */
hg_status hg_folder_temp(char **path, const char *tmp, hg_err *err);

/* Remove the hidden folders that a killed run left beside place. */
hg_status hg_folder_sweep(const char *place, const char *tag, hg_err *err);

/* Make a folder and the folders above it; one that is there is fine. */
hg_status hg_folder_make(const char *path, hg_err *err);

/* Remove a folder with all it holds; a missing one is fine. Links are not followed. */
hg_status hg_folder_remove(const char *path, hg_err *err);

/*
 * The regular files below a folder, as paths relative to it with '/', sorted by bytes.
 * Hidden entries (leading '.') are passed over. Anything that is neither file nor folder is
 * HG_EINPUT. The caller calls hg_folder_list_free().
 */
typedef struct hg_folder_list {
    char **names;
    size_t n;
} hg_folder_list;
hg_status hg_folder_list_new(hg_folder_list *list, const char *path, hg_err *err);
void hg_folder_list_free(hg_folder_list *list);

/* Sync every file and folder below path, and path itself, to the disk. */
hg_status hg_folder_sync(const char *path, hg_err *err);

/*
 * Put the folder made in the place of another, in one step: a reader finds the old one or
 * the new one. What was there is afterwards at made's path (nothing, if place was missing).
 * Linux: renameat2(2) RENAME_EXCHANGE; HG_ESYS with EINVAL where the file system lacks it.
 * Syncs the folder that holds place.
 */
hg_status hg_folder_swap(const char *made, const char *place, hg_err *err);

/* Give target/name the same file as folder/name: a hard link, or a copy across devices. */
hg_status hg_folder_link(const char *folder, const char *target, const char *name,
                         hg_err *err);

/* Copy the files below one folder into another, as links where possible. */
hg_status hg_folder_copy(const char *from, const char *to, hg_err *err);

/* Take an exclusive lock on place's parent folder, waiting for it; the lock ends when *fd is closed. */
hg_status hg_folder_lock(int *fd, const char *place, hg_err *err);

#endif
