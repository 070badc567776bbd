/* xls_records.h - the records of an old workbook, and the texts within them
 * ([MS-XLS] 2.1.4, 2.5.293; OpenOffice's Documentation of the Excel File Format, sections
 * 2 and 3). */
#ifndef HG_WORKBOOK_XLS_RECORDS_H
#define HG_WORKBOOK_XLS_RECORDS_H

#include "workbook/ole.h"
#include "workbook/xls_codepage.h"
#include "workbook/xls_crypt.h"
#include "workbook/xls_old.h"

/* [MS-XLS] 2.3: the records that matter here */
enum {
    HG_XLS_FORMULA = 0x0006,
    HG_XLS_EOF = 0x000A,
    HG_XLS_EXTERNSHEET = 0x0017,
    HG_XLS_NAME = 0x0018,
    HG_XLS_DATEMODE = 0x0022,
    HG_XLS_FILEPASS = 0x002F,
    HG_XLS_FORMAT3 = 0x001E, /* of Excel 2 and 3 */
    HG_XLS_FONT = 0x0031,
    HG_XLS_CONTINUE = 0x003C,
    HG_XLS_CODEPAGE = 0x0042,
    HG_XLS_XF2 = 0x0043, /* of Excel 2 */
    HG_XLS_COLINFO = 0x007D,
    HG_XLS_BOUNDSHEET = 0x0085,
    HG_XLS_MULRK = 0x00BD,
    HG_XLS_MULBLANK = 0x00BE,
    HG_XLS_RSTRING = 0x00D6,
    HG_XLS_XF = 0x00E0,
    HG_XLS_MERGEDCELLS = 0x00E5,
    HG_XLS_SST = 0x00FC,
    HG_XLS_LABELSST = 0x00FD,
    HG_XLS_SUPBOOK = 0x01AE,
    HG_XLS_DIMENSIONS = 0x0200,
    HG_XLS_BLANK = 0x0201,
    HG_XLS_NUMBER = 0x0203,
    HG_XLS_LABEL = 0x0204,
    HG_XLS_BOOLERR = 0x0205,
    HG_XLS_STRING = 0x0207,
    HG_XLS_FORMULA3 = 0x0206, /* of Excel 3 */
    HG_XLS_ROW = 0x0208,
    HG_XLS_ARRAY = 0x0221,
    HG_XLS_FONT3 = 0x0231, /* of Excel 3 and 4 */
    HG_XLS_TABLE = 0x0236,
    HG_XLS_XF3 = 0x0243, /* of Excel 3 */
    HG_XLS_RK = 0x027E,
    HG_XLS_FORMULA4 = 0x0406, /* of Excel 4 */
    HG_XLS_FORMAT = 0x041E,
    HG_XLS_XF4 = 0x0443, /* of Excel 4 */
    HG_XLS_SHRFMLA = 0x04BC,
    HG_XLS_BOF = 0x0809
};

#define HG_XLS_WINDOW 69632 /* bytes; the longest record takes 65,539 */

/*
 * A place in a stream of records. The present one has id and the n bytes of data, which
 * stand until another is fetched; texts are taken from pos on. The caller sets stream,
 * loc, crypt and what texts need, and may set next to go elsewhere; all else begins as 0.
 */
typedef struct hg_xls_records {
    hg_ole_stream *stream; /* borrowed */
    hg_loc loc;            /* of errors */
    unsigned biff;         /* 2 to 5, and 8: Excel 97 and later, texts are Unicode */
    uint16_t code_page;    /* of texts before that */
    uint64_t at, next;     /* where the present record begins, and the next */
    uint16_t id;
    size_t n, pos;
    const unsigned char *data;
    unsigned char *window; /* what was read last: have bytes at from */
    uint64_t from;
    size_t have;
    hg_xls_crypt *crypt; /* borrowed; NULL: it is not encrypted */
    hg_buf clear;        /* a record that was */
    hg_xls_old old; /* records of Excel 2 are told as those of Excel 5 */
    hg_buf raw;     /* a text in its code page */
    hg_xls_codepage page;
} hg_xls_records;

void hg_xls_release(hg_xls_records *records);

/* Fetch the next record. HG_END: the stream ends. HG_EINPUT: it ends within a record. */
hg_status hg_xls_next(hg_xls_records *records, hg_err *err);
/* HG_OK, or HG_EINPUT: the present record has less than n bytes. */
hg_status hg_xls_need(const hg_xls_records *records, size_t n, hg_err *err);

/* Take n bytes from pos on, going on in CONTINUE records. bytes NULL: leave them out. */
hg_status hg_xls_take(hg_xls_records *records, void *bytes, size_t n, hg_err *err);

/*
 * Append the text at pos as UTF-8, going on in CONTINUE records, which may change from 16
 * bits a character to 8 and back. lead: the bytes that count its characters, 1 or 2. What
 * follows it, runs of fonts and phonetic hints, is passed over. An 8-bit character of
 * BIFF8 is U+0000 to U+00FF, so that legacy Vietnamese fonts' bytes stay what they are;
 * half a surrogate pair becomes U+FFFD. HG_EINPUT: the text goes beyond its records; it
 * is in a code page that is not known, or holds bytes that its code page does not have.
 */
hg_status hg_xls_text(hg_xls_records *records, unsigned lead, hg_buf *to, hg_err *err);

/* The same of n characters, whose count stands elsewhere. */
hg_status hg_xls_chars(hg_xls_records *records, size_t n, hg_buf *to, hg_err *err);

/* The same with its runs of fonts, appended to runs as they stand in BIFF8: 4 bytes each,
 * the UTF-16 unit at which it begins, and its font (2.5.132 FormatRun). */
hg_status hg_xls_rich(hg_xls_records *records, unsigned lead, hg_buf *to, hg_buf *runs,
                      hg_err *err);
/* The runs that follow the text of an RSTRING (OpenOffice's documentation, 5.91). */
hg_status hg_xls_rstring_runs(hg_xls_records *records, hg_buf *runs, hg_err *err);

#endif
