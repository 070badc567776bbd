/* lines - how deep the rows of a table stand, and of what kind they are */
#include "recipe/lines_parts.h"

#include <stdlib.h>

static int by_depth(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Number the depths that occur: 1 for the outermost. */
static hg_status rank_by_depth(hg_lines *l, hg_err *err)
{
    uint32_t *depths = malloc((l->n + 1) * sizeof *depths);
    unsigned n = 0;
    if (!depths)
        return hg_fail_nomem(err);
    for (size_t i = 0; i < l->n; i++)
        depths[i] = l->list[i].depth;
    qsort(depths, l->n, sizeof *depths, by_depth);
    for (size_t i = 0; i < l->n; i++)
        if (i == 0 || depths[i] != depths[n - 1])
            depths[n++] = depths[i];
    for (size_t i = 0; i < l->n; i++) {
        unsigned k = 0;
        while (depths[k] != l->list[i].depth)
            k++;
        l->list[i].rank = k + 1;
    }
    free(depths);
    l->ranks = n;
    return HG_OK;
}

/* Does the numbering tell levels apart? Of one level it tells none, unless rows without a
 * number stand below it. */
static bool outlined(const hg_lines *l)
{
    hg_outline outline = { 0 };
    bool marked = false, deeper = false;
    for (size_t i = 0; i < l->n; i++) {
        if (l->list[i].mark.n == 0)
            continue;
        marked = true;
        deeper = hg_outline_level(&outline, l->list[i].mark) > 1 || deeper;
    }
    return marked && deeper;
}

static void rank_by_outline(hg_lines *l)
{
    hg_outline outline = { 0 };
    unsigned level = 0;
    for (size_t i = 0; i < l->n; i++) {
        hg_line *at = &l->list[i];
        if (at->mark.n > 0)
            level = at->rank = hg_outline_level(&outline, at->mark);
        else
            at->rank = at->kind == HG_KIND_TOTAL || level == 0 ? 1 : level + 1;
        l->ranks = at->rank > l->ranks ? at->rank : l->ranks;
    }
}

/* Rows under "Trong đó" and "Chia ra", down to one that stands further out. */
static void spread_groups(hg_lines *l)
{
    hg_kind group = HG_KIND_ITEM;
    unsigned rank = 0;
    for (size_t i = 0; i < l->n; i++) {
        hg_line *at = &l->list[i];
        bool new = i > 0 && (at->section != l->list[i - 1].section ||
                             at->block != l->list[i - 1].block);
        if (at->group != HG_KIND_ITEM) {
            group = at->group;
            rank = at->rank;
        } else if (new || at->rank < rank || at->kind == HG_KIND_TOTAL) {
            group = HG_KIND_ITEM;
        }
        if (at->kind == HG_KIND_ITEM)
            at->kind = group;
    }
}

hg_status hg_lines_rank(hg_lines *l, const hg_sayings *s)
{
    for (size_t i = 0; i < l->n; i++) {
        const hg_cell *label = l->list[i].label;
        hg_slice mark;
        const char *rest, *key;
        if (!label)
            continue;
        key = hg_label_key(s->label, hg_outline_part(label->text, &mark));
        l->list[i].kind =
            hg_words_total(key) ? HG_KIND_TOTAL : hg_words_group(key, &rest);
    }
    hg_status st = HG_OK;
    if (outlined(l))
        rank_by_outline(l);
    else
        st = rank_by_depth(l, s->err);
    spread_groups(l);
    return st;
}
