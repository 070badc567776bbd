/* page.h - a report as one HTML page that needs nothing else. */
#ifndef HG_VERDICT_PAGE_H
#define HG_VERDICT_PAGE_H

#include "verdict/look.h"

/* Append it to buf. HG_ENOMEM. */
hg_status hg_verdict_page(hg_buf *buf, const hg_json *report, const hg_verdict_opts *opts,
                          hg_err *err);

#endif
