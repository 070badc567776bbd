/* extract - a recipe guessed for a source */
#include "format/source.h"
#include "recipe/guess.h"
#include "report/reread.h"
#include "work/extract.h"

#include <string.h>

static hg_status take_sheets(hg_guess *guess, hg_source *source, const char *only,
                             hg_err *err)
{
    bool book = hg_source_is_workbook(source), any = false;
    size_t n = book ? hg_source_sheets(source) : 1;
    hg_status st = HG_OK;
    for (size_t i = 0; i < n && st == HG_OK; i++) {
        const hg_sheet *sheet = hg_source_sheet(source, i);
        hg_grid *grid = NULL;
        if (book && only && strcmp(only, sheet->name) != 0)
            continue;
        any = true;
        if (book && !only && sheet->visibility != HG_VISIBLE) {
            hg_guess_hidden(guess, sheet->name);
            continue;
        }
        st = hg_source_grid(&grid, source, i, err);
        if (st == HG_OK)
            st = hg_guess_sheet(guess, grid, book ? sheet->name : NULL, err);
        hg_grid_free(grid);
    }
    if (st == HG_OK && !any)
        st = hg_fail(err, HG_EARG, HG_AT(hg_source_name(source)), "there is no sheet '%s'", only);
    return st;
}

hg_status hg_extract_guess(hg_json **recipe, unsigned *percent, bool *report,
                           const char *name, const hg_extract_opts *opts, hg_err *err)
{
    const hg_source_opts how = { .tmp = opts->tmp, .text = opts->text };
    hg_source *source = NULL;
    hg_guess *guess = NULL;
    *recipe = NULL;
    hg_status st = hg_source_open(&source, name, &how, err);
    if (st == HG_OK)
        st = hg_guess_new(&guess, name, opts->lang, err);
    if (st == HG_OK)
        st = take_sheets(guess, source, opts->sheet, err);
    if (st == HG_OK)
        st = hg_guess_end(guess, recipe, percent, err);
    *report = st == HG_OK && hg_reread_likely(source);
    hg_guess_free(guess);
    hg_source_free(source);
    return st;
}
