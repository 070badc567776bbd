/* names.h - a set of names, each kept once: few, and used by many. */
#ifndef HG_BASE_NAMES_H
#define HG_BASE_NAMES_H

#include "base/err.h"

#define HG_NAMES_MAX       65536u            /* names of one set */
#define HG_NAMES_MAX_BYTES ((size_t)1 << 24) /* of all their texts */

/* Begins as { 0 }. */
typedef struct hg_names {
    char **list; /* in the order in which they came */
    size_t n;
    size_t *slots; /* places in list + 1, by hash; 0: free */
    size_t cap;    /* slots, a power of two */
    size_t bytes;
    size_t last; /* found last */
} hg_names;

/*
 * Exchange *name for the set's own copy, which lives as long as the set; NULL stays NULL.
 * HG_EINPUT (loc): one over a limit above; HG_ENOMEM.
 */
hg_status hg_names_keep(hg_names *names, const char **name, const hg_loc *loc,
                        hg_err *err);
/* The place in list of a name that the set gave. */
size_t hg_names_index(const hg_names *names, const char *name);
void hg_names_release(hg_names *names);

#endif
