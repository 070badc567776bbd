/* entities - the characters that stand in a web page by name or number */
#include "workbook/entities.h"
#include "text/utf8.h"

#include <string.h>

/* The names of U+00A0 to U+00FF, in order (HTML 4.01, 24.2.1). */
static const char *const latin[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",
    "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",
    "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot",
    "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil",
    "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
    "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",
    "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",
    "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

/* Others (24.3.1 and 24.4.1), and those that XML has. */
static const struct {
    const char *name;
    uint16_t cp;
} others[] = {
    { "Alpha", 0x391 },   { "Beta", 0x392 },     { "Chi", 0x3A7 },
    { "Dagger", 0x2021 }, { "Delta", 0x394 },    { "Epsilon", 0x395 },
    { "Eta", 0x397 },     { "Gamma", 0x393 },    { "Iota", 0x399 },
    { "Kappa", 0x39A },   { "Lambda", 0x39B },   { "Mu", 0x39C },
    { "Nu", 0x39D },      { "OElig", 0x152 },    { "Omega", 0x3A9 },
    { "Omicron", 0x39F }, { "Phi", 0x3A6 },      { "Pi", 0x3A0 },
    { "Prime", 0x2033 },  { "Psi", 0x3A8 },      { "Rho", 0x3A1 },
    { "Scaron", 0x160 },  { "Sigma", 0x3A3 },    { "Tau", 0x3A4 },
    { "Theta", 0x398 },   { "Upsilon", 0x3A5 },  { "Xi", 0x39E },
    { "Yuml", 0x178 },    { "Zeta", 0x396 },     { "alefsym", 0x2135 },
    { "alpha", 0x3B1 },   { "and", 0x2227 },     { "ang", 0x2220 },
    { "asymp", 0x2248 },  { "bdquo", 0x201E },   { "beta", 0x3B2 },
    { "bull", 0x2022 },   { "cap", 0x2229 },     { "chi", 0x3C7 },
    { "circ", 0x2C6 },    { "clubs", 0x2663 },   { "cong", 0x2245 },
    { "crarr", 0x21B5 },  { "cup", 0x222A },     { "dArr", 0x21D3 },
    { "dagger", 0x2020 }, { "darr", 0x2193 },    { "delta", 0x3B4 },
    { "diams", 0x2666 },  { "empty", 0x2205 },   { "emsp", 0x2003 },
    { "ensp", 0x2002 },   { "epsilon", 0x3B5 },  { "equiv", 0x2261 },
    { "eta", 0x3B7 },     { "euro", 0x20AC },    { "exist", 0x2203 },
    { "fnof", 0x192 },    { "forall", 0x2200 },  { "frasl", 0x2044 },
    { "gamma", 0x3B3 },   { "ge", 0x2265 },      { "hArr", 0x21D4 },
    { "harr", 0x2194 },   { "hearts", 0x2665 },  { "hellip", 0x2026 },
    { "image", 0x2111 },  { "infin", 0x221E },   { "int", 0x222B },
    { "iota", 0x3B9 },    { "isin", 0x2208 },    { "kappa", 0x3BA },
    { "lArr", 0x21D0 },   { "lambda", 0x3BB },   { "lang", 0x2329 },
    { "larr", 0x2190 },   { "lceil", 0x2308 },   { "ldquo", 0x201C },
    { "le", 0x2264 },     { "lfloor", 0x230A },  { "lowast", 0x2217 },
    { "loz", 0x25CA },    { "lrm", 0x200E },     { "lsaquo", 0x2039 },
    { "lsquo", 0x2018 },  { "mdash", 0x2014 },   { "minus", 0x2212 },
    { "mu", 0x3BC },      { "nabla", 0x2207 },   { "ndash", 0x2013 },
    { "ne", 0x2260 },     { "ni", 0x220B },      { "notin", 0x2209 },
    { "nsub", 0x2284 },   { "nu", 0x3BD },       { "oelig", 0x153 },
    { "oline", 0x203E },  { "omega", 0x3C9 },    { "omicron", 0x3BF },
    { "oplus", 0x2295 },  { "or", 0x2228 },      { "otimes", 0x2297 },
    { "part", 0x2202 },   { "permil", 0x2030 },  { "perp", 0x22A5 },
    { "phi", 0x3C6 },     { "pi", 0x3C0 },       { "piv", 0x3D6 },
    { "prime", 0x2032 },  { "prod", 0x220F },    { "prop", 0x221D },
    { "psi", 0x3C8 },     { "rArr", 0x21D2 },    { "radic", 0x221A },
    { "rang", 0x232A },   { "rarr", 0x2192 },    { "rceil", 0x2309 },
    { "rdquo", 0x201D },  { "real", 0x211C },    { "rfloor", 0x230B },
    { "rho", 0x3C1 },     { "rlm", 0x200F },     { "rsaquo", 0x203A },
    { "rsquo", 0x2019 },  { "sbquo", 0x201A },   { "scaron", 0x161 },
    { "sdot", 0x22C5 },   { "sigma", 0x3C3 },    { "sigmaf", 0x3C2 },
    { "sim", 0x223C },    { "spades", 0x2660 },  { "sub", 0x2282 },
    { "sube", 0x2286 },   { "sum", 0x2211 },     { "sup", 0x2283 },
    { "supe", 0x2287 },   { "tau", 0x3C4 },      { "there4", 0x2234 },
    { "theta", 0x3B8 },   { "thetasym", 0x3D1 }, { "thinsp", 0x2009 },
    { "tilde", 0x2DC },   { "trade", 0x2122 },   { "uArr", 0x21D1 },
    { "uarr", 0x2191 },   { "upsih", 0x3D2 },    { "upsilon", 0x3C5 },
    { "weierp", 0x2118 }, { "xi", 0x3BE },       { "zeta", 0x3B6 },
    { "zwj", 0x200D },    { "zwnj", 0x200C },    { "lt", 0x3C },
    { "gt", 0x3E },       { "amp", 0x26 },       { "quot", 0x22 },
    { "apos", 0x27 },
};

enum { LONGEST = 10 }; /* bytes of a name, or digits of a number */

static int32_t named(hg_slice name)
{
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (hg_slice_is(name, latin[i]))
            return 0xA0 + (int32_t)i;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (hg_slice_is(name, others[i].name))
            return others[i].cp;
    return 0;
}

/* A number, decimal or behind an x hexadecimal; 0: none, or of no character. */
static int32_t numbered(hg_slice digits)
{
    int32_t cp = 0, base = 10;
    if (digits.n > 0 && (digits.p[0] | 0x20) == 'x') {
        base = 16;
        digits = (hg_slice){ digits.p + 1, digits.n - 1 };
    }
    for (size_t i = 0; i < digits.n; i++) {
        char c = (char)(digits.p[i] | 0x20);
        int digit = digits.p[i] >= '0' && digits.p[i] <= '9' ? digits.p[i] - '0'
                    : c >= 'a' && c <= 'f'                   ? c - 'a' + 10
                                                             : 16;
        if (digit >= base || cp > 0x10FFFF)
            return 0;
        cp = cp * base + digit;
    }
    return cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) ? 0 : cp;
}

/* What a number from 128 to 159 is meant to be, as browsers have it (HTML Standard,
 * 13.2.5.80): the byte of windows-1252. */
static int32_t meant(int32_t cp)
{
    static const uint16_t windows[32] = {
        0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
        0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17D,  0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178,
    };
    return cp >= 0x80 && cp < 0xA0 && windows[cp - 0x80] ? windows[cp - 0x80] : cp;
}

size_t hg_entity_read(int32_t *cp, hg_slice text)
{
    size_t n = 1;
    *cp = '&';
    while (n < text.n && n <= LONGEST &&
           (text.p[n] == '#' || (text.p[n] >= '0' && text.p[n] <= '9') ||
            ((text.p[n] | 0x20) >= 'a' && (text.p[n] | 0x20) <= 'z')))
        n++;
    if (n == 1 || n == text.n || text.p[n] != ';')
        return 1;
    bool number = text.p[1] == '#';
    hg_slice name = { text.p + 1 + number, n - 1 - number };
    int32_t found = number ? meant(numbered(name)) : named(name);
    if (found == 0)
        return 1;
    *cp = found;
    return n + 1;
}
