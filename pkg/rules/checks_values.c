/* checks_values - values that a field must not have, must have, or has one after another */
#include "rules/checks_parts.h"
#include "base/pack.h"
#include "rules/journal.h"

#include <stdlib.h>

/* The text of a constant; what JSON writes otherwise than as a string is put into buf. */
static hg_status constant_text(const hg_json *v, hg_buf *buf, hg_slice *out, hg_err *err)
{
    hg_status st = HG_OK;
    *out = hg_slice_of(hg_json_str(v));
    if (hg_json_is_string(v))
        return HG_OK;
    hg_buf_clear(buf);
    st = hg_json_dump(v, false, buf, err);
    *out = (hg_slice){ buf->data, buf->len };
    return st;
}

/* Is the value of a field the constant? Read anew each time: lists are short, and so
 * nothing is kept of them. */
static bool is_constant(hg_checks *c, const hg_asked *check, const hg_checks_row *row,
                        const hg_json *v)
{
    const hg_typed *reader = &c->opts.schema->fields[check->field].reader;
    hg_typed plain = *reader;
    hg_err err = HG_ERR_INIT;
    hg_value value;
    hg_slice text;
    if (hg_checks_null(row, check->field) || row->verdicts[check->field] & HG_CELL_TYPE ||
        constant_text(v, &c->key, &text, &err) != HG_OK)
        return false;
    if (!hg_json_is_string(v))
        hg_typed_init(&plain, hg_type_name(reader->type));
    if (!plain.read(&plain, text, &value) &&
        !(reader->type == HG_DATETIME && hg_moment_any_datetime(&value.moment, text)))
        return false;
    return reader->compare(&value, &row->values[check->field]) == 0;
}

static hg_status start_values(hg_checks *c, hg_asked *check, hg_err *err)
{
    const hg_json *values = hg_json_get(check->json, "values");
    (void)c;
    check->n_values = hg_json_len(values);
    check->seen = calloc(check->n_values + 1, sizeof *check->seen);
    return check->seen ? HG_OK : hg_fail_nomem(err);
}

static const hg_json *value_at(const hg_asked *check, size_t i)
{
    return hg_json_at(hg_json_get(check->json, "values"), i);
}

static hg_status forbid(hg_checks *c, hg_asked *check, const hg_checks_row *row,
                        hg_err *err)
{
    for (size_t i = 0; i < check->n_values; i++)
        if (is_constant(c, check, row, value_at(check, i))) {
            hg_excerpt value = hg_checks_field(c, row, check->field);
            return hg_checks_found(c, "forbidden-value", c->opts.columns[check->field],
                                   err, "the value \"%s\" is forbidden here", value.bytes,
                                   NULL);
        }
    return HG_OK;
}

/* Of a part: which check has seen which of its values. */
static hg_status write_value(const hg_checks *c, const hg_asked *check, size_t i,
                             hg_err *err)
{
    hg_buf *record = hg_journal_begin(c->opts.budget->journal, c->id);
    hg_pack_number(record, HG_CHECKS_VALUE);
    hg_pack_number(record, (size_t)(check - c->list));
    hg_pack_number(record, i);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status require(hg_checks *c, hg_asked *check, const hg_checks_row *row,
                         hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < check->n_values; i++) {
        if (check->seen[i] || !is_constant(c, check, row, value_at(check, i)))
            continue;
        check->seen[i] = true;
        if (hg_journal_writes(c->opts.budget->journal))
            st = write_value(c, check, i, err);
    }
    return st;
}

static hg_status end_require(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    hg_status st = HG_OK;
    (void)rows;
    for (size_t i = 0; st == HG_OK && i < check->n_values; i++) {
        hg_slice text;
        if (check->seen[i])
            continue;
        st = constant_text(value_at(check, i), &c->key, &text, err);
        if (st == HG_OK)
            st = hg_checks_found(c, "required-value", HG_CHECKS_TABLE, err,
                                 "no row has the value \"%s\" in \"%s\"",
                                 hg_excerpt_of(text).bytes,
                                 hg_checks_said(check, "fieldName"));
    }
    return st;
}

const hg_check_kind hg_check_forbidden = {
    .code = "forbidden-value",
    .field = true,
    .values = true,
    .start = start_values,
    .row = forbid,
};

const hg_check_kind hg_check_required = {
    .code = "required-value",
    .field = true,
    .values = true,
    .start = start_values,
    .row = require,
    .end = end_require,
};

static hg_status sequence(hg_checks *c, hg_asked *check, const hg_checks_row *row,
                          hg_err *err)
{
    static const hg_decimal one = { 1, 0 };
    hg_numeral number;
    hg_decimal value = { 0, 0 };
    if (check->done)
        return HG_OK;
    bool ok = !hg_checks_null(row, check->field) &&
              hg_checks_number(c, row, check->field, &number) &&
              hg_numeral_decimal(&value, &number) &&
              (!check->begun || hg_decimal_compare(value, check->expected) == 0);
    check->begun = true;
    check->expected = value;
    if (ok && hg_decimal_add(&check->expected, one))
        return HG_OK;
    check->done = true; /* what follows one gap is no news */
    return hg_checks_found(c, "sequential-value", c->opts.columns[check->field], err,
                           "\"%s\" does not follow the number before it",
                           hg_checks_field(c, row, check->field).bytes, NULL);
}

const hg_check_kind hg_check_sequential = {
    .code = "sequential-value",
    .field = true,
    .in_order = true,
    .row = sequence,
};
