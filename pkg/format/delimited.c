/* delimited - delimited text in any Table Dialect */
#include "format/delimited.h"

#include <stdlib.h>
#include <string.h>

struct hg_delimited {
    const hg_dialect *dialect;
    hg_pull *pull;
    void *user;
    char *name;
    const char *p, *end;
    bool ended;
    bool quoted; /* the first cell of the record */
    uint64_t number, line; /* of the record given last; the line that is read */
    hg_buf text;           /* the cells of a record, one after the other */
    size_t *ends;          /* where each of them ends in text */
    hg_slice *cells;
    size_t n, cap;
};

enum { NOTHING = -1, FAILED = -2 };

/* ---- bytes ---- */

static int refill(hg_delimited *d, hg_err *err)
{
    size_t n = 0;
    while (!d->ended && n == 0) {
        hg_status st = d->pull(d->user, &d->p, &n, err);
        d->ended = st == HG_END;
        if (st != HG_OK && st != HG_END)
            return FAILED;
    }
    if (n == 0)
        return NOTHING;
    d->end = d->p + n;
    return (unsigned char)*d->p;
}

/* The next byte, which stays; NOTHING at the end of the text. */
static int peek(hg_delimited *d, hg_err *err)
{
    return d->p < d->end ? (unsigned char)*d->p : refill(d, err);
}

static hg_status wrong(const hg_delimited *d, hg_err *err, const char *message)
{
    hg_loc loc = { .file = d->name, .row = d->line };
    return hg_fail(err, HG_EINPUT, &loc, message, NULL);
}

/* ---- cells ---- */

static bool ends_line(const hg_delimited *d, int c)
{
    return d->dialect->line_end ? c == d->dialect->line_end : c == '\n' || c == '\r';
}

static bool delimits(const hg_delimited *d, int c)
{
    return c == (unsigned char)d->dialect->delimiter;
}

static hg_status grow(hg_delimited *d, hg_err *err)
{
    size_t cap = d->cap ? d->cap * 2 : 32;
    size_t *ends = realloc(d->ends, cap * sizeof *ends);
    if (!ends)
        return hg_fail_nomem(err);
    d->ends = ends;
    hg_slice *cells = realloc(d->cells, cap * sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    d->cells = cells;
    d->cap = cap;
    return HG_OK;
}

static hg_status end_cell(hg_delimited *d, hg_err *err)
{
    if (d->n == d->cap && grow(d, err) != HG_OK)
        return err->status;
    d->ends[d->n++] = d->text.len;
    return HG_OK;
}

/* What the escape character stands before is data. Returns the byte after it. */
static int escaped(hg_delimited *d, hg_err *err)
{
    d->p++;
    int c = peek(d, err);
    if (c >= 0) {
        hg_buf_putc(&d->text, (char)c);
        d->p++;
        c = peek(d, err);
    }
    return c;
}

/* Take the cell's text up to the byte that ends it, which is returned. */
static int plain(hg_delimited *d, hg_err *err)
{
    const hg_dialect *dialect = d->dialect;
    int c = peek(d, err);
    while (c >= 0 && !delimits(d, c) && !ends_line(d, c)) {
        if (dialect->escape && c == dialect->escape) {
            c = escaped(d, err);
            continue;
        }
        hg_buf_putc(&d->text, (char)c);
        d->p++;
        c = peek(d, err);
    }
    return c;
}

/* Take what stands between quotes, of which the first is taken already. */
static int quoted(hg_delimited *d, hg_err *err)
{
    const hg_dialect *dialect = d->dialect;
    for (int c = peek(d, err); c >= 0;) {
        if (dialect->escape && c == dialect->escape) {
            c = escaped(d, err);
            continue;
        }
        d->p++;
        int next = peek(d, err);
        bool quote = c == dialect->quote;
        if (quote && (next != dialect->quote || !dialect->double_quote))
            return next;
        d->p += quote;
        hg_buf_putc(&d->text, (char)c);
        d->line += c == '\n';
        c = quote ? peek(d, err) : next;
    }
    wrong(d, err, "the text ends inside quotes");
    return FAILED;
}

static int cell(hg_delimited *d, hg_err *err)
{
    int c = peek(d, err);
    while (c == ' ' && d->dialect->skip_space) {
        d->p++;
        c = peek(d, err);
    }
    if (c < 0 || !d->dialect->quote || c != d->dialect->quote)
        return plain(d, err);
    d->p++;
    c = quoted(d, err);
    if (c >= 0 && !delimits(d, c) && !ends_line(d, c)) {
        wrong(d, err, "something stands behind a closing quote");
        return FAILED;
    }
    return c;
}

/* ---- records ---- */

static void end_line(hg_delimited *d, int c, hg_err *err)
{
    d->p++;
    if (c == '\r' && !d->dialect->line_end && peek(d, err) == '\n')
        d->p++;
    d->line++;
}

static hg_status record(hg_delimited *d, hg_err *err)
{
    int c;
    do {
        c = cell(d, err);
        if (c == FAILED || d->text.len > HG_DELIMITED_MAX_ROW || end_cell(d, err) != HG_OK)
            break;
        d->p += delimits(d, c);
    } while (delimits(d, c));
    if (d->text.len > HG_DELIMITED_MAX_ROW)
        wrong(d, err, "the record is too long");
    if (err->status == HG_OK && c >= 0)
        end_line(d, c, err);
    return err->status != HG_OK ? err->status : hg_buf_status(&d->text, err);
}

hg_status hg_delimited_next(hg_delimited *d, hg_row *row, hg_err *err)
{
    uint64_t line = d->line;
    int c = peek(d, err);
    if (c < 0)
        return c == NOTHING ? HG_END : err->status;
    d->n = 0;
    d->quoted = d->dialect->quote && c == d->dialect->quote;
    hg_buf_clear(&d->text);
    hg_status st = record(d, err);
    if (st != HG_OK)
        return st;
    for (size_t i = 0, from = 0; i < d->n; from = d->ends[i++])
        d->cells[i] = (hg_slice){ d->text.data ? d->text.data + from : "",
                                  d->ends[i] - from };
    *row = (hg_row){ d->cells, d->n, ++d->number, line, { NULL, 0 } };
    return HG_OK;
}

hg_status hg_delimited_new(hg_delimited **out, const hg_dialect *dialect, hg_pull *pull,
                           void *user, const char *name, hg_err *err)
{
    hg_delimited *d = *out = calloc(1, sizeof *d);
    if (d)
        *d = (hg_delimited){ .dialect = dialect,
                             .pull = pull,
                             .user = user,
                             .name = strdup(name),
                             .line = 1,
                             .text = { .max = 2 * HG_DELIMITED_MAX_ROW } };
    if (d && d->name)
        return HG_OK;
    hg_delimited_free(d);
    *out = NULL;
    return hg_fail_nomem(err);
}

bool hg_delimited_quoted(const hg_delimited *d)
{
    return d->quoted;
}

void hg_delimited_free(hg_delimited *d)
{
    if (!d)
        return;
    hg_buf_release(&d->text);
    free(d->ends);
    free(d->cells);
    free(d->name);
    free(d);
}
