/* textfile_regular - whether a text is regular all through */
#include "base/file.h"
#include "base/team.h"
#include "base/turns.h"
#include "delimited/survey.h"
#include "delimited/textfile_parts.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PIECE ((size_t)256 << 10) /* bytes looked at at once: blocks passed on end with one */
#define BLOCK (8 * PIECE)         /* bytes read at once, as threads then meet seldom */
#define CARRY ((size_t)256)       /* more than a survey lets wait for the next block */
#define CUT   ((size_t)1 << 20)   /* bytes of a block that is passed on, or a few more */

enum { SHOW, LOOK, READERS = 2 };

/*
 * Two threads take every other block: each reads it, shows it and looks at it, so that its bytes
 * stay with one processor; showing is done in turn, and looking too.
 */
typedef struct looking {
    hg_textfile *text;
    hg_turns *turns;
    unsigned readers;
    /* what the turn to look is needed for: */
    hg_survey survey;
    bool regular; /* so far */
    char *bytes;  /* what waits to be looked at */
    size_t n;
    size_t valid;      /* of those: known to be whole characters in NFC */
    uint64_t from;     /* the offset of the first of them */
    size_t mark;       /* bytes of the byte order mark that are to come */
    char carry[CARRY]; /* those that wait stand here between two blocks */
} looking;

/* One of the threads, and the block it is at. */
typedef struct reader {
    looking *looking;
    char *place; /* CARRY + BLOCK */
    uint64_t block;
    hg_status status;
    hg_err err;
    hg_task task;
} reader;

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

/* Look at a block, piece by piece, with what waits before it. */
static hg_status look_at(looking *l, char *block, size_t n, hg_err *err)
{
    bool ended = n < BLOCK;
    hg_status st;
    size_t piece;
    memcpy(block - l->n, l->carry, l->n);
    l->bytes = block - l->n;
    do {
        piece = n < PIECE ? n : PIECE;
        n -= piece;
        l->n += piece;
        if (l->mark <= l->n) {
            l->bytes += l->mark;
            l->n -= l->mark;
            l->mark = 0;
        }
        st = look(l, piece < PIECE, err);
    } while (st == HG_OK && l->regular && piece == PIECE && (n > 0 || ended));
    if (l->regular)
        memcpy(l->carry, l->bytes, l->n);
    return st;
}

/* Read the block at hand, and show it in its turn; false: there is no such turn. */
static bool show(reader *r, size_t *got)
{
    const looking *l = r->looking;
    const hg_textfile *text = l->text;
    const hg_textfile_opts *opts = &text->opts;
    char *to = r->place + CARRY;
    hg_status st = hg_file_read_at(text->fd, text->name, to, BLOCK, r->block * BLOCK, got,
                                   &r->err);
    if (!hg_turns_wait(l->turns, SHOW, r->block))
        return false;
    if (st == HG_OK && opts->look && *got > 0)
        st = opts->look(opts->with, to, *got, &r->err);
    r->status = st;
    if (st != HG_OK)
        hg_turns_stop(l->turns);
    else if (*got == BLOCK)
        hg_turns_pass(l->turns, SHOW);
    return st == HG_OK;
}

/* Take the block at hand; false: no other is wanted. */
static bool take_block(reader *r)
{
    looking *l = r->looking;
    size_t got;
    if (!show(r, &got) || !hg_turns_wait(l->turns, LOOK, r->block))
        return false;
    if (l->regular)
        r->status = look_at(l, r->place + CARRY, got, &r->err);
    bool more = r->status == HG_OK && got == BLOCK && (l->regular || l->text->opts.look);
    if (more)
        hg_turns_pass(l->turns, LOOK);
    else
        hg_turns_stop(l->turns);
    return more;
}

static void take_blocks(void *arg, unsigned worker)
{
    reader *r = arg;
    (void)worker;
    while (take_block(r))
        r->block += r->looking->readers;
}

/* Have the blocks taken by as many threads as there are. */
static hg_status take_all(looking *l, hg_team *team, hg_err *err)
{
    reader readers[READERS];
    hg_status st = HG_OK;
    l->readers = team ? hg_team_threads(team) : 1;
    for (unsigned i = 0; i < l->readers; i++) {
        reader *r = &readers[i];
        *r = (reader){ .looking = l, .block = i, .err = HG_ERR_INIT };
        r->task = (hg_task){ .run = take_blocks, .arg = r };
        if (!(r->place = malloc(CARRY + BLOCK)))
            st = hg_fail_nomem(err);
    }
    for (unsigned i = 0; st == HG_OK && team && i < l->readers; i++)
        hg_team_put(team, &readers[i].task);
    for (unsigned i = 0; st == HG_OK && team && i < l->readers; i++)
        hg_team_wait(team, &readers[i].task);
    if (st == HG_OK && !team)
        take_blocks(&readers[0], 0);
    for (unsigned i = 0; i < l->readers; i++) {
        if (st == HG_OK && readers[i].status != HG_OK) {
            st = readers[i].status;
            *err = readers[i].err;
        }
        free(readers[i].place);
    }
    return st;
}

static hg_status look_through(looking *l, hg_err *err)
{
    hg_team *team = NULL;
    hg_status st = hg_turns_new(&l->turns, err);
    if (st == HG_OK && l->text->length > BLOCK)
        st = hg_team_new(&team, READERS, err);
    if (st == HG_OK)
        st = take_all(l, team, err);
    hg_team_free(team);
    hg_turns_free(l->turns);
    return st;
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
    looking l = { .text = text,
                  .regular = may_be_regular(text),
                  .from = text->from,
                  .mark = (size_t)text->from };
    l.survey.delimiter = text->dialect.delimiter;
    hg_status st = l.regular || text->opts.look ? look_through(&l, err) : HG_OK;
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
