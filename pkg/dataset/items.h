/* items.h - rows that JSON holds: an array of arrays, or of objects. */
#ifndef HG_DATASET_ITEMS_H
#define HG_DATASET_ITEMS_H

#include "table/dialect.h"
#include "table/row.h"

typedef struct hg_items hg_items;

/*
 * Rows of data, which outlives them, as the dialect has them. Of objects it takes the members
 * that item_keys names. Otherwise they get a header of the keys of the first object, and what
 * else another has becomes further cells. A null is an empty cell; true, numbers, arrays and
 * objects are their JSON. HG_EINPUT: data is no array, or not of item_type; HG_ENOMEM.
 */
hg_status hg_items_new(hg_items **out, const hg_json *data, const hg_dialect *dialect,
                       hg_err *err);
/* HG_END after the last; HG_EINPUT: an item is neither array nor object. */
hg_status hg_items_next(hg_items *items, hg_row *row, hg_err *err);
void hg_items_free(hg_items *items); /* NULL is fine */

#endif
