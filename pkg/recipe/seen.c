/* seen - keys met so far */
#include "recipe/seen.h"

#include <stdlib.h>
#include <string.h>

#define FIRST ((size_t)1 << 10) /* slots of a new set; a power of two */

struct hg_seen {
    size_t width, n, cap;   /* cap: of keys and places */
    const char **keys;      /* width texts for each key */
    hg_seen_place *places;  /* one for each key */
    size_t *slots, n_slots; /* open addressing: index of a key + 1; at most half in use */
};

hg_status hg_seen_new(hg_seen **out, size_t width, hg_err *err)
{
    hg_seen *seen = calloc(1, sizeof *seen);
    *out = NULL;
    if (seen)
        seen->slots = calloc(FIRST, sizeof *seen->slots);
    if (!seen || !seen->slots) {
        free(seen);
        return hg_fail_nomem(err);
    }
    seen->width = width;
    seen->n_slots = FIRST;
    *out = seen;
    return HG_OK;
}

/* Multiplicative hashing of the addresses (Knuth, TAOCP 3, 6.4). */
static size_t hash(const char *const *key, size_t width)
{
    uint64_t h = 0;
    for (size_t i = 0; i < width; i++)
        h = (h ^ (uintptr_t)key[i]) * 11400714819323198485u;
    return (size_t)(h >> 20);
}

static size_t *slot(const hg_seen *seen, size_t *slots, size_t n, const char *const *key)
{
    size_t bytes = seen->width * sizeof *key;
    size_t i = hash(key, seen->width) & (n - 1);
    while (slots[i] && memcmp(seen->keys + (slots[i] - 1) * seen->width, key, bytes) != 0)
        i = (i + 1) & (n - 1);
    return &slots[i];
}

static bool grow_slots(hg_seen *seen)
{
    size_t n = seen->n_slots * 2;
    size_t *slots = calloc(n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < seen->n; i++)
        *slot(seen, slots, n, seen->keys + i * seen->width) = i + 1;
    free(seen->slots);
    seen->slots = slots;
    seen->n_slots = n;
    return true;
}

static bool grow_keys(hg_seen *seen)
{
    size_t cap = seen->cap ? seen->cap * 2 : FIRST;
    const char **keys = realloc(seen->keys, cap * seen->width * sizeof *keys);
    if (keys)
        seen->keys = keys;
    hg_seen_place *places = realloc(seen->places, cap * sizeof *places);
    if (places)
        seen->places = places;
    if (!keys || !places)
        return false;
    seen->cap = cap;
    return true;
}

hg_status hg_seen_put(hg_seen *seen, const char *const *key, const hg_seen_place *place,
                      const hg_seen_place **before, hg_err *err)
{
    *before = NULL;
    if ((seen->n == seen->cap && !grow_keys(seen)) ||
        (2 * seen->n >= seen->n_slots && !grow_slots(seen)))
        return hg_fail_nomem(err);
    size_t *at = slot(seen, seen->slots, seen->n_slots, key);
    if (*at) {
        *before = &seen->places[*at - 1];
        return HG_OK;
    }
    memcpy(seen->keys + seen->n * seen->width, key, seen->width * sizeof *key);
    seen->places[seen->n] = *place;
    *at = ++seen->n;
    return HG_OK;
}

void hg_seen_free(hg_seen *seen)
{
    if (!seen)
        return;
    free(seen->keys);
    free(seen->places);
    free(seen->slots);
    free(seen);
}
