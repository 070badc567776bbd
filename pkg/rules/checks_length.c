/* checks_length - cells much longer than the others of their field */
#include "rules/checks_parts.h"
#include "base/pack.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Characters: longer cells alone are told, shorter ones are no oddity. */
enum { LEAST = 5000 };

/* A digest has so many fields of a row of hg_lengths_count_row(). */
enum { EACH = sizeof(hg_hash) };

static bool is_ignored(const hg_asked *check, const char *name)
{
    const hg_json *list = hg_json_get(check->json, "ignoreFields");
    for (size_t i = 0; i < hg_json_len(list); i++)
        if (hg_slice_is(hg_slice_of(hg_json_str(hg_json_at(list, i))), name))
            return true;
    return false;
}

static hg_status start(hg_checks *c, hg_asked *check, hg_err *err)
{
    const hg_schema *schema = c->opts.schema;
    check->ignored = calloc(schema->n + 1, sizeof *check->ignored);
    if (!check->ignored)
        return hg_fail_nomem(err);
    for (size_t f = 0; f < schema->n; f++) {
        check->ignored[f] = is_ignored(check, schema->fields[f].name);
        if (!check->ignored[f])
            hg_need_field(c->opts.needs, f, HG_NEED_CELL);
    }
    return hg_lengths_new(&check->lengths, schema->n, c->opts.budget, err);
}

/* ---- rows ---- */

/* What a record of a part is of: long cells as they come, at its end the counts of short
 * ones. */
enum { LONG, COUNT };

static hg_status write_long(const hg_checks *c, const hg_asked *check, size_t field,
                            size_t length, uint64_t row, hg_err *err)
{
    hg_buf *record = hg_checks_record(c, check);
    hg_pack_number(record, LONG);
    hg_pack_number(record, field);
    hg_pack_number(record, length);
    hg_pack_number(record, row);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status add_cells(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                           hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t f = 0; st == HG_OK && f < row->schema->n; f++) {
        if (check->ignored[f] || hg_checks_null(row, f))
            continue;
        size_t length = hg_utf8_characters(row->fields[f]);
        if (length <= HG_LENGTHS_SHORT)
            hg_lengths_count(check->lengths, f, length, 1);
        else if (hg_checks_writes(c))
            st = write_long(c, check, f, length, row->number, err);
        else
            st = hg_lengths_add(check->lengths, f, length, row->number, err);
    }
    return st;
}

static size_t digests(const hg_checks *c)
{
    return (c->opts.schema->n + EACH - 1) / EACH;
}

/* The lengths of a row's cells, if all are short. */
static bool lengths_of(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    unsigned char *bytes = (unsigned char *)out;
    memset(bytes, 0, (row->schema->n + EACH - 1) / EACH * EACH);
    for (size_t f = 0; f < row->schema->n; f++) {
        if (check->ignored[f] || hg_checks_null(row, f))
            continue;
        size_t length = hg_utf8_characters(row->fields[f]);
        if (length > HG_LENGTHS_SHORT)
            return false;
        bytes[f] = (unsigned char)(length + 1);
    }
    return true;
}

static hg_status enter_lengths(hg_checks *c, hg_asked *check, const hg_hash *lengths,
                               size_t stride, size_t n, uint64_t number, hg_err *err)
{
    (void)number;
    (void)err;
    (void)c;
    for (size_t r = 0; r < n; r++, lengths += stride)
        hg_lengths_count_row(check->lengths, (const unsigned char *)lengths);
    return HG_OK;
}

/* ---- parts ---- */

static hg_status write_counts(hg_checks *c, hg_asked *check, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t f = 0; st == HG_OK && f < c->opts.schema->n; f++) {
        hg_buf *record = hg_checks_record(c, check);
        hg_pack_number(record, COUNT);
        hg_pack_number(record, f);
        for (size_t i = 0; i <= HG_LENGTHS_SHORT; i++) {
            uint64_t n = hg_lengths_counted(check->lengths, f, i);
            if (n > 0) {
                hg_pack_number(record, i);
                hg_pack_number(record, n);
            }
        }
        st = hg_journal_end(c->opts.budget->journal, err);
    }
    return st;
}

static hg_status replay(hg_checks *c, hg_asked *check, hg_slice record, hg_before before,
                        hg_err *err)
{
    uint64_t what = hg_unpack_number(&record);
    size_t field = (size_t)hg_unpack_number(&record);
    if (field >= c->opts.schema->n)
        return hg_journal_wrong(err);
    if (what == LONG) {
        uint64_t length = hg_unpack_number(&record), row = hg_unpack_number(&record);
        if (length > UINT32_MAX)
            return hg_journal_wrong(err);
        return hg_lengths_add(check->lengths, field, (size_t)length, row + before.rows,
                              err);
    }
    while (record.n > 0) {
        uint64_t length = hg_unpack_number(&record), n = hg_unpack_number(&record);
        if (length > HG_LENGTHS_SHORT || n == 0)
            return hg_journal_wrong(err);
        hg_lengths_count(check->lengths, field, (size_t)length, n);
    }
    return HG_OK;
}

/* ---- the end ---- */

static hg_status tell_long(hg_checks *c, hg_asked *check, size_t f, double most,
                           hg_err *err)
{
    size_t length;
    uint64_t number;
    hg_status st = HG_OK;
    hg_lengths_first(check->lengths, f);
    while (st == HG_OK &&
           (st = hg_lengths_next(check->lengths, &length, &number, err)) == HG_OK) {
        char row[24];
        if (length <= LEAST || (double)length <= most)
            continue;
        hg_args(row, sizeof row, "%zu", (size_t)number);
        st =
            hg_checks_found(c, "deviated-cell", HG_CHECKS_TABLE, err,
                            "the cell in row %s is much longer than the others in \"%s\"",
                            row, c->opts.schema->fields[f].name);
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status end(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    double far = hg_json_number(hg_json_get(check->json, "interval"), 3);
    hg_status st = HG_OK;
    (void)rows;
    for (size_t f = 0; st == HG_OK && f < c->opts.schema->n; f++) {
        hg_usual usual;
        st = hg_lengths_usual(check->lengths, f, &usual, err);
        if (st == HG_OK && usual.n >= 2)
            st = tell_long(c, check, f, usual.median + far * usual.deviation, err);
    }
    hg_lengths_free(check->lengths); /* the others need its memory */
    check->lengths = NULL;
    return st;
}

const hg_check_kind hg_check_cell = {
    .code = "deviated-cell",
    .start = start,
    .row = add_cells,
    .digests = digests,
    .look = lengths_of,
    .enter = enter_lengths,
    .part = write_counts,
    .replay = replay,
    .end = end,
};
