/* tables_learn - what the first records of a table tell of it */
#include "delimited/tables_learn.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDTHS = 1 << 14, /* widths told apart */
    TRIES = 64,       /* quotes that are tried as data */
    HEADS = 3,        /* rows that a header found has at most */
    ENOUGH = 8 /* rows from which more than one header row, or none, is concluded */
};

/* ---- rows ---- */

size_t hg_row_values(const hg_split *row)
{
    size_t values = 0;
    for (size_t i = 0; i < row->n; i++)
        values += row->cells[i].n > 0;
    return values;
}

hg_status hg_header_keep(hg_header_text *header, const hg_split *row, hg_err *err)
{
    hg_buf_clear(&header->text);
    if (row->n > header->cap) {
        size_t *ends = realloc(header->ends, row->n * sizeof *ends);
        if (!ends)
            return hg_fail_nomem(err);
        header->ends = ends;
        header->cap = row->n;
    }
    for (size_t i = 0; i < row->n; i++) {
        hg_buf_put(&header->text, row->cells[i].p, row->cells[i].n);
        header->ends[i] = header->text.len;
    }
    header->n = row->n;
    return hg_buf_status(&header->text, err);
}

bool hg_header_repeats(const hg_header_text *header, const hg_split *row)
{
    size_t few = header->n < row->n ? header->n : row->n;
    size_t many = header->n > row->n ? header->n : row->n, from = 0;
    if (few < 2 || few * 2 <= many)
        return false;
    for (size_t i = 0; i < few; from = header->ends[i++])
        if (row->cells[i].n != header->ends[i] - from ||
            (row->cells[i].n > 0 &&
             memcmp(row->cells[i].p, header->text.data + from, row->cells[i].n) != 0))
            return false;
    return true;
}

void hg_header_release(hg_header_text *header)
{
    hg_buf_release(&header->text);
    free(header->ends);
    *header = (hg_header_text){ 0 };
}

/* ---- width ---- */

typedef struct widths {
    uint32_t counts[WIDTHS + 1];
    size_t best;  /* the commonest of two columns and more; 0: there is none */
    size_t first; /* the first of them */
} widths;

static void count_width(widths *w, size_t n)
{
    n = n < WIDTHS ? n : WIDTHS;
    uint32_t count = ++w->counts[n];
    w->first = w->first == 0 && n > 1 ? n : w->first;
    if (n > 1 && (count > w->counts[w->best] || w->best < 2 ||
                  (count == w->counts[w->best] && n > w->best)))
        w->best = n;
}

/* The width that most rows have; of several columns unless nearly all have one. */
static size_t width_of(const widths *w)
{
    if (w->best < 2 || w->counts[1] > 4 * w->counts[w->best])
        return 1;
    return w->counts[w->best] > 1 ? w->best : w->first;
}

/* Count widths up to where another table surely begins. */
static hg_status count_widths(widths *w, hg_header_text *header, hg_records *records,
                              hg_err *err)
{
    uint64_t heads = 0;
    hg_record *record;
    hg_status st = HG_OK;
    bool gap = false;
    for (uint64_t seen = 0; seen < HG_TABLES_LEARN && st == HG_OK;) {
        st = hg_records_next(records, &record, err);
        if (st != HG_OK)
            break;
        size_t n = record->split.n, width = width_of(w);
        gap |= record->blank;
        if (record->blank)
            continue;
        if (gap && width > 1 && w->counts[width] > 1 && n != width)
            break;
        if (heads == 0 && hg_row_values(&record->split) > 1) {
            heads = record->number;
            st = hg_header_keep(header, &record->split, err);
        } else if (heads > 0 && record->number > heads + HEADS &&
                   hg_header_repeats(header, &record->split)) {
            break;
        }
        gap = false;
        count_width(w, n);
        seen++;
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status learn_width(hg_table_at *from, hg_header_text *header,
                             hg_records *records, hg_err *err)
{
    widths *w = calloc(1, sizeof *w);
    if (!w)
        return hg_fail_nomem(err);
    hg_status st = count_widths(w, header, records, err);
    from->width = width_of(w);
    free(w);
    return st;
}

/* ---- columns ---- */

/* Whether the table may start with this record. */
static bool starts(const hg_table_at *table, const hg_record *record)
{
    size_t n = record->split.n, width = table->width;
    size_t values = hg_row_values(&record->split);
    if (record->blank)
        return false;
    if (width < 2 || (n == width && values > (width > 2)))
        return true;
    return n + 1 >= width && n <= width + 1 && values > 1 && values * 2 > width;
}

/* How much a row is like the columns: typed ones in which its cell has a shape that was
 * seen there, less those in which it has another. */
static int fit_of(const hg_table_at *table, const hg_split *row, int *typed)
{
    int fit = 0;
    *typed = 0;
    for (size_t i = 0; i < table->width && i < row->n; i++) {
        if (!hg_likeness_typed(&table->columns[i]) || row->cells[i].n == 0)
            continue;
        ++*typed;
        bool seen = hg_likeness_usual_look(&table->columns[i], hg_look_of(row->cells[i]));
        fit += seen ? 1 : -1;
    }
    return fit;
}

bool hg_row_heads(const hg_table_at *table, const hg_split *row)
{
    int typed, fit = fit_of(table, row, &typed);
    return typed > 0 && fit <= -typed && hg_row_values(row) > 1;
}

/* Years in a row, or other numbers one by one, head columns. */
static bool counts_up(const hg_split *row)
{
    long last = 0;
    for (size_t i = 0; i < row->n; i++) {
        char *end, text[12] = "";
        if (row->cells[i].n == 0 || row->cells[i].n >= sizeof text)
            continue;
        memcpy(text, row->cells[i].p, row->cells[i].n);
        long n = strtol(text, &end, 10);
        if (*end == '\0' && last > 0 && n == last + 1)
            return true;
        last = *end == '\0' ? n : 0;
    }
    return false;
}

/* ---- the header ---- */

/* What the first rows are found to be. */
typedef struct heads {
    unsigned same;    /* rows that repeat the first one, and it */
    unsigned heading; /* rows, from the first on, that head columns of other kinds */
    bool data;        /* the first row is one like all others */
} heads;

static unsigned header_rows(const heads *h, const hg_table_at *table,
                            const hg_tables_opts *opts)
{
    if (opts->header_rows != HG_TABLES_FOUND)
        return (unsigned)opts->header_rows;
    if (h->same > 1 && h->same <= HEADS)
        return h->same;
    if (table->rows < ENOUGH)
        return 1;
    return h->data ? 0 : h->heading > 1 ? h->heading : 1;
}

/* Look at one of the first rows, the columns being known. */
static hg_status look_at(heads *h, unsigned i, const hg_table_at *table,
                         hg_header_text *header, const hg_split *row, hg_err *err)
{
    int typed, fit = fit_of(table, row, &typed);
    if (i == 0) {
        h->data = typed > 1 && fit * 3 >= typed * 2 && !counts_up(row);
        h->same = 1;
        h->heading = fit <= 0;
        return hg_header_keep(header, row, err);
    }
    if (h->same == i && row->n == header->n && hg_header_repeats(header, row))
        h->same++;
    if (h->heading == i && i < HEADS && row->n == table->width &&
        hg_row_heads(table, row))
        h->heading++;
    return HG_OK;
}

/* ---- all ---- */

/* Whether the record, split anew, has the table's width. */
static bool has_width(const hg_table_at *table, const hg_record *record, hg_split *split,
                      size_t literal)
{
    hg_err err = HG_ERR_INIT; /* what cannot be split does not start a table */
    hg_slice text = { record->text.p, record->split.length };
    return hg_split_record(split, text, true, literal, &err) == HG_OK &&
           split->n == table->width;
}

/* Whether the record has the table's width with another delimiter, or with a quote before
 * a cell taken as data: a header like that is the table's. */
static bool starts_otherwise(const hg_table_at *table, const hg_record *record)
{
    static const char others[] = { ',', ';', '\t', '|', ' ' };
    hg_dialect dialect = *record->split.dialect;
    hg_split split = { .dialect = &dialect };
    const hg_split *row = &record->split;
    bool found = false, may = table->width > 2 && !record->blank;
    for (size_t i = 0; may && row->strays > 0 && i < row->n && i < TRIES && !found; i++)
        found = record->text.p[row->starts[i]] == dialect.quote &&
                has_width(table, record, &split, row->starts[i]);
    for (size_t i = 0; may && i < sizeof others && !found; i++) {
        dialect.delimiter = others[i];
        found = others[i] != record->split.dialect->delimiter &&
                has_width(table, record, &split, HG_SPLIT_NONE);
    }
    hg_split_release(&split);
    return found;
}

/* Whether the table starts with a record. LIKELY: if what follows, without a blank line,
 * may start it, too; OTHERWISE: if a full row with numbers, dates or codes follows. */
typedef enum start { NO, LIKELY, OTHERWISE, SURELY } start;

static start start_with(const hg_table_at *table, const hg_record *record)
{
    if (starts(table, record))
        return record->split.n == table->width || table->width < 2 ? SURELY : LIKELY;
    return starts_otherwise(table, record) ? OTHERWISE : NO;
}

static bool has_typed(const hg_split *row)
{
    size_t i = 0;
    while (i < row->n && !hg_look_typed(hg_look_of(row->cells[i])))
        i++;
    return i < row->n;
}

/* Go to where the table starts. */
static hg_status go(hg_table_at *table, hg_records *records, bool look, hg_err *err)
{
    hg_table_at at = *table;
    start before = NO;
    hg_record *record;
    hg_status st = HG_OK;
    for (bool found = false;
         !found && (st = hg_records_next(records, &record, err)) == HG_OK;) {
        start here = look ? start_with(table, record)
                          : (record->blank && table->width > 1 ? NO : SURELY);
        found = before == LIKELY
                    ? here == LIKELY || here == SURELY
                    : before == OTHERWISE && here == SURELY && has_typed(&record->split);
        if (!found) {
            at.offset = record->offset;
            at.line = record->line;
            at.number = table->number + record->number - !record->blank;
        }
        found |= here == SURELY;
        before = here;
    }
    if (st == HG_END && before != NO)
        st = HG_OK;
    if (st == HG_OK)
        *table = at;
    return st;
}

/* Add the shapes of rows behind those that may be its header. */
static hg_status learn_columns(hg_table_at *table, const hg_header_text *header,
                               hg_records *records, hg_err *err)
{
    hg_record *record;
    hg_status st = HG_OK;
    table->rows = 0;
    while (table->rows < HG_TABLES_LEARN &&
           (st = hg_records_next(records, &record, err)) == HG_OK) {
        if (record->blank)
            continue;
        if (table->rows > HEADS && hg_header_repeats(header, &record->split))
            break; /* another table begins */
        if (table->rows++ >= HEADS && record->split.n == table->width)
            for (size_t i = 0; i < table->width; i++)
                hg_likeness_add(&table->columns[i], hg_look_of(record->split.cells[i]));
    }
    return st == HG_END ? HG_OK : st;
}

static unsigned usual_cost(const hg_table_at *table)
{
    unsigned cost = 0;
    for (size_t i = 0; i < table->width; i++)
        cost += hg_likeness_average(&table->columns[i]);
    return cost / 16;
}

static hg_status learn_header(hg_table_at *table, hg_header_text *header,
                              hg_records *records, const hg_tables_opts *opts,
                              hg_err *err)
{
    heads h = { 0 };
    hg_record *record;
    hg_status st = HG_OK;
    for (unsigned i = 0; st == HG_OK && i <= HEADS;) {
        st = hg_records_next(records, &record, err);
        if (st == HG_OK && !record->blank)
            st = look_at(&h, i++, table, header, &record->split, err);
    }
    table->header_rows = header_rows(&h, table, opts);
    table->rows = 0;
    return st == HG_END ? HG_OK : st;
}

/* Read the text from the table's start, or from where it may start, anew. */
static hg_status reopen(hg_records **records, const hg_table_at *from, int fd,
                        const char *name, const hg_dialect *dialect, hg_err *err)
{
    hg_records_free(*records);
    return hg_records_new(records, fd, name, dialect, from->offset, from->line, err);
}

hg_status hg_table_learn(hg_table_at *from, hg_header_text *header, int fd,
                         const char *name, const hg_dialect *dialect,
                         const hg_tables_opts *opts, bool look, hg_err *err)
{
    hg_records *records = NULL;
    hg_status st = reopen(&records, from, fd, name, dialect, err);
    if (st == HG_OK)
        st = learn_width(from, header, records, err);
    if (st == HG_OK && !(from->columns = calloc(from->width, sizeof *from->columns)))
        st = hg_fail_nomem(err);
    if (st == HG_OK)
        st = reopen(&records, from, fd, name, dialect, err);
    if (st == HG_OK)
        st = go(from, records, look, err);
    if (st == HG_OK)
        st = reopen(&records, from, fd, name, dialect, err);
    if (st == HG_OK)
        st = learn_columns(from, header, records, err);
    if (st == HG_OK)
        st = reopen(&records, from, fd, name, dialect, err);
    if (st == HG_OK)
        st = learn_header(from, header, records, opts, err);
    hg_records_free(records);
    if (st == HG_OK)
        from->usual = usual_cost(from);
    return st;
}
