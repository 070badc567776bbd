/* table - the rows of one table against its schema */
#include "rules/table.h"
#include "rules/sums.h"

#include <stdlib.h>
#include <string.h>

/* Fields whose values no two rows may share. */
typedef struct unique {
    hg_key key;
    bool primary;
    hg_ledger *seen;
} unique;

struct hg_table {
    hg_table_opts opts;
    const hg_schema *schema;
    /* of the row at hand, by field: */
    hg_slice *cells;
    hg_value *values;
    unsigned *verdicts;
    /* by field: its column from 1; 0 if it has none */
    size_t *columns;
    size_t *fields; /* 0, 1, 2 …: a field's index as a key of one */
    unique *uniques;
    size_t n_uniques;
    hg_references *references; /* NULL: there are none */
    hg_checks *checks;         /* likewise */
    uint64_t rows;
    hg_sum **sums;
    size_t n_sums;
    hg_buf key;
    hg_places *places;
    size_t *told; /* fields whose cells a finding at the end may tell */
    size_t n_told;
    hg_slice *texts;   /* of them, in the row at hand */
    const hg_row *row; /* at hand */
    hg_private hidden; /* the cell last told, where it is personal */
};

hg_status hg_table_from(hg_table *t, const char *file, const hg_origin *at, bool located,
                        hg_err *err)
{
    return hg_places_from(t->places, file, at, located, err);
}

/* The cell that names a located row's place. */
static hg_slice first_cell(const hg_table *t)
{
    return t->row->n > 0 ? t->row->cells[0] : (hg_slice){ "", 0 };
}

/* ---- findings ---- */

/* The cell of a field as it may be told. */
static hg_slice shown(hg_table *t, size_t f)
{
    return t->columns[f] == 0 ? t->cells[f]
                              : hg_privacy_shown(t->opts.privacy, t->columns[f] - 1,
                                                 t->cells[f], &t->hidden);
}

/* A finding on a row, in a column (from 1; 0: the row as a whole), with its place. */
static hg_finding finding_of(const hg_table *t, const char *code, uint64_t number,
                             size_t column, const hg_place *place)
{
    size_t f = column > 0 && column <= t->opts.columns->n
                   ? t->opts.columns->fields[column - 1]
                   : HG_NO_FIELD;
    return (hg_finding){ .code = code,
                         .severity = HG_ERROR,
                         .resource = t->opts.resource,
                         .row_number = number,
                         .field_number = (unsigned)column,
                         .field = f == HG_NO_FIELD ? NULL : t->schema->fields[f].name,
                         .file = place->file,
                         .sheet = place->sheet,
                         .row = place->row,
                         .col = place->col };
}

/* The same on the row at hand. */
static hg_finding finding_at(hg_table *t, const char *code, size_t column)
{
    size_t shift = hg_places_located(t->places) ? 1 : 0;
    hg_place place = hg_places_at(t->places, t->row->number, first_cell(t), column);
    hg_finding finding = finding_of(t, code, t->row->number, column, &place);
    if (column > 0 && column + shift <= t->row->n)
        finding.value = hg_privacy_shown(t->opts.privacy, column - 1,
                                         t->row->cells[column - 1 + shift], &t->hidden);
    return finding;
}

/* The same on a row that went by; told is an index into t->told, or what tells no cell. */
static hg_status finding_later(hg_table *t, hg_finding *out, const char *code,
                               uint64_t number, size_t column, size_t told, hg_err *err)
{
    hg_place place;
    const hg_slice *texts;
    hg_status st = hg_places_find(t->places, number, column, &place, &texts, err);
    if (st != HG_OK)
        return st;
    *out = finding_of(t, code, number, column, &place);
    if (told < t->n_told && texts[told].p && column > 0)
        out->value =
            hg_privacy_shown(t->opts.privacy, column - 1, texts[told], &t->hidden);
    return HG_OK;
}

static hg_status found(hg_table *t, const char *code, size_t column, hg_err *err,
                       const char *message, const char *a, const char *b)
{
    hg_finding f = finding_at(t, code, column);
    f.message = message;
    if (hg_tally_wants(t->opts.tally, &f))
        f.args_len = hg_args(f.args, sizeof f.args, message, a, b);
    return hg_tally_add(t->opts.tally, &f, err);
}

/* Whether such a finding would be told, not just counted: then its words are worth making. */
static bool wanted(const hg_table *t, const char *code, size_t f)
{
    hg_finding finding;
    finding.code = code;
    finding.severity = HG_ERROR;
    finding.resource = t->opts.resource;
    finding.field = t->columns[f] == 0 ? NULL : t->schema->fields[f].name;
    return hg_tally_wants(t->opts.tally, &finding);
}

static hg_status found_constraint(hg_table *t, size_t f, unsigned bit, hg_err *err)
{
    hg_buf said = { 0 };
    if (!wanted(t, "constraint-error", f))
        return found(t, "constraint-error", t->columns[f], err, hg_constraint_message(bit),
                     NULL, NULL);
    hg_slice cell = shown(t, f);
    hg_excerpt value = hg_excerpt_of(cell), limit;
    if (bit != HG_CELL_JSON_SCHEMA)
        hg_field_constraint(&said, &t->schema->fields[f], hg_constraint_name(bit));
    else if (cell.p == t->cells[f].p) /* not hidden, so its keys need not be either */
        hg_field_json_broken(&said, &t->schema->fields[f], cell);
    limit = hg_excerpt_of((hg_slice){ said.data, said.len });
    hg_status st = hg_buf_status(&said, err);
    hg_buf_release(&said);
    if (st != HG_OK)
        return st;
    return found(t, "constraint-error", t->columns[f], err, hg_constraint_message(bit), value.bytes,
                 limit.bytes);
}

/* Tell what is wrong with the cell of a field. */
static hg_status found_cell(hg_table *t, size_t f, hg_err *err)
{
    const hg_field *field = &t->schema->fields[f];
    unsigned verdict = t->verdicts[f];
    hg_status st = HG_OK;
    if (verdict & HG_CELL_TOO_HARD) {
        hg_loc loc = { .row = t->row->number, .field = field->name };
        return hg_fail(
            err, HG_EINPUT, &loc,
            "the pattern or jsonSchema takes too long, so the cell cannot be checked");
    }
    if (verdict & HG_CELL_TYPE) {
        hg_excerpt value = { "" };
        if (wanted(t, "type-error", f))
            value = hg_excerpt_of(shown(t, f));
        return found(t, "type-error", t->columns[f], err, "\"%s\" is not of the type %s",
                     value.bytes, hg_type_name(field->reader.type));
    }
    for (unsigned bit = HG_CELL_REQUIRED; st == HG_OK && bit <= HG_CELL_CATEGORIES;
         bit <<= 1)
        if (verdict & bit)
            st = found_constraint(t, f, bit, err);
    return st;
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
    return verdict & ~(unsigned)HG_CELL_NULL ? found_cell(t, f, err) : HG_OK;
}

static hg_status check_missing(hg_table *t, size_t column, hg_err *err)
{
    size_t f = t->opts.columns->fields[column];
    const char *name = f == HG_NO_FIELD ? "" : t->schema->fields[f].name;
    hg_status st = found(t, "missing-cell", column + 1, err,
                         "the row has no cell for \"%s\"", name, NULL);
    if (st != HG_OK || f == HG_NO_FIELD)
        return st;
    t->cells[f] = (hg_slice){ "", 0 };
    t->verdicts[f] = HG_CELL_NULL | (t->schema->fields[f].constraints & HG_CELL_REQUIRED);
    return t->verdicts[f] & HG_CELL_REQUIRED ? found_cell(t, f, err) : HG_OK;
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
        st = found(t, "extra-cell", i + 1, err,
                   "the row has more cells than the table has columns", NULL, NULL);
    return st;
}

static hg_status check_privacy(hg_table *t, const hg_slice *cells, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    hg_private at = { .column = 0 };
    for (; st == HG_OK && hg_privacy_next(t->opts.privacy, cells, n, &at); at.column++) {
        hg_finding f = finding_at(t, at.code, at.column + 1);
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

static const char *code_of(const unique *u)
{
    return u->primary ? "primary-key" : "unique-error";
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
            return found(t, code_of(u), 0, err, "the primary key has no value in \"%s\"",
                         t->schema->fields[f].name, NULL);
        if (verdict & (HG_CELL_NULL | HG_CELL_TYPE))
            return HG_OK;
    }
    hg_status st = hg_table_hash(&hash, &t->key, t->opts.budget->seed, t->schema, &u->key,
                                 t->values, err);
    return st == HG_OK ? hg_ledger_add(u->seen, hash, t->row->number, err) : st;
}

static size_t last_field(const hg_reference *ref)
{
    return ref->key.fields[ref->key.n - 1];
}

static hg_status check_reference(hg_table *t, size_t i, hg_reference_row *row, hg_err *err)
{
    const hg_reference *ref = &t->schema->references[i];
    size_t column = t->columns[last_field(ref)];
    bool there;
    hg_status st = hg_references_check(t->references, i, row, &there, err);
    if (st != HG_OK || there)
        return st;
    hg_excerpt value = hg_excerpt_of(shown(t, last_field(ref)));
    return found(t, "foreign-key", column, err, "\"%s\" is not in %s", value.bytes,
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

static hg_status add_to_sum(hg_table *t, hg_sum *sum, hg_err *err)
{
    hg_place place = hg_places_at(t->places, t->row->number, first_cell(t),
                                  t->columns[hg_sum_field(sum)]);
    hg_sum_row row = { .cells = t->cells,
                       .values = t->values,
                       .verdicts = t->verdicts,
                       .number = t->row->number,
                       .at = { place.source, place.sheet, place.row, place.col },
                       .place = place.index };
    return hg_sum_add(sum, &row, err);
}

static hg_status look_at_row(hg_table *t, const hg_slice *cells, size_t n, hg_err *err)
{
    hg_checks_row row = { .cells = cells,
                          .n = n,
                          .fields = t->cells,
                          .values = t->values,
                          .verdicts = t->verdicts,
                          .number = t->row->number };
    return hg_checks_row_next(t->checks, &row, err);
}

static hg_status found_blank(hg_table *t, hg_err *err)
{
    const hg_key *primary = &t->schema->primary;
    hg_status st = found(t, "blank-row", 0, err, "the row is blank", NULL, NULL);
    if (st != HG_OK || primary->n == 0)
        return st;
    return found(t, "primary-key", 0, err, "the primary key has no value in \"%s\"",
                 t->schema->fields[primary->fields[0]].name, NULL);
}

/* Whether a finding at the end may tell the cell of a field in this row. */
static bool may_be_told(const hg_table *t, size_t told)
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
        t->texts[i] = cell.n > 0 && may_be_told(t, i) ? cell : (hg_slice){ NULL, 0 };
    }
    return hg_places_note(t->places, t->row->number, first_cell(t), t->texts, err);
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
    if (st == HG_OK && t->checks)
        st = look_at_row(t, cells, n, err);
    for (size_t i = 0; st == HG_OK && i < t->n_sums; i++)
        st = add_to_sum(t, t->sums[i], err);
    return st;
}

/* ---- rows that were screened ---- */

bool hg_table_serial(const hg_table *t)
{
    for (size_t i = 0; i < t->n_uniques; i++)
        for (size_t k = 0; k < t->uniques[i].key.n; k++)
            if (t->columns[t->uniques[i].key.fields[k]] == 0)
                return true;
    return t->n_sums > 0 || t->references || t->checks;
}

void hg_table_first(hg_table *t, uint64_t number)
{
    hg_places_first(t->places, number);
}

size_t hg_table_told(const hg_table *t, size_t i)
{
    return i < t->n_told ? t->columns[t->told[i]] : 0;
}

hg_status hg_table_good(hg_table *t, const hg_hash *keys, const hg_slice *cells,
                        size_t n_cells, size_t n, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < t->n_uniques; i++)
        st = hg_ledger_add_rows(t->uniques[i].seen, keys + i, t->n_uniques, n, number, err);
    if (st == HG_OK && n_cells == 0 && n > 0) /* the others follow the first */
        return hg_places_note(t->places, number, (hg_slice){ "", 0 }, t->texts, err);
    for (size_t r = 0; st == HG_OK && r < n; r++, cells += n_cells) {
        for (size_t i = 0; i < t->n_told; i++)
            t->texts[i] = may_be_told(t, i) ? cells[1 + i] : (hg_slice){ NULL, 0 };
        st = hg_places_note(t->places, number + r, cells[0], t->texts, err);
    }
    return st;
}

const hg_table_opts *hg_table_options(const hg_table *t)
{
    return &t->opts;
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

/* ---- the end ---- */

static hg_status found_sum(hg_table *t, const hg_sum_off *off, hg_err *err)
{
    hg_place p = hg_places_of(t->places, off->place);
    hg_finding f = { .code = "sum-error",
                     .severity = off->severity,
                     .resource = t->opts.resource,
                     .row_number = off->number,
                     .field_number = (unsigned)t->columns[off->field],
                     .field = t->schema->fields[off->field].name,
                     .file = p.file,
                     .sheet = p.sheet,
                     .row = off->at.row,
                     .col = off->at.col,
                     .value = hg_slice_of(off->value),
                     .message = "the total %s is not the sum %s of %s" };
    f.args_len =
        hg_args(f.args, sizeof f.args, f.message, off->value, off->sum, off->parts);
    return hg_tally_add(t->opts.tally, &f, err);
}

static hg_status end_sums(hg_table *t, hg_err *err)
{
    hg_sum_off off;
    for (size_t i = 0; i < t->n_sums; i++) {
        hg_status st;
        while ((st = hg_sum_next(t->sums[i], &off, err)) == HG_OK)
            if ((st = found_sum(t, &off, err)) != HG_OK)
                return st;
        if (st != HG_END)
            return st;
    }
    return HG_OK;
}

/* The index in t->told of a field; t->n_told if its cells are not told. */
static size_t told_of(const hg_table *t, size_t field)
{
    size_t i = 0;
    while (i < t->n_told && t->told[i] != field)
        i++;
    return i;
}

static hg_status found_same(hg_table *t, const unique *u, uint64_t number, uint64_t first,
                            hg_err *err)
{
    bool cell = u->key.n == 1 && !u->primary;
    size_t field = u->key.fields[0];
    hg_finding f;
    hg_status st =
        finding_later(t, &f, code_of(u), number, cell ? t->columns[field] : 0,
                      cell ? told_of(t, field) : SIZE_MAX, err);
    f.message = cell ? "the same value as in row %zu of the table"
                     : "the same key as in row %zu of the table";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)first);
    return st == HG_OK ? hg_tally_add(t->opts.tally, &f, err) : st;
}

static hg_status end_uniques(hg_table *t, hg_err *err)
{
    uint64_t number, first;
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < t->n_uniques; i++) {
        unique *u = &t->uniques[i];
        st = hg_ledger_same(u->seen, t->opts.team, err);
        while (st == HG_OK &&
               (st = hg_ledger_next(u->seen, &number, &first, err)) == HG_OK)
            st = found_same(t, u, number, first, err);
        st = st == HG_END ? HG_OK : st;
        hg_ledger_free(u->seen); /* the others need its memory */
        u->seen = NULL;
    }
    return st;
}

/* A key that no row of the table itself has. */
static hg_status found_nowhere(hg_table *t, size_t i, uint64_t number, hg_err *err)
{
    const hg_reference *ref = &t->schema->references[i];
    size_t field = last_field(ref);
    hg_finding f;
    hg_status st = finding_later(t, &f, "foreign-key", number, t->columns[field],
                                 told_of(t, field), err);
    if (st != HG_OK)
        return st;
    f.field = t->schema->fields[field].name;
    f.message = "no row has \"%s\" in \"%s\"";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, hg_excerpt_of(f.value).bytes,
                         ref->columns[ref->key.n - 1]);
    return hg_tally_add(t->opts.tally, &f, err);
}

static hg_status end_references(hg_table *t, hg_err *err)
{
    uint64_t number;
    hg_status st = HG_OK;
    for (size_t i = 0; t->references && st == HG_OK && i < t->schema->n_references; i++) {
        if (!hg_references_own(t->references, i))
            continue;
        st = hg_references_end(t->references, i, t->opts.team, err);
        while (st == HG_OK &&
               (st = hg_references_next(t->references, i, &number, err)) == HG_OK)
            st = found_nowhere(t, i, number, err);
        st = st == HG_END ? HG_OK : st;
    }
    return st;
}

hg_status hg_table_end(hg_table *t, hg_err *err)
{
    hg_status st = end_uniques(t, err);
    if (st == HG_OK)
        st = end_references(t, err);
    if (st == HG_OK && t->checks)
        st = hg_checks_end(t->checks, t->rows, err);
    return st == HG_OK ? end_sums(t, err) : st;
}

/* ---- setting up ---- */

static hg_status add_unique(hg_table *t, const hg_key *key, bool primary, hg_err *err)
{
    unique *u = &t->uniques[t->n_uniques];
    *u = (unique){ .key = *key, .primary = primary };
    hg_status st = hg_ledger_new(&u->seen, t->opts.budget, err);
    t->n_uniques += st == HG_OK;
    return st;
}

static hg_status add_uniques(hg_table *t, hg_err *err)
{
    const hg_schema *schema = t->schema;
    hg_status st = HG_OK;
    if (!(t->uniques = calloc(schema->n + schema->n_unique + 1, sizeof *t->uniques)))
        return hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i < schema->n; i++) {
        hg_key key = { &t->fields[i], 1 };
        if (schema->fields[i].unique)
            st = add_unique(t, &key, false, err);
    }
    for (size_t i = 0; st == HG_OK && i < schema->n_unique; i++)
        st = add_unique(t, &schema->unique[i], false, err);
    if (st == HG_OK && schema->primary.n > 0)
        st = add_unique(t, &schema->primary, true, err);
    return st;
}

static hg_status add_references(hg_table *t, hg_err *err)
{
    hg_references_opts opts = { .schema = t->schema,
                                .head = t->opts.head,
                                .find = t->opts.find,
                                .user = t->opts.user,
                                .budget = t->opts.budget };
    return t->schema->n_references > 0 ? hg_references_new(&t->references, &opts, err)
                                       : HG_OK;
}

/* Complete what a check found with its place. */
static hg_status take_check(void *user, const hg_finding *of, size_t column, hg_err *err)
{
    hg_table *t = user;
    hg_finding f = column == HG_CHECKS_TABLE
                       ? (hg_finding){ .code = of->code,
                                       .resource = t->opts.resource,
                                       .file = hg_places_any(t->places).file }
                       : finding_at(t, of->code, column);
    f.severity = of->severity;
    f.message = of->message;
    memcpy(f.args, of->args, of->args_len);
    f.args_len = of->args_len;
    if (f.value.p == t->hidden.mask) { /* its message may show the cell */
        f.message = "the cell, which holds personal data, does not pass";
        f.args_len = 0;
    }
    return hg_tally_add(t->opts.tally, &f, err);
}

static hg_status take_row_check(void *user, const hg_finding *of, uint64_t number,
                                hg_err *err)
{
    hg_table *t = user;
    hg_finding f;
    hg_status st = finding_later(t, &f, of->code, number, 0, SIZE_MAX, err);
    f.severity = of->severity;
    f.message = of->message;
    memcpy(f.args, of->args, of->args_len);
    f.args_len = of->args_len;
    return st == HG_OK ? hg_tally_add(t->opts.tally, &f, err) : st;
}

static hg_slice shown_column(void *user, size_t column, hg_slice cell)
{
    hg_table *t = user;
    return hg_privacy_shown(t->opts.privacy, column - 1, cell, &t->hidden);
}

static hg_status add_checks(hg_table *t, hg_err *err)
{
    const hg_json *own = hg_json_get(t->schema->json, "checks");
    hg_checks_opts opts = { .schema = t->schema,
                            .columns = t->columns,
                            .n_columns = t->opts.columns->n,
                            .budget = t->opts.budget,
                            .take = take_check,
                            .take_row = take_row_check,
                            .shown = shown_column,
                            .user = t };
    if (!own && !t->opts.checks)
        return HG_OK;
    hg_status st = hg_checks_new(&t->checks, &opts, err);
    if (st == HG_OK && own)
        st = hg_checks_add(t->checks, own, err);
    if (st == HG_OK && t->opts.checks)
        st = hg_checks_add(t->checks, t->opts.checks, err);
    return st;
}

static hg_status add_sums(hg_table *t, hg_err *err)
{
    const hg_json *rules = t->schema->rules;
    hg_status st = HG_OK;
    if (rules && !hg_json_is_array(rules))
        return hg_schema_wrong(t->schema, rules, NULL, err, "an array is needed here",
                               NULL, NULL);
    if (!(t->sums = calloc(hg_json_len(rules) + 1, sizeof *t->sums)))
        return hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i < hg_json_len(rules); i++) {
        st = hg_sum_new(&t->sums[i], t->schema, i, t->opts.budget, err);
        t->n_sums += st == HG_OK;
    }
    return st;
}

/* Fields that no column holds have no value in any row. */
static hg_status set_fields(hg_table *t, hg_err *err)
{
    size_t n = t->schema->n;
    t->cells = calloc(n, sizeof *t->cells);
    t->values = calloc(n, sizeof *t->values);
    t->verdicts = calloc(n, sizeof *t->verdicts);
    t->columns = calloc(n, sizeof *t->columns);
    t->fields = calloc(n, sizeof *t->fields);
    if (!t->cells || !t->values || !t->verdicts || !t->columns || !t->fields)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < n; i++) {
        t->cells[i] = (hg_slice){ "", 0 };
        t->verdicts[i] = HG_CELL_NULL;
        t->fields[i] = i;
    }
    for (size_t c = t->opts.columns->n; c > 0; c--)
        if (t->opts.columns->fields[c - 1] != HG_NO_FIELD)
            t->columns[t->opts.columns->fields[c - 1]] = c;
    return HG_OK;
}

/* Choose the fields whose cells findings at the end tell, and make places. */
static hg_status add_places(hg_table *t, hg_err *err)
{
    const hg_schema *schema = t->schema;
    bool noted = t->n_uniques > 0 || schema->n_references > 0 || t->checks;
    t->told = calloc(schema->n + schema->n_references + 1, sizeof *t->told);
    t->texts = calloc(schema->n + schema->n_references + 1, sizeof *t->texts);
    if (!t->told || !t->texts)
        return hg_fail_nomem(err);
    for (size_t f = 0; f < schema->n; f++)
        if (schema->fields[f].unique && t->columns[f] > 0)
            t->told[t->n_told++] = f;
    for (size_t i = 0; i < schema->n_references; i++) {
        size_t f = last_field(&schema->references[i]);
        if (hg_references_own(t->references, i) && told_of(t, f) == t->n_told)
            t->told[t->n_told++] = f;
    }
    return hg_places_new(&t->places, noted, t->n_told, t->opts.budget, err);
}

hg_status hg_table_new(hg_table **out, const hg_table_opts *opts, hg_err *err)
{
    hg_table *t = calloc(1, sizeof *t);
    *out = NULL;
    if (!t)
        return hg_fail_nomem(err);
    t->opts = *opts;
    t->schema = opts->schema;
    hg_status st = set_fields(t, err);
    if (st == HG_OK)
        st = add_uniques(t, err);
    if (st == HG_OK)
        st = add_references(t, err);
    if (st == HG_OK)
        st = add_sums(t, err);
    if (st == HG_OK)
        st = add_checks(t, err);
    if (st == HG_OK)
        st = add_places(t, err);
    if (st == HG_OK)
        *out = t;
    else
        hg_table_free(t);
    return st;
}

void hg_table_free(hg_table *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->n_uniques; i++)
        hg_ledger_free(t->uniques[i].seen);
    hg_references_free(t->references);
    hg_checks_free(t->checks);
    for (size_t i = 0; i < t->n_sums; i++)
        hg_sum_free(t->sums[i]);
    hg_places_free(t->places);
    free(t->told);
    free(t->texts);
    free(t->uniques);
    free(t->sums);
    free(t->cells);
    free(t->values);
    free(t->verdicts);
    free(t->columns);
    free(t->fields);
    hg_buf_release(&t->key);
    free(t);
}
