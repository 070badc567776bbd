/* crosstab_marks - which lines, and which figures alone, are provisional or estimates */
#include "report/crosstab_inside.h"

/* Bring in one more figure of a line: *all is the status that those before it share, '?'
 * none yet, 0 where they differ or are not marked. */
static void join(char *all, const hg_figure *f)
{
    if (!f->number || f->compute || *all == 0)
        return;
    bool shown = f->status == 'P' || f->status == 'E';
    *all = shown && (*all == '?' || *all == f->status) ? f->status : 0;
}

static char column_mark(const hg_crosstab *x, uint32_t leaf)
{
    char all = '?';
    for (size_t b = 0; b < x->n_blocks; b++)
        for (uint32_t row = 0; row < x->blocks[b].rows.n; row++)
            join(&all, &x->blocks[b].figures[(size_t)row * x->n_leaves + leaf]);
    return all == '?' ? 0 : all;
}

/* Columns that are marked as a whole do not count. */
static char row_mark(const hg_crosstab *x, const hg_cross_block *b, uint32_t row)
{
    char all = '?';
    for (uint32_t leaf = 0; leaf < x->n_leaves; leaf++)
        if (!x->columns.lines[x->leaves[leaf]].mark)
            join(&all, &b->figures[(size_t)row * x->n_leaves + leaf]);
    return all == '?' ? 0 : all;
}

/* Mark the columns, then the rows, whose figures are all provisional or all estimates. */
static void mark_lines(hg_crosstab *x)
{
    for (uint32_t leaf = 0; leaf < x->n_leaves; leaf++) {
        hg_line *col = &x->columns.lines[x->leaves[leaf]];
        if (!col->node->compute)
            col->mark = column_mark(x, leaf);
    }
    for (size_t b = 0; b < x->n_blocks; b++)
        for (uint32_t row = 0; row < x->blocks[b].rows.n; row++)
            x->blocks[b].rows.lines[row].mark = row_mark(x, &x->blocks[b], row);
}

/* Whether some figure needs a mark of its own, for the legend. */
static void find_marked(hg_crosstab *x)
{
    for (size_t b = 0; b < x->n_blocks; b++)
        for (size_t i = 0; i < (size_t)x->blocks[b].rows.n * x->n_leaves; i++) {
            const hg_figure *f = &x->blocks[b].figures[i];
            char mark = x->columns.lines[x->leaves[i % x->n_leaves]].mark;
            mark = mark ? mark : x->blocks[b].rows.lines[i / x->n_leaves].mark;
            x->provisional |= f->number && f->status == 'P' && mark != 'P';
            x->estimate |= f->number && f->status == 'E' && mark != 'E';
        }
}

void hg_crosstab_mark(hg_crosstab *x)
{
    mark_lines(x);
    find_marked(x);
}
