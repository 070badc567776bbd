/* xlsx_styles - what the styles of a workbook say of its cells */
#include "workbook/xlsx_styles.h"
#include "workbook/xlsx_text.h"

#include <stdlib.h>
#include <string.h>

/* A list that is being read; only its own elements count, since <dxfs> has fonts too. */
typedef enum section { NOWHERE, NUMBER_FORMATS, FONTS, CELL_FORMATS } section;

static const struct {
    const char *list, *item;
} sections[] = {
    [NUMBER_FORMATS] = { "numFmts", "numFmt" },
    [FONTS] = { "fonts", "font" },
    [CELL_FORMATS] = { "cellXfs", "xf" },
};

typedef struct number_format {
    char *code; /* NULL: not said */
    hg_format_kind kind;
} number_format;

typedef struct font {
    char *name;
    bool bold, italic;
} font;

struct hg_xlsx_styles {
    number_format *formats;
    font *fonts;
    hg_xlsx_style *styles;
    size_t n[CELL_FORMATS + 1], cap[CELL_FORMATS + 1];
    section section;
    hg_loc loc;
    uint32_t
        by_id[UINT16_MAX + 1]; /* the number format of an id + 1, the first with a code */
};

static unsigned long number(const hg_xml_attrs *attrs, const char *name)
{
    const char *value = hg_xml_attr(attrs, 0, name);
    return value ? strtoul(value, NULL, 10) : 0;
}

/* Copy an attribute; *to stays NULL where it is missing. */
static hg_status copy(char **to, const hg_xml_attrs *attrs, const char *name, hg_err *err)
{
    const char *value = hg_xml_attr(attrs, 0, name);
    if (!value || *to)
        return HG_OK;
    *to = strdup(value);
    return *to ? HG_OK : hg_fail_nomem(err);
}

/* Room for one more in the list of a section, all zero. */
static void *grow(hg_xlsx_styles *s, section at, void *list, size_t size, hg_err *err)
{
    if (s->n[at] == HG_XLSX_MAX_STYLES) {
        hg_fail(err, HG_EINPUT, &s->loc, "more than %u cell styles", HG_XLSX_MAX_STYLES);
        return NULL;
    }
    if (s->n[at] == s->cap[at]) {
        size_t cap = s->cap[at] ? s->cap[at] * 2 : 64;
        list = realloc(list, cap * size);
        if (!list) {
            hg_fail_nomem(err);
            return NULL;
        }
        s->cap[at] = cap;
    }
    memset((char *)list + s->n[at]++ * size, 0, size);
    return list;
}

static hg_status add_format(hg_xlsx_styles *s, const hg_xml_attrs *attrs, hg_err *err)
{
    number_format *list = grow(s, NUMBER_FORMATS, s->formats, sizeof *list, err);
    if (!list)
        return err->status;
    s->formats = list;
    list += s->n[NUMBER_FORMATS] - 1;
    unsigned long id = number(attrs, "numFmtId");
    hg_status st = copy(&list->code, attrs, "formatCode", err);
    if (list->code && id <= UINT16_MAX && s->by_id[id] == 0) {
        s->by_id[id] = (uint32_t)s->n[NUMBER_FORMATS];
        list->kind = hg_format_kind_of(list->code);
    }
    return st;
}

static hg_status add_font(hg_xlsx_styles *s, hg_err *err)
{
    font *list = grow(s, FONTS, s->fonts, sizeof *list, err);
    if (!list)
        return err->status;
    s->fonts = list;
    return HG_OK;
}

static void set_format(const hg_xlsx_styles *s, hg_xlsx_style *style, unsigned long id)
{
    unsigned wanted = id > UINT16_MAX ? UINT16_MAX : (unsigned)id;
    if (s->by_id[wanted] == 0) {
        style->format = hg_format_builtin(wanted, &style->kind);
        return;
    }
    const number_format *found = &s->formats[s->by_id[wanted] - 1];
    style->format = found->code;
    style->kind = found->kind;
}

/* Fonts and number formats stand before the cell formats that name them (18.8.39). */
static hg_status add_style(hg_xlsx_styles *s, const hg_xml_attrs *attrs, hg_err *err)
{
    hg_xlsx_style *list = grow(s, CELL_FORMATS, s->styles, sizeof *list, err);
    if (!list)
        return err->status;
    s->styles = list;
    list += s->n[CELL_FORMATS] - 1;
    set_format(s, list, number(attrs, "numFmtId"));
    unsigned long f = number(attrs, "fontId");
    if (f < s->n[FONTS]) {
        list->font = s->fonts[f].name;
        list->bold = s->fonts[f].bold;
        list->italic = s->fonts[f].italic;
    }
    return HG_OK;
}

/* An element within a font. */
static hg_status in_font(hg_xlsx_styles *s, const char *name, const hg_xml_attrs *attrs,
                         hg_err *err)
{
    font *f = &s->fonts[s->n[FONTS] - 1];
    if (strcmp(name, "b") == 0)
        f->bold = hg_xlsx_on(attrs);
    else if (strcmp(name, "i") == 0)
        f->italic = hg_xlsx_on(attrs);
    else if (strcmp(name, "name") == 0)
        return copy(&f->name, attrs, "val", err);
    return HG_OK;
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    hg_xlsx_styles *s = ctx;
    if (space != 's')
        return HG_OK;
    if (s->section == NOWHERE) {
        for (section i = NUMBER_FORMATS; i <= CELL_FORMATS; i++)
            if (strcmp(name, sections[i].list) == 0)
                s->section = i;
        return HG_OK;
    }
    if (strcmp(name, sections[s->section].item) == 0)
        return s->section == NUMBER_FORMATS ? add_format(s, attrs, err)
               : s->section == FONTS        ? add_font(s, err)
                                            : add_style(s, attrs, err);
    if (s->section == FONTS && s->n[FONTS] > 0)
        return in_font(s, name, attrs, err);
    if (s->section == CELL_FORMATS && s->n[CELL_FORMATS] > 0 &&
        strcmp(name, "alignment") == 0)
        s->styles[s->n[CELL_FORMATS] - 1].indent = (uint16_t)number(attrs, "indent");
    return HG_OK;
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    hg_xlsx_styles *s = ctx;
    (void)err;
    if (space == 's' && s->section != NOWHERE &&
        strcmp(name, sections[s->section].list) == 0)
        s->section = NOWHERE;
    return HG_OK;
}

hg_status hg_xlsx_styles_read(hg_xlsx_styles **out, hg_opc *opc, const char *part,
                              hg_err *err)
{
    static const hg_xml_events events = { .start = on_start, .end = on_end };
    hg_xlsx_styles *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->loc.file = hg_opc_name(opc);
    hg_status st = hg_opc_read(opc, part, hg_xlsx_spaces, &events, s, err);
    if (st != HG_OK) {
        hg_xlsx_styles_free(s);
        *out = NULL;
    }
    return st;
}

const hg_xlsx_style *hg_xlsx_styles_at(const hg_xlsx_styles *styles, size_t i)
{
    static const hg_xlsx_style plain = { 0 };
    return styles && i < styles->n[CELL_FORMATS] ? &styles->styles[i] : &plain;
}

void hg_xlsx_styles_free(hg_xlsx_styles *styles)
{
    if (!styles)
        return;
    for (size_t i = 0; i < styles->n[NUMBER_FORMATS]; i++)
        free(styles->formats[i].code);
    for (size_t i = 0; i < styles->n[FONTS]; i++)
        free(styles->fonts[i].name);
    free(styles->formats);
    free(styles->fonts);
    free(styles->styles);
    free(styles);
}
