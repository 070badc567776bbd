/* ods_styles - what the styles of an OpenDocument spreadsheet say of its tables and cells
 */
#include "workbook/ods_styles.h"
#include "workbook/ods_format.h"

#include <stdlib.h>
#include <string.h>

#define MAX_PARENTS 32 /* styles above a style; more are a loop */

/* What is kept under a name. */
typedef enum group { FONT, DATA, CELL, TABLE, SPAN } group;

/* Texts are places in the styles' texts, 0 for none. -1: not said here. */
typedef struct entry {
    group group;
    uint32_t name; /* "" for the default of a group */
    uint32_t parent;
    uint32_t
        data; /* the number format; of a number format the one that takes its place */
    uint32_t face; /* the name of a font */
    uint32_t text; /* a font's family, or the code of a number format */
    int bold, italic, indent;
    hg_ods_style style; /* once all are read */
} entry;

struct hg_ods_styles {
    entry *list;
    size_t n, cap;
    hg_buf texts;
    entry *open; /* the style or number format under way */
    hg_ods_format format;
    hg_ods_style plain;
    hg_loc loc;
};

hg_status hg_ods_styles_new(hg_ods_styles **out, const char *file, hg_err *err)
{
    hg_ods_styles *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->loc.file = file;
    s->texts.max = HG_ODS_MAX_STYLE_BYTES;
    hg_buf_putc(&s->texts, '\0');
    return HG_OK;
}

void hg_ods_styles_free(hg_ods_styles *s)
{
    if (!s)
        return;
    hg_buf_release(&s->texts);
    hg_buf_release(&s->format.code);
    free(s->list);
    free(s);
}

/* ---- keeping ---- */

static uint32_t keep(hg_ods_styles *s, const char *text)
{
    if (!text || !*text)
        return 0;
    uint32_t at = (uint32_t)s->texts.len;
    hg_buf_put(&s->texts, text, strlen(text) + 1);
    return at;
}

/* Keep the name of a font, which may stand in quotes. */
static uint32_t keep_family(hg_ods_styles *s, const char *family)
{
    if (!family || (*family != '\'' && *family != '"'))
        return keep(s, family);
    uint32_t at = keep(s, family + 1);
    char *end =
        at && s->texts.status == HG_OK ? strchr(s->texts.data + at, *family) : NULL;
    if (end)
        *end = '\0';
    return at;
}

static const char *text_at(const hg_ods_styles *s, uint32_t at)
{
    return at ? s->texts.data + at : NULL;
}

static hg_status add(hg_ods_styles *s, group of, const char *name, hg_err *err)
{
    if (s->n == HG_ODS_MAX_STYLES)
        return hg_fail(err, HG_EINPUT, &s->loc, "more than %u cell styles",
                       HG_ODS_MAX_STYLES);
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        entry *list = realloc(s->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        s->list = list;
        s->cap = cap;
    }
    s->open = &s->list[s->n];
    *s->open = (entry){ .group = of, .bold = -1, .italic = -1, .indent = -1 };
    s->n++;
    s->open->name = keep(s, name);
    return HG_OK;
}

/* ---- elements ---- */

static hg_status add_font(hg_ods_styles *s, const hg_xml_attrs *attrs, hg_err *err)
{
    hg_status st = add(s, FONT, hg_xml_attr(attrs, 's', "name"), err);
    if (st != HG_OK)
        return st;
    s->open->text = keep_family(s, hg_xml_attr(attrs, 'v', "font-family"));
    s->open = NULL;
    return HG_OK;
}

/* A style, or the default style of its family, which has no name. */
static hg_status add_style(hg_ods_styles *s, const char *name, const hg_xml_attrs *attrs,
                           hg_err *err)
{
    static const char *const families[] = {
        [CELL] = "table-cell", [TABLE] = "table", [SPAN] = "text"
    };
    const char *family = hg_xml_attr(attrs, 's', "family");
    group of = CELL;
    while (of <= SPAN && family && strcmp(family, families[of]) != 0)
        of++;
    if (!family || of > SPAN)
        return HG_OK;
    hg_status st = add(s, of, name, err);
    if (st != HG_OK)
        return st;
    s->open->parent = keep(s, hg_xml_attr(attrs, 's', "parent-style-name"));
    s->open->data = keep(s, hg_xml_attr(attrs, 's', "data-style-name"));
    return HG_OK;
}

static bool is_data_style(const char *name)
{
    static const char *const names[] = { "number-style",     "currency-style",
                                         "percentage-style", "date-style",
                                         "time-style",       "boolean-style",
                                         "text-style" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static int is_bold(const char *weight)
{
    return !weight                       ? -1
           : strcmp(weight, "bold") == 0 ? 1
                                         : strtol(weight, NULL, 10) >= 600;
}

static void take_text(hg_ods_styles *s, const hg_xml_attrs *attrs)
{
    const char *slant = hg_xml_attr(attrs, 'f', "font-style");
    s->open->bold = is_bold(hg_xml_attr(attrs, 'f', "font-weight"));
    s->open->italic = slant ? strcmp(slant, "normal") != 0 : -1;
    s->open->face = keep(s, hg_xml_attr(attrs, 's', "font-name"));
    s->open->text = keep_family(s, hg_xml_attr(attrs, 'f', "font-family"));
}

/* The levels of indent of a margin: 10 points each, as LibreOffice takes them from Excel.
 */
static void take_margin(hg_ods_styles *s, const hg_xml_attrs *attrs)
{
    static const struct {
        const char *name;
        double points;
    } units[] = { { "cm", 72 / 2.54 }, { "mm", 72 / 25.4 }, { "in", 72 }, { "pt", 1 } };
    const char *margin = hg_xml_attr(attrs, 'f', "margin-left");
    double length = 0, scale = 1;
    if (!margin)
        return;
    for (const char *p = margin; *p && strchr("0123456789.", *p); p++)
        if (*p == '.')
            scale = 0.1;
        else if (scale < 1)
            length += (*p - '0') * scale, scale /= 10;
        else if (length < 10000)
            length = length * 10 + (*p - '0');
    const char *unit = margin + strspn(margin, "0123456789.");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(unit, units[i].name) == 0)
            s->open->indent = (int)(length * units[i].points / 10 + 0.5);
}

static void take_table(hg_ods_styles *s, const hg_xml_attrs *attrs)
{
    const char *display = hg_xml_attr(attrs, 't', "display");
    s->open->style.hidden = display && strcmp(display, "false") == 0;
}

hg_status hg_ods_styles_start(hg_ods_styles *s, char space, const char *name,
                              const hg_xml_attrs *attrs, hg_err *err)
{
    const char *own = hg_xml_attr(attrs, 's', "name");
    if (space == 'n' && is_data_style(name)) {
        hg_ods_format_begin(&s->format, attrs);
        return add(s, DATA, own, err);
    }
    if (space == 'n' && s->open && s->open->group == DATA)
        hg_ods_format_start(&s->format, name, attrs);
    if (space != 's')
        return HG_OK;
    if (strcmp(name, "font-face") == 0)
        return add_font(s, attrs, err);
    if (strcmp(name, "style") == 0 || strcmp(name, "default-style") == 0)
        return add_style(s, own, attrs, err);
    if (!s->open)
        return HG_OK;
    if (strcmp(name, "map") == 0 && s->open->group == DATA && !s->open->data)
        s->open->data = keep(s, hg_xml_attr(attrs, 's', "apply-style-name"));
    else if (strcmp(name, "text-properties") == 0 &&
             (s->open->group == CELL || s->open->group == SPAN))
        take_text(s, attrs);
    else if (strcmp(name, "paragraph-properties") == 0 && s->open->group == CELL)
        take_margin(s, attrs);
    else if (strcmp(name, "table-properties") == 0 && s->open->group == TABLE)
        take_table(s, attrs);
    return hg_buf_status(&s->texts, err);
}

hg_status hg_ods_styles_text(hg_ods_styles *s, const char *text, size_t n, hg_err *err)
{
    (void)err;
    if (s->open && s->open->group == DATA)
        hg_ods_format_text(&s->format, text, n);
    return HG_OK;
}

hg_status hg_ods_styles_end(hg_ods_styles *s, char space, const char *name, hg_err *err)
{
    if (space == 'n' && s->open && s->open->group == DATA) {
        hg_ods_format_end(&s->format);
        if (!is_data_style(name))
            return HG_OK;
        if (s->format.code.status == HG_ENOMEM)
            return hg_fail_nomem(err);
        s->open->text = keep(s, hg_ods_format_code(&s->format));
        s->open = NULL;
    } else if (space == 's' &&
               (strcmp(name, "style") == 0 || strcmp(name, "default-style") == 0)) {
        s->open = NULL;
    }
    return hg_buf_status(&s->texts, err);
}

/* ---- finding ---- */

/* How an entry stands to a group and name. */
static int compare(const hg_ods_styles *s, const entry *e, group of, const char *name)
{
    return e->group != of ? (e->group > of) - (e->group < of)
                          : strcmp(s->texts.data + e->name, name);
}

/* The first of the entries with a name, in order; NULL: there is none. */
static entry *find(const hg_ods_styles *s, group of, const char *name)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (compare(s, &s->list[mid], of, name) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < s->n && compare(s, &s->list[low], of, name) == 0 ? &s->list[low] : NULL;
}

/* Merge two runs in order, list[from..mid) and list[mid..to), by way of spare. */
static void merge(const hg_ods_styles *s, entry *spare, size_t from, size_t mid,
                  size_t to)
{
    size_t a = from, b = mid;
    for (size_t i = from; i < to; i++) {
        const entry *y = &s->list[b];
        bool first = b == to || (a < mid && compare(s, &s->list[a], y->group,
                                                    s->texts.data + y->name) <= 0);
        spare[i] = s->list[first ? a++ : b++];
    }
    memcpy(s->list + from, spare + from, (to - from) * sizeof *spare);
}

/* Sort by group and name, those of one name as they came (qsort(3) has no context). */
static hg_status sort(hg_ods_styles *s, hg_err *err)
{
    entry *spare = malloc((s->n + 1) * sizeof *spare);
    if (!spare)
        return hg_fail_nomem(err);
    for (size_t size = 1; size < s->n; size *= 2)
        for (size_t from = 0; from + size < s->n; from += 2 * size)
            merge(s, spare, from, from + size,
                  from + 2 * size < s->n ? from + 2 * size : s->n);
    free(spare);
    return HG_OK;
}

/* ---- what styles come to ---- */

static const char *font_of(const hg_ods_styles *s, const entry *e)
{
    const entry *face = e->face ? find(s, FONT, text_at(s, e->face)) : NULL;
    if (face && face->text)
        return text_at(s, face->text);
    return text_at(s, e->text ? e->text : e->face);
}

static const char *format_of(const hg_ods_styles *s, const entry *e)
{
    const entry *data = e->data ? find(s, DATA, text_at(s, e->data)) : NULL;
    const entry *other =
        data && data->data ? find(s, DATA, text_at(s, data->data)) : NULL;
    return data ? text_at(s, other ? other->text : data->text) : NULL;
}

/* Take from a style, or one above it, what is not known yet; said holds what is. */
static void inherit(const hg_ods_styles *s, hg_ods_style *style, entry *said,
                    const entry *from)
{
    if (said->bold < 0)
        said->bold = from->bold;
    if (said->italic < 0)
        said->italic = from->italic;
    if (said->indent < 0)
        said->indent = from->indent;
    if (!style->font)
        style->font = font_of(s, from);
    if (!said->data && from->data) {
        said->data = from->data;
        style->format = format_of(s, from);
    }
}

/* The styles above are those it names, and of a cell above them all the default. */
static hg_ods_style resolve(const hg_ods_styles *s, const entry *e)
{
    group of = e->group;
    hg_ods_style style = { .hidden = e->style.hidden };
    entry said = { .bold = -1, .italic = -1, .indent = -1 };
    const entry *base = of == CELL ? find(s, CELL, "") : NULL;
    for (int i = 0; e && i < MAX_PARENTS; i++) {
        inherit(s, &style, &said, e);
        e = e->parent ? find(s, of, text_at(s, e->parent)) : NULL;
    }
    if (base)
        inherit(s, &style, &said, base);
    style.bold = said.bold == 1;
    style.italic = said.italic == 1;
    style.indent = said.indent > 0 ? (uint16_t)said.indent : 0;
    if (style.format)
        style.kind = hg_format_kind_of(style.format);
    return style;
}

hg_status hg_ods_styles_finish(hg_ods_styles *s, hg_err *err)
{
    static const entry none = { .group = CELL, .bold = -1, .italic = -1, .indent = -1 };
    hg_status st = hg_buf_status(&s->texts, err);
    s->open = NULL;
    if (st == HG_OK)
        st = sort(s, err);
    if (st != HG_OK)
        return st;
    for (size_t i = 0; i < s->n; i++)
        if (s->list[i].group == CELL || s->list[i].group == SPAN)
            s->list[i].style = resolve(s, &s->list[i]);
    const entry *usual = find(s, CELL, "Default");
    s->plain = usual ? usual->style : resolve(s, &none);
    return HG_OK;
}

const hg_ods_style *hg_ods_styles_cell(const hg_ods_styles *s, const char *name)
{
    const entry *e = name && *name ? find(s, CELL, name) : NULL;
    return e ? &e->style : NULL;
}

const hg_ods_style *hg_ods_styles_table(const hg_ods_styles *s, const char *name)
{
    const entry *e = name && *name ? find(s, TABLE, name) : NULL;
    return e ? &e->style : NULL;
}

const hg_ods_style *hg_ods_styles_span(const hg_ods_styles *s, const char *name)
{
    const entry *e = name && *name ? find(s, SPAN, name) : NULL;
    return e ? &e->style : NULL;
}

const hg_ods_style *hg_ods_styles_default(const hg_ods_styles *s)
{
    return &s->plain;
}
