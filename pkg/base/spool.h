/* spool.h - bytes that are appended, then read at any place: in memory up to a limit, from
 * there on in an unnamed file. */
#ifndef HG_BASE_SPOOL_H
#define HG_BASE_SPOOL_H

#include "base/buf.h"

typedef struct hg_spool hg_spool;

/*
 * memory is how many bytes stay in memory, beside 4 MiB at most of what is read back. tmp is
 * the folder of the file, which the caller keeps; NULL: what is over memory fails. HG_ENOMEM;
 * *out is then NULL.
 */
hg_status hg_spool_new(hg_spool **out, const char *tmp, size_t memory, hg_err *err);
uint64_t hg_spool_size(const hg_spool *spool);

/* Append. HG_EINPUT: over memory, and no tmp; HG_ESYS, HG_ENOMEM. */
hg_status hg_spool_put(hg_spool *spool, const void *bytes, size_t n, hg_err *err);
/* Give n bytes from a place on, all of which were appended; they stand until the next call.
 * Neighbouring places are cheap. HG_ESYS, HG_ENOMEM. */
hg_status hg_spool_at(hg_spool *spool, uint64_t at, size_t n, const char **bytes,
                      hg_err *err);
/* The same where they stand together in memory, and stand on; NULL: they do not. Threads
 * may peek side by side. */
const char *hg_spool_peek(const hg_spool *spool, uint64_t at, size_t n);
void hg_spool_free(hg_spool *spool); /* NULL is fine */

#endif
