/* The texts of a sheet from before Unicode are read run by run, each by its font and by what it says. */
#include "workbook/unicode.h"
#include "unit.h"

#include <string.h>

/* A cell of one or two runs: the text of each, and its font. */
static const struct {
    const char *text, *font, *more, *more_font; /* more NULL: one run */
    const char *read;
    size_t converted, unsure; /* cells, from TCVN3 */
} cells[] = {
    { "Hµ Néi", ".VnTime", NULL, NULL, "Hà Nội", 1, 0 },
    { "TØnh ", ".VnTime", "Hậu Giang", "Arial", "Tỉnh Hậu Giang", 1, 0 },
    { "Tỉnh ", "Arial", "HËu Giang", ".VnTime", "Tỉnh Hậu Giang", 1, 0 },
    { "b¸o c¸o", ".VnTimeH", NULL, NULL, "BÁO CÁO", 1, 0 },
    { "tong hop", ".VnTimeH", NULL, NULL, "TONG HOP", 1, 0 },
    { "tong hop", ".VnTime", NULL, NULL, "tong hop", 0, 0 },
    { "tong ", ".VnTimeH", "hop", "Arial", "TONG hop", 1, 0 },
    { "Tổng số", ".VnTimeH", NULL, NULL, "Tổng số", 0, 0 },
    { "12 km²", "Arial", NULL, NULL, "12 km²", 0, 0 },
};

static hg_grid *grid_of(int i)
{
    hg_err err = HG_ERR_INIT;
    hg_grid *grid;
    hg_buf text = { 0 };
    hg_cell learnt = { .row = 1, .col = 1, .type = HG_CELL_TEXT, .font = ".VnTimeH",
                       .text = HG_SLICE("§¬n vÞ tÝnh") };
    hg_cell_run run = { 0 };
    hg_cell cell = { .row = 2, .col = 1, .type = HG_CELL_TEXT, .font = cells[i].font };
    hg_buf_puts(&text, cells[i].text);
    run.at = text.len;
    run.font = cells[i].more_font;
    hg_buf_puts(&text, cells[i].more ? cells[i].more : "");
    cell.text = (hg_slice){ text.data, text.len };
    cell.runs = cells[i].more ? &run : NULL;
    cell.n_runs = cells[i].more != NULL;
    ck_assert_int_eq(hg_grid_new(&grid, &err), HG_OK);
    ck_assert_int_eq(hg_grid_add(grid, &learnt, &err), HG_OK);
    ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
    ck_assert_int_eq(hg_grid_merge(grid, NULL, 0, &err), HG_OK);
    hg_buf_release(&text);
    return grid;
}

START_TEST(each_run_of_a_cell_is_read_by_its_font)
{
    hg_err err = HG_ERR_INIT;
    hg_unicode unicode;
    hg_grid *grid = grid_of(_i);
    hg_unicode_init(&unicode);
    hg_unicode_learn(&unicode, grid);
    ck_assert_int_eq(hg_unicode_convert(&unicode, grid, "S", &err), HG_OK);
    ck_assert_str_eq(hg_grid_at(grid, 2, 1)->text.p, cells[_i].read);
    ck_assert_str_eq(hg_grid_at(grid, 1, 1)->text.p, "ĐƠN VỊ TÍNH");
    ck_assert_uint_eq(unicode.counts.converted[HG_VN_TCVN3].texts, 1 + cells[_i].converted);
    ck_assert_uint_eq(unicode.counts.unsure.texts, cells[_i].unsure);
    hg_unicode_release(&unicode);
    hg_grid_free(grid);
}
END_TEST

TCase *tests_unicode(void)
{
    TCase *tests = tcase_create("unicode");
    tcase_add_loop_test(tests, each_run_of_a_cell_is_read_by_its_font, 0, sizeof cells / sizeof *cells);
    return tests;
}
