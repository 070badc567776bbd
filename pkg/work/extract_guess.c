/* extract - a recipe guessed for a source */
#include "recipe/guess.h"
#include "report/reread.h"
#include "work/extract_job.h"

#include <string.h>

/* One sheet of a workbook, or a text, its texts in Unicode as they are for a recipe. */
static hg_status take_sheet(hg_guess *guess, hg_source *source, size_t i,
                            hg_unicode *unicode, hg_err *err)
{
    hg_grid *grid = NULL;
    bool book = hg_source_is_workbook(source);
    const char *name = book ? hg_source_sheet(source, i)->name : NULL;
    hg_status st = hg_source_grid(&grid, source, i, err);
    if (st == HG_OK && book)
        st = hg_unicode_convert(unicode, grid, name, err);
    if (st == HG_OK)
        st = hg_guess_sheet(guess, grid, name, err);
    hg_grid_free(grid);
    return st;
}

static hg_status take_sheets(hg_guess *guess, hg_source *source, const char *only,
                             hg_unicode *unicode, hg_err *err)
{
    bool book = hg_source_is_workbook(source), any = false;
    size_t n = book ? hg_source_sheets(source) : 1;
    hg_status st = book ? hg_extract_learn(unicode, source, err) : HG_OK;
    for (size_t i = 0; i < n && st == HG_OK; i++) {
        const hg_sheet *sheet = book ? hg_source_sheet(source, i) : NULL;
        if (book && only && strcmp(only, sheet->name) != 0)
            continue;
        any = true;
        if (book && !only && sheet->visibility != HG_VISIBLE)
            hg_guess_hidden(guess, sheet->name);
        else
            st = take_sheet(guess, source, i, unicode, err);
    }
    return st == HG_OK && !any ? hg_extract_no_sheet(source, only, err) : st;
}

hg_status hg_extract_guess(hg_json **recipe, unsigned *percent, bool *report,
                           const char *name, const hg_extract_opts *opts, hg_err *err)
{
    const hg_source_opts how = { .tmp = opts->tmp, .text = opts->text };
    hg_source *source = NULL;
    hg_guess *guess = NULL;
    hg_unicode unicode;
    hg_unicode_init(&unicode);
    *recipe = NULL;
    hg_status st = hg_source_open(&source, name, &how, err);
    if (st == HG_OK)
        st = hg_guess_new(&guess, name, opts->lang, err);
    if (st == HG_OK)
        st = take_sheets(guess, source, opts->sheet, &unicode, err);
    if (st == HG_OK)
        st = hg_guess_end(guess, recipe, percent, err);
    *report = st == HG_OK && hg_reread_likely(source);
    hg_guess_free(guess);
    hg_unicode_release(&unicode);
    hg_source_free(source);
    return st;
}
