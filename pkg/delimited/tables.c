/* tables - where in a delimited text its tables stand */
#include "delimited/tables.h"
#include "delimited/tables_learn.h"

#include <stdlib.h>
#include <string.h>

enum {
    NOTES = 50,      /* rows below a table that are notes at most */
    SKIP_LAST = 1000 /* rows left out below at most */
};

/* Where a record stands. */
typedef struct spot {
    uint64_t offset, line, number;
} spot;

/* Rows below the last full one, which are notes if no full one follows. */
typedef struct tail {
    spot from;
    uint64_t rows, uneven, values;
    bool gap; /* a blank line stands before it */
} tail;

typedef struct search {
    hg_tables *tables;
    int fd;
    const char *name;
    const hg_dialect *dialect;
    const hg_tables_opts *opts;
    hg_header_text header;
    hg_records *records;
    tail tail;
    uint64_t index;  /* records of the table at hand so far */
    uint64_t blanks; /* blank lines since the last row */
    bool gap;        /* blank lines stand before this record */
    spot next;       /* where another table may begin; offset 0: nowhere */
    size_t next_width;
    uint64_t *last; /* the offsets of the latest rows, a ring of skip_last */
} search;

static hg_table_at *table(const search *s)
{
    return &s->tables->list[s->tables->n - 1];
}

static spot spot_of(const hg_record *record)
{
    return (spot){ record->offset, record->line, record->number - !record->blank };
}

/* ---- rows of a table ---- */

static void count(search *s, uint64_t rows, uint64_t uneven, uint64_t values)
{
    hg_table_at *t = table(s);
    t->rows += rows;
    t->uneven += uneven;
    t->values += values;
}

/* A full row follows: what stands in the tail are rows, too. */
static void keep_tail(search *s)
{
    count(s, s->tail.rows, s->tail.uneven, s->tail.values);
    s->tail = (tail){ 0 };
}

/* Whether a row would be a note if no full row followed. */
static bool note_like(const search *s, const hg_record *record)
{
    const hg_table_at *t = table(s);
    size_t n = record->split.n;
    size_t values = hg_row_values(&record->split);
    bool gap = s->gap || s->tail.gap;
    if (s->opts->single || s->index <= t->header_rows || t->width < 2)
        return false;
    if (n == 1 && (gap || t->width > 2))
        return true;
    return values == 0 || (gap && values < 2);
}

static void put(search *s, const hg_record *record)
{
    hg_table_at *t = table(s);
    size_t values = 0;
    for (size_t i = 0; i < record->split.n; i++)
        if (record->split.cells[i].n > 0) {
            values++;
            t->cols = i + 1 > t->cols ? i + 1 : t->cols;
        }
    bool uneven = record->split.n != t->width;
    bool maybe = s->next.offset > 0; /* another table's */
    if (s->opts->skip_last > 0)
        s->last[s->index % (uint64_t)s->opts->skip_last] = record->offset;
    s->index++;
    if ((!note_like(s, record) && !maybe) || s->tail.rows >= NOTES) {
        keep_tail(s);
        count(s, t->width < 2 ? 1 + s->blanks : 1, uneven, values);
        s->tables->blank += t->width < 2 ? 0 : s->blanks;
        s->blanks = 0;
        return;
    }
    if (s->tail.rows == 0)
        s->tail = (tail){ .from = spot_of(record), .gap = s->gap || values == 0 };
    s->tail.rows++;
    s->tail.uneven += uneven;
    s->tail.values += values;
}

/* ---- tables, one after the other ---- */

/* The table at hand ends, at the tail where there is one. */
static void close_table(search *s, uint64_t end)
{
    hg_table_at *t = table(s);
    t->end = s->tail.rows > 0 ? s->tail.from.offset : end;
    s->tables->below = s->tail.rows;
    s->tail = (tail){ 0 };
}

/* Learn the table at a spot, or behind it, and start to read it. HG_END: there is none.
 */
static hg_status open_table(search *s, spot at, bool look, hg_err *err)
{
    hg_tables *tables = s->tables;
    hg_table_at *list = realloc(tables->list, (tables->n + 1) * sizeof *list);
    if (!list)
        return hg_fail_nomem(err);
    tables->list = list;
    hg_table_at *t = &list[tables->n++];
    *t = (hg_table_at){ .offset = at.offset, .line = at.line, .number = at.number };
    hg_status st =
        hg_table_learn(t, &s->header, s->fd, s->name, s->dialect, s->opts, look, err);
    if (st != HG_OK) {
        free(t->columns);
        tables->n--;
        return st;
    }
    s->index = 0;
    s->blanks = 0;
    s->gap = false;
    s->next.offset = 0;
    hg_records_free(s->records);
    return hg_records_new(&s->records, s->fd, s->name, s->dialect, t->offset, t->line,
                          err);
}

/* Whether another table begins at this record, or began at the one before. */
static bool begins(search *s, const hg_record *record, spot *at)
{
    hg_table_at *t = table(s);
    const hg_split *row = &record->split;
    if (s->opts->single || s->index < t->header_rows || s->index == 0 ||
        s->tables->n == HG_TABLES_MAX)
        return false;
    *at = s->next;
    if (s->next.offset > 0 && !s->gap && row->n == s->next_width)
        return true;
    s->next.offset = 0;
    *at = spot_of(record);
    if (t->header_rows > 0 && hg_header_repeats(&s->header, row))
        return true;
    if (!s->gap || t->width < 2 || hg_row_values(row) < 2)
        return false;
    if (row->n != t->width) {
        s->next = *at;
        s->next_width = row->n;
    }
    return row->n == t->width && t->rows > 3 && hg_row_heads(t, row);
}

static hg_status read_record(search *s, hg_record *record, uint64_t base, hg_err *err)
{
    spot at;
    record->number += base; /* of records before the table */
    if (record->blank) {
        s->gap = true;
        s->blanks++;
    } else if (begins(s, record, &at)) {
        if (s->tail.rows > 0 && s->tail.from.offset > at.offset)
            s->tail.rows = 0;
        close_table(s, at.offset);
        return open_table(s, at, false, err);
    } else {
        put(s, record);
        s->gap = table(s)->width > 1 && hg_row_values(&record->split) == 0;
    }
    record->number -= base;
    return HG_OK;
}

static hg_status read_all(search *s, hg_err *err)
{
    hg_record *record;
    hg_status st;
    uint64_t end = 0;
    while ((st = hg_records_next(s->records, &record, err)) == HG_OK) {
        end = record->offset + record->split.length;
        st = read_record(s, record, table(s)->number, err);
        if (st != HG_OK)
            return st;
    }
    if (st == HG_END)
        close_table(s, end);
    return st == HG_END ? HG_OK : st;
}

/* Leave out the last rows, as asked. */
static void skip_last(search *s)
{
    hg_table_at *t = table(s);
    uint64_t skip = (uint64_t)s->opts->skip_last;
    if (s->opts->skip_last <= 0)
        return;
    skip = skip < s->index ? skip : s->index;
    t->end = s->last[(s->index - skip) % (uint64_t)s->opts->skip_last];
    t->rows = t->rows > skip ? t->rows - skip : 0;
    s->tables->below = skip;
}

/* Go to where the first table may start. */
static hg_status skip_first(search *s, spot *at, hg_err *err)
{
    hg_record *record;
    hg_status st = HG_OK;
    int64_t skip = s->opts->skip_rows;
    for (int64_t i = 0; i <= skip && st == HG_OK; i++) {
        st = hg_records_next(s->records, &record, err);
        if (st == HG_OK)
            *at = spot_of(record);
    }
    return st;
}

static hg_status begin(search *s, uint64_t offset, hg_err *err)
{
    spot at = { offset, 1, 0 };
    hg_status st =
        hg_records_new(&s->records, s->fd, s->name, s->dialect, offset, 1, err);
    s->last = calloc(SKIP_LAST, sizeof *s->last);
    if (st == HG_OK && !s->last)
        st = hg_fail_nomem(err);
    if (st == HG_OK)
        st = skip_first(s, &at, err);
    if (st == HG_OK)
        st = open_table(s, at, s->opts->skip_rows == HG_TABLES_FOUND, err);
    if (st == HG_OK)
        s->tables->above = table(s)->number;
    return st;
}

static void end(search *s)
{
    hg_records_free(s->records);
    hg_header_release(&s->header);
    free(s->last);
}

hg_status hg_tables_find(hg_tables *tables, int fd, const char *name,
                         const hg_dialect *dialect, const hg_tables_opts *opts,
                         uint64_t offset, hg_err *err)
{
    search s = {
        .tables = tables, .fd = fd, .name = name, .dialect = dialect, .opts = opts
    };
    *tables = (hg_tables){ 0 };
    hg_status st = begin(&s, offset, err);
    if (st == HG_OK)
        st = read_all(&s, err);
    if (st == HG_OK)
        skip_last(&s);
    end(&s);
    if (st != HG_OK)
        hg_tables_release(tables);
    return st == HG_END ? HG_OK : st;
}

hg_status hg_tables_one(hg_tables *tables, int fd, const char *name,
                        const hg_dialect *dialect, const hg_tables_opts *opts,
                        uint64_t offset, uint64_t to, uint64_t rows, hg_err *err)
{
    search s = {
        .tables = tables, .fd = fd, .name = name, .dialect = dialect, .opts = opts
    };
    *tables = (hg_tables){ 0 };
    hg_status st = begin(&s, offset, err);
    if (st == HG_OK) {
        table(&s)->rows = rows - table(&s)->number;
        table(&s)->end = to;
        table(&s)->cols = table(&s)->width;
    }
    end(&s);
    if (st != HG_OK)
        hg_tables_release(tables);
    return st == HG_END ? HG_OK : st;
}

void hg_tables_release(hg_tables *tables)
{
    for (size_t i = 0; i < tables->n; i++)
        free(tables->list[i].columns);
    free(tables->list);
    *tables = (hg_tables){ 0 };
}
