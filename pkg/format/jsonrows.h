/* jsonrows.h - records of JSON, line by line or as one list, as rows of CSV. */
#ifndef HG_FORMAT_JSONROWS_H
#define HG_FORMAT_JSONROWS_H

#include "base/err.h"

#include <stdbool.h>

#define HG_JSONROWS_RECORD  ((size_t)1 << 20) /* bytes of one record */
#define HG_JSONROWS_COLUMNS 16384u

/*
 * Whether fd, a seekable descriptor that the caller keeps and whose own offset is left
 * alone, has JSON Lines or one list of JSON, told by its first record being JSON. Then
 * *out is an unnamed file in the folder tmp, which the caller closes, with its records as
 * CSV (delimited/csv.h), the header first; otherwise -1. Objects have a cell for each key
 * that any of them has, in the order of their coming; of lists the first is the header.
 * Numbers stand as they are written, null is empty, and what is a list or object itself
 * is its JSON. *keyed: they are objects, so that the header is none of them. HG_EINPUT (loc:
 * line): a later record is no JSON or no such record, the list is cut off, or over a limit
 * above; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_jsonrows(int *out, bool *keyed, int fd, const char *name, const char *tmp,
                      hg_err *err);

#endif
