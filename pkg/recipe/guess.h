/* guess.h - a recipe for a source that has none, with the reason for each decision and
 * how sure it is: candidates made from the shape of each sheet (recipe/candidate.h), the
 * simplest of which that fits and loses nothing (recipe/judge.h) is taken. */
#ifndef HG_RECIPE_GUESS_H
#define HG_RECIPE_GUESS_H

#include "json/json.h"
#include "text/message.h"
#include "workbook/grid.h"

#define HG_GUESS_SURE                                                                    \
    90 /* percent from which on a guess is good enough: extract.md's 0.9 */

typedef struct hg_guess hg_guess;

/* Start. file is the source's name; reasons are written in lang. HG_ENOMEM. */
hg_status hg_guess_new(hg_guess **out, const char *file, hg_lang lang, hg_err *err);

/*
 * Take in the next sheet, NULL being the name of a text. Sheets that a recipe made before
 * fits as well share it. That no recipe is found is no failure, but a reason. HG_ENOMEM.
 * The grid may be freed afterwards.
 */
hg_status hg_guess_sheet(hg_guess *guess, hg_grid *grid, const char *sheet, hg_err *err);
/* A sheet that is hidden, and so left out. */
void hg_guess_hidden(hg_guess *guess, const char *sheet);

/*
 * The recipe, with members of which recipes take no notice: "x-confidence" (0 to 1, the
 * least of all), "x-why" (a list of { "sheet", "of", "confidence", "why" }), and in each
 * table "x-schema", a Table Schema. *percent is the confidence. Where no sheet has a
 * table it has no columns, and so is no recipe. The caller frees *recipe. HG_ENOMEM.
 */
hg_status hg_guess_end(hg_guess *guess, hg_json **recipe, unsigned *percent, hg_err *err);
void hg_guess_free(hg_guess *guess); /* NULL is fine */

#endif
