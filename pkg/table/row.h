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
 * Rows of as many cells each, one behind the other in a text. Cell c of row r stands between
 * two bytes that are none of it, at before[r * width + c] and at ends[r * width + c]: a
 * delimiter, a line end, a quote, or UINT32_MAX for what stands before the text. So where
 * there are no quotes, each cell's before is the end of the one before it.
 */
typedef struct hg_block {
    const char *text;
    const uint32_t *before, *ends; /* offsets in text */
    size_t width, n;               /* cells of each row; rows */
    bool room;        /* eight bytes can be read from where any of the cells starts */
    const char *from; /* text, or what it was made of by making doubled quotes single: cells
                         that have none stand there, too, at the same offsets */
} hg_block;

static inline hg_slice hg_block_cell(const hg_block *block, size_t row, size_t column)
{
    size_t i = row * block->width + column;
    uint32_t start = block->before[i] + 1;
    return (hg_slice){ block->text + start, block->ends[i] - start };
}

/* The offset of a row, whose first cell may stand in quotes. */
static inline uint32_t hg_block_row(const hg_block *block, size_t row)
{
    uint32_t before = block->before[row * block->width];
    bool quoted = before != UINT32_MAX && block->text[before] == '"';
    return before + !quoted;
}

/* Where rows or a cell were found. */
typedef struct hg_origin {
    uint32_t source;   /* index into the stream's sources */
    const char *sheet; /* NULL for a text */
    uint64_t row;      /* 1-based row of the sheet or record of the text; 0 unknown */
    uint32_t col;      /* 1-based column; 0: the row as a whole */
} hg_origin;

#endif
