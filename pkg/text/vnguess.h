/* vnguess.h - which texts are in an encoding from before Unicode, told by font and
 * content. */
#ifndef HG_TEXT_VNGUESS_H
#define HG_TEXT_VNGUESS_H

#include "text/vnlegacy.h"

/* How a text reads in one encoding: its words that are not all ASCII, and how many of
 * them can be Vietnamese. */
typedef struct hg_vnscore {
    uint64_t words, good;
} hg_vnscore;

/*
 * What was learnt of one workbook or one text file, and what it takes to decide. A plain
 * value of about 10 KiB: init, then learn from every text, then ask. Memory is one buffer
 * of the longest text.
 */
typedef struct hg_vnguess {
    hg_vncodec codec[HG_VN_ENCODINGS];
    uint64_t seen[HG_VN_ENCODINGS]
                 [HG_VN_ENCODINGS]; /* texts: of a font's encoding, read so */
    hg_vnscore file[HG_VN_ENCODINGS];
    hg_buf text;
} hg_vnguess;

void hg_vnguess_init(hg_vnguess *guess);
void hg_vnguess_release(hg_vnguess *guess);

/* ---- workbooks: runs of text with a font ---- */

typedef enum hg_vnverdict {
    HG_VN_KEPT,      /* Unicode (or ASCII), unchanged */
    HG_VN_CONVERTED, /* legacy text, now Unicode */
    HG_VN_UNSURE     /* it may be either: unchanged, to be reported */
} hg_vnverdict;

/* Learn from a run of text and its font ("" where it is not known). */
void hg_vnguess_learn(hg_vnguess *guess, hg_slice font, hg_slice text);

/*
 * Decide, and append the run as it is to be read. A run with letters that only Unicode
 * has is Unicode, whatever its font. Otherwise the reading counts whose words are
 * Vietnamese: nine of ten words, while as windows-1252 characters they are not. Where
 * both readings or neither are, a legacy font decides if the other texts of such fonts
 * were what it says. Without such a font, two words are needed and no other encoding may
 * fit as well. *encoding: what was converted from, or what an unsure text may be in.
 */
hg_vnverdict hg_vnguess_read(hg_vnguess *guess, hg_slice font, hg_slice text, hg_buf *out,
                             hg_vnlegacy *encoding);

/* ---- text files: bytes ---- */

/* Learn from a piece of a file, which should end at the end of a line. */
void hg_vnguess_learn_bytes(hg_vnguess *guess, const char *bytes, size_t n);
/* The encoding of the file so far, with its score: that in which nine of ten words are
 * Vietnamese, ten words at the least, or all of three, and most; two more than in
 * windows-1252, too. HG_VN_UNICODE: none (the score is then that of windows-1252). */
hg_vnlegacy hg_vnguess_file(const hg_vnguess *guess, hg_vnscore *score);

#endif
