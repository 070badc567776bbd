/* textfile_regular - whether a text is regular all through */
#include "base/file.h"
#include "delimited/survey.h"
#include "delimited/textfile_parts.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PIECE ((size_t)256 << 10) /* bytes read and looked at at once: blocks passed on end here */
#define BLOCK (8 * PIECE)         /* bytes shown at once, as two threads then meet seldom */
#define CARRY ((size_t)256)       /* more than a survey lets wait for the next block */
#define CUT   ((size_t)1 << 20)   /* bytes of a block that is passed on, or a few more */

/* Blocks are read into two places in turn, so that the last one is left as it is, for who it
 * was shown, while the next is read and looked at. */
typedef struct looking {
    hg_textfile *text;
    hg_survey survey;
    bool regular;  /* so far */
    char *places;  /* 2 * (CARRY + BLOCK) */
    unsigned turn; /* which of them is next */
    char *bytes;   /* what waits to be looked at, */
    size_t n;      /* so many, in the place used last */
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
    l->bytes += taken;
    l->n -= taken;
    l->valid = valid - taken;
    l->from += taken;
    if (l->regular && (end - before >= CUT || (last && end > before)))
        return add_cut(text, end, l->survey.records, err);
    return HG_OK;
}

/* Where the next block is to be read; what waits moves before it. */
static char *place(looking *l)
{
    char *next = l->places + l->turn * (CARRY + BLOCK) + CARRY;
    l->turn = 1 - l->turn;
    memcpy(next - l->n, l->bytes, l->n);
    l->bytes = next - l->n;
    return next;
}

/* Give bytes to who looks on; none tells that those before are the last. */
static hg_status show(const looking *l, const char *bytes, size_t n, hg_err *err)
{
    const hg_textfile_opts *opts = &l->text->opts;
    return opts->look ? opts->look(opts->with, bytes, n, err) : HG_OK;
}

/* Read the next piece, and look at it. */
static hg_status take_piece(looking *l, char *to, uint64_t offset, size_t *got, hg_err *err)
{
    const hg_textfile *text = l->text;
    hg_status st = hg_file_read_at(text->fd, text->name, to, PIECE, offset, got, err);
    l->n += *got;
    if (offset == 0 && *got >= text->from) { /* the mark */
        l->bytes += text->from;
        l->n -= text->from;
    }
    if (st == HG_OK && l->regular)
        st = look(l, *got < PIECE, err);
    if (!l->regular)
        l->n = 0;
    return st;
}

/* Whether somebody wants to see more. */
static bool wanted(const looking *l)
{
    return l->regular || l->text->opts.look;
}

static hg_status look_through(looking *l, hg_err *err)
{
    uint64_t offset = 0;
    size_t got = PIECE;
    hg_status st = HG_OK;
    while (st == HG_OK && got == PIECE && wanted(l)) {
        char *to = place(l);
        size_t n = 0;
        for (; st == HG_OK && got == PIECE && wanted(l) && n < BLOCK; n += got)
            st = take_piece(l, to + n, offset + n, &got, err);
        offset += n;
        if (st == HG_OK)
            st = show(l, to, n, err);
    }
    hg_err unheard = HG_ERR_INIT;
    hg_status last = show(l, "", 0, st == HG_OK ? err : &unheard);
    return st == HG_OK ? last : st;
}

/* Whether the dialect and what is known of the tables allow for it. */
static bool may_be_regular(const hg_textfile *text)
{
    const hg_dialect *d = &text->dialect;
    const hg_tables_opts *t = &text->opts.tables;
    if (text->opts.encoding && strncasecmp(text->opts.encoding, "utf-8", 5) != 0)
        return false;
    return d->delimiter && d->quote == '"' && d->double_quote && !d->escape &&
           !d->skip_space && t->skip_rows <= 0 && t->skip_last <= 0 &&
           t->header_rows <= 1;
}

hg_status hg_textfile_look(hg_textfile *text, hg_err *err)
{
    looking l = { .text = text, .regular = may_be_regular(text), .from = text->from };
    l.survey.delimiter = text->dialect.delimiter;
    l.places = l.bytes = malloc(2 * (CARRY + BLOCK));
    hg_status st = l.places ? look_through(&l, err) : hg_fail_nomem(err);
    free(l.places);
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

bool hg_textfile_verbatim(const hg_textfile *text)
{
    return text->regular && !text->crlf && text->dialect.delimiter == ',';
}

bool hg_textfile_canonical(const hg_textfile *text)
{
    return hg_textfile_verbatim(text) && text->from == 0;
}

bool hg_textfile_span(const hg_textfile *text, size_t i, hg_span *span, uint64_t *records)
{
    static const struct hg_cut none = { 0 };
    if (i == text->n_cuts)
        return false;
    const struct hg_cut *cut = &text->cuts[i], *before = i > 0 ? cut - 1 : &none;
    uint64_t from = i > 0 ? before->end : text->from;
    *span = (hg_span){ text->fd, text->name, from, cut->end - from };
    *records = cut->records - before->records;
    return true;
}
