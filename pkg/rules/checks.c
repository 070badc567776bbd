/* checks - checks that a table gets when asked for */
#include "rules/checks_parts.h"
#include "base/pack.h"
#include "rules/journal.h"

#include <stdlib.h>
#include <string.h>

/* ---- for all kinds ---- */

hg_status hg_checks_found(const hg_checks *c, const char *code, size_t column,
                          hg_err *err, const char *message, const char *a, const char *b)
{
    hg_finding f = { .code = code, .severity = HG_ERROR, .message = message };
    f.args_len = hg_args(f.args, sizeof f.args, message, a, b);
    return c->opts.take(c->opts.user, &f, column, err);
}

hg_excerpt hg_checks_cell(const hg_checks *c, const hg_checks_row *row, size_t i)
{
    return hg_excerpt_of(c->opts.shown(c->opts.user, i + 1, row->cells[i]));
}

hg_excerpt hg_checks_field(const hg_checks *c, const hg_checks_row *row, size_t f)
{
    size_t column = c->opts.columns[f];
    return hg_excerpt_of(column > 0 ? c->opts.shown(c->opts.user, column, row->fields[f])
                                    : row->fields[f]);
}

const char *hg_checks_said(const hg_asked *check, const char *key)
{
    return hg_json_get_str(check->json, key);
}

bool hg_checks_null(const hg_checks_row *row, size_t field)
{
    return row->verdicts[field] & HG_CELL_NULL;
}

bool hg_checks_number(const hg_checks *c, const hg_checks_row *row, size_t field,
                      hg_numeral *out)
{
    hg_type type = c->opts.schema->fields[field].reader.type;
    if (type == HG_NUMBER || type == HG_INTEGER) {
        *out = row->values[field].number;
        return !(row->verdicts[field] & HG_CELL_TYPE);
    }
    return type == HG_ANY && hg_numeral_read(out, row->fields[field], '.', 0);
}

size_t hg_checks_characters(hg_slice s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* ---- those asked for ---- */

static const hg_check_kind *const kinds[] = {
    &hg_check_duplicate, &hg_check_forbidden,  &hg_check_required,  &hg_check_sequential,
    &hg_check_value,     &hg_check_cell,       &hg_check_truncated, &hg_check_ascii,
    &hg_check_formula,   &hg_check_dimensions,
};

static const hg_check_kind *kind_of(const char *code)
{
    for (size_t i = 0; code && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i]->code, code) == 0)
            return kinds[i];
    return NULL;
}

static size_t n_series(const hg_checks *c, const hg_asked *check)
{
    return !check->series ? 0 : check->kind->by_field ? c->opts.schema->n : 1;
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    hg_checks *c = self;
    uint64_t what = hg_unpack_number(&record), n = hg_unpack_number(&record), bits;
    size_t i = (size_t)hg_unpack_number(&record);
    hg_asked *check = n < c->n ? &c->list[n] : NULL;
    double x;
    if (check && what == HG_CHECKS_VALUE && check->seen && i < check->n_values) {
        check->seen[i] = true;
        return HG_OK;
    }
    if (!check || what != HG_CHECKS_POINT || i >= n_series(c, check))
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
static hg_status refuse_parts(const hg_checks *c, const hg_asked *check, hg_err *err)
{
    bool any =
        check->kind->field && c->opts.schema->fields[check->field].reader.type == HG_ANY;
    if (!c->opts.budget->journal ||
        !(check->kind->in_order || (check->kind->numbers && any)))
        return HG_OK;
    return hg_fail(err, HG_EARG, NULL, "the check %s cannot be done on parts of a table",
                   check->kind->code);
}

static hg_status add(hg_checks *c, const hg_json *json, hg_err *err)
{
    const char *type = hg_json_get_str(json, "type"),
               *name = hg_json_get_str(json, "fieldName");
    hg_asked *check = &c->list[c->n];
    *check = (hg_asked){ .kind = kind_of(type), .json = json };
    if (!check->kind)
        return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                               "there is no check '%s'", type ? type : "", NULL);
    if (check->kind->field)
        check->field = name ? hg_schema_field(c->opts.schema, name) : c->opts.schema->n;
    if (check->kind->field && check->field == c->opts.schema->n)
        return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                               "the check %s needs a field that is not there: '%s'", type,
                               name ? name : "");
    if (check->kind->values && hg_json_len(hg_json_get(json, "values")) == 0)
        return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                               "the check %s needs values", type, NULL);
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
    hg_asked *grown = realloc(c->list, (c->n + n + 1) * sizeof *grown);
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

static void drop(const hg_checks *c, hg_asked *check)
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
