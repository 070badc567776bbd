/* table - the rows of one table against its schema */
#include "rules/table_parts.h"

hg_status hg_table_from(hg_table *t, const char *file, const hg_origin *at, bool located,
                        hg_err *err)
{
    return hg_places_from(t->places, file, at, located, err);
}

/* ---- one row ---- */

static bool is_blank(const hg_slice *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i].n > 0)
            return false;
    return true;
}

static hg_status check_cell(hg_table *t, size_t f, hg_slice cell, hg_err *err)
{
    unsigned verdict = hg_field_check(&t->schema->fields[f], cell, &t->values[f]);
    t->cells[f] = cell;
    t->verdicts[f] = verdict;
    return verdict & ~(unsigned)HG_CELL_NULL ? hg_table_found_cell(t, f, err) : HG_OK;
}

static hg_status check_missing(hg_table *t, size_t column, hg_err *err)
{
    size_t f = t->opts.columns->fields[column];
    const char *name = f == HG_NO_FIELD ? "" : t->schema->fields[f].name;
    hg_status st = hg_table_found(t, "missing-cell", column + 1, err,
                         "the row has no cell for \"%s\"", name, NULL);
    if (st != HG_OK || f == HG_NO_FIELD)
        return st;
    t->cells[f] = (hg_slice){ "", 0 };
    t->verdicts[f] = HG_CELL_NULL | (t->schema->fields[f].constraints & HG_CELL_REQUIRED);
    return t->verdicts[f] & HG_CELL_REQUIRED ? hg_table_found_cell(t, f, err) : HG_OK;
}

static hg_status check_cells(hg_table *t, const hg_slice *cells, size_t n, hg_err *err)
{
    const hg_columns *columns = t->opts.columns;
    hg_status st = HG_OK;
    size_t i = 0;
    for (; st == HG_OK && i < n && i < columns->n; i++)
        if (columns->fields[i] != HG_NO_FIELD)
            st = check_cell(t, columns->fields[i], cells[i], err);
    for (; st == HG_OK && i < columns->n; i++)
        st = check_missing(t, i, err);
    for (; st == HG_OK && i < n; i++)
        st = hg_table_found(t, "extra-cell", i + 1, err,
                   "the row has more cells than the table has columns", NULL, NULL);
    return st;
}

static hg_status check_privacy(hg_table *t, const hg_slice *cells, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    hg_private at = { .column = 0 };
    for (; st == HG_OK && hg_privacy_next(t->opts.privacy, cells, n, &at); at.column++) {
        hg_finding f = hg_table_finding(t, at.code, at.column + 1);
        f.severity = at.severity;
        f.message = at.message;
        f.args_len = hg_args(f.args, sizeof f.args, f.message, at.mask);
        st = hg_tally_add(t->opts.tally, &f, err);
    }
    return st;
}

/* ---- keys ---- */

hg_status hg_table_hash(hg_hash *out, hg_buf *space, hg_seed seed, const hg_schema *schema,
                        const hg_key *key, const hg_value *values, hg_err *err)
{
    hg_decimal d;
    size_t f = key->fields[0];
    if (key->n == 1 && schema->fields[f].reader.type == HG_INTEGER &&
        hg_numeral_decimal(&d, &values[f].number)) {
        *out = hg_hash_of_number(d.digits);
        return HG_OK;
    }
    hg_buf_clear(space);
    for (size_t i = 0; i < key->n; i++) {
        f = key->fields[i];
        hg_value_key(space, &schema->fields[f].reader, &values[f]);
    }
    *out = hg_hash_of(seed, (hg_slice){ space->data, space->len });
    return hg_buf_status(space, err);
}

/* Enter the key of the row. Keys without a value are never the same; those of a wrong type
 * were told already. */
static hg_status enter_key(hg_table *t, const unique *u, hg_err *err)
{
    hg_hash hash;
    for (size_t i = 0; i < u->key.n; i++) {
        size_t f = u->key.fields[i];
        unsigned verdict = t->verdicts[f];
        if (u->primary && verdict & HG_CELL_NULL && t->columns[f] > 0)
            return hg_table_found(t, hg_table_code(u), 0, err, "the primary key has no value in \"%s\"",
                         t->schema->fields[f].name, NULL);
        if (verdict & (HG_CELL_NULL | HG_CELL_TYPE))
            return HG_OK;
    }
    hg_status st = hg_table_hash(&hash, &t->key, t->opts.budget->seed, t->schema, &u->key,
                                 t->values, err);
    return st == HG_OK ? hg_ledger_add(u->seen, hash, t->row->number, err) : st;
}

static hg_status check_reference(hg_table *t, size_t i, hg_reference_row *row, hg_err *err)
{
    const hg_reference *ref = &t->schema->references[i];
    size_t column = t->columns[hg_table_last_field(ref)];
    bool there;
    hg_status st = hg_references_check(t->references, i, row, &there, err);
    if (st != HG_OK || there)
        return st;
    hg_excerpt value = hg_excerpt_of(hg_table_shown(t, hg_table_last_field(ref)));
    return hg_table_found(t, "foreign-key", column, err, "\"%s\" is not in %s", value.bytes,
                 ref->resource);
}

static hg_status check_references(hg_table *t, hg_err *err)
{
    hg_reference_row row = { .cells = t->cells,
                             .verdicts = t->verdicts,
                             .number = t->row->number };
    hg_status st = hg_references_add(t->references, &row, err);
    for (size_t i = 0; st == HG_OK && i < t->schema->n_references; i++)
        st = check_reference(t, i, &row, err);
    return st;
}

hg_sum_at hg_table_sum_at(const hg_table *t, const hg_sum *sum, uint64_t number,
                          hg_slice first)
{
    hg_place p = hg_places_at(t->places, number, first, t->columns[hg_sum_field(sum)]);
    return (hg_sum_at){ number, { p.source, p.sheet, p.row, p.col }, p.index };
}

static hg_status look_at_row(hg_table *t, const hg_slice *cells, size_t n, hg_err *err)
{
    hg_rule_row row = { .cells = cells,
                        .n = n,
                        .schema = t->schema,
                        .fields = t->cells,
                        .values = t->values,
                        .verdicts = t->verdicts,
                        .number = t->row->number,
                        .space = &t->key };
    hg_status st = t->checks ? hg_checks_row_next(t->checks, &row, err) : HG_OK;
    for (size_t i = 0; st == HG_OK && i < t->n_sums; i++) {
        hg_sum_at at = hg_table_sum_at(t, t->sums[i], row.number, hg_table_first_cell(t));
        st = hg_sum_add(t->sums[i], &row, &at, err);
    }
    return st;
}

static hg_status found_blank(hg_table *t, hg_err *err)
{
    const hg_key *primary = &t->schema->primary;
    hg_status st = hg_table_found(t, "blank-row", 0, err, "the row is blank", NULL, NULL);
    if (st != HG_OK || primary->n == 0)
        return st;
    return hg_table_found(t, "primary-key", 0, err, "the primary key has no value in \"%s\"",
                 t->schema->fields[primary->fields[0]].name, NULL);
}

bool hg_table_may_be_told(const hg_table *t, size_t told)
{
    for (size_t i = 0; i < t->n_uniques; i++)
        if (t->uniques[i].key.fields[0] == t->told[told] && t->uniques[i].key.n == 1 &&
            !t->uniques[i].primary && !hg_ledger_rising(t->uniques[i].seen))
            return true;
    return t->references != NULL;
}

static hg_status note_row(hg_table *t, hg_err *err)
{
    for (size_t i = 0; i < t->n_told; i++) {
        hg_slice cell = t->cells[t->told[i]];
        bool kept = cell.n > 0 && hg_table_may_be_told(t, i);
        t->texts[i] = kept ? cell : (hg_slice){ NULL, 0 };
    }
    return hg_places_note(t->places, t->row->number, hg_table_first_cell(t), t->texts, err);
}

hg_status hg_table_row(hg_table *t, const hg_row *row, hg_err *err)
{
    size_t shift = hg_places_located(t->places) ? 1 : 0;
    const hg_slice *cells = row->cells + shift;
    size_t n = row->n - shift;
    t->row = row;
    t->rows++;
    hg_places_first(t->places, row->number);
    if (is_blank(cells, n))
        return found_blank(t, err);
    hg_status st = check_cells(t, cells, n, err);
    if (st == HG_OK)
        st = check_privacy(t, cells, n, err);
    for (size_t i = 0; st == HG_OK && i < t->n_uniques; i++)
        st = enter_key(t, &t->uniques[i], err);
    if (st == HG_OK && t->references)
        st = check_references(t, err);
    if (st == HG_OK)
        st = note_row(t, err);
    return st == HG_OK ? look_at_row(t, cells, n, err) : st;
}

const hg_table_opts *hg_table_options(const hg_table *t)
{
    return &t->opts;
}

const hg_references *hg_table_references(const hg_table *t)
{
    return t->references;
}

const hg_key *hg_table_key(const hg_table *t, size_t i)
{
    return i < t->n_uniques ? &t->uniques[i].key : NULL;
}

/* ---- parts ---- */

void hg_table_passed(hg_table *t, uint64_t rows)
{
    t->rows += rows;
}

uint32_t hg_table_places(const hg_table *t)
{
    return hg_places_count(t->places);
}
