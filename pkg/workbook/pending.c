/* pending - cells that were read in a piece of a document and wait to be fetched */
#include "workbook/pending.h"

#include <stdlib.h>
#include <string.h>

void hg_pending_begin(hg_pending *p)
{
    const struct hg_waiting *last = p->n > 0 ? &p->list[p->n - 1] : NULL;
    p->texts.len = last ? last->text + last->cell.text.n : 0;
    p->runs.n = last ? last->run + last->cell.n_runs : 0;
    p->text_from = p->texts.len;
    p->runs_from = p->runs.n;
}

hg_status hg_pending_font(hg_pending *p, const char *font, bool bold, bool italic,
                          const hg_loc *loc, hg_err *err)
{
    hg_cell_run run = { p->texts.len - p->text_from, font, bold, italic };
    return hg_runs_add(&p->runs, p->runs_from, run, loc, err);
}

/* Room for one more of a list. */
static hg_status grow(void *list, size_t n, size_t *cap, size_t size, hg_err *err)
{
    void **at = list, *more;
    if (n < *cap)
        return HG_OK;
    size_t wider = *cap ? *cap * 2 : 64;
    if (!(more = realloc(*at, wider * size)))
        return hg_fail_nomem(err);
    *at = more;
    *cap = wider;
    return HG_OK;
}

hg_status hg_pending_end(hg_pending *p, const hg_cell *cell, const hg_loc *loc,
                         hg_err *err)
{
    hg_status st = hg_buf_status(&p->texts, err);
    if (st == HG_OK)
        st = grow(&p->list, p->n, &p->cap, sizeof *p->list, err);
    if (st != HG_OK)
        return st;
    if (p->texts.len - p->text_from > HG_PENDING_TEXT)
        return hg_fail(err, HG_EINPUT, loc, "a text of more than %zu bytes",
                       HG_PENDING_TEXT);
    struct hg_waiting *w = &p->list[p->n++];
    *w = (struct hg_waiting){ *cell, p->text_from, p->runs_from };
    w->cell.text.n = p->texts.len - p->text_from;
    w->cell.n_runs = p->runs.n - p->runs_from;
    hg_pending_begin(p);
    return HG_OK;
}

hg_status hg_pending_merge(hg_pending *p, uint32_t row, uint32_t col, uint64_t rows,
                           uint64_t cols, const hg_loc *loc, hg_err *err)
{
    if (row + rows - 1 > HG_CELL_MAX_ROW || col + cols - 1 > HG_CELL_MAX_COL)
        return hg_fail(err, HG_EINPUT, loc, "a merged area beyond the largest sheet");
    if (p->n_merged == HG_PENDING_MERGED)
        return hg_fail(err, HG_EINPUT, loc, "more than %zu merged areas",
                       HG_PENDING_MERGED);
    hg_status st = grow(&p->merged, p->n_merged, &p->cap_merged, sizeof *p->merged, err);
    if (st == HG_OK)
        p->merged[p->n_merged++] =
            (hg_area){ row, col, (uint32_t)(row + rows - 1), (uint32_t)(col + cols - 1) };
    return st;
}

/* All were fetched: the cell under way moves to the front. */
static void reuse(hg_pending *p)
{
    size_t bytes = p->texts.len - p->text_from, runs = p->runs.n - p->runs_from;
    if (bytes > 0)
        memmove(p->texts.data, p->texts.data + p->text_from, bytes);
    if (runs > 0)
        memmove(p->runs.list, p->runs.list + p->runs_from, runs * sizeof *p->runs.list);
    p->texts.len = bytes;
    p->runs.n = runs;
    p->text_from = p->runs_from = p->n = p->next = 0;
}

bool hg_pending_next(hg_pending *p, hg_cell *cell)
{
    if (p->next == p->n) {
        reuse(p);
        return false;
    }
    const struct hg_waiting *w = &p->list[p->next++];
    *cell = w->cell;
    cell->text.p = p->texts.data ? p->texts.data + w->text : "";
    cell->runs = cell->n_runs > 0 ? p->runs.list + w->run : NULL;
    return true;
}

void hg_pending_release(hg_pending *p)
{
    hg_buf_release(&p->texts);
    hg_runs_release(&p->runs);
    free(p->list);
    free(p->merged);
    *p = (hg_pending){ 0 };
}
