/* survey.h - whether a text is regular all through: so many cells in each record, not all of
 * them empty, quotes as RFC 4180 has them. What is so can be passed on in blocks. */
#ifndef HG_DELIMITED_SURVEY_H
#define HG_DELIMITED_SURVEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text that is looked through, in blocks. A plain value, zeroed but for delimiter. */
typedef struct hg_survey {
    char delimiter;
    bool
        irregular; /* it is not, for one of the reasons below; nothing else counts then */
    bool begun, ended; /* the first block was put, the last */
    uint64_t bytes;    /* looked at */
    uint64_t records;  /* that ended in them */
    uint64_t end;      /* bytes up to the end of the last of them */
    uint64_t width;    /* cells of each */
    uint64_t crlf;     /* records that end with CR LF */
    uint64_t quotes;
    /* of the byte looked at last: */
    uint64_t inside; /* all ones: it is in quotes */
    bool closing, edge, cr, line_end;
    uint64_t cells; /* delimiters in the record at hand */
    uint64_t head, head_bits; /* what the text starts with, and which bits of that count */
} hg_survey;

/*
 * Look at the next n bytes of the text, and give how many were looked at; the rest is to
 * be put again, with more behind it, unless last.
 *
 * Irregular: records of different widths or with different line ends; a blank line; a CR
 * alone; a quote that does not stand around a whole cell or doubled in it, or is not
 * closed; a record that starts as the first one does (which may be its header again); no
 * LF at the end of the text.
 */
size_t hg_survey_put(hg_survey *survey, const char *text, size_t n, bool last);

#endif
