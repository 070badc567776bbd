/* outline.h - the numbering of rows: A / I / 1 / 1.1 / a) / - , and how deep each stands.
 */
#ifndef HG_RECIPE_OUTLINE_H
#define HG_RECIPE_OUTLINE_H

#include "base/buf.h"

#define HG_OUTLINE_DEPTH 9
#define HG_OUTLINE_MARK  24 /* bytes of a mark, its NUL counted; longer ones are none */

/* Part a label from the mark before it: "1.2. Lúa" is "1.2" and "Lúa", "- Nam" is "-" and
 * "Nam". mark->n is 0, and the whole is returned, where there is none. */
hg_slice hg_outline_part(hg_slice label, hg_slice *mark);

/* The mark that a text is, without '.' or ')': "1", "1.2", "IV", "a)". n 0: it is none. */
hg_slice hg_outline_mark(hg_slice text);

/* Where an outline stands after some marks; start with { 0 }. */
typedef struct hg_outline {
    unsigned depth; /* levels that are open */
    struct {
        unsigned kind, value;
        char mark[HG_OUTLINE_MARK];
    } levels[HG_OUTLINE_DEPTH];
} hg_outline;

/*
 * Take in the next mark, which is one, and give its level, 1 being the outermost. A mark
 * goes on with the level whose last mark it follows (I, II; 1.1, 1.2), or opens one below
 * the last. "I" and "C" are letters where the marks before say so, else Roman digits.
 */
unsigned hg_outline_level(hg_outline *outline, hg_slice mark);

/* Append the marks of all open levels: "A.I.1"; "1.1" below "1" adds its last part. */
void hg_outline_path(const hg_outline *outline, hg_buf *out);

#endif
