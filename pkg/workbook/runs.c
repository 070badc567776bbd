/* runs - the runs of texts in several fonts, as they are read */
#include "workbook/runs.h"

#include <stdlib.h>

static bool alike(const hg_cell_run *a, const hg_cell_run *b)
{
    return a->font == b->font && a->bold == b->bold && a->italic == b->italic;
}

static hg_status room(hg_runs *runs, const hg_loc *loc, hg_err *err)
{
    if (runs->n == HG_RUNS_MAX)
        return hg_fail(err, HG_EINPUT, loc, "more than %u changes of font in a text",
                       HG_RUNS_MAX);
    if (runs->n < runs->cap)
        return HG_OK;
    size_t cap = runs->cap ? runs->cap * 2 : 16;
    hg_cell_run *list = realloc(runs->list, cap * sizeof *list);
    if (!list)
        return hg_fail_nomem(err);
    runs->list = list;
    runs->cap = cap;
    return HG_OK;
}

hg_status hg_runs_add(hg_runs *runs, size_t from, hg_cell_run run, const hg_loc *loc,
                      hg_err *err)
{
    hg_status st = hg_names_keep(&runs->fonts, &run.font, loc, err);
    if (st == HG_OK && runs->n > from && runs->list[runs->n - 1].at == run.at)
        runs->n--;
    if (st != HG_OK || (runs->n > from && alike(&runs->list[runs->n - 1], &run)))
        return st;
    if ((st = room(runs, loc, err)) == HG_OK)
        runs->list[runs->n++] = run;
    return st;
}

void hg_runs_release(hg_runs *runs)
{
    free(runs->list);
    hg_names_release(&runs->fonts);
    *runs = (hg_runs){ 0 };
}
