/* pattern_ecma - expressions of ECMA-262 written as PCRE2 reads them */
#include "text/pattern_ecma.h"

#include <inttypes.h>
#include <string.h>

/* White space and line ends of ECMA-262, and all other characters, as ranges of a class.
 */
#define SPACE                                                                            \
    "\\x09-\\x0d\\x20\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"       \
    "\\x{205f}\\x{3000}\\x{feff}"
#define NO_SPACE                                                                         \
    "\\x00-\\x08\\x0e-\\x1f\\x21-\\x9f\\xa1-\\x{167f}\\x{1681}-\\x{1fff}"                \
    "\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"       \
    "\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

typedef struct translation {
    hg_buf *out;
    const char *p, *end;
    bool in_class;
} translation;

/* The long names that general categories also have (Unicode, PropertyValueAliases). */
static const struct {
    const char *name, *code;
} categories[] = {
    { "Letter", "L" },
    { "Cased_Letter", "L&" },
    { "Uppercase_Letter", "Lu" },
    { "Lowercase_Letter", "Ll" },
    { "Titlecase_Letter", "Lt" },
    { "Modifier_Letter", "Lm" },
    { "Other_Letter", "Lo" },
    { "Mark", "M" },
    { "Nonspacing_Mark", "Mn" },
    { "Spacing_Mark", "Mc" },
    { "Enclosing_Mark", "Me" },
    { "Number", "N" },
    { "Decimal_Number", "Nd" },
    { "digit", "Nd" },
    { "Letter_Number", "Nl" },
    { "Other_Number", "No" },
    { "Punctuation", "P" },
    { "punct", "P" },
    { "Connector_Punctuation", "Pc" },
    { "Dash_Punctuation", "Pd" },
    { "Open_Punctuation", "Ps" },
    { "Close_Punctuation", "Pe" },
    { "Initial_Punctuation", "Pi" },
    { "Final_Punctuation", "Pf" },
    { "Other_Punctuation", "Po" },
    { "Symbol", "S" },
    { "Math_Symbol", "Sm" },
    { "Currency_Symbol", "Sc" },
    { "Modifier_Symbol", "Sk" },
    { "Other_Symbol", "So" },
    { "Separator", "Z" },
    { "Space_Separator", "Zs" },
    { "Line_Separator", "Zl" },
    { "Paragraph_Separator", "Zp" },
    { "Other", "C" },
    { "Control", "Cc" },
    { "Format", "Cf" },
    { "Surrogate", "Cs" },
    { "Private_Use", "Co" },
    { "Unassigned", "Cn" },
};

static void put_char(translation *t, uint32_t c)
{
    hg_buf_printf(t->out, "\\x{%" PRIx32 "}", c);
}

static int hex(char c)
{
    static const char all[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c ? strchr(all, c) : NULL;
    return at ? (int)((at - all) % 16) : -1;
}

/* n digits of a hexadecimal number. */
static bool digits(translation *t, int n, uint32_t *out)
{
    for (*out = 0; n > 0; n--, t->p++) {
        if (t->p == t->end || hex(*t->p) < 0)
            return false;
        *out = *out * 16 + (uint32_t)hex(*t->p);
    }
    return true;
}

/* Behind "\u": four digits, two of that for a surrogate pair, or digits in braces. */
static bool unicode(translation *t)
{
    uint32_t c = 0, low;
    if (t->p < t->end && *t->p == '{') {
        for (t->p++; t->p < t->end && hex(*t->p) >= 0 && c <= 0x10FFFF; t->p++)
            c = c * 16 + (uint32_t)hex(*t->p);
        if (t->p == t->end || *t->p++ != '}' || c > 0x10FFFF)
            return false;
    } else if (!digits(t, 4, &c)) {
        return false;
    } else if (c >= 0xD800 && c < 0xDC00 && t->end - t->p >= 6 && t->p[0] == '\\' &&
               t->p[1] == 'u') {
        t->p += 2;
        if (!digits(t, 4, &low))
            return false;
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    put_char(t, c);
    return c < 0xD800 || c > 0xDFFF;
}

/* Behind "\p" or "\P": a property in braces. */
static bool property(translation *t, char kind)
{
    static const char *const prefixes[] = { "General_Category=", "gc=" };
    const char *close = t->p < t->end ? memchr(t->p, '}', (size_t)(t->end - t->p)) : NULL;
    if (!close || *t->p != '{')
        return false;
    hg_slice name = { t->p + 1, (size_t)(close - t->p) - 1 };
    t->p = close + 1;
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(prefixes[i]);
        if (name.n > n && memcmp(name.p, prefixes[i], n) == 0)
            name = (hg_slice){ name.p + n, name.n - n };
    }
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (hg_slice_is(name, categories[i].name))
            name = hg_slice_of(categories[i].code);
    hg_buf_printf(t->out, "\\%c{%.*s}", kind, (int)name.n, name.p);
    return true;
}

static bool escape(translation *t)
{
    uint32_t c;
    if (t->p == t->end)
        return false;
    char kind = *t->p++;
    switch (kind) {
    case 'd':
    case 'D':
    case 'w':
    case 'W':
    case 't':
    case 'n':
    case 'r':
    case 'f': hg_buf_printf(t->out, "\\%c", kind); return true;
    case 'v': put_char(t, 0x0B); return true;
    case 's': hg_buf_puts(t->out, t->in_class ? SPACE : "[" SPACE "]"); return true;
    case 'S': hg_buf_puts(t->out, t->in_class ? NO_SPACE : "[^" SPACE "]"); return true;
    case 'b': hg_buf_puts(t->out, "\\b"); return true;
    case 'B': hg_buf_puts(t->out, "\\B"); return !t->in_class;
    case 'k': hg_buf_puts(t->out, "\\k"); return t->p < t->end && *t->p == '<';
    case 'p':
    case 'P': return property(t, kind);
    case 'u': return unicode(t);
    case 'x':
        if (!digits(t, 2, &c))
            return false;
        put_char(t, c);
        return true;
    case 'c':
        if (t->p == t->end || !((*t->p | 0x20) >= 'a' && (*t->p | 0x20) <= 'z'))
            return false;
        put_char(t, (uint32_t)(unsigned char)*t->p++ & 0x1F);
        return true;
    case '0': put_char(t, 0); return t->p == t->end || (unsigned char)(*t->p - '0') >= 10;
    default: break;
    }
    if (kind >= '1' && kind <= '9' && !t->in_class) {
        hg_buf_printf(t->out, "\\%c", kind);
        return true;
    }
    hg_buf_printf(t->out, "\\%c", kind);
    return kind != '\0' && strchr("^$\\.*+?()[]{}|/-", kind) != NULL;
}

/* What PCRE2 has and ECMA-262 has not: groups such as (?> and (*, and possessive
 * quantifiers. */
static bool foreign(const translation *t, char c)
{
    size_t left = (size_t)(t->end - t->p);
    char next = left > 0 ? t->p[0] : '\0';
    if (c == '(' && next == '*')
        return true;
    if (c == '(' && next == '?') {
        char kind = left > 1 ? t->p[1] : '\0', then = left > 2 ? t->p[2] : '\0';
        bool letter = (then | 0x20) >= 'a' && (then | 0x20) <= 'z';
        bool name = letter || then == '_' || then == '$' || (unsigned char)then >= 0x80;
        return !(kind == ':' || kind == '=' || kind == '!' ||
                 (kind == '<' && (then == '=' || then == '!' || name)));
    }
    return (c == '*' || c == '+' || c == '?' || c == '}') && next == '+';
}

static bool one(translation *t)
{
    char c = *t->p++;
    if (c == '\\')
        return escape(t);
    if (t->in_class) {
        t->in_class = c != ']';
        if (c == '[')
            hg_buf_putc(t->out, '\\');
        hg_buf_putc(t->out, c);
        return true;
    }
    if (c == '\0' || foreign(t, c))
        return false;
    if (c == '[') {
        t->in_class = true;
        hg_buf_putc(t->out, c);
        if (t->p < t->end && *t->p == '^')
            hg_buf_putc(t->out, *t->p++);
    } else if (c == '.') {
        hg_buf_puts(t->out, "[^\\n\\r\\x{2028}\\x{2029}]");
    } else {
        hg_buf_putc(t->out, c);
    }
    return true;
}

long hg_pattern_from_ecma(hg_buf *out, hg_slice expression)
{
    translation t = { .out = out, .p = expression.p, .end = expression.p + expression.n };
    while (t.p < t.end) {
        const char *from = t.p;
        if (!one(&t))
            return from - expression.p;
    }
    return -1;
}
