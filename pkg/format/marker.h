/* marker.h - a text with several characters between its cells, as one that has a byte
 * there. */
#ifndef HG_FORMAT_MARKER_H
#define HG_FORMAT_MARKER_H

#include "base/buf.h"
#include "format/delimited.h"

#define HG_MARKER ((char)0xFF) /* which no UTF-8 has */

typedef struct hg_marker hg_marker;

/* pull gives the text, and is called with user. delimiter, of at least one byte, is
 * borrowed. HG_ENOMEM. */
hg_status hg_marker_new(hg_marker **out, hg_slice delimiter, hg_pull *pull, void *user,
                        hg_err *err);

/* Fetch a piece of the text, HG_MARKER in place of each delimiter, in quotes too: an
 * hg_pull of format/delimited's, whose user is the marker. Fails as its own pull does;
 * HG_ENOMEM. */
hg_status hg_marker_next(void *marker, const char **bytes, size_t *n, hg_err *err);

/* Give cells that were in quotes their delimiters back; they then borrow from the marker,
 * until the next call. HG_ENOMEM. */
hg_status hg_marker_restore(hg_marker *marker, hg_slice *cells, size_t n, hg_err *err);

void hg_marker_free(hg_marker *marker); /* NULL is fine */

#endif
