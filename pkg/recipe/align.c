/* align - which items of an old and a new sequence are the same */
#include "recipe/align.h"

#include <stdlib.h>
#include <string.h>

/* Where a longest common subsequence goes on from a pair of items. */
enum { BOTH, OLD, NEW };

/*
 * The lengths of common subsequences from each pair on, row by row from the end; only the
 * way is kept, a byte a pair.
 */
static hg_status find_ways(const uint64_t *old, size_t n_old, const uint64_t *new,
                           size_t n_new, unsigned char *ways, hg_err *err)
{
    uint32_t *below = calloc(n_new + 1, sizeof *below),
             *here = calloc(n_new + 1, sizeof *here);
    if (!below || !here) {
        free(below);
        free(here);
        return hg_fail_nomem(err);
    }
    for (size_t i = n_old; i-- > 0;) {
        here[n_new] = 0;
        for (size_t k = n_new; k-- > 0;) {
            bool same = old[i] == new[k];
            here[k] = same                      ? below[k + 1] + 1
                      : below[k] >= here[k + 1] ? below[k]
                                                : here[k + 1];
            ways[i * n_new + k] = same ? BOTH : below[k] >= here[k + 1] ? OLD : NEW;
        }
        uint32_t *swap = below;
        below = here;
        here = swap;
    }
    free(below);
    free(here);
    return HG_OK;
}

static hg_status align_middle(const uint64_t *old, size_t n_old, const uint64_t *new,
                              size_t n_new, size_t first_new, size_t *to, hg_err *err)
{
    if (n_old == 0 || n_new == 0 || n_new > HG_ALIGN_MAX / n_old)
        return HG_OK;
    unsigned char *ways = malloc(n_old * n_new);
    if (!ways)
        return hg_fail_nomem(err);
    hg_status st = find_ways(old, n_old, new, n_new, ways, err);
    for (size_t i = 0, k = 0; i < n_old && k < n_new && st == HG_OK;) {
        unsigned char way = ways[i * n_new + k];
        if (way == BOTH)
            to[i] = first_new + k;
        i += way != NEW;
        k += way != OLD;
    }
    free(ways);
    return st;
}

/* Pair what lies between two pairs and is as many on both sides. */
static void pair_changed(size_t n_old, size_t n_new, size_t *to)
{
    size_t next_new = 0;
    for (size_t i = 0, end; i < n_old; i = end) {
        end = i + 1;
        if (to[i] != SIZE_MAX) {
            next_new = to[i] + 1;
            continue;
        }
        while (end < n_old && to[end] == SIZE_MAX)
            end++;
        size_t stop = end < n_old ? to[end] : n_new;
        for (size_t k = i; k < end && stop - next_new == end - i; k++)
            to[k] = next_new + (k - i);
    }
}

hg_status hg_align(const uint64_t *old, size_t n_old, const uint64_t *new, size_t n_new,
                   size_t *to, hg_err *err)
{
    size_t head = 0, tail = 0;
    for (size_t i = 0; i < n_old; i++)
        to[i] = SIZE_MAX;
    while (head < n_old && head < n_new && old[head] == new[head]) {
        to[head] = head;
        head++;
    }
    while (tail < n_old - head && tail < n_new - head &&
           old[n_old - 1 - tail] == new[n_new - 1 - tail]) {
        to[n_old - 1 - tail] = n_new - 1 - tail;
        tail++;
    }
    hg_status st = align_middle(old + head, n_old - head - tail, new + head,
                                n_new - head - tail, head, to + head, err);
    if (st == HG_OK)
        pair_changed(n_old, n_new, to);
    return st;
}
