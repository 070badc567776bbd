/* xlsx_text.h - texts of xlsx: a string item with its runs (ECMA-376 part 1, 18.4.8). */
#ifndef HG_FORMAT_XLSX_TEXT_H
#define HG_FORMAT_XLSX_TEXT_H

#include "format/xml.h"

/* The namespaces of a workbook's parts, transitional and strict: s its own, r that of
 * relationships, x that of xml:space. */
extern const hg_xml_space hg_xlsx_spaces[];

#define HG_XLSX_MAX_TEXT                                                                 \
    ((size_t)1 << 20) /* bytes of one text; Excel takes 32,767 characters */

/*
 * A text under way, appended to a buffer from start on. Of a string item the runs are put
 * together and phonetic hints left out. White space around the text goes where xml:space
 * does not preserve it, and _xHHHH_ becomes the character it stands for (22.9.2.19), as
 * Excel reads both; U+0000 and half a surrogate pair stay as they are written.
 */
typedef struct hg_xlsx_text {
    hg_buf *to;
    size_t start;
    bool open;       /* character data belongs to the text */
    bool phonetic;   /* within a phonetic run */
    bool preserve;   /* white space of this run is kept */
    bool first_kept; /* … of the first run */
    bool last_kept;  /* … of the last run */
} hg_xlsx_text;

void hg_xlsx_text_begin(hg_xlsx_text *text, hg_buf *to);
/* An element within the item, of the namespace s, starts, ends. */
void hg_xlsx_text_start(hg_xlsx_text *text, const char *name, const hg_xml_attrs *attrs);
void hg_xlsx_text_end(hg_xlsx_text *text, const char *name);
/* Character data. HG_EINPUT: over HG_XLSX_MAX_TEXT; HG_ENOMEM. */
hg_status hg_xlsx_text_put(hg_xlsx_text *text, const char *bytes, size_t n,
                           const hg_loc *loc, hg_err *err);
/* Close the text: to ends where it does. */
void hg_xlsx_text_finish(hg_xlsx_text *text);

/* An attribute of the type xsd:boolean; false where it is missing. */
bool hg_xlsx_flag(const hg_xml_attrs *attrs, const char *name);

#endif
