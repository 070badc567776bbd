/* sums - statistical rules: a total is the sum of its parts */
#include "rules/sums.h"
#include "base/pack.h"
#include "rules/journal.h"
#include "rules/sorter.h"
#include "text/message.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* One value of a group: of its total, code 0, or of a part. */
typedef struct value {
    hg_hash group;
    uint64_t number; /* of its row; 0: not seen */
    uint64_t row;
    hg_decimal value;
    uint32_t code, col, source, place;
    bool sheet;
} value;

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
    hg_sorter *values; /* by group, */
    hg_sorter *off;    /* and those of each group that is off, by the order of groups */
    value *group;      /* the one at hand, n values */
    unsigned id; /* in the journal */
    bool judged;
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
static size_t code_of(const hg_sum *sum, const hg_rule_row *row)
{
    size_t i = 0;
    while (i < sum->n && !hg_slice_eq(row->fields[sum->dimension], sum->codes[i]))
        i++;
    for (size_t k = 0; k < sum->n_where; k++)
        if (!hg_slice_eq(row->fields[sum->where[k].field], sum->where[k].text))
            return sum->n;
    return i;
}

/* Put together the key of the row's group; false if a field of it has no value. */
static bool group_key(const hg_sum *sum, const hg_rule_row *row)
{
    hg_buf_clear(row->space);
    for (size_t i = 0; i < sum->schema->primary.n; i++) {
        size_t f = sum->schema->primary.fields[i];
        if (f == sum->dimension)
            continue;
        if (row->verdicts[f] & (HG_CELL_NULL | HG_CELL_TYPE))
            return false;
        hg_value_key(row->space, &row->schema->fields[f].reader, &row->values[f]);
    }
    return true;
}

static hg_status write_value(const hg_sum *sum, const value *v, hg_err *err)
{
    hg_buf *record = hg_journal_begin(sum->budget->journal, sum->id);
    hg_pack_word(record, v->group.a);
    hg_pack_word(record, v->group.b);
    hg_pack_number(record, v->code);
    hg_pack_signed(record, v->value.digits);
    hg_pack_number(record, v->value.scale);
    hg_pack_number(record, v->number);
    hg_pack_number(record, v->row);
    hg_pack_number(record, v->col);
    hg_pack_number(record, v->source);
    hg_pack_number(record, v->place);
    hg_pack_number(record, v->sheet);
    return hg_journal_end(sum->budget->journal, err);
}

static hg_status replay(void *self, hg_slice record, hg_before before, hg_err *err)
{
    hg_sum *sum = self;
    value v = { .number = before.rows, .place = before.places };
    v.group.a = hg_unpack_word(&record);
    v.group.b = hg_unpack_word(&record);
    v.code = (uint32_t)hg_unpack_number(&record);
    v.value.digits = hg_unpack_signed(&record);
    v.value.scale = (unsigned)hg_unpack_number(&record);
    v.number += hg_unpack_number(&record);
    v.row = hg_unpack_number(&record);
    v.col = (uint32_t)hg_unpack_number(&record);
    v.source = (uint32_t)hg_unpack_number(&record);
    v.place += (uint32_t)hg_unpack_number(&record);
    v.sheet = hg_unpack_number(&record) != 0;
    if (v.code >= sum->n || v.value.scale > HG_DECIMAL_DIGITS)
        return hg_journal_wrong(err);
    return hg_sorter_add(sum->values, &v, err);
}

void hg_sum_needs(const hg_sum *sum, hg_needs *needs)
{
    hg_need_field(needs, sum->field, HG_NEED_VALUE);
    for (size_t i = 0; i < sum->schema->primary.n; i++)
        hg_need_field(needs, sum->schema->primary.fields[i], HG_NEED_VALUE);
    for (size_t k = 0; k < sum->n_where; k++)
        hg_need_field(needs, sum->where[k].field, HG_NEED_CELL);
}

/* The digest of the group, and the value: its digits, and above its scale 1 more than its code; all
 * 0 where the rule has nothing to do with the row. */
bool hg_sum_look(const hg_sum *sum, const hg_rule_row *row, hg_hash *out)
{
    size_t code = code_of(sum, row);
    hg_decimal d;
    out[0] = out[1] = (hg_hash){ 0, 0 };
    if (code == sum->n || row->verdicts[sum->field] & (HG_CELL_NULL | HG_CELL_TYPE) ||
        !group_key(sum, row))
        return true;
    if (!hg_numeral_decimal(&d, &row->values[sum->field].number) ||
        row->space->status != HG_OK)
        return false;
    const char *key = row->space->data ? row->space->data : "";
    out[0] = hg_hash_of(sum->budget->seed, (hg_slice){ key, row->space->len });
    out[1] = (hg_hash){ (uint64_t)d.digits, (uint64_t)(code + 1) << 8 | d.scale };
    return true;
}

hg_status hg_sum_enter(hg_sum *sum, const hg_hash *digests, const hg_sum_at *at, hg_err *err)
{
    if (digests[1].b == 0)
        return HG_OK;
    value v = { .group = digests[0],
                .value = { (int64_t)digests[1].a, (unsigned)(digests[1].b & 0xFF) },
                .number = at->number,
                .row = at->origin.row,
                .code = (uint32_t)(digests[1].b >> 8) - 1,
                .col = at->origin.col,
                .source = at->origin.source,
                .place = at->place,
                .sheet = at->origin.sheet != NULL };
    return hg_journal_writes(sum->budget->journal) ? write_value(sum, &v, err)
                                                   : hg_sorter_add(sum->values, &v, err);
}

hg_status hg_sum_add(hg_sum *sum, const hg_rule_row *row, const hg_sum_at *at, hg_err *err)
{
    hg_hash digests[HG_SUM_DIGESTS];
    if (hg_sum_look(sum, row, digests))
        return hg_sum_enter(sum, digests, at, err);
    hg_status st = hg_buf_status(row->space, err);
    if (st != HG_OK)
        return st;
    return hg_fail(err, HG_EINPUT,
                   &(hg_loc){ .row = at->number,
                              .field = sum->schema->fields[sum->field].name },
                   "a number of more than 18 digits cannot be summed");
}

/* ---- judging ---- */

static void put_part(hg_buf *buf, const hg_sum *sum, size_t i)
{
    const value *v = &sum->group[i];
    char a1[24];
    hg_text_a1(a1, v->row, v->col);
    if (i > 1)
        hg_buf_puts(buf, " + ");
    hg_buf_put(buf, sum->codes[i].p, sum->codes[i].n);
    hg_buf_putc(buf, ' ');
    char digits[HG_DECIMAL_TEXT];
    hg_decimal_print(digits, v->value);
    hg_buf_puts(buf, digits);
    if (v->sheet)
        hg_buf_printf(buf, " (%s)", a1);
    else
        hg_buf_printf(buf, " (%" PRIu64 ")", v->number);
}

/* Add up the group at hand: whether its total is off, or it does not fit to be summed. A group
 * that lacks a value is not judged. */
static bool is_off(const hg_sum *sum, hg_decimal *all, bool *fits)
{
    *fits = true;
    *all = (hg_decimal){ 0 };
    for (size_t i = 0; i < sum->n; i++)
        if (sum->group[i].number == 0)
            return false;
    for (size_t i = 1; i < sum->n; i++)
        *fits = *fits && hg_decimal_add(all, sum->group[i].value);
    hg_decimal gap = { -all->digits, all->scale };
    *fits = *fits && hg_decimal_add(&gap, sum->group[0].value);
    gap.digits = gap.digits < 0 ? -gap.digits : gap.digits;
    return !*fits || hg_decimal_compare(gap, sum->tolerance) > 0;
}

static hg_status describe(const hg_sum *sum, hg_decimal all, hg_sum_off *off, hg_err *err)
{
    const value *total = sum->group;
    hg_buf parts = { 0 };
    for (size_t i = 1; i < sum->n; i++)
        put_part(&parts, sum, i);
    *off = (hg_sum_off){
        .number = total->number,
        .at = { .source = total->source, .row = total->row, .col = total->col },
        .place = total->place,
        .severity = sum->severity,
        .field = sum->field
    };
    hg_decimal_print(off->value, total->value);
    hg_decimal_print(off->sum, all);
    hg_args(off->parts, sizeof off->parts, "%s", parts.data ? parts.data : "");
    hg_status st = hg_buf_status(&parts, err);
    hg_buf_release(&parts);
    return st;
}

/* ---- groups ---- */

/* Values of a group one after the other, in the order of rows. */
static int by_group(const void *a, const void *b)
{
    const value *x = a, *y = b;
    if (x->group.a != y->group.a)
        return x->group.a < y->group.a ? -1 : 1;
    if (x->group.b != y->group.b)
        return x->group.b < y->group.b ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Groups in the order in which they were met: group.a is the number of the first row. */
static int by_first(const void *a, const void *b)
{
    const value *x = a, *y = b;
    if (x->group.a != y->group.a)
        return x->group.a < y->group.a ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

/* Keep the group at hand, first met in the row first, if it is off. */
static hg_status end_group(hg_sum *sum, uint64_t first, hg_err *err)
{
    hg_decimal all;
    bool fits;
    hg_status st = HG_OK;
    if (first == 0 || !is_off(sum, &all, &fits))
        return HG_OK;
    for (size_t i = 0; st == HG_OK && i < sum->n; i++) {
        value v = sum->group[i];
        v.group.a = first;
        st = hg_sorter_add(sum->off, &v, err);
    }
    return st;
}

/* Go through all groups. A second value for one place is a finding of the key's. */
static hg_status judge(hg_sum *sum, hg_err *err)
{
    hg_hash group = { 0 };
    const void *record;
    uint64_t first = 0;
    hg_status st;
    sum->judged = true;
    while ((st = hg_sorter_next(sum->values, &record, err)) == HG_OK) {
        const value *v = record;
        if (first == 0 || v->group.a != group.a || v->group.b != group.b) {
            if ((st = end_group(sum, first, err)) != HG_OK)
                return st;
            memset(sum->group, 0, sum->n * sizeof *sum->group);
            group = v->group;
            first = v->number;
        }
        if (sum->group[v->code].number == 0)
            sum->group[v->code] = *v;
    }
    hg_sorter_free(sum->values); /* the others need its memory */
    sum->values = NULL;
    return st == HG_END ? end_group(sum, first, err) : st;
}

hg_status hg_sum_next(hg_sum *sum, hg_sum_off *off, hg_err *err)
{
    hg_decimal all;
    const void *record;
    bool fits;
    hg_status st = sum->judged ? HG_OK : judge(sum, err);
    for (size_t i = 0; st == HG_OK && i < sum->n; i++) {
        st = hg_sorter_next(sum->off, &record, err);
        if (st == HG_OK)
            sum->group[i] = *(const value *)record;
    }
    if (st != HG_OK)
        return st;
    is_off(sum, &all, &fits);
    if (!fits)
        return hg_fail(err, HG_EINPUT,
                       &(hg_loc){ .row = sum->group[0].number,
                                  .field = sum->schema->fields[sum->field].name },
                       "a number of more than 18 digits cannot be summed");
    return describe(sum, all, off, err);
}

/* ---- all of it ---- */

void hg_sum_free(hg_sum *sum)
{
    if (!sum)
        return;
    hg_sorter_free(sum->values);
    hg_sorter_free(sum->off);
    free(sum->group);
    free(sum->codes);
    free(sum->where);
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
        st = hg_sorter_new(&sum->values, sizeof(value), by_group, budget, err);
    if (st == HG_OK)
        st = hg_sorter_new(&sum->off, sizeof(value), by_first, budget, err);
    if (st == HG_OK && !(sum->group = calloc(sum->n, sizeof *sum->group)))
        st = hg_fail_nomem(err);
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
