/* textfile_regular - texts that are regular all through, and their blocks */
#include "base/file.h"
#include "format/survey.h"
#include "format/textfile_parts.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BLOCK ((size_t)256 << 10) /* bytes read at once */
#define CUT   ((size_t)1 << 20)   /* bytes of a block that is passed on, or a few more */

/* ---- looking ---- */

typedef struct looking {
    hg_textfile *text;
    hg_survey survey;
    bool regular;  /* so far */
    char *bytes;   /* 2 * BLOCK */
    size_t n;      /* of them that wait to be looked at */
    size_t valid;  /* of those: known to be whole characters in NFC */
    uint64_t from; /* the offset of the first of them */
} looking;

static hg_status add_cut(hg_textfile *text, uint64_t end, uint64_t records, hg_err *err)
{
    if (text->n_cuts == text->cap_cuts) {
        size_t cap = text->cap_cuts ? text->cap_cuts * 2 : 64;
        struct hg_cut *cuts = realloc(text->cuts, cap * sizeof *cuts);
        if (!cuts)
            return hg_fail_nomem(err);
        text->cuts = cuts;
        text->cap_cuts = cap;
    }
    text->cuts[text->n_cuts++] = (struct hg_cut){ end, records };
    return HG_OK;
}

/* Look at what waits; whole characters only, unless nothing follows. */
static hg_status look(looking *l, bool last, hg_err *err)
{
    hg_textfile *text = l->text;
    const char *fresh = l->bytes + l->valid;
    size_t n = hg_utf8_valid(fresh, l->n - l->valid), valid = l->valid + n;
    bool whole = valid == l->n || (!last && l->n - valid < 4);
    l->regular = whole && !memchr(fresh, '\0', n) && hg_utf8_surely_nfc(fresh, n);
    if (!l->regular)
        return HG_OK;
    size_t taken = hg_survey_put(&l->survey, l->bytes, valid, last);
    uint64_t end = text->from + l->survey.end;
    uint64_t before = text->n_cuts > 0 ? text->cuts[text->n_cuts - 1].end : text->from;
    l->regular = !l->survey.irregular && l->from + taken - before < HG_RECORDS_MAX;
    memmove(l->bytes, l->bytes + taken, l->n - taken);
    l->n -= taken;
    l->valid = valid - taken;
    l->from += taken;
    if (l->regular && (end - before >= CUT || (last && end > before)))
        return add_cut(text, end, l->survey.records, err);
    return HG_OK;
}

static hg_status look_through(looking *l, hg_err *err)
{
    hg_textfile *text = l->text;
    uint64_t offset = 0;
    size_t got = BLOCK;
    hg_status st = HG_OK;
    while (st == HG_OK && got == BLOCK) {
        char *to = l->bytes + l->n;
        st = hg_file_read_at(text->fd, text->name, to, BLOCK, offset, &got, err);
        if (st != HG_OK)
            break;
        if (text->opts.look)
            text->opts.look(text->opts.with, to, got);
        l->n += got;
        if (offset == 0 && l->regular && text->from > 0 && got >= text->from) {
            memmove(l->bytes, l->bytes + text->from, got - text->from); /* the mark */
            l->n -= text->from;
        }
        offset += got;
        if (l->regular)
            st = look(l, got < BLOCK, err);
        if (!l->regular)
            l->n = 0;
        if (!l->regular && !text->opts.look)
            break;
    }
    return st;
}

/* Whether the dialect and what is known of the tables allow for it. */
static bool may_be_regular(const hg_textfile *text)
{
    const hg_dialect *d = &text->dialect;
    const hg_tables_opts *t = &text->opts.tables;
    if (text->opts.encoding && strncasecmp(text->opts.encoding, "utf-8", 5) != 0)
        return false;
    return d->delimiter == ',' && d->quote == '"' && d->double_quote && !d->escape &&
           !d->skip_space && t->skip_rows <= 0 && t->skip_last <= 0 &&
           t->header_rows <= 1;
}

hg_status hg_textfile_look(hg_textfile *text, hg_err *err)
{
    looking l = { .text = text, .regular = may_be_regular(text), .from = text->from };
    l.survey.delimiter = ',';
    l.bytes = malloc(2 * BLOCK);
    hg_status st = l.bytes ? look_through(&l, err) : hg_fail_nomem(err);
    free(l.bytes);
    if (st != HG_OK || !l.regular || !l.survey.ended || l.survey.width < 2)
        return st;
    st = hg_tables_one(&text->tables, text->fd, text->name, &text->dialect,
                       &text->opts.tables, text->from, text->length, l.survey.records,
                       err);
    const hg_table_at *table = text->tables.list;
    text->regular = st == HG_OK && text->tables.n == 1 && table->offset == text->from &&
                    table->header_rows <= 1;
    text->crlf = l.survey.crlf > 0;
    return st;
}

bool hg_textfile_regular(const hg_textfile *text)
{
    return text->regular;
}

bool hg_textfile_canonical(const hg_textfile *text)
{
    return text->regular && !text->crlf && text->from == 0;
}

/* ---- blocks ---- */

struct hg_textfile_blocks {
    const hg_textfile *text;
    char *bytes;
    size_t cap, next; /* next: the cut to come */
};

hg_status hg_textfile_blocks_new(hg_textfile_blocks **out, const hg_textfile *text,
                                 hg_err *err)
{
    hg_textfile_blocks *blocks = *out = calloc(1, sizeof *blocks);
    if (!blocks)
        return hg_fail_nomem(err);
    blocks->text = text;
    return HG_OK;
}

/* Take the CR away from before every LF; quotes enclose none. */
static size_t without_cr(char *bytes, size_t n)
{
    const char *from = bytes, *end = bytes + n;
    char *to = bytes;
    while (from < end) {
        const char *cr = memchr(from, '\r', (size_t)(end - from));
        size_t here = (size_t)((cr ? cr : end) - from);
        memmove(to, from, here);
        to += here;
        from += here + (cr != NULL);
    }
    return (size_t)(to - bytes);
}

hg_status hg_textfile_blocks_next(hg_textfile_blocks *b, hg_slice *bytes,
                                  uint64_t *records, hg_err *err)
{
    const hg_textfile *text = b->text;
    if (b->next == text->n_cuts)
        return HG_END;
    const struct hg_cut *cut = &text->cuts[b->next],
                        *before = b->next > 0 ? cut - 1 : NULL;
    uint64_t from = before ? before->end : text->from;
    size_t n = (size_t)(cut->end - from), got;
    if (n > b->cap) {
        free(b->bytes);
        b->cap = n;
        if (!(b->bytes = malloc(n)))
            return hg_fail_nomem(err);
    }
    hg_status st = hg_file_read_at(text->fd, text->name, b->bytes, n, from, &got, err);
    if (st == HG_OK && (got < n || b->bytes[n - 1] != '\n'))
        st = hg_fail(err, HG_EINPUT, HG_AT(text->name),
                     "the file was changed while it was "
                     "read");
    b->next++;
    *records = cut->records - (before ? before->records : 0);
    *bytes =
        (hg_slice){ b->bytes, text->crlf && st == HG_OK ? without_cr(b->bytes, n) : n };
    return st;
}

void hg_textfile_blocks_free(hg_textfile_blocks *blocks)
{
    if (!blocks)
        return;
    free(blocks->bytes);
    free(blocks);
}
