/* unicode.h - texts of workbooks from before Unicode, read as what they say: "Hµ Néi" in
 * .VnTime is "Hà Nội". Decided run by run, by font and content (text/vnguess.h). */
#ifndef HG_WORKBOOK_UNICODE_H
#define HG_WORKBOOK_UNICODE_H

#include "text/vnguess.h"
#include "workbook/grid.h"

/* What has become of the texts of one workbook. */
typedef struct hg_unicode_count {
    size_t texts;       /* cells */
    const char *sheet;  /* where the first of them stands; borrowed from the caller */
    uint32_t row, col;
} hg_unicode_count;

typedef struct hg_unicode_counts {
    hg_unicode_count converted[HG_VN_ENCODINGS]; /* from each encoding */
    hg_unicode_count unsure;                     /* kept as they are */
} hg_unicode_counts;

/* A workbook's texts; start with hg_unicode_init(), end with hg_unicode_release(). */
typedef struct hg_unicode {
    hg_vnguess guess;
    hg_unicode_counts counts;
    hg_buf text;
} hg_unicode;

void hg_unicode_init(hg_unicode *unicode);
void hg_unicode_release(hg_unicode *unicode);

/* Learn from the texts of a sheet; of all sheets, before the first is converted. */
void hg_unicode_learn(hg_unicode *unicode, const hg_grid *grid);

/* Convert the texts of a sheet in place, and count them. The runs of a cell that changes
 * are dropped. HG_ENOMEM; HG_EINPUT: too much text. sheet is borrowed. */
hg_status hg_unicode_convert(hg_unicode *unicode, hg_grid *grid, const char *sheet,
                             hg_err *err);

#endif
