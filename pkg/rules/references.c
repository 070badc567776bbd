/* references - foreign keys: into code lists, other tables, and the table itself */
#include "rules/references.h"

#include <stdlib.h>
#include <string.h>

struct hg_references {
    hg_references_opts opts;
    hg_keys **lists;  /* by reference; NULL where it is the table itself, */
    hg_ledger **own;  /* whose keys stand here, */
    size_t **columns; /* of these fields */
    hg_buf key;
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

/* ---- rows ---- */

static hg_hash hash_of(const hg_references *refs, hg_slice key)
{
    return hg_hash_of(refs->opts.budget->seed, key);
}

hg_status hg_references_add(hg_references *refs, const hg_reference_row *row, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < refs->opts.schema->n_references; i++) {
        const size_t *columns = refs->columns[i];
        if (!columns || is_null(columns, reference(refs, i)->key.n, row->verdicts))
            continue;
        hg_slice key = key_of(refs, i, row->cells, columns);
        st = hg_buf_status(&refs->key, err);
        if (st == HG_OK)
            st = hg_ledger_target(refs->own[i], hash_of(refs, key), err);
    }
    return st;
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
    if (st == HG_OK && refs->own[i])
        return hg_ledger_add(refs->own[i], hash_of(refs, key), row->number, err);
    uint64_t found = 0;
    if (st == HG_OK)
        st = hg_keys_find(refs->lists[i], key, &found, err);
    *there = found > 0;
    return st;
}

/* ---- rows that were looked at ---- */

bool hg_references_own(const hg_references *refs, size_t i)
{
    return refs->columns[i] != NULL;
}

size_t hg_references_digests(const hg_references *refs)
{
    size_t n = 0;
    for (size_t i = 0; i < refs->opts.schema->n_references; i++)
        n += hg_references_own(refs, i) ? 2 : 0;
    return n;
}

/* The digest of some fields' key; all zero where one has no value. */
static hg_hash digest_of(const hg_references *refs, const hg_schema *schema, size_t i,
                         const size_t *fields, const hg_slice *cells, hg_buf *space)
{
    const hg_reference *ref = &schema->references[i];
    for (size_t k = 0; k < ref->key.n; k++)
        if (hg_field_missing(&schema->fields[fields[k]], cells[fields[k]]))
            return (hg_hash){ 0, 0 };
    hg_codes_key(space, schema, ref, cells, fields);
    return hash_of(refs, (hg_slice){ space->data, space->len });
}

static bool is_none(hg_hash digest)
{
    return digest.a == 0 && digest.b == 0;
}

bool hg_references_look(const hg_references *refs, const hg_schema *schema,
                        const hg_slice *cells, hg_buf *space, hg_hash *out)
{
    for (size_t i = 0; i < schema->n_references; i++) {
        const size_t *fields = schema->references[i].key.fields;
        hg_hash digest = digest_of(refs, schema, i, fields, cells, space);
        hg_err ignored = HG_ERR_INIT;
        uint64_t row = 1;
        if (hg_references_own(refs, i)) {
            *out++ = digest_of(refs, schema, i, refs->columns[i], cells, space);
            *out++ = digest;
        } else if (!is_none(digest) &&
                   hg_keys_find_hash(refs->lists[i], digest, &row, &ignored) != HG_OK) {
            return false;
        }
        if (row == 0 || space->status != HG_OK)
            return false;
    }
    return true;
}

hg_status hg_references_enter(hg_references *refs, const hg_hash *digests, size_t stride,
                              size_t n, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t r = 0; r < n; r++, digests += stride)
        for (size_t i = 0, d = 0; i < refs->opts.schema->n_references; i++) {
            if (!hg_references_own(refs, i))
                continue;
            if (!is_none(digests[d]))
                st = hg_ledger_target(refs->own[i], digests[d], err);
            if (st == HG_OK && !is_none(digests[d + 1]))
                st = hg_ledger_add(refs->own[i], digests[d + 1], number + r, err);
            if (st != HG_OK)
                return st;
            d += 2;
        }
    return st;
}

/* ---- the end ---- */

bool hg_references_field(const hg_references *refs, size_t field)
{
    for (size_t i = 0; i < refs->opts.schema->n_references; i++) {
        const hg_key *key = &reference(refs, i)->key;
        for (size_t k = 0; k < key->n; k++)
            if (key->fields[k] == field || (refs->columns[i] && refs->columns[i][k] == field))
                return true;
    }
    return false;
}

hg_status hg_references_end(hg_references *refs, size_t i, hg_team *team, hg_err *err)
{
    return hg_ledger_lost(refs->own[i], team, err);
}

hg_status hg_references_next(hg_references *refs, size_t i, uint64_t *number, hg_err *err)
{
    uint64_t none;
    hg_status st = hg_ledger_next(refs->own[i], number, &none, err);
    if (st == HG_OK)
        return HG_OK;
    hg_ledger_free(refs->own[i]); /* the others need its memory */
    refs->own[i] = NULL;
    return st;
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
        st = hg_ledger_new(&refs->own[i], refs->opts.budget, err);
    free(names);
    return st;
}

static hg_status set_list(hg_references *refs, size_t i, hg_err *err)
{
    const hg_references_opts *o = &refs->opts;
    const hg_reference *ref = reference(refs, i);
    if (is_own(ref))
        return set_own(refs, i, err);
    hg_status st =
        o->find && strncmp(ref->resource, "codes/", 6) != 0
            ? o->find(o->user, &refs->lists[i], o->schema, ref, o->budget, err)
            : hg_codes_load(&refs->lists[i], o->schema, ref, o->head, o->budget, err);
    return st == HG_OK ? hg_keys_hold(refs->lists[i], err) : st;
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
    refs->own = calloc(n + 1, sizeof *refs->own);
    refs->columns = calloc(n + 1, sizeof *refs->columns);
    hg_status st = refs->lists && refs->own && refs->columns ? HG_OK : hg_fail_nomem(err);
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
    for (size_t i = 0; refs->own && i < refs->opts.schema->n_references; i++)
        hg_ledger_free(refs->own[i]);
    for (size_t i = 0; refs->columns && i < refs->opts.schema->n_references; i++)
        free(refs->columns[i]);
    free(refs->lists);
    free(refs->own);
    free(refs->columns);
    hg_buf_release(&refs->key);
    free(refs);
}
