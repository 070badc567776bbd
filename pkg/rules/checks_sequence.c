/* checks_sequence - numbers of which each is one more than that before it */
#include "rules/checks_parts.h"
#include "base/pack.h"

static const hg_decimal one = { 1, 0 };

/* Whether value follows; then *next is the number to come. */
static bool follows(bool begun, hg_decimal value, hg_decimal *next)
{
    bool ok = !begun || hg_decimal_compare(value, *next) == 0;
    *next = value;
    return ok && hg_decimal_add(next, one);
}

/* What the whole must know of a part: its first number, and what follows its last; or the
 * row in which it has a gap, and its cell. */
enum { FIRST, NEXT, GAP };

static hg_buf *begin_record(const hg_checks *c, const hg_asked *check, unsigned what,
                            uint64_t row, hg_decimal value)
{
    hg_buf *record = hg_checks_record(c, check);
    hg_pack_number(record, what);
    hg_pack_number(record, row);
    hg_pack_signed(record, value.digits);
    hg_pack_number(record, value.scale);
    return record;
}

static hg_status write_row(const hg_checks *c, const hg_asked *check, unsigned what,
                           const hg_rule_row *row, hg_decimal value, hg_err *err)
{
    hg_place place = c->opts.place(c->opts.user, c->opts.columns[check->field]);
    hg_buf *record = begin_record(c, check, what, row->number, value);
    hg_pack_number(record, place.index);
    hg_pack_number(record, place.row);
    hg_pack_number(record, place.col);
    hg_pack_text(record, row->fields[check->field]);
    return hg_journal_end(c->opts.budget->journal, err);
}

static hg_status write_next(hg_checks *c, hg_asked *check, hg_err *err)
{
    if (!check->begun || check->done)
        return HG_OK;
    begin_record(c, check, NEXT, 0, check->expected);
    return hg_journal_end(c->opts.budget->journal, err);
}

static const char message[] = "\"%s\" does not follow the number before it";

/* What follows one gap is no news. */
static hg_status found_gap(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                           hg_err *err)
{
    check->done = true;
    return hg_checks_found(c, check->kind->code, c->opts.columns[check->field], err,
                           message, hg_checks_field(c, row, check->field).bytes, NULL);
}

/* The same in a row of a part, as write_row() has it. */
static hg_status found_gap_at(hg_checks *c, hg_asked *check, uint64_t number,
                              hg_slice record, hg_before before, hg_err *err)
{
    hg_place place = { .index = (uint32_t)hg_unpack_number(&record) + before.places };
    place.row = hg_unpack_number(&record);
    place.col = (uint32_t)hg_unpack_number(&record);
    hg_slice cell = hg_unpack_text(&record);
    size_t column = c->opts.columns[check->field];
    hg_finding f = { .code = check->kind->code,
                     .severity = HG_ERROR,
                     .message = message };
    f.value = column > 0 ? c->opts.shown(c->opts.user, column, cell) : cell;
    f.args_len = hg_args(f.args, sizeof f.args, message, hg_excerpt_of(f.value).bytes);
    check->done = true;
    return c->opts.take_at(c->opts.user, &f, number + before.rows, column, &place, err);
}

static hg_status sequence(hg_checks *c, hg_asked *check, const hg_rule_row *row,
                          hg_err *err)
{
    hg_decimal value = { 0, 0 };
    bool first = !check->begun;
    if (check->done)
        return HG_OK;
    bool ok = !hg_checks_null(row, check->field) &&
              hg_checks_number(row, check->field, &value) &&
              follows(check->begun, value, &check->expected);
    check->begun = true;
    if (!hg_checks_writes(c))
        return ok ? HG_OK : found_gap(c, check, row, err);
    check->done = !ok;
    return ok && !first ? HG_OK : write_row(c, check, ok ? FIRST : GAP, row, value, err);
}

static hg_status replay(hg_checks *c, hg_asked *check, hg_slice record, hg_before before,
                        hg_err *err)
{
    uint64_t what = hg_unpack_number(&record), row = hg_unpack_number(&record);
    hg_decimal value = { .digits = hg_unpack_signed(&record) };
    uint64_t scale = hg_unpack_number(&record);
    if (what > GAP || scale > HG_DECIMAL_DIGITS)
        return hg_journal_wrong(err);
    value.scale = (unsigned)scale;
    if (check->done)
        return HG_OK;
    if (what == NEXT)
        check->expected = value;
    else if (what == GAP || !follows(check->begun, value, &check->expected))
        return found_gap_at(c, check, row, record, before, err);
    check->begun = true;
    return HG_OK;
}

/* ---- rows that were looked at ---- */

/* The number in a row: its digits, and 1 more than its scale; 0: nothing is looked for.
 */
static bool number_of(const hg_asked *check, const hg_rule_row *row, hg_hash *out)
{
    hg_decimal value = { 0, 0 };
    *out = (hg_hash){ 0, 0 };
    if (check->done)
        return true;
    if (hg_checks_null(row, check->field) || !hg_checks_number(row, check->field, &value))
        return false;
    *out = (hg_hash){ (uint64_t)value.digits, 1 + (uint64_t)value.scale };
    return true;
}

static hg_decimal value_of(hg_hash number)
{
    return (hg_decimal){ (int64_t)number.a, (unsigned)(number.b - 1) };
}

static size_t count_following(const hg_asked *check, const hg_hash *numbers,
                              size_t stride, size_t n)
{
    hg_decimal next = check->expected;
    bool begun = check->begun;
    if (!begun && check->part) /* its first row is written */
        return 0;
    for (size_t r = 0; r < n && !check->done; r++, begun = true)
        if (!follows(begun, value_of(numbers[r * stride]), &next))
            return r;
    return n;
}

static hg_status go_on(hg_checks *c, hg_asked *check, const hg_hash *numbers,
                       size_t stride, size_t n, uint64_t number, hg_err *err)
{
    (void)c;
    (void)number;
    (void)err;
    if (n > 0 && !check->done)
        follows(false, value_of(numbers[(n - 1) * stride]), &check->expected);
    check->begun = check->begun || n > 0;
    return HG_OK;
}

static hg_status start(hg_checks *c, hg_asked *check, hg_err *err)
{
    (void)err;
    check->part = hg_checks_writes(c);
    return HG_OK;
}

const hg_check_kind hg_check_sequential = {
    .code = "sequential-value",
    .field = true,
    .start = start,
    .row = sequence,
    .digests = hg_checks_one,
    .look = number_of,
    .in_order = count_following,
    .enter = go_on,
    .part = write_next,
    .replay = replay,
};
