/* finding.h - a rule that the data break, and the cell where they do: data, not an error.
 */
#ifndef HG_TABLE_FINDING_H
#define HG_TABLE_FINDING_H

#include "base/buf.h"

typedef enum hg_severity { HG_ERROR, HG_WARNING } hg_severity;

/*
 * One finding. code is frictionless's name of the rule ("type-error", "primary-key" …) or
 * one of ours ("sum-error"). The message is an English format, which is the key of its
 * translation, with its arguments rendered by hg_args(). NULL and 0: not known.
 */
typedef struct hg_finding {
    const char *code;
    hg_severity severity;
    const char *resource;
    uint64_t
        row_number; /* record of the table, the header being 1; 0: the table or header */
    unsigned field_number; /* 1-based, _at not counted */
    const char *field;
    const char
        *pointer; /* of a JSON document: the value (RFC 6901); row is then its line */
    const char *file, *sheet; /* where the department typed it; sheet NULL: a text */
    uint64_t row;             /* cell of the sheet, or record of the text */
    uint32_t col;
    hg_slice value;      /* the cell's text */
    uint64_t more;       /* over 0: this tells of so many others, and is none itself */
    const char *message; /* static storage */
    char args[512];
    size_t args_len;
} hg_finding;

/* A text as an argument of a message: its first bytes. */
typedef struct hg_excerpt {
    char bytes[100];
} hg_excerpt;
hg_excerpt hg_excerpt_of(hg_slice text);

/* Give a finding the place and the message of a failure, from which it borrows. */
void hg_finding_from(hg_finding *finding, const hg_err *why);

/* Is told of a finding, which is the caller's own until it returns. */
typedef void hg_tell(void *with, const hg_finding *finding);

#endif
