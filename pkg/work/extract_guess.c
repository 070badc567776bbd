/* extract - a recipe guessed for a source */
#include "recipe/guess.h"
#include "report/reread.h"
#include "work/extract_job.h"
#include "work/extract_sheets.h"

#include <string.h>

/* One sheet of a workbook, or a text. */
static hg_status take_sheet(hg_guess *guess, hg_sheets *from, size_t i, const char *name,
                            hg_err *err)
{
    hg_grid *grid = NULL;
    hg_status st = hg_sheets_get(from, 0, i, &grid, err);
    return st == HG_OK ? hg_guess_sheet(guess, grid, name, err) : st;
}

static hg_status take_sheets(hg_guess *guess, hg_source *source, const char *only,
                             hg_sheets *from, hg_err *err)
{
    bool any = false;
    hg_status st = HG_OK;
    if (!hg_source_is_workbook(source))
        return take_sheet(guess, from, 0, NULL, err);
    for (size_t i = 0; i < hg_source_sheets(source) && st == HG_OK; i++) {
        const hg_sheet *sheet = hg_source_sheet(source, i);
        if (only && strcmp(only, sheet->name) != 0)
            continue;
        any = true;
        if (!only && sheet->visibility != HG_VISIBLE)
            hg_guess_hidden(guess, sheet->name);
        else
            st = take_sheet(guess, from, i, sheet->name, err);
    }
    return st == HG_OK && !any ? hg_extract_no_sheet(source, only, err) : st;
}

hg_status hg_extract_guess(hg_json **recipe, unsigned *percent, bool *report,
                           const char *name, const hg_extract_opts *opts, hg_err *err)
{
    const hg_source_opts how = { .tmp = opts->tmp, .text = opts->text };
    hg_source *source = NULL;
    hg_guess *guess = NULL;
    hg_sheets *from = NULL;
    *recipe = NULL;
    hg_status st = hg_source_open(&source, name, &how, err);
    if (st == HG_OK)
        st = hg_guess_new(&guess, name, opts->lang, err);
    if (st == HG_OK)
        st = hg_sheets_new(&from, &source, 1, err);
    if (st == HG_OK)
        st = take_sheets(guess, source, opts->sheet, from, err);
    if (st == HG_OK)
        st = hg_guess_end(guess, recipe, percent, err);
    *report = st == HG_OK && hg_reread_likely(source);
    hg_guess_free(guess);
    hg_sheets_free(from);
    hg_source_free(source);
    return st;
}
