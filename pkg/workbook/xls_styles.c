/* xls_styles - what the styles of an old workbook say of its cells */
#include "workbook/xls_styles.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct number_format {
    char *code; /* NULL: none of this id */
    hg_format_kind kind;
} number_format;

typedef struct font {
    char *name;
    bool bold, italic;
} font;

typedef struct style {
    uint16_t font, format, indent;
} style;

struct hg_xls_styles {
    number_format *formats; /* by id */
    size_t n_formats;
    size_t counted; /* formats met before Excel 5 */
    font *fonts;
    size_t n_fonts, cap_fonts;
    style *list;
    size_t n, cap;
    hg_buf text;
};

hg_status hg_xls_styles_new(hg_xls_styles **out, hg_err *err)
{
    *out = calloc(1, sizeof **out);
    return *out ? HG_OK : hg_fail_nomem(err);
}

/* Room for one more in a list. */
static hg_status grow(void **list, size_t n, size_t *cap, size_t size,
                      const hg_xls_records *r, hg_err *err)
{
    if (n == HG_XLS_MAX_STYLES)
        return hg_fail(err, HG_EINPUT, &r->loc, "more than %u cell styles",
                       HG_XLS_MAX_STYLES);
    if (n < *cap)
        return HG_OK;
    size_t more = *cap ? *cap * 2 : 64;
    void *grown = realloc(*list, more * size);
    if (!grown)
        return hg_fail_nomem(err);
    *list = grown;
    *cap = more;
    return HG_OK;
}

/* Read a text of the present record for keeps. What is damaged of it is left out: it is
 * but a name or a way to show, and its cells may not need it. */
static hg_status read_text(char **to, hg_xls_styles *s, hg_xls_records *r, unsigned lead,
                           hg_err *err)
{
    hg_err why = HG_ERR_INIT;
    hg_buf_clear(&s->text);
    hg_status st = hg_xls_text(r, lead, &s->text, &why);
    if (st != HG_OK && st != HG_EINPUT) {
        *err = why;
        return st;
    }
    *to = strdup(s->text.data ? s->text.data : "");
    return *to ? HG_OK : hg_fail_nomem(err);
}

/* Bold is a weight from 600 on, halfway between 400 and 700 and above; before Excel 5 a
 * bit. The name stands at the end. */
static hg_status add_font(hg_xls_styles *s, hg_xls_records *r, hg_err *err)
{
    void *list = s->fonts;
    size_t name = r->id == HG_XLS_FONT3 ? 6 : r->biff == 2 ? 4 : 14;
    hg_status st = hg_xls_need(r, name + 1, err);
    if (st == HG_OK)
        st = grow(&list, s->n_fonts, &s->cap_fonts, sizeof *s->fonts, r, err);
    s->fonts = list;
    if (st != HG_OK)
        return st;
    font *f = &s->fonts[s->n_fonts++];
    *f = (font){ .italic = r->data[2] & 2,
                 .bold = name < 14 ? r->data[2] & 1 : hg_le16(r->data + 6) >= 600 };
    r->pos = name;
    return read_text(&f->name, s, r, 1, err);
}

/* Before Excel 5 the formats of a file are counted. */
static size_t format_id(hg_xls_styles *s, const hg_xls_records *r)
{
    return r->biff < 5 && s->counted < UINT16_MAX ? s->counted++ : hg_le16(r->data);
}

static hg_status add_format(hg_xls_styles *s, hg_xls_records *r, hg_err *err)
{
    size_t lead = r->id == HG_XLS_FORMAT3 ? 0 : 2;
    hg_status st = hg_xls_need(r, lead + 1, err);
    if (st != HG_OK)
        return st;
    size_t id = lead ? format_id(s, r) : s->counted++ & UINT16_MAX;
    if (id >= s->n_formats) {
        number_format *list = realloc(s->formats, (id + 1) * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        memset(list + s->n_formats, 0, (id + 1 - s->n_formats) * sizeof *list);
        s->formats = list;
        s->n_formats = id + 1;
    }
    number_format *f = &s->formats[id];
    free(f->code);
    f->code = NULL;
    r->pos = lead;
    if ((st = read_text(&f->code, s, r, r->biff == 8 ? 2 : 1, err)) == HG_OK)
        f->kind = hg_format_kind_of(f->code);
    return st;
}

/* Only BIFF8 has an indent: the lower half of the byte at 8. */
static style style_of(const hg_xls_records *r)
{
    const unsigned char *p = r->data;
    switch (r->id) {
    case HG_XLS_XF2: return (style){ .font = p[0], .format = p[2] & 0x3F };
    case HG_XLS_XF3:
    case HG_XLS_XF4: return (style){ .font = p[0], .format = p[1] };
    default:
        return (style){ .font = hg_le16(p),
                        .format = hg_le16(p + 2),
                        .indent = r->biff == 8 ? p[8] & 15 : 0 };
    }
}

static hg_status add_style(hg_xls_styles *s, hg_xls_records *r, hg_err *err)
{
    void *list = s->list;
    hg_status st = hg_xls_need(r, r->biff == 8 ? 9 : 4, err);
    if (st == HG_OK)
        st = grow(&list, s->n, &s->cap, sizeof *s->list, r, err);
    s->list = list;
    if (st == HG_OK)
        s->list[s->n++] = style_of(r);
    return st;
}

hg_status hg_xls_styles_add(hg_xls_styles *styles, hg_xls_records *r, hg_err *err)
{
    switch (r->id) {
    case HG_XLS_FONT3:
    case HG_XLS_FONT: return add_font(styles, r, err);
    case HG_XLS_FORMAT3:
    case HG_XLS_FORMAT: return add_format(styles, r, err);
    case HG_XLS_XF2:
    case HG_XLS_XF3:
    case HG_XLS_XF4:
    case HG_XLS_XF: return add_style(styles, r, err);
    default: return HG_OK;
    }
}

/* Format 0 is General, which has no code. A code of the file goes before a built-in one.
 */
static void set_format(hg_xls_style *to, const hg_xls_styles *s, uint16_t id)
{
    if (id >= s->n_formats || !s->formats[id].code) {
        to->format = hg_format_builtin(id, &to->kind);
    } else {
        to->kind = s->formats[id].kind;
        to->format =
            strcasecmp(s->formats[id].code, "general") == 0 ? NULL : s->formats[id].code;
    }
}

/* There is no font 4: numbers above it count one too many (2.5.129 FontIndex). NULL: none
 * of this number. */
static const font *font_at(const hg_xls_styles *s, uint16_t id)
{
    size_t i = id > 4 ? id - 1u : id;
    return i < s->n_fonts ? &s->fonts[i] : NULL;
}

static void set_font(hg_xls_style *to, const font *f)
{
    if (!f)
        return;
    to->font = f->name;
    to->bold = f->bold;
    to->italic = f->italic;
}

hg_xls_style hg_xls_styles_at(const hg_xls_styles *styles, size_t i)
{
    hg_xls_style found = { 0 };
    if (styles->n == 0 && i >= HG_XLS_OLD_DIRECT) {
        set_format(&found, styles, i & 0x3F);
        set_font(&found, font_at(styles, i >> 6 & 3));
    }
    if (i >= styles->n)
        return found;
    set_format(&found, styles, styles->list[i].format);
    set_font(&found, font_at(styles, styles->list[i].font));
    found.indent = styles->list[i].indent;
    return found;
}

/* The byte of a text at which a UTF-16 unit stands, going on from where *unit was at
 * *byte.
 */
static void go_to_unit(hg_slice text, size_t wanted, size_t *unit, size_t *byte)
{
    while (*unit < wanted && *byte < text.n) {
        *unit += (unsigned char)text.p[*byte] >= 0xF0 ? 2 : 1; /* beyond U+FFFF two */
        do
            ++*byte;
        while (*byte < text.n && ((unsigned char)text.p[*byte] & 0xC0) == 0x80);
    }
}

hg_status hg_xls_styles_runs(const hg_xls_styles *styles, hg_slice raw, hg_slice text,
                             hg_runs *to, const hg_loc *loc, hg_err *err)
{
    size_t unit = 0, byte = 0, from = to->n;
    hg_status st = HG_OK;
    for (size_t i = 0; i + 4 <= raw.n && st == HG_OK; i += 4) {
        const unsigned char *p = (const unsigned char *)raw.p + i;
        go_to_unit(text, hg_le16(p), &unit, &byte);
        const font *f = font_at(styles, hg_le16(p + 2));
        hg_cell_run run = { .at = byte };
        if (f)
            run = (hg_cell_run){ byte, f->name, f->bold, f->italic };
        if (byte < text.n)
            st = hg_runs_add(to, from, run, loc, err);
    }
    return st;
}

void hg_xls_styles_free(hg_xls_styles *styles)
{
    if (!styles)
        return;
    for (size_t i = 0; i < styles->n_formats; i++)
        free(styles->formats[i].code);
    for (size_t i = 0; i < styles->n_fonts; i++)
        free(styles->fonts[i].name);
    hg_buf_release(&styles->text);
    free(styles->formats);
    free(styles->fonts);
    free(styles->list);
    free(styles);
}
