/* xlsx_strings - the texts that the cells of a workbook share */
#include "format/xlsx_strings.h"
#include "format/xlsx_text.h"

#include <stdlib.h>
#include <string.h>

struct hg_xlsx_strings {
    hg_buf texts;
    uint32_t *ends; /* of each text in texts */
    size_t n, cap;
    hg_xlsx_text text; /* under way */
    hg_loc loc;
};

static hg_status add(hg_xlsx_strings *s, hg_err *err)
{
    if (s->n == HG_XLSX_MAX_STRINGS)
        return hg_fail(err, HG_EINPUT, &s->loc, "more than %zu shared texts",
                       HG_XLSX_MAX_STRINGS);
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 1024;
        uint32_t *ends = realloc(s->ends, cap * sizeof *ends);
        if (!ends)
            return hg_fail_nomem(err);
        s->ends = ends;
        s->cap = cap;
    }
    hg_xlsx_text_finish(&s->text);
    s->ends[s->n++] = (uint32_t)s->texts.len;
    return HG_OK;
}

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    hg_xlsx_strings *s = ctx;
    (void)err;
    if (space == 's' && strcmp(name, "si") == 0)
        hg_xlsx_text_begin(&s->text, &s->texts);
    else if (space == 's')
        hg_xlsx_text_start(&s->text, name, attrs);
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    hg_xlsx_strings *s = ctx;
    if (!s->text.open)
        return HG_OK;
    if (s->texts.len + n > HG_XLSX_MAX_SHARED)
        return hg_fail(err, HG_EINPUT, &s->loc, "more than %zu bytes of shared texts",
                       HG_XLSX_MAX_SHARED);
    return hg_xlsx_text_put(&s->text, text, n, &s->loc, err);
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    hg_xlsx_strings *s = ctx;
    if (space != 's')
        return HG_OK;
    if (strcmp(name, "si") == 0)
        return add(s, err);
    hg_xlsx_text_end(&s->text, name);
    return HG_OK;
}

hg_status hg_xlsx_strings_read(hg_xlsx_strings **out, hg_opc *opc, const char *part,
                               hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_xlsx_strings *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->loc.file = hg_opc_name(opc);
    hg_xlsx_text_begin(&s->text, &s->texts);
    hg_status st = hg_opc_read(opc, part, hg_xlsx_spaces, &events, s, err);
    if (st != HG_OK) {
        hg_xlsx_strings_free(s);
        *out = NULL;
    }
    return st;
}

bool hg_xlsx_strings_at(const hg_xlsx_strings *strings, size_t i, hg_slice *text)
{
    if (!strings || i >= strings->n)
        return false;
    size_t start = i ? strings->ends[i - 1] : 0;
    *text = (hg_slice){ strings->texts.data ? strings->texts.data + start : "",
                        strings->ends[i] - start };
    return true;
}

void hg_xlsx_strings_free(hg_xlsx_strings *strings)
{
    if (!strings)
        return;
    hg_buf_release(&strings->texts);
    free(strings->ends);
    free(strings);
}
