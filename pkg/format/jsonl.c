/* jsonl - rows as JSON Lines */
#include "format/jsonl.h"
#include "table/plain.h"

#include <string.h>

void hg_jsonl_text(hg_buf *buf, hg_slice text)
{
    const char *p = text.p;
    size_t n = text.n;
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

void hg_jsonl_put(hg_buf *buf, const char *const *names, size_t n_names,
                  const hg_slice *cells, size_t n, size_t number)
{
    for (size_t i = 0; i < n; i++) {
        hg_buf_putc(buf, i == 0 ? '{' : ',');
        if (i < n_names)
            hg_jsonl_text(buf, hg_slice_of(names[i]));
        else
            hg_buf_printf(buf, "\"column%zu\"", i + 1);
        hg_buf_putc(buf, ':');
        if (i == number && cells[i].n == 0)
            hg_buf_puts(buf, "null");
        else if (i == number && hg_plain_is_number(cells[i]))
            hg_buf_put(buf, cells[i].p, cells[i].n);
        else
            hg_jsonl_text(buf, cells[i]);
    }
    hg_buf_puts(buf, n == 0 ? "{}\n" : "}\n");
}
