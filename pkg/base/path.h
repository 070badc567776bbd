/* path.h - names of files and folders: joined, split, and made up beside others. */
#ifndef HG_BASE_PATH_H
#define HG_BASE_PATH_H

#include "base/err.h"

/* All calls fail with HG_ESYS or HG_ENOMEM, naming the path, unless said otherwise. Where one
 * gives *path, the caller frees it; after a failure it is NULL. */

/* Join folder and name with one '/'; an empty folder stands for none. */
hg_status hg_path_join(char **path, const char *folder, const char *name, hg_err *err);

/* The folder that holds path: "." for a plain name, "/" for the root. */
hg_status hg_path_parent(char **parent, const char *path, hg_err *err);

/* The place that path leads to, links followed; path itself, less trailing '/', where nothing
 * is there yet. */
hg_status hg_path_real(char **real, const char *path, hg_err *err);

/* Make the folders above path, as far as they are missing. */
hg_status hg_path_make_above(const char *path, hg_err *err);

/* Sync the folder that holds path to the disk, so that a name made there stays. */
hg_status hg_path_sync_parent(const char *path, hg_err *err);

/*
 * Make up a hidden name beside place: ".<name>.<tag>-<10 random letters and digits>"; of a
 * longer name the first 200 bytes. Random, so that nobody has it yet.
 */
hg_status hg_path_beside(char **path, const char *place, const char *tag, hg_err *err);

/* Call drop for every name there is that hg_path_beside() gave for place and tag. Stops at
 * the first failure of drop. A folder that cannot be read holds none. */
hg_status hg_path_sweep(const char *place, const char *tag,
                        hg_status (*drop)(const char *path, hg_err *err), hg_err *err);

#endif
