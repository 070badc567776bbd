/* keys - has this key been seen before? */
#include "rules/keys.h"
#include "rules/keys_disk.h"

#include <stdlib.h>
#include <string.h>

#define TABLES 256

typedef hg_key_entry entry;

/*
 * An open table kept in order: an entry stands at or behind its home, which grows with a,
 * and before those with a greater a. So a search ends early even in a table that is
 * nearly full, and growing is one pass that looks nothing up.
 */
typedef struct table {
    entry *entries; /* cap of them, and some behind for what is pushed on */
    size_t cap, n;
} table;

struct hg_keys {
    hg_budget *budget;
    hg_spiller spiller;
    size_t n;
    table tables[TABLES];
    hg_stacks disk; /* what went there */
};

static size_t room(size_t cap)
{
    return cap + cap / 16 + 64;
}

static size_t home(uint64_t a, size_t cap)
{
    return (size_t)(((a << 8) >> 32) * cap >> 32);
}

/* Where the entry of a hash is, or would be put. */
static size_t place_of(const table *t, hg_hash hash, bool *there)
{
    size_t i = home(hash.a, t->cap), end = room(t->cap);
    while (i < end && t->entries[i].rest != 0 && t->entries[i].a < hash.a)
        i++;
    *there = false;
    for (; i < end && t->entries[i].rest != 0 && t->entries[i].a == hash.a; i++)
        if (hg_key_is(&t->entries[i], hash)) {
            *there = true;
            return i;
        }
    return i;
}

/* Put all entries of from into an empty table, in their order; false where they run out
 * of room. */
static bool pour(table *to, const table *from)
{
    size_t next = 0, end = room(to->cap);
    for (size_t i = 0; from->cap > 0 && i < room(from->cap); i++) {
        if (from->entries[i].rest == 0)
            continue;
        size_t at = home(from->entries[i].a, to->cap);
        at = at > next ? at : next;
        if (at >= end)
            return false;
        to->entries[at] = from->entries[i];
        next = at + 1;
    }
    to->n = from->n;
    return true;
}

static void drop(hg_keys *keys, table *t)
{
    if (t->cap > 0)
        keys->budget->used -= room(t->cap) * sizeof(entry);
    free(t->entries);
    *t = (table){ 0 };
}

/* Make a table a quarter larger. It is empty where room could be made on disk only. */
static hg_status grow(hg_keys *keys, table *t, hg_err *err)
{
    table bigger = { .cap = t->cap + t->cap / 4 + 16 };
    hg_status st = hg_budget_take(keys->budget, room(bigger.cap) * sizeof(entry), err);
    if (st != HG_OK)
        return st;
    bigger.entries = calloc(room(bigger.cap), sizeof(entry));
    bool poured = bigger.entries && pour(&bigger, t);
    if (!poured) {
        free(bigger.entries);
        keys->budget->used -= room(bigger.cap) * sizeof(entry);
        return hg_fail_nomem(err); /* or 64 of them have one home: no hash does that */
    }
    drop(keys, t);
    *t = bigger;
    return HG_OK;
}

/* Put an entry at i, and those from there up to the next gap one further. */
static bool push(table *t, size_t i, entry e)
{
    size_t gap = i, end = room(t->cap);
    while (gap < end && t->entries[gap].rest != 0)
        gap++;
    if (gap == end)
        return false;
    memmove(&t->entries[i + 1], &t->entries[i], (gap - i) * sizeof e);
    t->entries[i] = e;
    t->n++;
    return true;
}

/* Put the entries of a table, which stand in the order of a, on disk. */
static hg_status put_table(hg_keys *keys, const table *t, hg_err *err)
{
    hg_status st = HG_OK;
    size_t end = t->cap > 0 ? room(t->cap) : 0;
    for (size_t i = 0, from; st == HG_OK && i < end; i++) {
        for (from = i; i < end && t->entries[i].rest != 0;)
            i++;
        if (i > from)
            st = hg_stacks_put(&keys->disk, t->entries + from, i - from, err);
    }
    return st;
}

/* Move all that is in memory to disk. */
static hg_status spill(void *self, hg_err *err)
{
    hg_keys *keys = self;
    size_t n = 0;
    for (size_t i = 0; i < TABLES; i++)
        n += keys->tables[i].n;
    if (n == 0)
        return HG_OK;
    hg_status st = hg_stacks_begin(&keys->disk, err);
    for (size_t i = 0; st == HG_OK && i < TABLES; i++)
        st = put_table(keys, &keys->tables[i], err);
    for (size_t i = 0; st == HG_OK && i < TABLES; i++)
        drop(keys, &keys->tables[i]);
    return st;
}

hg_status hg_keys_new(hg_keys **out, hg_budget *budget, hg_err *err)
{
    hg_keys *keys = *out = calloc(1, sizeof *keys);
    if (!keys)
        return hg_fail_nomem(err);
    keys->budget = budget;
    keys->disk = (hg_stacks){ .disk.tmp = budget->tmp,
                              .size = sizeof(entry),
                              .order = hg_key_order };
    keys->spiller = (hg_spiller){ .spill = spill, .self = keys };
    hg_budget_join(budget, &keys->spiller);
    return HG_OK;
}

/* Put a key in memory, unless it is there; *first is then the row that has it. */
static hg_status enter(hg_keys *keys, hg_hash hash, uint64_t row, uint64_t *first,
                       hg_err *err)
{
    table *t = &keys->tables[hash.a >> 56];
    bool there = false;
    for (;;) {
        if (t->n + t->n / 7 >= t->cap) { /* at most 7/8 full */
            hg_status st = grow(keys, t, err);
            if (st != HG_OK)
                return st;
        }
        size_t i = place_of(t, hash, &there);
        *first = there ? hg_key_row(&t->entries[i]) : 0;
        if (there || push(t, i, (entry){ hash.a, hg_key_rest(hash, row) }))
            break;
        hg_status st = grow(keys, t, err);
        if (st != HG_OK)
            return st;
    }
    keys->n += !there;
    return HG_OK;
}

hg_status hg_keys_add_hash(hg_keys *keys, hg_hash hash, uint64_t row, uint64_t *first,
                           hg_err *err)
{
    hg_status st = hg_key_find(&keys->disk, hash, first, err);
    if (st == HG_OK && *first == 0)
        st = enter(keys, hash, row, first, err);
    if (*first == row)
        *first = 0;
    return st;
}

hg_status hg_keys_add(hg_keys *keys, hg_slice key, uint64_t row, uint64_t *first,
                      hg_err *err)
{
    return hg_keys_add_hash(keys, hg_hash_of(keys->budget->seed, key), row, first, err);
}

hg_status hg_keys_put(hg_keys *keys, hg_slice key, uint64_t row, hg_err *err)
{
    uint64_t first;
    return enter(keys, hg_hash_of(keys->budget->seed, key), row, &first, err);
}

hg_status hg_keys_hold(hg_keys *keys, hg_err *err)
{
    const hg_budget *budget = keys->budget;
    bool much = keys->disk.n > 0 || (budget->tmp && budget->used > budget->max / 4);
    hg_status st = much ? spill(keys, err) : HG_OK;
    hg_budget_leave(keys->budget, &keys->spiller);
    return st == HG_OK ? hg_stacks_merge(&keys->disk, err) : st;
}

hg_status hg_keys_find_hash(const hg_keys *keys, hg_hash hash, uint64_t *row, hg_err *err)
{
    const table *t = &keys->tables[hash.a >> 56];
    bool there = false;
    size_t i = t->cap > 0 ? place_of(t, hash, &there) : 0;
    *row = there ? hg_key_row(&t->entries[i]) : 0;
    return there ? HG_OK : hg_key_find(&keys->disk, hash, row, err);
}

hg_status hg_keys_find(const hg_keys *keys, hg_slice key, uint64_t *row, hg_err *err)
{
    return hg_keys_find_hash(keys, hg_hash_of(keys->budget->seed, key), row, err);
}

size_t hg_keys_count(const hg_keys *keys)
{
    return keys->n;
}

void hg_keys_free(hg_keys *keys)
{
    if (!keys)
        return;
    hg_budget_leave(keys->budget, &keys->spiller);
    for (size_t i = 0; i < TABLES; i++)
        drop(keys, &keys->tables[i]);
    hg_stacks_release(&keys->disk);
    free(keys);
}
