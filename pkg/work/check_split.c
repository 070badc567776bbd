/* check_split - rows of a table that are not valid, split off into a file */
#include "work/check_split.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/scratch.h"
#include "delimited/csv.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WRITE ((size_t)256 << 10) /* bytes given to write(2) at a time */

/* A part, and where its bytes are. */
typedef struct kept {
    hg_part part;
    char *sheet;
    uint64_t at;
} kept;

/* Why a row is not valid: a code and a message, packed, on disk. */
typedef struct reason {
    uint64_t row, at;
} reason;

struct hg_split {
    int fd;
    const char *name;
    hg_lang lang;
    hg_budget *budget;
    hg_scratch rows, texts;
    kept *parts;
    size_t n_parts;
    reason *reasons;
    size_t n, cap, next;
    hg_buf text, codes, bytes, pending; /* pending: for fd */
    hg_csv csv;
    uint64_t off; /* rows split off */
};

/* ---- taking ---- */

hg_status hg_split_part(hg_split *s, const hg_part *part, hg_err *err)
{
    kept *parts = realloc(s->parts, (s->n_parts + 1) * sizeof *parts);
    if (!parts)
        return hg_fail_nomem(err);
    s->parts = parts;
    kept k = { .part = *part, .at = s->rows.size };
    k.sheet = part->at.sheet ? strdup(part->at.sheet) : NULL;
    if (part->at.sheet && !k.sheet)
        return hg_fail_nomem(err);
    k.part.at.sheet = k.sheet;
    parts[s->n_parts++] = k;
    s->rows.tmp = s->budget->tmp;
    return hg_scratch_put(&s->rows, part->bytes.p, part->bytes.n, err);
}

static hg_status add_reason(hg_split *s, uint64_t row, hg_err *err)
{
    if (s->n == s->cap) {
        size_t more = s->cap / 2 + 64;
        hg_status st = hg_budget_take(s->budget, more * sizeof *s->reasons, err);
        reason *reasons = st == HG_OK
                              ? realloc(s->reasons, (s->cap + more) * sizeof *reasons)
                              : NULL;
        if (!reasons)
            return st == HG_OK ? hg_fail_nomem(err) : st;
        s->reasons = reasons;
        s->cap += more;
    }
    s->reasons[s->n++] = (reason){ row, s->texts.size + s->pending.len };
    return HG_OK;
}

static hg_status flush_texts(hg_split *s, hg_err *err)
{
    hg_status st = hg_buf_status(&s->pending, err);
    s->texts.tmp = s->budget->tmp;
    if (st == HG_OK)
        st = hg_scratch_put(&s->texts, s->pending.data, s->pending.len, err);
    hg_buf_clear(&s->pending);
    return st;
}

hg_status hg_split_reason(hg_split *s, const hg_finding *f, hg_err *err)
{
    if (f->row_number == 0 || f->severity != HG_ERROR)
        return HG_OK;
    hg_status st = add_reason(s, f->row_number, err);
    hg_buf_clear(&s->text);
    hg_text_args(&s->text, f->message, s->lang, f->args, f->args_len);
    hg_pack_text(&s->pending, hg_slice_of(f->code));
    hg_pack_text(&s->pending, (hg_slice){ s->text.data, s->text.len });
    if (st == HG_OK && s->pending.len >= WRITE)
        st = flush_texts(s, err);
    return st;
}

/* ---- giving ---- */

static int by_row(const void *a, const void *b)
{
    const reason *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static hg_status flush_rows(hg_split *s, hg_err *err)
{
    hg_status st = hg_buf_status(&s->pending, err);
    if (st == HG_OK)
        st = hg_file_write(s->fd, s->name, s->pending.data, s->pending.len, err);
    hg_buf_clear(&s->pending);
    return st;
}

/* Append the code and the message of a reason to those of its row. */
static hg_status put_reason(hg_split *s, const reason *r, hg_err *err)
{
    char bytes[2048];
    size_t left = (size_t)(s->texts.size - r->at);
    hg_slice rest = { bytes, left < sizeof bytes ? left : sizeof bytes };
    hg_status st = hg_scratch_read(&s->texts, r->at, bytes, rest.n, err);
    if (st != HG_OK)
        return st;
    hg_slice code = hg_unpack_text(&rest), message = hg_unpack_text(&rest);
    hg_buf_puts(&s->codes, s->codes.len > 0 ? "; " : "");
    hg_buf_put(&s->codes, code.p, code.n);
    hg_buf_puts(&s->text, s->text.len > 0 ? "; " : "");
    hg_buf_put(&s->text, message.p, message.n);
    return HG_OK;
}

static hg_status put_off(hg_split *s, const hg_row *row, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    hg_buf_clear(&s->codes);
    hg_buf_clear(&s->text);
    for (; st == HG_OK && s->next < s->n && s->reasons[s->next].row == number; s->next++)
        st = put_reason(s, &s->reasons[s->next], err);
    hg_buf_printf(&s->pending, "%" PRIu64, number);
    hg_csv_put(&s->pending, (hg_slice){ s->codes.data, s->codes.len }, false);
    hg_csv_put(&s->pending, (hg_slice){ s->text.data, s->text.len }, false);
    hg_buf_putc(&s->pending, ',');
    hg_buf_put(&s->pending, row->raw.p, row->raw.n);
    s->off++;
    return st == HG_OK && s->pending.len >= WRITE ? flush_rows(s, err) : st;
}

/* Rows that go on, one after the other: those from p on, of which the first is number. */
typedef struct run {
    const char *p;
    uint64_t number, records;
    bool header;
} run;

static hg_status pass_on(const hg_part *part, run *r, const char *end, hg_out *out,
                         hg_err *err)
{
    hg_part some = *part;
    uint64_t first = part->number + (part->header ? 1 : 0);
    if (!out || r->records == 0)
        return HG_OK;
    some.bytes = (hg_slice){ r->p, (size_t)(end - r->p) };
    some.records = r->records;
    some.of = NULL;
    some.header = r->header;
    if (!part->located && part->at.row > 0 && !r->header)
        some.at.row += r->number - first;
    return hg_out_part(out, &some, err);
}

static hg_status split_part(hg_split *s, const kept *k, hg_out *out, hg_err *err)
{
    hg_part part = k->part;
    hg_row row;
    hg_buf_clear(&s->bytes);
    char *to = hg_buf_reserve(&s->bytes, part.bytes.n);
    hg_status st = to ? hg_scratch_read(&s->rows, k->at, to, part.bytes.n, err)
                      : hg_buf_status(&s->bytes, err);
    run r = { to, part.number, 0, part.header };
    if (st != HG_OK)
        return st;
    hg_csv_init(&s->csv, to, part.bytes.n, part.number - 1, 0);
    while (st == HG_OK && (st = hg_csv_next(&s->csv, &row, err)) == HG_OK) {
        bool header = part.header && row.number == part.number;
        if (header) {
            hg_buf_puts(&s->pending, "_row,_codes,_messages,");
            hg_buf_put(&s->pending, row.raw.p, row.raw.n);
        }
        if (header || s->next == s->n || s->reasons[s->next].row != row.number) {
            r.records++;
            continue;
        }
        st = pass_on(&part, &r, row.raw.p, out, err);
        if (st == HG_OK)
            st = put_off(s, &row, row.number, err);
        r = (run){ row.raw.p + row.raw.n, row.number + 1, 0, false };
    }
    return st == HG_END ? pass_on(&part, &r, to + part.bytes.n, out, err) : st;
}

hg_status hg_split_end(hg_split *s, hg_out *out, uint64_t *n, hg_err *err)
{
    hg_status st = flush_texts(s, err);
    if (s->n > 0)
        qsort(s->reasons, s->n, sizeof *s->reasons, by_row);
    for (size_t i = 0; st == HG_OK && i < s->n_parts; i++)
        st = split_part(s, &s->parts[i], out, err);
    *n = s->off;
    return st == HG_OK ? flush_rows(s, err) : st;
}

/* ---- all of it ---- */

hg_status hg_split_new(hg_split **out, int fd, const char *name, hg_lang lang,
                       hg_budget *budget, hg_err *err)
{
    hg_split *s = *out = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    s->fd = fd;
    s->name = name;
    s->lang = lang;
    s->budget = budget;
    return HG_OK;
}

void hg_split_free(hg_split *s)
{
    if (!s)
        return;
    s->budget->used -= s->cap * sizeof *s->reasons;
    for (size_t i = 0; i < s->n_parts; i++)
        free(s->parts[i].sheet);
    free(s->parts);
    free(s->reasons);
    hg_scratch_release(&s->rows);
    hg_scratch_release(&s->texts);
    hg_buf_release(&s->text);
    hg_buf_release(&s->codes);
    hg_buf_release(&s->bytes);
    hg_buf_release(&s->pending);
    hg_csv_release(&s->csv);
    free(s);
}
