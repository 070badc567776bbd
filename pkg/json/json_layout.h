/* json_layout.h - how json.c lays out a text for people. */
#ifndef HG_JSON_JSON_LAYOUT_H
#define HG_JSON_JSON_LAYOUT_H

#include "base/buf.h"

/* Append text, a JSON value with ", " between its members and ": " behind its keys and no
 * other blanks, and a final newline. Objects and arrays that fit in a line of 90 columns
 * stand in one; of others, and of an object that is the whole, each member begins a line,
 * indented by two. */
void hg_json_lay_out(hg_buf *out, const char *text);

#endif
