/* xmlss.h - workbooks of XML Spreadsheet 2003, which Excel 2002 and 2003 wrote and many
 * web applications write still, mostly named .xls or .xml (Microsoft: "XML Spreadsheet
 * Reference", 2001). */
#ifndef HG_WORKBOOK_XMLSS_H
#define HG_WORKBOOK_XMLSS_H

#include "workbook/cell.h"

#define HG_XMLSS_MAX_SHEETS 16384

/* Do the first bytes of a file look like its? */
bool hg_xmlss_likely(const void *head, size_t n);

extern const hg_reader hg_xmlss_reader;

#endif
