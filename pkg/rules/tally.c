/* tally - findings counted, and many equal ones told as a number */
#include "rules/tally.h"

#include <stdlib.h>
#include <string.h>

struct hg_tally_kind {
    const char *code, *resource, *field;
    unsigned field_number;
    hg_severity severity;
    bool of_rows;
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
        .of_rows = f->row_number > 0,
    };
    return &tally->kinds[tally->n++];
}

bool hg_tally_wants(const hg_tally *tally, const hg_finding *f)
{
    for (size_t i = tally->n; i > 0; i--)
        if (fits(&tally->kinds[i - 1], f))
            return tally->each || tally->kinds[i - 1].n < tally->max;
    return true;
}

static void count(hg_tally *tally, const hg_finding *f, uint64_t n)
{
    *(f->severity == HG_ERROR ? &tally->errors : &tally->warnings) += n;
}

hg_status hg_tally_add(hg_tally *tally, const hg_finding *finding, hg_err *err)
{
    struct hg_tally_kind *kind = kind_of(tally, finding, err);
    if (!kind)
        return err->status;
    count(tally, finding, 1);
    if (tally->each && tally->each(tally->user, finding, err) != HG_OK)
        return err->status;
    return kind->n++ < tally->max ? tally->take(tally->user, finding, err) : HG_OK;
}

hg_status hg_tally_more(hg_tally *tally, const hg_finding *like, uint64_t more, hg_err *err)
{
    struct hg_tally_kind *kind = kind_of(tally, like, err);
    if (!kind)
        return err->status;
    count(tally, like, more);
    kind->n += more;
    return HG_OK;
}

static hg_finding like(const struct hg_tally_kind *kind)
{
    return (hg_finding){ .code = kind->code,
                         .severity = kind->severity,
                         .resource = kind->resource,
                         .field = kind->field,
                         .field_number = kind->field_number };
}

hg_status hg_tally_rest(const hg_tally *tally, hg_take_more *take, void *user, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < tally->n; i++) {
        const struct hg_tally_kind *kind = &tally->kinds[i];
        hg_finding f = like(kind);
        if (kind->of_rows && kind->n > tally->max)
            st = take(user, &f, kind->n - tally->max, err);
    }
    return st;
}

hg_status hg_tally_end(hg_tally *tally, hg_err *err)
{
    static const char message[] = "%zu more findings of this kind, %zu in all";
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < tally->n; i++) {
        const struct hg_tally_kind *kind = &tally->kinds[i];
        if (kind->n <= tally->max)
            continue;
        hg_finding f = like(kind);
        f.message = message;
        f.more = kind->n - tally->max;
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
