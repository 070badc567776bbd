/* tally - findings counted, and many equal ones told as a number */
#include "rules/tally.h"

#include <stdlib.h>
#include <string.h>

struct hg_tally_kind {
    const char *code, *resource, *field;
    unsigned field_number;
    hg_severity severity;
    uint64_t n;
};

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool fits(const struct hg_tally_kind *kind, const hg_finding *f)
{
    return kind->field == f->field && kind->severity == f->severity &&
           same(kind->code, f->code) && same(kind->resource, f->resource);
}

static struct hg_tally_kind *kind_of(hg_tally *tally, const hg_finding *f, hg_err *err)
{
    for (size_t i = tally->n; i > 0; i--)
        if (fits(&tally->kinds[i - 1], f))
            return &tally->kinds[i - 1];
    if (tally->n == tally->cap) {
        size_t cap = tally->cap ? tally->cap * 2 : 16;
        struct hg_tally_kind *kinds = realloc(tally->kinds, cap * sizeof *kinds);
        if (!kinds) {
            hg_fail_nomem(err);
            return NULL;
        }
        tally->kinds = kinds;
        tally->cap = cap;
    }
    tally->kinds[tally->n] = (struct hg_tally_kind){
        .code = f->code,
        .resource = f->resource,
        .field = f->field,
        .field_number = f->field ? f->field_number : 0,
        .severity = f->severity,
    };
    return &tally->kinds[tally->n++];
}

bool hg_tally_wants(const hg_tally *tally, const hg_finding *f)
{
    for (size_t i = tally->n; i > 0; i--)
        if (fits(&tally->kinds[i - 1], f))
            return tally->kinds[i - 1].n < tally->max;
    return true;
}

hg_status hg_tally_add(hg_tally *tally, const hg_finding *finding, hg_err *err)
{
    struct hg_tally_kind *kind = kind_of(tally, finding, err);
    if (!kind)
        return err->status;
    *(finding->severity == HG_ERROR ? &tally->errors : &tally->warnings) += 1;
    return kind->n++ < tally->max ? tally->take(tally->user, finding, err) : HG_OK;
}

hg_status hg_tally_end(hg_tally *tally, hg_err *err)
{
    static const char message[] = "%zu more findings of this kind, %zu in all";
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < tally->n; i++) {
        const struct hg_tally_kind *kind = &tally->kinds[i];
        if (kind->n <= tally->max)
            continue;
        hg_finding f = { .code = kind->code,
                         .severity = kind->severity,
                         .resource = kind->resource,
                         .field = kind->field,
                         .field_number = kind->field_number,
                         .more = kind->n - tally->max,
                         .message = message };
        f.args_len = hg_args(f.args, sizeof f.args, message,
                             (size_t)(kind->n - tally->max), (size_t)kind->n);
        st = tally->take(tally->user, &f, err);
    }
    return st;
}

void hg_tally_release(hg_tally *tally)
{
    free(tally->kinds);
    tally->kinds = NULL;
    tally->n = tally->cap = 0;
}
