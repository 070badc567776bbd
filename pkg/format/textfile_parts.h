/* textfile_parts.h - what an open text is. For textfile.c and textfile_rows.c. */
#ifndef HG_FORMAT_TEXT_PARTS_H
#define HG_FORMAT_TEXT_PARTS_H

#include "format/textfile.h"

struct hg_textfile {
    int fd, converted; /* the text in UTF-8; -1: fd is the caller's */
    const char *name;
    hg_textfile_opts opts;
    hg_charset charset;
    hg_dialect dialect;
    hg_tables tables;
    uint64_t from, length; /* behind the byte order mark; of all */
    const char *line_end;
    bool dirty; /* it has bytes that are no UTF-8, or NUL */
};

/* Give a finding to the caller. */
hg_status hg_textfile_tell(hg_textfile *text, hg_finding *finding, hg_err *err);

#endif
