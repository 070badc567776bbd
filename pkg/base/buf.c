/* buf - bytes that grow up to a stated limit */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

hg_slice hg_slice_of(const char *text)
{
    return (hg_slice){ text ? text : "", text ? strlen(text) : 0 };
}

bool hg_slice_eq(hg_slice a, hg_slice b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool hg_slice_is(hg_slice a, const char *text)
{
    return hg_slice_eq(a, hg_slice_of(text));
}

bool hg_slice_has(hg_slice a, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i + n <= a.n; i++)
        if (memcmp(a.p + i, text, n) == 0)
            return true;
    return false;
}

char *hg_buf_reserve(hg_buf *buf, size_t n)
{
    size_t max = buf->max ? buf->max : HG_BUF_MAX;
    if (buf->status != HG_OK)
        return NULL;
    if (n > max || buf->len > max - n) {
        buf->status = HG_EINPUT;
        return NULL;
    }
    if (buf->len + n + 1 > buf->cap) {
        size_t cap = buf->cap ? buf->cap : 128;
        while (cap < buf->len + n + 1)
            cap *= 2;
        char *data = realloc(buf->data, cap);
        if (!data) {
            buf->status = HG_ENOMEM;
            return NULL;
        }
        buf->data = data;
        buf->cap = cap;
    }
    return buf->data + buf->len;
}

void hg_buf_put(hg_buf *buf, const void *bytes, size_t n)
{
    char *to = hg_buf_reserve(buf, n);
    if (!to)
        return;
    if (n > 0)
        memcpy(to, bytes, n);
    buf->len += n;
    buf->data[buf->len] = '\0';
}

void hg_buf_puts(hg_buf *buf, const char *text)
{
    if (text)
        hg_buf_put(buf, text, strlen(text));
}

void hg_buf_putc(hg_buf *buf, char c)
{
    hg_buf_put(buf, &c, 1);
}

void hg_buf_printf(hg_buf *buf, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    char *to = n < 0 ? NULL : hg_buf_reserve(buf, (size_t)n);
    if (!to)
        return;
    va_start(ap, format);
    vsnprintf(to, (size_t)n + 1, format, ap);
    va_end(ap);
    buf->len += (size_t)n;
}

void hg_buf_clear(hg_buf *buf)
{
    buf->len = 0;
    buf->status = HG_OK;
    if (buf->data)
        buf->data[0] = '\0';
}

void hg_buf_release(hg_buf *buf)
{
    free(buf->data);
    *buf = (hg_buf){ .max = buf->max };
}

hg_status hg_buf_status(const hg_buf *buf, hg_err *err)
{
    if (buf->status == HG_ENOMEM)
        return hg_fail_nomem(err);
    if (buf->status != HG_OK)
        return hg_fail(err, buf->status, NULL,
                       "a text is longer than the limit of %zu bytes",
                       buf->max ? buf->max : HG_BUF_MAX);
    return HG_OK;
}
