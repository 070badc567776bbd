/* keys - has this key been seen before? */
#include "rules/keys.h"
#include "rules/hash.h"

#include <stdlib.h>
#include <string.h>

#define TABLES 256

#define ROW_BITS 40

/* 88 bits of a digest, and the row that had it first. */
typedef struct entry {
    uint64_t a;
    uint64_t rest; /* 24 bits of b, and below them the row; 0: empty */
} entry;

/*
 * An open table kept in order: an entry stands at or behind its home, which grows with a,
 * and before those with a greater a. So a search ends early even in a table that is nearly
 * full, and growing is one pass that looks nothing up.
 */
typedef struct table {
    entry *entries; /* cap of them, and some behind for what is pushed on */
    size_t cap, n;
} table;

struct hg_keys {
    hg_budget *budget;
    size_t n;
    table tables[TABLES];
};

static size_t room(size_t cap)
{
    return cap + cap / 16 + 64;
}

static size_t home(uint64_t a, size_t cap)
{
    return (size_t)(((a << 8) >> 32) * cap >> 32);
}

static uint64_t rest_of(hg_hash hash, uint64_t row)
{
    return hash.b << ROW_BITS | row;
}

static uint64_t row_of(const entry *e)
{
    return e->rest & (((uint64_t)1 << ROW_BITS) - 1);
}

/* Where the entry of a hash is, or would be put. */
static size_t place_of(const table *t, hg_hash hash, bool *there)
{
    size_t i = home(hash.a, t->cap), end = room(t->cap);
    while (i < end && t->entries[i].rest != 0 && t->entries[i].a < hash.a)
        i++;
    *there = false;
    for (; i < end && t->entries[i].rest != 0 && t->entries[i].a == hash.a; i++)
        if ((t->entries[i].rest ^ rest_of(hash, 0)) >> ROW_BITS == 0) {
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

/* Make a table a quarter larger. */
static hg_status grow(hg_keys *keys, table *t, hg_err *err)
{
    table bigger = { .cap = t->cap + t->cap / 4 + 16 };
    size_t had = t->cap > 0 ? room(t->cap) : 0;
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
    keys->budget->used -= had * sizeof(entry);
    free(t->entries);
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

hg_status hg_keys_new(hg_keys **out, hg_budget *budget, hg_err *err)
{
    if (!(*out = calloc(1, sizeof **out)))
        return hg_fail_nomem(err);
    (*out)->budget = budget;
    return HG_OK;
}

hg_status hg_keys_add_hash(hg_keys *keys, hg_hash hash, uint64_t row, uint64_t *first,
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
        *first = there ? row_of(&t->entries[i]) : 0;
        if (there || push(t, i, (entry){ hash.a, rest_of(hash, row) }))
            break;
        hg_status st = grow(keys, t, err);
        if (st != HG_OK)
            return st;
    }
    keys->n += !there;
    if (*first == row)
        *first = 0;
    return HG_OK;
}

hg_status hg_keys_add(hg_keys *keys, hg_slice key, uint64_t row, uint64_t *first,
                      hg_err *err)
{
    return hg_keys_add_hash(keys, hg_hash_of(keys->budget->seed, key), row, first, err);
}

uint64_t hg_keys_find(const hg_keys *keys, hg_slice key)
{
    hg_hash hash = hg_hash_of(keys->budget->seed, key);
    const table *t = &keys->tables[hash.a >> 56];
    bool there = false;
    size_t i = t->cap > 0 ? place_of(t, hash, &there) : 0;
    return there ? row_of(&t->entries[i]) : 0;
}

size_t hg_keys_count(const hg_keys *keys)
{
    return keys->n;
}

void hg_keys_free(hg_keys *keys)
{
    if (!keys)
        return;
    for (size_t i = 0; i < TABLES; i++) {
        if (keys->tables[i].cap > 0)
            keys->budget->used -= room(keys->tables[i].cap) * sizeof(entry);
        free(keys->tables[i].entries);
    }
    free(keys);
}
