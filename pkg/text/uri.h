/* uri.h - references to addresses, put together as RFC 3986 has it. */
#ifndef HG_TEXT_URI_H
#define HG_TEXT_URI_H

#include "base/buf.h"

/* The parts of an address; those that are not there have p NULL, path is always there. */
typedef struct hg_uri {
    hg_slice scheme, authority, path, query, fragment; /* without ":", "//", "?", "#" */
} hg_uri;

/* Split any text into the parts that it has (RFC 3986, appendix B). */
hg_uri hg_uri_split(hg_slice text);

/* Append the address that ref means where base is (RFC 3986, 5.2): "." and ".." are worked
 * out. base may be empty, or itself not absolute; ref is then taken as far as it goes. */
void hg_uri_resolve(hg_buf *out, hg_slice base, hg_slice ref);

/* Append text with its %HH resolved; one that is no escape stays as it is. */
void hg_uri_decode(hg_buf *out, hg_slice text);
/* Append a byte as %HH. */
void hg_uri_escape(hg_buf *out, char byte);
/* Append text with all but letters, digits and the characters of plain as %HH. */
void hg_uri_encode(hg_buf *out, hg_slice text, const char *plain);

/* Plain in a path (RFC 3986: unreserved, and what parts it); pass it to hg_uri_encode(). */
#define HG_URI_PATH "-._~/"

#endif
