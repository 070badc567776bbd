/* uritemplate - URI templates, RFC 6570 */
#include "text/uritemplate.h"
#include "text/uri.h"
#include "text/utf8.h"

#include <string.h>

/* What an operator does (RFC 6570, appendix A). */
static const struct behaviour {
    char letter; /* 0: no operator */
    const char *first, *between;
    bool named;
    const char *if_empty;
    bool reserved; /* characters that separate the parts of an address pass */
} behaviours[] = {
    { '+', "", ",", false, "", true },   { '#', "#", ",", false, "", true },
    { '.', ".", ".", false, "", false }, { '/', "/", "/", false, "", false },
    { ';', ";", ";", true, "", false },  { '?', "?", "&", true, "=", false },
    { '&', "&", "&", true, "=", false }, { '\0', "", ",", false, "", false },
};

typedef struct expansion {
    hg_buf *out; /* NULL: only look whether it is a template */
    hg_template_value *value;
    void *user;
} expansion;

static bool is_letter(char c)
{
    return (unsigned char)((c | 32) - 'a') < 26;
}

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static bool is_hex(char c)
{
    return is_digit(c) || (unsigned char)((c | 32) - 'a') < 6;
}

static bool is_escape(hg_slice text, size_t i)
{
    return text.p[i] == '%' && text.n - i > 2 && is_hex(text.p[i + 1]) &&
           is_hex(text.p[i + 2]);
}

bool hg_uritemplate_name(hg_slice name)
{
    bool dotted = true; /* a dot may not stand here */
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool escape = is_escape(name, i);
        if (!(is_letter(c) || is_digit(c) || c == '_' || escape || (c == '.' && !dotted)))
            return false;
        dotted = c == '.';
        i += escape ? 2 : 0;
    }
    return name.n > 0 && !dotted;
}

static void put_text(hg_buf *out, hg_slice text, bool reserved)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool free = is_letter(c) || is_digit(c) || (c != '\0' && strchr("-._~", c));
        bool other = reserved && c != '\0' &&
                     (strchr(":/?#[]@!$&'()*+,;=", c) || is_escape(text, i));
        if (free || other)
            hg_buf_putc(out, c);
        else
            hg_uri_escape(out, c);
    }
}

/* The first so many characters. */
static hg_slice cut(hg_slice text, size_t characters)
{
    size_t n = 0;
    int32_t cp;
    while (n < text.n && characters-- > 0)
        n += hg_utf8_next(text.p + n, text.n - n, &cp);
    return (hg_slice){ text.p, n };
}

static void put_variable(hg_buf *out, const struct behaviour *b, hg_slice name,
                         hg_slice value, bool first)
{
    hg_buf_puts(out, first ? b->first : b->between);
    if (b->named) {
        hg_buf_put(out, name.p, name.n);
        hg_buf_puts(out, value.n == 0 ? b->if_empty : "=");
    }
    put_text(out, value, b->reserved);
}

/* Take "name", "name:3" or "name*"; *most is the number of characters. */
static bool read_name(hg_slice *spec, size_t *most)
{
    const char *colon = memchr(spec->p, ':', spec->n);
    *most = SIZE_MAX;
    if (spec->n > 0 && spec->p[spec->n - 1] == '*') {
        spec->n--;
    } else if (colon) {
        size_t digits = (size_t)(spec->p + spec->n - colon) - 1;
        if (digits == 0 || digits > 4 || colon[1] == '0')
            return false;
        *most = 0;
        for (size_t i = 1; i <= digits; i++) {
            if (!is_digit(colon[i]))
                return false;
            *most = *most * 10 + (size_t)(colon[i] - '0');
        }
        spec->n = (size_t)(colon - spec->p);
    }
    return hg_uritemplate_name(*spec);
}

/* What stands between braces. */
static bool expression(const expansion *e, hg_slice text)
{
    const struct behaviour *b = behaviours;
    while (b->letter && (text.n == 0 || b->letter != *text.p))
        b++;
    bool first = true;
    for (size_t at = b->letter != '\0'; at <= text.n;) {
        const char *comma = memchr(text.p + at, ',', text.n - at);
        size_t end = comma ? (size_t)(comma - text.p) : text.n, most;
        hg_slice name = { text.p + at, end - at };
        if (!read_name(&name, &most))
            return false;
        const char *value = e->out ? e->value(e->user, name) : NULL;
        if (value) {
            put_variable(e->out, b, name, cut(hg_slice_of(value), most), first);
            first = false;
        }
        at = end + 1;
    }
    return true;
}

static bool expand(const expansion *e, hg_slice text)
{
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        while (i < text.n && text.p[i] != '{' && text.p[i] != '}')
            i++;
        if (e->out)
            put_text(e->out, (hg_slice){ text.p + from, i - from }, true);
        if (i == text.n)
            break;
        const char *close = memchr(text.p + i, '}', text.n - i);
        if (text.p[i] == '}' || !close)
            return false;
        size_t end = (size_t)(close - text.p);
        if (!expression(e, (hg_slice){ text.p + i + 1, end - i - 1 }))
            return false;
        i = end + 1;
    }
    return true;
}

bool hg_uritemplate_expand(hg_buf *out, hg_slice text, hg_template_value *value,
                           void *user)
{
    return expand(&(expansion){ out, value, user }, text);
}

bool hg_uritemplate_valid(hg_slice text)
{
    return expand(&(expansion){ 0 }, text);
}
