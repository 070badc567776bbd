/* err - what went wrong, and where */
#include "base/err.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Drop the UTF-8 character that ends text and was cut in two, if there is one. */
static void drop_half(char *text)
{
    size_t n = strlen(text), start = n;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (n - start + 1 < want)
        text[start - 1] = '\0';
}

static void copy(char *to, size_t size, const char *from)
{
    if (snprintf(to, size, "%s", from ? from : "") >= (int)size)
        drop_half(to);
}

/* Print one conversion, given as spec, with the next argument; returns vsnprintf's value.
 */
static int convert(char *to, size_t size, const char *spec, va_list *ap)
{
    const char *type = spec + strspn(spec, "%-0123456789");
    if (strcmp(type, ".*s") == 0) {
        int n = va_arg(*ap, int);
        return snprintf(to, size, "%.*s", n, va_arg(*ap, const char *));
    }
    switch (spec[strlen(spec) - 1]) {
    case 's': return snprintf(to, size, "%s", va_arg(*ap, const char *));
    case 'c': return snprintf(to, size, "%c", va_arg(*ap, int));
    case 'd':
        return strchr(type, 'l') ? snprintf(to, size, "%ld", va_arg(*ap, long))
                                 : snprintf(to, size, "%d", va_arg(*ap, int));
    default:
        if (strchr(type, 'z'))
            return snprintf(to, size, "%zu", va_arg(*ap, size_t));
        if (strchr(type, 'l'))
            return snprintf(to, size, "%lu", va_arg(*ap, unsigned long));
        return snprintf(to, size, spec, va_arg(*ap, unsigned));
    }
}

static size_t vargs(char *args, size_t size, const char *format, va_list *ap)
{
    size_t used = 0;
    memset(args, 0, size);
    for (const char *p = format; (p = strchr(p, '%')) && used + 1 < size;) {
        if (p[1] == '%') {
            p += 2;
            continue;
        }
        char spec[16];
        size_t n = strcspn(p, "scduxX") + 1;
        assert(n < sizeof spec);
        memcpy(spec, p, n);
        spec[n] = '\0';
        if (convert(args + used, size - used, spec, ap) >= (int)(size - used))
            drop_half(args + used);
        used += strlen(args + used) + 1;
        p += n;
    }
    return used < size ? used : size;
}

size_t hg_vargs(char *args, size_t size, const char *format, va_list ap)
{
    va_list copied;
    va_copy(copied, ap); /* its own type where va_list is an array */
    size_t n = vargs(args, size, format, &copied);
    va_end(copied);
    return n;
}

size_t hg_args(char *args, size_t size, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    size_t n = hg_vargs(args, size, format, ap);
    va_end(ap);
    return n;
}

static void place(hg_err *err, const hg_loc *loc)
{
    if (!loc)
        return;
    copy(err->file, sizeof err->file, loc->file);
    copy(err->sheet, sizeof err->sheet, loc->sheet);
    copy(err->field, sizeof err->field, loc->field);
    err->grid = loc->sheet != NULL;
    err->row = loc->row;
    err->col = loc->col;
}

hg_status hg_vfail(hg_err *err, hg_status status, const hg_loc *loc, const char *format,
                   va_list ap)
{
    assert(status > HG_END);
    if (err->status != HG_OK)
        return status;
    err->status = status;
    err->format = format;
    hg_vargs(err->args, sizeof err->args, format, ap);
    place(err, loc);
    return status;
}

hg_status hg_fail_args(hg_err *err, hg_status status, const hg_loc *loc,
                       const char *format, const char *args, size_t n)
{
    if (err->status != HG_OK)
        return status;
    err->status = status;
    err->format = format;
    memset(err->args, 0, sizeof err->args);
    memcpy(err->args, args, n < sizeof err->args ? n : sizeof err->args - 1);
    place(err, loc);
    return status;
}

hg_status hg_fail(hg_err *err, hg_status status, const hg_loc *loc, const char *format,
                  ...)
{
    va_list ap;
    va_start(ap, format);
    hg_vfail(err, status, loc, format, ap);
    va_end(ap);
    return status;
}

hg_status hg_fail_sys(hg_err *err, const hg_loc *loc, const char *format, ...)
{
    int sys = errno;
    hg_status status = sys == ENOMEM ? HG_ENOMEM : HG_ESYS;
    va_list ap;
    if (err->status == HG_OK)
        err->sys = sys;
    va_start(ap, format);
    hg_vfail(err, status, loc, format, ap);
    va_end(ap);
    return status;
}

hg_status hg_fail_nomem(hg_err *err)
{
    return hg_fail(err, HG_ENOMEM, NULL, "out of memory");
}
