/* check - rows in, checked rows and findings out */
#include "work/check.h"
#include "base/pack.h"
#include "base/team.h"
#include "delimited/csv.h"
#include "rules/journal.h"
#include "rules/screen.h"
#include "stream/findings.h"
#include "stream/findings.h"
#include "text/utf8.h"
#include "work/check_split.h"

#include <stdlib.h>
#include <string.h>

enum {
    AHEAD = 2 /* parts read ahead for each thread */
};

/* A part that was read, and what a thread saw of it. */
typedef struct slot {
    struct check *check;
    hg_part part;
    hg_buf bytes;
    char *sheet;
    size_t rows;  /* where its first row starts, behind the header */
    size_t valid; /* bytes of it that are UTF-8 */
    hg_task task;
    hg_screened seen;
} slot;

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
    hg_team *team;
    slot *slots; /* a ring of those read and not yet checked */
    size_t n_slots, oldest, waiting;
    /* of the table at hand: */
    const char *resource;
    hg_schema *schema, *invented; /* schema is one of schemas, or invented */
    hg_columns columns;
    hg_privacy *privacy;
    hg_table *table;
    hg_split *split;
    hg_screen **screens; /* by thread; the first is NULL where rows are not screened */
    hg_check_sum before; /* sum as it was */
    hg_check_sum found;  /* what extraction found */
} check;

/* ---- findings ---- */

/* Of a part; what is found of the header is found again in the whole. */
static hg_status write_finding(const check *c, const hg_finding *finding, hg_err *err)
{
    hg_buf record = { 0 };
    if (finding->row_number == 0)
        return HG_OK;
    hg_findings_put(&record, finding);
    hg_status st = hg_buf_status(&record, err);
    if (st == HG_OK)
        st = hg_state_put(c->opts->part->state, 'F',
                          (hg_slice){ record.data, record.len }, err);
    hg_buf_release(&record);
    return st;
}

static hg_status take_finding(void *user, const hg_finding *finding, hg_err *err)
{
    check *c = user;
    bool split = c->split && finding->row_number > 0 && finding->severity == HG_ERROR;
    if (c->opts->part)
        return write_finding(c, finding, err);
    hg_status st = c->out && !split ? hg_out_finding(c->out, finding, err) : HG_OK;
    if (c->opts->report)
        hg_validation_add(c->opts->report, finding);
    if (st == HG_OK && c->opts->found)
        st = c->opts->found(c->opts->user, finding, err);
    return st;
}

static hg_status take_reason(void *user, const hg_finding *finding, hg_err *err)
{
    check *c = user;
    return hg_split_reason(c->split, finding, err);
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

/* ---- parts of a table ---- */

static hg_status write_record(void *user, hg_slice record, hg_err *err)
{
    const check *c = user;
    return hg_state_put(c->opts->part->state, 'J', record, err);
}

static hg_status begin_state(check *c, const hg_finding *base, const hg_slice *labels,
                             size_t n, hg_err *err)
{
    const hg_check_part *part = c->opts->part;
    hg_json *table = hg_json_object(), *list = hg_json_array(), *about = hg_json_object();
    hg_json_set(table, "definition", hg_json_keep(hg_json_get(c->head, "definition")));
    hg_json_set(table, "schema", hg_json_keep(c->schema->json));
    if (c->opts->checks)
        hg_json_set(table, "checks", hg_json_copy(c->opts->checks));
    hg_json_set_int(table, "maxFindings", (int64_t)c->tally.max);
    for (size_t i = 0; i < n; i++)
        hg_json_add(list, hg_json_new_slice(labels[i]));
    hg_json_set(table, "labels", list);
    hg_json_set_int(about, "part", (int64_t)part->part);
    hg_json_set_int(about, "of", (int64_t)part->of);
    hg_json_set_str(about, "name", base->resource);
    hg_json_set_str(about, "file", base->file);
    hg_json_set_str(about, "sheet", base->sheet);
    hg_status st = hg_state_put_json(part->state, 'T', table, err);
    if (st == HG_OK)
        st = hg_state_put_json(part->state, 'P', about, err);
    if (st == HG_OK)
        st = hg_journal_new(&c->budget.journal, write_record, c, err);
    hg_json_free(table);
    hg_json_free(about);
    return st;
}

static hg_status write_rest(void *user, const hg_finding *like, uint64_t more,
                            hg_err *err)
{
    const check *c = user;
    hg_buf record = { 0 };
    hg_pack_text(&record, hg_slice_of(like->code));
    hg_pack_number(&record, like->severity == HG_WARNING);
    hg_pack_text(&record, hg_slice_of(like->field));
    hg_pack_number(&record, like->field_number);
    hg_pack_number(&record, more);
    hg_status st = hg_buf_status(&record, err);
    if (st == HG_OK)
        st = hg_state_put(c->opts->part->state, 'N',
                          (hg_slice){ record.data, record.len }, err);
    hg_buf_release(&record);
    return st;
}

static hg_status end_state(check *c, hg_err *err)
{
    hg_buf record = { 0 };
    hg_status st = hg_table_part_end(c->table, err);
    if (st == HG_OK)
        st = hg_tally_rest(&c->tally, write_rest, c, err);
    hg_pack_number(&record, c->sum->rows);
    if (st == HG_OK)
        st = hg_buf_status(&record, err);
    if (st == HG_OK)
        st = hg_state_put(c->opts->part->state, 'E',
                          (hg_slice){ record.data, record.len }, err);
    hg_buf_release(&record);
    return st;
}

/* ---- tables ---- */

static hg_status add_screens(check *c, hg_err *err)
{
    hg_status st = HG_OK;
    for (unsigned i = 0; st == HG_OK && i < hg_team_threads(c->team); i++)
        st = hg_screen_new(&c->screens[i], c->table, err);
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
    if (st == HG_OK && c->opts->part)
        st = begin_state(c, &base, labels, n, err);
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

static void drop_table(check *c, unsigned threads)
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

/* Check what takes all rows of the table at hand, if there is one, and let go of it. */
static hg_status end_table(check *c, hg_err *err)
{
    if (!c->table)
        return HG_OK;
    hg_status st = c->opts->part ? end_state(c, err) : hg_table_end(c->table, err);
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
    drop_table(c, hg_team_threads(c->team));
    return st;
}

/* ---- what other threads do ---- */

/* See that a part is UTF-8 (plain CSV was looked at when it was read), and screen it. */
static void look(void *arg, unsigned worker)
{
    slot *s = arg;
    hg_slice bytes = s->part.bytes;
    hg_screen *screen = s->check->screens[worker];
    s->valid = hg_in_plain(s->check->in) ? bytes.n : hg_utf8_valid(bytes.p, bytes.n);
    s->seen.n = 0;
    if (screen && s->valid == bytes.n)
        hg_screen_rows(screen, (hg_slice){ bytes.p + s->rows, bytes.n - s->rows },
                       s->part.located, &s->seen);
}

/* ---- parts, in their order ---- */

static hg_status check_utf8(const check *c, const slot *s, hg_err *err)
{
    if (s->valid == s->part.bytes.n)
        return HG_OK;
    return hg_fail(err, HG_EINPUT, &(hg_loc){ .file = c->resource },
                   "the stream holds the byte %02X, which is not UTF-8",
                   (unsigned)(unsigned char)s->part.bytes.p[s->valid]);
}

/* A part's place within its table goes into a failure that has none. */
static hg_status failed(const check *c, hg_status st, hg_err *err)
{
    if (err->status == HG_EINPUT && err->file[0] == '\0')
        hg_args(err->file, sizeof err->file, "%s", c->resource);
    return st;
}

/* Check rows one by one; number is that of the first. */
static hg_status check_rows(check *c, hg_slice bytes, uint64_t number, uint64_t line,
                            hg_err *err)
{
    hg_row row;
    hg_status st;
    hg_csv_init(&c->csv, bytes.p, bytes.n, number - 1, line);
    while ((st = hg_csv_next(&c->csv, &row, err)) == HG_OK) {
        c->sum->rows++;
        if ((st = hg_table_row(c->table, &row, err)) != HG_OK)
            break;
    }
    return st == HG_END ? HG_OK : failed(c, st, err);
}

/* How many rows from the i-th on are alike: odd, or good. */
static size_t alike(const hg_screened *seen, size_t i)
{
    size_t n = 1;
    if (seen->n_odd == 0)
        return seen->n - i;
    while (i + n < seen->n && seen->odd[i + n] == seen->odd[i])
        n++;
    return n;
}

/* Take good rows, up to the first that is not for what was before it; *n is how many. */
static hg_status take_good(check *c, hg_screened *seen, size_t i, size_t *n,
                           uint64_t number, hg_err *err)
{
    const hg_hash *digests = seen->digests + i * hg_table_digests(c->table);
    size_t good = hg_table_in_order(c->table, digests, *n);
    if (good < *n) {
        seen->odd[i + good] = true;
        seen->n_odd++;
    }
    *n = good;
    c->sum->rows += good;
    return hg_table_good(c->table, digests, seen->cells + i * seen->n_cells, seen->n_cells,
                         good, number, err);
}

/* Take what was screened: keys of good rows, and a closer look at the others. */
static hg_status take_screened(check *c, slot *s, uint64_t number, hg_err *err)
{
    hg_screened *seen = &s->seen;
    const char *rows = s->part.bytes.p + s->rows;
    hg_status st = HG_OK;
    hg_table_first(c->table, number);
    for (size_t i = 0, n; st == HG_OK && i < seen->n; i += n) {
        n = alike(seen, i);
        const char *from = rows + seen->starts[i], *to = rows + seen->starts[i + n];
        st = seen->odd[i]
                 ? check_rows(c, (hg_slice){ from, (size_t)(to - from) }, number + i, 0, err)
                 : take_good(c, seen, i, &n, number + i, err);
    }
    return failed(c, st, err);
}

static hg_status check_part(check *c, slot *s, hg_err *err)
{
    const hg_part *part = &s->part;
    uint64_t number = part->number + (part->header ? 1 : 0);
    const char *rows = part->bytes.p + s->rows, *end = part->bytes.p + part->bytes.n;
    hg_status st = check_utf8(c, s, err);
    if (st == HG_OK)
        st =
            hg_table_from(c->table, file_of(c, &part->at), &part->at, part->located, err);
    if (st == HG_OK && s->seen.n > 0) {
        st = take_screened(c, s, number, err);
        rows += s->seen.starts[s->seen.n];
        number += s->seen.n;
    }
    if (st == HG_OK && rows < end)
        st = check_rows(c, (hg_slice){ rows, (size_t)(end - rows) }, number,
                        hg_csv_look(part->bytes.p, (size_t)(rows - part->bytes.p)).lines, err);
    if (st == HG_OK && c->split)
        return hg_split_part(c->split, part, err);
    return st == HG_OK && c->out ? hg_out_part(c->out, part, err) : st;
}

/* Check the part that waits longest. */
static hg_status check_oldest(check *c, hg_err *err)
{
    slot *s = &c->slots[c->oldest];
    hg_team_wait(c->team, &s->task);
    c->oldest = (c->oldest + 1) % c->n_slots;
    c->waiting--;
    return check_part(c, s, err);
}

static hg_status check_waiting(check *c, hg_err *err)
{
    hg_status st = HG_OK;
    while (st == HG_OK && c->waiting > 0)
        st = check_oldest(c, err);
    return st;
}

/* Go on to the table whose header starts a part. */
static hg_status begin_part(check *c, slot *s, hg_err *err)
{
    const hg_json *resource =
        hg_json_at(hg_json_get(c->head, "resources"), s->part.resource);
    hg_row header;
    hg_status st = check_waiting(c, err);
    if (st == HG_OK)
        st = end_table(c, err);
    c->resource = hg_json_get_str(resource, "name");
    if (st != HG_OK)
        return st;
    size_t n = s->part.bytes.n, shift = s->part.located ? 1 : 0;
    s->valid = hg_in_plain(c->in) ? n : hg_utf8_valid(s->part.bytes.p, n);
    if ((st = check_utf8(c, s, err)) != HG_OK)
        return st;
    hg_csv_init(&c->csv, s->part.bytes.p, n, 0, 0);
    st = hg_csv_next(&c->csv, &header, err);
    s->rows = st == HG_OK ? header.raw.n : 0;
    if (st == HG_OK)
        st = begin_table(c, &s->part, header.cells + shift, header.n - shift, err);
    return failed(c, st, err);
}

/* Take over a part that was read, and let a thread look at it. */
static hg_status take_part(check *c, const hg_part *part, hg_err *err)
{
    slot *s = &c->slots[(c->oldest + c->waiting) % c->n_slots];
    hg_status st = hg_in_keep(c->in, &s->bytes, err);
    free(s->sheet);
    s->sheet = part->at.sheet ? strdup(part->at.sheet) : NULL;
    if (st == HG_OK && part->at.sheet && !s->sheet)
        st = hg_fail_nomem(err);
    s->part = *part;
    s->part.at.sheet = s->sheet;
    s->rows = 0;
    s->check = c;
    if (st == HG_OK && part->header)
        st = begin_part(c, s, err);
    if (st != HG_OK)
        return st;
    s->task = (hg_task){ .run = look, .arg = s };
    hg_team_put(c->team, &s->task);
    c->waiting++;
    return HG_OK;
}

/* What extraction found goes on; findings of a check before this one are made anew. */
static hg_status hand_on(check *c, const hg_part *part, hg_err *err)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_buf text = { 0 };
    hg_finding finding;
    const char *stage = hg_json_get_str(hg_in_head(c->in), "stage");
    hg_status st = HG_OK;
    if (!stage || strcmp(stage, hg_stage_name(HG_EXTRACTED)) != 0)
        return HG_OK;
    hg_csv_init(&csv, part->bytes.p, part->bytes.n, 0, 0);
    if (part->header)
        st = hg_csv_next(&csv, &row, err);
    while (st == HG_OK && (st = hg_csv_next(&csv, &row, err)) == HG_OK) {
        st = hg_findings_read(&finding, &row, &text, err);
        if (st != HG_OK)
            break;
        *(finding.severity == HG_ERROR ? &c->found.errors : &c->found.warnings) += 1;
        st = take_finding(c, &finding, err);
    }
    hg_csv_release(&csv);
    hg_buf_release(&text);
    return st == HG_END ? HG_OK : st;
}

static hg_status check_parts(check *c, hg_err *err)
{
    hg_part part;
    hg_err damage = HG_ERR_INIT;
    hg_status st = HG_OK, read = HG_OK;
    while (st == HG_OK && (read = hg_in_next(c->in, &part, &damage)) == HG_OK) {
        if (part.kind == HG_PART_FINDINGS) {
            st = check_waiting(c, err);
            if (st == HG_OK)
                st = hand_on(c, &part, err);
            continue;
        }
        st = take_part(c, &part, err);
        if (st == HG_OK && c->waiting == c->n_slots)
            st = check_oldest(c, err);
    }
    if (st == HG_OK) /* what was read before the damage is told */
        st = check_waiting(c, err);
    if (st == HG_OK && read != HG_END)
        *err = damage;
    return st != HG_OK ? st : read == HG_END ? end_table(c, err) : read;
}

static hg_status make_ready(check *c, hg_err *err)
{
    hg_status st = hg_team_new(&c->team, c->opts->threads, err);
    if (st != HG_OK)
        return st;
    c->n_slots = AHEAD * hg_team_threads(c->team);
    c->slots = calloc(c->n_slots, sizeof *c->slots);
    c->screens = calloc(hg_team_threads(c->team), sizeof(hg_screen *));
    if (!c->slots || !c->screens)
        return hg_fail_nomem(err);
    const hg_check_split *split = c->opts->split;
    if (split)
        st =
            hg_split_new(&c->split, split->fd, split->name, split->lang, &c->budget, err);
    return st == HG_OK ? read_schemas(c, err) : st;
}

static void release(check *c)
{
    unsigned threads = c->team ? hg_team_threads(c->team) : 0;
    hg_team_free(c->team); /* first: its threads may still be at a slot */
    drop_table(c, threads);
    hg_split_free(c->split);
    hg_csv_release(&c->csv);
    for (size_t i = 0; c->slots && i < c->n_slots; i++) {
        hg_buf_release(&c->slots[i].bytes);
        hg_screened_release(&c->slots[i].seen);
        free(c->slots[i].sheet);
    }
    for (size_t i = 0; c->schemas && i < c->n; i++)
        hg_schema_free(c->schemas[i]);
    free(c->slots);
    free(c->screens);
    free(c->schemas);
}

hg_status hg_check(hg_in *in, hg_out *out, const hg_check_opts *opts, hg_check_sum *sum,
                   hg_err *err)
{
    check c = { .in = in,
                .out = out,
                .opts = opts,
                .sum = sum,
                .head = opts->head ? opts->head : hg_in_head(in),
                .budget = { .max = opts->max_memory ? opts->max_memory : HG_CHECK_MEMORY,
                            .tmp = opts->tmp,
                            .seed = opts->part ? (hg_seed){ 0, 0 } : opts->seed },
                .tally = { .take = take_finding,
                           .max = opts->max_same ? opts->max_same : HG_CHECK_SAME } };
    c.tally.user = &c;
    c.tally.each = opts->split ? take_reason : NULL;
    *sum = (hg_check_sum){ 0 };
    hg_status st = make_ready(&c, err);
    if (st == HG_OK)
        st = check_parts(&c, err);
    release(&c);
    return st;
}
