/* vinumber.h - numbers typed as text, in the Vietnamese or the English way, told apart by
 * the evidence of their whole column. */
#ifndef HG_TEXT_VINUMBER_H
#define HG_TEXT_VINUMBER_H

#include "base/buf.h"

#define HG_VINUMBER_MAX 64 /* bytes of a number, its NUL counted */

/* Who writes so. Groups of three digits may also be set apart by a space, NBSP or thin
 * space. */
typedef enum hg_number_style {
    HG_NUMBER_ANY, /* not known */
    HG_NUMBER_VI,  /* 1.234.567,8 */
    HG_NUMBER_EN   /* 1,234,567.8 */
} hg_number_style;

/* The readings of one text, in plain form: digits as written, '.' before decimals, '-'.
 */
typedef struct hg_vinumber {
    bool vi, en; /* it can be read so */
    char as_vi[HG_VINUMBER_MAX], as_en[HG_VINUMBER_MAX];
} hg_vinumber;

/* Part a figure from what is written behind it: a percent sign, and the mark of a note,
 * "15*", "12 (1)", "7²". The mark borrows from text; n 0: there is none. */
hg_slice hg_vinumber_part(hg_slice text, bool *percent, hg_slice *mark);

/* Read a text in both ways; false if neither fits. (5,2) is -5,2. */
bool hg_vinumber_read(hg_vinumber *number, hg_slice text);
/* It can be read in both ways and they differ: "1.234". */
bool hg_vinumber_ambiguous(const hg_vinumber *number);

#endif
