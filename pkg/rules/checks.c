/* checks - checks that a table gets when asked for */
#include "rules/checks.h"
#include "base/pack.h"
#include "rules/checks_formula.h"
#include "rules/journal.h"
#include "rules/series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct kind;

typedef struct asked {
    const struct kind *kind;
    const hg_json *json;
    size_t field;     /* of fieldName */
    bool *seen;       /* by value of "values" */
    size_t n_values;
    hg_ledger *rows;     /* duplicate-row */
    hg_series *series;      /* deviated-value: one; deviated-cell: by field */
    hg_decimal expected; /* sequential-value */
    hg_expression *formula; /* row-constraint */
    bool begun, done;    /* done: nothing more to tell */
} asked;

struct hg_checks {
    hg_checks_opts opts;
    asked *list;
    size_t n;
    hg_buf key;
    unsigned id; /* in the journal */
};

enum { VALUE, POINT }; /* records of the journal */

typedef struct kind {
    const char *code;
    bool field, values; /* needs a fieldName, "values" */
    hg_status (*start)(hg_checks *, asked *, hg_err *);
    hg_status (*row)(hg_checks *, asked *, const hg_checks_row *, hg_err *);
    hg_status (*end)(hg_checks *, asked *, uint64_t rows, hg_err *);
} kind;

static hg_status found(const hg_checks *c, const char *code, size_t column, hg_err *err,
                       const char *message, const char *a, const char *b)
{
    hg_finding f = { .code = code, .severity = HG_ERROR, .message = message };
    f.args_len = hg_args(f.args, sizeof f.args, message, a, b);
    return c->opts.take(c->opts.user, &f, column, err);
}

/* The cell of a column, or of a field, as it may be told. */
static hg_excerpt cell_of(const hg_checks *c, const hg_checks_row *row, size_t i)
{
    return hg_excerpt_of(c->opts.shown(c->opts.user, i + 1, row->cells[i]));
}

static hg_excerpt field_of(const hg_checks *c, const hg_checks_row *row, size_t f)
{
    size_t column = c->opts.columns[f];
    return hg_excerpt_of(column > 0 ? c->opts.shown(c->opts.user, column, row->fields[f])
                              : row->fields[f]);
}

static const char *said(const asked *check, const char *key)
{
    return hg_json_get_str(check->json, key);
}

static bool is_null(const hg_checks_row *row, size_t field)
{
    return row->verdicts[field] & HG_CELL_NULL;
}

/* ---- values ---- */

/* The number in a cell of a number's type, or of any. */
static bool number_of(const hg_checks *c, const hg_checks_row *row, size_t field,
                      hg_numeral *out)
{
    hg_type type = c->opts.schema->fields[field].reader.type;
    if (type == HG_NUMBER || type == HG_INTEGER) {
        *out = row->values[field].number;
        return !(row->verdicts[field] & HG_CELL_TYPE);
    }
    return type == HG_ANY && hg_numeral_read(out, row->fields[field], '.', 0);
}

/* The text of a constant; what JSON writes otherwise than as a string is put into buf. */
static hg_status constant_text(const hg_json *v, hg_buf *buf, hg_slice *out, hg_err *err)
{
    hg_status st = HG_OK;
    *out = hg_slice_of(hg_json_str(v));
    if (hg_json_is_string(v))
        return HG_OK;
    hg_buf_clear(buf);
    st = hg_json_dump(v, false, buf, err);
    *out = (hg_slice){ buf->data, buf->len };
    return st;
}

/* Is the value of a field the constant? Read anew each time: lists are short, and so
 * nothing is kept of them. */
static bool is_constant(hg_checks *c, const asked *check, const hg_checks_row *row,
                        const hg_json *v)
{
    const hg_typed *reader = &c->opts.schema->fields[check->field].reader;
    hg_typed plain = *reader;
    hg_err err = HG_ERR_INIT;
    hg_value value;
    hg_slice text;
    if (is_null(row, check->field) || row->verdicts[check->field] & HG_CELL_TYPE ||
        constant_text(v, &c->key, &text, &err) != HG_OK)
        return false;
    if (!hg_json_is_string(v))
        hg_typed_init(&plain, hg_type_name(reader->type));
    if (!plain.read(&plain, text, &value) &&
        !(reader->type == HG_DATETIME && hg_moment_any_datetime(&value.moment, text)))
        return false;
    return reader->compare(&value, &row->values[check->field]) == 0;
}

static hg_status start_values(hg_checks *c, asked *check, hg_err *err)
{
    const hg_json *values = hg_json_get(check->json, "values");
    (void)c;
    check->n_values = hg_json_len(values);
    check->seen = calloc(check->n_values + 1, sizeof *check->seen);
    return check->seen ? HG_OK : hg_fail_nomem(err);
}

static const hg_json *value_at(const asked *check, size_t i)
{
    return hg_json_at(hg_json_get(check->json, "values"), i);
}

static hg_status forbid(hg_checks *c, asked *check, const hg_checks_row *row, hg_err *err)
{
    for (size_t i = 0; i < check->n_values; i++)
        if (is_constant(c, check, row, value_at(check, i))) {
            hg_excerpt value = field_of(c, row, check->field);
            return found(c, "forbidden-value", c->opts.columns[check->field], err,
                         "the value \"%s\" is forbidden here", value.bytes, NULL);
        }
    return HG_OK;
}

/* Of a part: which check has seen which of its values. */
static hg_status write_value(const hg_checks *c, const asked *check, size_t i, hg_err *err)
{
    hg_buf *record = hg_journal_begin(c->opts.budget->journal, c->id);
    hg_pack_number(record, VALUE);
    hg_pack_number(record, (size_t)(check - c->list));
    hg_pack_number(record, i);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status require(hg_checks *c, asked *check, const hg_checks_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < check->n_values; i++) {
        if (check->seen[i] || !is_constant(c, check, row, value_at(check, i)))
            continue;
        check->seen[i] = true;
        if (hg_journal_writes(c->opts.budget->journal))
            st = write_value(c, check, i, err);
    }
    return st;
}

static hg_status end_require(hg_checks *c, asked *check, uint64_t rows, hg_err *err)
{
    hg_status st = HG_OK;
    (void)rows;
    for (size_t i = 0; st == HG_OK && i < check->n_values; i++) {
        hg_slice text;
        if (check->seen[i])
            continue;
        st = constant_text(value_at(check, i), &c->key, &text, err);
        if (st == HG_OK)
            st = found(c, "required-value", HG_CHECKS_TABLE, err,
                       "no row has the value \"%s\" in \"%s\"", hg_excerpt_of(text).bytes,
                       said(check, "fieldName"));
    }
    return st;
}

/* ---- rows ---- */

static hg_status start_duplicate(hg_checks *c, asked *check, hg_err *err)
{
    return hg_ledger_new(&check->rows, c->opts.budget, err);
}

static hg_status duplicate(hg_checks *c, asked *check, const hg_checks_row *row,
                           hg_err *err)
{
    hg_buf_clear(&c->key);
    for (size_t i = 0; i < row->n; i++) {
        hg_buf_put(&c->key, &row->cells[i].n, sizeof row->cells[i].n);
        hg_buf_put(&c->key, row->cells[i].p, row->cells[i].n);
    }
    hg_status st = hg_buf_status(&c->key, err);
    if (st != HG_OK)
        return st;
    hg_slice key = { c->key.data, c->key.len };
    return hg_ledger_add(check->rows, hg_hash_of(c->opts.budget->seed, key), row->number,
                         err);
}

static hg_status end_duplicate(hg_checks *c, asked *check, uint64_t rows, hg_err *err)
{
    uint64_t row, first;
    hg_status st = hg_ledger_same(check->rows, NULL, err);
    (void)rows;
    while (st == HG_OK && (st = hg_ledger_next(check->rows, &row, &first, err)) == HG_OK) {
        hg_finding f = { .code = "duplicate-row",
                         .severity = HG_ERROR,
                         .message = "the same as row %zu of the table" };
        f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)first);
        st = c->opts.take_row(c->opts.user, &f, row, err);
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status sequence(hg_checks *c, asked *check, const hg_checks_row *row,
                          hg_err *err)
{
    static const hg_decimal one = { 1, 0 };
    hg_numeral number;
    hg_decimal value = { 0, 0 };
    if (check->done)
        return HG_OK;
    bool ok = !is_null(row, check->field) &&
              number_of(c, row, check->field, &number) &&
              hg_numeral_decimal(&value, &number) &&
              (!check->begun || hg_decimal_compare(value, check->expected) == 0);
    check->begun = true;
    check->expected = value;
    if (ok && hg_decimal_add(&check->expected, one))
        return HG_OK;
    check->done = true; /* what follows one gap is no news */
    return found(c, "sequential-value", c->opts.columns[check->field], err,
                 "\"%s\" does not follow the number before it",
                 field_of(c, row, check->field).bytes, NULL);
}

/* ---- cells ---- */

static size_t characters(hg_slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* Texts of databases end at 255 characters, numbers at what 16, 32 and 64 bits hold. */
static bool looks_cut(hg_slice cell)
{
    static const char *const most[] = { "32767",
                                        "65535",
                                        "2147483647",
                                        "4294967295",
                                        "9223372036854775807",
                                        "18446744073709551615" };
    for (size_t i = 0; i < sizeof most / sizeof *most; i++)
        if (hg_slice_is(cell, most[i]))
            return true;
    return cell.n >= 255 && characters(cell) == 255;
}

static hg_status truncated(hg_checks *c, asked *check, const hg_checks_row *row,
                           hg_err *err)
{
    hg_status st = HG_OK;
    (void)check;
    for (size_t i = 0; st == HG_OK && i < row->n; i++)
        if (looks_cut(row->cells[i]))
            st = found(c, "truncated-value", i + 1, err,
                       "\"%s\" looks cut off by a program's limit",
                       cell_of(c, row, i).bytes, NULL);
    return st;
}

static hg_status ascii(hg_checks *c, asked *check, const hg_checks_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    (void)check;
    for (size_t i = 0; st == HG_OK && i < row->n; i++) {
        size_t k = 0;
        while (k < row->cells[i].n && (unsigned char)row->cells[i].p[k] < 0x80)
            k++;
        if (k < row->cells[i].n)
            st = found(c, "ascii-value", i + 1, err,
                       "\"%s\" has characters beyond ASCII",
                       cell_of(c, row, i).bytes, NULL);
    }
    return st;
}

/* ---- deviation ---- */

/* Add a point to the i-th series of a check; of a part, write it away. */
static hg_status take_point(hg_checks *c, const asked *check, size_t i, double x,
                            uint64_t row, hg_err *err)
{
    uint64_t bits;
    if (!hg_journal_writes(c->opts.budget->journal))
        return hg_series_add(&check->series[i], c->opts.budget, x, row, err);
    memcpy(&bits, &x, sizeof bits);
    hg_buf *record = hg_journal_begin(c->opts.budget->journal, c->id);
    hg_pack_number(record, POINT);
    hg_pack_number(record, (size_t)(check - c->list));
    hg_pack_number(record, i);
    hg_pack_number(record, row);
    hg_pack_word(record, bits);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status start_value(hg_checks *c, asked *check, hg_err *err)
{
    const char *average = said(check, "average");
    hg_type type = c->opts.schema->fields[check->field].reader.type;
    check->series = calloc(1, sizeof *check->series);
    if (!check->series)
        return hg_fail_nomem(err);
    check->done = true;
    if (average && strcmp(average, "mean") != 0 && strcmp(average, "median") != 0 &&
        strcmp(average, "mode") != 0)
        return found(c, "check-error", HG_CHECKS_TABLE, err,
                     "'%s' is no average: mean, median and mode are", average, NULL);
    if (type != HG_NUMBER && type != HG_INTEGER && type != HG_ANY)
        return found(c, "check-error", HG_CHECKS_TABLE, err,
                     "the field '%s' has no numbers to check", said(check, "fieldName"),
                     NULL);
    check->done = false;
    return HG_OK;
}

static hg_status add_value(hg_checks *c, asked *check, const hg_checks_row *row,
                           hg_err *err)
{
    hg_numeral number;
    hg_decimal value;
    if (check->done || is_null(row, check->field))
        return HG_OK;
    if (number_of(c, row, check->field, &number) && hg_numeral_decimal(&value, &number))
        return take_point(c, check, 0,
                          (double)value.digits * pow(10, -(double)value.scale),
                          row->number, err);
    if (row->verdicts[check->field] & HG_CELL_TYPE)
        return HG_OK; /* told already */
    check->done = true;
    return found(c, "check-error", HG_CHECKS_TABLE, err,
                 "the field '%s' has no numbers to check", said(check, "fieldName"),
                 NULL);
}

static hg_status end_value(hg_checks *c, asked *check, uint64_t rows, hg_err *err)
{
    const hg_series *s = check->series;
    const char *average = said(check, "average");
    double far = hg_json_number(hg_json_get(check->json, "interval"), 3), middle = 0;
    hg_status st = HG_OK;
    (void)rows;
    if (check->done || s->n < 2)
        return HG_OK;
    if (average && strcmp(average, "mean") != 0)
        st = hg_series_middle(s, strcmp(average, "mode") == 0, &middle, err);
    else
        middle = hg_series_mean(s);
    far *= hg_series_deviation(s);
    for (size_t i = 0; st == HG_OK && i < s->n; i++) {
        char row[24];
        if (fabs(s->points[i].x - middle) <= far)
            continue;
        hg_args(row, sizeof row, "%zu", (size_t)s->points[i].row);
        st = found(c, "deviated-value", HG_CHECKS_TABLE, err,
                   "the value in row %s is far from the others in \"%s\"", row,
                   said(check, "fieldName"));
    }
    return st;
}

static bool is_ignored(const asked *check, const char *name)
{
    const hg_json *list = hg_json_get(check->json, "ignoreFields");
    for (size_t i = 0; i < hg_json_len(list); i++)
        if (hg_slice_is(hg_slice_of(hg_json_str(hg_json_at(list, i))), name))
            return true;
    return false;
}

static hg_status start_cell(hg_checks *c, asked *check, hg_err *err)
{
    check->series = calloc(c->opts.schema->n + 1, sizeof *check->series);
    return check->series ? HG_OK : hg_fail_nomem(err);
}

static hg_status add_cells(hg_checks *c, asked *check, const hg_checks_row *row,
                           hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t f = 0; st == HG_OK && f < c->opts.schema->n; f++)
        if (!is_null(row, f) && !is_ignored(check, c->opts.schema->fields[f].name))
            st = take_point(c, check, f, (double)characters(row->fields[f]), row->number,
                            err);
    return st;
}

static hg_status end_cells(hg_checks *c, asked *check, size_t f, hg_err *err)
{
    static const double least = 5000; /* characters: shorter ones are no oddity */
    const hg_series *s = &check->series[f];
    double far = hg_json_number(hg_json_get(check->json, "interval"), 3), middle = 0;
    hg_status st = s->n < 2 ? HG_OK : hg_series_middle(s, false, &middle, err);
    double most = s->n < 2 ? 0 : middle + far * hg_series_deviation(s);
    for (size_t i = 0; st == HG_OK && s->n >= 2 && i < s->n; i++) {
        char row[24];
        if (s->points[i].x <= most || s->points[i].x <= least)
            continue;
        hg_args(row, sizeof row, "%zu", (size_t)s->points[i].row);
        st = found(c, "deviated-cell", HG_CHECKS_TABLE, err,
                   "the cell in row %s is much longer than the others in \"%s\"", row,
                   c->opts.schema->fields[f].name);
    }
    return st;
}

static hg_status end_cell(hg_checks *c, asked *check, uint64_t rows, hg_err *err)
{
    hg_status st = HG_OK;
    (void)rows;
    for (size_t f = 0; st == HG_OK && f < c->opts.schema->n; f++)
        st = end_cells(c, check, f, err);
    return st;
}

/* ---- dimensions ---- */

static hg_status end_dimensions(hg_checks *c, asked *check, uint64_t rows, hg_err *err)
{
    static const struct {
        const char *key, *message;
        bool of_rows;
        int sign; /* of what is there less what is said, which must not be; 0: either */
    } limits[] = {
        { "numRows", "the table has %s rows; %s are needed", true, 0 },
        { "minRows", "the table has %s rows; at least %s are needed", true, -1 },
        { "maxRows", "the table has %s rows; at most %s are allowed", true, 1 },
        { "numFields", "the table has %s fields; %s are needed", false, 0 },
        { "minFields", "the table has %s fields; at least %s are needed", false, -1 },
        { "maxFields", "the table has %s fields; at most %s are allowed", false, 1 },
    };
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < sizeof limits / sizeof *limits; i++) {
        int64_t limit = hg_json_int(hg_json_get(check->json, limits[i].key), -1);
        int64_t there = limits[i].of_rows ? (int64_t)rows : (int64_t)c->opts.n_columns;
        int sign = (there > limit) - (there < limit);
        char is[24], wanted[24];
        if (limit < 0 || sign == 0 || (limits[i].sign != 0 && limits[i].sign != sign))
            continue;
        hg_args(is, sizeof is, "%zu", (size_t)there);
        hg_args(wanted, sizeof wanted, "%zu", (size_t)limit);
        st = found(c, "table-dimensions", HG_CHECKS_TABLE, err, limits[i].message, is,
                   wanted);
    }
    return st;
}

/* ---- row-constraint ---- */

/* A formula that is wrong could not be checked, and says nothing of the rows. */
static hg_status start_formula(hg_checks *c, asked *check, hg_err *err)
{
    const char *formula = said(check, "formula");
    hg_err why = HG_ERR_INIT;
    if (!formula) {
        check->done = true;
        return found(c, "check-error", HG_CHECKS_TABLE, err,
                     "the check row-constraint needs a formula", NULL, NULL);
    }
    hg_status st = hg_checks_formula(&check->formula, formula, c->opts.schema, &why);
    if (st == HG_OK)
        return st;
    if (st != HG_EARG)
        return hg_fail_args(err, st, NULL, why.format, why.args, sizeof why.args);
    check->done = true;
    hg_finding f = { .code = "check-error", .severity = HG_ERROR, .message = why.format };
    f.args_len = sizeof f.args;
    memcpy(f.args, why.args, sizeof f.args - 1);
    return c->opts.take(c->opts.user, &f, HG_CHECKS_TABLE, err);
}

static hg_status keep_formula(hg_checks *c, asked *check, const hg_checks_row *row,
                              hg_err *err)
{
    if (check->done || hg_checks_holds(check->formula, c->opts.schema, row))
        return HG_OK;
    return found(c, "row-constraint", 0, err, "the row does not keep \"%s\"",
                 said(check, "formula"), NULL);
}

/* ---- all of them ---- */

static const kind kinds[] = {
    { "duplicate-row", false, false, start_duplicate, duplicate, end_duplicate },
    { "forbidden-value", true, true, start_values, forbid, NULL },
    { "required-value", true, true, start_values, require, end_require },
    { "sequential-value", true, false, NULL, sequence, NULL },
    { "deviated-value", true, false, start_value, add_value, end_value },
    { "deviated-cell", false, false, start_cell, add_cells, end_cell },
    { "truncated-value", false, false, NULL, truncated, NULL },
    { "ascii-value", false, false, NULL, ascii, NULL },
    { "row-constraint", false, false, start_formula, keep_formula, NULL },
    { "table-dimensions", false, false, NULL, NULL, end_dimensions },
};

static const kind *kind_of(const char *code)
{
    for (size_t i = 0; code && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].code, code) == 0)
            return &kinds[i];
    return NULL;
}

static size_t n_series(const hg_checks *c, const asked *check)
{
    return !check->series ? 0 : check->kind->start == start_cell ? c->opts.schema->n : 1;
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    hg_checks *c = self;
    uint64_t what = hg_unpack_number(&record), n = hg_unpack_number(&record), bits;
    size_t i = (size_t)hg_unpack_number(&record);
    asked *check = n < c->n ? &c->list[n] : NULL;
    double x;
    if (check && what == VALUE && check->seen && i < check->n_values) {
        check->seen[i] = true;
        return HG_OK;
    }
    if (!check || what != POINT || i >= n_series(c, check))
        return hg_journal_wrong(err);
    uint64_t row = hg_unpack_number(&record) + before.rows;
    bits = hg_unpack_word(&record);
    memcpy(&x, &bits, sizeof x);
    return hg_series_add(&check->series[i], c->opts.budget, x, row, err);
}

hg_status hg_checks_new(hg_checks **out, const hg_checks_opts *opts, hg_err *err)
{
    hg_checks *c = *out = calloc(1, sizeof *c);
    if (!c)
        return hg_fail_nomem(err);
    c->opts = *opts;
    if (hg_journal_join(opts->budget->journal, replay, c, &c->id, err) != HG_OK) {
        free(c);
        *out = NULL;
    }
    return err->status;
}

/* Some checks need one row after the other, or tell something else than a row's fault. */
static hg_status refuse_parts(const hg_checks *c, const asked *check, hg_err *err)
{
    bool any = check->kind->field &&
               c->opts.schema->fields[check->field].reader.type == HG_ANY;
    if (!c->opts.budget->journal ||
        !(check->kind->row == sequence || (check->kind->row == add_value && any)))
        return HG_OK;
    return hg_fail(err, HG_EARG, NULL, "the check %s cannot be done on parts of a table",
                   check->kind->code);
}

static hg_status add(hg_checks *c, const hg_json *json, hg_err *err)
{
    const char *type = hg_json_get_str(json, "type"),
               *name = hg_json_get_str(json, "fieldName");
    asked *check = &c->list[c->n];
    *check = (asked){ .kind = kind_of(type), .json = json };
    if (!check->kind)
        return found(c, "check-error", HG_CHECKS_TABLE, err, "there is no check '%s'",
                     type ? type : "", NULL);
    if (check->kind->field)
        check->field = name ? hg_schema_field(c->opts.schema, name) : c->opts.schema->n;
    if (check->kind->field && check->field == c->opts.schema->n)
        return found(c, "check-error", HG_CHECKS_TABLE, err,
                     "the check %s needs a field that is not there: '%s'", type,
                     name ? name : "");
    if (check->kind->values && hg_json_len(hg_json_get(json, "values")) == 0)
        return found(c, "check-error", HG_CHECKS_TABLE, err, "the check %s needs values",
                     type, NULL);
    c->n++;
    if (refuse_parts(c, check, err) != HG_OK)
        return err->status;
    return check->kind->start ? check->kind->start(c, check, err) : HG_OK;
}

hg_status hg_checks_add(hg_checks *c, const hg_json *list, hg_err *err)
{
    size_t n = hg_json_len(list);
    hg_status st = HG_OK;
    if (!hg_json_is_array(list))
        return hg_fail(err, HG_EARG, NULL, "checks are an array of objects");
    asked *grown = realloc(c->list, (c->n + n + 1) * sizeof *grown);
    if (!grown)
        return hg_fail_nomem(err);
    c->list = grown;
    for (size_t i = 0; st == HG_OK && i < n; i++)
        st = add(c, hg_json_at(list, i), err);
    return st;
}

hg_status hg_checks_row_next(hg_checks *c, const hg_checks_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < c->n; i++)
        if (c->list[i].kind->row)
            st = c->list[i].kind->row(c, &c->list[i], row, err);
    return st;
}

hg_status hg_checks_end(hg_checks *c, uint64_t rows, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < c->n; i++)
        if (c->list[i].kind->end)
            st = c->list[i].kind->end(c, &c->list[i], rows, err);
    return st;
}

static void drop(const hg_checks *c, asked *check)
{
    for (size_t i = 0; i < n_series(c, check); i++)
        hg_series_release(&check->series[i], c->opts.budget);
    free(check->series);
    free(check->seen);
    hg_expression_free(check->formula);
    hg_ledger_free(check->rows);
}

void hg_checks_free(hg_checks *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        drop(c, &c->list[i]);
    free(c->list);
    hg_buf_release(&c->key);
    free(c);
}
