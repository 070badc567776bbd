/* checks_rows - rows that are there twice or do not keep a formula, and how many there
 * are */
#include "rules/checks_parts.h"
#include "rules/checks_formula.h"

#include <string.h>

static hg_status start_duplicate(hg_checks *c, hg_asked *check, hg_err *err)
{
    check->seed = c->opts.budget->seed;
    return hg_ledger_new(&check->rows, c->opts.budget, err);
}

/* The digest of all cells. */
static bool digest_of(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    size_t all = 0;
    for (size_t i = 0; i < row->n; i++)
        all += sizeof(uint32_t) + row->cells[i].n;
    hg_buf_clear(row->space);
    char *key = hg_buf_reserve(row->space, all), *p = key;
    if (!key)
        return false;
    for (size_t i = 0; i < row->n; i++) {
        uint32_t n = (uint32_t)row->cells[i].n;
        memcpy(p, &n, sizeof n);
        if (n > 0)
            memcpy(p + sizeof n, row->cells[i].p, n);
        p += sizeof n + n;
    }
    *out = hg_hash_of(check->seed, (hg_slice){ key, all });
    return true;
}

static hg_status duplicate(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                           hg_err *err)
{
    hg_hash digest;
    (void)c;
    if (!digest_of(check, row, &digest))
        return hg_buf_status(row->space, err);
    return hg_ledger_add(check->rows, digest, row->number, err);
}

static hg_status enter_duplicates(hg_checks *c, hg_asked *check, const hg_hash *digests,
                                  size_t stride, size_t n, uint64_t number, hg_err *err)
{
    (void)c;
    return hg_ledger_add_rows(check->rows, digests, stride, n, number, err);
}

static hg_status end_duplicate(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    uint64_t row, first;
    hg_status st = hg_ledger_same(check->rows, c->opts.team, err);
    (void)rows;
    while (st == HG_OK &&
           (st = hg_ledger_next(check->rows, &row, &first, err)) == HG_OK) {
        hg_finding f = { .code = "duplicate-row",
                         .severity = HG_ERROR,
                         .message = "the same as row %zu of the table" };
        f.args_len = hg_args(f.args, sizeof f.args, f.message, (size_t)first);
        st = c->opts.take_row(c->opts.user, &f, row, err);
    }
    hg_ledger_free(check->rows); /* the others need its memory */
    check->rows = NULL;
    return st == HG_END ? HG_OK : st;
}

const hg_check_kind hg_check_duplicate = {
    .code = "duplicate-row",
    .start = start_duplicate,
    .whole_rows = true,
    .row = duplicate,
    .digests = hg_checks_one,
    .look = digest_of,
    .enter = enter_duplicates,
    .end = end_duplicate,
};

/* A formula that is wrong could not be checked, and says nothing of the rows. */
static hg_status start_formula(hg_checks *c, hg_asked *check, hg_err *err)
{
    const char *formula = hg_checks_said(check, "formula");
    hg_err why = HG_ERR_INIT;
    if (!formula) {
        check->done = true;
        return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                               "the check row-constraint needs a formula", NULL, NULL);
    }
    hg_status st =
        hg_checks_formula(&check->formula, formula, c->opts.schema, c->opts.needs, &why);
    if (st == HG_OK)
        return st;
    if (st != HG_EARG)
        return hg_fail_args(err, st, NULL, why.format, why.args, sizeof why.args);
    check->done = true;
    hg_finding f = { .code = "check-error", .severity = HG_ERROR, .message = why.format };
    f.args_len = sizeof f.args;
    memcpy(f.args, why.args, sizeof f.args - 1);
    return c->opts.take(c->opts.user, &f, HG_CHECKS_TABLE, err);
}

static hg_status keep_formula(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                              hg_err *err)
{
    if (check->done || hg_checks_holds(check->formula, row))
        return HG_OK;
    return hg_checks_found(c, "row-constraint", 0, err, "the row does not keep \"%s\"",
                           hg_checks_said(check, "formula"), NULL);
}

static bool keeps_formula(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    (void)out;
    return check->done || hg_checks_holds(check->formula, row);
}

const hg_check_kind hg_check_formula = {
    .code = "row-constraint",
    .start = start_formula,
    .row = keep_formula,
    .look = keeps_formula,
};

static hg_status end_dimensions(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    static const struct {
        const char *key, *message;
        bool of_rows;
        int sign; /* of what is there less what is said, which must not be; 0: either */
    } limits[] = {
        { "numRows", "the table has %s rows; %s are needed", true, 0 },
        { "minRows", "the table has %s rows; at least %s are needed", true, -1 },
        { "maxRows", "the table has %s rows; at most %s are allowed", true, 1 },
        { "numFields", "the table has %s fields; %s are needed", false, 0 },
        { "minFields", "the table has %s fields; at least %s are needed", false, -1 },
        { "maxFields", "the table has %s fields; at most %s are allowed", false, 1 },
    };
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < sizeof limits / sizeof *limits; i++) {
        int64_t limit = hg_json_int(hg_json_get(check->json, limits[i].key), -1);
        int64_t there = limits[i].of_rows ? (int64_t)rows : (int64_t)c->opts.n_columns;
        int sign = (there > limit) - (there < limit);
        char is[24], wanted[24];
        if (limit < 0 || sign == 0 || (limits[i].sign != 0 && limits[i].sign != sign))
            continue;
        hg_args(is, sizeof is, "%zu", (size_t)there);
        hg_args(wanted, sizeof wanted, "%zu", (size_t)limit);
        st = hg_checks_found(c, "table-dimensions", HG_CHECKS_TABLE, err,
                             limits[i].message, is, wanted);
    }
    return st;
}

const hg_check_kind hg_check_dimensions = {
    .code = "table-dimensions",
    .end = end_dimensions,
};
