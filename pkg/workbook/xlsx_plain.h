/* xlsx_plain.h - the rows of a worksheet, and shared texts, read by a tokeniser of its own
 * where they are plain: what nearly all programs write. It takes less than XML, and nothing that XML
 * does not take; anything else it leaves to the reader of XML, which has the last word.
 */
#ifndef HG_WORKBOOK_XLSX_PLAIN_H
#define HG_WORKBOOK_XLSX_PLAIN_H

#include "base/buf.h"

#define HG_XLSX_PLAIN_ROW ((size_t)1 << 18) /* bytes of a row that is plain */

/* What stands before the rows, up to and with <sheetData>. */
typedef struct hg_xlsx_plain {
    hg_slice head;   /* borrowed: the namespaces that it declares */
    char prefix[16]; /* of the elements, with its colon; "" for the default namespace */
    char known[16];  /* the prefix of an attribute that head declares, as found last */
} hg_xlsx_plain;

typedef enum hg_xlsx_token {
    HG_XLSX_MORE,    /* the bytes end before it is told */
    HG_XLSX_UNUSUAL, /* not plain */
    HG_XLSX_ROW,     /* the start of a row */
    HG_XLSX_CELL,
    HG_XLSX_ROW_END,
    HG_XLSX_DATA_END /* the end of <sheetData>, which is not taken */
} hg_xlsx_token;

/* The type that a cell's attribute t names (ECMA-376 part 1, 18.18.11). */
typedef enum hg_xlsx_type {
    HG_XLSX_NUMBER,
    HG_XLSX_SHARED,
    HG_XLSX_INLINE,
    HG_XLSX_STRING,
    HG_XLSX_BOOLEAN,
    HG_XLSX_ERROR,
    HG_XLSX_MOMENT
} hg_xlsx_type;

/* A row or a cell. */
typedef struct hg_xlsx_item {
    uint32_t row, col; /* as its reference says; 0: it has none */
    bool closed;       /* of a row: it has no cells, and no end of its own */
    bool hidden;       /* of a row */
    bool formula;
    hg_xlsx_type type;
    uint32_t style;
    hg_slice value; /* as it stands in the XML, of <v> or of <is><t> */
    bool preserve;  /* xml:space */
    bool simple;    /* value is what it stands for, as it is */
} hg_xlsx_item;

/* The length of a reference such as &amp; or &#x1EC7; at p, and the character that it
 * stands for; 0: it is none. */
size_t hg_xlsx_reference(const char *p, const char *end, int32_t *cp);

/* See whether rows after head may be plain: it is UTF-8 and ends with <sheetData>. head
 * must outlive *plain. */
bool hg_xlsx_plain_begin(hg_xlsx_plain *plain, hg_slice head);
/* Where something that may be <sheetData> ends in what is read so far; 0: nowhere. */
size_t hg_xlsx_plain_find(hg_slice bytes);

/* The next token between rows, or within one, of bytes that four NULs close at end. *p is
 * moved behind it, unless the bytes end or it is not plain. */
hg_xlsx_token hg_xlsx_plain_next(hg_xlsx_plain *plain, bool in_row, const char **p,
                                 const char *end, hg_xlsx_item *item);

/* The same for texts that cells share, without a prefix: where something that may be the
 * start tag of <sst> ends; whether texts behind it may be plain; the next one, as
 * HG_XLSX_CELL, its value being all that is set of item. What ends them is not plain. */
size_t hg_xlsx_plain_find_texts(hg_slice bytes);
bool hg_xlsx_plain_begin_texts(hg_xlsx_plain *plain, hg_slice head);
hg_xlsx_token hg_xlsx_plain_text(hg_xlsx_plain *plain, const char **p, const char *end,
                                 hg_xlsx_item *item);

#endif
