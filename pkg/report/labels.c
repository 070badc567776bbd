/* labels - what people call the codes of a field */
#include "report/labels.h"
#include "delimited/csv.h"

#include <stdlib.h>

enum { CODE, VI, EN, PARTS };

typedef struct entry { /* where the three texts stand in the pool, each closed by a NUL */
    size_t at[PARTS];
} entry;

struct hg_labels {
    hg_buf pool;
    entry *entries;
    size_t n, cap;
};

static hg_status header(const char *name, const hg_row *row, size_t at[PARTS],
                        hg_err *err)
{
    static const char *const names[PARTS] = { "code", "vi", "en" };
    hg_loc loc = { .file = name, .row = 1 };
    for (size_t k = 0; k < PARTS; k++)
        for (at[k] = 0; at[k] < row->n && !hg_slice_is(row->cells[at[k]], names[k]);)
            at[k]++;
    if (at[CODE] == row->n || at[VI] == row->n)
        return hg_fail(err, HG_EARG, &loc, "a code list needs the columns code and vi");
    return HG_OK;
}

static hg_status add(hg_labels *labels, const hg_row *row, const size_t at[PARTS],
                     hg_err *err)
{
    if (labels->n == labels->cap) {
        size_t cap = labels->cap ? 2 * labels->cap : 64;
        entry *grown = realloc(labels->entries, cap * sizeof *grown);
        if (!grown)
            return hg_fail_nomem(err);
        labels->entries = grown;
        labels->cap = cap;
    }
    for (size_t k = 0; k < PARTS; k++) {
        labels->entries[labels->n].at[k] = labels->pool.len;
        if (at[k] < row->n)
            hg_buf_put(&labels->pool, row->cells[at[k]].p, row->cells[at[k]].n);
        hg_buf_putc(&labels->pool, '\0');
    }
    labels->n++;
    return hg_buf_status(&labels->pool, err);
}

hg_status hg_labels_new(hg_labels **out, const char *name, hg_slice text, hg_err *err)
{
    hg_labels *labels = *out = calloc(1, sizeof *labels);
    if (!labels)
        return hg_fail_nomem(err);
    hg_err csv_err = HG_ERR_INIT;
    size_t at[PARTS];
    hg_csv csv = { 0 };
    hg_row row;
    hg_csv_init(&csv, text.p, text.n, 0, 0);
    hg_status st = hg_csv_next(&csv, &row, &csv_err);
    if (st == HG_OK)
        header(name, &row, at, err);
    while (err->status == HG_OK && (st = hg_csv_next(&csv, &row, &csv_err)) == HG_OK)
        add(labels, &row, at, err);
    if (err->status == HG_OK && st == HG_ENOMEM)
        hg_fail_nomem(err);
    else if (err->status == HG_OK && (st != HG_END || csv.number == 0))
        hg_fail(err, HG_EARG, &(hg_loc){ .file = name, .row = csv_err.row },
                "a code list is CSV with a header");
    hg_csv_release(&csv);
    if (err->status != HG_OK) {
        hg_labels_free(labels);
        *out = NULL;
    }
    return err->status;
}

size_t hg_labels_count(const hg_labels *labels)
{
    return labels->n;
}

static const char *part(const hg_labels *labels, size_t i, size_t k)
{
    return labels->pool.data + labels->entries[i].at[k];
}

size_t hg_labels_find(const hg_labels *labels, hg_slice code)
{
    size_t i = 0;
    while (i < labels->n && !hg_slice_is(code, part(labels, i, CODE)))
        i++;
    return i;
}

const char *hg_labels_code(const hg_labels *labels, size_t i)
{
    return part(labels, i, CODE);
}

hg_bilingual hg_labels_at(const hg_labels *labels, size_t i)
{
    const char *vi = part(labels, i, VI), *en = part(labels, i, EN);
    return (hg_bilingual){ .vi = *vi ? vi : NULL, .en = *en ? en : NULL };
}

void hg_labels_free(hg_labels *labels)
{
    if (!labels)
        return;
    free(labels->entries);
    hg_buf_release(&labels->pool);
    free(labels);
}
