/* references - foreign keys: into code lists, other tables, and the table itself */
#include "rules/references.h"

#include <stdlib.h>
#include <string.h>

/* A row that refers to a key of its own table which no row had yet. */
typedef struct waiting {
    hg_reference_off off; /* its value is set when it is told */
    size_t key, key_n, value, value_n; /* in texts */
} waiting;

struct hg_references {
    hg_references_opts opts;
    hg_keys **lists;  /* by reference */
    size_t **columns; /* by reference: the fields referred to; NULL: not the table itself */
    hg_buf key, texts;
    waiting *waiting;
    size_t n, cap, next;
};

static const hg_reference *reference(const hg_references *refs, size_t i)
{
    return &refs->opts.schema->references[i];
}

static bool is_own(const hg_reference *ref)
{
    return ref->resource[0] == '\0' &&
           !hg_json_get(hg_json_get(ref->json, "reference"), "package");
}

static bool is_null(const size_t *fields, size_t n, const unsigned *verdicts)
{
    for (size_t k = 0; k < n; k++)
        if (verdicts[fields[k]] & HG_CELL_NULL)
            return true;
    return false;
}

static hg_slice key_of(hg_references *refs, size_t i, const hg_slice *cells,
                       const size_t *columns)
{
    hg_codes_key(&refs->key, refs->opts.schema, reference(refs, i), cells, columns);
    return (hg_slice){ refs->key.data, refs->key.len };
}

/* ---- the table itself ---- */

hg_status hg_references_add(hg_references *refs, const hg_reference_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    uint64_t first;
    for (size_t i = 0; st == HG_OK && i < refs->opts.schema->n_references; i++) {
        const size_t *columns = refs->columns[i];
        if (!columns || is_null(columns, reference(refs, i)->key.n, row->verdicts))
            continue;
        hg_slice key = key_of(refs, i, row->cells, columns);
        st = hg_buf_status(&refs->key, err);
        if (st == HG_OK)
            st = hg_keys_add(refs->lists[i], key, row->number, &first, err);
    }
    return st;
}

static hg_status grow(hg_references *refs, hg_err *err)
{
    size_t cap = refs->cap ? refs->cap * 2 : 64;
    hg_status st =
        hg_budget_take(refs->opts.budget, (cap - refs->cap) * sizeof(waiting), err);
    waiting *grown = st == HG_OK ? realloc(refs->waiting, cap * sizeof *grown) : NULL;
    if (st == HG_OK && !grown)
        return hg_fail_nomem(err);
    if (st != HG_OK)
        return st;
    refs->waiting = grown;
    refs->cap = cap;
    return HG_OK;
}

/* The key at hand is looked for again when all rows are known. */
static hg_status wait(hg_references *refs, size_t i, const hg_reference_row *row,
                      hg_err *err)
{
    const hg_key *fields = &reference(refs, i)->key;
    hg_slice value = row->cells[fields->fields[fields->n - 1]];
    if (refs->n == refs->cap && grow(refs, err) != HG_OK)
        return err->status;
    size_t from = refs->texts.len;
    hg_status st = hg_budget_take(refs->opts.budget, refs->key.len + value.n, err);
    hg_buf_put(&refs->texts, refs->key.data, refs->key.len);
    hg_buf_put(&refs->texts, value.p, value.n);
    refs->waiting[refs->n++] = (waiting){
        { i, row->number, row->at, row->place, { NULL, 0 } },
        from,
        refs->key.len,
        from + refs->key.len,
        value.n,
    };
    return st == HG_OK ? hg_buf_status(&refs->texts, err) : st;
}

hg_status hg_references_check(hg_references *refs, size_t i, const hg_reference_row *row,
                              bool *there, hg_err *err)
{
    const hg_reference *ref = reference(refs, i);
    *there = true;
    if (is_null(ref->key.fields, ref->key.n, row->verdicts))
        return HG_OK;
    hg_slice key = key_of(refs, i, row->cells, ref->key.fields);
    hg_status st = hg_buf_status(&refs->key, err);
    if (st != HG_OK || hg_keys_find(refs->lists[i], key) > 0)
        return st;
    if (refs->columns[i])
        return wait(refs, i, row, err);
    *there = false;
    return HG_OK;
}

hg_status hg_references_next(hg_references *refs, hg_reference_off *off)
{
    while (refs->next < refs->n) {
        const waiting *w = &refs->waiting[refs->next++];
        const char *texts = refs->texts.data;
        hg_slice key = { texts + w->key, w->key_n };
        if (hg_keys_find(refs->lists[w->off.reference], key) > 0)
            continue;
        *off = w->off;
        off->value = (hg_slice){ texts + w->value, w->value_n };
        return HG_OK;
    }
    return HG_END;
}

/* ---- setting up ---- */

static hg_status set_own(hg_references *refs, size_t i, hg_err *err)
{
    const hg_schema *schema = refs->opts.schema;
    hg_slice *names = calloc(schema->n + 1, sizeof *names);
    refs->columns[i] = calloc(reference(refs, i)->key.n, sizeof **refs->columns);
    hg_status st = names && refs->columns[i] ? HG_OK : hg_fail_nomem(err);
    for (size_t f = 0; st == HG_OK && f < schema->n; f++)
        names[f] = hg_slice_of(schema->fields[f].name);
    if (st == HG_OK)
        st = hg_codes_columns(refs->columns[i], schema, reference(refs, i), names,
                              schema->n, err);
    if (st == HG_OK)
        st = hg_keys_new(&refs->lists[i], refs->opts.budget, err);
    free(names);
    return st;
}

static hg_status set_list(hg_references *refs, size_t i, hg_err *err)
{
    const hg_references_opts *o = &refs->opts;
    const hg_reference *ref = reference(refs, i);
    if (is_own(ref))
        return set_own(refs, i, err);
    if (o->find && strncmp(ref->resource, "codes/", 6) != 0)
        return o->find(o->user, &refs->lists[i], o->schema, ref, o->budget, err);
    return hg_codes_load(&refs->lists[i], o->schema, ref, o->head, o->budget, err);
}

hg_status hg_references_new(hg_references **out, const hg_references_opts *opts,
                            hg_err *err)
{
    size_t n = opts->schema->n_references;
    hg_references *refs = *out = calloc(1, sizeof *refs);
    if (!refs)
        return hg_fail_nomem(err);
    refs->opts = *opts;
    refs->lists = calloc(n + 1, sizeof *refs->lists);
    refs->columns = calloc(n + 1, sizeof *refs->columns);
    hg_status st = refs->lists && refs->columns ? HG_OK : hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i < n; i++)
        st = set_list(refs, i, err);
    if (st != HG_OK) {
        hg_references_free(refs);
        *out = NULL;
    }
    return st;
}

void hg_references_free(hg_references *refs)
{
    if (!refs)
        return;
    for (size_t i = 0; refs->lists && i < refs->opts.schema->n_references; i++)
        hg_keys_free(refs->lists[i]);
    for (size_t i = 0; refs->columns && i < refs->opts.schema->n_references; i++)
        free(refs->columns[i]);
    free(refs->lists);
    free(refs->columns);
    free(refs->waiting);
    hg_buf_release(&refs->key);
    hg_buf_release(&refs->texts);
    free(refs);
}
