/* stream_plain.h - plain CSV given where a stream could be: its rows as parts. For
 * stream_in.c. */
#ifndef HG_STREAM_STREAM_PLAIN_H
#define HG_STREAM_STREAM_PLAIN_H

#include "stream/stream.h"

typedef struct hg_plain hg_plain;

/*
 * Start on fd, which the caller keeps, with the bytes already read. opts->head gives id,
 * definition and resources, of which there must be one; without it the id and the
 * resource are named after the file and every field is a string. What comes from a pipe
 * is marked "sealed": false. HG_EINPUT: no CSV; HG_EARG: the dataset has several tables.
 */
hg_status hg_plain_new(hg_plain **out, int fd, const char *name, hg_slice start,
                       const hg_in_opts *opts, hg_err *err);
const hg_json *hg_plain_head(const hg_plain *plain);

/* The next run of whole records, in the canonical dialect (csv.h); HG_END; HG_EINPUT with
 * line and column for a stray quote or a byte that is no UTF-8. */
hg_status hg_plain_next(hg_plain *plain, hg_part *part, hg_err *err);
/* See hg_in_keep(). */
hg_status hg_plain_keep(hg_plain *plain, hg_buf *spare, hg_err *err);
void hg_plain_free(hg_plain *plain); /* NULL is fine */

#endif
