/* langtag.h - language tags of BCP 47: "vi", "en-US", "zh-Hant-TW". */
#ifndef HG_TEXT_LANGTAG_H
#define HG_TEXT_LANGTAG_H

#include <stdbool.h>

/* Is it well-formed (RFC 5646, 2.2.9)? Whether its parts are registered is not looked at.
 */
bool hg_langtag_valid(const char *tag);

/* Do two tags mean the same once the longer is cut to as many subtags as the shorter has?
 * "und" goes with every language. */
bool hg_langtag_match(const char *a, const char *b);

#endif
