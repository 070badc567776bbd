/* trial.h - a recipe tried on one sheet: whether it fits, and what then became of each
 * cell. What a guess is judged by. */
#ifndef HG_RECIPE_TRIAL_H
#define HG_RECIPE_TRIAL_H

#include "recipe/layout.h"

/* What one column of the table came out as. */
typedef struct hg_trial_column {
    size_t blank;    /* rows without a text there */
    bool numbers;    /* every text is a plain number, and there is one; */
    bool integers;   /* without decimals, and without zeros before it */
    bool dates;      /* every text is an ISO 8601 date */
    char letters[8]; /* of a status: those that occur, in their order, closed by a NUL */
} hg_trial_column;

typedef struct hg_trial {
    hg_doc *doc;
    hg_recipe *recipe;
    hg_layout *layout; /* the sheet is read in it where the recipe fits */
    bool fits;
    hg_err why;                   /* it does not fit: the first reason */
    const hg_recipe_table *table; /* the first, of which the columns are */
    size_t tables, rows;
    size_t wrong_sums, hidden; /* findings of recipe/layout.h */
    hg_trial_column columns[HG_RECIPE_FIELDS];
} hg_trial;

/*
 * Try a recipe, which is not changed, on a sheet. That it does not fit is no failure:
 * HG_OK, with fits and why. HG_ENOMEM. hg_trial_release() after either. The sheet's
 * grid outlives the trial; of a recipe without "ignore" of areas it stays as it is.
 */
hg_status hg_trial_run(hg_trial *trial, const hg_json *recipe, hg_grid *grid,
                       const char *file, const char *sheet, hg_err *err);
void hg_trial_release(hg_trial *trial);

#endif
