/* xmlss_styles - what the styles of an XML Spreadsheet say of its cells */
#include "workbook/xmlss_styles.h"

#include <stdlib.h>
#include <string.h>

#define EXCEL "urn:schemas-microsoft-com:office:"

const hg_xml_space hg_xmlss_spaces[] = {
    { 's', EXCEL "spreadsheet" },
    { 'x', EXCEL "excel" },
    { 'h', "http://www.w3.org/TR/REC-html40" },
    { 0, NULL },
};

const char *hg_xmlss_attr(const hg_xml_attrs *attrs, const char *name)
{
    const char *value = hg_xml_attr(attrs, 's', name);
    return value ? value : hg_xml_attr(attrs, 0, name);
}

bool hg_xmlss_true(const hg_xml_attrs *attrs, const char *name)
{
    const char *value = hg_xmlss_attr(attrs, name);
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* Formats that have a name instead of a code; what that shows differs with the country.
 */
static const char *code_of(const char *format)
{
    static const struct {
        const char *name, *code;
    } named[] = {
        { "General", NULL },
        { "General Number", NULL },
        { "General Date", "d/m/yyyy h:mm" },
        { "Long Date", "d mmmm yyyy" },
        { "Medium Date", "d-mmm-yy" },
        { "Short Date", "d/m/yyyy" },
        { "Long Time", "h:mm:ss" },
        { "Medium Time", "h:mm AM/PM" },
        { "Short Time", "h:mm" },
        { "Fixed", "0.00" },
        { "Standard", "#,##0.00" },
        { "Percent", "0.00%" },
        { "Scientific", "0.00E+00" },
        { "Currency", "#,##0.00" },
        { "Euro Currency", "#,##0.00" },
        { "Yes/No", "0" },
        { "True/False", "0" },
        { "On/Off", "0" },
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(format, named[i].name) == 0)
            return named[i].code;
    return *format ? format : NULL;
}

/* The place of an id, new or not. */
static hg_status place_of(size_t *at, hg_xmlss_styles *styles, const char *id,
                          const hg_loc *loc, hg_err *err)
{
    hg_status st = hg_names_keep(&styles->ids, &id, loc, err);
    if (st != HG_OK)
        return st;
    *at = hg_names_index(&styles->ids, id);
    return HG_OK;
}

/* A style begins; it is what its parent is, or else the one for all cells. */
static hg_status begin(hg_xmlss_styles *styles, const hg_xml_attrs *attrs,
                       const hg_loc *loc, hg_err *err)
{
    const char *id = hg_xmlss_attr(attrs, "ID"), *parent = hg_xmlss_attr(attrs, "Parent");
    const hg_xmlss_style *of;
    hg_status st =
        hg_xmlss_styles_find(&of, styles, parent ? parent : "Default", loc, err);
    hg_xmlss_style style = of ? *of : (hg_xmlss_style){ 0 };
    if (st == HG_OK)
        st = place_of(&styles->open, styles, id ? id : "", loc, err);
    if (st == HG_OK && styles->open >= styles->cap) {
        size_t cap = 2 * styles->open + 16;
        hg_xmlss_style *list = realloc(styles->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        styles->list = list;
        styles->cap = cap;
    }
    if (st != HG_OK)
        return st;
    while (styles->n <= styles->open)
        styles->list[styles->n++] = (hg_xmlss_style){ 0 };
    styles->list[styles->open] = style;
    return HG_OK;
}

static void set_flag(bool *flag, const hg_xml_attrs *attrs, const char *name)
{
    if (hg_xmlss_attr(attrs, name))
        *flag = hg_xmlss_true(attrs, name);
}

static hg_status set_format(hg_xmlss_styles *styles, hg_xmlss_style *style,
                            const char *format, const hg_loc *loc, hg_err *err)
{
    style->format = format ? code_of(format) : NULL;
    style->kind = style->format ? hg_format_kind_of(style->format) : HG_FORMAT_NUMBER;
    return hg_names_keep(&styles->texts, &style->format, loc, err);
}

hg_status hg_xmlss_styles_start(hg_xmlss_styles *styles, const char *name,
                                const hg_xml_attrs *attrs, const hg_loc *loc, hg_err *err)
{
    if (strcmp(name, "Style") == 0)
        return begin(styles, attrs, loc, err);
    if (styles->n == 0)
        return HG_OK;
    hg_xmlss_style *style = &styles->list[styles->open];
    if (strcmp(name, "NumberFormat") == 0)
        return set_format(styles, style, hg_xmlss_attr(attrs, "Format"), loc, err);
    if (strcmp(name, "Font") == 0) {
        const char *font = hg_xmlss_attr(attrs, "FontName");
        style->font = font ? font : style->font;
        set_flag(&style->bold, attrs, "Bold");
        set_flag(&style->italic, attrs, "Italic");
        return hg_names_keep(&styles->texts, &style->font, loc, err);
    }
    if (strcmp(name, "Alignment") == 0 && hg_xmlss_attr(attrs, "Indent")) {
        long indent = strtol(hg_xmlss_attr(attrs, "Indent"), NULL, 10);
        style->indent = (uint16_t)(indent < 0 ? 0 : indent > 250 ? 250 : indent);
    }
    return HG_OK;
}

hg_status hg_xmlss_styles_find(const hg_xmlss_style **style, hg_xmlss_styles *styles,
                               const char *id, const hg_loc *loc, hg_err *err)
{
    size_t at = 0;
    *style = NULL;
    if (!id)
        return HG_OK;
    hg_status st = place_of(&at, styles, id, loc, err);
    if (st == HG_OK && at < styles->n)
        *style = &styles->list[at];
    return st;
}

void hg_xmlss_styles_release(hg_xmlss_styles *styles)
{
    hg_names_release(&styles->ids);
    hg_names_release(&styles->texts);
    free(styles->list);
    *styles = (hg_xmlss_styles){ 0 };
}
