/* firstpage.h - leave the page header off the first page of a workbook's sheets, as
 * official papers have it (Nghị định 30/2020/NĐ-CP, annex I): libxlsxwriter cannot say
 * so. */
#ifndef HG_WORKBOOK_FIRSTPAGE_H
#define HG_WORKBOOK_FIRSTPAGE_H

#include "base/buf.h"

/*
 * Write the workbook at path to fd, each sheet that has a header with
 * headerFooter/@differentFirst (ECMA-376 part 1, 18.3.1.46); its other parts as they lie
 * there, which the caller has seen to be whole. A changed sheet waits in a nameless file in
 * the folder tmp. The same bytes for the same workbook. HG_ESYS, HG_ENOMEM; HG_EINPUT for a path that is no workbook.
 */
hg_status hg_firstpage_write(int fd, const char *name, const char *path, const char *tmp,
                             hg_err *err);

#endif
