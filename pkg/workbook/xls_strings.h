/* xls_strings.h - the texts that the cells of an old workbook share ([MS-XLS] 2.4.265).
 */
#ifndef HG_WORKBOOK_XLS_STRINGS_H
#define HG_WORKBOOK_XLS_STRINGS_H

#include "workbook/shared.h"
#include "workbook/xls_styles.h"

/* Read the SST record that is the present one, with those that continue it. HG_EINPUT: as
 * hg_xls_rich(), hg_xls_styles_runs() and hg_shared_end(). */
hg_status hg_xls_strings_read(hg_shared **out, hg_xls_records *records,
                              const hg_xls_styles *styles, const char *tmp, hg_err *err);

#endif
