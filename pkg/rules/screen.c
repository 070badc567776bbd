/* screen - a quick look at the rows of a part */
#include "rules/screen.h"
#include "format/csv.h"
#include "table/matcher.h"

#include <stdlib.h>

struct hg_screen {
    const hg_table *table;
    hg_schema *schema; /* our own copy: patterns are for one thread */
    hg_matchers *matchers;
    size_t n;        /* columns */
    size_t *columns; /* by field */
    size_t n_keys, n_told;
    hg_value *values; /* by field: those of keys */
    hg_csv csv;
    hg_buf key;
};

/* ---- rows ---- */

/* The digests of the row's keys, as hg_table_row() makes them. */
static bool take_keys(hg_screen *s, const hg_slice *cells, hg_hash *out, hg_err *err)
{
    hg_seed seed = hg_table_options(s->table)->budget->seed;
    for (size_t i = 0; i < s->n_keys; i++) {
        const hg_key *key = hg_table_key(s->table, i);
        for (size_t k = 0; k < key->n; k++) {
            size_t f = key->fields[k];
            const hg_field *field = &s->schema->fields[f];
            if (!field->reader.read(&field->reader, cells[s->columns[f]], &s->values[f]))
                return false;
        }
        if (hg_table_hash(&out[i], &s->key, seed, s->schema, key, s->values, err) != HG_OK)
            return false;
    }
    return true;
}

/* Cells that the table wants to see again; they must stand in the part as they are. */
static bool take_cells(const hg_screen *s, const hg_row *row, hg_screened *seen)
{
    hg_slice *cells = seen->cells + seen->n * seen->n_cells;
    size_t shift = row->n - s->n;
    for (size_t i = 0; i < seen->n_cells; i++) {
        hg_slice cell = row->cells[i == 0 ? 0 : hg_table_told(s->table, i - 1) - 1 + shift];
        if (cell.p < row->raw.p || cell.p > row->raw.p + row->raw.n)
            return false;
        cells[i] = cell;
    }
    return true;
}

static bool is_personal(const hg_screen *s, const hg_slice *cells)
{
    hg_private found = { .column = 0 };
    return hg_privacy_next(hg_table_options(s->table)->privacy, cells, s->n, &found);
}

static bool grow(hg_screened *seen, size_t n_keys)
{
    size_t cap = seen->cap ? seen->cap * 2 : 4096;
    uint32_t *starts = realloc(seen->starts, (cap + 1) * sizeof *starts);
    if (starts)
        seen->starts = starts;
    bool *odd = realloc(seen->odd, cap * sizeof *odd);
    if (odd)
        seen->odd = odd;
    hg_hash *keys = realloc(seen->keys, (cap * n_keys + 1) * sizeof *keys);
    if (keys)
        seen->keys = keys;
    hg_slice *cells = realloc(seen->cells, (cap * seen->n_cells + 1) * sizeof *cells);
    if (cells)
        seen->cells = cells;
    if (!starts || !odd || !keys || !cells)
        return false;
    seen->cap = cap;
    return true;
}

void hg_screen_rows(hg_screen *s, hg_slice bytes, bool located, hg_screened *seen)
{
    hg_err ignored = HG_ERR_INIT; /* hg_table_row()'s caller will meet it again */
    hg_row row;
    size_t shift = located ? 1 : 0;
    size_t n_cells = s->n_keys > 0 && (located || s->n_told > 0) ? 1 + s->n_told : 0;
    seen->n = 0;
    if (n_cells > seen->n_cells)
        seen->cap = 0; /* there is room for fewer */
    seen->n_cells = n_cells;
    hg_csv_init(&s->csv, bytes.p, bytes.n, 0, 0);
    while ((seen->n < seen->cap || grow(seen, s->n_keys)) &&
           hg_csv_next(&s->csv, &row, &ignored) == HG_OK) {
        hg_slice *at = s->csv.cells + shift;
        seen->starts[seen->n] = (uint32_t)(row.raw.p - bytes.p);
        seen->odd[seen->n] =
            row.n != s->n + shift || !hg_matchers_good(s->matchers, at) ||
            is_personal(s, at) ||
            (s->n_keys > 0 &&
             (!take_keys(s, at, seen->keys + seen->n * s->n_keys, &ignored) ||
              !take_cells(s, &row, seen)));
        seen->n++;
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

static hg_status add_matchers(hg_screen *s, const hg_columns *columns, hg_err *err)
{
    s->n = columns->n;
    s->columns = calloc(s->schema->n + 1, sizeof *s->columns);
    s->values = calloc(s->schema->n + 1, sizeof *s->values);
    if (!s->columns || !s->values)
        return hg_fail_nomem(err);
    hg_status st = hg_matchers_new(&s->matchers, s->n, err);
    for (size_t i = 0; st == HG_OK && i < s->n; i++) {
        size_t field = columns->fields[i];
        if (field == HG_NO_FIELD)
            continue;
        s->columns[field] = i;
        st = hg_matchers_set(s->matchers, i, &s->schema->fields[field],
                             is_in_key(s, field), err);
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
    hg_status st = hg_schema_new(&s->schema, opts->schema->json, opts->schema->doc,
                                 opts->schema->name, err);
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
    free(seen->keys);
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
    hg_schema_free(s->schema);
    hg_csv_release(&s->csv);
    hg_buf_release(&s->key);
    free(s);
}
