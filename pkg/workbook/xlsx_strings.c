/* xlsx_strings - the texts that the cells of a workbook share
 *
 * Texts are read as plain ones (workbook/xlsx_plain.h) as long as they are, and by expat from
 * the first other one on. */
#include "workbook/xlsx_strings.h"
#include "workbook/xlsx_text.h"
#include "workbook/xlsx_value.h"

#include <string.h>

#define HEAD 4096 /* bytes within which plain texts begin */
#define NULS 4    /* behind the bytes of plain texts */

typedef struct reading {
    hg_shared *shared;
    hg_part *part;
    hg_xlsx_text text; /* under way */
    hg_loc loc;
    bool begun; /* within <sst> */
    hg_xlsx_plain plain;
    hg_buf head;
    hg_buf bytes; /* fetched and not read */
} reading;

static hg_status on_start(void *ctx, char space, const char *name,
                          const hg_xml_attrs *attrs, hg_err *err)
{
    reading *s = ctx;
    s->begun = space == 's' && strcmp(name, "sst") == 0;
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

/* ---- plain texts ---- */

/* Read a plain text, whole or not at all. */
static hg_xlsx_token plain_text(reading *s, const char **p, const char *end, hg_err *err)
{
    hg_xlsx_item item;
    const char *from = *p;
    hg_xlsx_token token = hg_xlsx_plain_text(&s->plain, p, end, &item);
    if (token != HG_XLSX_CELL)
        return token;
    if (hg_xlsx_value_put(hg_shared_text(s->shared), &item))
        return hg_shared_end(s->shared, &s->loc, err) == HG_OK ? token : HG_XLSX_UNUSUAL;
    hg_buf_clear(hg_shared_text(s->shared));
    *p = from;
    return HG_XLSX_UNUSUAL;
}

/* Read the texts fetched as long as they are plain; false: XML has to go on. */
static bool plain_texts(reading *s, hg_err *err)
{
    hg_buf *bytes = &s->bytes;
    if (!hg_buf_reserve(bytes, NULS))
        return false;
    memset(bytes->data + bytes->len, 0, NULS);
    const char *p = bytes->data, *end = p + bytes->len;
    hg_xlsx_token token;
    do
        token = plain_text(s, &p, end, err);
    while (token == HG_XLSX_CELL);
    size_t used = (size_t)(p - bytes->data);
    hg_part_pass(s->part, (hg_slice){ bytes->data, used });
    memmove(bytes->data, p, bytes->len - used);
    bytes->len -= used;
    return token == HG_XLSX_MORE && bytes->len <= HG_XLSX_PLAIN_ROW;
}

/* Have XML read what stands before the texts; false: it has to go on. */
static bool begin_plain(reading *s, hg_err *err)
{
    hg_slice bytes = { s->bytes.data, s->bytes.len };
    size_t n = hg_xlsx_plain_find_texts(bytes);
    hg_buf_put(&s->head, bytes.p, n);
    hg_slice head = { s->head.data, n };
    if (n == 0 || n > HEAD || s->head.status != HG_OK ||
        !hg_xlsx_plain_begin_texts(&s->plain, head))
        return false;
    memmove(s->bytes.data, bytes.p + n, bytes.n - n);
    s->bytes.len -= n;
    return hg_part_feed(s->part, head, false, err) == HG_OK && s->begun;
}

/* Read plain texts; what is fetched behind them is left in s->bytes. */
static hg_status read_plain(reading *s, hg_err *err)
{
    hg_slice piece;
    hg_status st;
    for (bool begun = false; (st = hg_part_fetch(s->part, &piece, err)) == HG_OK;) {
        hg_buf_put(&s->bytes, piece.p, piece.n);
        if ((st = hg_buf_status(&s->bytes, err)) != HG_OK)
            return st;
        begun = begun || begin_plain(s, err);
        if (!begun || !plain_texts(s, err) || err->status != HG_OK)
            return err->status;
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status read_texts(reading *s, hg_err *err)
{
    hg_status st = read_plain(s, err);
    if (st == HG_OK && s->bytes.len > 0)
        st = hg_part_feed(s->part, (hg_slice){ s->bytes.data, s->bytes.len }, false, err);
    while (st == HG_OK)
        st = hg_part_step(s->part, err);
    return st == HG_END ? HG_OK : st;
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
    st = hg_part_open(&s.part, opc, part, hg_xlsx_spaces, &events, &s, &s.loc, err);
    if (st == HG_OK)
        st = read_texts(&s, err);
    hg_part_free(s.part);
    hg_buf_release(&s.head);
    hg_buf_release(&s.bytes);
    if (st != HG_OK) {
        hg_shared_free(*out);
        *out = NULL;
    }
    return st;
}
