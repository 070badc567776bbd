/* table_end - what takes all rows of a table */
#include "rules/table_parts.h"

static hg_status found_sum(hg_table *t, const hg_sum_off *off, hg_err *err)
{
    hg_place p = hg_places_of(t->places, off->place);
    hg_finding f = { .code = "sum-error",
                     .severity = off->severity,
                     .resource = t->opts.resource,
                     .row_number = off->number,
                     .field_number = (unsigned)t->columns[off->field],
                     .field = t->schema->fields[off->field].name,
                     .file = p.file,
                     .sheet = p.sheet,
                     .row = off->at.row,
                     .col = off->at.col,
                     .value = hg_slice_of(off->value),
                     .message = "the total %s is not the sum %s of %s" };
    f.args_len =
        hg_args(f.args, sizeof f.args, f.message, off->value, off->sum, off->parts);
    return hg_tally_add(t->opts.tally, &f, err);
}

static hg_status end_sums(hg_table *t, hg_err *err)
{
    hg_sum_off off;
    for (size_t i = 0; i < t->n_sums; i++) {
        hg_status st;
        while ((st = hg_sum_next(t->sums[i], &off, err)) == HG_OK)
            if ((st = found_sum(t, &off, err)) != HG_OK)
                return st;
        if (st != HG_END)
            return st;
    }
    return HG_OK;
}

static hg_status found_same(hg_table *t, const unique *u, uint64_t number, uint64_t first,
                            hg_err *err)
{
    bool cell = u->key.n == 1 && !u->primary;
    size_t field = u->key.fields[0];
    hg_finding f;
    hg_status st = hg_table_finding_later(
        t, &f, hg_table_code(u), number, cell ? t->columns[field] : 0,
        cell ? hg_table_told_index(t, field) : SIZE_MAX, err);
    f.message = cell ? "the same value as in row %zu of the table"
                     : "the same key as in row %zu of the table";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)first);
    return st == HG_OK ? hg_tally_add(t->opts.tally, &f, err) : st;
}

static hg_status end_uniques(hg_table *t, hg_err *err)
{
    uint64_t number, first;
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < t->n_uniques; i++) {
        unique *u = &t->uniques[i];
        st = hg_ledger_same(u->seen, t->opts.team, err);
        while (st == HG_OK &&
               (st = hg_ledger_next(u->seen, &number, &first, err)) == HG_OK)
            st = found_same(t, u, number, first, err);
        st = st == HG_END ? HG_OK : st;
        hg_ledger_free(u->seen); /* the others need its memory */
        u->seen = NULL;
    }
    return st;
}

/* A key that no row of the table itself has. */
static hg_status found_nowhere(hg_table *t, size_t i, uint64_t number, hg_err *err)
{
    const hg_reference *ref = &t->schema->references[i];
    size_t field = hg_table_last_field(ref);
    hg_finding f;
    hg_status st = hg_table_finding_later(t, &f, "foreign-key", number, t->columns[field],
                                          hg_table_told_index(t, field), err);
    if (st != HG_OK)
        return st;
    f.field = t->schema->fields[field].name;
    f.message = "no row has \"%s\" in \"%s\"";
    f.args_len = hg_args(f.args, sizeof f.args, f.message, hg_excerpt_of(f.value).bytes,
                         ref->columns[ref->key.n - 1]);
    return hg_tally_add(t->opts.tally, &f, err);
}

static hg_status end_references(hg_table *t, hg_err *err)
{
    uint64_t number;
    hg_status st = HG_OK;
    for (size_t i = 0; t->references && st == HG_OK && i < t->schema->n_references; i++) {
        if (!hg_references_own(t->references, i))
            continue;
        st = hg_references_end(t->references, i, t->opts.team, err);
        while (st == HG_OK &&
               (st = hg_references_next(t->references, i, &number, err)) == HG_OK)
            st = found_nowhere(t, i, number, err);
        st = st == HG_END ? HG_OK : st;
    }
    return st;
}

hg_status hg_table_end(hg_table *t, hg_err *err)
{
    hg_status st = end_uniques(t, err);
    if (st == HG_OK)
        st = end_references(t, err);
    if (st == HG_OK && t->checks)
        st = hg_checks_end(t->checks, t->rows, err);
    return st == HG_OK ? end_sums(t, err) : st;
}

hg_status hg_table_part_end(hg_table *t, hg_err *err)
{
    return t->checks ? hg_checks_part_end(t->checks, err) : HG_OK;
}
