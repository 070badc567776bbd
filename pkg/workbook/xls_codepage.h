/* xls_codepage.h - texts of old workbooks in the code page of their writer's system. */
#ifndef HG_WORKBOOK_XLS_CODEPAGE_H
#define HG_WORKBOOK_XLS_CODEPAGE_H

#include "base/buf.h"
#include "text/charset.h"

/* A converter that is kept for the next text; begins as 0. */
typedef struct hg_xls_codepage {
    hg_charset *set;
    uint16_t page; /* of set */
} hg_xls_codepage;

/*
 * Append a text of a code page ([MS-XLS] 2.4.52, or Excel's own 32768 Macintosh and 32769
 * Windows) as UTF-8. Bytes that 1252 and 1258 leave undefined become control characters,
 * as Windows takes them. HG_EINPUT at loc: the code page is not known, or does not have
 * the text's bytes; HG_ENOMEM.
 */
hg_status hg_xls_codepage_put(hg_xls_codepage *codepage, uint16_t page, hg_slice text,
                              hg_buf *to, const hg_loc *loc, hg_err *err);
void hg_xls_codepage_release(hg_xls_codepage *codepage);

#endif
