/* folder.h - a folder that many read, replaced as a whole in one step.
 *
 * The new state is built in a hidden folder beside the place: files that stay the same
 * are hard links to those of the old state, all others are new files, so nothing is ever
 * written through a link. One renameat2(2) then exchanges the two. A reader finds the old
 * state or the new one; a run that is killed leaves the old one and a hidden folder,
 * which the next run sweeps away.
 */
#ifndef HG_TARGET_FOLDER_H
#define HG_TARGET_FOLDER_H

#include "base/buf.h"

#define HG_TARGET_MAX_FILES ((size_t)1 << 24) /* in one place */

typedef struct hg_target hg_target;

typedef struct hg_target_opts {
    const char *
        marker; /* a file that each state has; a non-empty folder without it is refused */
    bool dry;   /* compare only; nothing is written at or beside the place */
    const char *tmp; /* where a dry run keeps its temporary files */
} hg_target_opts;

/*
 * Begin on a place, which is a folder, a link to one, or nothing yet. Waits for another
 * run on the same place to end, and sweeps what killed runs left. HG_EARG: a file, or a
 * folder of someone else's; HG_EINPUT: it holds what is neither file, folder nor link;
 * HG_ESYS, HG_ENOMEM.
 */
hg_status hg_target_open(hg_target **out, const char *place, const hg_target_opts *opts,
                         hg_err *err);

const char *hg_target_place(const hg_target *target); /* the old state; links followed */
bool hg_target_has(const hg_target *target,
                   const char *name); /* a file of the old state? */
/* The name of the i-th file of the old state, sorted; NULL beyond the last. Borrowed. */
const char *hg_target_old(const hg_target *target, size_t i);
/* An own folder for temporary files, on the same file system (not so in a dry run). */
const char *hg_target_work(const hg_target *target);

/* Each file of the new state is given once, by its name relative to the place. */

/* A file with these bytes. */
hg_status hg_target_put(hg_target *target, const char *name, hg_slice bytes, hg_err *err);
/* The file name of another folder, as below/name (or name, where below is ""). A folder
 * within hg_target_work() gives its file away, as a link; from any other the file is
 * copied. */
hg_status hg_target_take(hg_target *target, const char *folder, const char *name,
                         const char *below, hg_err *err);
/* The same of the file at a path, under another name. */
hg_status hg_target_take_as(hg_target *target, const char *file, const char *below,
                            const char *name, hg_err *err);
/* All that the old state has below a folder ("datasets/x") and was not given yet. */
hg_status hg_target_keep(hg_target *target, const char *folder, hg_err *err);
/* All that the old state has, except ours - files, or folders with all below them, closed
 * by NULL: what others put there. HG_EARG: a link where a file or folder of ours is to
 * be. */
hg_status hg_target_keep_others(hg_target *target, const char *const *ours, hg_err *err);

/* What becomes of a file: '+' is new, '~' has other bytes, '=' stays, '-' goes. */
typedef struct hg_target_file {
    const char *name;
    uint64_t bytes; /* of the new state; of the old one where it goes */
    char change;
} hg_target_file;

/*
 * Commit: sync the new state to the disk and put it in place; the old state is then
 * removed. Where nothing changes, or in a dry run, nothing is done. HG_ESYS, HG_ENOMEM:
 * the old state is still there - or, if it says so, only its remains are.
 */
hg_status hg_target_commit(hg_target *target, hg_err *err);

/* After the commit: every file of the old and the new state, by name; borrowed. */
const hg_target_file *hg_target_files(const hg_target *target, size_t *n);

void hg_target_free(hg_target *target); /* NULL is fine; without commit leaves no trace */

#endif
