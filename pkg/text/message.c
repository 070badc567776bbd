/* message - every sentence a person reads, in English and Vietnamese */
#include "text/message.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The catalogue, a file per room: T("English", "tiếng Việt"). */
static const struct {
    const char *en, *vi;
} catalogue[] = {
#define T(en, vi) { en, vi },
#include "text/vi/base.def"
#include "text/vi/cells.def"
#include "text/vi/check.def"
#include "text/vi/cli.def"
#include "text/vi/csvw.def"
#include "text/vi/formats.def"
#include "text/vi/jsonschema.def"
#include "text/vi/package.def"
#include "text/vi/publish.def"
#include "text/vi/recipe.def"
#include "text/vi/report.def"
#include "text/vi/stream.def"
#include "text/vi/texts.def"
#include "text/vi/verdict.def"
#undef T
};

const char *hg_text(const char *english, hg_lang lang)
{
    for (size_t i = 0; lang == HG_VI && i < sizeof catalogue / sizeof *catalogue; i++)
        if (strcmp(catalogue[i].en, english) == 0)
            return catalogue[i].vi;
    return english;
}

/* The k-th of the texts in args, from 0; "" beyond the last. */
static const char *argument(const char *args, size_t size, size_t k)
{
    const char *p = args, *end = args + size;
    while (k > 0 && p < end) {
        p += strnlen(p, (size_t)(end - p)) + 1;
        k--;
    }
    return p < end ? p : "";
}

void hg_text_args(hg_buf *buf, const char *format, hg_lang lang, const char *args,
                  size_t size)
{
    size_t next = 0;
    for (const char *p = hg_text(format, lang); *p != '\0';) {
        size_t plain = strcspn(p, "%");
        hg_buf_put(buf, p, plain);
        p += plain;
        if (*p == '\0')
            break;
        if (p[1] == '%') {
            hg_buf_putc(buf, '%');
            p += 2;
            continue;
        }
        size_t k = next++;
        if (p[1] >= '1' && p[1] <= '9' && p[2] == '$')
            k = (size_t)(p[1] - '1');
        const char *value = argument(args, size, k);
        hg_text_safe(buf, value, strnlen(value, size));
        p += strcspn(p, "scduxX") + 1;
    }
}

/* Control characters, and those that turn or break a line: U+202A to U+202E and U+2066 to
 * U+2069 change the order in which what follows is shown. */
static bool is_unsafe(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x2028 && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

void hg_text_safe(hg_buf *buf, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n;) {
        int32_t cp;
        size_t len = hg_utf8_next(bytes + i, n - i, &cp);
        bool invalid = cp == 0xFFFD && len == 1;
        if (invalid || is_unsafe(cp))
            for (size_t k = 0; k < len; k++)
                hg_buf_printf(buf, "\\x%02X", (unsigned)(unsigned char)bytes[i + k]);
        else
            hg_buf_put(buf, bytes + i, len);
        i += len;
    }
}

void hg_text_letters(char *out, uint32_t col)
{
    char letters[8];
    size_t n = 0;
    for (uint32_t c = col; c > 0; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[n - 1 - i];
    out[n] = '\0';
}

void hg_text_a1(char *out, uint64_t row, uint32_t col)
{
    out[0] = '\0';
    if (row == 0 || col == 0)
        return;
    hg_text_letters(out, col);
    size_t n = strlen(out);
    snprintf(out + n, 24 - n, "%" PRIu64, row);
}

void hg_text_place(hg_buf *buf, const hg_loc *loc)
{
    char a1[24];
    bool file = loc->file && *loc->file;
    if (file)
        hg_text_safe(buf, loc->file, strlen(loc->file));
    if (loc->sheet) {
        hg_text_a1(a1, loc->row, loc->col);
        if (*loc->sheet) {
            hg_buf_putc(buf, '!');
            hg_text_safe(buf, loc->sheet, strlen(loc->sheet));
        }
        if (*a1)
            hg_buf_printf(buf, "!%s", a1);
        else if (loc->row > 0)
            hg_buf_printf(buf, "!%" PRIu64, loc->row);
    } else if (loc->row > 0) {
        hg_buf_printf(buf, file ? ":%" PRIu64 : "%" PRIu64, loc->row);
        if (loc->col > 0)
            hg_buf_printf(buf, ":%" PRIu32, loc->col);
    }
    if (loc->field && *loc->field) {
        hg_buf_puts(buf, " [");
        hg_text_safe(buf, loc->field, strlen(loc->field));
        hg_buf_putc(buf, ']');
    }
}

void hg_text_err(hg_buf *buf, const hg_err *err, hg_lang lang)
{
    hg_loc loc = { .file = err->file,
                   .sheet = err->grid ? err->sheet : NULL,
                   .field = err->field,
                   .row = err->row,
                   .col = err->col };
    size_t before = buf->len;
    hg_text_place(buf, &loc);
    if (buf->len > before)
        hg_buf_puts(buf, ": ");
    hg_text_args(buf, err->format, lang, err->args, sizeof err->args);
    if (err->sys != 0)
        hg_buf_printf(buf, ": %s", strerror(err->sys));
}

unsigned hg_text_distance(const char *a, const char *b)
{
    enum { MAX = 64 };
    unsigned char row[3][MAX + 1];
    size_t n = strlen(a), m = strlen(b);
    if (n > MAX || m > MAX)
        return MAX;
    for (size_t j = 0; j <= m; j++)
        row[1][j] = (unsigned char)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned char *before = row[(i - 1) % 3], *last = row[i % 3],
                      *now = row[(i + 1) % 3];
        now[0] = (unsigned char)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = last[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u);
            if (last[j] + 1u < best)
                best = last[j] + 1u;
            if (now[j - 1] + 1u < best)
                best = now[j - 1] + 1u;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1u < best)
                best = before[j - 2] + 1u;
            now[j] = (unsigned char)best;
        }
    }
    return row[(n + 1) % 3][m];
}
