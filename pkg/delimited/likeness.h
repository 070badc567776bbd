/* likeness.h - what the cells of a column look like, and how like them another text is.
 */
#ifndef HG_DELIMITED_LIKENESS_H
#define HG_DELIMITED_LIKENESS_H

#include "base/buf.h"

/*
 * The shape of a text: "28/01/2018" is 9/9/9, "MG-8769" a-9, "$74.69" $9.9: runs of
 * digits and runs of letters each one sign, all else as it stands. Words apart by spaces
 * are prose, whatever they say. A shape is a number, equal for equal shapes; its low half
 * tells apart shapes with runs of other lengths, too.
 */
typedef uint64_t hg_look;

#define HG_LOOK_EMPTY ((hg_look)0)
#define HG_LOOK_PROSE ((hg_look)1 << 32) /* several words */
#define HG_LOOK_WORD  ((hg_look)2 << 32) /* one word, of letters only */

hg_look hg_look_of(hg_slice text);
bool hg_look_typed(hg_look shape); /* it has digits: a number, a date, a code */

/* The shapes seen in one column: the commonest, or nearly. A plain value, zeroed. */
#define HG_LIKENESS_LOOKS 8
typedef struct hg_likeness {
    struct hg_seen {
        uint32_t shape, n;
    } rough[HG_LIKENESS_LOOKS], fine[HG_LIKENESS_LOOKS]; /* halves of shapes */
    uint32_t n;                                          /* of all cells */
} hg_likeness;

void hg_likeness_add(hg_likeness *column, hg_look shape);
/* How unlike the cells of the column a shape is: the bits that it would take to tell it,
 * 0 for one that they all have. */
unsigned hg_likeness_cost(const hg_likeness *column, hg_look shape);
/* Whether one in sixteen cells has this look, roughly. */
bool hg_likeness_usual_look(const hg_likeness *column, hg_look look);
/* Whether all its cells but for one, a score of them or more, have one of up to three looks,
 * with runs of these lengths; and whether this is the look of several of them. */
#define HG_LIKENESS_SCORE 20
bool hg_likeness_even(const hg_likeness *column);
bool hg_likeness_has(const hg_likeness *column, hg_look look);
bool hg_likeness_empty(const hg_likeness *column); /* it has cells, all of them empty */
/* What the cells of the column cost on average, in sixteenths of bits. */
unsigned hg_likeness_average(const hg_likeness *column);
/* Whether nearly all (nine in ten) of its cells that are not empty are typed, and two at
 * the least: a column of numbers, dates, codes. */
bool hg_likeness_typed(const hg_likeness *column);

#endif
