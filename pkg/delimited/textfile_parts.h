/* textfile_parts.h - what an open text is. For textfile.c and textfile_rows.c. */
#ifndef HG_FORMAT_TEXT_PARTS_H
#define HG_FORMAT_TEXT_PARTS_H

#include "delimited/textfile.h"

#include <time.h>

struct hg_textfile {
    int fd, converted; /* the text in UTF-8; -1: fd is the caller's */
    const char *name;
    hg_textfile_opts opts;
    hg_charset charset;
    hg_dialect dialect;
    hg_tables tables;
    uint64_t from, length; /* behind the byte order mark; of all */
    struct timespec written; /* when, the last time before it was opened */
    const char *line_end;
    bool dirty;   /* it has bytes that are no UTF-8, or NUL */
    bool regular; /* see hg_textfile_regular() */
    bool crlf;    /* a regular text: its line ends */
    struct hg_cut {
        uint64_t end, records; /* where a block ends, and the records up to there */
    } * cuts;                  /* of a regular text, about one for each MiB */
    size_t n_cuts, cap_cuts;
};

/* Read all of the text once, and give it to opts.look; see whether it is regular in the
 * dialect found. HG_ESYS, HG_ENOMEM. textfile_regular.c */
hg_status hg_textfile_look(hg_textfile *text, hg_err *err);

/* Give a finding to the caller. */
hg_status hg_textfile_tell(hg_textfile *text, hg_finding *finding, hg_err *err);

#endif
