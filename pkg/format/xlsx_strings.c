/* xlsx_strings - the texts that the cells of a workbook share */
#include "format/xlsx_strings.h"
#include "format/xlsx_text.h"

#include <string.h>

typedef struct reading {
    hg_shared *shared;
    hg_xlsx_text text; /* under way */
    hg_loc loc;
} reading;

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    reading *s = ctx;
    if (space == 's' && strcmp(name, "si") == 0)
        hg_xlsx_text_begin(&s->text, hg_shared_text(s->shared),
                           hg_shared_runs(s->shared));
    else if (space == 's')
        return hg_xlsx_text_start(&s->text, name, attrs, &s->loc, err);
    return HG_OK;
}

static hg_status on_text(void *ctx, const char *text, size_t n, hg_err *err)
{
    reading *s = ctx;
    return s->text.open ? hg_xlsx_text_put(&s->text, text, n, &s->loc, err) : HG_OK;
}

static hg_status on_end(void *ctx, char space, const char *name, hg_err *err)
{
    reading *s = ctx;
    if (space != 's')
        return HG_OK;
    if (strcmp(name, "si") == 0) {
        hg_xlsx_text_finish(&s->text);
        return hg_shared_end(s->shared, &s->loc, err);
    }
    hg_xlsx_text_end(&s->text, name);
    return HG_OK;
}

hg_status hg_xlsx_strings_read(hg_shared **out, hg_opc *opc, const char *part,
                               const char *tmp, hg_err *err)
{
    static const hg_xml_events events = { on_start, on_end, on_text };
    hg_status st = hg_shared_new(out, tmp, err);
    if (st != HG_OK)
        return st;
    reading s = { .shared = *out, .loc = { .file = hg_opc_name(opc) } };
    hg_xlsx_text_begin(&s.text, hg_shared_text(s.shared), hg_shared_runs(s.shared));
    st = hg_opc_read(opc, part, hg_xlsx_spaces, &events, &s, err);
    if (st != HG_OK) {
        hg_shared_free(*out);
        *out = NULL;
    }
    return st;
}
