/* totals - the sums that a table states */
#include "recipe/totals.h"
#include "recipe/totals_parts.h"

#include <stdlib.h>

/* The parts of a sum, as indexes of lines. */
typedef struct parts {
    size_t *list, n;
} parts;

static void compare(hg_adder *a, const hg_line *line, const parts *p)
{
    for (uint32_t col = 1; col <= a->heading->last && p->n > 1; col++) {
        hg_parts_sum sum = { 0 };
        if (a->heading->columns[col] != HG_COLUMN_VALUE)
            continue;
        for (size_t i = 0; i < p->n; i++)
            hg_adder_add(&sum, a, a->lines->list[p->list[i]].row, col, false);
        hg_adder_compare(&sum, a, line->row, col, line->label->text);
    }
}

/* The rows one level below line i, each group of them apart. */
static void compare_below(hg_adder *a, size_t i, parts *p)
{
    const hg_lines *l = a->lines;
    const hg_line *line = &l->list[i];
    p->n = 0;
    for (size_t k = i + 1; k < l->n && l->list[k].rank > line->rank &&
                           l->list[k].section == line->section &&
                           l->list[k].block == line->block;
         k++) {
        const hg_line *part = &l->list[k];
        if (part->group != HG_KIND_ITEM) {
            compare(a, line, p);
            p->n = 0;
        }
        if (part->rank == line->rank + 1 && part->valued && part->kind != HG_KIND_AMONG &&
            part->kind != HG_KIND_TOTAL)
            p->list[p->n++] = k;
    }
    compare(a, line, p);
}

/* The rows beside a total: those that follow it, or, where it is the last, those before. */
static void compare_beside(hg_adder *a, size_t i, parts *p)
{
    const hg_lines *l = a->lines;
    const hg_line *line = &l->list[i];
    for (int back = 0; back < 2; back++) {
        p->n = 0;
        for (size_t k = back ? i - 1 : i + 1; k < l->n; k = back ? k - 1 : k + 1) {
            const hg_line *part = &l->list[k];
            if (part->kind == HG_KIND_TOTAL || part->section != line->section ||
                part->block != line->block || part->group != HG_KIND_ITEM)
                break;
            if (part->rank == line->rank && part->valued && part->kind != HG_KIND_AMONG)
                p->list[p->n++] = k;
        }
        if (p->n > 1)
            break;
    }
    compare(a, line, p);
}

/* The sums over rows of one block: they have one unit, and are all sums or none. */
static void add_rows(hg_adder *a, parts *p, size_t block)
{
    for (size_t i = 0; i < a->lines->n; i++) {
        const hg_line *line = &a->lines->list[i];
        if (!line->valued || !line->label || line->block != block)
            continue;
        if (i + 1 < a->lines->n && a->lines->list[i + 1].rank > line->rank)
            compare_below(a, i, p);
        else if (line->kind == HG_KIND_TOTAL)
            compare_beside(a, i, p);
    }
}

static void add_formulas(hg_adder *a, parts *p, size_t block)
{
    (void)p;
    (void)block;
    hg_totals_formulas(a);
}

/* What is told, and to whom. */
typedef struct telling {
    bool all; /* also of sums that seldom come out */
    hg_tell *tell;
    void *with;
} telling;

/* Count the sums first; where as many come out as do not, tell of those. */
static void weigh(hg_adder *a, const telling *t,
                  void (*add)(hg_adder *a, parts *p, size_t block), parts *p, size_t block)
{
    a->right = a->wrong = 0;
    a->tell = NULL;
    add(a, p, block);
    if (!t->all && a->right < a->wrong)
        return;
    a->tell = t->tell;
    a->with = t->with;
    add(a, p, block);
}

hg_status hg_totals_tell(const hg_lines *lines, const hg_heading *heading,
                         const hg_sayings *s, const hg_grid *grid,
                         const hg_number_style *styles, hg_tell *tell, void *with)
{
    hg_adder a = { .lines = lines, .heading = heading, .s = s, .grid = grid, .styles = styles };
    const telling t = { s->table->totals == HG_TOTALS_CHECK, tell, with };
    if (s->table->totals == HG_TOTALS_OFF || !tell)
        return HG_OK;
    parts p = { .list = calloc(lines->n + 1, sizeof *p.list) };
    if (!p.list)
        return hg_fail_nomem(s->err);
    for (size_t i = 0; i < lines->n; i++)
        if (i == 0 || lines->list[i].block != lines->list[i - 1].block)
            weigh(&a, &t, add_rows, &p, lines->list[i].block);
    weigh(&a, &t, add_formulas, &p, 0);
    free(p.list);
    return HG_OK;
}
