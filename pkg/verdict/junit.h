/* junit.h - a report as JUnit's XML, as build servers read it: a suite for each table, a
 * case for each rule that it breaks. */
#ifndef HG_VERDICT_JUNIT_H
#define HG_VERDICT_JUNIT_H

#include "verdict/look.h"

/* Append it to buf. HG_ENOMEM. */
hg_status hg_verdict_junit(hg_buf *buf, const hg_json *report,
                           const hg_verdict_opts *opts, hg_err *err);

#endif
