/* lengths - how long the cells of each field are, and which rows have long ones */
#include "rules/lengths.h"
#include "rules/lists.h"
#include "rules/sorter.h"

#include <math.h>
#include <stdlib.h>

enum { AHEAD = 256 /* long cells that are read at once */ };

struct hg_lengths {
    hg_budget *budget;
    size_t fields;
    uint64_t (*counts)[HG_LENGTHS_SHORT + 1]; /* by field and length */
    hg_lists
        *rest;    /* a field's in that of its number: field << 32 | length, and the row */
    size_t field; /* of those that are gone through */
    hg_lists_at at;
    hg_pair ahead[AHEAD];
    size_t i, n;
};

void hg_lengths_count(hg_lengths *l, size_t field, size_t length, uint64_t n)
{
    l->counts[field][length] += n;
}

void hg_lengths_count_row(hg_lengths *l, const unsigned char *row)
{
    for (size_t f = 0; f < l->fields; f++)
        if (row[f] > 0)
            l->counts[f][row[f] - 1]++;
}

uint64_t hg_lengths_counted(const hg_lengths *l, size_t field, size_t length)
{
    return l->counts[field][length];
}

hg_status hg_lengths_add(hg_lengths *l, size_t field, size_t length, uint64_t row,
                         hg_err *err)
{
    hg_pair pair = { (uint64_t)field << 32 | length, row };
    return hg_lists_add(l->rest, (unsigned)(field % HG_LISTS), pair, err);
}

/* ---- going through the long ones ---- */

void hg_lengths_first(hg_lengths *l, size_t field)
{
    l->field = field;
    l->at = (hg_lists_at){ .list = (unsigned)(field % HG_LISTS) };
    l->i = l->n = 0;
}

hg_status hg_lengths_next(hg_lengths *l, size_t *length, uint64_t *row, hg_err *err)
{
    for (;; l->i++) {
        if (l->i == l->n) {
            hg_status st = hg_lists_read(l->rest, &l->at, l->ahead, AHEAD, &l->n, err);
            l->i = 0;
            if (st != HG_OK || l->n == 0)
                return st == HG_OK ? HG_END : st;
        }
        if (l->ahead[l->i].a >> 32 == l->field)
            break;
    }
    *length = (size_t)(l->ahead[l->i].a & UINT32_MAX);
    *row = l->ahead[l->i++].b;
    return HG_OK;
}

/* ---- what is usual ---- */

/* Sum up how far lengths are from a middle, to the given power, 1 or 2; *n is how many.
 */
static hg_status add_up(hg_lengths *l, double middle, int power, double *sum, uint64_t *n,
                        hg_err *err)
{
    size_t length;
    uint64_t row;
    hg_status st;
    *sum = 0;
    *n = 0;
    for (size_t i = 0; i <= HG_LENGTHS_SHORT; i++) {
        uint64_t these = l->counts[l->field][i];
        double far = (double)i - middle;
        *sum += (power == 2 ? far * far : far) * (double)these;
        *n += these;
    }
    while ((st = hg_lengths_next(l, &length, &row, err)) == HG_OK) {
        double far = (double)length - middle;
        *sum += power == 2 ? far * far : far;
        ++*n;
    }
    return st == HG_END ? HG_OK : st;
}

static int by_length(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static hg_status sort(hg_lengths *l, hg_sorter *sorter, hg_err *err)
{
    size_t length;
    uint64_t row;
    hg_status st = HG_OK;
    hg_lengths_first(l, l->field);
    while (st == HG_OK && (st = hg_lengths_next(l, &length, &row, err)) == HG_OK)
        st = hg_sorter_add(sorter, &length, err);
    return st == HG_END ? HG_OK : st;
}

/* The lengths at two places among the n in their order, where the long ones start at
 * first. */
static hg_status find_long(hg_lengths *l, uint64_t first, const uint64_t *places,
                           size_t *lengths, hg_err *err)
{
    hg_sorter *sorter;
    const void *record;
    hg_status st = hg_sorter_new(&sorter, sizeof(size_t), by_length, l->budget, err);
    if (st == HG_OK)
        st = sort(l, sorter, err);
    for (uint64_t i = first; st == HG_OK && i <= places[1]; i++) {
        st = hg_sorter_next(sorter, &record, err);
        for (int k = 0; st == HG_OK && k < 2; k++)
            lengths[k] = i == places[k] ? *(const size_t *)record : lengths[k];
    }
    hg_sorter_free(sorter);
    return st;
}

static hg_status find_median(hg_lengths *l, uint64_t n, double *out, hg_err *err)
{
    uint64_t places[2] = { (n - 1) / 2, n / 2 }, before = 0;
    size_t lengths[2] = { 0 };
    for (size_t i = 0; i <= HG_LENGTHS_SHORT; i++) {
        uint64_t next = before + l->counts[l->field][i];
        for (int k = 0; k < 2; k++)
            lengths[k] = places[k] >= before && places[k] < next ? i : lengths[k];
        before = next;
    }
    hg_status st =
        places[1] < before ? HG_OK : find_long(l, before, places, lengths, err);
    *out = (double)(lengths[0] + lengths[1]) / 2;
    return st;
}

hg_status hg_lengths_usual(hg_lengths *l, size_t field, hg_usual *out, hg_err *err)
{
    double sum;
    *out = (hg_usual){ 0 };
    hg_status st = hg_lists_settle(l->rest, err);
    hg_lengths_first(l, field);
    if (st == HG_OK)
        st = add_up(l, 0, 1, &sum, &out->n, err);
    if (st != HG_OK || out->n < 2)
        return st;
    hg_lengths_first(l, field);
    st = add_up(l, sum / (double)out->n, 2, &sum, &out->n, err);
    out->deviation = sqrt(sum / (double)(out->n - 1));
    return st == HG_OK ? find_median(l, out->n, &out->median, err) : st;
}

/* ---- all of it ---- */

hg_status hg_lengths_new(hg_lengths **out, size_t fields, hg_budget *budget, hg_err *err)
{
    hg_lengths *l = *out = calloc(1, sizeof *l);
    if (!l)
        return hg_fail_nomem(err);
    l->budget = budget;
    l->fields = fields;
    l->counts = calloc(fields + 1, sizeof *l->counts);
    hg_status st = l->counts ? hg_lists_new(&l->rest, budget, err) : hg_fail_nomem(err);
    if (st != HG_OK) {
        hg_lengths_free(l);
        *out = NULL;
    }
    return st;
}

void hg_lengths_free(hg_lengths *l)
{
    if (!l)
        return;
    hg_lists_free(l->rest);
    free(l->counts);
    free(l);
}
