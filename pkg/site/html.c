/* html - HTML written element by element, with escaping that cannot be forgotten */
#include "site/html.h"
#include "text/utf8.h"

#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A character as it stands in text and attributes alike. Control characters, and bytes
 * that are no UTF-8, are none of HTML's (HTML standard, 13.2.3.5). */
static void put_character(hg_buf *buf, const char *p, size_t n, int32_t cp)
{
    switch (cp) {
    case '&': hg_buf_puts(buf, "&amp;"); break;
    case '<': hg_buf_puts(buf, "&lt;"); break;
    case '>': hg_buf_puts(buf, "&gt;"); break;
    case '"': hg_buf_puts(buf, "&quot;"); break;
    case '\'': hg_buf_puts(buf, "&#39;"); break;
    default:
        if (cp == 0xFFFD || (cp < ' ' && cp != '\n' && cp != '\t') ||
            (cp >= 0x7F && cp < 0xA0))
            hg_buf_puts(buf, "\uFFFD");
        else
            hg_buf_put(buf, p, n);
    }
}

static void escape(hg_buf *buf, const char *text, size_t n)
{
    for (size_t i = 0, len; i < n; i += len) {
        int32_t cp;
        len = hg_utf8_next(text + i, n - i, &cp);
        put_character(buf, text + i, len, cp);
    }
}

bool hg_html_is_url(const char *url)
{
    static const char *const schemes[] = { "http", "https", "mailto" };
    for (const char *p = url; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == 0x7F || *p == '\\')
            return false;
    size_t n = strcspn(url, ":/?#");
    if (url[n] != ':')
        return strncmp(url, "//", 2) != 0;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (strlen(schemes[i]) == n && strncasecmp(url, schemes[i], n) == 0)
            return true;
    return false;
}

/* Elements that stand in a line of text, so that no line of source is begun for them. */
static bool is_phrase(const char *name)
{
    static const char *const names[] = { "a",    "abbr",  "br",   "code",   "data",
                                         "em",   "small", "span", "strong", "td",
                                         "text", "th",    "time" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void attribute(hg_buf *buf, const char *name, const char *value)
{
    bool address = strcmp(name, "href") == 0 || strcmp(name, "src") == 0;
    if (!value || (address && !hg_html_is_url(value)))
        return;
    hg_buf_putc(buf, ' ');
    hg_buf_puts(buf, name);
    if (*value == '\0' && !address)
        return;
    hg_buf_puts(buf, "=\"");
    escape(buf, value, strlen(value));
    hg_buf_putc(buf, '"');
}

static void start_tag(hg_html *html, const char *name, va_list attributes)
{
    if (html->buf->len > 0 && !is_phrase(name))
        hg_buf_putc(html->buf, '\n');
    hg_buf_putc(html->buf, '<');
    hg_buf_puts(html->buf, name);
    for (const char *key; (key = va_arg(attributes, const char *));)
        attribute(html->buf, key, va_arg(attributes, const char *));
    hg_buf_putc(html->buf, '>');
}

static void push(hg_html *html, const char *name)
{
    assert(html->depth < HG_HTML_DEPTH);
    html->open[html->depth++] = name;
}

void hg_html_open(hg_html *html, const char *name, ...)
{
    va_list attributes;
    va_start(attributes, name);
    start_tag(html, name, attributes);
    va_end(attributes);
    push(html, name);
}

void hg_html_void(hg_html *html, const char *name, ...)
{
    va_list attributes;
    va_start(attributes, name);
    start_tag(html, name, attributes);
    va_end(attributes);
}

void hg_html_leaf(hg_html *html, const char *name, const char *text, ...)
{
    va_list attributes;
    if (!text)
        return;
    va_start(attributes, text);
    start_tag(html, name, attributes);
    va_end(attributes);
    push(html, name);
    hg_html_text(html, text);
    hg_html_close(html);
}

void hg_html_close(hg_html *html)
{
    assert(html->depth > 0);
    hg_buf_puts(html->buf, "</");
    hg_buf_puts(html->buf, html->open[--html->depth]);
    hg_buf_putc(html->buf, '>');
}

void hg_html_finish(hg_html *html, size_t depth)
{
    while (html->depth > depth)
        hg_html_close(html);
}

void hg_html_text(hg_html *html, const char *text)
{
    hg_html_slice(html, hg_slice_of(text));
}

void hg_html_slice(hg_html *html, hg_slice text)
{
    escape(html->buf, text.p, text.n);
}

void hg_html_printf(hg_html *html, const char *format, ...)
{
    char text[256];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    hg_html_text(html, text);
}

void hg_html_spent(hg_html *html, hg_buf *scratch)
{
    if (html->buf->status == HG_OK)
        html->buf->status = scratch->status;
    hg_buf_release(scratch);
}

hg_status hg_html_json(hg_html *html, hg_json *v, hg_err *err)
{
    hg_buf text = { 0 };
    hg_status status = hg_json_dump(v, true, &text, err);
    hg_json_free(v);
    if (status == HG_OK) {
        hg_html_open(html, "script", "type", "application/ld+json", NULL);
        hg_buf_putc(html->buf, '\n');
        for (size_t i = 0; i < text.len; i++) {
            if (text.data[i] == '<')
                hg_buf_puts(html->buf, "\\u003c");
            else
                hg_buf_putc(html->buf, text.data[i]);
        }
        hg_html_close(html);
    }
    hg_buf_release(&text);
    return status;
}
