/* named - what a workbook gives names to */
#include "workbook/named.h"

#include <stdlib.h>
#include <string.h>

hg_status hg_named_add(hg_named *named, const char *name, const char *refers_to,
                       const hg_loc *loc, hg_err *err)
{
    if (named->n == HG_NAMED_MAX)
        return hg_fail(err, HG_EINPUT, loc, "more than %u defined names", HG_NAMED_MAX);
    if (named->n == named->cap) {
        size_t cap = named->cap ? named->cap * 2 : 16;
        hg_defined_name *list = realloc(named->list, cap * sizeof *list);
        if (!list)
            return hg_fail_nomem(err);
        named->list = list;
        named->cap = cap;
    }
    char *copy = strdup(name);
    if (!copy)
        return hg_fail_nomem(err);
    named->list[named->n++] = (hg_defined_name){ .name = copy };
    return refers_to ? hg_named_refer(named, refers_to, err) : HG_OK;
}

hg_status hg_named_refer(hg_named *named, const char *refers_to, hg_err *err)
{
    hg_defined_name *last = &named->list[named->n - 1];
    last->refers_to = strdup(refers_to);
    return last->refers_to ? HG_OK : hg_fail_nomem(err);
}

void hg_named_sheet(hg_buf *to, const char *sheet)
{
    bool word = (*sheet | 0x20) >= 'a' && (*sheet | 0x20) <= 'z';
    for (const char *p = sheet; *p; p++)
        word = word && (*p == '_' || (*p >= '0' && *p <= '9') ||
                        ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'));
    hg_buf_puts(to, word ? "" : "'");
    for (const char *p = sheet; *p; p++) {
        hg_buf_puts(to, *p == '\'' ? "'" : "");
        hg_buf_putc(to, *p);
    }
    hg_buf_puts(to, word ? "!" : "'!");
}

void hg_named_release(hg_named *named)
{
    for (size_t i = 0; i < named->n; i++) {
        free((char *)named->list[i].name);
        free((char *)named->list[i].refers_to);
    }
    free(named->list);
    *named = (hg_named){ 0 };
}
