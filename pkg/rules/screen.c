/* screen - a quick look at the rows of a part */
#include "rules/screen.h"
#include "delimited/csv.h"
#include "table/matcher.h"

#include <stdlib.h>
#include <string.h>

struct hg_screen {
    const hg_table *table;
    hg_schema *schema; /* our own copy: patterns are for one thread */
    hg_matchers *matchers;
    size_t n;        /* columns */
    size_t *columns; /* by field */
    size_t n_keys, n_digests, n_told;
    size_t before_rules; /* digests of keys and references */
    hg_value *values;    /* by field: those of keys, and those that rules need */
    hg_slice *fields;    /* likewise: cells of foreign keys, and those that rules need */
    unsigned *verdicts;  /* likewise: whether there is a value, for rules */
    bool *referring;     /* likewise: whether a foreign key has to do with it */
    const hg_needs *needs; /* of checks and sums; NULL: there are none */
    hg_slice *row;         /* all cells of one, where they need them */
    hg_csv csv;
    hg_buf key;
    /* the rows at hand: */
    hg_block block;        /* some that are plain, or */
    const hg_slice *cells; /* one; NULL: those of block */
    bool fits;             /* it has as many cells as there are columns */
    const char *start;     /* of the first of them */
};

/* ---- rows ---- */

static hg_slice cell_of(const hg_screen *s, size_t column, size_t r)
{
    return s->cells ? s->cells[column] : hg_block_cell(&s->block, r, column);
}

/* A key that is one plain whole number, as hg_table_hash() would have it. */
static bool is_plain_number(const hg_screen *s, const hg_key *key, size_t shift, size_t r,
                            hg_hash *out)
{
    const hg_typed *reader = &s->schema->fields[key->fields[0]].reader;
    int64_t number;
    if (key->n != 1 || reader->type != HG_INTEGER ||
        !hg_integer_plain(cell_of(s, s->columns[key->fields[0]] + shift, r), &number))
        return false;
    *out = hg_hash_of_number(number);
    return true;
}

static bool take_key(hg_screen *s, const hg_key *key, size_t shift, size_t r, hg_hash *out,
                     hg_err *err)
{
    hg_seed seed = hg_table_options(s->table)->budget->seed;
    for (size_t k = 0; k < key->n; k++) {
        size_t f = key->fields[k];
        const hg_typed *reader = &s->schema->fields[f].reader;
        if (!reader->read(reader, cell_of(s, s->columns[f] + shift, r), &s->values[f]))
            return false;
    }
    return hg_table_hash(out, &s->key, seed, s->schema, key, s->values, err) == HG_OK;
}

/* The digests of a row's keys, as hg_table_row() makes them. */
static bool take_keys(hg_screen *s, size_t shift, size_t r, hg_hash *out, hg_err *err)
{
    for (size_t i = 0; i < s->n_keys; i++) {
        const hg_key *key = hg_table_key(s->table, i);
        if (!is_plain_number(s, key, shift, r, &out[i]) &&
            !take_key(s, key, shift, r, &out[i], err))
            return false;
    }
    return true;
}

/* Whether the row's foreign keys lead somewhere, and their digests. */
static bool take_references(hg_screen *s, size_t shift, size_t r, hg_hash *out)
{
    const hg_references *refs = hg_table_references(s->table);
    for (size_t f = 0; refs && f < s->schema->n; f++)
        if (s->referring[f])
            s->fields[f] = cell_of(s, s->columns[f] + shift, r);
    return !refs || hg_references_look(refs, s->schema, s->fields, &s->key, out);
}

/* Read the field of a row for rules. */
static bool take_field(hg_screen *s, size_t f, hg_slice cell)
{
    const hg_field *field = &s->schema->fields[f];
    bool missing = hg_field_missing(field, cell);
    s->fields[f] = cell;
    s->verdicts[f] = missing ? HG_CELL_NULL : 0;
    return missing || s->needs->fields[f] != HG_NEED_VALUE ||
           field->reader.read(&field->reader, cell, &s->values[f]);
}

/* Whether the row keeps checks and sums, and their digests. Fields without a column have no value
 * (set_fields()). */
static bool take_rules(hg_screen *s, size_t shift, size_t r, hg_hash *out)
{
    if (!s->needs)
        return true;
    for (size_t i = 0; i < s->n; i++) {
        size_t f = hg_table_options(s->table)->columns->fields[i];
        if (f != HG_NO_FIELD && s->needs->fields[f] != HG_NEED_NOTHING &&
            !take_field(s, f, cell_of(s, i + shift, r)))
            return false;
    }
    for (size_t i = 0; s->needs->cells && !s->cells && i < s->n; i++)
        s->row[i] = cell_of(s, i + shift, r);
    hg_rule_row row = { .cells = s->cells ? s->cells + shift : s->row,
                        .n = s->n,
                        .schema = s->schema,
                        .fields = s->fields,
                        .values = s->values,
                        .verdicts = s->verdicts,
                        .space = &s->key };
    return hg_table_look(s->table, &row, out);
}

/* Where a cell stands in the part as it is, and not only in what the reader made of it. */
static bool stands(const hg_screen *s, hg_slice *cell, hg_slice bytes)
{
    if (!s->cells && s->block.from != s->block.text) {
        const char *there = s->block.from + (cell->p - s->block.text);
        if (memcmp(there, cell->p, cell->n) != 0)
            return false;
        cell->p = there;
    }
    return cell->p >= bytes.p && cell->p <= bytes.p + bytes.n;
}

/* Cells that the table wants to see again. */
static bool take_cells(const hg_screen *s, size_t shift, size_t r, hg_slice bytes,
                       hg_slice *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t column = i == 0 ? 0 : hg_table_told(s->table, i - 1) - 1 + shift;
        out[i] = cell_of(s, column, r);
        if (!stands(s, &out[i], bytes))
            return false;
    }
    return true;
}

static bool grow(hg_screened *seen, size_t n_digests)
{
    size_t cap = seen->cap ? seen->cap * 2 : 4096;
    uint32_t *starts = realloc(seen->starts, (cap + 1) * sizeof *starts);
    if (starts)
        seen->starts = starts;
    bool *odd = realloc(seen->odd, cap * sizeof *odd);
    if (odd)
        seen->odd = odd;
    hg_hash *digests = realloc(seen->digests, (cap * n_digests + 1) * sizeof *digests);
    if (digests)
        seen->digests = digests;
    hg_slice *cells = realloc(seen->cells, (cap * seen->n_cells + 1) * sizeof *cells);
    if (cells)
        seen->cells = cells;
    if (!starts || !odd || !digests || !cells)
        return false;
    seen->cap = cap;
    return true;
}

/* Make room for the cells that the table wants to see again. */
static void make_cells(const hg_screen *s, bool located, hg_screened *seen)
{
    size_t n = s->n_digests > 0 && (located || s->n_told > 0) ? 1 + s->n_told : 0;
    if (n > seen->n_cells)
        seen->cap = 0; /* there is room for fewer */
    seen->n_cells = n;
}

/* Take the next rows: some that are plain, or one. False at the end, at what is malformed,
 * and where memory ran out. */
static bool next_rows(hg_screen *s, size_t width)
{
    hg_err ignored = HG_ERR_INIT;
    hg_row row;
    s->start = s->csv.p;
    s->cells = NULL;
    if (hg_csv_rows(&s->csv, width, HG_MATCHERS_ROWS, &s->block) > 0)
        return true;
    if (hg_csv_next(&s->csv, &row, &ignored) != HG_OK)
        return false;
    s->block.n = 1;
    s->cells = row.cells;
    s->fits = row.n == width;
    return true;
}

/* A bit for each of the rows at hand whose cells are good. */
static uint64_t good_rows(hg_screen *s, size_t shift)
{
    if (s->cells)
        return s->fits && hg_matchers_row(s->matchers, s->cells + shift);
    return hg_matchers_good(s->matchers, &s->block, shift);
}

static void note_starts(const hg_screen *s, uint32_t *starts, const char *from)
{
    if (s->cells)
        starts[0] = (uint32_t)(s->start - from);
    for (size_t r = 0; !s->cells && r < s->block.n; r++)
        starts[r] = (uint32_t)(s->block.from + hg_block_row(&s->block, r) - from);
}

/* Take what is wanted of the rows at hand that are good; give those that still are. */
static uint64_t take_good(hg_screen *s, size_t shift, hg_slice bytes, uint64_t good,
                          hg_screened *seen)
{
    hg_err ignored = HG_ERR_INIT; /* hg_table_row()'s caller will meet it again */
    bool wanted = s->n_digests > 0 || s->needs || hg_table_references(s->table);
    for (uint64_t left = wanted ? good : 0; left != 0; left &= left - 1) {
        size_t r = (size_t)__builtin_ctzll(left), i = seen->n + r;
        hg_hash *digests = seen->digests + i * s->n_digests;
        if (!take_keys(s, shift, r, digests, &ignored) ||
            !take_references(s, shift, r, digests + s->n_keys) ||
            !take_rules(s, shift, r, digests + s->before_rules) ||
            !take_cells(s, shift, r, bytes, seen->cells + i * seen->n_cells,
                        seen->n_cells))
            good &= ~((uint64_t)1 << r);
    }
    return good;
}

void hg_screen_rows(hg_screen *s, hg_slice bytes, bool located, hg_screened *seen)
{
    size_t shift = located ? 1 : 0;
    seen->n = seen->n_odd = 0;
    make_cells(s, located, seen);
    hg_csv_init(&s->csv, bytes.p, bytes.n, 0, 0);
    while ((seen->n + HG_MATCHERS_ROWS <= seen->cap || grow(seen, s->n_digests)) &&
           next_rows(s, s->n + shift)) {
        uint64_t good = good_rows(s, shift);
        good = take_good(s, shift, bytes, good, seen);
        note_starts(s, seen->starts + seen->n, bytes.p);
        for (size_t r = 0; r < s->block.n; r++)
            seen->odd[seen->n + r] = !(good >> r & 1);
        seen->n += s->block.n;
        seen->n_odd += s->block.n - (size_t)__builtin_popcountll(good);
    }
    if (seen->cap > 0)
        seen->starts[seen->n] = (uint32_t)(s->csv.p - bytes.p);
}

/* ---- setting up ---- */

static bool is_in_key(const hg_screen *s, size_t field)
{
    for (size_t i = 0; i < s->n_keys; i++) {
        const hg_key *key = hg_table_key(s->table, i);
        for (size_t k = 0; k < key->n; k++)
            if (key->fields[k] == field)
                return true;
    }
    return false;
}

static bool is_clean(const void *privacy, size_t column, hg_slice cell)
{
    return hg_privacy_clean(privacy, column, cell);
}

static hg_status set_fields(hg_screen *s, hg_err *err)
{
    const hg_references *refs = hg_table_references(s->table);
    size_t n = s->schema->n + 1;
    s->columns = calloc(n, sizeof *s->columns);
    s->values = calloc(n, sizeof *s->values);
    s->fields = calloc(n, sizeof *s->fields);
    s->verdicts = calloc(n, sizeof *s->verdicts);
    s->referring = calloc(n, sizeof *s->referring);
    s->row = calloc(s->n + 1, sizeof *s->row);
    if (!s->columns || !s->values || !s->fields || !s->verdicts || !s->referring || !s->row)
        return hg_fail_nomem(err);
    for (size_t f = 0; f < s->schema->n; f++) {
        s->referring[f] = refs && hg_references_field(refs, f);
        s->fields[f] = (hg_slice){ "", 0 };
        s->verdicts[f] = HG_CELL_NULL;
    }
    return HG_OK;
}

static hg_status add_matchers(hg_screen *s, const hg_columns *columns, hg_err *err)
{
    const hg_privacy *privacy = hg_table_options(s->table)->privacy;
    hg_status st = hg_matchers_new(&s->matchers, s->n, err);
    for (size_t i = 0; st == HG_OK && i < s->n; i++) {
        size_t f = columns->fields[i];
        hg_also also = { hg_privacy_looks(privacy, i) ? is_clean : NULL, privacy };
        if (f != HG_NO_FIELD)
            s->columns[f] = i;
        if (f != HG_NO_FIELD || also.good)
            st = hg_matchers_set(s->matchers, i,
                                 f == HG_NO_FIELD ? NULL : &s->schema->fields[f],
                                 f != HG_NO_FIELD && is_in_key(s, f), also, err);
    }
    return st;
}

hg_status hg_screen_new(hg_screen **out, const hg_table *table, hg_err *err)
{
    *out = NULL;
    if (hg_table_serial(table))
        return HG_OK;
    hg_screen *s = calloc(1, sizeof *s);
    if (!s)
        return hg_fail_nomem(err);
    const hg_table_opts *opts = hg_table_options(table);
    s->table = table;
    while (hg_table_key(table, s->n_keys))
        s->n_keys++;
    while (hg_table_told(table, s->n_told) > 0)
        s->n_told++;
    const hg_references *refs = hg_table_references(table);
    s->n = opts->columns->n;
    s->n_digests = hg_table_digests(table);
    s->before_rules = s->n_keys + (refs ? hg_references_digests(refs) : 0);
    s->needs = hg_table_needs(table);
    hg_status st = hg_schema_new(&s->schema, opts->schema->json, opts->schema->doc,
                                 opts->schema->name, err);
    if (st == HG_OK)
        st = set_fields(s, err);
    if (st == HG_OK)
        st = add_matchers(s, opts->columns, err);
    if (st == HG_OK)
        *out = s;
    else
        hg_screen_free(s);
    return st;
}

void hg_screened_release(hg_screened *seen)
{
    free(seen->starts);
    free(seen->odd);
    free(seen->digests);
    free(seen->cells);
    *seen = (hg_screened){ 0 };
}

void hg_screen_free(hg_screen *s)
{
    if (!s)
        return;
    hg_matchers_free(s->matchers);
    free(s->columns);
    free(s->values);
    free(s->fields);
    free(s->verdicts);
    free(s->referring);
    free(s->row);
    hg_schema_free(s->schema);
    hg_csv_release(&s->csv);
    hg_buf_release(&s->key);
    free(s);
}
