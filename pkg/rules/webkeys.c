/* webkeys - the keys of the tables of CSV on the Web */
#include "rules/webkeys.h"

#include <stdlib.h>
#include <string.h>

/* What one foreign key leads to. */
typedef struct target {
    size_t from; /* the table that has it, and its number there */
    size_t number;
    const hg_csvm_reference *reference;
    hg_keys *once, *again; /* keys of rows, and those that more than one row has */
} target;

struct hg_webkeys {
    const hg_csvm *csvm;
    target *targets;
    size_t n;
    hg_keys **primary; /* by table; NULL: it has none */
    hg_buf key;
};

static size_t count_references(const hg_csvm *csvm)
{
    size_t n = 0;
    for (size_t i = 0; i < csvm->n; i++)
        n += csvm->tables[i].n_references;
    return n;
}

static hg_status add_target(hg_webkeys *keys, size_t from, size_t number,
                            hg_budget *budget, hg_err *err)
{
    target *t = &keys->targets[keys->n++];
    *t = (target){ .from = from,
                   .number = number,
                   .reference = &keys->csvm->tables[from].references[number] };
    hg_status st = hg_keys_new(&t->once, budget, err);
    return st == HG_OK ? hg_keys_new(&t->again, budget, err) : st;
}

hg_status hg_webkeys_new(hg_webkeys **out, const hg_csvm *csvm, hg_budget *budget,
                         hg_err *err)
{
    hg_webkeys *keys = *out = calloc(1, sizeof *keys);
    hg_status st = HG_OK;
    if (!keys)
        return hg_fail_nomem(err);
    keys->csvm = csvm;
    keys->targets = calloc(count_references(csvm) + 1, sizeof *keys->targets);
    keys->primary = calloc(csvm->n + 1, sizeof(hg_keys *));
    if (!keys->targets || !keys->primary)
        st = hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i < csvm->n; i++) {
        if (csvm->tables[i].primary.n > 0)
            st = hg_keys_new(&keys->primary[i], budget, err);
        for (size_t k = 0; st == HG_OK && k < csvm->tables[i].n_references; k++)
            st = add_target(keys, i, k, budget, err);
    }
    if (st == HG_OK)
        return st;
    hg_webkeys_free(keys);
    *out = NULL;
    return st;
}

void hg_webkeys_free(hg_webkeys *keys)
{
    if (!keys)
        return;
    for (size_t i = 0; keys->targets && i < keys->n; i++) {
        hg_keys_free(keys->targets[i].once);
        hg_keys_free(keys->targets[i].again);
    }
    for (size_t i = 0; keys->primary && i < keys->csvm->n; i++)
        hg_keys_free(keys->primary[i]);
    hg_buf_release(&keys->key);
    free(keys->targets);
    free(keys->primary);
    free(keys);
}

bool hg_webkeys_is_target(const hg_webkeys *keys, size_t table)
{
    for (size_t i = 0; i < keys->n; i++)
        if (keys->targets[i].reference->table == table)
            return true;
    return false;
}

static bool is_in(const hg_csvm_key *key, size_t column)
{
    for (size_t i = 0; i < key->n; i++)
        if (key->columns[i] == column)
            return true;
    return false;
}

bool hg_webkeys_has(const hg_webkeys *keys, size_t table, size_t column)
{
    for (size_t i = 0; i < keys->n; i++) {
        const target *t = &keys->targets[i];
        if ((t->from == table && is_in(&t->reference->from, column)) ||
            (t->reference->table == table && is_in(&t->reference->to, column)))
            return true;
    }
    return is_in(&keys->csvm->tables[table].primary, column);
}

/* ---- the key of a row ---- */

static void put_cell(hg_buf *key, const hg_buf *cells, const size_t *ends, size_t column)
{
    size_t from = column > 0 ? ends[column - 1] : 0;
    hg_buf_put(key, cells->data ? cells->data + from : "", ends[column] - from);
}

/* Columns of types of another kind are compared by their texts. */
static bool by_text(const hg_webkeys *keys, const target *t, size_t i)
{
    const hg_csvm_reference *ref = t->reference;
    const hg_csvm_column *a = &keys->csvm->tables[t->from].columns[ref->from.columns[i]];
    const hg_csvm_column *b = &keys->csvm->tables[ref->table].columns[ref->to.columns[i]];
    return a->datatype->base->kind != b->datatype->base->kind;
}

static hg_status make_key(hg_webkeys *keys, const target *t, const hg_csvm_key *of,
                          const hg_webrow *row, hg_err *err)
{
    hg_buf_clear(&keys->key);
    for (size_t i = 0; i < of->n; i++) {
        if (t && by_text(keys, t, i))
            put_cell(&keys->key, &row->plain, row->plain_ends, of->columns[i]);
        else
            put_cell(&keys->key, &row->typed, row->typed_ends, of->columns[i]);
    }
    return hg_buf_status(&keys->key, err);
}

static hg_slice key_of(const hg_webkeys *keys)
{
    return (hg_slice){ keys->key.data ? keys->key.data : "", keys->key.len };
}

hg_status hg_webkeys_enter(hg_webkeys *keys, size_t table, const hg_webrow *row,
                           uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    uint64_t first;
    for (size_t i = 0; st == HG_OK && i < keys->n; i++) {
        target *t = &keys->targets[i];
        if (t->reference->table != table)
            continue;
        st = make_key(keys, t, &t->reference->to, row, err);
        if (st == HG_OK)
            st = hg_keys_add(t->once, key_of(keys), number, &first, err);
        if (st == HG_OK && first != 0)
            st = hg_keys_add(t->again, key_of(keys), number, &first, err);
    }
    return st;
}

hg_status hg_webkeys_follow(hg_webkeys *keys, size_t table, size_t number,
                            const hg_webrow *row, unsigned *rows, hg_err *err)
{
    const target *t = keys->targets;
    while (t->from != table || t->number != number)
        t++;
    hg_status st = make_key(keys, t, &t->reference->from, row, err);
    uint64_t once = 0, again = 0;
    if (st == HG_OK)
        st = hg_keys_find(t->once, key_of(keys), &once, err);
    if (st == HG_OK && once > 0)
        st = hg_keys_find(t->again, key_of(keys), &again, err);
    *rows = once == 0 ? 0 : again == 0 ? 1 : 2;
    return st;
}

hg_status hg_webkeys_primary(hg_webkeys *keys, size_t table, const hg_webrow *row,
                             uint64_t number, uint64_t *first, hg_err *err)
{
    hg_status st = make_key(keys, NULL, &keys->csvm->tables[table].primary, row, err);
    return st == HG_OK
               ? hg_keys_add(keys->primary[table], key_of(keys), number, first, err)
               : st;
}
