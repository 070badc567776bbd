/* csvw.h - tables of CSV on the Web checked by their metadata: the work of hg-validate
 * --csvw (w3.org/TR/tabular-data-model, 6). Nothing is fetched. */
#ifndef HG_WORK_CSVW_H
#define HG_WORK_CSVW_H

#include "rules/hash.h"
#include "rules/tally.h"
#include "rules/validation.h"

typedef struct hg_csvw_opts {
    const char *metadata;   /* a file that overrides what is found; NULL: none */
    const char *link;       /* the Link header that the CSV came with; NULL: none */
    const char *base;       /* the address of folder; NULL: it has none */
    const char *folder;     /* where base leads to */
    const char *tmp;        /* folder, for keys beyond the memory */
    size_t max_memory;      /* bytes for keys; 0 stands for 1 GiB */
    uint64_t max_same;      /* as in work/check.h */
    hg_seed seed;           /* likewise */
    hg_take_finding *found; /* called for each finding told; may be NULL */
    void *user;
    hg_validation *report; /* filled, where not NULL */
} hg_csvw_opts;

/*
 * Check a file: metadata (a text that starts with '{'), or a CSV, for which metadata are
 * looked up, and which is checked by itself where they do not describe it. What is wrong
 * with metadata, tables, or files that are named in them is a finding. HG_EARG: base is
 * no address; HG_EINPUT: file or opts->metadata cannot be read, or something could not be
 * checked within limits; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_csvw_check(const char *file, const hg_csvw_opts *opts, hg_check_sum *sum,
                        hg_err *err);

#endif
