/* table_new - a table made ready for its rows */
#include "rules/table_parts.h"
#include "rules/journal.h"

#include <stdlib.h>
#include <string.h>

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

/* Tell what a check found, its place being there. A message may show the cell. */
static hg_status tell_check(hg_table *t, hg_finding *f, const hg_finding *of, hg_err *err)
{
    f->severity = of->severity;
    f->message = of->message;
    memcpy(f->args, of->args, of->args_len);
    f->args_len = of->args_len;
    if (f->value.p == t->hidden.mask) {
        f->message = "the cell, which holds personal data, does not pass";
        f->args_len = 0;
    }
    return hg_tally_add(t->opts.tally, f, err);
}

static hg_status take_check(void *user, const hg_finding *of, size_t column, hg_err *err)
{
    hg_table *t = user;
    hg_finding f = column == HG_CHECKS_TABLE
                       ? (hg_finding){ .code = of->code,
                                       .resource = t->opts.resource,
                                       .file = hg_places_any(t->places).file }
                       : hg_table_finding(t, of->code, column);
    return tell_check(t, &f, of, err);
}

static hg_status take_row_check(void *user, const hg_finding *of, uint64_t number,
                                hg_err *err)
{
    hg_table *t = user;
    hg_finding f;
    hg_status st = hg_table_finding_later(t, &f, of->code, number, 0, SIZE_MAX, err);
    return st == HG_OK ? tell_check(t, &f, of, err) : st;
}

static hg_place place_of(void *user, size_t column)
{
    const hg_table *t = user;
    return hg_places_at(t->places, t->row->number, hg_table_first_cell(t), column);
}

static hg_status take_check_at(void *user, const hg_finding *of, uint64_t number,
                               size_t column, const hg_place *place, hg_err *err)
{
    hg_table *t = user;
    if (place->index >= hg_places_count(t->places))
        return hg_journal_wrong(err);
    hg_place at = hg_places_of(t->places, place->index);
    at.row = place->row;
    at.col = place->col;
    hg_finding f = hg_table_finding_at(t, of->code, number, column, &at);
    if (column > 0)
        f.value = of->value;
    return tell_check(t, &f, of, err);
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
                            .needs = &t->needs,
                            .team = t->opts.team,
                            .take = take_check,
                            .take_row = take_row_check,
                            .take_at = take_check_at,
                            .place = place_of,
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
        if (st == HG_OK)
            hg_sum_needs(t->sums[i], &t->needs);
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
    t->needs.fields = calloc(n, sizeof *t->needs.fields);
    if (!t->needs.fields || !t->cells || !t->values || !t->verdicts || !t->columns ||
        !t->fields)
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
    bool noted = t->n_uniques > 0 ||
                 (t->references && hg_references_digests(t->references) > 0) ||
                 (t->checks && hg_checks_later(t->checks));
    t->told = calloc(schema->n + schema->n_references + 1, sizeof *t->told);
    t->texts = calloc(schema->n + schema->n_references + 1, sizeof *t->texts);
    if (!t->told || !t->texts)
        return hg_fail_nomem(err);
    for (size_t f = 0; f < schema->n; f++)
        if (schema->fields[f].unique && t->columns[f] > 0)
            t->told[t->n_told++] = f;
    for (size_t i = 0; i < schema->n_references; i++) {
        size_t f = hg_table_last_field(&schema->references[i]);
        if (hg_references_own(t->references, i) && hg_table_told_index(t, f) == t->n_told)
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
    free(t->needs.fields);
    hg_buf_release(&t->key);
    free(t);
}
