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

hg_excerpt hg_checks_cell(const hg_checks *c, const hg_rule_row *row, size_t i)
{
    return hg_excerpt_of(c->opts.shown(c->opts.user, i + 1, row->cells[i]));
}

hg_excerpt hg_checks_field(const hg_checks *c, const hg_rule_row *row, size_t f)
{
    size_t column = c->opts.columns[f];
    return hg_excerpt_of(column > 0 ? c->opts.shown(c->opts.user, column, row->fields[f])
                                    : row->fields[f]);
}

const char *hg_checks_said(const hg_asked *check, const char *key)
{
    return hg_json_get_str(check->json, key);
}

bool hg_checks_null(const hg_rule_row *row, size_t field)
{
    return row->verdicts[field] & HG_CELL_NULL;
}

bool hg_checks_number(const hg_rule_row *row, size_t field, hg_decimal *out)
{
    hg_type type = row->schema->fields[field].reader.type;
    hg_numeral number;
    if (type == HG_NUMBER || type == HG_INTEGER)
        return !(row->verdicts[field] & HG_CELL_TYPE) &&
               hg_numeral_decimal(out, &row->values[field].number);
    return type == HG_ANY && hg_numeral_read(&number, row->fields[field], '.', 0) &&
           hg_numeral_decimal(out, &number);
}

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

/* ---- parts of a table ---- */

bool hg_checks_writes(const hg_checks *c)
{
    return hg_journal_writes(c->opts.budget->journal);
}

hg_buf *hg_checks_record(const hg_checks *c, const hg_asked *check)
{
    hg_buf *record = hg_journal_begin(c->opts.budget->journal, c->id);
    hg_pack_number(record, (size_t)(check - c->list));
    return record;
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    hg_checks *c = self;
    uint64_t i = hg_unpack_number(&record);
    hg_asked *check = i < c->n ? &c->list[i] : NULL;
    return check && check->kind->replay
               ? check->kind->replay(c, check, record, before, err)
               : hg_journal_wrong(err);
}

hg_status hg_checks_part_end(hg_checks *c, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < c->n; i++)
        if (c->list[i].kind->part)
            st = c->list[i].kind->part(c, &c->list[i], err);
    return st;
}

/* ---- those asked for ---- */

hg_status hg_checks_new(hg_checks **out, const hg_checks_opts *opts, hg_err *err)
{
    hg_checks *c = *out = calloc(1, sizeof *c);
    if (!c)
        return hg_fail_nomem(err);
    c->opts = *opts;
    hg_status st = hg_journal_join(opts->budget->journal, replay, c, &c->id, err);
    if (st != HG_OK) {
        hg_checks_free(c);
        *out = NULL;
    }
    return st;
}

static hg_status add(hg_checks *c, const hg_json *json, hg_err *err)
{
    const char *type = hg_json_get_str(json, "type"),
               *name = hg_json_get_str(json, "fieldName");
    hg_asked *check = &c->list[c->n];
    memset(check, 0, sizeof *check);
    check->kind = kind_of(type);
    check->json = json;
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
    check->n_digests = check->kind->digests ? check->kind->digests(c) : 0;
    c->opts.needs->cells = c->opts.needs->cells || check->kind->whole_rows;
    if (check->kind->field)
        hg_need_field(c->opts.needs, check->field, HG_NEED_VALUE);
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

hg_status hg_checks_row_next(hg_checks *c, const hg_rule_row *row, hg_err *err)
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

/* ---- rows that were looked at ---- */

size_t hg_checks_one(const hg_checks *c)
{
    (void)c;
    return 1;
}

size_t hg_checks_digests(const hg_checks *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n; i++)
        n += c->list[i].n_digests;
    return n;
}

bool hg_checks_look(const hg_checks *c, const hg_rule_row *row, hg_hash *out)
{
    for (size_t i = 0; i < c->n; out += c->list[i++].n_digests)
        if (c->list[i].kind->look && !c->list[i].kind->look(&c->list[i], row, out))
            return false;
    return true;
}

size_t hg_checks_in_order(const hg_checks *c, const hg_hash *digests, size_t stride,
                          size_t n)
{
    for (size_t i = 0; i < c->n; digests += c->list[i++].n_digests)
        if (c->list[i].kind->in_order)
            n = c->list[i].kind->in_order(&c->list[i], digests, stride, n);
    return n;
}

hg_status hg_checks_enter(hg_checks *c, const hg_hash *digests, size_t stride, size_t n,
                          uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < c->n; digests += c->list[i++].n_digests)
        if (c->list[i].kind->enter)
            st = c->list[i].kind->enter(c, &c->list[i], digests, stride, n, number, err);
    return st;
}

bool hg_checks_later(const hg_checks *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->list[i].rows)
            return true;
    return false;
}

/* ---- all of them ---- */

static void drop(hg_asked *check)
{
    for (size_t i = 0; i < check->n_constants; i++)
        free(check->constants[i].text);
    free(check->constants);
    free(check->ignored);
    hg_expression_free(check->formula);
    hg_series_free(check->series);
    hg_lengths_free(check->lengths);
    hg_ledger_free(check->rows);
}

void hg_checks_free(hg_checks *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++)
        drop(&c->list[i]);
    free(c->list);
    free(c);
}
