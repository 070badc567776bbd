/* items - rows that JSON holds */
#include "dataset/items.h"

#include <stdlib.h>

struct hg_items {
    const hg_json *data, *keys; /* keys: an array of names, or an object that has them */
    bool keyed;
    bool chosen; /* keys are those asked for: others are left out */
    size_t next; /* item */
    uint64_t number;
    hg_buf text;
    size_t *ends;
    hg_slice *cells;
    size_t n, cap;
};

static hg_status grow(hg_items *items, size_t n, hg_err *err)
{
    if (n <= items->cap)
        return HG_OK;
    size_t *ends = realloc(items->ends, n * sizeof *ends);
    if (!ends)
        return hg_fail_nomem(err);
    items->ends = ends;
    hg_slice *cells = realloc(items->cells, n * sizeof *cells);
    if (!cells)
        return hg_fail_nomem(err);
    items->cells = cells;
    items->cap = n;
    return HG_OK;
}

static bool is_null(const hg_json *v)
{
    return !hg_json_is_string(v) && !hg_json_is_number(v) && !hg_json_is_bool(v) &&
           !hg_json_is_array(v) && !hg_json_is_object(v);
}

static hg_status put_cell(hg_items *items, const hg_json *v, hg_err *err)
{
    hg_status st = HG_OK;
    if (hg_json_is_string(v))
        hg_buf_puts(&items->text, hg_json_str(v));
    else if (!is_null(v))
        st = hg_json_dump(v, false, &items->text, err);
    items->ends[items->n++] = items->text.len;
    return st == HG_OK ? hg_buf_status(&items->text, err) : st;
}

static const char *key_at(const hg_items *items, size_t i)
{
    return hg_json_is_array(items->keys) ? hg_json_str(hg_json_at(items->keys, i))
                                         : hg_json_key(items->keys, i);
}

static bool is_key(const hg_items *items, const char *name)
{
    for (size_t i = 0; i < hg_json_len(items->keys); i++)
        if (hg_slice_is(hg_slice_of(key_at(items, i)), name))
            return true;
    return false;
}

static hg_status put_header(hg_items *items, hg_err *err)
{
    hg_status st = grow(items, hg_json_len(items->keys), err);
    for (size_t i = 0; st == HG_OK && i < hg_json_len(items->keys); i++) {
        hg_buf_puts(&items->text, key_at(items, i));
        items->ends[items->n++] = items->text.len;
    }
    return st;
}

static hg_status put_array(hg_items *items, const hg_json *item, hg_err *err)
{
    hg_status st = grow(items, hg_json_len(item), err);
    for (size_t i = 0; st == HG_OK && i < hg_json_len(item); i++)
        st = put_cell(items, hg_json_at(item, i), err);
    return st;
}

static hg_status put_object(hg_items *items, const hg_json *item, hg_err *err)
{
    size_t n = hg_json_len(items->keys);
    hg_status st = grow(items, n + hg_json_len(item), err);
    for (size_t i = 0; st == HG_OK && i < n; i++)
        st = put_cell(items, hg_json_get(item, key_at(items, i)), err);
    for (size_t i = 0; st == HG_OK && !items->chosen && i < hg_json_len(item); i++)
        if (!is_key(items, hg_json_key(item, i)))
            st = put_cell(items, hg_json_member(item, i), err);
    return st;
}

static hg_status put_item(hg_items *items, hg_err *err)
{
    const hg_json *item = hg_json_at(items->data, items->next);
    if (items->keyed && items->number == 0)
        return put_header(items, err);
    items->next++;
    if (items->keyed && hg_json_is_object(item))
        return put_object(items, item, err);
    if (!items->keyed && hg_json_is_array(item))
        return put_array(items, item, err);
    hg_loc loc = { .row = items->number + 1 };
    return hg_fail(err, HG_EINPUT, &loc, "a row is an array, or an object as the others are");
}

hg_status hg_items_next(hg_items *items, hg_row *row, hg_err *err)
{
    if (items->next == hg_json_len(items->data))
        return HG_END;
    items->n = 0;
    hg_buf_clear(&items->text);
    hg_status st = put_item(items, err);
    if (st != HG_OK)
        return st;
    for (size_t i = 0, from = 0; i < items->n; from = items->ends[i++])
        items->cells[i] = (hg_slice){ items->text.data ? items->text.data + from : "",
                                      items->ends[i] - from };
    *row = (hg_row){ items->cells, items->n, ++items->number, 0, { NULL, 0 } };
    return HG_OK;
}

hg_status hg_items_new(hg_items **out, const hg_json *data, const hg_dialect *dialect,
                       hg_err *err)
{
    const hg_json *first = hg_json_at(data, 0), *keys = dialect->item_keys;
    bool keyed = hg_json_is_object(first);
    *out = NULL;
    if (!hg_json_is_array(data))
        return hg_fail(err, HG_EINPUT, NULL, "data that are a table are an array of rows");
    if (first && dialect->item_type && keyed != (dialect->item_type[0] == 'o'))
        return hg_fail(err, HG_EINPUT, NULL, "the rows are not of the itemType '%s'",
                       dialect->item_type);
    hg_items *items = *out = calloc(1, sizeof *items);
    if (!items)
        return hg_fail_nomem(err);
    *items = (hg_items){ .data = data,
                         .keys = keys ? keys : first,
                         .keyed = keyed,
                         .chosen = keys != NULL };
    return HG_OK;
}

void hg_items_free(hg_items *items)
{
    if (!items)
        return;
    hg_buf_release(&items->text);
    free(items->ends);
    free(items->cells);
    free(items);
}
