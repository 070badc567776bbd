/* jsonschema_format - the formats that "format" names (2020-12, section 7.3) */
#include "json/jsonschema_parts.h"
#include "text/uri.h"

#include <string.h>

/* What is left of a text that is read from its start. */
typedef struct text {
    const char *p, *end;
} text;

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c)
{
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool byte(text *t, const char *any)
{
    bool is = t->p < t->end && *t->p != '\0' && strchr(any, *t->p);
    t->p += is;
    return is;
}

/* A number of n digits. */
static bool number(text *t, int n, int *out)
{
    for (*out = 0; n > 0; n--, t->p++) {
        if (t->p == t->end || !is_digit(*t->p))
            return false;
        *out = *out * 10 + (*t->p - '0');
    }
    return true;
}

/* ---- dates and times (RFC 3339) ---- */

static bool date(text *t)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    int y, m, d;
    if (!number(t, 4, &y) || !byte(t, "-") || !number(t, 2, &m) || !byte(t, "-") ||
        !number(t, 2, &d) || m < 1 || m > 12)
        return false;
    bool leap = m == 2 && (y % 400 == 0 || (y % 4 == 0 && y % 100 != 0));
    return d >= 1 && d <= days[m - 1] + leap;
}

/* A leap second is the last of a day in UTC. */
static bool time_of_day(text *t)
{
    int h, m, s, oh = 0, om = 0;
    if (!number(t, 2, &h) || !byte(t, ":") || !number(t, 2, &m) || !byte(t, ":") ||
        !number(t, 2, &s))
        return false;
    if (byte(t, ".")) {
        const char *from = t->p;
        while (t->p < t->end && is_digit(*t->p))
            t->p++;
        if (t->p == from)
            return false;
    }
    bool minus = t->p < t->end && *t->p == '-';
    if (!byte(t, "Zz") &&
        (!byte(t, "+-") || !number(t, 2, &oh) || !byte(t, ":") || !number(t, 2, &om)))
        return false;
    int utc = h * 60 + m - (minus ? -1 : 1) * (oh * 60 + om);
    bool leap = s == 60 && (utc + 1440) % 1440 == 1439;
    return h < 24 && m < 60 && (s < 60 || leap) && oh < 24 && om < 60;
}

static bool date_time(text *t)
{
    return date(t) && byte(t, "Tt") && time_of_day(t);
}

/* Parts such as 1Y2M, none left out between two; *n counts them. */
static bool parts(text *t, const char *units, int *n)
{
    while (t->p < t->end && is_digit(*t->p)) {
        while (t->p < t->end && is_digit(*t->p))
            t->p++;
        const char *at = t->p < t->end && *t->p ? strchr(units, *t->p) : NULL;
        if (!at || (*n > 0 && at != units))
            return false;
        units = at + 1; /* smaller ones may follow */
        t->p++;
        ++*n;
    }
    return true;
}

static bool duration(text *t)
{
    int n = 0, of_time = 0;
    if (!byte(t, "P"))
        return false;
    if (t->end - t->p >= 2 && t->end[-1] == 'W')
        return parts(t, "W", &n) && n == 1;
    if (!parts(t, "YMD", &n))
        return false;
    if (byte(t, "T") && (!parts(t, "HMS", &of_time) || of_time == 0))
        return false;
    return n + of_time > 0;
}

/* ---- hosts ---- */

static bool label(hg_slice s)
{
    bool ok = s.n > 0 && s.n <= 63 && s.p[0] != '-' && s.p[s.n - 1] != '-';
    for (size_t i = 0; ok && i < s.n; i++)
        ok = is_letter(s.p[i]) || is_digit(s.p[i]) || s.p[i] == '-';
    bool coded = ok && s.n > 3 && s.p[2] == '-' && s.p[3] == '-';
    return ok &&
           (!coded || ((s.p[0] | 0x20) == 'x' && (s.p[1] | 0x20) == 'n' && s.n > 4));
}

static bool hostname(text *t)
{
    const char *from = t->p;
    if (t->end - t->p > 253)
        return false;
    for (const char *p = from; p <= t->end; p++) {
        if (p < t->end && *p != '.')
            continue;
        if (!label((hg_slice){ from, (size_t)(p - from) }))
            return false;
        from = p + 1;
    }
    t->p = t->end;
    return true;
}

static bool ipv4(text *t)
{
    for (int i = 0; i < 4; i++) {
        int n = 0, digits = 0;
        if (i > 0 && !byte(t, "."))
            return false;
        const char *first = t->p;
        for (; t->p < t->end && is_digit(*t->p) && digits < 4; digits++)
            n = n * 10 + (*t->p++ - '0');
        if (digits == 0 || n > 255 || (digits > 1 && *first == '0'))
            return false;
    }
    return true;
}

static bool ipv6(text *t)
{
    int groups = 0;
    bool gap = false;
    if (t->end - t->p >= 2 && t->p[0] == ':' && t->p[1] != ':')
        return false;
    while (t->p < t->end && groups < 8) {
        if (t->end - t->p >= 2 && t->p[0] == ':' && t->p[1] == ':') {
            if (gap)
                return false;
            gap = true;
            t->p += 2;
            if (t->p == t->end)
                break;
        } else if (groups > 0 && !byte(t, ":")) {
            return false;
        }
        text rest = *t;
        if (memchr(t->p, '.', (size_t)(t->end - t->p)) && ipv4(&rest) &&
            rest.p == rest.end) {
            t->p = t->end;
            groups += 2;
            break;
        }
        const char *from = t->p;
        while (t->p < t->end && is_hex(*t->p))
            t->p++;
        if (t->p == from || t->p - from > 4)
            return false;
        groups++;
    }
    return gap ? groups < 8 : groups == 8;
}

/* ---- addresses ---- */

/* Characters of RFC 3986, of RFC 3987 where wide; '%' only in %HH. */
static bool address_characters(hg_slice s, bool wide)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool escape = c == '%' && s.n - i > 2 && is_hex(s.p[i + 1]) && is_hex(s.p[i + 2]);
        if ((unsigned char)c >= 0x80 ? !wide
                                     : c <= ' ' || strchr("\"<>\\^`{|}\x7F", c) != NULL)
            return false;
        if (c == '%' && !escape)
            return false;
    }
    return true;
}

static bool authority(hg_slice s)
{
    const char *at = s.p && s.n > 0 ? memchr(s.p, '@', s.n) : NULL;
    size_t from = at ? (size_t)(at - s.p) + 1 : 0, i = from;
    if (at && memchr(s.p, '[', from))
        return false;
    if (i < s.n && s.p[i] == '[') {
        const char *close = memchr(s.p + i, ']', s.n - i);
        if (!close)
            return false;
        text host = { s.p + i + 1, close };
        if (!ipv6(&host) || host.p != host.end)
            return false;
        i = (size_t)(close - s.p) + 1;
    }
    while (i < s.n && s.p[i] != ':')
        if (strchr("[]@", s.p[i++]))
            return false;
    for (i += i < s.n; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return true;
}

static bool address(text *t, bool wide, bool absolute)
{
    hg_slice all = { t->p, (size_t)(t->end - t->p) };
    hg_uri u = hg_uri_split(all);
    t->p = t->end;
    hg_slice first = { u.path.p, 0 }; /* segment; with a ':' it would be a scheme */
    while (first.n < u.path.n && u.path.p[first.n] != '/')
        first.n++;
    bool colon = first.n > 0 && memchr(first.p, ':', first.n);
    bool brackets = u.path.n > 0 &&
                    (memchr(u.path.p, '[', u.path.n) || memchr(u.path.p, ']', u.path.n));
    return address_characters(all, wide) && (u.scheme.p || !absolute) && !brackets &&
           (u.scheme.p || u.authority.p || !colon) &&
           !(u.fragment.n > 0 && memchr(u.fragment.p, '#', u.fragment.n)) &&
           authority(u.authority);
}

static bool uri(text *t)
{
    return address(t, false, true);
}

static bool uri_reference(text *t)
{
    return address(t, false, false);
}

static bool iri(text *t)
{
    return address(t, true, true);
}

static bool iri_reference(text *t)
{
    return address(t, true, false);
}

/* ---- e-mail (RFC 5321) ---- */

static bool local_part(hg_slice s, bool wide)
{
    if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
        return true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool dot = c == '.' && i > 0 && i + 1 < s.n && s.p[i - 1] != '.';
        bool other = c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c);
        if (!is_letter(c) && !is_digit(c) && !dot && !other &&
            !(wide && (unsigned char)c >= 0x80))
            return false;
    }
    return s.n > 0;
}

static bool mail(text *t, bool wide)
{
    const char *at = t->end;
    while (at > t->p && at[-1] != '@')
        at--;
    if (at <= t->p + 1)
        return false;
    at--;
    bool local = local_part((hg_slice){ t->p, (size_t)(at - t->p) }, wide);
    text host = { at + 1, t->end };
    t->p = t->end;
    if (host.p < host.end && *host.p == '[' && host.end[-1] == ']') {
        text inner = { host.p + 1, host.end - 1 };
        bool six = inner.end - inner.p > 5 && strncmp(inner.p, "IPv6:", 5) == 0;
        inner.p += six ? 5 : 0;
        return local && (six ? ipv6(&inner) : ipv4(&inner)) && inner.p == inner.end;
    }
    return local && host.p < host.end && (wide || hostname(&host));
}

static bool email(text *t)
{
    return mail(t, false);
}

static bool idn_email(text *t)
{
    return mail(t, true);
}

/* ---- others ---- */

static bool uuid(text *t)
{
    for (int i = 0; i < 36; i++, t->p++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (t->p == t->end || (dash ? *t->p != '-' : !is_hex(*t->p)))
            return false;
    }
    return true;
}

static bool json_pointer(text *t)
{
    if (t->p < t->end && *t->p != '/')
        return false;
    for (; t->p < t->end; t->p++)
        if (*t->p == '~' && (t->p + 1 == t->end || (t->p[1] != '0' && t->p[1] != '1')))
            return false;
    return true;
}

static bool relative_pointer(text *t)
{
    const char *from = t->p;
    while (t->p < t->end && is_digit(*t->p))
        t->p++;
    if (t->p == from || (*from == '0' && t->p - from > 1))
        return false;
    return byte(t, "#") || json_pointer(t);
}

static bool regex(text *t)
{
    hg_err err = HG_ERR_INIT;
    hg_pattern *pattern;
    hg_status st =
        hg_pattern_ecma(&pattern, (hg_slice){ t->p, (size_t)(t->end - t->p) }, &err);
    hg_pattern_free(pattern);
    t->p = t->end;
    return st == HG_OK;
}

static const struct {
    const char *name;
    bool (*reads)(text *t);
} formats[] = {
    { "date", date },
    { "time", time_of_day },
    { "date-time", date_time },
    { "duration", duration },
    { "email", email },
    { "idn-email", idn_email },
    { "hostname", hostname },
    { "ipv4", ipv4 },
    { "ipv6", ipv6 },
    { "uri", uri },
    { "uri-reference", uri_reference },
    { "iri", iri },
    { "iri-reference", iri_reference },
    { "uuid", uuid },
    { "json-pointer", json_pointer },
    { "relative-json-pointer", relative_pointer },
    { "regex", regex },
};

bool hg_js_formatted(hg_slice format, hg_slice value)
{
    text t = { value.p ? value.p : "", value.p ? value.p + value.n : "" };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (hg_slice_is(format, formats[i].name))
            return formats[i].reads(&t) && t.p == t.end;
    return true;
}
