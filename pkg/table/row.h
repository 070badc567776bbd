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

/*
 * Rows of as many cells each, one behind the other in a text that has no quotes. A cell
 * stands between the end of the one before, which is one byte, and its own: cell c of row r
 * ends at ends[r * width + c], and ends[-1] is the end of what stands before them all
 * (UINT32_MAX where the text starts with them).
 */
typedef struct hg_block {
    const char *text;
    const uint32_t *ends; /* offsets in text */
    size_t width, n;      /* cells of each row; rows */
} hg_block;

static inline hg_slice hg_block_cell(const hg_block *block, size_t row, size_t column)
{
    const uint32_t *end = block->ends + row * block->width + column;
    uint32_t start = end[-1] + 1;
    return (hg_slice){ block->text + start, *end - start };
}

/* Where rows or a cell were found. */
typedef struct hg_origin {
    uint32_t source;   /* index into the stream's sources */
    const char *sheet; /* NULL for a text */
    uint64_t row;      /* 1-based row of the sheet or record of the text; 0 unknown */
    uint32_t col;      /* 1-based column; 0: the row as a whole */
} hg_origin;

#endif
