/* checks_deviation - numbers far from the others of their field, and cells much longer */
#include "rules/checks_parts.h"
#include "base/pack.h"
#include "rules/journal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Add a point to the i-th series of a check; of a part, write it away. */
static hg_status take_point(hg_checks *c, const hg_asked *check, size_t i, double x,
                            uint64_t row, hg_err *err)
{
    uint64_t bits;
    if (!hg_journal_writes(c->opts.budget->journal))
        return hg_series_add(&check->series[i], c->opts.budget, x, row, err);
    memcpy(&bits, &x, sizeof bits);
    hg_buf *record = hg_journal_begin(c->opts.budget->journal, c->id);
    hg_pack_number(record, HG_CHECKS_POINT);
    hg_pack_number(record, (size_t)(check - c->list));
    hg_pack_number(record, i);
    hg_pack_number(record, row);
    hg_pack_word(record, bits);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status start_value(hg_checks *c, hg_asked *check, hg_err *err)
{
    const char *average = hg_checks_said(check, "average");
    hg_type type = c->opts.schema->fields[check->field].reader.type;
    check->series = calloc(1, sizeof *check->series);
    if (!check->series)
        return hg_fail_nomem(err);
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

static hg_status add_value(hg_checks *c, hg_asked *check, const hg_checks_row *row,
                           hg_err *err)
{
    hg_numeral number;
    hg_decimal value;
    if (check->done || hg_checks_null(row, check->field))
        return HG_OK;
    if (hg_checks_number(c, row, check->field, &number) &&
        hg_numeral_decimal(&value, &number))
        return take_point(c, check, 0,
                          (double)value.digits * pow(10, -(double)value.scale),
                          row->number, err);
    if (row->verdicts[check->field] & HG_CELL_TYPE)
        return HG_OK; /* told already */
    check->done = true;
    return hg_checks_found(c, "check-error", HG_CHECKS_TABLE, err,
                           "the field '%s' has no numbers to check",
                           hg_checks_said(check, "fieldName"), NULL);
}

static hg_status end_value(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    const hg_series *s = check->series;
    const char *average = hg_checks_said(check, "average");
    double far = hg_json_number(hg_json_get(check->json, "interval"), 3), middle = 0;
    hg_status st = HG_OK;
    (void)rows;
    if (check->done || s->n < 2)
        return HG_OK;
    if (average && strcmp(average, "mean") != 0)
        st = hg_series_middle(s, strcmp(average, "mode") == 0, &middle, err);
    else
        middle = hg_series_mean(s);
    far *= hg_series_deviation(s);
    for (size_t i = 0; st == HG_OK && i < s->n; i++) {
        char row[24];
        if (fabs(s->points[i].x - middle) <= far)
            continue;
        hg_args(row, sizeof row, "%zu", (size_t)s->points[i].row);
        st = hg_checks_found(c, "deviated-value", HG_CHECKS_TABLE, err,
                             "the value in row %s is far from the others in \"%s\"", row,
                             hg_checks_said(check, "fieldName"));
    }
    return st;
}

static bool is_ignored(const hg_asked *check, const char *name)
{
    const hg_json *list = hg_json_get(check->json, "ignoreFields");
    for (size_t i = 0; i < hg_json_len(list); i++)
        if (hg_slice_is(hg_slice_of(hg_json_str(hg_json_at(list, i))), name))
            return true;
    return false;
}

static hg_status start_cell(hg_checks *c, hg_asked *check, hg_err *err)
{
    check->series = calloc(c->opts.schema->n + 1, sizeof *check->series);
    return check->series ? HG_OK : hg_fail_nomem(err);
}

static hg_status add_cells(hg_checks *c, hg_asked *check, const hg_checks_row *row,
                           hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t f = 0; st == HG_OK && f < c->opts.schema->n; f++)
        if (!hg_checks_null(row, f) && !is_ignored(check, c->opts.schema->fields[f].name))
            st = take_point(c, check, f, (double)hg_checks_characters(row->fields[f]),
                            row->number, err);
    return st;
}

static hg_status end_cells(hg_checks *c, hg_asked *check, size_t f, hg_err *err)
{
    static const double least = 5000; /* characters: shorter ones are no oddity */
    const hg_series *s = &check->series[f];
    double far = hg_json_number(hg_json_get(check->json, "interval"), 3), middle = 0;
    hg_status st = s->n < 2 ? HG_OK : hg_series_middle(s, false, &middle, err);
    double most = s->n < 2 ? 0 : middle + far * hg_series_deviation(s);
    for (size_t i = 0; st == HG_OK && s->n >= 2 && i < s->n; i++) {
        char row[24];
        if (s->points[i].x <= most || s->points[i].x <= least)
            continue;
        hg_args(row, sizeof row, "%zu", (size_t)s->points[i].row);
        st =
            hg_checks_found(c, "deviated-cell", HG_CHECKS_TABLE, err,
                            "the cell in row %s is much longer than the others in \"%s\"",
                            row, c->opts.schema->fields[f].name);
    }
    return st;
}

static hg_status end_cell(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    hg_status st = HG_OK;
    (void)rows;
    for (size_t f = 0; st == HG_OK && f < c->opts.schema->n; f++)
        st = end_cells(c, check, f, err);
    return st;
}

const hg_check_kind hg_check_value = {
    .code = "deviated-value",
    .field = true,
    .numbers = true,
    .start = start_value,
    .row = add_value,
    .end = end_value,
};

const hg_check_kind hg_check_cell = {
    .code = "deviated-cell",
    .by_field = true,
    .start = start_cell,
    .row = add_cells,
    .end = end_cell,
};
