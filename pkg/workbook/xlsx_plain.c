/* xlsx_plain - the rows of a worksheet, where they are plain
 *
 * The bytes are closed by a NUL, which no plain row has: what does not go on as it should
 * either has come to the end of the bytes, or is not plain. */
#define _GNU_SOURCE /* memmem() */
#include "workbook/xlsx_plain.h"
#include "text/utf8.h"
#include "workbook/cell.h"

#include <string.h>
#include <strings.h>

#define MAX_ATTRS 16 /* of one element */

typedef struct cursor {
    hg_xlsx_plain *plain;
    const char *p, *end;
    hg_slice names[MAX_ATTRS]; /* of the element's attributes so far */
    size_t n_names;
} cursor;

/* ---- bytes ---- */

/* ASCII without control characters, space, " & < ] and _ */
static bool ordinary(char c)
{
    static const uint64_t set[4] = { UINT64_C(0xEFFFFFBA00000000),
                                     UINT64_C(0xFFFFFFFF5FFFFFFF), 0, 0 };
    unsigned char u = (unsigned char)c;
    return set[u >> 6] >> (u & 63) & 1;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || is_digit(c) || c == ':' ||
           c == '.' || c == '-' || c == '_';
}

static void spaces(cursor *c)
{
    while (is_space(*c->p))
        c->p++;
}

static bool skip(cursor *c, const char *text)
{
    for (; *text; text++, c->p++)
        if (*c->p != *text)
            return false;
    return true;
}

/* The same for a few bytes, at most four, that mostly stand there. */
static inline bool take(cursor *c, const char *text, size_t n)
{
    if (memcmp(c->p, text, n) != 0)
        return skip(c, text);
    c->p += n;
    return true;
}

/* An element's name with the prefix that all have. */
static bool skip_name(cursor *c, const char *name)
{
    return skip(c, c->plain->prefix) && skip(c, name);
}

/* Digits up to a limit, of which nine fit anyway. */
static bool number(cursor *c, uint32_t *value)
{
    const char *from = c->p;
    for (*value = 0; is_digit(*c->p) && c->p - from < 9; c->p++)
        *value = *value * 10 + (uint32_t)(*c->p - '0');
    return c->p > from;
}

/* ---- character data ---- */

size_t hg_xlsx_reference(const char *p, const char *end, int32_t *cp)
{
    static const struct {
        const char *name;
        int32_t cp;
    } names[] = {
        { "&amp;", '&' },  { "&lt;", '<' },    { "&gt;", '>' },
        { "&quot;", '"' }, { "&apos;", '\'' },
    };
    size_t n = (size_t)(end - p), i;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (n >= strlen(names[i].name) &&
            memcmp(p, names[i].name, strlen(names[i].name)) == 0) {
            *cp = names[i].cp;
            return strlen(names[i].name);
        }
    if (n < 4 || p[1] != '#')
        return 0;
    bool hex = p[2] == 'x';
    size_t from = hex ? 3 : 2;
    for (*cp = 0, i = from; i < n && i < from + 6; i++) {
        char low = (char)(p[i] | 0x20);
        if (is_digit(p[i]))
            *cp = *cp * (hex ? 16 : 10) + (p[i] - '0');
        else if (hex && low >= 'a' && low <= 'f')
            *cp = *cp * 16 + (low - 'a' + 10);
        else
            break;
    }
    bool taken = *cp == '\t' || *cp == '\n' || *cp == '\r' ||
                 (*cp >= ' ' && *cp < 0xD800) || (*cp >= 0xE000 && *cp < 0xFFFE) ||
                 (*cp >= 0x10000 && *cp <= 0x10FFFF);
    return i > from && i < n && p[i] == ';' && taken ? i + 1 : 0;
}

/* UTF-8 without the two characters at the end of the first plane, which XML has not. */
static bool is_wide_text(hg_slice text)
{
    return hg_utf8_valid(text.p, text.n) == text.n &&
           !memmem(text.p, text.n, "\xEF\xBF", 2);
}

/* Character data up to the next tag. simple: it is what it stands for; without references
 * and what may be an escape, and no white space around it. */
static bool text(cursor *c, hg_slice *value, bool *simple)
{
    const char *from = c->p;
    bool wide = false;
    int32_t cp;
    *simple = true;
    for (;; c->p++) {
        while (ordinary(*c->p))
            c->p++;
        char b = *c->p;
        if (b == '<')
            break;
        if ((unsigned char)b >= 0x80) {
            wide = true;
        } else if (b == '&') {
            size_t n = hg_xlsx_reference(c->p, c->end, &cp);
            if (n == 0 && c->end - c->p < 12)
                c->p = c->end; /* it may go on */
            if (n == 0)
                return false;
            c->p += n - 1;
            *simple = false;
        } else if (b == '_') {
            *simple = false;
        } else if (b != ' ' && b != '\n' && b != '\t' && b != '"' &&
                   !(b == ']' && c->p[1] != ']')) {
            return false;
        }
    }
    *value = (hg_slice){ from, (size_t)(c->p - from) };
    if (value->n > 0 && (is_space(*from) || is_space(c->p[-1])))
        *simple = false;
    return !wide || is_wide_text(*value);
}

/* ---- attributes ---- */

/* Is the prefix of an attribute declared before the rows? */
static bool is_declared(hg_xlsx_plain *plain, hg_slice name, size_t n)
{
    char wanted[32];
    if (n >= sizeof plain->known || (n == 5 && memcmp(name.p, "xmlns", 5) == 0))
        return false;
    if (strncmp(plain->known, name.p, n) == 0 && plain->known[n] == '\0')
        return true;
    memcpy(wanted, "xmlns:", 6);
    memcpy(wanted + 6, name.p, n);
    memcpy(wanted + 6 + n, "=\"", 2);
    if (!memmem(plain->head.p, plain->head.n, wanted, n + 8))
        return false;
    memcpy(plain->known, name.p, n);
    plain->known[n] = '\0';
    return true;
}

/* May an element have this attribute, too? */
static bool is_new(cursor *c, hg_slice name)
{
    const char *colon = memchr(name.p, ':', name.n);
    if (c->n_names == MAX_ATTRS || hg_slice_is(name, "xmlns"))
        return false;
    for (size_t i = 0; i < c->n_names; i++)
        if (hg_slice_eq(c->names[i], name))
            return false;
    c->names[c->n_names++] = name;
    return !colon || is_declared(c->plain, name, (size_t)(colon - name.p));
}

/* The next attribute of a tag: 'a'. Or the tag's end, '>' or, where it is empty, '/'. 0:
 * it does not go on as it should. */
static char attribute(cursor *c, hg_slice *name, hg_slice *value)
{
    bool spaced = is_space(*c->p);
    spaces(c);
    if (*c->p == '>')
        return *c->p++;
    if (*c->p == '/')
        return skip(c, "/>") ? '/' : 0;
    name->p = c->p;
    while (is_name(*c->p))
        c->p++;
    name->n = (size_t)(c->p - name->p);
    char first = name->n > 0 ? (char)(*name->p | 0x20) : 0;
    if (!spaced || first < 'a' || first > 'z' || !skip(c, "=\""))
        return 0;
    value->p = c->p;
    while (ordinary(*c->p) || *c->p == ' ' || *c->p == '_' || *c->p == ']')
        c->p++;
    value->n = (size_t)(c->p - value->p);
    return skip(c, "\"") && is_new(c, *name) ? 'a' : 0;
}

/* All that are left of a tag, which do not matter; how it ends. */
static char pass_attributes(cursor *c)
{
    hg_slice name, value;
    char what;
    do
        what = attribute(c, &name, &value);
    while (what == 'a');
    return what;
}

/* ---- rows ---- */

static bool row_number(hg_slice value, uint32_t *row)
{
    for (*row = 0; value.n > 0 && value.n < 8 && is_digit(*value.p); value.p++, value.n--)
        *row = *row * 10 + (uint32_t)(*value.p - '0');
    return value.n == 0 && *row >= 1 && *row <= HG_CELL_MAX_ROW;
}

static bool row(cursor *c, hg_xlsx_item *item)
{
    hg_slice name, value;
    char what;
    if (!skip(c, "row"))
        return false;
    while ((what = attribute(c, &name, &value)) == 'a') {
        if (hg_slice_is(name, "r") && !row_number(value, &item->row))
            return false;
        if (hg_slice_is(name, "hidden"))
            item->hidden = hg_slice_is(value, "1") || hg_slice_is(value, "true");
    }
    item->closed = what == '/';
    return what != 0;
}

/* ---- cells ---- */

/* "AB12" */
static bool place(cursor *c, hg_xlsx_item *item)
{
    uint32_t col = 0;
    for (; *c->p >= 'A' && *c->p <= 'Z' && col <= HG_CELL_MAX_COL; c->p++)
        col = col * 26 + (uint32_t)(*c->p - 'A' + 1);
    item->col = col;
    return number(c, &item->row) && col >= 1 && col <= HG_CELL_MAX_COL &&
           item->row >= 1 && item->row <= HG_CELL_MAX_ROW;
}

static bool type(cursor *c, hg_xlsx_type *type)
{
    if (c->p[0] == 's' && c->p[1] == '"') {
        *type = HG_XLSX_SHARED;
        c->p++;
        return true;
    }
    static const char *const names[] = { "n", "s", "inlineStr", "str", "b", "e", "d" };
    size_t n = 0;
    while (ordinary(c->p[n]))
        n++;
    for (hg_xlsx_type i = HG_XLSX_NUMBER; i <= HG_XLSX_MOMENT; i++)
        if (hg_slice_is((hg_slice){ c->p, n }, names[i])) {
            *type = i;
            c->p += n;
            return true;
        }
    c->p += n;
    return false;
}

/* The attributes of a cell; how its tag ends. Those that count stand before any other. */
static char cell_attributes(cursor *c, hg_xlsx_item *item)
{
    static const char *const own[] = { "r", "s", "t" };
    bool seen[3] = { false, false, false };
    while (c->p[0] == ' ' && c->p[1] >= 'r' && c->p[1] <= 't' && c->p[2] == '=' &&
           c->p[3] == '"') {
        int which = c->p[1] - 'r';
        c->p += 4;
        bool good = !seen[which] && (which == 0   ? place(c, item)
                                     : which == 1 ? number(c, &item->style)
                                                  : type(c, &item->type));
        seen[which] = true;
        if (!good || !take(c, "\"", 1))
            return 0;
    }
    if (*c->p == '>')
        return *c->p++;
    for (int i = 0; i < 3; i++)
        c->names[c->n_names++] = (hg_slice){ own[i], 1 };
    return pass_attributes(c);
}

/* The rest of a start tag of an element that holds text; how it ends. */
static char text_tag(cursor *c, hg_xlsx_item *item)
{
    if (*c->p == '>')
        return *c->p++;
    if (*c->p == '/')
        return skip(c, "/>") ? '/' : 0;
    item->preserve = true;
    return skip(c, " xml:space=\"preserve\">") ? '>' : 0;
}

/* An element that holds text, from behind its name on. */
static bool text_element(cursor *c, const char *name, hg_xlsx_item *item)
{
    char end = text_tag(c, item);
    if (end != '>')
        return end == '/';
    return text(c, &item->value, &item->simple) && take(c, "</", 2) &&
           skip_name(c, name) && take(c, ">", 1);
}

/* An element of the name whose tags end so, which holds a text and nothing else. */
static bool text_item(cursor *c, const char *tag, hg_xlsx_item *item)
{
    if (!skip(c, tag))
        return false;
    spaces(c);
    if (!skip(c, "<") || !skip_name(c, "t") || !text_element(c, "t", item))
        return false;
    spaces(c);
    return skip(c, "</") && skip_name(c, tag);
}

static bool formula(cursor *c)
{
    hg_slice code;
    bool simple;
    c->p++;
    c->n_names = 0;
    char end = pass_attributes(c);
    if (end != '>')
        return end == '/';
    return text(c, &code, &simple) && skip(c, "</") && skip_name(c, "f>");
}

/* What a cell holds: a formula, then a value. */
static bool content(cursor *c, hg_xlsx_item *item)
{
    for (bool valued = false;;) {
        spaces(c);
        if (!take(c, "<", 1))
            return false;
        if (*c->p == '/')
            return take(c, "/", 1) && skip(c, c->plain->prefix) && take(c, "c>", 2);
        if (!skip(c, c->plain->prefix) || valued)
            return false;
        if (*c->p == 'f') {
            if (item->formula || !formula(c))
                return false;
            item->formula = true;
            continue;
        }
        valued = true;
        if (*c->p == 'v' ? (c->p++, !text_element(c, "v", item)) : !text_item(c, "is>", item))
            return false;
    }
}

static bool cell(cursor *c, hg_xlsx_item *item)
{
    c->p++;
    char end = cell_attributes(c, item);
    item->simple = true;
    item->value = (hg_slice){ c->p, 0 };
    return end == '/' || (end == '>' && content(c, item));
}

/* ---- tokens ---- */

/* Its names are not cleared, as that would cost more than the rest. */
static inline void begin(cursor *c, hg_xlsx_plain *plain, const char *p, const char *end)
{
    c->plain = plain;
    c->p = p;
    c->end = end;
    c->n_names = 0;
}

hg_xlsx_token hg_xlsx_plain_next(hg_xlsx_plain *plain, bool in_row, const char **p,
                                 const char *end, hg_xlsx_item *item)
{
    cursor c;
    begin(&c, plain, *p, end);
    hg_xlsx_token token = HG_XLSX_UNUSUAL;
    *item = (hg_xlsx_item){ 0 };
    spaces(&c);
    *p = c.p;
    if (take(&c, "<", 1)) {
        bool closes = *c.p == '/';
        if (closes)
            c.p++;
        if (skip(&c, plain->prefix)) {
            if (closes && in_row && skip(&c, "row>"))
                token = HG_XLSX_ROW_END;
            else if (closes && !in_row && skip(&c, "sheetData>"))
                token = HG_XLSX_DATA_END;
            else if (!closes && in_row && *c.p == 'c' && cell(&c, item))
                token = HG_XLSX_CELL;
            else if (!closes && !in_row && row(&c, item))
                token = HG_XLSX_ROW;
        }
    }
    if (token == HG_XLSX_UNUSUAL)
        return c.p >= end ? HG_XLSX_MORE : token;
    if (token != HG_XLSX_DATA_END)
        *p = c.p;
    return token;
}

hg_xlsx_token hg_xlsx_plain_text(hg_xlsx_plain *plain, const char **p, const char *end,
                                 hg_xlsx_item *item)
{
    cursor c;
    begin(&c, plain, *p, end);
    *item = (hg_xlsx_item){ .simple = true };
    spaces(&c);
    *p = c.p;
    if (!take(&c, "<", 1) || !skip_name(&c, "") || !text_item(&c, "si>", item))
        return c.p >= end ? HG_XLSX_MORE : HG_XLSX_UNUSUAL;
    *p = c.p;
    return HG_XLSX_CELL;
}

/* ---- what stands before ---- */

/* Does a document begin as one in UTF-8? */
static bool is_utf8(hg_slice head)
{
    static const char name[] = "encoding";
    size_t mark = hg_utf8_mark(head.p, head.n);
    head = (hg_slice){ head.p + mark, head.n - mark };
    if (head.n < 5 || memcmp(head.p, "<?xml", 5) != 0)
        return head.n > 1 && head.p[0] == '<' && head.p[1] != '\0';
    const char *end = memmem(head.p, head.n, "?>", 2);
    const char *at =
        end ? memmem(head.p, (size_t)(end - head.p), name, sizeof name - 1) : NULL;
    if (!at)
        return end != NULL;
    at += sizeof name - 1;
    return end - at >= 8 && at[0] == '=' && (at[1] == '"' || at[1] == '\'') &&
           strncasecmp(at + 2, "UTF-8", 5) == 0 && at[7] == at[1];
}

size_t hg_xlsx_plain_find(hg_slice bytes)
{
    static const char tag[] = "sheetData>";
    const char *at = bytes.n > 0 ? memmem(bytes.p, bytes.n, tag, sizeof tag - 1) : NULL;
    return at ? (size_t)(at - bytes.p) + sizeof tag - 1 : 0;
}

size_t hg_xlsx_plain_find_texts(hg_slice bytes)
{
    const char *at = bytes.n > 0 ? memmem(bytes.p, bytes.n, "<sst", 4) : NULL,
               *end = at ? memchr(at, '>', bytes.n - (size_t)(at - bytes.p)) : NULL;
    return end ? (size_t)(end - bytes.p) + 1 : 0;
}

bool hg_xlsx_plain_begin_texts(hg_xlsx_plain *plain, hg_slice head)
{
    *plain = (hg_xlsx_plain){ .head = head };
    return is_utf8(head);
}

bool hg_xlsx_plain_begin(hg_xlsx_plain *plain, hg_slice head)
{
    const char *end = head.p + head.n - (sizeof "sheetData>" - 1), *p = end;
    *plain = (hg_xlsx_plain){ .head = head };
    while (p > head.p && is_name(p[-1]))
        p--;
    size_t n = (size_t)(end - p);
    if (p == head.p || p[-1] != '<' || n >= sizeof plain->prefix ||
        (n > 0 && (n == 1 || memchr(p, ':', n) != end - 1)))
        return false;
    memcpy(plain->prefix, p, n);
    return is_utf8(head);
}
