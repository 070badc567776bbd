/* check_merge - states of parts into the verdict on the whole */
#include "base/pack.h"
#include "delimited/csv.h"
#include "rules/journal.h"
#include "rules/table.h"
#include "stream/findings.h"
#include "work/check.h"

#include <stdlib.h>
#include <string.h>

/* A part of the table, and where it is. */
typedef struct piece {
    hg_state_in *in;
    size_t i;
    hg_state_part part;
} piece;

typedef struct merge {
    hg_state_in **states;
    size_t n_states;
    piece *pieces; /* by their numbers, once sorted */
    size_t n;
    const hg_check_opts *opts;
    hg_check_sum *sum;
    /* the table: */
    hg_finding base; /* what all findings have in common */
    hg_slice *labels;
    size_t n_labels;
    hg_json *head;
    hg_schema *schema;
    hg_columns columns;
    hg_privacy *privacy;
    hg_table *table;
    hg_budget budget;
    hg_tally tally;
    hg_before before;
    hg_csv csv;
    hg_buf text;
    char **codes; /* of findings, each once */
    size_t n_codes;
} merge;

/* ---- states ---- */

static hg_status add_pieces(merge *m, hg_state_in *in, hg_err *err)
{
    size_t n = hg_state_parts(in);
    piece *pieces = realloc(m->pieces, (m->n + n + 1) * sizeof *pieces);
    if (!pieces)
        return hg_fail_nomem(err);
    m->pieces = pieces;
    for (size_t i = 0; i < n; i++)
        pieces[m->n++] = (piece){ in, i, *hg_state_part_at(in, i) };
    return HG_OK;
}

static int by_part(const void *a, const void *b)
{
    const piece *x = a, *y = b;
    return (x->part.part > y->part.part) - (x->part.part < y->part.part);
}

/* See that all states are of one table, and no part is there twice. Parts without numbers
 * stay in the order in which they are given. */
static hg_status check_pieces(merge *m, hg_err *err)
{
    hg_slice first = hg_state_table_text(m->states[0]);
    for (size_t i = 1; i < m->n_states; i++)
        if (!hg_slice_eq(first, hg_state_table_text(m->states[i])))
            return hg_fail(err, HG_EARG, HG_AT(hg_state_name(m->states[i])),
                           "the state is of another table, or of other checks, than %s",
                           hg_state_name(m->states[0]));
    bool numbered = m->n > 0 && m->pieces[0].part.of > 0;
    if (numbered)
        qsort(m->pieces, m->n, sizeof *m->pieces, by_part);
    for (size_t i = 0; i < m->n; i++) {
        const piece *p = &m->pieces[i];
        if (p->part.of != m->pieces[0].part.of)
            return hg_fail(err, HG_EARG, HG_AT(hg_state_name(p->in)),
                           numbered && p->part.of
                               ? "the state is of one of %zu parts, others of one of %zu"
                               : "some of the states have a number (--part), others have none",
                           (size_t)p->part.of, (size_t)m->pieces[0].part.of);
        if (numbered && i > 0 && p[-1].part.part == p->part.part)
            return hg_fail(err, HG_EARG, HG_AT(hg_state_name(p->in)),
                           "part %zu is there twice", (size_t)p->part.part);
    }
    return HG_OK;
}

static hg_status open_states(merge *m, const char *const *names, size_t n, hg_err *err)
{
    hg_status st = HG_OK;
    if (!(m->states = calloc(n + 1, sizeof(hg_state_in *))))
        return hg_fail_nomem(err);
    for (; st == HG_OK && m->n_states < n; m->n_states += st == HG_OK) {
        st = hg_state_open(&m->states[m->n_states], names[m->n_states], err);
        if (st == HG_OK)
            st = add_pieces(m, m->states[m->n_states], err);
    }
    return st == HG_OK ? check_pieces(m, err) : st;
}

static hg_status see_all_there(const merge *m, hg_err *err)
{
    uint64_t part = 1;
    if (m->n > 0 && m->pieces[0].part.of == 0)
        return HG_OK;
    while (part <= m->n && m->pieces[part - 1].part.part == part)
        part++;
    if (m->n > 0 && part > m->pieces[0].part.of)
        return HG_OK;
    return hg_fail(err, HG_EARG, NULL, "part %zu of the table is missing", (size_t)part);
}

/* ---- the table ---- */

static hg_status take_finding(void *user, const hg_finding *finding, hg_err *err)
{
    const merge *m = user;
    if (m->opts->report)
        hg_validation_add(m->opts->report, finding);
    return m->opts->found ? m->opts->found(m->opts->user, finding, err) : HG_OK;
}

static hg_status read_labels(merge *m, const hg_json *labels, hg_err *err)
{
    m->n_labels = hg_json_len(labels);
    if (!(m->labels = calloc(m->n_labels + 1, sizeof *m->labels)))
        return hg_fail_nomem(err);
    for (size_t i = 0; i < m->n_labels; i++)
        m->labels[i] = hg_json_slice(hg_json_at(labels, i));
    return HG_OK;
}

static void begin_base(merge *m)
{
    const hg_json *about = hg_state_about(m->pieces[0].in, m->pieces[0].i);
    const char *sheet = hg_json_get_str(about, "sheet");
    m->base = (hg_finding){ .severity = HG_ERROR,
                            .resource = hg_json_get_str(about, "name"),
                            .file = hg_json_get_str(about, "file"),
                            .sheet = sheet,
                            .row = sheet ? 0 : 1 };
}

static hg_status begin_table(merge *m, hg_err *err)
{
    const hg_json *table = hg_state_table(m->states[0]);
    hg_status st;
    begin_base(m);
    m->tally.max = (uint64_t)hg_json_int(hg_json_get(table, "maxFindings"), HG_CHECK_SAME);
    m->head = hg_json_object();
    hg_json_set(m->head, "definition", hg_json_keep(hg_json_get(table, "definition")));
    st = read_labels(m, hg_json_get(table, "labels"), err);
    if (st == HG_OK && m->opts->report)
        st = hg_validation_table(m->opts->report, m->base.resource, m->base.file, m->labels,
                                 m->n_labels, err);
    if (st == HG_OK)
        st = hg_schema_new(&m->schema, hg_json_get(table, "schema"), NULL, "schema.json",
                           err);
    if (st == HG_OK)
        st = hg_labels_match(&m->columns, m->labels, m->n_labels, m->schema, &m->base,
                             &m->tally, err);
    if (st == HG_OK)
        st = hg_privacy_new(&m->privacy, m->labels, m->n_labels, &m->columns, m->schema,
                            &m->base, &m->tally, err);
    if (st == HG_OK)
        st = hg_journal_new(&m->budget.journal, NULL, NULL, err);
    if (st != HG_OK)
        return st;
    hg_table_opts opts = { .resource = m->base.resource,
                           .schema = m->schema,
                           .columns = &m->columns,
                           .head = m->head,
                           .checks = hg_json_get(table, "checks"),
                           .budget = &m->budget,
                           .tally = &m->tally,
                           .privacy = m->privacy };
    return hg_table_new(&m->table, &opts, err);
}

/* ---- records ---- */

/* A code that stays. */
static const char *code_of(merge *m, hg_slice code, hg_err *err)
{
    for (size_t i = 0; i < m->n_codes; i++)
        if (hg_slice_is(code, m->codes[i]))
            return m->codes[i];
    char **codes = realloc(m->codes, (m->n_codes + 1) * sizeof *codes);
    char *copy = strndup(code.p ? code.p : "", code.n);
    if (codes)
        m->codes = codes;
    if (!codes || !copy) {
        free(copy);
        hg_fail_nomem(err);
        return NULL;
    }
    return codes[m->n_codes++] = copy;
}

static const char *field_of(const merge *m, const char *name)
{
    size_t f = name && *name ? hg_schema_field(m->schema, name) : m->schema->n;
    return f < m->schema->n ? m->schema->fields[f].name : NULL;
}

static hg_status take_told(merge *m, hg_slice bytes, hg_err *err)
{
    hg_row row;
    hg_finding f;
    hg_csv_init(&m->csv, bytes.p, bytes.n, 0, 0);
    hg_status st = hg_csv_next(&m->csv, &row, err);
    if (st == HG_OK)
        st = hg_findings_read(&f, &row, &m->text, err);
    if (st != HG_OK)
        return st == HG_END ? hg_journal_wrong(err) : st;
    f.code = code_of(m, hg_slice_of(f.code), err);
    f.field = field_of(m, f.field);
    f.resource = m->base.resource;
    f.row_number += m->before.rows;
    return f.code ? hg_tally_add(&m->tally, &f, err) : err->status;
}

static hg_status take_rest(merge *m, hg_slice bytes, hg_err *err)
{
    hg_finding f = { .resource = m->base.resource };
    f.code = code_of(m, hg_unpack_text(&bytes), err);
    f.severity = hg_unpack_number(&bytes) != 0 ? HG_WARNING : HG_ERROR;
    hg_slice field = hg_unpack_text(&bytes);
    hg_buf_clear(&m->text);
    hg_buf_put(&m->text, field.p, field.n);
    f.field = field_of(m, m->text.data);
    f.field_number = (unsigned)hg_unpack_number(&bytes);
    f.row_number = 1;
    return f.code ? hg_tally_more(&m->tally, &f, hg_unpack_number(&bytes), err)
                  : err->status;
}

static hg_status take_part(merge *m, const piece *p, hg_err *err)
{
    char letter;
    hg_slice bytes;
    hg_status st = hg_state_seek(p->in, p->i, err);
    m->before.places = hg_table_places(m->table);
    while (st == HG_OK && (st = hg_state_next(p->in, &letter, &bytes, err)) == HG_OK) {
        if (letter == 'J')
            st = hg_journal_replay(m->budget.journal, bytes, m->before, err);
        else if (letter == 'F')
            st = take_told(m, bytes, err);
        else if (letter == 'N')
            st = take_rest(m, bytes, err);
    }
    m->before.rows += p->part.rows;
    hg_table_passed(m->table, p->part.rows);
    return st == HG_END ? HG_OK : st;
}

/* ---- all of it ---- */

static void release(merge *m)
{
    hg_table_free(m->table);
    hg_journal_free(m->budget.journal);
    hg_columns_release(&m->columns);
    hg_privacy_free(m->privacy);
    hg_schema_free(m->schema);
    hg_tally_release(&m->tally);
    hg_csv_release(&m->csv);
    hg_buf_release(&m->text);
    hg_json_free(m->head);
    for (size_t i = 0; i < m->n_states; i++)
        hg_state_in_free(m->states[i]);
    for (size_t i = 0; i < m->n_codes; i++)
        free(m->codes[i]);
    free(m->codes);
    free(m->states);
    free(m->pieces);
    free(m->labels);
}

static hg_status end_table(merge *m, hg_err *err)
{
    hg_status st = hg_table_end(m->table, err);
    if (st == HG_OK)
        st = hg_tally_end(&m->tally, err);
    *m->sum = (hg_check_sum){ .errors = m->tally.errors,
                             .warnings = m->tally.warnings,
                             .rows = m->before.rows };
    if (st == HG_OK && m->opts->report)
        hg_validation_end(m->opts->report, m->sum->rows, m->sum->errors, m->sum->warnings);
    return st;
}

hg_status hg_check_merge(const char *const *names, size_t n, const hg_check_opts *opts,
                         hg_check_sum *sum, hg_err *err)
{
    merge m = { .opts = opts,
                .sum = sum,
                .budget = { .max = opts->max_memory ? opts->max_memory : HG_CHECK_MEMORY,
                            .tmp = opts->tmp },
                .tally = { .take = take_finding } };
    m.tally.user = &m;
    hg_status st = open_states(&m, names, n, err);
    if (st == HG_OK)
        st = see_all_there(&m, err);
    if (st == HG_OK)
        st = begin_table(&m, err);
    for (size_t i = 0; st == HG_OK && i < m.n; i++)
        st = take_part(&m, &m.pieces[i], err);
    if (st == HG_OK)
        st = end_table(&m, err);
    release(&m);
    return st;
}

static hg_status copy_part(const piece *p, hg_state_out *out, hg_err *err)
{
    char letter;
    hg_slice bytes;
    hg_status st = hg_state_seek(p->in, p->i, err);
    while (st == HG_OK && (st = hg_state_next(p->in, &letter, &bytes, err)) == HG_OK)
        st = hg_state_put(out, letter, bytes, err);
    return st == HG_END ? HG_OK : st;
}

hg_status hg_check_join(const char *const *names, size_t n, hg_state_out *out, hg_err *err)
{
    merge m = { 0 };
    hg_status st = open_states(&m, names, n, err);
    if (st == HG_OK)
        st = hg_state_put(out, 'T', hg_state_table_text(m.states[0]), err);
    for (size_t i = 0; st == HG_OK && i < m.n; i++)
        st = copy_part(&m.pieces[i], out, err);
    release(&m);
    return st;
}
