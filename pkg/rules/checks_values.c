/* checks_values - values that a field must not have, or must have */
#include "rules/checks_parts.h"
#include "base/pack.h"

#include <stdlib.h>
#include <string.h>

/* Read a constant as a value of the field. Strings have the field's format, what JSON
 * writes otherwise has that of its type. */
static void read_constant(hg_constant *constant, const hg_json *json,
                          const hg_typed *reader)
{
    hg_slice text = hg_slice_of(constant->text);
    hg_typed plain = *reader;
    if (!hg_json_is_string(json))
        hg_typed_init(&plain, hg_type_name(reader->type));
    constant->is = plain.read(&plain, text, &constant->value) ||
                   (reader->type == HG_DATETIME &&
                    hg_moment_any_datetime(&constant->value.moment, text));
}

static hg_status add_constant(hg_asked *check, const hg_json *json,
                              const hg_typed *reader, hg_err *err)
{
    hg_constant *constant = &check->constants[check->n_constants++];
    hg_buf dumped = { 0 };
    hg_status st =
        hg_json_is_string(json) ? HG_OK : hg_json_dump(json, false, &dumped, err);
    if (st == HG_OK) {
        constant->text =
            strdup(hg_json_is_string(json) ? hg_json_str(json) : dumped.data);
        st = constant->text ? HG_OK : hg_fail_nomem(err);
    }
    if (st == HG_OK)
        read_constant(constant, json, reader);
    hg_buf_release(&dumped);
    return st;
}

static hg_status start_values(hg_checks *c, hg_asked *check, hg_err *err)
{
    const hg_json *values = hg_json_get(check->json, "values");
    const hg_typed *reader = &c->opts.schema->fields[check->field].reader;
    hg_status st = HG_OK;
    check->constants = calloc(hg_json_len(values) + 1, sizeof *check->constants);
    if (!check->constants)
        return hg_fail_nomem(err);
    for (size_t i = 0; st == HG_OK && i < hg_json_len(values); i++)
        st = add_constant(check, hg_json_at(values, i), reader, err);
    return st;
}

/* Is the value of a field the constant? */
static bool is_constant(const hg_asked *check, const hg_rule_row *row,
                        const hg_constant *constant)
{
    size_t f = check->field;
    return constant->is && !(row->verdicts[f] & (HG_CELL_NULL | HG_CELL_TYPE)) &&
           row->schema->fields[f].reader.compare(&constant->value, &row->values[f]) == 0;
}

static bool is_forbidden(const hg_asked *check, const hg_rule_row *row)
{
    for (size_t i = 0; i < check->n_constants; i++)
        if (is_constant(check, row, &check->constants[i]))
            return true;
    return false;
}

static bool is_not_forbidden(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    (void)out;
    return !is_forbidden(check, row);
}

static hg_status forbid(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                        hg_err *err)
{
    if (!is_forbidden(check, row))
        return HG_OK;
    return hg_checks_found(c, "forbidden-value", c->opts.columns[check->field], err,
                           "the value \"%s\" is forbidden here",
                           hg_checks_field(c, row, check->field).bytes, NULL);
}

/* Of a part: that the check has seen a value. */
static hg_status write_seen(const hg_checks *c, const hg_asked *check, size_t i,
                            hg_err *err)
{
    hg_pack_number(hg_checks_record(c, check), i);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status replay_seen(hg_checks *c, hg_asked *check, hg_slice record,
                             hg_before before, hg_err *err)
{
    uint64_t i = hg_unpack_number(&record);
    (void)c;
    (void)before;
    if (i >= check->n_constants)
        return hg_journal_wrong(err);
    check->constants[i].seen = true;
    return HG_OK;
}

static hg_status require(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                         hg_err *err)
{
    hg_status st = HG_OK;
    for (size_t i = 0; st == HG_OK && i < check->n_constants; i++) {
        hg_constant *constant = &check->constants[i];
        if (constant->seen || !is_constant(check, row, constant))
            continue;
        constant->seen = true;
        if (hg_checks_writes(c))
            st = write_seen(c, check, i, err);
    }
    return st;
}

/* Each value is taken once, from a row that is looked at closer. */
static bool has_nothing_new(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    (void)out;
    for (size_t i = 0; i < check->n_constants; i++)
        if (!check->constants[i].seen && is_constant(check, row, &check->constants[i]))
            return false;
    return true;
}

static hg_status end_require(hg_checks *c, hg_asked *check, uint64_t rows, hg_err *err)
{
    hg_status st = HG_OK;
    (void)rows;
    for (size_t i = 0; st == HG_OK && i < check->n_constants; i++)
        if (!check->constants[i].seen)
            st = hg_checks_found(
                c, "required-value", HG_CHECKS_TABLE, err,
                "no row has the value \"%s\" in \"%s\"",
                hg_excerpt_of(hg_slice_of(check->constants[i].text)).bytes,
                hg_checks_said(check, "fieldName"));
    return st;
}

const hg_check_kind hg_check_forbidden = {
    .code = "forbidden-value",
    .field = true,
    .values = true,
    .start = start_values,
    .row = forbid,
    .look = is_not_forbidden,
};

const hg_check_kind hg_check_required = {
    .code = "required-value",
    .field = true,
    .values = true,
    .start = start_values,
    .row = require,
    .look = has_nothing_new,
    .replay = replay_seen,
    .end = end_require,
};
