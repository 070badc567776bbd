/* From rows and a form to a workbook: figures in their places, totals compared, cells as
 * an official form has them. */
#include "delimited/csv.h"
#include "base/file.h"
#include "base/folder.h"
#include "report/classic.h"
#include "report/wording.h"
#include "text/message.h"
#include "unit.h"
#include "workbook/grid.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIELDS 8

/* A report from texts: rows as CSV, the form's tables, code lists by field. */
typedef struct bench {
    hg_err err;
    hg_doc *doc;
    hg_form *form;
    hg_facts *facts;
    hg_labels *labels[FIELDS];
    hg_crosstab *x;
} bench;

static void read_facts(bench *b, const char *text)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_csv_init(&csv, text, strlen(text), 0, 0);
    ck_assert_int_eq(hg_csv_next(&csv, &row, &b->err), HG_OK);
    ck_assert_int_eq(hg_facts_new(&b->facts, row.cells, row.n, &b->err), HG_OK);
    while (hg_csv_next(&csv, &row, &b->err) == HG_OK)
        ck_assert_int_eq(hg_facts_add(b->facts, row.cells, row.n, &b->err), HG_OK);
    hg_csv_release(&csv);
}

static hg_status arrange(bench *b, const char *csv, const char *spec)
{
    hg_slice regions =
        HG_SLICE("code,vi,en\nCN,Cả nước,Whole country\nV2,Miền núi,Mountains\n"
                 "01,Hà Nội,Ha Noi\nV1,Đồng bằng,Delta\n02,Hà Giang,Ha Giang\n");
    hg_slice sexes = HG_SLICE("code,vi,en\nT,Tổng số,Total\nM,Nam,Male\nF,Nữ,Female\n");
    *b = (bench){ .err = HG_ERR_INIT };
    ck_assert_int_eq(hg_doc_parse(&b->doc, "report.json", hg_slice_of(spec), &b->err),
                     HG_OK);
    if (hg_form_new(&b->form, b->doc, NULL, &b->err) != HG_OK)
        return b->err.status;
    read_facts(b, csv);
    size_t place = hg_facts_field(b->facts, "dp"), sex = hg_facts_field(b->facts, "gt");
    ck_assert_int_eq(hg_labels_new(&b->labels[place], "dp", regions, &b->err), HG_OK);
    if (sex != place)
        ck_assert_int_eq(hg_labels_new(&b->labels[sex], "gt", sexes, &b->err), HG_OK);
    return hg_crosstab_new(&b->x, b->form, &b->form->tables[0], b->facts,
                           (const hg_labels *const *)b->labels, &b->err);
}

static void put_away(bench *b)
{
    hg_crosstab_free(b->x);
    for (size_t i = 0; i < FIELDS; i++)
        hg_labels_free(b->labels[i]);
    hg_facts_free(b->facts);
    hg_form_free(b->form);
    hg_doc_free(b->doc);
}

#define TABLE(members)                                                                   \
    "{\"hgReport\":1,\"tables\":[{\"head\":{\"number\":\"01\"},\"value\":\"v\","         \
    "\"status\":\"s\","                                                                  \
    "\"title\":\"Dân số\"," members                                                      \
    "}],\"signature\":{\"place\":\"Hậu Giang\",\"date\":\"2024-02-05\"}}"
#define SEXES                                                                            \
    "\"columns\":[{\"label\":\"Tổng số\",\"where\":{\"gt\":\"T\"}},"                 \
    "{\"label\":\"Chia ra\",\"field\":\"gt\",\"codes\":[\"M\",\"F\"]}]"
#define SUMS   "\"sums\":[{\"dimension\":\"gt\",\"total\":\"T\",\"parts\":[\"M\",\"F\"]}]"
#define YEARS  "\"rows\":[{\"field\":\"nam\"}]"
#define HEADER "nam,gt,v,s\n"

static const struct {
    const char *csv, *spec;
    hg_status status;
    const char *message;
} outcomes[] = {
    { HEADER "2015,T,5.1,A\n2015,M,2,A\n2015,F,3.1,A\n", TABLE(YEARS "," SEXES "," SUMS),
      HG_OK, "" },
    { HEADER "2015,T,5.2,A\n2015,M,2,A\n2015,F,3.1,A\n", TABLE(YEARS "," SEXES "," SUMS),
      HG_OK, "" },
    { HEADER "2015,T,5.3,A\n2015,M,2,A\n2015,F,3.1,A\n", TABLE(YEARS "," SEXES "," SUMS),
      HG_EREFUSED,
      "2 [v]: the published total 5.3 is not the sum of its parts, 5.1 ('gt' is 'T')" },
    { HEADER "2015,T,6,A\n2015,M,2,A\n2015,F,3,A\n", TABLE(YEARS "," SEXES "," SUMS),
      HG_EREFUSED, "published total 6" }, /* whole numbers are counts: no rounding */
    { HEADER "2015,T,5,A\n2015,T,5,A\n", TABLE(YEARS "," SEXES), HG_EREFUSED,
      "3 [v]: rows 2 and 3 fall in one place" },
    { HEADER "2015,X,5,A\n", TABLE(YEARS "," SEXES), HG_EREFUSED,
      "this row has no place" },
    { HEADER "2015,T,five,A\n", TABLE(YEARS "," SEXES), HG_EREFUSED,
      "'five' is no decimal number" },
    { HEADER "2015,T,5,A\n2016,T,6,A\n",
      TABLE(YEARS "," SEXES ",\"where\":{\"nam\":\"2015\"}"), HG_OK, "" },
    { HEADER "2015,T,5,A\n2016,T,6,A\n",
      TABLE("\"blocks\":[{\"where\":{\"nam\":\"2015\"}}]," YEARS "," SEXES), HG_EREFUSED,
      "3: no block of the report's table shows this row" },
    { HEADER "2015,T,5,A\n", TABLE("\"rows\":[{\"field\":\"nan\"}]," SEXES), HG_EARG,
      "'nan' is not known here; did you mean 'nam'?" },
    { HEADER "2015,T,5,A\n",
      TABLE(YEARS ",\"columns\":[{\"label\":\"x\"},{\"field\":\"gt\"}]"), HG_EARG,
      "do not say which 'gt' they show" },
    { HEADER "2015,T,5,A\n", TABLE(YEARS ",\"columns\":[{\"field\":\"nam\"}]"), HG_EARG,
      "both this row and column 1 say which 'nam'" },
    { HEADER "2015,T,5,A\n",
      TABLE(
          YEARS
          ",\"columns\":[{\"field\":\"gt\"},{\"label\":\"x\",\"where\":{\"gt\":\"T\"}}]"),
      HG_EARG, "two places of the table show the same figure" },
};

START_TEST(data_that_do_not_fit_their_form_are_refused)
{
    bench b;
    hg_buf text = { 0 };
    hg_status st = arrange(&b, outcomes[_i].csv, outcomes[_i].spec);
    if (st != HG_OK)
        hg_text_err(&text, &b.err, HG_EN);
    ck_assert_msg(st == outcomes[_i].status &&
                      strstr(text.data ? text.data : "", outcomes[_i].message),
                  "%d '%s'", (int)st, text.data ? text.data : "");
    hg_buf_release(&text);
    put_away(&b);
}
END_TEST

START_TEST(an_exact_total_is_a_formula_and_a_rounded_one_stays_as_published)
{
    bench b;
    ck_assert_int_eq(arrange(&b,
                             HEADER "2015,T,5.1,A\n2015,M,2,A\n2015,F,3.1,A\n"
                                    "2016,T,5.2,A\n2016,M,2,A\n2016,F,3.1,A\n",
                             TABLE(YEARS "," SEXES "," SUMS)),
                     HG_OK);
    const hg_figure *figures = b.x->blocks[0].figures;
    ck_assert_uint_eq(figures[0].sum, 1);
    ck_assert_uint_eq(figures[b.x->n_leaves].sum, 0);
    ck_assert(b.x->rounded);
    put_away(&b);
}
END_TEST

START_TEST(a_total_that_the_data_lack_is_computed_exactly)
{
    bench b;
    char text[HG_DECIMAL_TEXT];
    ck_assert_int_eq(arrange(&b, HEADER "2015,M,0.1,A\n2015,F,0.2,A\n",
                             TABLE(YEARS "," SEXES "," SUMS)),
                     HG_OK);
    ck_assert(b.x->blocks[0].figures[0].number);
    hg_decimal_print(text, b.x->blocks[0].figures[0].value);
    ck_assert_str_eq(text, "0.3");
    put_away(&b);
}
END_TEST

#define PLACES                                                                           \
    "\"rows\":[{\"field\":\"dp\",\"parent\":\"vung\",\"numbering\":[\"I\",\"1\"]}],"     \
    "\"columns\":[{\"field\":\"nam\"}]"

START_TEST(lines_stand_under_their_parents_in_the_order_of_the_code_list)
{
    static const char *const labels[] = { "Cả nước", "Miền núi", "Hà Giang", "Đồng bằng",
                                          "Hà Nội" };
    static const unsigned levels[] = { 0, 0, 1, 0, 1 };
    bench b;
    ck_assert_int_eq(
        arrange(&b,
                "vung,dp,nam,v,s\nV1,01,2015,1,A\nV2,02,2015,2,A\nV1,V1,2015,3,A\n"
                "V2,V2,2015,4,A\nCN,CN,2015,5,A\n",
                TABLE(PLACES)),
        HG_OK);
    const hg_axis *rows = &b.x->blocks[0].rows;
    ck_assert_uint_eq(rows->n, 5);
    for (uint32_t i = 0; i < 5; i++) {
        ck_assert_str_eq(hg_crosstab_label(b.x, &rows->lines[i]).vi, labels[i]);
        ck_assert_uint_eq(rows->lines[i].level, levels[i]);
    }
    put_away(&b);
}
END_TEST

START_TEST(a_line_is_marked_where_all_its_figures_are_provisional)
{
    bench b;
    ck_assert_int_eq(arrange(&b,
                             HEADER "2015,T,5,A\n2015,M,2,A\n2015,F,3,E\n"
                                    "2016,T,5,P\n2016,M,2,P\n2016,F,,L\n",
                             TABLE(YEARS "," SEXES)),
                     HG_OK);
    const hg_axis *rows = &b.x->blocks[0].rows;
    ck_assert_int_eq(rows->lines[0].mark, 0);
    ck_assert_int_eq(rows->lines[1].mark, 'P');
    ck_assert(!b.x->provisional);
    ck_assert(b.x->missing && !b.x->nil);
    ck_assert_int_eq(b.x->columns.lines[b.x->leaves[2]].mark, 'E');
    put_away(&b);
}
END_TEST

/* ---- the sheet ---- */

static void draw(bench *b, const char *folder, char path[256])
{
    hg_book *book;
    hg_book_about about = { .title = "t", .created = 1704067200 };
    hg_classic_defaults defaults = { .reporting = "Sở A" };
    snprintf(path, 256, "%s/t.xlsx", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_eq(hg_book_new(&book, folder, &about, &b->err), HG_OK);
    hg_keeper keeper;
    ck_assert_int_eq(hg_keeper_init(&keeper, book, &b->err), HG_OK);
    hg_classic_draw(book, b->x, &defaults, (hg_notebook){ &keeper, 0 }, &b->err);
    hg_keeper_release(&keeper);
    ck_assert_msg(b->err.status == HG_OK, "%s", b->err.status ? b->err.format : "");
    ck_assert_int_eq(hg_book_write(book, fd, path, &b->err), HG_OK);
    hg_book_free(book);
    close(fd);
}

static hg_grid *read_back(const char *path, hg_err *err)
{
    hg_workbook *book;
    hg_grid *grid;
    int fd = open(path, O_RDONLY);
    ck_assert_int_eq(hg_workbook_open(&book, fd, path, "/tmp", err), HG_OK);
    ck_assert_int_eq(hg_grid_load(&grid, book, 0, err), HG_OK);
    hg_workbook_free(book);
    close(fd);
    return grid;
}

/* The first cell with this text; NULL if there is none. */
static const hg_cell *find(const hg_grid *grid, const char *text)
{
    size_t n;
    const hg_cell *cells = hg_grid_cells(grid, &n);
    for (size_t i = 0; i < n; i++)
        if (hg_slice_is(cells[i].text, text))
            return &cells[i];
    return NULL;
}

static const char *const expected[] = {
    "Biểu số: 01\nNgày nhận báo cáo: ……………",
    "DÂN SỐ\n(Năm 2016)",
    "Đơn vị báo cáo: \nSở A\nĐơn vị nhận báo cáo: \n……………",
    "Đơn vị tính: Người",
    "Tổng số",
    "Chia ra",
    "Nam",
    "Nữ", /* headings */
    "A",
    "1=2+3",
    "2",
    "3", /* the ruler row */
    "Sơ bộ 2016",
    "…",
    "Ghi chú: Dấu “…”: có hiện tượng phát sinh nhưng không thu thập được số liệu.",
    "Nguồn: Tổng cục Thống kê.",
    "Hậu Giang, ngày 05 tháng 02 năm 2024",
    "Người lập biểu",
    "Người kiểm tra biểu",
    "Thủ trưởng đơn vị",
    "(Ký, đóng dấu, họ tên)",
};

START_TEST(a_sheet_has_all_that_a_form_has)
{
    bench b;
    char *folder = test_folder(), path[256];
    ck_assert_int_eq(
        arrange(&b,
                HEADER "2015,T,5000,A\n2015,M,2000,A\n2015,F,3000,A\n"
                       "2016,T,6000,P\n2016,M,,L\n2016,F,3000,P\n",
                TABLE(YEARS
                      "," SEXES "," SUMS ",\"ruler\":true,\"unit\":\"Người\","
                      "\"period\":\"(Năm 2016)\",\"source\":\"Tổng cục Thống kê.\"")),
        HG_OK);
    draw(&b, folder, path);
    hg_grid *grid = read_back(path, &b.err);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        ck_assert_msg(find(grid, expected[i]) != NULL, "no cell '%s'", expected[i]);
    const hg_cell *total = find(grid, "5000"), *part = find(grid, "2000");
    ck_assert(total->type == HG_CELL_NUMBER && total->formula && !part->formula);
    ck_assert_str_eq(total->format, "#,##0");
    ck_assert_uint_eq(hg_grid_area(grid, find(grid, "Chia ra")->row, 3)->col2, 4);
    hg_grid_free(grid);
    put_away(&b);
    hg_folder_remove(folder, &b.err);
    free(folder);
}
END_TEST

/* ---- words ---- */

static const struct {
    hg_form_numbering way;
    unsigned n;
    const char *after, *text;
} numbers[] = {
    { HG_NUMBER_ROMAN, 4, "", "IV" },    { HG_NUMBER_ROMAN, 19, "", "XIX" },
    { HG_NUMBER_UPPER, 27, "", "AA" },   { HG_NUMBER_LOWER, 2, "", "b" },
    { HG_NUMBER_NESTED, 2, "1", "1.2" }, { HG_NUMBER_DASH, 5, "", "-" },
};

START_TEST(outlines_are_numbered)
{
    hg_buf buf = { 0 };
    hg_wording_number(&buf, numbers[_i].way, numbers[_i].n, numbers[_i].after);
    ck_assert_str_eq(buf.data, numbers[_i].text);
    hg_buf_release(&buf);
}
END_TEST

static const struct {
    const char *place, *date, *text;
} dates[] = {
    { "Hậu Giang", "2024-06-05", "Hậu Giang, ngày 05 tháng 6 năm 2024" },
    { "Hậu Giang", "2024-01-15", "Hậu Giang, ngày 15 tháng 01 năm 2024" },
    { NULL, NULL, "………, ngày … tháng … năm ……" },
    { "Vị Thanh", "5/6/2024", "Vị Thanh, ngày … tháng … năm ……" },
};

START_TEST(dates_are_written_as_the_decree_says)
{
    hg_buf buf = { 0 };
    hg_wording_date(&buf, dates[_i].place, dates[_i].date);
    ck_assert_str_eq(buf.data, dates[_i].text);
    hg_buf_release(&buf);
}
END_TEST

START_TEST(capitals_keep_their_marks)
{
    hg_buf buf = { 0 };
    hg_wording_capitals(&buf, "Tỷ lệ hộ nghèo đường ơn Ươi ăâêô ý 2016 - %");
    ck_assert_str_eq(buf.data, "TỶ LỆ HỘ NGHÈO ĐƯỜNG ƠN ƯƠI ĂÂÊÔ Ý 2016 - %");
    hg_buf_release(&buf);
}
END_TEST

TCase *tests_report(void)
{
    TCase *tests = tcase_create("report");
    tcase_add_loop_test(tests, data_that_do_not_fit_their_form_are_refused, 0,
                        sizeof outcomes / sizeof *outcomes);
    tcase_add_test(tests,
                   an_exact_total_is_a_formula_and_a_rounded_one_stays_as_published);
    tcase_add_test(tests, a_total_that_the_data_lack_is_computed_exactly);
    tcase_add_test(tests, lines_stand_under_their_parents_in_the_order_of_the_code_list);
    tcase_add_test(tests, a_line_is_marked_where_all_its_figures_are_provisional);
    tcase_add_test(tests, a_sheet_has_all_that_a_form_has);
    tcase_add_loop_test(tests, outlines_are_numbered, 0,
                        sizeof numbers / sizeof *numbers);
    tcase_add_loop_test(tests, dates_are_written_as_the_decree_says, 0,
                        sizeof dates / sizeof *dates);
    tcase_add_test(tests, capitals_keep_their_marks);
    return tests;
}
