/* jsonl - rows as JSON Lines */
#include "format/jsonl.h"

#include <string.h>

static void put_text(hg_buf *buf, const char *p, size_t n)
{
    hg_buf_putc(buf, '"');
    for (size_t i = 0; i < n;) {
        size_t plain = i;
        while (plain < n && (unsigned char)p[plain] >= 0x20 && p[plain] != '"' &&
               p[plain] != '\\')
            plain++;
        hg_buf_put(buf, p + i, plain - i);
        if (plain < n && (p[plain] == '"' || p[plain] == '\\'))
            hg_buf_printf(buf, "\\%c", p[plain]);
        else if (plain < n)
            hg_buf_printf(buf, "\\u%04X", (unsigned)(unsigned char)p[plain]);
        i = plain + 1;
    }
    hg_buf_putc(buf, '"');
}

static size_t digits(hg_slice s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9')
        n++;
    return n;
}

/* RFC 8259, section 6. */
static bool is_number(hg_slice s)
{
    size_t i = s.n > 0 && s.p[0] == '-', n = digits(s, i);
    if (n == 0 || (n > 1 && s.p[i] == '0'))
        return false;
    i += n;
    if (i < s.n && s.p[i] == '.') {
        n = digits(s, i + 1);
        if (n == 0)
            return false;
        i += n + 1;
    }
    if (i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        i += i < s.n && (s.p[i] == '+' || s.p[i] == '-');
        n = digits(s, i);
        if (n == 0)
            return false;
        i += n;
    }
    return i == s.n;
}

void hg_jsonl_put(hg_buf *buf, const char *const *names, size_t n_names,
                  const hg_slice *cells, size_t n, size_t number)
{
    for (size_t i = 0; i < n; i++) {
        hg_buf_putc(buf, i == 0 ? '{' : ',');
        if (i < n_names)
            put_text(buf, names[i], strlen(names[i]));
        else
            hg_buf_printf(buf, "\"column%zu\"", i + 1);
        hg_buf_putc(buf, ':');
        if (i == number && cells[i].n == 0)
            hg_buf_puts(buf, "null");
        else if (i == number && is_number(cells[i]))
            hg_buf_put(buf, cells[i].p, cells[i].n);
        else
            put_text(buf, cells[i].p, cells[i].n);
    }
    hg_buf_puts(buf, n == 0 ? "{}\n" : "}\n");
}
