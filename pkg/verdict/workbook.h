/* workbook.h - a report as a workbook (xlsx): a sheet with the counts and one with the
 * findings. */
#ifndef HG_VERDICT_WORKBOOK_H
#define HG_VERDICT_WORKBOOK_H

#include "verdict/look.h"

/* Write it to fd. HG_ESYS, HG_ENOMEM. */
hg_status hg_verdict_workbook(int fd, const char *name, const hg_json *report,
                              const hg_verdict_opts *opts, hg_err *err);

#endif
