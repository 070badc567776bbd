/* check - rows in, checked rows and findings out */
#include "work/check.h"
#include "format/csv.h"
#include "rules/table.h"
#include "text/utf8.h"

#include <stdlib.h>

typedef struct check {
    hg_in *in;
    hg_out *out;
    const hg_check_opts *opts;
    hg_check_sum *sum;
    const hg_json *head;
    hg_schema **schemas; /* by resource; NULL where labels make one */
    size_t n;
    hg_budget budget;
    hg_tally tally;
    hg_csv csv;
    /* of the table at hand: */
    const char *resource;
    hg_schema *schema, *invented; /* schema is one of schemas, or invented */
    hg_columns columns;
    hg_privacy *privacy;
    hg_table *table;
    hg_check_sum before; /* sum as it was */
} check;

/* ---- findings ---- */

static hg_status take_finding(void *user, const hg_finding *finding, hg_err *err)
{
    check *c = user;
    hg_status st = c->out ? hg_out_finding(c->out, finding, err) : HG_OK;
    if (c->opts->report)
        hg_validation_add(c->opts->report, finding);
    if (st == HG_OK && c->opts->found)
        st = c->opts->found(c->opts->user, finding, err);
    return st;
}

/* ---- schemas ---- */

static hg_status read_schemas(check *c, hg_err *err)
{
    const hg_json *resources = hg_json_get(c->head, "resources");
    size_t n = hg_json_len(resources),
           given = hg_json_len(hg_json_get(hg_in_head(c->in), "resources"));
    hg_status st = HG_OK;
    if (n != given)
        return hg_fail(err, HG_EARG, NULL,
                       "the definition has %zu tables, the input has %zu", n, given);
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

/* ---- tables ---- */

static const char *file_of(const check *c, const hg_origin *at)
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

/* Match the header of a table that begins, and make ready for its rows. */
static hg_status begin_table(check *c, const hg_part *part, const hg_slice *labels,
                             size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    hg_finding base = { .severity = HG_ERROR,
                        .resource = c->resource,
                        .file = file_of(c, &part->at),
                        .sheet = part->at.sheet,
                        .row = part->at.sheet ? 0 : 1 };
    if (c->opts->report)
        st = hg_validation_table(c->opts->report, c->resource, base.file, labels, n, err);
    c->schema = c->schemas[part->resource];
    if (st == HG_OK && !c->schema)
        st = invent_schema(c, labels, n, err);
    if (st == HG_OK)
        st = hg_labels_match(&c->columns, labels, n, c->schema, &base, &c->tally, err);
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
                           .tally = &c->tally,
                           .privacy = c->privacy };
    return hg_table_new(&c->table, &opts, err);
}

static void drop_table(check *c)
{
    hg_table_free(c->table);
    hg_columns_release(&c->columns);
    hg_privacy_free(c->privacy);
    hg_schema_free(c->invented);
    hg_tally_release(&c->tally);
    c->table = NULL;
    c->privacy = NULL;
    c->invented = NULL;
}

/* Check what takes all rows of the table at hand, if there is one, and let go of it. */
static hg_status end_table(check *c, hg_err *err)
{
    if (!c->table)
        return HG_OK;
    hg_status st = hg_table_end(c->table, err);
    if (st == HG_OK)
        st = hg_tally_end(&c->tally, err);
    c->sum->errors = c->tally.errors;
    c->sum->warnings = c->tally.warnings;
    if (st == HG_OK && c->opts->report)
        hg_validation_end(c->opts->report, c->sum->rows - c->before.rows,
                      c->sum->errors - c->before.errors,
                      c->sum->warnings - c->before.warnings);
    c->before = *c->sum;
    drop_table(c);
    return st;
}

/* ---- parts ---- */

/* Plain CSV was looked at when it was read. */
static hg_status check_utf8(const check *c, const hg_part *part, hg_err *err)
{
    size_t valid =
        hg_in_plain(c->in) ? part->bytes.n : hg_utf8_valid(part->bytes.p, part->bytes.n);
    if (valid == part->bytes.n)
        return HG_OK;
    return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = c->resource },
                   "the stream holds the byte %02X, which is not UTF-8",
                   (unsigned)(unsigned char)part->bytes.p[valid]);
}

/* A part's place within its table goes into a failure that has none. */
static hg_status failed(const check *c, hg_status st, hg_err *err)
{
    if (err->status == HG_EINPUT && err->file[0] == '\0')
        hg_args(err->file, sizeof err->file, "%s", c->resource);
    return st;
}

static hg_status begin_part(check *c, const hg_part *part, hg_err *err)
{
    const hg_json *resource =
        hg_json_at(hg_json_get(c->head, "resources"), part->resource);
    hg_status st = part->header ? end_table(c, err) : HG_OK;
    c->resource = hg_json_get_str(resource, "name");
    if (st == HG_OK)
        st = check_utf8(c, part, err);
    hg_csv_init(&c->csv, part->bytes.p, part->bytes.n, part->number - 1, 0);
    if (st != HG_OK || !part->header)
        return st;
    hg_row header;
    size_t shift = part->located ? 1 : 0;
    st = hg_csv_next(&c->csv, &header, err);
    if (st == HG_OK)
        st = begin_table(c, part, header.cells + shift, header.n - shift, err);
    return st;
}

static hg_status check_part(check *c, const hg_part *part, hg_err *err)
{
    hg_row row;
    hg_status st = begin_part(c, part, err);
    if (st == HG_OK)
        st =
            hg_table_from(c->table, file_of(c, &part->at), &part->at, part->located, err);
    while (st == HG_OK && (st = hg_csv_next(&c->csv, &row, err)) == HG_OK) {
        st = hg_table_row(c->table, &row, err);
        c->sum->rows++;
    }
    return st == HG_END ? HG_OK : failed(c, st, err);
}

static hg_status check_parts(check *c, hg_err *err)
{
    hg_part part;
    hg_status st;
    while ((st = hg_in_next(c->in, &part, err)) == HG_OK) {
        if (part.kind == HG_PART_FINDINGS)
            continue; /* of a check before this one */
        st = check_part(c, &part, err);
        if (st == HG_OK && c->out)
            st = hg_out_part(c->out, &part, err);
        if (st != HG_OK)
            return st;
    }
    return st == HG_END ? end_table(c, err) : st;
}

hg_status hg_check(hg_in *in, hg_out *out, const hg_check_opts *opts, hg_check_sum *sum,
                   hg_err *err)
{
    check c = { .in = in,
                .out = out,
                .opts = opts,
                .sum = sum,
                .head = opts->head ? opts->head : hg_in_head(in),
                .budget = { .max =
                                opts->max_memory ? opts->max_memory : HG_CHECK_MEMORY },
                .tally = { .take = take_finding,
                           .max = opts->max_same ? opts->max_same : HG_CHECK_SAME } };
    c.tally.user = &c;
    *sum = (hg_check_sum){ 0 };
    hg_status st = read_schemas(&c, err);
    if (st == HG_OK)
        st = check_parts(&c, err);
    drop_table(&c);
    hg_csv_release(&c.csv);
    for (size_t i = 0; c.schemas && i < c.n; i++)
        hg_schema_free(c.schemas[i]);
    free(c.schemas);
    return st;
}
