/* xls_strings.h - the texts that the cells of an old workbook share ([MS-XLS] 2.4.265).
 */
#ifndef HG_FORMAT_XLS_STRINGS_H
#define HG_FORMAT_XLS_STRINGS_H

#include "format/xls_records.h"

#define HG_XLS_MAX_SHARED  ((size_t)1 << 26) /* bytes of all shared texts, 64 MiB */
#define HG_XLS_MAX_STRINGS ((size_t)1 << 23) /* shared texts */

typedef struct hg_xls_strings hg_xls_strings;

/* Read the SST record that is the present one, with those that continue it. HG_EINPUT: as
 * hg_xls_text(), or over a limit above. */
hg_status hg_xls_strings_read(hg_xls_strings **out, hg_xls_records *records, hg_err *err);
/* The text of an index; false: there is none. strings may be NULL. */
bool hg_xls_strings_at(const hg_xls_strings *strings, size_t i, hg_slice *text);
void hg_xls_strings_free(hg_xls_strings *strings); /* NULL is fine */

#endif
