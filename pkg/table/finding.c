/* finding - a failure told as a finding */
#include "table/finding.h"

#include <string.h>

/* The bytes of a format's arguments, which are closed by a NUL each. */
static size_t args_of(const hg_err *why)
{
    size_t n = 0;
    for (const char *p = why->format; (p = strchr(p, '%')); p += 1 + (p[1] == '%'))
        n += p[1] == '%' ? 0 : strlen(why->args + n) + 1;
    return n;
}

hg_excerpt hg_excerpt_of(hg_slice text)
{
    hg_excerpt e;
    hg_args(e.bytes, sizeof e.bytes, "%.*s", (int)(text.n < 200 ? text.n : 200),
            text.n > 0 ? text.p : "");
    return e;
}

void hg_finding_from(hg_finding *f, const hg_err *why)
{
    if (why->file[0] != '\0')
        f->file = why->file;
    f->row = why->row;
    f->col = why->col;
    f->message = why->format;
    f->args_len = args_of(why);
    if (f->args_len > sizeof f->args)
        f->args_len = sizeof f->args;
    memcpy(f->args, why->args, f->args_len);
    f->args[f->args_len > 0 ? f->args_len - 1 : 0] = '\0';
}
