/* check_split.h - rows of a table that are not valid, split off into a file. For check.c. */
#ifndef HG_WORK_CHECK_SPLIT_H
#define HG_WORK_CHECK_SPLIT_H

#include "rules/budget.h"
#include "stream/stream.h"
#include "text/message.h"

/*
 * Parts are kept on disk until all that is wrong with their rows is known; then rows with an
 * error go to the file, as CSV: _row, _codes and _messages, and the record as it was; the
 * others go on.
 */
typedef struct hg_split hg_split;

/* Write rows to fd, which the caller keeps; name appears in errors. budget outlives the
 * split; a reason takes 16 bytes of it. HG_ENOMEM. */
hg_status hg_split_new(hg_split **out, int fd, const char *name, hg_lang lang,
                       hg_budget *budget, hg_err *err);

/* Keep a part. HG_ESYS, HG_ENOMEM. */
hg_status hg_split_part(hg_split *split, const hg_part *part, hg_err *err);
/* Take what is wrong with a row; warnings and what is of no row are passed over. HG_EINPUT:
 * over budget; HG_ESYS, HG_ENOMEM. */
hg_status hg_split_reason(hg_split *split, const hg_finding *finding, hg_err *err);

/* Write all rows, those that go on to out (NULL: nowhere); *n are those that did not. Fails
 * likewise. */
hg_status hg_split_end(hg_split *split, hg_out *out, uint64_t *n, hg_err *err);
void hg_split_free(hg_split *split); /* NULL is fine */

#endif
