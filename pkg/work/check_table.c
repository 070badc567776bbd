/* check_table - a table begins, and ends */
#include "rules/journal.h"
#include "work/check_inside.h"

#include <stdlib.h>

/* ---- schemas ---- */

hg_status hg_check_schemas(check *c, hg_err *err)
{
    const hg_json *resources = hg_json_get(c->head, "resources");
    size_t n = hg_json_len(resources),
           given = hg_json_len(hg_json_get(hg_in_head(c->in), "resources"));
    hg_status st = HG_OK;
    if (n != given)
        return hg_fail(err, HG_EARG, NULL,
                       "the definition has %zu tables, the input has %zu", n, given);
    if (c->opts->split && n != 1)
        return hg_fail(err, HG_EARG, NULL,
                       "rows are split off one table, the input has %zu", n);
    if (c->opts->part && n != 1)
        return hg_fail(err, HG_EARG, NULL, "a part is of one table, the input has %zu",
                       n);
    if (!(c->schemas = calloc(n + 1, sizeof *c->schemas)))
        return hg_fail_nomem(err);
    for (c->n = 0; st == HG_OK && c->n < n; c->n++) {
        const hg_json *schema = hg_json_get(hg_json_at(resources, c->n), "schema");
        if (schema && !c->opts->structure)
            st = hg_schema_new(&c->schemas[c->n], schema, c->opts->doc, "schema.json",
                               err);
    }
    return st;
}

const char *hg_check_file(const check *c, const hg_origin *at)
{
    const hg_json *sources = hg_json_get(hg_in_head(c->in), "sources");
    return hg_json_get_str(hg_json_at(sources, at->source), "name");
}

static hg_status invent_schema(check *c, const hg_slice *labels, size_t n, hg_err *err)
{
    hg_json *json;
    hg_status st = hg_labels_schema(&json, labels, n, err);
    if (st == HG_OK)
        st = hg_schema_new(&c->invented, json, NULL, "schema.json", err);
    hg_json_free(json);
    c->schema = c->invented;
    return st;
}

/* ---- the beginning ---- */

static hg_status add_screens(check *c, hg_err *err)
{
    hg_status st = HG_OK;
    for (unsigned i = 0; st == HG_OK && i < hg_team_threads(c->team); i++)
        st = hg_screen_new(&c->screens[i], c->table, err);
    return st;
}

hg_status hg_check_table_begin(check *c, const hg_part *part, const hg_slice *labels,
                               size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    hg_finding base = { .severity = HG_ERROR,
                        .resource = c->resource,
                        .file = hg_check_file(c, &part->at),
                        .sheet = part->at.sheet,
                        .row = part->at.sheet ? 0 : 1 };
    if (c->opts->report)
        st = hg_validation_table(c->opts->report, c->resource, base.file, labels, n, err);
    c->schema = c->schemas[part->resource];
    if (st == HG_OK && !c->schema)
        st = invent_schema(c, labels, n, err);
    if (st == HG_OK)
        st = hg_labels_match(&c->columns, labels, n, c->schema, &base, &c->tally, err);
    if (st == HG_OK && c->opts->part)
        st = hg_check_part_begin(c, &base, labels, n, err);
    if (st == HG_OK)
        st = hg_privacy_new(&c->privacy, labels, n, &c->columns, c->schema, &base,
                            &c->tally, err);
    if (st != HG_OK)
        return st;
    hg_table_opts opts = { .resource = c->resource,
                           .schema = c->schema,
                           .columns = &c->columns,
                           .head = c->head,
                           .checks = c->opts->checks,
                           .budget = &c->budget,
                           .team = c->team,
                           .tally = &c->tally,
                           .privacy = c->privacy };
    st = hg_table_new(&c->table, &opts, err);
    return st == HG_OK ? add_screens(c, err) : st;
}

/* ---- the end ---- */

void hg_check_table_drop(check *c, unsigned threads)
{
    for (unsigned i = 0; c->screens && i < threads; i++) {
        hg_screen_free(c->screens[i]);
        c->screens[i] = NULL;
    }
    hg_table_free(c->table);
    hg_columns_release(&c->columns);
    hg_privacy_free(c->privacy);
    hg_schema_free(c->invented);
    hg_tally_release(&c->tally);
    hg_journal_free(c->budget.journal);
    c->budget.journal = NULL;
    c->table = NULL;
    c->privacy = NULL;
    c->invented = NULL;
}

/* Write the rows that waited, and tell the stream how many are not in it. */
static hg_status end_split(check *c, hg_err *err)
{
    uint64_t n = 0;
    hg_finding f = { .code = "rows-split",
                     .severity = HG_WARNING,
                     .resource = c->resource,
                     .message = "%zu of %zu rows are not valid and were split off" };
    hg_status st = hg_split_end(c->split, c->out, &n, err);
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)n,
                         (size_t)(c->sum->rows - c->before.rows));
    return st == HG_OK && n > 0 && c->out ? hg_out_finding(c->out, &f, err) : st;
}

hg_status hg_check_table_end(check *c, hg_err *err)
{
    if (!c->table)
        return HG_OK;
    hg_status st =
        c->opts->part ? hg_check_part_end(c, err) : hg_table_end(c->table, err);
    if (st == HG_OK && !c->opts->part)
        st = hg_tally_end(&c->tally, err);
    if (st == HG_OK && c->split)
        st = end_split(c, err);
    c->sum->errors = c->tally.errors + c->found.errors;
    c->sum->warnings = c->tally.warnings + c->found.warnings;
    if (st == HG_OK && c->opts->report)
        hg_validation_end(c->opts->report, c->sum->rows - c->before.rows,
                          c->sum->errors - c->before.errors,
                          c->sum->warnings - c->before.warnings);
    c->before = *c->sum;
    hg_check_table_drop(c, hg_team_threads(c->team));
    return st;
}
