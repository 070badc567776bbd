/* scratch.h - a nameless file that takes what memory is too small for. */
#ifndef HG_BASE_SCRATCH_H
#define HG_BASE_SCRATCH_H

#include "base/err.h"

/* Nothing is made before the first bytes are put; nobody else ever sees the file, and it is
 * gone with the process. tmp, its folder, is borrowed. */
typedef struct hg_scratch {
    const char *tmp;
    int fd; /* made where size > 0 */
    uint64_t size;
} hg_scratch;

/* Append n bytes; they stand at the size before. HG_ESYS (the disk is full, say), HG_ENOMEM. */
hg_status hg_scratch_put(hg_scratch *scratch, const void *bytes, size_t n, hg_err *err);

/* Read n bytes, which were put, from an offset on. For several threads at once. HG_ESYS. */
hg_status hg_scratch_read(const hg_scratch *scratch, uint64_t at, void *to, size_t n,
                          hg_err *err);

/* Forget all that was put. */
void hg_scratch_release(hg_scratch *scratch);

#endif
