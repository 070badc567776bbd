/* sarif.h - a report as SARIF 2.1.0 (OASIS), as code review and editors read it. */
#ifndef HG_VERDICT_SARIF_H
#define HG_VERDICT_SARIF_H

#include "verdict/look.h"

/* Append it to buf. HG_ENOMEM. */
hg_status hg_verdict_sarif(hg_buf *buf, const hg_json *report,
                           const hg_verdict_opts *opts, hg_err *err);

#endif
