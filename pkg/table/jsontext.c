/* jsontext - JSON inside a cell, looked through in place */
#include "table/jsontext.h"

#include <string.h>

/* What is left of a text; nesting is counted, so that no text can exhaust the stack. */
typedef struct scan {
    const char *p, *end;
    unsigned depth;
} scan;

static bool value_of(scan *s, hg_jsontext *out);

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static void spaces(scan *s)
{
    while (s->p < s->end && is_space(*s->p))
        s->p++;
}

static bool byte(scan *s, char c)
{
    bool is = s->p < s->end && *s->p == c;
    s->p += is;
    return is;
}

static bool digits(scan *s)
{
    const char *from = s->p;
    while (s->p < s->end && is_digit(*s->p))
        s->p++;
    return s->p > from;
}

static bool number(scan *s)
{
    byte(s, '-');
    if (!byte(s, '0') && !digits(s))
        return false;
    if (byte(s, '.') && !digits(s))
        return false;
    if (!byte(s, 'e') && !byte(s, 'E'))
        return true;
    if (!byte(s, '+'))
        byte(s, '-');
    return digits(s);
}

static bool hex4(scan *s)
{
    for (int i = 0; i < 4; i++, s->p++)
        if (s->p == s->end || !*s->p || !strchr("0123456789abcdefABCDEF", *s->p))
            return false;
    return true;
}

static bool string(scan *s)
{
    if (!byte(s, '"'))
        return false;
    while (s->p < s->end && *s->p != '"') {
        if ((unsigned char)*s->p < ' ')
            return false;
        if (*s->p++ != '\\')
            continue;
        if (s->p == s->end || !*s->p || !strchr("\"\\/bfnrtu", *s->p))
            return false;
        if (*s->p++ == 'u' && !hex4(s))
            return false;
    }
    return byte(s, '"');
}

static bool word(scan *s, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(s->end - s->p) < n || memcmp(s->p, text, n) != 0)
        return false;
    s->p += n;
    return true;
}

/* What stands between brackets. */
static bool items(scan *s, hg_jsontext *out, char close)
{
    hg_jsontext item;
    s->p++;
    spaces(s);
    for (out->n = 0; !byte(s, close); out->n++) {
        if (out->n > 0 && !byte(s, ','))
            return false;
        spaces(s);
        if (close == '}') {
            if (!string(s))
                return false;
            spaces(s);
            if (!byte(s, ':'))
                return false;
        }
        if (!value_of(s, &item))
            return false;
    }
    return true;
}

static bool nested(scan *s, hg_jsontext *out)
{
    bool array = *s->p == '[';
    out->kind = array ? HG_JSONTEXT_ARRAY : HG_JSONTEXT_OBJECT;
    if (s->depth == HG_JSONTEXT_DEPTH)
        return false;
    s->depth++;
    bool ok = items(s, out, array ? ']' : '}');
    s->depth--;
    return ok;
}

static bool simple(scan *s, hg_jsontext *out)
{
    switch (*s->p) {
    case '"': out->kind = HG_JSONTEXT_STRING; return string(s);
    case 't': out->kind = HG_JSONTEXT_TRUTH; return word(s, "true");
    case 'f': out->kind = HG_JSONTEXT_TRUTH; return word(s, "false");
    case 'n': out->kind = HG_JSONTEXT_NULL; return word(s, "null");
    default: out->kind = HG_JSONTEXT_NUMBER; return number(s);
    }
}

static bool value_of(scan *s, hg_jsontext *out)
{
    spaces(s);
    if (s->p == s->end)
        return false;
    const char *from = s->p;
    out->n = 0;
    bool ok = *s->p == '[' || *s->p == '{' ? nested(s, out) : simple(s, out);
    out->text = (hg_slice){ from, (size_t)(s->p - from) };
    spaces(s);
    return ok;
}

bool hg_jsontext_read(hg_jsontext *out, hg_slice text)
{
    scan s = { text.p, text.p + text.n, 0 };
    return value_of(&s, out) && s.p == s.end;
}

bool hg_jsontext_next(const hg_jsontext *of, size_t *at, hg_slice *key, hg_jsontext *value)
{
    scan s = { of->text.p + (*at ? *at : 1), of->text.p + of->text.n - 1, 0 };
    spaces(&s);
    if (s.p == s.end)
        return false;
    byte(&s, ',');
    spaces(&s);
    *key = (hg_slice){ "", 0 };
    if (of->kind == HG_JSONTEXT_OBJECT) {
        key->p = s.p + 1;
        string(&s);
        key->n = (size_t)(s.p - key->p) - 1;
        spaces(&s);
        byte(&s, ':');
    }
    value_of(&s, value);
    *at = (size_t)(s.p - of->text.p);
    return true;
}

bool hg_jsontext_get(const hg_jsontext *object, const char *name, hg_jsontext *value)
{
    hg_slice key;
    size_t at = 0;
    while (object->kind == HG_JSONTEXT_OBJECT &&
           hg_jsontext_next(object, &at, &key, value))
        if (hg_slice_is(key, name))
            return true;
    return false;
}
