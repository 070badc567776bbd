/* schema_constants - the values that a schema itself holds: limits, lists, choices */
#include "table/schema_parts.h"

#include <stdlib.h>
#include <string.h>

struct hg_schema_block {
    struct hg_schema_block *next;
    max_align_t data[];
};

/* ---- memory ---- */

void *hg_schema_take(hg_schema *schema, size_t n, size_t size, hg_err *err)
{
    if (n > (SIZE_MAX - sizeof(struct hg_schema_block)) / size) {
        hg_fail_nomem(err);
        return NULL;
    }
    struct hg_schema_block *block = calloc(1, sizeof *block + n * size);
    if (!block) {
        hg_fail_nomem(err);
        return NULL;
    }
    block->next = schema->blocks;
    schema->blocks = block;
    return block->data;
}

void hg_schema_drop(hg_schema *schema)
{
    for (struct hg_schema_block *block = schema->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
}

/* ---- constants ---- */

/* The text of a constant: a string's own, otherwise its JSON. */
static hg_status constant_text(hg_schema *schema, const hg_json *json, hg_slice *out,
                               hg_err *err)
{
    *out = hg_slice_of(hg_json_str(json));
    if (hg_json_is_string(json))
        return HG_OK;
    hg_buf buf = { 0 };
    hg_status st = hg_json_dump(json, false, &buf, err);
    char *text = st == HG_OK ? hg_schema_take(schema, buf.len + 1, 1, err) : NULL;
    if (text) {
        memcpy(text, buf.data, buf.len);
        *out = (hg_slice){ text, buf.len };
    }
    hg_buf_release(&buf);
    return text ? HG_OK : err->status;
}

hg_status hg_schema_constant(hg_schema *schema, const hg_field *field,
                             const hg_json *json, hg_value *value, hg_err *err)
{
    hg_slice text;
    hg_typed plain, *reader = NULL;
    hg_status st = constant_text(schema, json, &text, err);
    if (st != HG_OK)
        return st;
    if (hg_json_is_number(json) || hg_json_is_bool(json)) {
        hg_typed_init(&plain, hg_type_name(field->reader.type));
        reader = &plain;
    }
    bool nested = hg_json_is_array(json) || hg_json_is_object(json);
    if ((!nested || field->reader.json) &&
        (reader ? reader : &field->reader)
            ->read(reader ? reader : &field->reader, text, value))
        return HG_OK;
    return hg_schema_wrong(schema, json, NULL, err, "%s is no value of type %s",
                           text.n > 0 ? text.p : "\"\"",
                           hg_type_name(field->reader.type));
}

hg_status hg_schema_texts(hg_schema *schema, const hg_json *owner, const char *key,
                          const hg_slice **out, size_t *n, hg_err *err)
{
    const hg_json *list = hg_json_get(owner, key);
    if (!list)
        return HG_OK;
    if (!hg_json_is_array(list))
        return hg_schema_wrong(schema, owner, key, err, "an array is needed here", NULL,
                               NULL);
    hg_slice *made = hg_schema_take(schema, hg_json_len(list), sizeof *made, err);
    if (!made)
        return err->status;
    for (size_t i = 0; i < hg_json_len(list); i++) {
        const hg_json *item = hg_json_at(list, i);
        const hg_json *text = hg_json_is_object(item) ? hg_json_get(item, "value") : item;
        if (!hg_json_is_string(text))
            return hg_schema_wrong(schema, item, NULL, err, "a string is needed here",
                                   NULL, NULL);
        made[i] = hg_slice_of(hg_json_str(text));
    }
    *out = made;
    *n = hg_json_len(list);
    return HG_OK;
}

/* ---- choices: a sorted array, where their type has an order ---- */

/* The place of value among choices, or where it would stand. */
static size_t place_of(const hg_choices *choices, const hg_typed *reader,
                       const hg_value *value, bool *there)
{
    size_t from = 0, to = choices->n;
    *there = false;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int c = reader->compare(value, &choices->values[middle]);
        if (c == 0) {
            *there = true;
            return middle;
        }
        if (c < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return from;
}

bool hg_choices_have(const hg_choices *choices, const hg_typed *reader,
                     const hg_value *value)
{
    bool there = false;
    if (choices->sorted)
        place_of(choices, reader, value, &there);
    for (size_t i = 0; !choices->sorted && !there && i < choices->n; i++)
        there = reader->compare(value, &choices->values[i]) == 0;
    return there;
}

/* Put value where it belongs; behind all others, where there is one that has no order
 * with it (which is so of all, or of none, that have an order with each other). */
static void add_choice(hg_choices *choices, const hg_typed *reader, const hg_value *value)
{
    bool there;
    choices->sorted =
        choices->n == 0 ||
        (choices->sorted && reader->compare(value, &choices->values[0]) != 2);
    size_t at = choices->sorted ? place_of(choices, reader, value, &there) : choices->n;
    memmove(&choices->values[at + 1], &choices->values[at],
            (choices->n - at) * sizeof *value);
    choices->values[at] = *value;
    choices->n++;
}

hg_status hg_schema_choices(hg_schema *schema, const hg_field *field,
                            const hg_json *owner, const char *key, hg_choices *out,
                            hg_err *err)
{
    const hg_json *list = hg_json_get(owner, key);
    size_t n = hg_json_len(list);
    if (!hg_json_is_array(list) || n == 0)
        return hg_schema_wrong(schema, owner, key, err, "an array is needed here", NULL,
                               NULL);
    if (!(out->values = hg_schema_take(schema, n, sizeof *out->values, err)))
        return err->status;
    for (size_t i = 0; i < n; i++) {
        const hg_json *item = hg_json_at(list, i);
        hg_value value;
        if (hg_json_is_object(item) && !field->reader.json) /* with a label */
            item = hg_json_get(item, "value");
        if (!item)
            return hg_schema_wrong(schema, list, NULL, err,
                                   "each of these is a value, or an object with one",
                                   NULL, NULL);
        hg_status st = hg_schema_constant(schema, field, item, &value, err);
        if (st != HG_OK)
            return st;
        add_choice(out, &field->reader, &value);
    }
    return HG_OK;
}
