/* check - rows in, checked rows and findings out: parts are read, looked at by threads,
 * and taken in their order */
#include "stream/findings.h"
#include "text/utf8.h"
#include "work/check_inside.h"

#include <stdlib.h>
#include <string.h>

enum {
    AHEAD = 2 /* parts read ahead for each thread */
};

/* Check the part that waits longest. */
static hg_status check_oldest(check *c, hg_err *err)
{
    slot *s = &c->slots[c->oldest];
    hg_team_wait(c->team, &s->task);
    c->oldest = (c->oldest + 1) % c->n_slots;
    c->waiting--;
    return hg_check_slot(c, s, err);
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
        st = hg_check_table_end(c, err);
    c->resource = hg_json_get_str(resource, "name");
    if (st != HG_OK)
        return st;
    size_t n = s->part.bytes.n, shift = s->part.located ? 1 : 0;
    s->valid = hg_in_plain(c->in) ? n : hg_utf8_valid(s->part.bytes.p, n);
    if ((st = hg_check_utf8(c, s, err)) != HG_OK)
        return st;
    hg_csv_init(&c->csv, s->part.bytes.p, n, 0, 0);
    st = hg_csv_next(&c->csv, &header, err);
    s->rows = st == HG_OK ? header.raw.n : 0;
    if (st == HG_OK)
        st = hg_check_table_begin(c, &s->part, header.cells + shift, header.n - shift,
                                  err);
    return hg_check_failed(c, st, err);
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
    s->task = (hg_task){ .run = hg_check_look, .arg = s };
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
        st = hg_check_found(c, &finding, err);
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
    return st != HG_OK ? st : read == HG_END ? hg_check_table_end(c, err) : read;
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
    return st == HG_OK ? hg_check_schemas(c, err) : st;
}

static void release(check *c)
{
    unsigned threads = c->team ? hg_team_threads(c->team) : 0;
    hg_team_free(c->team); /* first: its threads may still be at a slot */
    hg_check_table_drop(c, threads);
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
                .tally = { .take = hg_check_found,
                           .max = opts->max_same ? opts->max_same : HG_CHECK_SAME } };
    c.tally.user = &c;
    c.tally.each = opts->split ? hg_check_reason : NULL;
    *sum = (hg_check_sum){ 0 };
    hg_status st = make_ready(&c, err);
    if (st == HG_OK)
        st = check_parts(&c, err);
    release(&c);
    return st;
}
