/* inspect.h - the resources of a Data Package checked where they lie: the work of
 * hg-validate for descriptors. Tables are checked as work/check does, by the same rules;
 * files are checked for what is declared of them: being there, bytes, hash. */
#ifndef HG_WORK_INSPECT_H
#define HG_WORK_INSPECT_H

#include "dataset/descriptor.h"
#include "rules/hash.h"
#include "rules/tally.h"
#include "rules/validation.h"

typedef struct hg_inspect_opts {
    const char *tmp;     /* folder, for another package that is a zip, and for keys */
    hg_seed seed;        /* of keys' digests (rules/hash.h) */
    const hg_json *checks; /* of each table, besides those of schemas; may be NULL */
    size_t max_memory;   /* bytes for keys and sums; 0 stands for 1 GiB */
    uint64_t max_same;   /* as in work/check.h */
    hg_take_finding *found; /* called for each finding told; may be NULL */
    void *user;
    hg_validation *report; /* filled, where not NULL */
} hg_inspect_opts;

/*
 * Check every resource. What is wrong with one - its description, its file, its rows - is
 * a finding, and the others are checked all the same. HG_EINPUT: something could not be
 * checked within limits; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_inspect(const hg_descriptor *descriptor, const hg_inspect_opts *opts,
                     hg_check_sum *sum, hg_err *err);

#endif
