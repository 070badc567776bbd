/* xlsx_strings.h - the texts that the cells of a workbook share (ECMA-376 part
 * 1, 18.4.9). */
#ifndef HG_FORMAT_XLSX_STRINGS_H
#define HG_FORMAT_XLSX_STRINGS_H

#include "format/opc.h"

#define HG_XLSX_MAX_SHARED  ((size_t)1 << 26) /* bytes of all shared texts, 64 MiB */
#define HG_XLSX_MAX_STRINGS ((size_t)1 << 23) /* shared texts */

typedef struct hg_xlsx_strings hg_xlsx_strings;

/* Read a part of shared strings. HG_EINPUT as hg_xml_feed(), or over a limit above. */
hg_status hg_xlsx_strings_read(hg_xlsx_strings **out, hg_opc *opc, const char *part,
                               hg_err *err);
/* The text of an index; false: there is none. strings may be NULL. */
bool hg_xlsx_strings_at(const hg_xlsx_strings *strings, size_t i, hg_slice *text);
void hg_xlsx_strings_free(hg_xlsx_strings *strings); /* NULL is fine */

#endif
