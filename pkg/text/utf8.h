/* utf8.h - Unicode text: validity, NFC, case, width. The only module that includes utf8proc. */
#ifndef HG_TEXT_UTF8_H
#define HG_TEXT_UTF8_H

#include "base/buf.h"

/* Bytes of the longest valid UTF-8 prefix; n if all is valid. */
size_t hg_utf8_valid(const char *text, size_t n);
/* Bytes of the byte order mark that text begins with: 3, or 0. */
size_t hg_utf8_mark(const char *text, size_t n);
/* Where a text begins behind such a mark, spaces, tabs and line ends. */
hg_slice hg_utf8_start(hg_slice text);

/* text must be valid UTF-8 for the calls below; invalid text gives an empty result. Memory is
 * taken only for texts of over 500 characters; running out of it fails out. */

/* Whether text is in NFC, as far as its bytes alone tell: false for some that is, never true
 * for one that is not. */
bool hg_utf8_surely_nfc(const char *text, size_t n);
/* Append text in Unicode NFC (UAX #15). */
void hg_utf8_nfc(hg_buf *out, const char *text, size_t n);

/*
 * Append a key under which texts that people take for the same are equal: NFC, case
 * folded, runs of any white space (NBSP too) one space, trimmed, and Vietnamese tone
 * placement made one (hoà = hòa, thuý = thúy); what shows nothing (soft hyphen, zero width
 * space, byte order mark: Default_Ignorable_Code_Point) is left out. đ stays apart from d.
 */
void hg_utf8_key(hg_buf *out, const char *text, size_t n);

/* Append an ASCII slug for IRIs and file names: lower case, accents dropped, đ to d, runs of
 * others one '-', none at the ends. Empty for a text without Latin letters and digits. */
void hg_utf8_slug(hg_buf *out, const char *text, size_t n);

/* Code points. */
size_t hg_utf8_characters(hg_slice text);
/* Columns that text takes on a terminal; marks take none. */
size_t hg_utf8_width(const char *text, size_t n);

/* Decode one character, at least one byte; returns its length. Invalid bytes give U+FFFD. */
size_t hg_utf8_next(const char *text, size_t n, int32_t *cp);
void hg_utf8_put(hg_buf *out, int32_t cp); /* append one character */

#endif
