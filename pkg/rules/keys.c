/* keys - has this key been seen before? */
#include "rules/keys.h"

#include <stdlib.h>
#include <string.h>

#define TABLES 256

typedef struct entry {
    hg_hash hash;
    uint64_t row; /* 0: empty */
} entry;

typedef struct table {
    entry *entries;
    size_t cap, n; /* cap is a power of two, or 0 */
} table;

struct hg_keys {
    hg_budget *budget;
    size_t n;
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

/* The entry of a hash, or the empty one where it would stand. cap is not 0. */
static entry *slot(const table *t, hg_hash hash)
{
    size_t i = (size_t)hash.b & (t->cap - 1);
    while (t->entries[i].row != 0 &&
           (t->entries[i].hash.a != hash.a || t->entries[i].hash.b != hash.b))
        i = (i + 1) & (t->cap - 1);
    return &t->entries[i];
}

static hg_status grow(hg_keys *keys, table *t, hg_err *err)
{
    table bigger = { .cap = t->cap ? t->cap * 2 : 16, .n = t->n };
    hg_status st = hg_budget_take(keys->budget, bigger.cap * sizeof(entry), err);
    if (st != HG_OK)
        return st;
    if (!(bigger.entries = calloc(bigger.cap, sizeof(entry))))
        return hg_fail_nomem(err);
    for (size_t i = 0; i < t->cap; i++)
        if (t->entries[i].row != 0)
            *slot(&bigger, t->entries[i].hash) = t->entries[i];
    keys->budget->used -= t->cap * sizeof(entry);
    free(t->entries);
    *t = bigger;
    return HG_OK;
}

hg_status hg_keys_new(hg_keys **out, hg_budget *budget, hg_err *err)
{
    if (!(*out = calloc(1, sizeof **out)))
        return hg_fail_nomem(err);
    (*out)->budget = budget;
    return HG_OK;
}

hg_status hg_keys_add(hg_keys *keys, hg_slice key, uint64_t row, uint64_t *first,
                      hg_err *err)
{
    hg_hash hash = hg_hash_of(key);
    table *t = &keys->tables[hash.a >> 56];
    if (t->n + t->n / 7 >= t->cap) { /* at most 7/8 full */
        hg_status st = grow(keys, t, err);
        if (st != HG_OK)
            return st;
    }
    entry *e = slot(t, hash);
    *first = e->row;
    if (e->row == 0) {
        *e = (entry){ hash, row };
        t->n++;
        keys->n++;
    }
    return HG_OK;
}

uint64_t hg_keys_find(const hg_keys *keys, hg_slice key)
{
    hg_hash hash = hg_hash_of(key);
    const table *t = &keys->tables[hash.a >> 56];
    return t->cap == 0 ? 0 : slot(t, hash)->row;
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
        keys->budget->used -= keys->tables[i].cap * sizeof(entry);
        free(keys->tables[i].entries);
    }
    free(keys);
}
