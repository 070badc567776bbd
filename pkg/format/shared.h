/* shared.h - the texts that the cells of a workbook share, kept one after the other. */
#ifndef HG_FORMAT_SHARED_H
#define HG_FORMAT_SHARED_H

#include "base/buf.h"

#define HG_SHARED_BYTES ((size_t)1 << 26) /* of all shared texts, 64 MiB */
#define HG_SHARED_TEXTS ((size_t)1 << 23)

typedef struct hg_shared {
    hg_buf texts;   /* a reader appends to it */
    uint32_t *ends; /* of each text in texts */
    size_t n, cap;
} hg_shared;

hg_status hg_shared_new(hg_shared **out, hg_err *err); /* HG_ENOMEM; *out is then NULL */

/* What was appended since the last call is the next text. HG_EINPUT at loc: over a limit
 * above; HG_ENOMEM. */
hg_status hg_shared_end(hg_shared *shared, const hg_loc *loc, hg_err *err);

/* The text of an index; false: there is none. shared may be NULL. */
bool hg_shared_at(const hg_shared *shared, size_t i, hg_slice *text);
void hg_shared_free(hg_shared *shared); /* NULL is fine */

#endif
