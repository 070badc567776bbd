/* xlsx_text.h - texts of xlsx: a string item with its runs (ECMA-376 part 1, 18.4.8). */
#ifndef HG_WORKBOOK_XLSX_TEXT_H
#define HG_WORKBOOK_XLSX_TEXT_H

#include "text/xml.h"
#include "workbook/runs.h"

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
    size_t part;   /* where the character data under way begins */
    hg_runs *runs; /* those of the text from first_run on */
    size_t first_run;
    hg_cell_run font; /* of the run under way */
    size_t space;     /* bytes of white space at the end that nothing preserves */
    bool rich;        /* within a run that has a font of its own */
    bool open;        /* character data belongs to the text */
    bool phonetic;    /* within a phonetic run */
    bool preserve;    /* white space of this part is kept */
} hg_xlsx_text;

/* Runs are appended to the list runs, their places counted from the text's start. */
void hg_xlsx_text_begin(hg_xlsx_text *text, hg_buf *to, hg_runs *runs);
/* An element within the item, of the namespace s, starts, ends. HG_EINPUT (loc) as
 * hg_runs_add(); HG_ENOMEM. */
hg_status hg_xlsx_text_start(hg_xlsx_text *text, const char *name,
                             const hg_xml_attrs *attrs, const hg_loc *loc, hg_err *err);
void hg_xlsx_text_end(hg_xlsx_text *text, const char *name);
/* Character data. HG_EINPUT: over HG_XLSX_MAX_TEXT; HG_ENOMEM. */
hg_status hg_xlsx_text_put(hg_xlsx_text *text, const char *bytes, size_t n,
                           const hg_loc *loc, hg_err *err);
/* Close the text: to ends where it does. A text in one font has no runs. */
void hg_xlsx_text_finish(hg_xlsx_text *text);

/* An attribute of the type xsd:boolean; false where it is missing. */
bool hg_xlsx_flag(const hg_xml_attrs *attrs, const char *name);
/* The same for an element whose attribute val may be missing: then it is true. */
bool hg_xlsx_on(const hg_xml_attrs *attrs);

#endif
