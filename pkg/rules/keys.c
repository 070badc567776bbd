/* keys - has this key been seen before? */
#include "rules/keys.h"

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

/* Numbers one after the other in rows one after the other. */
typedef struct run {
    uint64_t first, n, row;
} run;

struct hg_keys {
    hg_budget *budget;
    size_t n;
    run *runs; /* in rising order */
    size_t n_runs, cap;
    uint64_t highest; /* of the numbers in tables; 0: there may be none */
    table tables[TABLES];
};

/* ---- MurmurHash3 x64_128 (Austin Appleby, public domain), seed 0 ---- */

static uint64_t rotate(uint64_t x, int n)
{
    return x << n | x >> (64 - n);
}

static uint64_t final_mix(uint64_t k)
{
    k ^= k >> 33;
    k *= UINT64_C(0xff51afd7ed558ccd);
    k ^= k >> 33;
    k *= UINT64_C(0xc4ceb9fe1a85ec53);
    return k ^ k >> 33;
}

#define C1 UINT64_C(0x87c37b91114253d5)
#define C2 UINT64_C(0x4cf5ad432745937f)

static void mix_a(hg_hash *h, uint64_t k)
{
    h->a ^= rotate(k * C1, 31) * C2;
}

static void mix_b(hg_hash *h, uint64_t k)
{
    h->b ^= rotate(k * C2, 33) * C1;
}

/* Bytes as a little-endian number, so that every machine has the same digest. */
static uint64_t word(const unsigned char *p, size_t n)
{
    uint64_t k = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (n == sizeof k) {
        memcpy(&k, p, sizeof k);
        return k;
    }
#endif
    for (size_t i = n; i > 0; i--)
        k = k << 8 | p[i - 1];
    return k;
}

hg_hash hg_hash_of(hg_slice key)
{
    hg_hash h = { 0, 0 };
    const unsigned char *p = (const unsigned char *)key.p;
    size_t n = key.n;
    for (; n >= 16; n -= 16, p += 16) {
        mix_a(&h, word(p, 8));
        h.a = (rotate(h.a, 27) + h.b) * 5 + 0x52dce729;
        mix_b(&h, word(p + 8, 8));
        h.b = (rotate(h.b, 31) + h.a) * 5 + 0x38495ab5;
    }
    if (n > 8)
        mix_b(&h, word(p + 8, n - 8));
    if (n > 0)
        mix_a(&h, word(p, n < 8 ? n : 8));
    h.a ^= key.n;
    h.b ^= key.n;
    h.a += h.b;
    h.b += h.a;
    h.a = final_mix(h.a);
    h.b = final_mix(h.b);
    h.a += h.b;
    h.b += h.a;
    return h;
}

/* b is the number, so shifted that the least comes first, and a follows from it: what is
 * a number's digest can be told. */
hg_hash hg_hash_of_number(int64_t number)
{
    uint64_t b = (uint64_t)number ^ (uint64_t)1 << 63;
    return (hg_hash){ final_mix(b + C1), b };
}

static bool is_number(hg_hash hash)
{
    return hash.a == final_mix(hash.b + C1);
}

/* ---- tables ---- */

hg_status hg_budget_take(hg_budget *budget, size_t n, hg_err *err)
{
    if (n > budget->max - budget->used)
        return hg_fail(
            err, HG_EINPUT, NULL,
            "the keys and sums to check need more memory than the limit of %zu MiB",
            budget->max >> 20);
    budget->used += n;
    return HG_OK;
}

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

/* ---- runs ---- */

/* The row of a number in a run; 0 if it is in none. */
static uint64_t row_in_runs(const hg_keys *keys, uint64_t number)
{
    size_t from = 0, to = keys->n_runs; /* the run is the last that starts at or before */
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (keys->runs[middle].first <= number)
            from = middle + 1;
        else
            to = middle;
    }
    if (from == 0 || number - keys->runs[from - 1].first >= keys->runs[from - 1].n)
        return 0;
    return keys->runs[from - 1].row + (number - keys->runs[from - 1].first);
}

static bool is_above_all(const hg_keys *keys, uint64_t number)
{
    const run *last = keys->n_runs > 0 ? &keys->runs[keys->n_runs - 1] : NULL;
    return number > keys->highest && (!last || number - last->first >= last->n) &&
           (!last || number > last->first);
}

static hg_status add_run(hg_keys *keys, uint64_t number, uint64_t row, hg_err *err)
{
    if (keys->n_runs == keys->cap) {
        size_t more = keys->cap / 8 + 64;
        hg_status st = hg_budget_take(keys->budget, more * sizeof(run), err);
        if (st != HG_OK)
            return st;
        run *runs = realloc(keys->runs, (keys->cap + more) * sizeof *runs);
        if (!runs) {
            keys->budget->used -= more * sizeof(run);
            return hg_fail_nomem(err);
        }
        keys->runs = runs;
        keys->cap += more;
    }
    keys->runs[keys->n_runs++] = (run){ number, 1, row };
    return HG_OK;
}

/* Add a number above all others. */
static hg_status add_above(hg_keys *keys, uint64_t number, uint64_t row, hg_err *err)
{
    run *last = keys->n_runs > 0 ? &keys->runs[keys->n_runs - 1] : NULL;
    keys->n++;
    if (!last || number != last->first + last->n || row != last->row + last->n)
        return add_run(keys, number, row, err);
    last->n++;
    return HG_OK;
}

/* ---- both ---- */

void hg_keys_expect(const hg_keys *keys, hg_hash hash)
{
    const table *t = &keys->tables[hash.a >> 56];
    if (t->cap > 0)
        __builtin_prefetch(&t->entries[home(hash.a, t->cap)]);
}

hg_status hg_keys_add_hash(hg_keys *keys, hg_hash hash, uint64_t row, uint64_t *first,
                           hg_err *err)
{
    table *t = &keys->tables[hash.a >> 56];
    bool there = false;
    if (is_number(hash)) {
        *first = 0;
        if (is_above_all(keys, hash.b))
            return add_above(keys, hash.b, row, err);
        if ((*first = row_in_runs(keys, hash.b)) != 0) {
            *first = *first == row ? 0 : *first;
            return HG_OK;
        }
        keys->highest = hash.b > keys->highest ? hash.b : keys->highest;
    }
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
    return hg_keys_add_hash(keys, hg_hash_of(key), row, first, err);
}

uint64_t hg_keys_find(const hg_keys *keys, hg_slice key)
{
    hg_hash hash = hg_hash_of(key); /* of bytes, so in no run */
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
    keys->budget->used -= keys->cap * sizeof(run);
    free(keys->runs);
    free(keys);
}
