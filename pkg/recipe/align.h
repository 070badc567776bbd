/* align.h - which items of an old and a new sequence are the same. */
#ifndef HG_RECIPE_ALIGN_H
#define HG_RECIPE_ALIGN_H

#include "base/err.h"

#define HG_ALIGN_MAX ((size_t)1 << 24) /* pairs that are compared, 16 MiB of memory */

/*
 * Pair the items of two sequences of keys: a longest common subsequence, and of what lies
 * between two pairs, where it is as many on both sides, one by one (they were changed).
 * to[i] is the new index of old item i, or SIZE_MAX: it is gone. What is alike at both
 * ends is not counted in HG_ALIGN_MAX; of longer middles nothing is paired. HG_ENOMEM.
 */
hg_status hg_align(const uint64_t *old, size_t n_old, const uint64_t *new, size_t n_new,
                   size_t *to, hg_err *err);

#endif
