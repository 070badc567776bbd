/* names - a set of names, each kept once */
#include "base/names.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a (Fowler, Noll, Vo), 64 bits */
static uint64_t hash(const char *text)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return h;
}

/* The slot where a name is, or would be; at least one slot is free. */
static size_t *find(const hg_names *names, const char *text)
{
    size_t i = (size_t)hash(text) & (names->cap - 1);
    while (names->slots[i] && strcmp(names->list[names->slots[i] - 1], text) != 0)
        i = (i + 1) & (names->cap - 1);
    return &names->slots[i];
}

/* Twice as many slots as names, at least. */
static hg_status grow(hg_names *names, hg_err *err)
{
    size_t cap = names->cap ? names->cap * 2 : 32;
    size_t *slots = calloc(cap, sizeof *slots);
    char **list = realloc(names->list, cap / 2 * sizeof *list);
    if (list)
        names->list = list;
    if (!slots || !list) {
        free(slots);
        return hg_fail_nomem(err);
    }
    free(names->slots);
    names->slots = slots;
    names->cap = cap;
    for (size_t i = 0; i < names->n; i++)
        *find(names, names->list[i]) = i + 1;
    return HG_OK;
}

static hg_status add(hg_names *names, const char *text, const hg_loc *loc, hg_err *err)
{
    size_t n = strlen(text) + 1;
    if (names->n == HG_NAMES_MAX || n > HG_NAMES_MAX_BYTES - names->bytes)
        return hg_fail(err, HG_EINPUT, loc, "more than %u names of fonts or formats",
                       HG_NAMES_MAX);
    if (names->n * 2 == names->cap && grow(names, err) != HG_OK)
        return err->status;
    char *copy = malloc(n);
    if (!copy)
        return hg_fail_nomem(err);
    memcpy(copy, text, n);
    names->bytes += n;
    names->list[names->n++] = copy;
    *find(names, text) = names->n;
    return HG_OK;
}

hg_status hg_names_keep(hg_names *names, const char **name, const hg_loc *loc,
                        hg_err *err)
{
    if (!*name)
        return HG_OK;
    if (names->n == 0 || strcmp(names->list[names->last], *name) != 0) {
        size_t found = names->n > 0 ? *find(names, *name) : 0;
        hg_status st = found ? HG_OK : add(names, *name, loc, err);
        if (st != HG_OK)
            return st;
        names->last = found ? found - 1 : names->n - 1;
    }
    *name = names->list[names->last];
    return HG_OK;
}

size_t hg_names_index(const hg_names *names, const char *name)
{
    return *find(names, name) - 1;
}

void hg_names_release(hg_names *names)
{
    for (size_t i = 0; i < names->n; i++)
        free(names->list[i]);
    free(names->list);
    free(names->slots);
    *names = (hg_names){ 0 };
}
