/* uri - references to addresses, put together */
#include "text/uri.h"

#include <string.h>

static size_t span(hg_slice text, size_t from, const char *stop)
{
    size_t i = from;
    while (i < text.n && (text.p[i] == '\0' || !strchr(stop, text.p[i])))
        i++;
    return i;
}

static hg_slice part(hg_slice text, size_t from, size_t to)
{
    return (hg_slice){ text.p + from, to - from };
}

static bool is_scheme(hg_slice s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (!letter && !(i > 0 && other))
            return false;
    }
    return s.n > 0;
}

hg_uri hg_uri_split(hg_slice text)
{
    hg_uri u = { 0 };
    size_t at = span(text, 0, ":/?#");
    if (at < text.n && text.p[at] == ':' && is_scheme(part(text, 0, at)))
        u.scheme = part(text, 0, at++);
    else
        at = 0;
    if (text.n - at >= 2 && text.p[at] == '/' && text.p[at + 1] == '/') {
        size_t end = span(text, at + 2, "/?#");
        u.authority = part(text, at + 2, end);
        at = end;
    }
    size_t end = span(text, at, "?#");
    u.path = part(text, at, end);
    if (end < text.n && text.p[end] == '?') {
        at = end + 1;
        end = span(text, at, "#");
        u.query = part(text, at, end);
    }
    if (end < text.n)
        u.fragment = part(text, end + 1, text.n);
    return u;
}

/* Append a path, its segments "." and ".." worked out; nothing before from is touched. */
static void put_path(hg_buf *out, hg_slice path)
{
    size_t from = out->len, at = 0;
    bool rooted = path.n > 0 && path.p[0] == '/';
    while (at < path.n) {
        size_t start = at + (path.p[at] == '/');
        size_t end = span(path, start, "/");
        hg_slice segment = part(path, start, end);
        bool last = end == path.n;
        if (hg_slice_is(segment, "..")) {
            while (out->len > from && out->data[out->len - 1] != '/')
                out->len--;
            out->len -= out->len > from;
        }
        if (hg_slice_is(segment, ".") || hg_slice_is(segment, "..")) {
            if (last && (rooted || out->len > from))
                hg_buf_putc(out, '/');
        } else {
            if (path.p[at] == '/')
                hg_buf_putc(out, '/');
            hg_buf_put(out, segment.p, segment.n);
        }
        at = end;
    }
}

/* The path of ref where base is: all up to base's last '/' and ref's. */
static void put_merged(hg_buf *out, const hg_uri *base, hg_slice ref)
{
    hg_buf both = { 0 };
    size_t n = base->path.n;
    while (n > 0 && base->path.p[n - 1] != '/')
        n--;
    if (n == 0 && base->authority.p)
        hg_buf_putc(&both, '/');
    hg_buf_put(&both, base->path.p, n);
    hg_buf_put(&both, ref.p, ref.n);
    if (both.status != HG_OK)
        out->status = both.status;
    put_path(out, (hg_slice){ both.data ? both.data : "", both.len });
    hg_buf_release(&both);
}

static void put_part(hg_buf *out, const char *before, hg_slice text, const char *after)
{
    if (!text.p)
        return;
    hg_buf_puts(out, before);
    hg_buf_put(out, text.p, text.n);
    hg_buf_puts(out, after);
}

void hg_uri_resolve(hg_buf *out, hg_slice base, hg_slice ref)
{
    hg_uri b = hg_uri_split(base), r = hg_uri_split(ref);
    bool own = r.scheme.p || r.authority.p;
    put_part(out, "", r.scheme.p ? r.scheme : b.scheme, ":");
    put_part(out, "//", own ? r.authority : b.authority, "");
    if (own || (r.path.n > 0 && r.path.p[0] == '/'))
        put_path(out, r.path);
    else if (r.path.n > 0)
        put_merged(out, &b, r.path);
    else
        hg_buf_put(out, b.path.p, b.path.n);
    put_part(out, "?", own || r.path.n > 0 || r.query.p ? r.query : b.query, "");
    put_part(out, "#", r.fragment, "");
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void hg_uri_decode(hg_buf *out, hg_slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool escape = text.p[i] == '%' && text.n - i > 2 && hex(text.p[i + 1]) >= 0 &&
                      hex(text.p[i + 2]) >= 0;
        if (escape) {
            hg_buf_putc(out, (char)(hex(text.p[i + 1]) * 16 + hex(text.p[i + 2])));
            i += 2;
        } else {
            hg_buf_putc(out, text.p[i]);
        }
    }
}

void hg_uri_escape(hg_buf *out, char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    hg_buf_putc(out, '%');
    hg_buf_putc(out, digits[(unsigned char)byte >> 4]);
    hg_buf_putc(out, digits[(unsigned char)byte & 15]);
}

void hg_uri_encode(hg_buf *out, hg_slice text, const char *plain)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool stays = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                     (c >= 'a' && c <= 'z') || (c != '\0' && strchr(plain, c));
        if (stays)
            hg_buf_putc(out, c);
        else
            hg_uri_escape(out, c);
    }
}
