/* A grid gives the cell at a place, and a merged area's value over its whole range. */
#include "workbook/grid.h"
#include "unit.h"

#include <stdio.h>

static hg_grid *grid;
static hg_err err;

static void add(uint32_t row, uint32_t col, const char *text)
{
    hg_cell cell = {
        .row = row, .col = col, .type = HG_CELL_TEXT, .text = hg_slice_of(text)
    };
    ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
}

static void setup(void)
{
    err = (hg_err)HG_ERR_INIT;
    ck_assert_int_eq(hg_grid_new(&grid, &err), HG_OK);
}

static void teardown(void)
{
    hg_grid_free(grid);
}

START_TEST(a_cell_is_found_at_its_place_and_nowhere_else)
{
    add(2, 3, "a");
    add(2, 5, "");
    add(7, 1, "b");
    ck_assert_int_eq(hg_grid_merge(grid, NULL, 0, &err), HG_OK);
    ck_assert_uint_eq(hg_grid_rows(grid), 7);
    ck_assert_uint_eq(hg_grid_cols(grid), 3);
    ck_assert(hg_slice_is(hg_grid_at(grid, 2, 3)->text, "a"));
    ck_assert(hg_slice_is(hg_grid_at(grid, 7, 1)->text, "b"));
    ck_assert_ptr_null(hg_grid_at(grid, 2, 5));
    ck_assert_ptr_null(hg_grid_at(grid, 3, 2));
    ck_assert_ptr_null(hg_grid_at(grid, 8, 1));
}
END_TEST

START_TEST(texts_are_nfc_and_last_as_long_as_the_grid)
{
    char text[32];
    for (uint32_t i = 1; i <= 20000; i++) {
        snprintf(text, sizeof text, "a\xCC\x81%u", i); /* a and a combining accent */
        add(i, 1, text);
    }
    for (uint32_t i = 1; i <= 20000; i++) {
        snprintf(text, sizeof text, "\xC3\xA1%u", i);
        ck_assert(hg_slice_is(hg_grid_at(grid, i, 1)->text, text));
    }
}
END_TEST

START_TEST(names_of_fonts_and_formats_are_the_grids_own)
{
    char font[] = "Arial", format[] = "0.0";
    hg_cell cell = { .row = 1,
                     .col = 1,
                     .type = HG_CELL_NUMBER,
                     .text = HG_SLICE("1"),
                     .font = font,
                     .format = format };
    ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
    font[0] = format[0] = 'x';
    ck_assert_str_eq(hg_grid_at(grid, 1, 1)->font, "Arial");
    ck_assert_str_eq(hg_grid_at(grid, 1, 1)->format, "0.0");
}
END_TEST

START_TEST(a_merged_area_gives_its_first_value_and_drops_what_it_covers)
{
    const hg_area areas[] = { { 5, 1, 9, 1 }, { 1, 2, 2, 4 }, { 3, 3, 3, 4 } };
    size_t n;
    add(1, 1, "left");
    add(1, 2, "head");
    add(2, 4, "covered");
    add(5, 1, "tall");
    add(6, 2, "beside");
    ck_assert_int_eq(hg_grid_merge(grid, areas, 3, &err), HG_OK);
    ck_assert(hg_slice_is(hg_grid_spread(grid, 2, 4)->text, "head"));
    ck_assert(hg_slice_is(hg_grid_spread(grid, 9, 1)->text, "tall"));
    ck_assert(hg_slice_is(hg_grid_spread(grid, 1, 1)->text, "left"));
    ck_assert_ptr_null(hg_grid_spread(grid, 3, 4));
    ck_assert_ptr_null(hg_grid_at(grid, 2, 4));
    ck_assert_ptr_null(hg_grid_area(grid, 4, 1));
    ck_assert_uint_eq(hg_grid_area(grid, 7, 1)->row1, 5);
    ck_assert(hg_grid_covered(grid, 1, 3));
    ck_assert(!hg_grid_covered(grid, 1, 2));
    ck_assert_uint_eq(hg_grid_cols(grid), 2);
    ck_assert_ptr_nonnull(hg_grid_cells(grid, &n));
    ck_assert_uint_eq(n, 4);
}
END_TEST

START_TEST(a_grid_takes_so_many_cells_and_no_more)
{
    hg_cell cell = { .col = 1, .type = HG_CELL_TEXT, .text = HG_SLICE("x") };
    for (cell.row = 1; cell.row <= HG_GRID_MAX_CELLS; cell.row++)
        ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
    ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_EINPUT);
    ck_assert_uint_eq(err.row, HG_GRID_MAX_CELLS + 1);
}
END_TEST

TCase *tests_grid(void)
{
    TCase *tests = tcase_create("grid");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_cell_is_found_at_its_place_and_nowhere_else);
    tcase_add_test(tests, texts_are_nfc_and_last_as_long_as_the_grid);
    tcase_add_test(tests, names_of_fonts_and_formats_are_the_grids_own);
    tcase_add_test(tests, a_merged_area_gives_its_first_value_and_drops_what_it_covers);
    tcase_add_test(tests, a_grid_takes_so_many_cells_and_no_more);
    return tests;
}
