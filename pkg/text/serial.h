/* serial.h - dates and times as spreadsheets keep them: days counted from an epoch, told
 * from plain numbers by the number format of their cell. */
#ifndef HG_TEXT_SERIAL_H
#define HG_TEXT_SERIAL_H

#include "base/buf.h"

/* What a number format shows. */
typedef enum hg_format_kind {
    HG_FORMAT_NUMBER,
    HG_FORMAT_DATE,     /* has day, month or year, no time */
    HG_FORMAT_TIME,     /* has hours, minutes or seconds, no date */
    HG_FORMAT_DATETIME, /* has both */
    HG_FORMAT_DURATION  /* counts hours, minutes or seconds on: [h]:mm */
} hg_format_kind;

/*
 * The kind of a format code (ECMA-376 part 1, 18.8.31), from its first section. Texts in
 * quotes, escaped characters, colours, locales and conditions count for nothing; m is a
 * minute after h or before s, else a month. A section with places for digits is a number.
 */
hg_format_kind hg_format_kind_of(const char *code);

/* The code of a built-in number format (ECMA-376 part 1, 18.8.30); NULL: General, or an
 * id that needs a code of its own. *kind is set for ids that only some languages define,
 * too. */
const char *hg_format_builtin(unsigned id, hg_format_kind *kind);

#define HG_SERIAL_TEXT 40 /* bytes that a date or time takes, with its NUL */

/*
 * Write a serial number as ISO 8601, to the millisecond. *kind says what its format
 * shows, and becomes what was written: nothing of the value is left out, so a date with a
 * time of day becomes HG_FORMAT_DATETIME, and a time of a day or more too; a duration
 * under a day becomes HG_FORMAT_TIME, another is PT36H15M0S. Where days count from 1900,
 * what is within day 0 is a time of day. A value that is no date becomes HG_FORMAT_NUMBER,
 * and nothing is written: below 0, or after the year 9999. Counted from 1900, day 60 is
 * 29 February to Excel, which never was; it becomes the day before, as 59 does, as other
 * programs read both. Returns the length of the text, 0 where it is none.
 */
size_t hg_serial_text(char out[HG_SERIAL_TEXT], double serial, bool from_1904,
                      hg_format_kind *kind);

#endif
