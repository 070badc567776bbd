/* ods_format.h - number formats of OpenDocument (ODF 1.3 part 3, 16.29) as the codes that
 * every other workbook has (ECMA-376 part 1, 18.8.31). */
#ifndef HG_WORKBOOK_ODS_FORMAT_H
#define HG_WORKBOOK_ODS_FORMAT_H

#include "text/xml.h"

#define HG_ODS_MAX_CODE 1024 /* bytes of one code */

/* A code under way. Zero it; release the code when done. */
typedef struct hg_ods_format {
    hg_buf code;
    bool elapsed; /* the next part of a time counts on: [h] */
    bool literal; /* character data belongs to the code */
    bool quoted;  /* within quotes */
} hg_ods_format;

/* An element of a data style, the style itself first, starts; it ends; character data. */
void hg_ods_format_begin(hg_ods_format *format, const hg_xml_attrs *attrs);
void hg_ods_format_start(hg_ods_format *format, const char *name,
                         const hg_xml_attrs *attrs);
void hg_ods_format_text(hg_ods_format *format, const char *text, size_t n);
void hg_ods_format_end(hg_ods_format *format);

/* The code, until the next format begins; NULL for General and where there is none. */
const char *hg_ods_format_code(const hg_ods_format *format);

#endif
