/* table - the rows of one table against its schema */
#include "rules/table.h"
#include "rules/sums.h"

#include <stdlib.h>
#include <string.h>

/* Fields whose values no two rows may share. */
typedef struct unique {
    hg_key key;
    bool primary;
    hg_keys *seen;
} unique;

/* A sheet, or a text, that rows came from. */
typedef struct place {
    const char *file;
    uint32_t source;
    char *sheet; /* NULL for a text */
} place;

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
    place *places; /* the last is that of the rows at hand */
    size_t n_places;
    bool located;
    uint64_t from;     /* row of the first row of this run; 0 not known */
    uint64_t first;    /* its number; 0: it is yet to come */
    const hg_row *row; /* at hand */
    hg_private hidden; /* the cell last told, where it is personal */
};

/* ---- places ---- */

bool hg_cell_read(hg_slice text, uint64_t *row, uint32_t *col)
{
    size_t i = 0, letters;
    *row = 0;
    *col = 0;
    for (; i < text.n && i < 3 && text.p[i] >= 'A' && text.p[i] <= 'Z'; i++)
        *col = *col * 26 + (uint32_t)(text.p[i] - 'A' + 1);
    letters = i;
    for (; i < text.n && i < letters + 15 && (unsigned char)(text.p[i] - '0') < 10; i++)
        *row = *row * 10 + (uint64_t)(text.p[i] - '0');
    return letters > 0 && *row > 0 && i == text.n;
}

/* Where the cell in a column (from 1; 0: the row) of the row at hand was found. */
static hg_origin origin(const hg_table *t, size_t column)
{
    const place *p = &t->places[t->n_places - 1];
    hg_origin at = { .source = p->source, .sheet = p->sheet };
    if (t->located)
        hg_cell_read(t->row->cells[0], &at.row, &at.col);
    else if (t->from > 0) {
        at.row = t->from + (t->row->number - t->first);
        at.col = (uint32_t)column;
    }
    return at;
}

static bool same_place(const place *p, const char *file, const hg_origin *at)
{
    return p->file == file && p->source == at->source && !p->sheet == !at->sheet &&
           (!at->sheet || strcmp(p->sheet, at->sheet) == 0);
}

hg_status hg_table_from(hg_table *t, const char *file, const hg_origin *at, bool located,
                        hg_err *err)
{
    t->located = located;
    t->from = at->row;
    t->first = 0;
    if (t->n_places > 0 && same_place(&t->places[t->n_places - 1], file, at))
        return HG_OK;
    place *places = realloc(t->places, (t->n_places + 1) * sizeof *places);
    if (!places)
        return hg_fail_nomem(err);
    t->places = places;
    place p = { file, at->source, at->sheet ? strdup(at->sheet) : NULL };
    if (at->sheet && !p.sheet)
        return hg_fail_nomem(err);
    places[t->n_places++] = p;
    return HG_OK;
}

/* ---- findings ---- */

/* A cell as an argument of a message: its first bytes. */
typedef struct text {
    char bytes[100];
} text;

static text text_of(hg_slice s)
{
    text t;
    hg_args(t.bytes, sizeof t.bytes, "%.*s", (int)(s.n < 200 ? s.n : 200),
            s.n > 0 ? s.p : "");
    return t;
}

/* The cell of a field as it may be told. */
static hg_slice shown(hg_table *t, size_t f)
{
    return t->columns[f] == 0 ? t->cells[f]
                              : hg_privacy_shown(t->opts.privacy, t->columns[f] - 1,
                                                 t->cells[f], &t->hidden);
}

/* A finding in a column (from 1; 0: the row as a whole). */
static hg_finding finding_at(hg_table *t, const char *code, size_t column)
{
    const place *p = &t->places[t->n_places - 1];
    hg_origin at = origin(t, column);
    size_t f = column > 0 && column <= t->opts.columns->n
                   ? t->opts.columns->fields[column - 1]
                   : HG_NO_FIELD;
    size_t shift = t->located ? 1 : 0;
    hg_finding finding = { .code = code,
                           .severity = HG_ERROR,
                           .resource = t->opts.resource,
                           .row_number = t->row->number,
                           .field_number = (unsigned)column,
                           .field = f == HG_NO_FIELD ? NULL : t->schema->fields[f].name,
                           .file = p->file,
                           .sheet = p->sheet,
                           .row = at.row,
                           .col = at.col };
    if (column > 0 && column + shift <= t->row->n)
        finding.value = hg_privacy_shown(t->opts.privacy, column - 1,
                                         t->row->cells[column - 1 + shift], &t->hidden);
    return finding;
}

static hg_status found(hg_table *t, const char *code, size_t column, hg_err *err,
                       const char *message, const char *a, const char *b)
{
    hg_finding f = finding_at(t, code, column);
    f.message = message;
    f.args_len = hg_args(f.args, sizeof f.args, message, a, b);
    return hg_tally_add(t->opts.tally, &f, err);
}

/* The message for a constraint; its arguments are the value and what the schema says. */
static const char *broken(unsigned bit)
{
    switch (bit) {
    case HG_CELL_REQUIRED: return "a value is required here";
    case HG_CELL_MIN_LENGTH: return "\"%s\" has fewer characters than minLength %s";
    case HG_CELL_MAX_LENGTH: return "\"%s\" has more characters than maxLength %s";
    case HG_CELL_MINIMUM: return "\"%s\" is below the minimum %s";
    case HG_CELL_MAXIMUM: return "\"%s\" is above the maximum %s";
    case HG_CELL_EXCLUSIVE_MINIMUM: return "\"%s\" is not above the exclusiveMinimum %s";
    case HG_CELL_EXCLUSIVE_MAXIMUM: return "\"%s\" is not below the exclusiveMaximum %s";
    case HG_CELL_PATTERN: return "\"%s\" does not fit the pattern %s";
    case HG_CELL_ENUM: return "\"%s\" is not in the enum %s";
    default: return "\"%s\" is not in the categories %s";
    }
}

static hg_status found_constraint(hg_table *t, size_t f, unsigned bit, hg_err *err)
{
    hg_buf said = { 0 };
    text value = text_of(shown(t, f)), limit;
    hg_field_constraint(&said, &t->schema->fields[f], hg_constraint_name(bit));
    limit = text_of((hg_slice){ said.data, said.len });
    hg_status st = hg_buf_status(&said, err);
    hg_buf_release(&said);
    if (st != HG_OK)
        return st;
    return found(t, "constraint-error", t->columns[f], err, broken(bit), value.bytes,
                 limit.bytes);
}

/* Tell what is wrong with the cell of a field. */
static hg_status found_cell(hg_table *t, size_t f, hg_err *err)
{
    const hg_field *field = &t->schema->fields[f];
    unsigned verdict = t->verdicts[f];
    text value = text_of(shown(t, f));
    hg_status st = HG_OK;
    if (verdict & HG_CELL_TOO_HARD) {
        hg_loc loc = { .row = t->row->number, .field = field->name };
        return hg_fail(
            err, HG_EINPUT, &loc,
            "the pattern takes too long to match, so the cell cannot be checked");
    }
    if (verdict & HG_CELL_TYPE)
        return found(t, "type-error", t->columns[f], err, "\"%s\" is not of the type %s",
                     value.bytes, hg_type_name(field->reader.type));
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
    for (; st == HG_OK && hg_privacy_next(t->opts.privacy, cells, n, &at); at.column++)
        st = found(t, "personal-data", at.column + 1, err, at.message, at.mask, NULL);
    return st;
}

/* ---- keys ---- */

static const char *code_of(const unique *u)
{
    return u->primary ? "primary-key" : "unique-error";
}

static hg_status found_same(hg_table *t, const unique *u, uint64_t first, hg_err *err)
{
    bool cell = u->key.n == 1 && !u->primary;
    hg_finding f = finding_at(t, code_of(u), cell ? t->columns[u->key.fields[0]] : 0);
    f.message = cell ? "the same value as in row %zu of the table"
                     : "the same key as in row %zu of the table";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)first);
    return hg_tally_add(t->opts.tally, &f, err);
}

/* Look for a row with the same key. Keys without a value are never the same; those of a
 * wrong type were told already. */
static hg_status check_unique(hg_table *t, const unique *u, hg_err *err)
{
    uint64_t first;
    hg_buf_clear(&t->key);
    for (size_t i = 0; i < u->key.n; i++) {
        size_t f = u->key.fields[i];
        unsigned verdict = t->verdicts[f];
        if (u->primary && verdict & HG_CELL_NULL && t->columns[f] > 0)
            return found(t, code_of(u), 0, err, "the primary key has no value in \"%s\"",
                         t->schema->fields[f].name, NULL);
        if (verdict & (HG_CELL_NULL | HG_CELL_TYPE))
            return HG_OK;
        hg_value_key(&t->key, &t->schema->fields[f].reader, &t->values[f]);
    }
    hg_status st = hg_buf_status(&t->key, err);
    if (st == HG_OK)
        st = hg_keys_add(u->seen, (hg_slice){ t->key.data, t->key.len }, t->row->number,
                         &first, err);
    return st == HG_OK && first > 0 ? found_same(t, u, first, err) : st;
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
    row->at = origin(t, column);
    hg_status st = hg_references_check(t->references, i, row, &there, err);
    if (st != HG_OK || there)
        return st;
    text value = text_of(shown(t, last_field(ref)));
    return found(t, "foreign-key", column, err, "\"%s\" is not in %s", value.bytes,
                 ref->resource);
}

static hg_status check_references(hg_table *t, hg_err *err)
{
    hg_reference_row row = { .cells = t->cells,
                             .verdicts = t->verdicts,
                             .number = t->row->number,
                             .place = (uint32_t)(t->n_places - 1) };
    hg_status st = hg_references_add(t->references, &row, err);
    for (size_t i = 0; st == HG_OK && i < t->schema->n_references; i++)
        st = check_reference(t, i, &row, err);
    return st;
}

static hg_status add_to_sum(hg_table *t, hg_sum *sum, hg_err *err)
{
    hg_sum_row row = { .cells = t->cells,
                       .values = t->values,
                       .verdicts = t->verdicts,
                       .number = t->row->number,
                       .at = origin(t, t->columns[hg_sum_field(sum)]),
                       .place = (uint32_t)(t->n_places - 1) };
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

hg_status hg_table_row(hg_table *t, const hg_row *row, hg_err *err)
{
    size_t shift = t->located ? 1 : 0;
    const hg_slice *cells = row->cells + shift;
    size_t n = row->n - shift;
    t->row = row;
    t->rows++;
    if (t->first == 0)
        t->first = row->number;
    if (is_blank(cells, n))
        return found_blank(t, err);
    hg_status st = check_cells(t, cells, n, err);
    if (st == HG_OK)
        st = check_privacy(t, cells, n, err);
    for (size_t i = 0; st == HG_OK && i < t->n_uniques; i++)
        st = check_unique(t, &t->uniques[i], err);
    if (st == HG_OK && t->references)
        st = check_references(t, err);
    if (st == HG_OK && t->checks)
        st = look_at_row(t, cells, n, err);
    for (size_t i = 0; st == HG_OK && i < t->n_sums; i++)
        st = add_to_sum(t, t->sums[i], err);
    return st;
}

/* ---- the end ---- */

static hg_status found_sum(hg_table *t, const hg_sum_off *off, hg_err *err)
{
    const place *p = &t->places[off->place];
    hg_finding f = { .code = "sum-error",
                     .severity = off->severity,
                     .resource = t->opts.resource,
                     .row_number = off->number,
                     .field_number = (unsigned)t->columns[off->field],
                     .field = t->schema->fields[off->field].name,
                     .file = p->file,
                     .sheet = p->sheet,
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

/* A key that no row of the table itself has. */
static hg_status found_nowhere(hg_table *t, const hg_reference_off *off, hg_err *err)
{
    const hg_reference *ref = &t->schema->references[off->reference];
    const place *p = &t->places[off->place];
    size_t f = last_field(ref);
    text value = text_of(off->value);
    hg_finding finding = { .code = "foreign-key",
                           .severity = HG_ERROR,
                           .resource = t->opts.resource,
                           .row_number = off->number,
                           .field_number = (unsigned)t->columns[f],
                           .field = t->schema->fields[f].name,
                           .file = p->file,
                           .sheet = p->sheet,
                           .row = off->at.row,
                           .col = off->at.col,
                           .value = off->value,
                           .message = "no row has \"%s\" in \"%s\"" };
    finding.args_len =
        hg_args(finding.args, sizeof finding.args, finding.message, value.bytes,
                ref->columns[ref->key.n - 1]);
    return hg_tally_add(t->opts.tally, &finding, err);
}

static hg_status end_references(hg_table *t, hg_err *err)
{
    hg_reference_off off;
    hg_status st = HG_OK;
    while (t->references && st == HG_OK &&
           hg_references_next(t->references, &off) == HG_OK)
        st = found_nowhere(t, &off, err);
    return st;
}

hg_status hg_table_end(hg_table *t, hg_err *err)
{
    hg_status st = end_references(t, err);
    if (st == HG_OK && t->checks)
        st = hg_checks_end(t->checks, t->rows, err);
    return st == HG_OK ? end_sums(t, err) : st;
}

/* ---- setting up ---- */

static hg_status add_unique(hg_table *t, const hg_key *key, bool primary, hg_err *err)
{
    unique *u = &t->uniques[t->n_uniques];
    *u = (unique){ .key = *key, .primary = primary };
    hg_status st = hg_keys_new(&u->seen, t->opts.budget, err);
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
                                       .file = t->n_places > 0 ? t->places[0].file : NULL }
                       : finding_at(t, of->code, column);
    f.severity = of->severity;
    f.message = of->message;
    memcpy(f.args, of->args, of->args_len);
    f.args_len = of->args_len;
    return hg_tally_add(t->opts.tally, &f, err);
}

static hg_status add_checks(hg_table *t, hg_err *err)
{
    const hg_json *own = hg_json_get(t->schema->json, "checks");
    hg_checks_opts opts = { .schema = t->schema,
                            .columns = t->columns,
                            .n_columns = t->opts.columns->n,
                            .budget = t->opts.budget,
                            .take = take_check,
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
        hg_keys_free(t->uniques[i].seen);
    hg_references_free(t->references);
    hg_checks_free(t->checks);
    for (size_t i = 0; i < t->n_sums; i++)
        hg_sum_free(t->sums[i]);
    for (size_t i = 0; i < t->n_places; i++)
        free(t->places[i].sheet);
    free(t->places);
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
