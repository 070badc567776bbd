/* charset - the encoding of a text, by evidence, and the text in UTF-8 */
#include "delimited/charset.h"
#include "base/file.h"
#include "text/utf8.h"
#include "text/vnguess.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define BLOCK    ((size_t)1 << 16)   /* bytes read at once; a multiple of 4 */
#define CONTROLS ((uint64_t)1 << 20) /* bytes that control bytes are counted in */
#define GUESS    ((uint64_t)4 << 20) /* bytes that the letters are guessed from */
#define FEW      4                   /* control bytes that even a short text may have */

static const struct {
    const char *name;
    hg_charset_kind kind;
} names[] = {
    { "utf-8", HG_CHARSET_UTF8 },       { "utf8", HG_CHARSET_UTF8 },
    { "utf-8-sig", HG_CHARSET_UTF8 },   { "ascii", HG_CHARSET_UTF8 },
    { "us-ascii", HG_CHARSET_UTF8 },    { "utf-16le", HG_CHARSET_UTF16LE },
    { "utf-16", HG_CHARSET_UTF16LE },   { "utf16", HG_CHARSET_UTF16LE },
    { "utf-16be", HG_CHARSET_UTF16BE }, { "utf-32le", HG_CHARSET_UTF32LE },
    { "utf-32", HG_CHARSET_UTF32LE },   { "utf32", HG_CHARSET_UTF32LE },
    { "utf-32be", HG_CHARSET_UTF32BE }, { "windows-1252", HG_CHARSET_1252 },
    { "cp1252", HG_CHARSET_1252 },      { "latin1", HG_CHARSET_1252 },
    { "latin-1", HG_CHARSET_1252 },     { "iso-8859-1", HG_CHARSET_1252 },
};

static const struct {
    const char *bytes;
    size_t n;
    hg_charset_kind kind;
} marks[] = {
    { "\xEF\xBB\xBF", 3, HG_CHARSET_UTF8 },
    { "\xFF\xFE\0\0", 4, HG_CHARSET_UTF32LE }, /* before the shorter one of UTF-16 */
    { "\0\0\xFE\xFF", 4, HG_CHARSET_UTF32BE },
    { "\xFF\xFE", 2, HG_CHARSET_UTF16LE },
    { "\xFE\xFF", 2, HG_CHARSET_UTF16BE },
};

/* 80 to 9F in windows-1252 (unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT). */
static const uint16_t upper_1252[32] = { 0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026,
                                         0x2020, 0x2021, 0x2C6,  0x2030, 0x160,  0x2039,
                                         0x152,  0,      0x17D,  0,      0,      0x2018,
                                         0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,
                                         0x17E,  0x178 };

const char *hg_charset_name(const hg_charset *charset)
{
    if (charset->kind == HG_CHARSET_LEGACY)
        return hg_vnlegacy_name(charset->legacy);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].kind == charset->kind)
            return names[i].name;
    return "";
}

hg_status hg_charset_named(hg_charset *charset, const char *name, hg_err *err)
{
    *charset = (hg_charset){ 0 };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(names[i].name, name) == 0) {
            charset->kind = names[i].kind;
            return HG_OK;
        }
    if (!hg_vnlegacy_named(&charset->legacy, hg_slice_of(name)) ||
        charset->legacy == HG_VN_UNICODE)
        return hg_fail(err, HG_EARG, NULL, "the encoding '%s' is not known", name);
    charset->kind = HG_CHARSET_LEGACY;
    return HG_OK;
}

/* ---- units ---- */

static uint32_t unit_at(const hg_charset *charset, const unsigned char *p)
{
    switch (charset->kind) {
    case HG_CHARSET_UTF16LE: return (uint32_t)p[0] | (uint32_t)p[1] << 8;
    case HG_CHARSET_UTF16BE: return (uint32_t)p[1] | (uint32_t)p[0] << 8;
    case HG_CHARSET_UTF32LE:
        return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
               (uint32_t)p[3] << 24;
    case HG_CHARSET_UTF32BE:
        return (uint32_t)p[3] | (uint32_t)p[2] << 8 | (uint32_t)p[1] << 16 |
               (uint32_t)p[0] << 24;
    case HG_CHARSET_1252:
        return p[0] < 0x80 || p[0] > 0x9F ? p[0] : upper_1252[p[0] - 0x80];
    case HG_CHARSET_UTF8:
    case HG_CHARSET_LEGACY: break;
    }
    return p[0];
}

static size_t unit_size(const hg_charset *charset)
{
    return charset->kind >= HG_CHARSET_UTF32LE && charset->kind <= HG_CHARSET_UTF32BE ? 4
           : charset->kind >= HG_CHARSET_UTF16LE && charset->kind <= HG_CHARSET_UTF16BE
               ? 2
               : 1;
}

/* ---- finding ---- */

typedef struct census {
    uint64_t n, nul[4];    /* bytes; NULs by place */
    uint64_t letters, bad; /* characters of UTF-8 beyond ASCII; bytes that are none */
    uint64_t
        controls; /* of the first CONTROLS bytes: NUL, and what hardly stands in texts */
    bool quick;   /* letters need not be counted while nothing is bad */
} census;

/* White space and what may be a delimiter is none. */
static bool is_control(char c)
{
    return (unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' &&
           c != '\x1F' && c != '\x01';
}

static void count(census *c, const char *text, size_t n)
{
    size_t valid = hg_utf8_valid(text, n);
    for (const char *p = text; (p = memchr(p, '\0', (size_t)(text + n - p)));)
        c->nul[(p++ - text) % 4]++;
    for (size_t i = 0; i < n && c->n < CONTROLS; i++)
        c->controls += is_control(text[i]);
    c->n += n;
    if (valid == n && c->quick)
        return;
    for (size_t i = 0; i < n;) {
        for (; i < valid; i++)
            c->letters += ((unsigned char)text[i] & 0xC0) == 0xC0;
        if (i == n)
            break;
        c->bad++;
        i++;
        valid = i + hg_utf8_valid(text + i, n - i);
    }
}

/* Bytes of a character of UTF-8 that the end of a text cuts off. */
static size_t cut_off(const char *text, size_t n)
{
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        unsigned char c = (unsigned char)text[n - back];
        if ((c & 0xC0) == 0x80)
            continue;
        return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : c >= 0xC2 ? 2u : 1u) > back ? back : 0;
    }
    return 0;
}

/* The bytes of a full block to count: as many fours as end with a whole character. */
static size_t whole_fours(const char *block, size_t n)
{
    size_t fours = n / 4 * 4;
    for (int i = 0; i < 4 && cut_off(block, fours) > 0; i++)
        fours -= 4;
    return fours;
}

static hg_status count_all(census *c, int fd, const char *name, hg_err *err)
{
    char *block = malloc(BLOCK);
    uint64_t offset = 0;
    size_t got = BLOCK;
    hg_status st = block ? HG_OK : hg_fail_nomem(err);
    while (st == HG_OK && got == BLOCK) {
        st = hg_file_read_at(fd, name, block, BLOCK, offset, &got, err);
        if (st != HG_OK || got == 0)
            break;
        size_t n = got == BLOCK ? whole_fours(block, got) : got;
        count(c, block, n);
        offset += n;
    }
    free(block);
    return st;
}

/* The bytes of whole lines at a block's front; all of it where it has no line end. */
static size_t whole_lines(const char *block, size_t n)
{
    size_t lines = n;
    while (lines > 0 && block[lines - 1] != '\n' && block[lines - 1] != '\r')
        lines--;
    return lines > 0 ? lines : n;
}

/* Which letters the bytes beyond ASCII are, if those of Vietnamese words. */
static hg_status guess(hg_charset *charset, int fd, const char *name, hg_err *err)
{
    hg_vnguess *guess = malloc(sizeof *guess);
    char *block = malloc(BLOCK);
    hg_vnscore score;
    uint64_t offset = 0;
    size_t got = BLOCK;
    hg_status st = guess && block ? HG_OK : hg_fail_nomem(err);
    if (guess)
        hg_vnguess_init(guess);
    while (st == HG_OK && got == BLOCK && offset < GUESS) {
        st = hg_file_read_at(fd, name, block, BLOCK, offset, &got, err);
        size_t n = got == BLOCK ? whole_lines(block, got) : got;
        if (st == HG_OK && n > 0)
            hg_vnguess_learn_bytes(guess, block, n);
        offset += n;
    }
    charset->legacy = st == HG_OK ? hg_vnguess_file(guess, &score) : HG_VN_UNICODE;
    if (charset->legacy != HG_VN_UNICODE)
        charset->kind = HG_CHARSET_LEGACY;
    if (guess)
        hg_vnguess_release(guess);
    free(guess);
    free(block);
    return st;
}

/* Where NULs stand in a text of mostly ASCII in units of two or four bytes. */
static hg_charset_kind kind_of(const census *c)
{
    uint64_t most = c->n / 4 * 3 / 10; /* three in ten of such places */
    if (c->nul[2] > most && c->nul[3] > most && c->nul[0] < most)
        return HG_CHARSET_UTF32LE;
    if (c->nul[0] > most && c->nul[1] > most && c->nul[3] < most)
        return HG_CHARSET_UTF32BE;
    if (c->nul[1] > most && c->nul[3] > most && c->nul[0] + c->nul[2] < most)
        return HG_CHARSET_UTF16LE;
    if (c->nul[0] > most && c->nul[2] > most && c->nul[1] + c->nul[3] < most)
        return HG_CHARSET_UTF16BE;
    return c->bad > c->letters ? HG_CHARSET_1252 : HG_CHARSET_UTF8;
}

/* One control character in twenty, and more than a few: that is no text. */
static hg_status check_controls(uint64_t controls, uint64_t n, const char *name,
                                hg_err *err)
{
    if (controls > FEW && controls * 20 > n)
        return hg_fail(
            err, HG_EINPUT, HG_AT(name),
            "neither a workbook nor a text: of %zu bytes %zu are control bytes",
            (size_t)n, (size_t)controls);
    return HG_OK;
}

/* Whether a unit of two or four bytes hardly stands in a text: a control character, one
 * of private use, none. Halves of pairs are let be. */
static bool is_odd(uint32_t cp)
{
    return (cp < ' ' && is_control((char)cp)) || (cp >= 0xE000 && cp < 0xF900) ||
           (cp & 0xFFFE) == 0xFFFE || cp > 0x10FFFF;
}

/* The same of a text in units of two or four bytes, looking at its first block. */
static hg_status check_units(const hg_charset *charset, int fd, const char *name,
                             hg_err *err)
{
    unsigned char *block = malloc(BLOCK);
    size_t got = 0, size = unit_size(charset), odd = 0;
    hg_status st = block
                       ? hg_file_read_at(fd, name, block, BLOCK, charset->mark, &got, err)
                       : hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i + size <= got; i += size)
        odd += is_odd(unit_at(charset, block + i));
    free(block);
    return st == HG_OK ? check_controls(odd * size, got, name, err) : st;
}

/* Take the byte order mark, of this kind where one is given. */
static bool take_mark(hg_charset *charset, const char *head, size_t n, bool given)
{
    bool wide =
        charset->kind >= HG_CHARSET_UTF16LE && charset->kind <= HG_CHARSET_UTF32BE;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (n < marks[i].n || memcmp(head, marks[i].bytes, marks[i].n) != 0)
            continue;
        if (given && marks[i].kind != charset->kind &&
            !(wide && marks[i].kind == charset->kind + 1)) /* "utf-16" has either */
            continue;
        charset->kind = marks[i].kind;
        charset->mark = marks[i].n;
        return true;
    }
    return false;
}

hg_status hg_charset_find(hg_charset *charset, int fd, const char *name,
                          const char *given, hg_err *err)
{
    char head[4];
    size_t n;
    census c = { .quick = true };
    *charset = (hg_charset){ 0 };
    hg_status st = given ? hg_charset_named(charset, given, err) : HG_OK;
    if (st == HG_OK)
        st = hg_file_read_at(fd, name, head, sizeof head, 0, &n, err);
    if (st != HG_OK)
        return st;
    bool marked = take_mark(charset, head, n, given != NULL);
    if ((marked || given) && charset->kind != HG_CHARSET_UTF8)
        return unit_size(charset) > 1 ? check_units(charset, fd, name, err) : HG_OK;
    st = count_all(&c, fd, name, err);
    if (st == HG_OK && c.bad > 0) {
        c = (census){ 0 };
        st = count_all(&c, fd, name, err);
    }
    if (!marked && !given) {
        charset->kind = kind_of(&c);
        charset->guessed = charset->kind == HG_CHARSET_1252;
    }
    if (st == HG_OK && unit_size(charset) > 1)
        st = check_units(charset, fd, name, err);
    else if (st == HG_OK)
        st = check_controls(c.controls, c.n < CONTROLS ? c.n : CONTROLS, name, err);
    if (st == HG_OK && charset->guessed)
        st = guess(charset, fd, name, err);
    charset->bad = c.bad;
    charset->nuls = c.nul[0] + c.nul[1] + c.nul[2] + c.nul[3];
    return st;
}

/* ---- converting ---- */

typedef struct conversion {
    const hg_charset *charset;
    hg_vncodec codec; /* of an encoding from before Unicode */
    hg_charset_bad *bad;
    void *user;
    uint64_t offset; /* of the bytes at hand in the file */
    hg_buf out;
} conversion;

/* Convert as many whole characters as there are, and with last the rest; *taken bytes. */
static hg_status convert(conversion *c, const unsigned char *p, size_t n, bool last,
                         size_t *taken, hg_err *err)
{
    size_t size = unit_size(c->charset), i = 0;
    hg_status st = HG_OK;
    for (; st == HG_OK && i + size <= n;) {
        uint32_t cp = unit_at(c->charset, p + i);
        size_t used = size;
        bool pair = size == 2 && cp >= 0xD800 && cp < 0xDC00;
        if (pair && i + 4 > n && !last)
            break;
        uint32_t low = pair && i + 4 <= n ? unit_at(c->charset, p + i + 2) : 0;
        if (low >= 0xDC00 && low < 0xE000) {
            cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
            used = 4;
        }
        bool bad = cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000) || cp == 0;
        bool nul = cp == 0 && p[i] == 0;
        if (bad)
            st = c->bad(c->user, c->offset + i, cp ? cp : p[i], err);
        if (!nul)
            hg_utf8_put(&c->out, bad ? 0xFFFD : (int32_t)cp);
        i += used;
    }
    if (last && i < n && st == HG_OK) {
        st = c->bad(c->user, c->offset + i, p[i], err);
        hg_utf8_put(&c->out, 0xFFFD);
        i = n;
    }
    *taken = i;
    return st == HG_OK ? hg_buf_status(&c->out, err) : st;
}

/* The same of an encoding from before Unicode, whole lines at a time. */
static hg_status convert_legacy(conversion *c, const unsigned char *p, size_t n,
                                bool last, size_t *taken, hg_err *err)
{
    size_t lines = last ? n : whole_lines((const char *)p, n);
    *taken = hg_vncodec_decode(&c->codec, &c->out, p, lines, last || lines < n);
    if (hg_vnlegacy_shares_capitals(c->charset->legacy) && c->out.len > 0)
        hg_vnlegacy_capitals(c->out.data, c->out.len, false);
    return hg_buf_status(&c->out, err);
}

static hg_status convert_all(conversion *c, int fd, const char *name, int out,
                             hg_err *err)
{
    unsigned char *block = malloc(BLOCK);
    size_t got = BLOCK, taken = 0;
    hg_status st = block ? HG_OK : hg_fail_nomem(err);
    while (st == HG_OK && got == BLOCK) {
        st = hg_file_read_at(fd, name, block, BLOCK, c->offset, &got, err);
        bool legacy = c->charset->kind == HG_CHARSET_LEGACY;
        if (st == HG_OK)
            st = (legacy ? convert_legacy : convert)(c, block, got, got < BLOCK, &taken,
                                                     err);
        if (st == HG_OK && c->out.len > 0)
            st = hg_file_write(out, name, c->out.data, c->out.len, err);
        hg_buf_clear(&c->out);
        c->offset += taken;
    }
    free(block);
    return st;
}

hg_status hg_charset_convert(const hg_charset *charset, int fd, const char *name,
                             const char *tmp, hg_charset_bad *bad, void *user, int *out,
                             hg_err *err)
{
    conversion c = { .charset = charset, .bad = bad, .user = user };
    c.offset = charset->mark;
    if (charset->kind == HG_CHARSET_LEGACY)
        hg_vncodec_init(&c.codec, charset->legacy);
    hg_status st = hg_file_unnamed(out, tmp, err);
    if (st != HG_OK)
        return st;
    st = convert_all(&c, fd, name, *out, err);
    hg_buf_release(&c.out);
    if (st != HG_OK) {
        close(*out);
        *out = -1;
    }
    return st;
}
