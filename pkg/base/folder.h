/* folder.h - folders made, walked, removed, and put in place in one step. */
#ifndef HG_BASE_FOLDER_H
#define HG_BASE_FOLDER_H

#include "base/err.h"

#define HG_FOLDER_DEPTH 64 /* folders within folders that are walked; HG_EINPUT beyond */

/* All calls fail with HG_ESYS or HG_ENOMEM, naming the path, unless said otherwise. A place
 * may be a link to a folder; what is said of it then holds for where the link leads. */

/* Make a new, empty, hidden folder beside place (hg_path_beside() in base/path.h), mode 0777
 * less the umask, so that it can be renamed to place. The caller frees *path. */
hg_status hg_folder_beside(char **path, const char *place, const char *tag, hg_err *err);

/* Make a new, empty folder in the folder tmp. The caller frees *path. */
hg_status hg_folder_temp(char **path, const char *tmp, hg_err *err);

/* Remove the hidden folders that a killed run left beside place. For the holder of
 * hg_folder_lock(): a living run's folder would go as well. */
hg_status hg_folder_sweep(const char *place, const char *tag, hg_err *err);

/* Make a folder and the folders above it; one that is there is fine. */
hg_status hg_folder_make(const char *path, hg_err *err);

/* Remove a folder with all it holds; a missing one is fine. Links are not followed. */
hg_status hg_folder_remove(const char *path, hg_err *err);

/*
 * The regular files below a folder, as paths relative to it with '/', sorted by bytes.
 * Hidden entries (leading '.') are passed over. HG_EINPUT: path is missing or a file, holds
 * anything that is neither file nor folder (links too), or more than HG_FOLDER_FILES. The
 * caller calls hg_folder_list_free(); after a failure the list is empty.
 */
#define HG_FOLDER_FILES 1000000
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
 * Syncs the folder that holds place. HG_EARG: place is a file.
 */
hg_status hg_folder_swap(const char *made, const char *place, hg_err *err);

/* Give target/name the same file as folder/name: a hard link, or a copy where there can be
 * none (another device). For files that nobody changes in place. Folders below target are
 * made; a file that is there is replaced. */
hg_status hg_folder_link(const char *folder, const char *target, const char *name,
                         hg_err *err);

/* Copy the files below one folder into another, as links where possible. */
hg_status hg_folder_copy(const char *from, const char *to, hg_err *err);

/* Take an exclusive lock on the folder that holds place, waiting for it; the lock ends when
 * *fd is closed. After a failure *fd is -1. */
hg_status hg_folder_lock(int *fd, const char *place, hg_err *err);

#endif
