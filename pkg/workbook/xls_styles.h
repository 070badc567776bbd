/* xls_styles.h - what the styles of an old workbook say of its cells ([MS-XLS] 2.4.122
 * Font, 2.4.126 Format, 2.4.353 XF). */
#ifndef HG_WORKBOOK_XLS_STYLES_H
#define HG_WORKBOOK_XLS_STYLES_H

#include "text/serial.h"
#include "workbook/runs.h"
#include "workbook/xls_records.h"

#define HG_XLS_MAX_STYLES 65536u /* fonts, and styles: a cell's index has 16 bits */

typedef struct hg_xls_style {
    hg_format_kind kind; /* of the number format */
    const char *format;  /* its code; NULL: General */
    const char *font;    /* NULL: not said */
    bool bold, italic;
    uint16_t indent;
} hg_xls_style;

typedef struct hg_xls_styles hg_xls_styles;

hg_status hg_xls_styles_new(hg_xls_styles **out, hg_err *err);
/* Take what the present record says of styles; others are left alone. HG_EINPUT: it is
 * damaged, or one over HG_XLS_MAX_STYLES. */
hg_status hg_xls_styles_add(hg_xls_styles *styles, hg_xls_records *records, hg_err *err);
/* The style of a cell's index, once all are added; the plain one where there is none. */
hg_xls_style hg_xls_styles_at(const hg_xls_styles *styles, size_t i);
/* Add the runs that hg_xls_rich() gave with a text. HG_EINPUT (loc) as hg_runs_add(). */
hg_status hg_xls_styles_runs(const hg_xls_styles *styles, hg_slice raw, hg_slice text,
                             hg_runs *to, const hg_loc *loc, hg_err *err);
void hg_xls_styles_free(hg_xls_styles *styles); /* NULL is fine */

#endif
