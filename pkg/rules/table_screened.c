/* table_screened - rows of a table that were looked at before */
#include "rules/table_parts.h"

bool hg_table_serial(const hg_table *t)
{
    for (size_t i = 0; i < t->n_uniques; i++)
        for (size_t k = 0; k < t->uniques[i].key.n; k++)
            if (t->columns[t->uniques[i].key.fields[k]] == 0)
                return true;
    for (size_t f = 0; t->references && f < t->schema->n; f++)
        if (t->columns[f] == 0 && hg_references_field(t->references, f))
            return true;
    return false;
}

void hg_table_first(hg_table *t, uint64_t number)
{
    hg_places_first(t->places, number);
}

size_t hg_table_told(const hg_table *t, size_t i)
{
    return i < t->n_told ? t->columns[t->told[i]] : 0;
}

/* Digests of a row are those of its keys, its references, its checks and its sums. */
static size_t before_checks(const hg_table *t)
{
    return t->n_uniques + (t->references ? hg_references_digests(t->references) : 0);
}

static size_t before_sums(const hg_table *t)
{
    return before_checks(t) + (t->checks ? hg_checks_digests(t->checks) : 0);
}

size_t hg_table_digests(const hg_table *t)
{
    return before_sums(t) + t->n_sums * HG_SUM_DIGESTS;
}

const hg_needs *hg_table_needs(const hg_table *t)
{
    return t->checks || t->n_sums > 0 ? &t->needs : NULL;
}

bool hg_table_look(const hg_table *t, const hg_rule_row *row, hg_hash *out)
{
    if (t->checks && !hg_checks_look(t->checks, row, out))
        return false;
    out += before_sums(t) - before_checks(t);
    for (size_t i = 0; i < t->n_sums; i++, out += HG_SUM_DIGESTS)
        if (!hg_sum_look(t->sums[i], row, out))
            return false;
    return true;
}

size_t hg_table_in_order(const hg_table *t, const hg_hash *digests, size_t n)
{
    return t->checks ? hg_checks_in_order(t->checks, digests + before_checks(t),
                                          hg_table_digests(t), n)
                     : n;
}

static hg_status note_good(hg_table *t, const hg_slice *cells, size_t n_cells, size_t n,
                           uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    if (n_cells == 0 && n > 0) /* the others follow the first */
        return hg_places_note(t->places, number, (hg_slice){ "", 0 }, t->texts, err);
    for (size_t r = 0; st == HG_OK && r < n; r++, cells += n_cells) {
        for (size_t i = 0; i < t->n_told; i++)
            t->texts[i] = cells[1 + i].n > 0 && hg_table_may_be_told(t, i)
                              ? cells[1 + i]
                              : (hg_slice){ NULL, 0 };
        st = hg_places_note(t->places, number + r, cells[0], t->texts, err);
    }
    return st;
}

static hg_status sum_good(hg_table *t, const hg_hash *digests, const hg_slice *cells,
                          size_t n_cells, size_t n, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    size_t stride = hg_table_digests(t);
    for (size_t r = 0; st == HG_OK && r < n && t->n_sums > 0; r++, digests += stride)
        for (size_t i = 0; st == HG_OK && i < t->n_sums; i++) {
            hg_slice first = n_cells > 0 ? cells[r * n_cells] : (hg_slice){ "", 0 };
            hg_sum_at at = hg_table_sum_at(t, t->sums[i], number + r, first);
            st = hg_sum_enter(t->sums[i], digests + i * HG_SUM_DIGESTS, &at, err);
        }
    return st;
}

hg_status hg_table_good(hg_table *t, const hg_hash *digests, const hg_slice *cells,
                        size_t n_cells, size_t n, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    size_t stride = hg_table_digests(t);
    t->rows += n;
    for (size_t i = 0; st == HG_OK && i < t->n_uniques; i++)
        st = hg_ledger_add_rows(t->uniques[i].seen, digests + i, stride, n, number, err);
    if (st == HG_OK && t->references && before_checks(t) > t->n_uniques)
        st = hg_references_enter(t->references, digests + t->n_uniques, stride, n, number,
                                 err);
    if (st == HG_OK)
        st = note_good(t, cells, n_cells, n, number, err);
    if (st == HG_OK && t->checks)
        st = hg_checks_enter(t->checks, digests + before_checks(t), stride, n, number,
                             err);
    return st == HG_OK
               ? sum_good(t, digests + before_sums(t), cells, n_cells, n, number, err)
               : st;
}
