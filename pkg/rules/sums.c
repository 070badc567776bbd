/* sums - statistical rules: a total is the sum of its parts */
#include "rules/sums.h"
#include "base/pack.h"
#include "rules/journal.h"
#include "text/message.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One value of a group: the total's is the first, its parts' follow. */
typedef struct cell {
    hg_decimal value;
    uint64_t number; /* of its row; 0: not seen */
    uint64_t row;
    uint32_t col, source, place;
    bool sheet;
} cell;

typedef struct condition {
    size_t field;
    hg_slice text;
} condition;

struct hg_sum {
    const hg_schema *schema;
    const hg_json *json;
    size_t field, dimension;
    hg_slice *codes; /* of the total and the parts */
    size_t n;
    condition *where;
    size_t n_where;
    hg_decimal tolerance;
    hg_severity severity;
    hg_budget *budget;
    hg_keys *groups; /* group key -> 1 + its index */
    cell *cells;     /* n for each group */
    size_t n_groups, cap;
    hg_buf key;
    unsigned id; /* in the journal */
    size_t next; /* of hg_sum_next() */
};

/* ---- reading a rule ---- */

static hg_status wrong(const hg_sum *sum, const char *key, hg_err *err,
                       const char *format, const char *a)
{
    return hg_schema_wrong(sum->schema, sum->json, key, err, format, a, NULL);
}

static hg_status read_field(hg_sum *sum, const char *key, size_t *field, hg_err *err)
{
    const char *name = hg_json_get_str(sum->json, key);
    *field = name ? hg_schema_field(sum->schema, name) : sum->schema->n;
    if (*field < sum->schema->n)
        return HG_OK;
    return wrong(sum, key, err, "there is no field '%s'", name ? name : "");
}

static bool in_primary_key(const hg_sum *sum, size_t field)
{
    for (size_t i = 0; i < sum->schema->primary.n; i++)
        if (sum->schema->primary.fields[i] == field)
            return true;
    return false;
}

static hg_status read_fields(hg_sum *sum, hg_err *err)
{
    hg_status st = read_field(sum, "field", &sum->field, err);
    if (st == HG_OK)
        st = read_field(sum, "dimension", &sum->dimension, err);
    if (st != HG_OK)
        return st;
    hg_type type = sum->schema->fields[sum->field].reader.type;
    if (type != HG_NUMBER && type != HG_INTEGER)
        return wrong(sum, "field", err,
                     "only numbers can be summed, and this is of type %s",
                     hg_type_name(type));
    if (!in_primary_key(sum, sum->dimension))
        return wrong(sum, "dimension", err, "'%s' is no field of the primary key",
                     sum->schema->fields[sum->dimension].name);
    return HG_OK;
}

static hg_status read_codes(hg_sum *sum, hg_err *err)
{
    const hg_json *parts = hg_json_get(sum->json, "parts");
    const char *total = hg_json_get_str(sum->json, "total");
    if (!total)
        return wrong(sum, "total", err, "a string is needed here", NULL);
    if (hg_json_len(parts) == 0 || !hg_json_is_array(parts))
        return wrong(sum, "parts", err, "an array is needed here", NULL);
    if (!(sum->codes = calloc(hg_json_len(parts) + 1, sizeof *sum->codes)))
        return hg_fail_nomem(err);
    sum->codes[sum->n++] = hg_slice_of(total);
    for (size_t i = 0; i < hg_json_len(parts); i++) {
        const char *part = hg_json_str(hg_json_at(parts, i));
        if (!part)
            return wrong(sum, "parts", err, "a string is needed here", NULL);
        for (size_t k = 0; k < sum->n; k++)
            if (hg_slice_is(sum->codes[k], part))
                return wrong(sum, "parts", err, "'%s' stands here twice", part);
        sum->codes[sum->n++] = hg_slice_of(part);
    }
    return HG_OK;
}

static hg_status read_where(hg_sum *sum, hg_err *err)
{
    const hg_json *where = hg_json_get(sum->json, "where");
    if (!where)
        return HG_OK;
    if (!hg_json_is_object(where))
        return wrong(sum, "where", err, "an object is needed here", NULL);
    if (!(sum->where = calloc(hg_json_len(where) + 1, sizeof *sum->where)))
        return hg_fail_nomem(err);
    for (size_t i = 0; i < hg_json_len(where); i++) {
        const char *name = hg_json_key(where, i);
        const char *text = hg_json_str(hg_json_member(where, i));
        condition c = { hg_schema_field(sum->schema, name), hg_slice_of(text) };
        if (c.field == sum->schema->n)
            return wrong(sum, "where", err, "there is no field '%s'", name);
        if (!text)
            return wrong(sum, "where", err, "a string is needed here", NULL);
        sum->where[sum->n_where++] = c;
    }
    return HG_OK;
}

static hg_status read_tolerance(hg_sum *sum, hg_err *err)
{
    const hg_json *json = hg_json_get(sum->json, "tolerance");
    hg_buf text = { 0 };
    hg_numeral d;
    if (!json)
        return HG_OK;
    if (hg_json_is_number(json))
        hg_json_dump(json, false, &text, err);
    else
        hg_buf_puts(&text, hg_json_str(json));
    bool ok =
        hg_numeral_read(&d, (hg_slice){ text.data ? text.data : "", text.len }, '.', 0) &&
        hg_numeral_decimal(&sum->tolerance, &d) && d.sign >= 0;
    hg_buf_release(&text);
    return ok ? HG_OK
              : wrong(sum, "tolerance", err, "a number of 0 or more is needed here",
                      NULL);
}

static hg_status read_severity(hg_sum *sum, hg_err *err)
{
    const hg_json *json = hg_json_get(sum->json, "severity");
    const char *text = json ? hg_json_str(json) : "error";
    if (text && strcmp(text, "warning") == 0)
        sum->severity = HG_WARNING;
    else if (!text || strcmp(text, "error") != 0)
        return wrong(sum, "severity", err, "'%s' is neither error nor warning",
                     text ? text : "");
    return HG_OK;
}

static hg_status read_rule(hg_sum *sum, hg_err *err)
{
    static const char *const keys[] = { "type",        "field", "dimension", "total",
                                        "parts",       "where", "tolerance", "severity",
                                        "description", NULL };
    const char *type = hg_json_get_str(sum->json, "type");
    if (!type || strcmp(type, "sum") != 0)
        return wrong(sum, type ? "type" : NULL, err, "there is no rule of the type '%s'",
                     type ? type : "");
    hg_status st = hg_schema_keys(sum->schema, sum->json, keys, false, err);
    if (st == HG_OK)
        st = read_fields(sum, err);
    if (st == HG_OK)
        st = read_codes(sum, err);
    if (st == HG_OK)
        st = read_where(sum, err);
    if (st == HG_OK)
        st = read_tolerance(sum, err);
    if (st == HG_OK)
        st = read_severity(sum, err);
    return st;
}

/* ---- rows ---- */

/* The place of a row's code among the total and the parts; n if it has none of them. */
static size_t code_of(const hg_sum *sum, const hg_sum_row *row)
{
    size_t i = 0;
    while (i < sum->n && !hg_slice_eq(row->cells[sum->dimension], sum->codes[i]))
        i++;
    for (size_t k = 0; k < sum->n_where; k++)
        if (!hg_slice_eq(row->cells[sum->where[k].field], sum->where[k].text))
            return sum->n;
    return i;
}

/* Put together the key of the row's group; false if a field of it has no value. */
static bool group_key(hg_sum *sum, const hg_sum_row *row)
{
    hg_buf_clear(&sum->key);
    for (size_t i = 0; i < sum->schema->primary.n; i++) {
        size_t f = sum->schema->primary.fields[i];
        if (f == sum->dimension)
            continue;
        if (row->verdicts[f] & (HG_CELL_NULL | HG_CELL_TYPE))
            return false;
        hg_value_key(&sum->key, &sum->schema->fields[f].reader, &row->values[f]);
    }
    return true;
}

static hg_status grow(hg_sum *sum, hg_err *err)
{
    size_t cap = sum->cap ? sum->cap * 2 : 64, size = sum->n * sizeof(cell);
    hg_status st = hg_budget_take(sum->budget, (cap - sum->cap) * size, err);
    cell *cells = st == HG_OK ? realloc(sum->cells, cap * size) : NULL;
    if (!cells)
        return st == HG_OK ? hg_fail_nomem(err) : st;
    memset(cells + sum->cap * sum->n, 0, (cap - sum->cap) * size);
    sum->cells = cells;
    sum->cap = cap;
    return HG_OK;
}

/* The cells of a group. */
static hg_status group_of(hg_sum *sum, hg_hash key, cell **cells, hg_err *err)
{
    uint64_t before;
    hg_status st = sum->n_groups == sum->cap ? grow(sum, err) : HG_OK;
    if (st == HG_OK)
        st = hg_keys_add_hash(sum->groups, key, sum->n_groups + 1, &before, err);
    if (st != HG_OK)
        return st;
    if (before == 0)
        before = ++sum->n_groups;
    *cells = sum->cells + (before - 1) * sum->n;
    return HG_OK;
}

/* Put a value in its place in a group. */
static hg_status enter(hg_sum *sum, hg_hash group, size_t i, cell value, hg_err *err)
{
    cell *cells;
    hg_status st = group_of(sum, group, &cells, err);
    if (st == HG_OK && cells[i].number == 0) /* a second one is a finding of the key's */
        cells[i] = value;
    return st;
}

static hg_status write_value(const hg_sum *sum, hg_hash group, size_t i, const cell *value,
                             hg_err *err)
{
    hg_buf *record = hg_journal_begin(sum->budget->journal, sum->id);
    hg_pack_word(record, group.a);
    hg_pack_word(record, group.b);
    hg_pack_number(record, i);
    hg_pack_signed(record, value->value.digits);
    hg_pack_number(record, value->value.scale);
    hg_pack_number(record, value->number);
    hg_pack_number(record, value->row);
    hg_pack_number(record, value->col);
    hg_pack_number(record, value->source);
    hg_pack_number(record, value->place);
    hg_pack_number(record, value->sheet);
    return hg_journal_end(sum->budget->journal, err);
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    hg_sum *sum = self;
    hg_hash group;
    cell value = { .number = before.rows, .place = before.places };
    group.a = hg_unpack_word(&record);
    group.b = hg_unpack_word(&record);
    size_t i = (size_t)hg_unpack_number(&record);
    value.value.digits = hg_unpack_signed(&record);
    value.value.scale = (unsigned)hg_unpack_number(&record);
    value.number += hg_unpack_number(&record);
    value.row = hg_unpack_number(&record);
    value.col = (uint32_t)hg_unpack_number(&record);
    value.source = (uint32_t)hg_unpack_number(&record);
    value.place += (uint32_t)hg_unpack_number(&record);
    value.sheet = hg_unpack_number(&record) != 0;
    if (i >= sum->n || value.value.scale > HG_DECIMAL_DIGITS)
        return hg_journal_wrong(err);
    return enter(sum, group, i, value, err);
}

hg_status hg_sum_add(hg_sum *sum, const hg_sum_row *row, hg_err *err)
{
    size_t i = code_of(sum, row);
    hg_decimal value;
    if (i == sum->n || row->verdicts[sum->field] & (HG_CELL_NULL | HG_CELL_TYPE) ||
        !group_key(sum, row))
        return HG_OK;
    if (!hg_numeral_decimal(&value, &row->values[sum->field].number))
        return hg_fail(err, HG_EINPUT,
                       &(hg_loc){ .row = row->number,
                                  .field = sum->schema->fields[sum->field].name },
                       "a number of more than 18 digits cannot be summed");
    hg_status st = hg_buf_status(&sum->key, err);
    if (st != HG_OK)
        return st;
    hg_slice key = { sum->key.data ? sum->key.data : "", sum->key.len };
    hg_hash group = hg_hash_of(sum->budget->seed, key);
    cell entry = { .value = value,
                   .number = row->number,
                   .row = row->at.row,
                   .col = row->at.col,
                   .source = row->at.source,
                   .place = row->place,
                   .sheet = row->at.sheet != NULL };
    return hg_journal_writes(sum->budget->journal)
               ? write_value(sum, group, i, &entry, err)
               : enter(sum, group, i, entry, err);
}

/* ---- judging ---- */

static void put_part(hg_buf *buf, const hg_sum *sum, const cell *cells, size_t i)
{
    char a1[24];
    hg_text_a1(a1, cells[i].row, cells[i].col);
    if (i > 1)
        hg_buf_puts(buf, " + ");
    hg_buf_put(buf, sum->codes[i].p, sum->codes[i].n);
    hg_buf_putc(buf, ' ');
    char value[HG_DECIMAL_TEXT];
    hg_decimal_print(value, cells[i].value);
    hg_buf_puts(buf, value);
    if (cells[i].sheet)
        hg_buf_printf(buf, " (%s)", a1);
    else
        hg_buf_printf(buf, " (%" PRIu64 ")", cells[i].number);
}

/* Add up a group that is whole. Returns whether its total is off. */
static hg_status judge(const hg_sum *sum, const cell *cells, hg_decimal *all, bool *off,
                       hg_err *err)
{
    *off = false;
    *all = (hg_decimal){ 0 };
    for (size_t i = 0; i < sum->n; i++)
        if (cells[i].number == 0)
            return HG_OK;
    bool fits = true;
    for (size_t i = 1; i < sum->n; i++)
        fits = fits && hg_decimal_add(all, cells[i].value);
    hg_decimal gap = { -all->digits, all->scale };
    fits = fits && hg_decimal_add(&gap, cells[0].value);
    if (!fits)
        return hg_fail(err, HG_EINPUT,
                       &(hg_loc){ .row = cells[0].number,
                                  .field = sum->schema->fields[sum->field].name },
                       "a number of more than 18 digits cannot be summed");
    gap.digits = gap.digits < 0 ? -gap.digits : gap.digits;
    *off = hg_decimal_compare(gap, sum->tolerance) > 0;
    return HG_OK;
}

static hg_status describe(const hg_sum *sum, const cell *cells, hg_decimal all,
                          hg_sum_off *off, hg_err *err)
{
    hg_buf parts = { 0 };
    for (size_t i = 1; i < sum->n; i++)
        put_part(&parts, sum, cells, i);
    *off = (hg_sum_off){
        .number = cells->number,
        .at = { .source = cells->source, .row = cells->row, .col = cells->col },
        .place = cells->place,
        .severity = sum->severity,
        .field = sum->field
    };
    hg_decimal_print(off->value, cells->value);
    hg_decimal_print(off->sum, all);
    hg_args(off->parts, sizeof off->parts, "%s", parts.data ? parts.data : "");
    hg_status st = hg_buf_status(&parts, err);
    hg_buf_release(&parts);
    return st;
}

hg_status hg_sum_next(hg_sum *sum, hg_sum_off *off, hg_err *err)
{
    while (sum->next < sum->n_groups) {
        const cell *cells = sum->cells + sum->next++ * sum->n;
        hg_decimal all;
        bool wrong_total;
        hg_status st = judge(sum, cells, &all, &wrong_total, err);
        if (st != HG_OK)
            return st;
        if (wrong_total)
            return describe(sum, cells, all, off, err);
    }
    return HG_END;
}

void hg_sum_free(hg_sum *sum)
{
    if (!sum)
        return;
    hg_keys_free(sum->groups);
    sum->budget->used -= sum->cap * sum->n * sizeof(cell);
    free(sum->cells);
    free(sum->codes);
    free(sum->where);
    hg_buf_release(&sum->key);
    free(sum);
}

hg_status hg_sum_new(hg_sum **out, const hg_schema *schema, size_t index,
                     hg_budget *budget, hg_err *err)
{
    hg_sum *sum = calloc(1, sizeof *sum);
    *out = NULL;
    if (!sum)
        return hg_fail_nomem(err);
    sum->schema = schema;
    sum->json = hg_json_at(schema->rules, index);
    sum->budget = budget;
    hg_status st = read_rule(sum, err);
    if (st == HG_OK)
        st = hg_keys_new(&sum->groups, budget, err);
    if (st == HG_OK)
        st = hg_journal_join(budget->journal, replay, sum, &sum->id, err);
    if (st == HG_OK)
        *out = sum;
    else
        hg_sum_free(sum);
    return st;
}

size_t hg_sum_field(const hg_sum *sum)
{
    return sum->field;
}
