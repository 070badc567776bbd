/* shared.h - the texts that the cells of a workbook share, kept one after the other. */
#ifndef HG_WORKBOOK_SHARED_H
#define HG_WORKBOOK_SHARED_H

#include "workbook/runs.h"

#define HG_SHARED_MEMORY ((size_t)3 << 23) /* bytes of texts in memory, 24 MiB */
#define HG_SHARED_TEXTS  ((size_t)1 << 26)

typedef struct hg_shared hg_shared;

/* What is over HG_SHARED_MEMORY goes to an unnamed file in the folder tmp, which outlives
 * the texts; NULL: it fails. HG_ENOMEM; *out is then NULL. */
hg_status hg_shared_new(hg_shared **out, const char *tmp, hg_err *err);

/* The text under way, empty at first, and its runs: a reader fills them. */
hg_buf *hg_shared_text(hg_shared *shared);
hg_runs *hg_shared_runs(hg_shared *shared);
/* Keep the text under way as the next one. HG_EINPUT at loc: over a limit above; HG_ESYS,
 * HG_ENOMEM. */
hg_status hg_shared_end(hg_shared *shared, const hg_loc *loc, hg_err *err);

size_t hg_shared_count(const hg_shared *shared); /* shared may be NULL */
/* Set text and runs of a cell to those of an index below the count; they stand until the
 * next call. HG_ESYS, HG_ENOMEM. */
hg_status hg_shared_get(hg_shared *shared, size_t i, hg_cell *cell, hg_err *err);
/* The text alone, where it is at hand: in memory, in one font; it stands on. Threads may peek
 * side by side. False: it has to be got. */
bool hg_shared_peek(const hg_shared *shared, size_t i, hg_slice *text);
void hg_shared_free(hg_shared *shared); /* NULL is fine */

#endif
