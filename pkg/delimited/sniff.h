/* sniff.h - the dialect of a delimited text, by evidence: which delimiter, quote and
 * escape make rows of equal length out of it, and cells that look like values. */
#ifndef HG_DELIMITED_SNIFF_H
#define HG_DELIMITED_SNIFF_H

#include "table/dialect.h"

#define HG_SNIFF_FOUND (-1) /* to be found; 0: there is none */

/* What is known before; otherwise a byte. */
typedef struct hg_sniff_opts {
    int delimiter, quote, escape;
    int skip_space; /* white space behind delimiters goes: 0, 1, HG_SNIFF_FOUND */
} hg_sniff_opts;

#define HG_SNIFF_DEFAULTS                                                                \
    {                                                                                    \
        HG_SNIFF_FOUND, HG_SNIFF_FOUND, HG_SNIFF_FOUND, HG_SNIFF_FOUND                   \
    }

/*
 * Find the dialect in pieces of a text, each from the start of a line on; the last record
 * of each but the last piece may be cut off. Every dialect asked for is tried: its score
 * is the share of rows of the commonest length, times (length - 1) / length, times the
 * share of cells that look like values, less what stands in quotes that do not match (van
 * den Burg, Nazabal, Sutton: "Wrangling Messy CSV Files by Detecting Row and Type
 * Patterns", 2019, with the length of rows for their pattern). What looks like a list of
 * one column, of names, times, numbers or sentences below a heading, has no delimiter. The
 * same bytes give the same dialect. HG_ENOMEM.
 */
hg_status hg_sniff(hg_dialect *dialect, const hg_sniff_opts *opts, const hg_slice *pieces,
                   size_t n, hg_err *err);

/* The byte that a text names: itself; "\\t" or "tab"; "space"; none: "" or "none". One
 * with white space behind it, ", ", is a delimiter and *space, then 1. false: it names
 * none. */
bool hg_sniff_byte(int *byte, int *space, const char *text);

#endif
