/* records - the records of a delimited text, one after the other, as they stand */
#include "delimited/records.h"
#include "base/file.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK ((size_t)1 << 18) /* bytes read at once */

struct hg_records {
    int fd;
    char *name;
    char *window; /* bytes from `at` to n are not yet given */
    size_t at, n, cap;
    bool ended;
    hg_record record;
    bool lines;   /* that may have several */
    size_t given; /* bytes of the record given last, which `at` does not count yet */
};

uint64_t hg_records_line_ends(hg_slice text)
{
    uint64_t ends = 0;
    for (size_t i = 0; i < text.n; i++)
        ends += text.p[i] == '\n' ? i == 0 || text.p[i - 1] != '\r' : text.p[i] == '\r';
    return ends;
}

hg_loc hg_records_place(const hg_record *record, const char *name, size_t at)
{
    const char *p = record->text.p;
    size_t from = at;
    while (from > 0 && p[from - 1] != '\n' && p[from - 1] != '\r')
        from--;
    size_t col = at - from + 1;
    return (hg_loc){ .file = name,
                     .row = record->line + hg_records_line_ends((hg_slice){ p, from }),
                     .col = col < UINT32_MAX ? (uint32_t)col : 0 };
}

/* Read on: first the bytes not yet given, the record's, move to the front. */
static hg_status fill(hg_records *r, hg_err *err)
{
    size_t got, left = r->n - r->at;
    memmove(r->window, r->window + r->at, left);
    r->n = left;
    r->at = 0;
    if (r->cap - left < BLOCK) {
        char *grown = realloc(r->window, r->cap * 2);
        if (!grown)
            return hg_fail_nomem(err);
        r->window = grown;
        r->cap *= 2;
    }
    uint64_t offset = r->record.offset + r->n;
    hg_status st =
        hg_file_read_at(r->fd, r->name, r->window + r->n, BLOCK, offset, &got, err);
    if (st != HG_OK)
        return st;
    r->n += got;
    r->ended = got < BLOCK;
    return HG_OK;
}

/* Split what stands at the window's front, reading on as long as its end is not there. */
static hg_status split(hg_records *r, hg_err *err)
{
    hg_record *record = &r->record;
    hg_loc loc = { .file = r->name, .row = record->line };
    for (;;) {
        record->text = (hg_slice){ r->window + r->at, r->n - r->at };
        record->ended = r->ended;
        bool full = record->text.n >= HG_RECORDS_MAX;
        hg_err why = HG_ERR_INIT;
        hg_status st = record->text.n == 0
                           ? HG_END
                           : hg_split_record(&record->split, record->text,
                                             r->ended || full, HG_SPLIT_NONE, &why);
        if (st == HG_EINPUT)
            return hg_fail(err, st, &loc, "more than %zu cells in one record",
                           HG_SPLIT_CELLS);
        if (st != HG_END && st != HG_OK)
            return hg_fail_nomem(err);
        if (st == HG_OK && full && record->split.length == record->text.n && !r->ended)
            return hg_fail(err, HG_EINPUT, &loc,
                           "a record of more than %zu bytes; is there a quote that "
                           "nothing closes?",
                           HG_RECORDS_MAX);
        if (st == HG_OK || r->ended)
            return st;
        if ((st = fill(r, err)) != HG_OK)
            return st;
    }
}

hg_status hg_records_next(hg_records *r, hg_record **out, hg_err *err)
{
    hg_record *record = &r->record;
    if (r->given > 0) {
        record->line +=
            r->lines ? hg_records_line_ends((hg_slice){ r->window + r->at, r->given })
                     : 1;
        record->offset += r->given;
        r->at += r->given;
        r->given = 0;
    }
    hg_status st = split(r, err);
    if (st != HG_OK)
        return st;
    r->given = record->split.length;
    r->lines = record->split.quoted > 0; /* only quotes enclose line ends */
    record->blank = record->split.n == 1 && record->split.cells[0].n == 0 &&
                    record->split.quoted == 0;
    record->number += !record->blank;
    *out = record;
    return HG_OK;
}

void hg_records_cut(hg_records *r, size_t length)
{
    r->given = length;
}

hg_status hg_records_new(hg_records **out, int fd, const char *name,
                         const hg_dialect *dialect, uint64_t offset, uint64_t line,
                         hg_err *err)
{
    hg_records *r = *out = calloc(1, sizeof *r);
    if (!r)
        return hg_fail_nomem(err);
    r->fd = fd;
    r->cap = 2 * BLOCK;
    r->name = strdup(name);
    r->window = malloc(r->cap);
    r->record.split.dialect = dialect;
    r->record.offset = offset;
    r->record.line = line;
    hg_status st = r->name && r->window ? HG_OK : hg_fail_nomem(err);
    if (st != HG_OK) {
        hg_records_free(r);
        *out = NULL;
    }
    return st;
}

void hg_records_free(hg_records *r)
{
    if (!r)
        return;
    hg_split_release(&r->record.split);
    free(r->window);
    free(r->name);
    free(r);
}
