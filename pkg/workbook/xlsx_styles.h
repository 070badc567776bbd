/* xlsx_styles.h - what the styles of a workbook say of its cells (ECMA-376 part 1, 18.8).
 */
#ifndef HG_WORKBOOK_XLSX_STYLES_H
#define HG_WORKBOOK_XLSX_STYLES_H

#include "text/serial.h"
#include "workbook/opc.h"

#define HG_XLSX_MAX_STYLES                                                               \
    65536 /* cell formats, fonts, number formats each; Excel: 65,490 */

typedef struct hg_xlsx_style {
    hg_format_kind kind; /* of the number format */
    const char *format;  /* its code; NULL: General */
    const char *font;    /* NULL: not said */
    bool bold, italic;
    uint16_t indent;
} hg_xlsx_style;

typedef struct hg_xlsx_styles hg_xlsx_styles;

/* Read a part of styles. HG_EINPUT as hg_xml_feed(), or over HG_XLSX_MAX_STYLES. */
hg_status hg_xlsx_styles_read(hg_xlsx_styles **out, hg_opc *opc, const char *part,
                              hg_err *err);
/* The style of a cell's index; the plain one where there is none, or styles is NULL. */
const hg_xlsx_style *hg_xlsx_styles_at(const hg_xlsx_styles *styles, size_t i);
void hg_xlsx_styles_free(hg_xlsx_styles *styles); /* NULL is fine */

#endif
