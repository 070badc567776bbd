/* same.h - when JSON texts are the same value, however they are written. */
#ifndef HG_JSON_SAME_H
#define HG_JSON_SAME_H

#include "base/buf.h"

/*
 * Append bytes that are equal for equal values, and closed in themselves: members stand in
 * the order of their names, numbers go by what they are worth (1 = 1.0 = 10e-1), strings by
 * their characters. A text that json/tree does not read (a name that is there twice, half a
 * surrogate pair) is only equal to itself.
 */
void hg_same_key(hg_buf *buf, hg_slice text);

#endif
