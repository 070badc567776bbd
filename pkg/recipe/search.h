/* search.h - the simplest recipe that fits one sheet and loses nothing of it. */
#ifndef HG_RECIPE_SEARCH_H
#define HG_RECIPE_SEARCH_H

#include "recipe/reasons.h"
#include "recipe/shape.h"
#include "recipe/trial.h"

/* The sheet that is searched for; sheet is NULL for a text. */
typedef struct hg_searched {
    const hg_shape *shape;
    hg_grid *grid;
    const char *file, *sheet;
} hg_searched;

typedef struct hg_found {
    hg_json *recipe; /* NULL: the sheet has no table; the caller frees */
    hg_trial_column columns[HG_RECIPE_FIELDS];
} hg_found;

/*
 * Try candidates, simple ones first, and tell reasons for the one that is taken. Where
 * none fits that loses nothing it is the first that fits; where none fits, the first one;
 * the confidence is then low. HG_ENOMEM.
 */
hg_status hg_search(hg_found *found, const hg_searched *sheet, hg_reasons *reasons,
                    hg_err *err);

#endif
