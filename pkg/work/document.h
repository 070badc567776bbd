/* document.h - a JSON document judged by its JSON Schema: the work of hg-validate
 * --json-schema. */
#ifndef HG_WORK_DOCUMENT_H
#define HG_WORK_DOCUMENT_H

#include "rules/tally.h"
#include "rules/validation.h"

typedef struct hg_document_opts {
    const char *schema;     /* a file; "-" for standard input */
    const char *remotes;    /* as for hg_jsonschema_load(); may be NULL */
    uint64_t max_same;      /* findings of one keyword told; 0 stands for 1000 */
    hg_take_finding *found; /* called for each finding told; may be NULL */
    void *user;
    hg_validation *report; /* filled, where not NULL */
} hg_document_opts;

/*
 * Judge the document in file. A finding's code is the keyword that is broken; it has the line
 * and the column, and the value's JSON Pointer. HG_EARG: the schema is wrong; HG_EINPUT: the
 * document is no JSON, or cannot be checked within limits; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_document_check(const char *file, const hg_document_opts *opts,
                            hg_check_sum *sum, hg_err *err);

#endif
