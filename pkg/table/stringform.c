/* stringform - the forms that a string may be asked to have */
#include "table/stringform.h"

#include <string.h>

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static bool is_letter(char c)
{
    return (unsigned char)((c | 32) - 'a') < 26;
}

static bool is_label(char c) /* of a host name, an international one too */
{
    return is_digit(c) || is_letter(c) || c == '-' || (unsigned char)c >= 0x80;
}

bool hg_stringform_email(hg_slice text)
{
    const char *end = text.p + text.n;
    const char *at = text.n == 0 ? NULL : memchr(text.p, '@', text.n);
    size_t labels = 0;
    if (!at || at == text.p)
        return false;
    for (const char *p = text.p; p < at; p++)
        if ((unsigned char)*p <= ' ' || strchr("()<>[]:;,\"\\", *p))
            return false;
    for (const char *p = at + 1; p < end; labels++) {
        const char *from = p;
        while (p < end && is_label(*p))
            p++;
        if (p == from || (p < end && (*p != '.' || p + 1 == end)))
            return false;
        p += p < end;
    }
    return labels > 1;
}

bool hg_stringform_uri(hg_slice text)
{
    size_t n = 0;
    while (n < text.n && (is_letter(text.p[n]) || is_digit(text.p[n]) ||
                          text.p[n] == '+' || text.p[n] == '-' || text.p[n] == '.'))
        n++;
    if (n == 0 || !is_letter(text.p[0]) || n + 1 >= text.n || text.p[n] != ':')
        return false;
    for (size_t i = n; i < text.n; i++)
        if ((unsigned char)text.p[i] <= ' ' || strchr("<>\"{}|\\^`\x7f", text.p[i]))
            return false;
    return true;
}

static bool is_hex(char c)
{
    return is_digit(c) || (unsigned char)((c | 32) - 'a') < 6;
}

bool hg_stringform_uuid(hg_slice text)
{
    if (text.n != 36)
        return false;
    for (size_t i = 0; i < 36; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text.p[i] != '-' : !is_hex(text.p[i]))
            return false;
    }
    return true;
}

bool hg_stringform_binary(hg_slice text)
{
    size_t n = text.n, pad = 0;
    while (pad < 2 && n > 0 && text.p[n - 1] == '=')
        n--, pad++;
    for (size_t i = 0; i < n; i++)
        if (!is_digit(text.p[i]) && !is_letter(text.p[i]) && text.p[i] != '+' &&
            text.p[i] != '/')
            return false;
    return text.n % 4 == 0;
}
