/* message.h - every sentence a person reads, in English and Vietnamese. */
#ifndef HG_TEXT_MESSAGE_H
#define HG_TEXT_MESSAGE_H

#include "base/buf.h"

typedef enum hg_lang { HG_EN, HG_VI } hg_lang;

/*
 * The translation of an English sentence or format; the English itself where lang is
 * HG_EN or the catalogue (message.c) has none. A translation has the conversions of the
 * English in the same order, or names them by position: "%2$s".
 */
const char *hg_text(const char *english, hg_lang lang);

/* Append format in lang, its conversions replaced by args (see hg_args() in base/err.h).
 */
void hg_text_args(hg_buf *buf, const char *format, hg_lang lang, const char *args,
                  size_t size);

/* Append a place: "file!sheet!C12 [field]" or "file:12:3 [field]"; nothing known, nothing
 * appended. Control characters are written as \xHH. */
void hg_text_place(hg_buf *buf, const hg_loc *loc);

/* Append "place: message: system's reason" for a failure, in lang. */
void hg_text_err(hg_buf *buf, const hg_err *err, hg_lang lang);

/* Append bytes as they may stand on a terminal: control characters and invalid UTF-8 as
 * \xHH, as well as characters that turn or break a line. */
void hg_text_safe(hg_buf *buf, const char *bytes, size_t n);

/* "A" for column 1, "AA" for 27. out takes at least 8 bytes. */
void hg_text_letters(char *out, uint32_t col);

/* "A1" for row 1, column 1. out takes at least 24 bytes. row or col 0 gives "". */
void hg_text_a1(char *out, uint64_t row, uint32_t col);

/* The number of one-character edits (insert, delete, replace, swap) from a to b, for
 * "did you mean"; texts over 64 bytes count as 64 apart. */
unsigned hg_text_distance(const char *a, const char *b);

#endif
