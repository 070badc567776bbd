/* xls_names.h - what an old workbook gives names to, and which other files it refers to
 * ([MS-XLS] 2.4.150 Lbl, 2.4.271 SupBook, 2.4.105 ExternSheet). */
#ifndef HG_WORKBOOK_XLS_NAMES_H
#define HG_WORKBOOK_XLS_NAMES_H

#include "workbook/named.h"
#include "workbook/xls_records.h"

/* The name of a sheet by its number, those without cells counted, from 0; NULL: there is
 * none. */
typedef struct hg_xls_sheet_names {
    const char *(*name)(const void *book, unsigned number);
    const void *book;
} hg_xls_sheet_names;

/* Begins as 0. */
typedef struct hg_xls_names {
    hg_named named;
    size_t links;              /* other files that are referred to */
    unsigned books, own;       /* SupBooks met; which of them is this file, + 1 */
    struct hg_xls_place {      /* by their place names refer to sheets */
        uint16_t book, sheet; /* of all sheets, from 0 */
    } *places;
    size_t n_places;
    hg_buf text;
} hg_xls_names;

/* Take what the present record says of names; others are left alone. A name refers
 * to a fixed area, or that is not told. A record that is cut short says nothing. HG_EINPUT over HG_NAMED_MAX; HG_ENOMEM. */
hg_status hg_xls_names_add(hg_xls_names *names, hg_xls_records *records,
                           const hg_xls_sheet_names *sheets, hg_err *err);
void hg_xls_names_release(hg_xls_names *names);

#endif
