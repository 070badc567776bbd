/* mend - what a row was meant to be that has not the cells of its table */
#include "delimited/mend.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEARNT = 4,         /* rows from which what is usual is known */
    MAX_LINE = 1 << 14, /* longer lines are not mended, */
    MAX_TRIES = 512,    /* nor is more than this tried on one */
    SLACK = 10, /* bits a mended row may cost more than a usual one, and twice that */
    MARGIN = 2, /* bits the second best change must cost more */
    STRAY = 8   /* bits that a stray quote costs */
};

/* A change of a line. */
typedef struct change {
    hg_mended what;
    size_t at;  /* the byte that it is about */
    char other; /* the delimiter of the whole line */
} change;

struct hg_mend {
    const hg_table_at *table;
    const hg_dialect *dialect;
    hg_dialect other; /* the dialect with another delimiter */
    hg_split split;   /* of the line as changed */
    hg_buf line;      /* likewise */
    /* of one row: */
    hg_slice text; /* its first line */
    bool header;
    unsigned tries;
    change best;
    unsigned cost, second; /* of the best change, and of the next one */
};

#define NEVER UINT_MAX

hg_status hg_mend_new(hg_mend **out, const hg_table_at *table, const hg_dialect *dialect,
                      hg_err *err)
{
    hg_mend *mend = *out = calloc(1, sizeof *mend);
    if (!mend)
        return hg_fail_nomem(err);
    mend->table = table;
    mend->dialect = dialect;
    return HG_OK;
}

/* ---- changes ---- */

/* The delimiter at m->text.p + at is data: join the cells beside it. */
static bool join(hg_mend *m, size_t at)
{
    hg_split *split = &m->split;
    size_t i = 1;
    while (i < split->n && split->starts[i] != at + 1)
        i++;
    if (i == split->n || split->cells[i].n == 0 || split->cells[i - 1].n == 0)
        return false;
    hg_slice *left = &split->cells[i - 1];
    if (left->p != m->text.p + split->starts[i - 1] ||
        left->p + left->n != m->text.p + at || split->cells[i].p != m->text.p + at + 1)
        return false; /* quotes stand there */
    left->n += 1 + split->cells[i].n;
    memmove(split->cells + i, split->cells + i + 1,
            (split->n - i - 1) * sizeof *split->cells);
    split->n--;
    return true;
}

/* The line with a delimiter put in, or taken out, at a place. */
static hg_slice edited(hg_mend *m, const change *c)
{
    bool insert = c->what == HG_MEND_MISSING;
    hg_buf_clear(&m->line);
    hg_buf_put(&m->line, m->text.p, c->at);
    if (insert)
        hg_buf_putc(&m->line, m->dialect->delimiter);
    size_t from = c->at + !insert;
    hg_buf_put(&m->line, m->text.p + from, m->text.n - from);
    return (hg_slice){ m->line.data, m->line.len };
}

/* Split the line as changed. *fits: it is then one record of the table's width. */
static hg_status apply(hg_mend *m, const change *c, bool *fits, hg_err *err)
{
    bool edit = c->what == HG_MEND_MISSING || c->what == HG_MEND_EXTRA;
    hg_slice text = edit ? edited(m, c) : m->text;
    size_t literal = c->what == HG_MEND_QUOTE ? c->at : HG_SPLIT_NONE;
    if (edit && hg_buf_status(&m->line, err) != HG_OK)
        return err->status;
    m->split.dialect = m->dialect;
    if (c->what == HG_MEND_DELIMITER) {
        m->other = *m->dialect;
        m->other.delimiter = c->other;
        m->split.dialect = &m->other;
    }
    hg_status st = hg_split_record(&m->split, text, true, literal, err);
    *fits = st == HG_OK && m->split.length == text.n;
    if (st == HG_OK && *fits && c->what == HG_MEND_DATA)
        *fits = join(m, c->at);
    *fits = *fits && m->split.n == m->table->width &&
            m->split.strays <= (c->what == HG_MEND_QUOTE);
    return st;
}

static unsigned cost_of(const hg_mend *m, const hg_split *row)
{
    unsigned cost = 0;
    for (size_t i = 0; i < row->n; i++)
        cost += hg_likeness_cost(&m->table->columns[i], hg_look_of(row->cells[i]));
    return cost;
}

static hg_status attempt(hg_mend *m, change c, hg_err *err)
{
    bool fits;
    if (m->tries++ >= MAX_TRIES)
        return HG_OK;
    hg_status st = apply(m, &c, &fits, err);
    if (st != HG_OK || !fits)
        return st;
    unsigned cost = m->header ? 0 : cost_of(m, &m->split);
    if (cost < m->cost) {
        m->second = m->cost;
        m->cost = cost;
        m->best = c;
    } else if (cost < m->second) {
        m->second = cost;
    }
    return HG_OK;
}

/* ---- what is tried ---- */

static hg_status try_quotes(hg_mend *m, const hg_split *row, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; i < row->n && row->starts[i] < m->text.n && st == HG_OK; i++) {
        size_t at = row->starts[i];
        while (m->dialect->skip_space && at + 1 < m->text.n && m->text.p[at] == ' ')
            at++;
        bool data = row->open && at == row->stray; /* already */
        if (m->dialect->quote && m->text.p[at] == m->dialect->quote && !data)
            st = attempt(m, (change){ .what = HG_MEND_QUOTE, .at = at }, err);
    }
    return st;
}

enum { DIGIT, LETTER, OTHER };
static int kind_of(char c)
{
    if (c >= '0' && c <= '9')
        return DIGIT;
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? LETTER
           : (unsigned char)c >= 0x80             ? LETTER
                                                  : OTHER;
}

/* Whether a delimiter may be missing before the byte at: where one kind of text ends, at
 * the line's end, or, where quotes are stray, before one. */
static bool may_miss(const hg_mend *m, size_t at, bool quotes)
{
    char before = m->text.p[at - 1], here = at < m->text.n ? m->text.p[at] : '\n';
    if (before == m->dialect->delimiter || here == m->dialect->delimiter)
        return false;
    if (quotes)
        return m->dialect->quote && here == m->dialect->quote;
    return kind_of(before) != kind_of(here) || kind_of(here) == OTHER ||
           (kind_of(before) == DIGIT && kind_of(here) == DIGIT);
}

static hg_status try_missing(hg_mend *m, bool quotes, hg_err *err)
{
    hg_status st = HG_OK;
    bool end = false;
    for (size_t at = 1; at <= m->text.n && st == HG_OK && !end; at++) {
        end = at == m->text.n || m->text.p[at] == '\n' || m->text.p[at] == '\r';
        if (may_miss(m, at, quotes))
            st = attempt(m, (change){ .what = HG_MEND_MISSING, .at = at }, err);
    }
    return st;
}

/* One delimiter may be too many: beside an empty cell, or in a cell without quotes. Of
 * empty cells side by side it is all one which goes. */
static hg_status try_extra(hg_mend *m, const hg_split *row, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; i < row->n && st == HG_OK; i++) {
        size_t at = i + 1 < row->n ? row->starts[i + 1] - 1 : row->starts[i] - 1;
        bool empty = row->cells[i].n == 0;
        if (empty && (i == 0 || row->cells[i - 1].n > 0))
            st = attempt(m, (change){ .what = HG_MEND_EXTRA, .at = at }, err);
        else if (!empty && i + 1 < row->n && !m->header)
            st = attempt(m, (change){ .what = HG_MEND_DATA, .at = at }, err);
    }
    return st;
}

static hg_status try_delimiters(hg_mend *m, hg_err *err)
{
    static const char others[] = { ',', ';', '\t', '|', ' ' };
    hg_status st = HG_OK;
    for (size_t i = 0; i < sizeof others && st == HG_OK; i++)
        if (others[i] != m->dialect->delimiter && memchr(m->text.p, others[i], m->text.n))
            st = attempt(m, (change){ .what = HG_MEND_DELIMITER, .other = others[i] },
                         err);
    return st;
}

static hg_status try_all(hg_mend *m, const hg_split *row, bool lines, hg_err *err)
{
    hg_status st = HG_OK;
    if (row->strays > 0 || row->n != m->table->width)
        st = try_quotes(m, row, err);
    if (st == HG_OK && !lines && (row->n + 1 == m->table->width || row->strays > 0))
        st = try_missing(m, row->n + 1 != m->table->width, err);
    if (st == HG_OK && !lines && row->n == m->table->width + 1)
        st = try_extra(m, row, err);
    if (st == HG_OK && row->n != m->table->width)
        st = try_delimiters(m, err);
    return st;
}

/* ---- all ---- */

/* The bytes of the first line, its end counted. */
static size_t first_line(hg_slice text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
        n++;
    n += n < text.n;
    return n + (n < text.n && text.p[n - 1] == '\r' && text.p[n] == '\n');
}

/* Whether the best change is surely what was meant. */
static bool sure(const hg_mend *m, const hg_split *row)
{
    if (m->cost == NEVER || m->second < m->cost + MARGIN)
        return false;
    if (m->header)
        return true;
    if (row->n == m->table->width) /* it fits as it is, with a quote as data */
        return m->cost + MARGIN <= cost_of(m, row) + STRAY * (unsigned)row->strays;
    return m->cost <= 2 * (m->table->usual + SLACK);
}

hg_status hg_mend_row(hg_mend *m, hg_record *record, bool header, hg_mended *what,
                      const hg_split **split, size_t *length, size_t *at, hg_err *err)
{
    const hg_split *row = &record->split;
    *what = HG_MEND_NOTHING;
    *split = row;
    *length = row->length;
    *at = row->strays > 0 ? row->stray : 0;
    m->text = (hg_slice){ record->text.p, first_line(record->text) };
    m->header = header;
    m->tries = 0;
    m->cost = m->second = NEVER;
    if (m->text.n > MAX_LINE || m->table->width < 2 || m->table->columns[0].n < LEARNT)
        return HG_OK;
    hg_status st = try_all(m, row, row->length > m->text.n, err);
    if (st != HG_OK || !sure(m, row))
        return st;
    bool fits;
    *what = m->best.what;
    *at = m->best.at;
    *split = &m->split;
    *length = m->text.n;
    return apply(m, &m->best, &fits, err);
}

void hg_mend_free(hg_mend *m)
{
    if (!m)
        return;
    m->split.dialect = m->dialect;
    hg_split_release(&m->split);
    hg_buf_release(&m->line);
    free(m);
}
