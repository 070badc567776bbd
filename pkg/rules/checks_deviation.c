/* checks_deviation - numbers far from the others of their field */
#include "rules/checks_parts.h"
#include "base/pack.h"

#include <math.h>
#include <string.h>

static hg_status start_value(hg_checks *c, hg_asked *check, hg_err *err)
{
    const char *average = hg_checks_said(check, "average");
    hg_type type = c->opts.schema->fields[check->field].reader.type;
    if (hg_series_new(&check->series, c->opts.budget, err) != HG_OK)
        return err->status;
    check->done = true;
    if (average && strcmp(average, "mean") != 0 && strcmp(average, "median") != 0 &&
        strcmp(average, "mode") != 0)
        return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                               "'%s' is no average: mean, median and mode are", average,
                               NULL);
    if (type != HG_NUMBER && type != HG_INTEGER && type != HG_ANY)
        return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                               "the field '%s' has no numbers to check",
                               hg_checks_said(check, "fieldName"), NULL);
    check->done = false;
    return HG_OK;
}

/* ---- rows ---- */

/* A point for the series, or of a part, for the journal: its row and its bits. */
static hg_status take_point(hg_checks *c, const hg_asked *check, double x, uint64_t row,
                            hg_err *err)
{
    uint64_t bits;
    if (!hg_checks_writes(c))
        return hg_series_add(check->series, x, row, err);
    memcpy(&bits, &x, sizeof bits);
    hg_buf *record = hg_checks_record(c, check);
    hg_pack_number(record, row);
    hg_pack_word(record, bits);
    return hg_journal_end(c->opts.budget->journal, err);
}

/* A cell without a number, in a field of any type: nothing more is said. Of a part, that
 * is a row of 0. */
static hg_status stop(hg_checks *c, hg_asked *check, hg_err *err)
{
    check->done = true;
    if (hg_checks_writes(c)) {
        hg_pack_number(hg_checks_record(c, check), 0);
        return hg_journal_end(c->opts.budget->journal, err);
    }
    return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                           "the field '%s' has no numbers to check",
                           hg_checks_said(check, "fieldName"), NULL);
}

static hg_status replay_value(hg_checks *c, hg_asked *check, hg_slice record,
                              hg_before before, hg_err *err)
{
    uint64_t row = hg_unpack_number(&record), bits;
    double x;
    if (check->done)
        return HG_OK;
    if (row == 0)
        return stop(c, check, err);
    bits = hg_unpack_word(&record);
    memcpy(&x, &bits, sizeof x);
    return hg_series_add(check->series, x, row + before.rows, err);
}

static hg_status add_value(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                           hg_err *err)
{
    hg_decimal value;
    if (check->done || hg_checks_null(row, check->field))
        return HG_OK;
    if (hg_checks_number(row, check->field, &value))
        return take_point(c, check, hg_decimal_double(value), row->number, err);
    if (row->verdicts[check->field] & HG_CELL_TYPE)
        return HG_OK; /* told already */
    return stop(c, check, err);
}

/* A row's number: its bits, and 1; 0: there is none. */
static bool number_of(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    hg_decimal value;
    *out = (hg_hash){ 0, 0 };
    if (check->done || hg_checks_null(row, check->field))
        return true;
    if (!hg_checks_number(row, check->field, &value))
        return false;
    double x = hg_decimal_double(value);
    memcpy(&out->a, &x, sizeof x);
    out->b = 1;
    return true;
}

static hg_status enter_numbers(hg_checks *c, hg_asked *check, const hg_hash *numbers,
                               size_t stride, size_t n, uint64_t number, hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t r = 0; st == HG_OK && r < n && !check->done; r++, numbers += stride) {
        double x;
        memcpy(&x, &numbers->a, sizeof x);
        if (numbers->b != 0)
            st = take_point(c, check, x, number + r, err);
    }
    return st;
}

/* ---- the end ---- */

static hg_status tell_far(hg_checks *c, const hg_asked *check, double middle, double far,
                          hg_err *err)
{
    double x;
    uint64_t number;
    hg_status st = hg_series_first(check->series, err);
    while (st == HG_OK &&
           (st = hg_series_next(check->series, &x, &number, err)) == HG_OK) {
        char row[24];
        if (fabs(x - middle) <= far)
            continue;
        hg_args(row, sizeof row, "%zu", (size_t)number);
        st = hg_checks_found(c, "deviated-value", HG_CHECKS_TABLE, err,
                             "the value in row %s is far from the others in \"%s\"", row,
                             hg_checks_said(check, "fieldName"));
    }
    return st == HG_END ? HG_OK : st;
}

static hg_status end_value(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    const char *average = hg_checks_said(check, "average");
    double far = hg_json_number(hg_json_get(check->json, "interval"), 3), middle = 0,
           deviation = 0;
    (void)rows;
    if (!check->done && hg_series_count(check->series) >= 2) {
        hg_status st = hg_series_deviation(check->series, &deviation, err);
        if (average && strcmp(average, "mean") != 0 && st == HG_OK)
            st = hg_series_middle(check->series, strcmp(average, "mode") == 0, &middle,
                                  err);
        else
            middle = hg_series_mean(check->series);
        if (st == HG_OK)
            st = tell_far(c, check, middle, far * deviation, err);
        if (st != HG_OK)
            return st;
    }
    hg_series_free(check->series); /* the others need its memory */
    check->series = NULL;
    return HG_OK;
}

const hg_check_kind hg_check_value = {
    .code = "deviated-value",
    .field = true,
    .start = start_value,
    .row = add_value,
    .digests = hg_checks_one,
    .look = number_of,
    .enter = enter_numbers,
    .replay = replay_value,
    .end = end_value,
};
