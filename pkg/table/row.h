/* row.h - one row of a table as text cells, and where it came from. */
#ifndef HG_TABLE_ROW_H
#define HG_TABLE_ROW_H

#include "base/buf.h"

/* Cells as UTF-8 text, borrowed from the reader that gave the row until its next call. */
typedef struct hg_row {
    const hg_slice *cells;
    size_t n;
    uint64_t number; /* 1-based record in its text, the header counted */
    uint64_t line;   /* 1-based line on which the record starts */
    hg_slice raw;    /* its bytes as they stood, line end included */
} hg_row;

/* Where rows or a cell were found. */
typedef struct hg_origin {
    uint32_t source;   /* index into the stream's sources */
    const char *sheet; /* NULL for a text */
    uint64_t row;      /* 1-based row of the sheet or record of the text; 0 unknown */
    uint32_t col;      /* 1-based column; 0: the row as a whole */
} hg_origin;

#endif
