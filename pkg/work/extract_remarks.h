/* extract_remarks.h - what is found wrong with a source while it is read: told, and kept
 * for the stream, which may begin only later. For extract.c. */
#ifndef HG_WORK_EXTRACT_REMARKS_H
#define HG_WORK_EXTRACT_REMARKS_H

#include "format/source.h"
#include "rules/tally.h"
#include "stream/stream.h"

#define HG_REMARKS_SAME 1000 /* findings of one kind that are told one by one */

typedef struct hg_remarks {
    hg_tally tally;
    hg_tell *tell; /* may be NULL */
    void *with;
    hg_out *out;       /* NULL: it has not begun, or is no stream */
    hg_finding *early; /* kept until the stream begins */
    size_t n, cap;
} hg_remarks;

void hg_remarks_init(hg_remarks *remarks, hg_tell *tell, void *with);
/* A hg_textfile_found; remarks is a hg_remarks. */
hg_status hg_remarks_add(void *remarks, const hg_finding *finding, hg_err *err);
/* The stream begins: what was found so far goes into it, and what follows. */
hg_status hg_remarks_begin(hg_remarks *remarks, hg_out *out, hg_err *err);
/* Tell of a text what of it is not in the table that is read, and why. */
hg_status hg_remarks_layout(hg_remarks *remarks, const hg_source *source, size_t table,
                            bool chosen, bool named, hg_err *err);
/* Nothing more is found: kinds cut short are told as numbers. */
/* See that a delimiter that was found is not one of two or three in a row, whose columns are
 * those between which empty ones stand; first is the table's first row. */
hg_status hg_remarks_delimiter(hg_remarks *remarks, const hg_source *source, size_t table,
                               const hg_row *first, hg_err *err);
hg_status hg_remarks_end(hg_remarks *remarks, hg_err *err);
void hg_remarks_release(hg_remarks *remarks);

#endif
