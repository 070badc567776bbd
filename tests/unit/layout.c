/* Tables as forms lay them out give tidy rows; what a recipe does not cover is refused at its cell. The forms are the
 * folders of tests/cases/recipe: a recipe, a sheet as tests/unit/sheet.h has it, and what comes out. In valid/ expected.txt
 * has the rows, "A1 value,value", told.txt what is told, "sum-error B2"; either may be missing. In invalid/ it has the
 * place and a part of the message; the place "!" stands for none. */
#include "base/file.h"
#include "recipe/layout.h"
#include "sheet.h"
#include "text/message.h"
#include "unit.h"

#include <dirent.h>

#define CASES "tests/cases/recipe/"

/* The text of a file of the case; false: it is not there. */
static bool load(hg_buf *out, const char *folder, const char *name)
{
    hg_err err = HG_ERR_INIT;
    hg_buf path = { 0 };
    hg_buf_clear(out);
    hg_buf_printf(&path, "%s/%s", folder, name);
    bool there = hg_file_load(out, path.data, &err) == HG_OK;
    if (out->len > 0 && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
    hg_buf_release(&path);
    return there;
}

static const char *codes(void *with, const char *name)
{
    hg_buf *text = with, file = { 0 };
    hg_buf_printf(&file, "%s.csv", name);
    bool there = load(text, CASES "codes", file.data);
    hg_buf_release(&file);
    return there ? text->data : NULL;
}

static void tell(void *with, const hg_finding *finding)
{
    hg_buf *told = with;
    char a1[24];
    hg_text_a1(a1, finding->row, finding->col);
    hg_buf_printf(told, "%s%s %s", told->len > 0 ? "\n" : "", finding->code, a1);
}

/* What comes out of a case. */
typedef struct outcome {
    hg_buf rows, told;
    hg_err err;
} outcome;

/* Put all rows into the outcome, as expected.txt has them. */
static hg_status run(const char *recipe_text, const char *sheet_text, outcome *o)
{
    hg_doc *doc = NULL;
    hg_recipe *recipe = NULL;
    hg_layout *layout = NULL;
    hg_grid *grid = sheet_grid(sheet_text);
    hg_buf lists = { 0 };
    const hg_slice *cells;
    hg_origin at;
    hg_status st = hg_doc_parse(&doc, "recipe.json", hg_slice_of(recipe_text), &o->err);
    if (st == HG_OK)
        st = hg_recipe_new(&recipe, doc, codes, &lists, &o->err);
    const hg_recipe_table *table;
    const bool use[] = { true, true, true, true };
    const hg_layout_sheet sheet = { grid, "f.xlsx", "S", use };
    if (st == HG_OK)
        st = hg_layout_new(&layout, recipe, tell, &o->told, &o->err);
    if (st == HG_OK)
        st = hg_layout_read(layout, &sheet, &o->err);
    while (st == HG_OK &&
           (st = hg_layout_next(layout, &table, &cells, &at, &o->err)) == HG_OK) {
        char a1[24];
        hg_text_a1(a1, at.row, at.col);
        hg_buf_printf(&o->rows, "%s%s ", o->rows.len > 0 ? "\n" : "", a1);
        for (size_t i = 0; i < table->n; i++)
            hg_buf_printf(&o->rows, "%s%.*s", i > 0 ? "," : "", (int)cells[i].n, cells[i].p);
    }
    hg_layout_free(layout);
    hg_grid_free(grid);
    hg_recipe_free(recipe);
    hg_doc_free(doc);
    hg_buf_release(&lists);
    return st;
}

/* Whether the case is refused where and as its expected.txt says. */
static bool is_refused(const outcome *o, const char *expected, hg_buf *said)
{
    size_t n = strcspn(expected, "\n");
    hg_buf place = { 0 };
    hg_loc loc = { .sheet = o->err.grid ? "" : NULL, .row = o->err.row, .col = o->err.col };
    hg_text_place(&place, &loc);
    hg_buf_printf(said, "%s ", place.data ? place.data : "");
    hg_text_args(said, o->err.format ? o->err.format : "", HG_EN, o->err.args, sizeof o->err.args);
    hg_buf_clear(&place);
    hg_buf_put(&place, expected, n);
    bool fine = o->err.status == HG_EARG || o->err.status == HG_EINPUT;
    fine = fine && (strcmp(place.data, "!") == 0 ? o->err.row == 0
                                                 : strstr(said->data, place.data) != NULL);
    hg_buf_release(&place);
    return fine && expected[n] == '\n' && strstr(said->data, expected + n + 1);
}

static bool same(const hg_buf *got, const hg_buf *expected)
{
    return strcmp(got->data ? got->data : "", expected->data ? expected->data : "") == 0;
}

/* Run one case; says what is wrong with it. */
static bool try(const char *folder, bool valid, hg_buf *wrong)
{
    hg_buf recipe = { 0 }, sheet = { 0 }, expected = { 0 }, said = { 0 };
    outcome o = { .err = HG_ERR_INIT };
    bool fine = load(&recipe, folder, "recipe.json") && load(&sheet, folder, "sheet.txt");
    ck_assert_msg(fine, "%s lacks a file", folder);
    hg_status st = run(recipe.data, sheet.data ? sheet.data : "", &o);
    bool rows = load(&expected, folder, "expected.txt");
    if (!valid)
        fine = rows && is_refused(&o, expected.data, &said);
    else if (st != HG_END)
        fine = is_refused(&o, "!\n", &said) && false;
    else if (rows)
        fine = same(&o.rows, &expected);
    if (!fine)
        hg_buf_printf(wrong, "\n%s: %s\n%s", folder, said.data ? said.data : "",
                      o.rows.data ? o.rows.data : "");
    if (valid && load(&expected, folder, "told.txt") && !same(&o.told, &expected)) {
        hg_buf_printf(wrong, "\n%s tells:\n%s", folder, o.told.data ? o.told.data : "");
        fine = false;
    }
    hg_buf_release(&recipe);
    hg_buf_release(&sheet);
    hg_buf_release(&expected);
    hg_buf_release(&said);
    hg_buf_release(&o.rows);
    hg_buf_release(&o.told);
    return fine;
}

/* Run all cases of a folder. */
static void try_all(const char *folder, bool valid)
{
    hg_buf path = { 0 }, wrong = { 0 };
    size_t n = 0, failed = 0;
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        hg_buf_clear(&path);
        hg_buf_printf(&path, "%s/%s", folder, entry->d_name);
        n++;
        failed += !try(path.data, valid, &wrong);
    }
    closedir(dir);
    ck_assert_msg(failed == 0 && n > 0, "%zu of %zu cases:%s", failed, n, wrong.data);
    hg_buf_release(&path);
    hg_buf_release(&wrong);
}

START_TEST(forms_give_their_rows)
{
    try_all(CASES "valid", true);
}
END_TEST

START_TEST(forms_that_do_not_fit_are_refused_at_their_cell)
{
    try_all(CASES "invalid", false);
}
END_TEST

TCase *tests_layout(void)
{
    TCase *tests = tcase_create("layout");
    tcase_add_test(tests, forms_give_their_rows);
    tcase_add_test(tests, forms_that_do_not_fit_are_refused_at_their_cell);
    return tests;
}
