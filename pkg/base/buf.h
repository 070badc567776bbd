/* buf.h - bytes that grow up to a stated limit. */
#ifndef HG_BASE_BUF_H
#define HG_BASE_BUF_H

#include "base/err.h"

/* A borrowed run of bytes, not closed by a NUL. */
typedef struct hg_slice {
    const char *p;
    size_t n;
} hg_slice;

#define HG_SLICE(literal) ((hg_slice){ literal, sizeof literal - 1 })
hg_slice
hg_slice_of(const char *text); /* the whole of text, without its NUL; NULL: empty */
bool hg_slice_eq(hg_slice a, hg_slice b);
bool hg_slice_is(hg_slice a, const char *text);
bool hg_slice_has(hg_slice a, const char *text); /* somewhere in it */

/*
 * A growing buffer. Failing is sticky: after memory runs out or len would pass max, every
 * later call does nothing, and hg_buf_status() tells at the end; so a writer of many
 * small pieces checks once. data is closed by a NUL that len does not count; NULL while
 * empty.
 */
typedef struct hg_buf {
    char *data;
    size_t len, cap;
    size_t max; /* bytes; 0 stands for HG_BUF_MAX */
    hg_status status;
} hg_buf;

#define HG_BUF_MAX ((size_t)1 << 28)

void hg_buf_put(hg_buf *buf, const void *bytes, size_t n);
void hg_buf_puts(hg_buf *buf, const char *text); /* NULL puts nothing */
void hg_buf_putc(hg_buf *buf, char c);
void hg_buf_printf(hg_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void hg_buf_clear(hg_buf *buf); /* empty and usable again; keeps the memory */
void hg_buf_release(hg_buf *buf);
char *hg_buf_reserve(hg_buf *buf,
                     size_t n); /* room for n more bytes, or NULL; then add to len */

/* HG_OK, or the first failure: HG_ENOMEM, or HG_EINPUT for a text over max. */
hg_status hg_buf_status(const hg_buf *buf, hg_err *err);

#endif
