/* times.h - how wide a text runs in Times New Roman, the type of official papers
 * (Nghị định 30/2020/NĐ-CP, annex I): for column widths and the heights of wrapped rows.
 */
#ifndef HG_TEXT_TIMES_H
#define HG_TEXT_TIMES_H

#include "base/buf.h"

/* Points that one line of text takes; the widest of its lines where it holds '\n'. */
double hg_times_width(hg_slice text, double size, bool bold);

/* Points of its longest word: the narrowest column that does not break one. */
double hg_times_word(hg_slice text, double size, bool bold);

/* Lines that text takes in a column of so many points, broken at spaces and '\n'; at
 * least 1. */
unsigned hg_times_lines(hg_slice text, double size, bool bold, double width);

/* Append text broken into as many lines as it takes in width, with '\n' where the lines
 * come out about as long as each other: for titles. */
void hg_times_balance(hg_buf *out, hg_slice text, double size, bool bold, double width);

#endif
