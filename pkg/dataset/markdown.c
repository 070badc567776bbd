/* markdown - text as Markdown shows it literally */
#include "dataset/markdown.h"

#include <string.h>

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

void hg_markdown_text(hg_buf *buf, hg_slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool inside =
            i > 0 && i + 1 < text.n && is_word(text.p[i - 1]) && is_word(text.p[i + 1]);
        if (memchr("\\`*[]<>|", c, 8) || (c == '_' && !inside))
            hg_buf_putc(buf, '\\');
        hg_buf_putc(buf, c == '\n' || c == '\r' ? ' ' : c);
    }
}
