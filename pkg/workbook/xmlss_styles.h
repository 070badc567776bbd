/* xmlss_styles.h - what the styles of an XML Spreadsheet say of its cells. */
#ifndef HG_WORKBOOK_XMLSS_STYLES_H
#define HG_WORKBOOK_XMLSS_STYLES_H

#include "base/names.h"
#include "text/serial.h"
#include "text/xml.h"

/* The namespaces of an XML Spreadsheet: s its own, x what is Excel's, h HTML's. */
extern const hg_xml_space hg_xmlss_spaces[];
/* An attribute of its own namespace, or of none, as many programs write it; or NULL. */
const char *hg_xmlss_attr(const hg_xml_attrs *attrs, const char *name);
/* Whether one is there and true. */
bool hg_xmlss_true(const hg_xml_attrs *attrs, const char *name);

typedef struct hg_xmlss_style {
    hg_format_kind kind; /* of the number format */
    const char *format;  /* its code; NULL: General */
    const char *font;    /* NULL: not said */
    bool bold, italic;
    uint16_t indent;
} hg_xmlss_style;

/* The styles of one workbook; begins as { 0 }. */
typedef struct hg_xmlss_styles {
    hg_names ids, texts;  /* texts: of formats and fonts */
    hg_xmlss_style *list; /* in the order of ids */
    size_t n, cap, open;  /* open: the one that is read */
} hg_xmlss_styles;

/* An element within Styles. HG_EINPUT (loc): over the limits of base/names; HG_ENOMEM. */
hg_status hg_xmlss_styles_start(hg_xmlss_styles *styles, const char *name,
                                const hg_xml_attrs *attrs, const hg_loc *loc,
                                hg_err *err);
/* The style of an id; *style is NULL where id is, or where there is none. Fails likewise.
 */
hg_status hg_xmlss_styles_find(const hg_xmlss_style **style, hg_xmlss_styles *styles,
                               const char *id, const hg_loc *loc, hg_err *err);
void hg_xmlss_styles_release(hg_xmlss_styles *styles);

#endif
