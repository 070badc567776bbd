/* validate.h - what hg-validate does once its options are read: one of six things, and a
 * report of it. */
#ifndef HG_CMD_VALIDATE_H
#define HG_CMD_VALIDATE_H

#include "rules/tally.h"
#include "verdict/verdict.h"

/* What the options say; NULL and 0 where they do not. */
typedef struct validate_opts {
    const char *dataset, *schema, *output, *report_file, *checks, *file;
    const char *csvw, *metadata, *link, *base;
    const char *json_schema, *remotes, *partial, *split_file;
    const char *const *states;
    size_t n_states;
    bool csv, quiet, json, strict, merge;
    const hg_verdict_form *form; /* of the report, where it is neither text nor JSON */
    uint64_t part, of;           /* --part; 0: not given */
    size_t max_memory;
    uint64_t max_same;
} validate_opts;

/* Do it, and report. What cannot be done with the file given is a usage error, which exits. */
hg_status validate(const validate_opts *opts, hg_check_sum *sum, hg_err *err);

#endif
