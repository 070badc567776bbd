/* A sheet of each shape is guessed the recipe that a person would write for it, and what cannot be told for sure is
 * said to be unsure. */
#include "recipe/guess.h"
#include "recipe/judge.h"
#include "recipe/shape.h"
#include "recipe/trial.h"
#include "sheet.h"
#include "unit.h"

#include <stdio.h>

typedef struct sheet {
    const char *name, *cells; /* as sheet.h has them */
    const char *columns; /* of the recipe, in one line */
    size_t rows;         /* that it gives */
    const char *unsure;  /* NULL: its confidence is at least 0.9; or a part of the reason why it is not */
} sheet;

static const sheet sheets[] = {
    { "years over columns", "Biểu 1\nTỉnh|2020|2021\nAn|9|2\nBa|3|4\n",
      "{\"tinh\":\"row\",\"nam\":{\"from\":\"header\",\"type\":\"year\"},\"gia_tri\":\"value\"}", 4, NULL },
    { "years typed as texts", "Tỉnh|=2020|=2021\nAn|9|2\nBa|3|4\n",
      "{\"tinh\":\"row\",\"nam\":{\"from\":\"header\",\"type\":\"year\"},\"gia_tri\":\"value\"}", 4, NULL },
    { "a preliminary year needs a status", "Tỉnh|2020|Sơ bộ 2021\nAn|9|2\nBa|3|4\n",
      "{\"tinh\":\"row\",\"nam\":{\"from\":\"header\",\"type\":\"year\"},\"gia_tri\":\"value\","
      "\"obs_status\":\"status\"}", 4, NULL },
    { "years down the left are no values", "Năm|Dân số|Diện tích\n2019|10|20\n2020|11|21\n2021|12|22\n",
      "{\"nam\":{\"column\":\"Năm\",\"type\":\"year\"},\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, NULL },
    { "a column that numbers rows is no value", "STT|Tên xã|Hộ|Người\n1|An|10|40\n2|Ba|20|80\n3|Cam|30|90\n",
      "{\"ten_xa\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, NULL },
    { "codes are texts", "Mã|Tên xã|Hộ|Người\n=01|An|10|40\n=02|Ba|20|80\n=10|Cam|30|90\n",
      "{\"ma\":{\"column\":\"Mã\"},\"ten_xa\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, NULL },
    { "a ruler is no row of values, a total no other than values",
      "Chỉ tiêu|Tổng số|Nam|Nữ\nA|1|2|3\nTổng số|30|10|20\nX|12|4|8\nY|18|6|12\n",
      "{\"chi_tieu\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 9, NULL },
    { "a unit line gives the unit", "Đơn vị tính: Người\nHuyện|Nam|Nữ\nAn|9|2\nBa|3|4\nCam|5|6\n",
      "{\"huyen\":\"row\",\"phan_to\":\"header\",\"don_vi_tinh\":\"unit\",\"gia_tri\":\"value\"}", 6, NULL },
    { "an organisation is no unit", "Đơn vị: Sở Y tế\nHuyện|Nam|Nữ\nAn|9|2\nBa|3|4\nCam|5|6\n",
      "{\"huyen\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, NULL },
    { "notes and signatures are no rows",
      "Huyện|Nam|Nữ\nAn|9|2\nBa|3|4\nCam|5|6\n\nGhi chú: số liệu ước\n|Người lập biểu|Thủ trưởng\n",
      "{\"huyen\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, NULL },
    { "rows without values are sections", "Quý|Mới|Cũ\nHà Nội\n1|5|6\n2|7|8\nHải Phòng\n1|9|10\n2|11|12\n",
      "{\"nhom\":{\"from\":\"section\",\"default\":\"\"},\"quy\":\"row\",\"phan_to\":\"header\","
      "\"gia_tri\":\"value\"}", 8, NULL },
    { "labels that repeat are told apart by those over them",
      "Chỉ tiêu|2020|2021\n*Thành thị|30|32\nNam|10|11\nNữ|20|21\n*Nông thôn|50|52\nNam|24|25\nNữ|26|27\n",
      "{\"nhom\":{\"from\":\"row\",\"level\":1},\"chi_tieu\":\"row\",\"nam\":{\"from\":\"header\",\"type\":\"year\"},\"gia_tri\":\"value\"}", 12, NULL },
    { "two columns of labels are two columns",
      "Loại|Vùng|VT1|VT2\nLúa|I|9|2\nLúa|II|3|4\nCây|I|5|6\nCây|II|7|8\n",
      "{\"loai\":{\"column\":\"Loại\"},\"vung\":{\"column\":\"Vùng\"},\"phan_to\":\"header\",\"gia_tri\":\"value\"}",
      8, NULL },
    { "headings over headings are one label, but for periods",
      "Tỉnh|Nam||Nữ\n|2020|2021|2020|2021\nAn|9|2|3|4\nBa|5|6|7|8\nmerged B1:C1\n",
      "{\"tinh\":\"row\",\"nam\":{\"from\":\"header\",\"type\":\"year\"},\"phan_to\":\"header\","
      "\"gia_tri\":\"value\"}", 8, NULL },
    { "a table of texts is a list", "Mã|Tên|Cấp\n=001|Phường A|Phường\n=002|Xã B|Xã\n=003|Xã C|Xã\n",
      "{\"ma\":{\"column\":\"Mã\"},\"ten\":{\"column\":\"Tên\"},\"cap\":{\"column\":\"Cấp\"}}", 3, NULL },
    { "a number with two readings is said with both", "Huyện|Nam|Nữ\nAn|=1.234|2\nBa|=3.456|4\nCam|=5.678|6\n",
      "{\"huyen\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, "may be 1234 or 1.234" },
    { "a column without a heading is unsure", "Huyện|Nam|Nữ\nAn|9|2|3\nBa|4|5|9\nCam|7|8|15\n",
      "{\"huyen\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 9, "has no heading" },
    { "a first row that may be a ruler is unsure", "Mục|Nam|Nữ\nA|1|2\nB|3|4\nC|7|8\n",
      "{\"muc\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 4, "may be values" },
    { "a ruler that lost its letter is unsure", "Mục|Nam|Nữ\n|1|2\nAn|3|4\nBa|7|8\n",
      "{\"muc\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 4, NULL },
    { "headings name units", "Tỉnh|Diện tích (ha)|Sản lượng (nghìn tấn)\nAn|15|220\nBa|41|500\nCam|71|801\n",
      "{\"tinh\":\"row\",\"phan_to\":\"header\",\"don_vi_tinh\":\"unit\",\"gia_tri\":\"value\"}", 6, NULL },
    { "some headings name units", "Tỉnh|Số hộ|Tỷ lệ (%)\nAn|15|22\nBa|41|50\nCam|71|80\n",
      "{\"tinh\":\"row\",\"phan_to\":\"header\",\"don_vi_tinh\":{\"from\":\"unit\",\"default\":\"\"},"
      "\"gia_tri\":\"value\"}", 6, NULL },
    { "two rows of words are two columns",
      "Tỉnh|Thành thị||Nông thôn|\n|Nam|Nữ|Nam|Nữ\nAn|9|2|3|4\nBa|5|6|7|8\nCam|1|2|4|3\nmerged A1:A2 B1:C1 D1:E1\n",
      "{\"tinh\":\"row\",\"phan_to\":{\"from\":\"header\",\"level\":1},\"phan_to_2\":{\"from\":\"header\",\"level\":2},"
      "\"gia_tri\":\"value\"}", 12, NULL },
    { "labels in two columns are two columns",
      "Vùng||2020|2021\nMiền Bắc||30|32\n|An|10|11\n|Ba|20|21\nMiền Nam||50|52\n|Cam|24|25\n|Dân|26|27\n",
      "{\"nhom\":{\"from\":\"row\",\"level\":1},\"vung\":\"row\",\"nam\":{\"from\":\"header\",\"type\":\"year\"},"
      "\"gia_tri\":\"value\"}", 12, NULL },
    { "numbers that jump are no numbering", "STT|Tên\n1|An\n3|Ba\n7|Cam\n9|Dân\n",
      "{\"stt\":{\"column\":\"STT\"},\"ten\":{\"column\":\"Tên\"}}", 4, NULL },
    { "dates of a list come out as such", "Số hiệu|Ngày ký\nA/1|=31/12/2024\nB/2|=05/06/2025\nC/3|=07/06/2025\n",
      "{\"so_hieu\":{\"column\":\"Số hiệu\"},\"ngay_ky\":{\"column\":\"Ngày ký\",\"type\":\"date\"}}", 3, NULL },
    { "dates of two readings stay texts", "Số hiệu|Ngày ký\nA/1|=01/02/2024\nB/2|=05/06/2025\nC/3|=07/06/2025\n",
      "{\"so_hieu\":{\"column\":\"Số hiệu\"},\"ngay_ky\":{\"column\":\"Ngày ký\"}}", 3, NULL },
    { "a column of years is none of values",
      "Tên|Năm ban hành|Loại\nLuật|2014|N\nNghị|2014|N\nTư|2015|L\nLệnh|2013|N\nQuy|2014|N\nMức|2016|N\nTin|2014|N\nBáo|2012|N\n",
      "{\"ten\":{\"column\":\"Tên\"},\"nam_ban_hanh\":{\"column\":\"Năm ban hành\",\"type\":\"year\"},"
      "\"loai\":{\"column\":\"Loại\"}}", 8, NULL },
    { "a number above the table is unsure", "Tổng số|12345\nHuyện|Nam|Nữ\nAn|9|2\nBa|4|5\nCam|7|8\n",
      "{\"huyen\":\"row\",\"phan_to\":\"header\",\"gia_tri\":\"value\"}", 6, "neither values nor labels" },
};

static void dump(hg_buf *out, const hg_json *v)
{
    hg_err err = HG_ERR_INIT;
    ck_assert_int_eq(hg_json_dump(v, false, out, &err), HG_OK);
}

START_TEST(a_sheet_is_guessed_the_recipe_of_its_shape)
{
    const sheet *s = &sheets[_i];
    hg_err err = HG_ERR_INIT;
    hg_guess *guess;
    hg_json *recipe;
    hg_trial trial;
    hg_buf columns = { 0 }, why = { 0 };
    unsigned percent;
    hg_grid *grid = sheet_grid(s->cells);
    ck_assert_int_eq(hg_guess_new(&guess, "t.xlsx", HG_EN, &err), HG_OK);
    ck_assert_int_eq(hg_guess_sheet(guess, grid, "Biểu", &err), HG_OK);
    ck_assert_int_eq(hg_guess_end(guess, &recipe, &percent, &err), HG_OK);
    dump(&columns, hg_json_get(recipe, "columns"));
    dump(&why, hg_json_get(recipe, "x-why"));
    ck_assert_msg(strcmp(columns.data, s->columns) == 0, "%s:\n%s\nnot\n%s\n%s", s->name, columns.data,
                  s->columns, why.data);
    ck_assert_msg((percent >= HG_GUESS_SURE) == !s->unsure, "%s: %u percent: %s", s->name, percent, why.data);
    ck_assert_msg(!s->unsure || strstr(why.data, s->unsure), "%s: %s", s->name, why.data);
    ck_assert_int_eq(hg_trial_run(&trial, recipe, grid, "t.xlsx", "Biểu", &err), HG_OK);
    ck_assert_msg(trial.fits && trial.rows == s->rows, "%s: %zu rows", s->name, trial.rows);
    hg_trial_release(&trial);
    hg_buf_release(&columns);
    hg_buf_release(&why);
    hg_json_free(recipe);
    hg_guess_free(guess);
    hg_grid_free(grid);
}
END_TEST

START_TEST(sheets_that_one_recipe_fits_share_it)
{
    static const sheet all[] = { { .cells = "Tỉnh|Nam|Nữ\nAn|9|2\nBa|3|4\nCam|5|6\n" },
                                 { .cells = "Tỉnh|Nam|Nữ\nAn|7|8\nBa|9|0\nCam|5|4\n" },
                                 { .cells = "Mã|Tên\n=01|X\n=02|Y\n=03|Z\n" } };
    static const char *const names[] = { "1", "2*", "3" };
    hg_err err = HG_ERR_INIT;
    hg_guess *guess;
    hg_json *recipe;
    hg_buf text = { 0 };
    unsigned percent;
    ck_assert_int_eq(hg_guess_new(&guess, "t.xlsx", HG_EN, &err), HG_OK);
    for (size_t i = 0; i < 3; i++) {
        hg_grid *grid = sheet_grid(all[i].cells);
        ck_assert_int_eq(hg_guess_sheet(guess, grid, names[i], &err), HG_OK);
        hg_grid_free(grid);
    }
    ck_assert_int_eq(hg_guess_end(guess, &recipe, &percent, &err), HG_OK);
    const hg_json *tables = hg_json_get(recipe, "tables");
    ck_assert_uint_eq(hg_json_len(tables), 2);
    dump(&text, hg_json_get(hg_json_at(tables, 0), "sheets"));
    ck_assert_str_eq(text.data, "[\"1\",\"2\\\\*\"]");
    ck_assert_str_eq(hg_json_key(hg_json_get(hg_json_at(tables, 0), "columns"), 0), "trang_tinh");
    ck_assert(percent >= HG_GUESS_SURE);
    hg_buf_release(&text);
    hg_json_free(recipe);
    hg_guess_free(guess);
}
END_TEST

START_TEST(tables_below_each_other_are_found_by_their_headings)
{
    static const char cells[] = "Bảng 1\nHuyện|Nam|Nữ\nAn|10|12\nBa|20|24\nCam|30|36\n\n"
                                "Bảng 2\nXã|2020|2021|2022\nDân|15|22|31\nEm|41|52|63\nGia|71|82|93\nGhi chú: x\n";
    hg_err err = HG_ERR_INIT;
    hg_guess *guess;
    hg_json *recipe;
    hg_trial trial;
    hg_buf text = { 0 };
    unsigned percent;
    hg_grid *grid = sheet_grid(cells);
    ck_assert_int_eq(hg_guess_new(&guess, "t.xlsx", HG_EN, &err), HG_OK);
    ck_assert_int_eq(hg_guess_sheet(guess, grid, "1", &err), HG_OK);
    ck_assert_int_eq(hg_guess_end(guess, &recipe, &percent, &err), HG_OK);
    const hg_json *tables = hg_json_get(recipe, "tables");
    ck_assert_uint_eq(hg_json_len(tables), 2);
    dump(&text, hg_json_get(hg_json_at(tables, 1), "heading"));
    ck_assert_str_eq(text.data, "[\"Xã\",\"2020\",\"2021\",\"2022\"]");
    ck_assert_int_eq(hg_trial_run(&trial, recipe, grid, "t.xlsx", "1", &err), HG_OK);
    ck_assert(trial.fits);
    ck_assert_uint_eq(trial.rows, 6 + 9);
    ck_assert(percent >= HG_GUESS_SURE);
    hg_trial_release(&trial);
    hg_buf_release(&text);
    hg_json_free(recipe);
    hg_guess_free(guess);
    hg_grid_free(grid);
}
END_TEST

START_TEST(a_sheet_of_more_columns_than_a_recipe_takes_is_unsure)
{
    hg_err err = HG_ERR_INIT;
    hg_guess *guess;
    hg_json *recipe;
    unsigned percent;
    hg_grid *grid;
    ck_assert_int_eq(hg_grid_new(&grid, &err), HG_OK);
    for (uint32_t row = 1; row <= 4; row++)
        for (uint32_t col = 1; col <= 2 * HG_RECIPE_FIELDS; col++) {
            char text[24];
            int n = snprintf(text, sizeof text, "c%u-%u", (unsigned)col, (unsigned)row);
            const hg_cell cell = { .row = row, .col = col, .type = HG_CELL_TEXT, .text = { text, (size_t)n } };
            ck_assert_int_eq(hg_grid_add(grid, &cell, &err), HG_OK);
        }
    ck_assert_int_eq(hg_grid_merge(grid, NULL, 0, &err), HG_OK);
    ck_assert_int_eq(hg_guess_new(&guess, "t.xlsx", HG_EN, &err), HG_OK);
    ck_assert_int_eq(hg_guess_sheet(guess, grid, "1", &err), HG_OK);
    ck_assert_int_eq(hg_guess_end(guess, &recipe, &percent, &err), HG_OK);
    ck_assert(percent < HG_GUESS_SURE);
    hg_json_free(recipe);
    hg_guess_free(guess);
    hg_grid_free(grid);
}
END_TEST

START_TEST(a_trial_tells_why_a_recipe_does_not_fit)
{
    static const sheet s = { .cells = "Tỉnh|Nam|Nữ\nAn|9|2\nAn|3|4\n" };
    hg_err err = HG_ERR_INIT;
    hg_trial trial;
    hg_grid *grid = sheet_grid(s.cells);
    hg_json *recipe = hg_json_object(), *columns = hg_json_object();
    hg_json_set_str(columns, "tinh", "row");
    hg_json_set_str(columns, "gioi", "header");
    hg_json_set_str(columns, "so", "value");
    hg_json_set(recipe, "columns", columns);
    ck_assert_int_eq(hg_trial_run(&trial, recipe, grid, "t.xlsx", "s", &err), HG_OK);
    ck_assert(!trial.fits);
    ck_assert_uint_eq(trial.why.row, 3);
    ck_assert_uint_eq(trial.why.col, 2);
    hg_trial_release(&trial);
    hg_json_free(recipe);
    hg_grid_free(grid);
}
END_TEST

START_TEST(a_column_that_lost_its_heading_is_no_label)
{
    static const sheet s = { .cells = "Mục|Năm học|||\n||2019-2020|2020-2021|2021-2022\nXã|191|182|181|180\n"
                                      "merged B1:E1\n" };
    hg_err err = HG_ERR_INIT;
    hg_trial trial;
    hg_grid *grid = sheet_grid(s.cells);
    hg_json *recipe = hg_json_object(), *columns = hg_json_object(), *year = hg_json_object();
    hg_json_set_str(year, "from", "header");
    hg_json_set_str(year, "type", "school-year");
    hg_json_set_str(columns, "muc", "row");
    hg_json_set(columns, "nam_hoc", year);
    hg_json_set_str(columns, "so", "value");
    hg_json_set(recipe, "columns", columns);
    ck_assert_int_eq(hg_trial_run(&trial, recipe, grid, "t.xlsx", "s", &err), HG_OK);
    ck_assert(!trial.fits);
    ck_assert_uint_eq(trial.why.col, 2);
    hg_trial_release(&trial);
    hg_json_free(recipe);
    hg_grid_free(grid);
}
END_TEST

TCase *tests_guess(void)
{
    TCase *tests = tcase_create("guess");
    tcase_add_loop_test(tests, a_sheet_is_guessed_the_recipe_of_its_shape, 0, sizeof sheets / sizeof *sheets);
    tcase_add_test(tests, sheets_that_one_recipe_fits_share_it);
    tcase_add_test(tests, tables_below_each_other_are_found_by_their_headings);
    tcase_add_test(tests, a_sheet_of_more_columns_than_a_recipe_takes_is_unsure);
    tcase_add_test(tests, a_column_that_lost_its_heading_is_no_label);
    tcase_add_test(tests, a_trial_tells_why_a_recipe_does_not_fit);
    return tests;
}
