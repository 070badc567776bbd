/* split.h - the cells of one record of a delimited text in any dialect, regular or not.
 * libcsv reads the malformed too, but does not tell what it made of it, and where: that is
 * why it is not used here. A test holds the two to the same cells of regular texts. */
#ifndef HG_DELIMITED_SPLIT_H
#define HG_DELIMITED_SPLIT_H

#include "table/dialect.h"

#define HG_SPLIT_CELLS ((size_t)1 << 16) /* cells of one record */
#define HG_SPLIT_NONE  SIZE_MAX

/* A splitter, and the record that it split last. A plain value: zeroed but for dialect,
 * which the caller keeps. */
typedef struct hg_split {
    const hg_dialect *dialect; /* delimiter 0: none, all of a line is one cell */
    hg_slice *cells;           /* borrow from the text or from scratch */
    uint32_t *starts;          /* where each begins in the text, its quote counted */
    size_t n, cap;
    size_t quoted; /* cells that quotes enclose */
    size_t spaced; /* cells behind a delimiter from which white space was taken */
    size_t length; /* bytes of the record, its line end counted; at most UINT32_MAX */
    size_t strays; /* quotes that stand where none belongs, and are data */
    size_t stray;  /* where the first of them stands */
    bool open;     /* that one opens a cell, and nothing closes it */
    char *scratch;
    size_t used, room;
    bool special[256]; /* bytes that end a cell or change it, in the dialect of set */
    char set[4];       /* delimiter, quote, escape; and whether these were set */
} hg_split;

/*
 * Split the record that text starts with. Cells end at the delimiter, records at LF, CRLF
 * or CR. A cell that begins with a quote ends at the next one that a delimiter or a line
 * end follows; what other quote stands in it is stray and data, and so is one in a cell
 * that does not begin with it. Quotes over several lines must be regular: where a quote
 * that opens a cell is not closed so, it is itself stray and data. An escape character
 * takes its meaning from a quote, a delimiter, a line end and from itself; before
 * anything else it is data. literal is the place of one quote that is to be taken as
 * data, or HG_SPLIT_NONE.
 *
 * HG_END: the text goes on (ended is false) and what is there does not tell where the
 * record ends. HG_EINPUT: more than HG_SPLIT_CELLS cells; HG_ENOMEM. text.n is not 0.
 */
hg_status hg_split_record(hg_split *split, hg_slice text, bool ended, size_t literal,
                          hg_err *err);
void hg_split_release(hg_split *split);

#endif
