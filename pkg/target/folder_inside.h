/* folder_inside.h - what the files of target/folder share: entries, and the old state. */
#ifndef HG_TARGET_FOLDER_INSIDE_H
#define HG_TARGET_FOLDER_INSIDE_H

#include "target/folder.h"

#include <sys/types.h>

typedef enum kind { A_FILE, A_LINK, A_FOLDER } kind;

typedef struct entry {
    hg_target_file file; /* its name is ours */
    kind what;
} entry;

/* The first old entries are those of the old state, sorted by name; '-' until they are
 * given again. Behind them stand the new files. */
struct hg_target {
    char *place, *work, *made;
    entry *entries;
    hg_target_file *files; /* the result */
    size_t n, cap, old;
    mode_t mode; /* of the old folder */
    int lock;
    bool there, dry;
};

/* Fails with HG_EINPUT over HG_TARGET_MAX_FILES; HG_ENOMEM. name is copied. */
hg_status hg_target_add(hg_target *target, const char *name, kind is, uint64_t bytes,
                        char change, hg_err *err);
void hg_target_sort(hg_target *target); /* entries, by name */

/* Read what is there, if anything is; fails as hg_target_open() does. */
hg_status hg_target_read_old(hg_target *target, const char *marker, hg_err *err);
entry *hg_target_find_old(const hg_target *target, const char *name); /* NULL: none */

#endif
