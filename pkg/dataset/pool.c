/* pool - texts kept once */
#include "dataset/pool.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK ((size_t)1 << 14) /* bytes allocated at once */
#define FIRST ((size_t)1 << 8)  /* slots of a new pool; a power of two */

typedef struct chunk {
    struct chunk *next;
    size_t used, cap;
    char bytes[];
} chunk;

struct hg_pool {
    const char **slots; /* open addressing; at most half of them in use */
    size_t n, cap, bytes;
    chunk *chunks;
};

hg_status hg_pool_new(hg_pool **out, hg_err *err)
{
    hg_pool *pool = calloc(1, sizeof *pool);
    *out = NULL;
    if (pool)
        pool->slots = calloc(FIRST, sizeof *pool->slots);
    if (!pool || !pool->slots) {
        free(pool);
        return hg_fail_nomem(err);
    }
    pool->cap = FIRST;
    *out = pool;
    return HG_OK;
}

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
static size_t hash(const char *p, size_t n)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 1099511628211u;
    return (size_t)h;
}

/* Where a text is, or would be put. */
static const char **slot(const char **slots, size_t cap, const char *p, size_t n)
{
    size_t i = hash(p, n) & (cap - 1);
    while (slots[i] && !(strncmp(slots[i], p, n) == 0 && slots[i][n] == '\0'))
        i = (i + 1) & (cap - 1);
    return &slots[i];
}

static bool grow(hg_pool *pool)
{
    size_t cap = pool->cap * 2;
    const char **slots = calloc(cap, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < pool->cap; i++)
        if (pool->slots[i])
            *slot(slots, cap, pool->slots[i], strlen(pool->slots[i])) = pool->slots[i];
    free(pool->slots);
    pool->slots = slots;
    pool->cap = cap;
    return true;
}

static char *room(hg_pool *pool, size_t n)
{
    chunk *c = pool->chunks;
    if (pool->bytes + n > HG_POOL_MAX)
        return NULL;
    if (!c || c->cap - c->used < n) {
        size_t cap = n < CHUNK ? CHUNK : n;
        c = malloc(sizeof *c + cap);
        if (!c)
            return NULL;
        *c = (chunk){ .next = pool->chunks, .cap = cap };
        pool->chunks = c;
    }
    pool->bytes += n;
    c->used += n;
    return c->bytes + c->used - n;
}

const char *hg_pool_keep(hg_pool *pool, hg_slice text)
{
    const char **at = slot(pool->slots, pool->cap, text.n ? text.p : "", text.n);
    if (*at)
        return *at;
    if (2 * pool->n >= pool->cap) {
        if (!grow(pool))
            return NULL;
        at = slot(pool->slots, pool->cap, text.n ? text.p : "", text.n);
    }
    char *copy = room(pool, text.n + 1);
    if (!copy)
        return NULL;
    if (text.n > 0)
        memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    pool->n++;
    return *at = copy;
}

void hg_pool_free(hg_pool *pool)
{
    if (!pool)
        return;
    for (chunk *c = pool->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(pool->slots);
    free(pool);
}
