/* vnlegacy.h - Vietnamese text in the encodings that were used before Unicode. */
#ifndef HG_TEXT_VNLEGACY_H
#define HG_TEXT_VNLEGACY_H

#include "base/buf.h"

#include <uchar.h>

/*
 * All of them are 8-bit. In text files their bytes stand as they are; in workbooks a byte
 * stands as the character that windows-1252 has for it ("Hà Nội" in TCVN3 is "Hµ Néi").
 * Bytes that an encoding gives no letter stand for what they are in windows-1252.
 */
typedef enum hg_vnlegacy {
    HG_VN_UNICODE, /* none of them */
    HG_VN_TCVN3,  /* ABC, fonts .Vn*: the accented capitals share the small letters' codes
                   */
    HG_VN_VNI,    /* VNI Windows, fonts VNI-*: a letter and a mark */
    HG_VN_VISCII, /* RFC 1456 */
    HG_VN_VPS,    /* some accented capitals share the small letters' codes */
    HG_VN_1258,   /* windows-1258: a letter and a combining tone */
    HG_VN_BKHCM1,
    HG_VN_BKHCM2,
    HG_VN_VIETWARE_F, /* fonts SVN*: capitals as in TCVN3 */
    HG_VN_VIETWARE_X, /* fonts VN*: a letter and a mark */
    HG_VN_ENCODINGS
} hg_vnlegacy;

/* "TCVN3", "VNI", "VISCII", "VPS", "windows-1258", "BKHCM1", "BKHCM2", "Vietware-F",
 * "Vietware-X"; "Unicode" for HG_VN_UNICODE. */
const char *hg_vnlegacy_name(hg_vnlegacy encoding);
/* By that name or a usual other one (abc, cp1258, vni-windows, ...), in any case; false:
 * none. */
bool hg_vnlegacy_named(hg_vnlegacy *encoding, hg_slice name);

/*
 * The encoding that a font's name stands for; HG_VN_UNICODE for any other. capitals tells
 * that the font draws small letters as capitals (.VnTimeH). Fonts lie: text/vnguess asks
 * the text too.
 */
hg_vnlegacy hg_vnlegacy_font(hg_slice font, bool *capitals);

/* What each byte of one encoding is. A plain value, ready after hg_vncodec_init(). */
typedef struct hg_vncodec {
    hg_vnlegacy encoding;
    char16_t letter[256]; /* a letter or a sign */
    char16_t mark[256];   /* the letter that it makes of an a before it, or 0 */
} hg_vncodec;

void hg_vncodec_init(hg_vncodec *codec, hg_vnlegacy encoding); /* not for HG_VN_UNICODE */

/*
 * Append bytes as UTF-8, the letters of Vietnamese composed; capitals that share codes
 * come out small (see hg_vnlegacy_capitals). Returns the number of bytes taken: all of
 * them or, without last, all but a letter at the end that a mark might follow.
 */
size_t hg_vncodec_decode(const hg_vncodec *codec, hg_buf *out, const unsigned char *bytes,
                         size_t n, bool last);
/* The same for UTF-8 text whose characters stand for bytes; those that windows-1252 has
 * not are passed on. */
void hg_vncodec_decode_view(const hg_vncodec *codec, hg_buf *out, hg_slice text);

/* The encoding has no codes of their own for accented capitals. */
bool hg_vnlegacy_shares_capitals(hg_vnlegacy encoding);
/*
 * Give text that was decoded from such an encoding its capitals back, in place (a capital
 * has the length of its small letter). A word whose letters with a code for each case are
 * capitals, two at the least, becomes capitals: "BáO" BÁO. Where text has such words and
 * no small letter of that kind, the others become capitals too: "Bị" BỊ. all: every
 * letter becomes a capital, as a font of capitals drew them.
 */
void hg_vnlegacy_capitals(char *text, size_t n, bool all);

#endif
