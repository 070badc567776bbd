/* xlsx_strings.h - the texts that the cells of a workbook share (ECMA-376 part
 * 1, 18.4.9). */
#ifndef HG_WORKBOOK_XLSX_STRINGS_H
#define HG_WORKBOOK_XLSX_STRINGS_H

#include "workbook/opc.h"
#include "workbook/shared.h"

/* Read a part of shared strings. HG_EINPUT as hg_xml_feed() and hg_shared_end(). */
hg_status hg_xlsx_strings_read(hg_shared **out, hg_opc *opc, const char *part,
                               const char *tmp, hg_err *err);

#endif
