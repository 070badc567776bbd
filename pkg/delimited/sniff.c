/* sniff - the dialect of a delimited text, by evidence */
#include "delimited/sniff.h"
#include "delimited/likeness.h"
#include "delimited/split.h"

#include <string.h>

enum { WIDTHS = 1024 }; /* lengths of rows that are told apart; longer ones are one */

/* Delimiters in use, and how readily each is believed: those at the end stand in cells of
 * other dialects, too. */
static const struct {
    char delimiter;
    double prior;
} delimiters[] = {
    { ',', 1.0 },    { ';', 1.0 }, { '\t', 1.0 }, { '|', 1.0 }, { '\x1F', 1.0 },
    { '\x01', 1.0 }, { '^', 0.8 }, { '~', 0.8 },  { '#', 0.7 }, { '&', 0.7 },
    { '*', 0.7 },    { '!', 0.7 }, { ':', 0.6 },  { ' ', 0.5 },
};
#define DELIMITERS (sizeof delimiters / sizeof *delimiters)

#define ONE_COLUMN 0.125 /* a dialect has to score more than a text without delimiters   \
                          */
#define WIDE 4 /* columns that none but a delimiter makes, whatever the first row is */

/* What one dialect makes of the text. */
typedef struct trial {
    hg_dialect dialect;
    uint32_t widths[WIDTHS];
    uint32_t rows, strays; /* strays: rows with a stray quote */
    uint64_t cells, spaced;
    uint64_t typed; /* cells between spaces that have digits */
    double values;  /* cells, each as far as it looks like a value */
    size_t first;   /* cells of the first row */
    uint32_t lone;  /* rows of one cell behind the last one of several, */
    uint32_t among; /* and before that, behind the first one */
    uint32_t whole; /* rows of several cells that are one number: 1,200 or 12,5 */
    double score;
} trial;

/* Counts of what stands side by side in the text. */
typedef struct census {
    uint32_t bytes[256];
    bool escaped[256]; /* a backslash stands before it */
} census;

/* ---- cells ---- */

static bool is_numeric(hg_slice cell)
{
    for (size_t i = 0; i < cell.n; i++)
        if (!strchr("0123456789.,-+%$ ()", cell.p[i]) || cell.p[i] == '\0')
            return false;
    return true;
}

/* How far a cell looks like a value, from 0 to 1: one that another dialect would take
 * apart does not. */
static double value_of(hg_slice cell, bool quoted)
{
    bool comma = false;
    if (quoted || cell.n == 0)
        return 1.0;
    if (cell.p[0] == '"' ||
        (cell.n > 1 && cell.p[0] == '\'' && cell.p[cell.n - 1] == '\''))
        return 0.05;
    for (size_t i = 0; i < cell.n; i++) {
        if (memchr(";|\t", cell.p[i], 3))
            return 0.1;
        comma |= cell.p[i] == ',';
    }
    hg_look shape = hg_look_of(cell);
    if (comma)
        return is_numeric(cell) ? 1.0 : shape == HG_LOOK_PROSE ? 0.6 : 0.3;
    return hg_look_typed(shape) ? 1.0 : 0.9;
}

/* Whether a record is one number, in which commas part groups of digits or decimals. */
static bool is_one_number(hg_slice record)
{
    size_t groups = 0, n = 0, i = record.n > 0 && record.p[0] == '-';
    bool threes = true;
    for (; i < record.n && strchr("0123456789,", record.p[i]); i++) {
        if (record.p[i] != ',') {
            n++;
            continue;
        }
        threes = threes && (groups == 0 ? n >= 1 && n <= 3 : n == 3);
        groups++;
        n = 0;
    }
    if (i < record.n && !strchr("\r\n.", record.p[i]))
        return false;
    return n > 0 && (groups == 1 || (groups > 1 && threes && n == 3));
}

/* What the lengths of rows, one after the other, tell. */
static void count_width(trial *t, const hg_split *split, hg_slice text)
{
    t->first = t->rows == 0 ? split->n : t->first;
    if (split->n == 1) {
        t->lone += t->rows > t->widths[1];
        return;
    }
    t->among += t->lone;
    t->lone = 0;
    t->whole += is_one_number((hg_slice){ text.p, split->length });
}

static void count_row(trial *t, const hg_split *split, hg_slice text)
{
    if (split->n == 1 && split->cells[0].n == 0)
        return;
    count_width(t, split, text);
    for (size_t i = 0; i < split->n; i++) {
        const char *from = text.p + split->starts[i], *end = text.p + text.n;
        while (t->dialect.skip_space && from < end && *from == ' ')
            from++;
        bool quoted = t->dialect.quote && split->cells[i].p != from && from < end &&
                      *from == t->dialect.quote;
        t->values += value_of(split->cells[i], quoted);
        t->typed +=
            t->dialect.delimiter == ' ' && hg_look_typed(hg_look_of(split->cells[i]));
    }
    t->rows++;
    t->strays += split->strays > 0;
    t->cells += split->n;
    t->spaced += split->spaced;
    t->widths[split->n < WIDTHS ? split->n : WIDTHS - 1]++;
}

/* ---- dialects ---- */

/* Whether a list of words, times, numbers or sentences is taken for this many columns. */
static bool is_one_column(const trial *t, unsigned width, double prior)
{
    uint32_t wider = t->rows - t->widths[1];
    if (t->dialect.delimiter == ' ' && (width < 3 || t->typed * 3 < t->cells))
        return true;
    if (t->first > 1)
        return false;
    if (t->among * 4 > wider && t->widths[width] * 2 < t->rows)
        return true;
    return width < WIDE && (prior < 1.0 || t->whole * 10 >= wider * 9);
}

/* A given delimiter is one, whatever it makes of the text. */
static double score_of(const trial *t, double prior, bool given)
{
    double best = 0;
    unsigned width = 0;
    for (unsigned w = 2; w < WIDTHS; w++) {
        double score = (double)t->widths[w] / t->rows * (w - 1) / w;
        width = score > best ? w : width;
        best = score > best ? score : best;
    }
    if (t->rows == 0 || (!given && is_one_column(t, width, prior)))
        return 0;
    return best * (t->values / (double)t->cells) *
           (1 - 0.5 * (double)t->strays / t->rows) * prior;
}

static hg_status try_pieces(trial *t, hg_split *split, const hg_slice *pieces, size_t n,
                            hg_err *err)
{
    for (size_t i = 0; i < n; i++) {
        hg_slice text = pieces[i];
        while (text.n > 0) {
            hg_status st = hg_split_record(split, text, i + 1 == n, HG_SPLIT_NONE, err);
            if (st == HG_END)
                break;
            if (st == HG_EINPUT) { /* over the limit of cells, as reading it will tell */
                *err = (hg_err)HG_ERR_INIT;
                break;
            }
            if (st != HG_OK)
                return st;
            count_row(t, split, text);
            text.p += split->length;
            text.n -= split->length;
        }
    }
    return HG_OK;
}

/* What the dialect of t makes of the text. */
static hg_status evaluate(trial *t, const hg_slice *pieces, size_t n, double prior,
                          bool given, hg_err *err)
{
    hg_split split = { .dialect = &t->dialect };
    *t = (trial){ .dialect = t->dialect };
    hg_status st = try_pieces(t, &split, pieces, n, err);
    hg_split_release(&split);
    t->score = score_of(t, prior, given);
    return st;
}

/* Try one dialect, white space behind its delimiters being left out where there is some
 * behind nearly all of them, or, between columns that spaces align, where that scores
 * better; keep it where it beats the best so far. */
static hg_status attempt(trial *best, trial *t, const hg_sniff_opts *opts,
                         const hg_slice *pieces, size_t n, double prior, hg_err *err)
{
    bool found = opts->skip_space == HG_SNIFF_FOUND,
         aligned = t->dialect.delimiter == ' ';
    bool given = opts->delimiter != HG_SNIFF_FOUND;
    t->dialect.skip_space = found || opts->skip_space == 1;
    hg_status st = evaluate(t, pieces, n, prior, given, err);
    if (st == HG_OK && found && aligned && t->score > best->score)
        *best = *t;
    if (st == HG_OK && found && (aligned || t->spaced * 10 < (t->cells - t->rows) * 9)) {
        t->dialect.skip_space = false;
        if (t->spaced > 0)
            st = evaluate(t, pieces, n, prior, given, err);
    }
    if (st == HG_OK && t->spaced == 0 && found)
        t->dialect.skip_space = false;
    if (st == HG_OK && t->score > best->score)
        *best = *t;
    return st;
}

static void take_census(census *c, const hg_slice *pieces, size_t n)
{
    memset(c, 0, sizeof *c);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < pieces[i].n; k++) {
            unsigned char byte = (unsigned char)pieces[i].p[k];
            c->bytes[byte]++;
            c->escaped[byte] |= k > 0 && pieces[i].p[k - 1] == '\\';
        }
}

/* What makes a quote data: another one before it, a backslash, or nothing. */
typedef enum escaping { DOUBLED, BACKSLASH, NOTHING, ESCAPINGS } escaping;

/* Try one delimiter and quote with what may make the quote data. */
static hg_status attempt_escapes(trial *best, trial *t, const census *c,
                                 const hg_sniff_opts *opts, const hg_slice *pieces,
                                 size_t n, double prior, hg_err *err)
{
    hg_status st = HG_OK;
    char quote = t->dialect.quote;
    bool given = opts->escape != HG_SNIFF_FOUND, strays = false;
    for (escaping how = DOUBLED; how < ESCAPINGS && st == HG_OK; how++) {
        if (how == BACKSLASH && !c->escaped[(unsigned char)quote])
            continue;
        if (how == NOTHING && !strays)
            continue;
        t->dialect.escape = how == BACKSLASH ? '\\' : '\0';
        t->dialect.double_quote = how != NOTHING;
        if (given) {
            t->dialect.escape = (char)opts->escape == quote ? '\0' : (char)opts->escape;
            t->dialect.double_quote = opts->escape != 0;
        }
        st = attempt(best, t, opts, pieces, n, prior, err);
        strays |= t->strays > 0;
        if (given || !quote)
            break;
    }
    return st;
}

/* Try one delimiter with the quotes that may go with it. */
static hg_status attempt_quotes(trial *best, trial *t, const census *c,
                                const hg_sniff_opts *opts, const hg_slice *pieces,
                                size_t n, double prior, hg_err *err)
{
    static const char quotes[] = { '"', '\'' };
    hg_status st = HG_OK;
    for (size_t i = 0; i < sizeof quotes && st == HG_OK; i++) {
        bool given = opts->quote != HG_SNIFF_FOUND;
        t->dialect.quote = given ? (char)opts->quote : quotes[i];
        if (i == 0 || (!given && c->bytes[(unsigned char)quotes[i]] > 1))
            st = attempt_escapes(best, t, c, opts, pieces, n, prior, err);
    }
    return st;
}

hg_status hg_sniff(hg_dialect *dialect, const hg_sniff_opts *opts, const hg_slice *pieces,
                   size_t n, hg_err *err)
{
    census c;
    trial best = { .score = ONE_COLUMN }, t;
    hg_status st = HG_OK;
    bool given = opts->delimiter != HG_SNIFF_FOUND;
    take_census(&c, pieces, n);
    best.dialect = hg_dialect_default(',');
    best.dialect.delimiter = given ? (char)opts->delimiter : '\0';
    best.dialect.quote = opts->quote != HG_SNIFF_FOUND ? (char)opts->quote : '"';
    best.dialect.skip_space = opts->skip_space == 1;
    t.dialect = best.dialect;
    if (given)
        best.score = 0;
    if (given && opts->delimiter != 0)
        st = attempt_quotes(&best, &t, &c, opts, pieces, n, 1.0, err);
    for (size_t i = 0; i < DELIMITERS && !given && st == HG_OK; i++) {
        t.dialect.delimiter = delimiters[i].delimiter;
        if (c.bytes[(unsigned char)t.dialect.delimiter] > 0)
            st = attempt_quotes(&best, &t, &c, opts, pieces, n, delimiters[i].prior, err);
    }
    *dialect = best.dialect;
    return st;
}

bool hg_sniff_byte(int *byte, int *space, const char *text)
{
    static const struct {
        const char *name;
        char byte;
    } names[] = { { "", '\0' },         { "none", '\0' }, { "\\t", '\t' },
                  { "tab", '\t' },      { "space", ' ' }, { "comma", ',' },
                  { "semicolon", ';' }, { "pipe", '|' } };
    size_t n = strlen(text);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i].name) == 0) {
            *byte = names[i].byte;
            return true;
        }
    if (n == 2 && text[1] == ' ')
        *space = 1;
    *byte = text[0];
    return (n == 1 || (n == 2 && text[1] == ' ')) && text[0] > 0 && text[0] != '\n' &&
           text[0] != '\r';
}
