/* check.h - rows in, checked rows and findings out: the work of hg-validate.
 *
 * Each table is checked against its schema (table/schema.h) and its rules (rules/). Codes of
 * findings are frictionless's where it has one: blank-header, unmatched-header, blank-,
 * duplicate-, incorrect-, extra-, missing-label; blank-row, missing-cell, extra-cell;
 * type-error, constraint-error; unique-error, primary-key, foreign-key; ours: sum-error.
 * rowNumber counts from 1 with the header; fieldNumber from 1 without _at.
 *
 * Parts are independent but for keys, sums and numbers, whose states can be joined.
 */
#ifndef HG_WORK_CHECK_H
#define HG_WORK_CHECK_H

#include "rules/hash.h"
#include "rules/validation.h"
#include "rules/tally.h"
#include "stream/state.h"
#include "stream/stream.h"

#define HG_CHECK_MEMORY ((size_t)1 << 30) /* bytes for keys and sums */
#define HG_CHECK_SAME 1000                /* findings of one kind that are told one by one */

/* A part of a table, whose state is written (stream/state.h) in place of a verdict. Each part
 * has the header. */
typedef struct hg_check_part {
    hg_state_out *state; /* the caller seals */
    uint64_t part, of;   /* it is the part-th of so many, from 1 */
} hg_check_part;

/*
 * Rows with an error go to fd (name in errors) instead of out, as CSV: _row, _codes and
 * _messages, and the record as it was. What is written waits for the end of the table, on
 * disk. Findings on those rows are in the report, not in out, which tells in a warning
 * (rows-split) how many there were.
 */
typedef struct hg_check_split {
    int fd;
    const char *name;
    hg_lang lang;
} hg_check_split;

typedef struct hg_check_opts {
    const hg_json *head; /* the definition to check against; NULL: the stream's own */
    const hg_doc *doc;   /* the document that holds its schema, for messages, or NULL */
    const hg_json *checks; /* asked for besides those of schemas (rules/checks.h), or NULL */
    bool structure;      /* there is no schema: check labels and the form of rows only */
    size_t max_memory;   /* 0 stands for HG_CHECK_MEMORY */
    const char *tmp;     /* folder for keys beyond that; NULL: they are HG_EINPUT */
    hg_seed seed;        /* of keys' digests (rules/hash.h): random, or 0 */
    unsigned threads;    /* 0 stands for one per processor; what comes out is the same */
    uint64_t max_same;   /* of one code and field; 0 stands for HG_CHECK_SAME */
    hg_take_finding *found; /* called for each finding told; may be NULL */
    void *user;
    const hg_check_split *split; /* NULL: all rows pass on */
    const hg_check_part *part; /* NULL: the whole is checked */
    hg_validation *report; /* filled, where not NULL; complete once hg_check() returns HG_OK */
} hg_check_opts;

/*
 * Check all that in holds. Parts go on through out unchanged, findings after them; the caller
 * seals. out may be NULL. Findings are no failure. HG_EARG: a schema or rule is wrong, or
 * asks for what cannot be checked here; HG_EINPUT: the input is damaged or cut off, or
 * something in it could not be checked within limits; HG_ESYS, HG_ENOMEM.
 */
hg_status hg_check(hg_in *in, hg_out *out, const hg_check_opts *opts, hg_check_sum *sum,
                   hg_err *err);

/*
 * Merge states of parts, in any order: the verdict on the whole is as hg_check() would give
 * it, but that findings name the file of the part and the row within. Only memory, tmp, found,
 * user and report of opts matter. HG_EARG: the states are of different tables or checks, a
 * part is missing or there twice; HG_EINPUT: a state is damaged.
 */
hg_status hg_check_merge(const char *const *names, size_t n, const hg_check_opts *opts,
                         hg_check_sum *sum, hg_err *err);
/* Put them together as one state, which may still miss parts; the caller seals. */
hg_status hg_check_join(const char *const *names, size_t n, hg_state_out *out, hg_err *err);

#endif
