/* shape.h - how a sheet looks before anything is known of it: where a table's headings
 * stand, and what its columns hold. What candidates for a recipe are made from. */
#ifndef HG_RECIPE_SHAPE_H
#define HG_RECIPE_SHAPE_H

#include "text/period.h"
#include "workbook/grid.h"

#define HG_SHAPE_ERRORS 8  /* texts of cells with an error that are kept */
#define HG_SHAPE_LEVELS 16 /* rows of headings that are looked at */

typedef enum hg_holds {
    HG_HOLDS_NOTHING,
    HG_HOLDS_NUMBERING, /* 1 2 3, I II III, beside a column of labels: "STT" */
    HG_HOLDS_CODES,     /* digits with zeros before them, or under "Mã …" */
    HG_HOLDS_YEARS,     /* under "Năm", or in the first column */
    HG_HOLDS_LABELS,    /* texts before the values */
    HG_HOLDS_VALUES,
    HG_HOLDS_REMARKS /* texts behind the first column of values */
} hg_holds;

typedef struct hg_shape_column {
    hg_holds holds;
    const hg_cell *heading; /* the lowest over it; NULL: none */
    bool named;             /* no other heading has its text */
    bool sure;              /* nothing speaks against what it holds */
    bool gaps; /* blank beside values, and not merged with what stands above */
    size_t cells, numbers, counting, years, zeros, digits, texts, dates;
} hg_shape_column;

typedef struct hg_shape {
    bool found;           /* there are headings, with something below them */
    uint32_t top, bottom; /* rows of headings */
    uint32_t first, end;  /* rows of the table itself: the ruler left out; end: behind */
    uint32_t last;        /* columns */
    uint32_t stub;        /* columns before the first of values; last where none is */
    hg_shape_column *columns; /* of columns 0 to last, 0 being none */
    size_t labels, values;    /* columns that hold them */
    bool ruler;
    bool
        doubt; /* the ruler may be a row of values: its letter goes on in the row below */
    bool beside;  /* a row has texts in two columns of labels */
    bool levels;  /* labels are numbered, bold, indented or in several columns */
    bool two;     /* labels stand at two levels, by column, indent or type, not by number */
    bool bare;    /* there are rows without values */
    bool outline; /* labels are numbered */
    hg_period_kind periods[HG_SHAPE_LEVELS]; /* of heading rows: what all of it names */
    bool rest[HG_SHAPE_LEVELS]; /* likewise, but for a text of a sum: "Cả năm" */
    bool words;                 /* headings over values say something else than periods */
    bool pairs;   /* words in two rows are over every value, the upper over several columns */
    size_t units; /* columns of values with a unit in a heading: "(người)", "%" */
    size_t outside; /* rows of several cells above the headings */
    const hg_cell *errors[HG_SHAPE_ERRORS]; /* "#DIV/0!", each once; NULL: no more */
    const hg_cell *tail;   /* the first text below the last number; NULL: none, or not
                              the only cell of its text */
    const hg_cell *title;  /* the first text above; or NULL */
    const hg_cell *unit;   /* a unit line above that names no organisation; or NULL */
    const hg_cell *period; /* a text above that is a period; or NULL */
} hg_shape;

/* Look at a sheet. HG_ENOMEM. hg_shape_release() after either; it borrows from the grid.
 */
hg_status hg_shape_look(hg_shape *shape, const hg_grid *grid, hg_err *err);
void hg_shape_release(hg_shape *shape);

/* A cell that is a number: typed as one, or a text that reads as one and is no symbol. */
bool hg_shape_is_number(const hg_cell *cell);
/* It is a year of 1900 to 2100. */
bool hg_shape_is_year(const hg_cell *cell);

#endif
