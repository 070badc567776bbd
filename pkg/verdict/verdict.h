/*
 * verdict.h - what came out of a check as a file, in the form that its reader knows:
 * JUnit's XML and SARIF for programs that build and review, a page and a workbook for
 * people.
 *
 * All are made of the report of rules/validation.h, so they agree with each other. The
 * same findings give the same bytes.
 */
#ifndef HG_VERDICT_VERDICT_H
#define HG_VERDICT_VERDICT_H

#include "verdict/look.h"

/* A form that a report can have. */
typedef struct hg_verdict_form {
    const char *name; /* "junit" */
    bool binary;      /* not for a terminal */
    /* Write to fd; name is for messages. HG_ESYS, HG_ENOMEM. */
    hg_status (*write)(int fd, const char *name, const hg_json *report,
                       const hg_verdict_opts *opts, hg_err *err);
} hg_verdict_form;

/* The form of that name; NULL where there is none. */
const hg_verdict_form *hg_verdict_form_of(const char *name);

#endif
