/* ods_styles.h - what the styles of an OpenDocument spreadsheet say of its tables and
 * cells (ODF 1.3 part 3, 16). */
#ifndef HG_WORKBOOK_ODS_STYLES_H
#define HG_WORKBOOK_ODS_STYLES_H

#include "text/serial.h"
#include "text/xml.h"

#define HG_ODS_MAX_STYLES      65536 /* fonts, number formats and styles in all */
#define HG_ODS_MAX_STYLE_BYTES ((size_t)1 << 24) /* of their names and codes, 16 MiB */

typedef struct hg_ods_style {
    hg_format_kind kind; /* of the number format */
    const char *format;  /* its code; NULL: General */
    const char *font;    /* NULL: not said */
    bool bold, italic;
    uint16_t indent; /* levels of a third of a centimetre, as programs write them */
    bool hidden;     /* of a table: it is not displayed */
} hg_ods_style;

typedef struct hg_ods_styles hg_ods_styles;

hg_status hg_ods_styles_new(hg_ods_styles **out, const char *file, hg_err *err);
void hg_ods_styles_free(hg_ods_styles *styles); /* NULL is fine */

/* The elements of font faces, styles and automatic styles, as they come. HG_EINPUT: over
 * a limit above. */
hg_status hg_ods_styles_start(hg_ods_styles *styles, char space, const char *name,
                              const hg_xml_attrs *attrs, hg_err *err);
hg_status hg_ods_styles_text(hg_ods_styles *styles, const char *text, size_t n,
                             hg_err *err);
hg_status hg_ods_styles_end(hg_ods_styles *styles, char space, const char *name,
                            hg_err *err);

/* All are read: put them in order, and give each what its parents say. */
hg_status hg_ods_styles_finish(hg_ods_styles *styles, hg_err *err);

/* After that: the style of a cell or table; NULL where there is none of that name. */
const hg_ods_style *hg_ods_styles_cell(const hg_ods_styles *styles, const char *name);
const hg_ods_style *hg_ods_styles_table(const hg_ods_styles *styles, const char *name);
/* The style of a part of a text; the same. */
const hg_ods_style *hg_ods_styles_span(const hg_ods_styles *styles, const char *name);
/* The style of cells that name none. */
const hg_ods_style *hg_ods_styles_default(const hg_ods_styles *styles);

#endif
