/* judge.h - what became of the numbers of a sheet under a recipe that fits it: those that
 * are lost, and those that are no values and came out as such. */
#ifndef HG_RECIPE_JUDGE_H
#define HG_RECIPE_JUDGE_H

#include "recipe/shape.h"
#include "recipe/trial.h"

typedef struct hg_judgement {
    size_t values; /* cells that came out as values, or in a column of a list */
    size_t lost;   /* numbers that are no value, year, heading, ruler, label, numbering */
    size_t odd;    /* values that look like codes, years, numberings or headings */
    const hg_cell *first_lost, *first_odd; /* of the sheet's grid; NULL: none */
} hg_judgement;

void hg_judge(hg_judgement *judgement, const hg_trial *trial, const hg_shape *shape,
              const hg_grid *grid);

#endif
