/* pending.h - cells that were read in a piece of a document and wait to be fetched. */
#ifndef HG_WORKBOOK_PENDING_H
#define HG_WORKBOOK_PENDING_H

#include "workbook/runs.h"

#define HG_PENDING_TEXT   ((size_t)1 << 20) /* bytes of one cell's text */
#define HG_PENDING_MERGED ((size_t)1 << 18) /* merged areas of one sheet */

/* Begins as { 0 }. The cell under way has its text in texts from text_from on, and its
 * runs in runs.list from runs_from on. */
typedef struct hg_pending {
    hg_buf texts;
    hg_runs runs;
    size_t text_from, runs_from;
    struct hg_waiting {
        hg_cell cell;
        size_t text, run; /* where its own begin */
    } * list;
    size_t n, cap, next; /* those up to next were fetched */
    hg_area *merged;
    size_t n_merged, cap_merged;
} hg_pending;

/* A cell begins; that under way, if there is one, is dropped. */
void hg_pending_begin(hg_pending *pending);
/* The cell under way has this font from here on; see hg_runs_add(). */
hg_status hg_pending_font(hg_pending *pending, const char *font, bool bold, bool italic,
                          const hg_loc *loc, hg_err *err);
/* Keep it, with what the caller knows of it; its text and runs are set here. HG_EINPUT
 * (loc): a text over HG_PENDING_TEXT; HG_ENOMEM. */
hg_status hg_pending_end(hg_pending *pending, const hg_cell *cell, const hg_loc *loc,
                         hg_err *err);
/* Keep a merged area of so many rows and columns. HG_EINPUT (loc): it leaves the largest
 * sheet, or there are more than HG_PENDING_MERGED; HG_ENOMEM. */
hg_status hg_pending_merge(hg_pending *pending, uint32_t row, uint32_t col, uint64_t rows,
                           uint64_t cols, const hg_loc *loc, hg_err *err);
/* Give the next cell, which borrows until the next call. false: all were given; then the
 * memory of all but the cell under way is used again. */
bool hg_pending_next(hg_pending *pending, hg_cell *cell);
void hg_pending_release(hg_pending *pending);

#endif
