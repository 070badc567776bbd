/* xlsx_text - texts of xlsx: a string item with its runs */
#include "workbook/xlsx_text.h"
#include "text/utf8.h"

#include <string.h>

const hg_xml_space hg_xlsx_spaces[] = {
    { 's', "http://schemas.openxmlformats.org/spreadsheetml/2006/main" },
    { 's', "http://purl.oclc.org/ooxml/spreadsheetml/main" },
    /* of files written before the standard was final */
    { 's', "http://schemas.openxmlformats.org/spreadsheetml/2006/5/main" },
    { 's', "http://schemas.openxmlformats.org/spreadsheetml/2006/7/main" },
    { 's', "http://schemas.microsoft.com/office/excel/2006/2" },
    { 'r', "http://schemas.openxmlformats.org/officeDocument/2006/relationships" },
    { 'r', "http://purl.oclc.org/ooxml/officeDocument/relationships" },
    { 'x', "http://www.w3.org/XML/1998/namespace" },
    { 0, NULL },
};

bool hg_xlsx_flag(const hg_xml_attrs *attrs, const char *name)
{
    const char *value = hg_xml_attr(attrs, 0, name);
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool hg_xlsx_on(const hg_xml_attrs *attrs)
{
    return !hg_xml_attr(attrs, 0, "val") || hg_xlsx_flag(attrs, "val");
}

/* The code unit of "_xHHHH_" at p, or -1. */
static int32_t unit(const char *p, const char *end)
{
    int32_t value = 0;
    if (end - p < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        char c = p[i], low = (char)(c | 0x20);
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (low >= 'a' && low <= 'f')
            value = value * 16 + (low - 'a' + 10);
        else
            return -1;
    }
    return value;
}

/* The character that stands escaped at p, and the length of its escape; -1 for none. */
static int32_t escaped(const char *p, const char *end, size_t *n)
{
    int32_t high = unit(p, end), low;
    *n = 7;
    if (high <= 0 || (high & 0xF800) != 0xD800)
        return high == 0 ? -1 : high;
    low = unit(p + 7, end);
    if (high >= 0xDC00 || low < 0 || (low & 0xFC00) != 0xDC00)
        return -1;
    *n = 14;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* Replace escapes in place: what they stand for is shorter. */
static void unescape(hg_buf *to, size_t start)
{
    const char *p = to->data + start, *end = to->data + to->len;
    if (!(p = memchr(p, '_', (size_t)(end - p))))
        return;
    hg_buf out = {
        .data = to->data, .len = (size_t)(p - to->data), .cap = to->cap, .max = to->max
    };
    while (p < end) {
        size_t n;
        int32_t cp = *p == '_' ? escaped(p, end, &n) : -1;
        if (cp < 0) {
            out.data[out.len++] = *p++;
        } else {
            hg_utf8_put(&out, cp);
            p += n;
        }
    }
    to->len = out.len;
    to->data[to->len] = '\0';
}

/* ---- the parts of a text ---- */

void hg_xlsx_text_begin(hg_xlsx_text *text, hg_buf *to, hg_runs *runs)
{
    *text = (hg_xlsx_text){
        .to = to, .start = to->len, .part = to->len, .runs = runs, .first_run = runs->n
    };
}

/* What a run says of its font (18.4.7). */
static void take_font(hg_xlsx_text *text, const char *name, const hg_xml_attrs *attrs,
                      const char **font)
{
    if (strcmp(name, "rFont") == 0)
        *font = hg_xml_attr(attrs, 0, "val");
    else if (strcmp(name, "b") == 0)
        text->font.bold = hg_xlsx_on(attrs);
    else if (strcmp(name, "i") == 0)
        text->font.italic = hg_xlsx_on(attrs);
}

hg_status hg_xlsx_text_start(hg_xlsx_text *text, const char *name,
                             const hg_xml_attrs *attrs, const hg_loc *loc, hg_err *err)
{
    const char *font = NULL;
    hg_status st = HG_OK;
    if (strcmp(name, "rPh") == 0)
        text->phonetic = true;
    if (text->phonetic)
        return HG_OK;
    if (strcmp(name, "r") == 0) {
        text->font = (hg_cell_run){ 0 };
        text->rich = false;
    } else if (strcmp(name, "rPr") == 0) {
        text->rich = true;
    } else if (strcmp(name, "t") == 0 || strcmp(name, "v") == 0) {
        const char *space = hg_xml_attr(attrs, 'x', "space");
        text->preserve = space && strcmp(space, "preserve") == 0;
        text->part = text->to->len;
        text->open = true;
        text->font.at = text->part - text->start;
        if (text->rich || text->runs->n > text->first_run)
            st = hg_runs_add(text->runs, text->first_run, text->font, loc, err);
    } else if (text->rich) {
        take_font(text, name, attrs, &font);
        st = hg_names_keep(&text->runs->fonts, &font, loc, err);
        if (font)
            text->font.font = font;
    }
    return st;
}

hg_status hg_xlsx_text_put(hg_xlsx_text *text, const char *bytes, size_t n,
                           const hg_loc *loc, hg_err *err)
{
    if (text->to->len - text->start + n > HG_XLSX_MAX_TEXT)
        return hg_fail(err, HG_EINPUT, loc, "a text of more than %zu bytes",
                       HG_XLSX_MAX_TEXT);
    hg_buf_put(text->to, bytes, n);
    return text->to->status == HG_OK ? HG_OK : hg_buf_status(text->to, err);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Close a part: white space before the text goes at once, that after it once it is known
 * to be the last. */
static void end_part(hg_xlsx_text *text)
{
    hg_buf *to = text->to;
    size_t end, head = text->part;
    if (!text->preserve && head == text->start) {
        while (head < to->len && is_space(to->data[head]))
            head++;
        to->len -= head - text->part;
        memmove(to->data + text->part, to->data + head, to->len - text->part);
    }
    for (end = to->len; !text->preserve && end > text->part; end--)
        if (!is_space(to->data[end - 1]))
            break;
    bool blank = end == text->part && !text->preserve;
    text->space = (blank ? text->space : 0) + to->len - end;
    to->data[to->len] = '\0';
    unescape(to, text->part);
}

void hg_xlsx_text_end(hg_xlsx_text *text, const char *name)
{
    if (text->open && text->to->len > text->part)
        end_part(text);
    text->open = false;
    if (strcmp(name, "rPh") == 0)
        text->phonetic = false;
}

void hg_xlsx_text_finish(hg_xlsx_text *text)
{
    hg_buf *to = text->to;
    hg_runs *runs = text->runs;
    if (text->space > 0) {
        to->len -= text->space;
        to->data[to->len] = '\0';
        text->space = 0;
    }
    size_t n = to->len - text->start;
    while (runs->n > text->first_run && runs->list[runs->n - 1].at >= n)
        runs->n--;
}
