/* The values of OpenDocument's cells, and a flat file read cell by cell. */
#include "workbook/cells.h"
#include "unit.h"
#include "workbook/ods_value.h"

#include <string.h>
#include <unistd.h>

static const struct {
    hg_ods_type type;
    const char *value;
    hg_format_kind kind;
    hg_cell_type as;
    const char *text; /* NULL: there is no such value */
} values[] = {
    { HG_ODS_NUMBER, "0.125", HG_FORMAT_NUMBER, HG_CELL_NUMBER, "0.125" },
    { HG_ODS_NUMBER, "4.8099999999999996", HG_FORMAT_DATE, HG_CELL_NUMBER, "4.81" },
    { HG_ODS_NUMBER, "NaN", HG_FORMAT_NUMBER, HG_CELL_NUMBER, NULL },
    { HG_ODS_NUMBER, "1,5", HG_FORMAT_NUMBER, HG_CELL_NUMBER, NULL },
    { HG_ODS_BOOLEAN, "true", HG_FORMAT_NUMBER, HG_CELL_BOOL, "TRUE" },
    { HG_ODS_BOOLEAN, "false", HG_FORMAT_NUMBER, HG_CELL_BOOL, "FALSE" },
    { HG_ODS_BOOLEAN, "", HG_FORMAT_NUMBER, HG_CELL_BOOL, NULL },
    { HG_ODS_DATE, "2024-06-30", HG_FORMAT_DATETIME, HG_CELL_DATE, "2024-06-30" },
    { HG_ODS_DATE, "2024-06-30T00:00:00", HG_FORMAT_DATE, HG_CELL_DATE, "2024-06-30" },
    { HG_ODS_DATE, "2024-06-30T06:00:00", HG_FORMAT_DATE, HG_CELL_DATETIME,
      "2024-06-30T06:00:00" },
    { HG_ODS_DATE, "2024-06-30T23:59:59.9999999", HG_FORMAT_DATE, HG_CELL_DATE,
      "2024-07-01" },
    { HG_ODS_DATE, "1850-01-01T06:00:00.5", HG_FORMAT_DATE, HG_CELL_DATETIME,
      "1850-01-01T06:00:00.5" },
    { HG_ODS_DATE, "10000-01-01", HG_FORMAT_DATE, HG_CELL_DATE, "10000-01-01" },
    { HG_ODS_DATE, "-0001-01-01T00:00:01", HG_FORMAT_DATE, HG_CELL_DATETIME,
      "-0001-01-01T00:00:01" },
    { HG_ODS_DATE, "2023-02-29", HG_FORMAT_DATE, HG_CELL_DATE, NULL },
    { HG_ODS_DATE, "30/6/2024", HG_FORMAT_DATE, HG_CELL_DATE, NULL },
    { HG_ODS_DATE, "", HG_FORMAT_DATE, HG_CELL_DATE, NULL },
    { HG_ODS_TIME, "PT13H45M00S", HG_FORMAT_TIME, HG_CELL_TIME, "13:45:00" },
    { HG_ODS_TIME, "PT24H", HG_FORMAT_TIME, HG_CELL_TIME, "PT24H0M0S" },
    { HG_ODS_TIME, "-PT0H30M0S", HG_FORMAT_TIME, HG_CELL_TIME, "-PT0H30M0S" },
    { HG_ODS_TIME, "P1Y", HG_FORMAT_TIME, HG_CELL_TIME, NULL },
    { HG_ODS_TIME, "PT", HG_FORMAT_TIME, HG_CELL_TIME, NULL },
};

START_TEST(a_value_is_given_as_its_type_has_it)
{
    hg_buf out = { 0 };
    hg_cell_type as = HG_CELL_BLANK;
    hg_slice value = hg_slice_of(values[_i].value);
    bool good = hg_ods_value(&out, &as, values[_i].type, value, values[_i].kind);
    ck_assert_int_eq(good, values[_i].text != NULL);
    if (good) {
        ck_assert_str_eq(out.data, values[_i].text);
        ck_assert_uint_eq(out.len, strlen(values[_i].text));
        ck_assert_int_eq(as, values[_i].as);
    }
    hg_buf_release(&out);
}
END_TEST

static const struct {
    const char *text;
    bool error;
} shown[] = {
    { "#N/A", true },    { "#DIV/0!", true }, { "Err:502", true }, { "Err:", false },
    { "Err:5a", false }, { "#N", false },     { "", false },
};

START_TEST(an_error_is_known_by_its_name)
{
    ck_assert_int_eq(hg_ods_is_error(hg_slice_of(shown[_i].text)), shown[_i].error);
}
END_TEST

#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"

static const char flat[] =
    "<office:document xmlns:office='" OASIS "office:1.0' xmlns:t='" OASIS "table:1.0' "
    "xmlns:x='" OASIS "text:1.0' xmlns:style='" OASIS "style:1.0'>"
    "<office:automatic-styles><style:style style:name='ta1' style:family='table'>"
    "<style:table-properties t:display='false'/></style:style></office:automatic-styles>"
    "<office:body><office:spreadsheet><t:table t:name='Ẩn' t:style-name='ta1'/>"
    "<t:table t:name='Một'><t:table-row t:number-rows-repeated='2'>"
    "<t:table-cell office:value-type='float' office:value='1' "
    "t:number-columns-repeated='2' "
    "t:formula='of:=1'/><t:table-cell t:number-columns-spanned='2' "
    "office:value-type='string'><x:p>a</x:p><x:p>b</x:p></t:table-cell></t:table-row>"
    "<t:table-row t:number-rows-repeated='4294967295'><t:table-cell "
    "t:number-columns-repeated='4294967295'/></t:table-row></t:table>"
    "</office:spreadsheet></office:body></office:document>";

static const struct {
    uint32_t row, col;
    const char *text;
} wanted[] = {
    { 1, 1, "1" }, { 1, 2, "1" }, { 1, 3, "a\nb" },
    { 2, 1, "1" }, { 2, 2, "1" }, { 2, 3, "a\nb" },
};

START_TEST(a_flat_file_is_read_cell_by_cell_with_what_is_repeated)
{
    hg_err err = HG_ERR_INIT;
    hg_workbook *book;
    hg_cells *cells;
    hg_cell cell;
    size_t n;
    int fd = text_fd(flat, sizeof flat - 1);
    ck_assert(hg_workbook_likely(flat, sizeof flat - 1));
    ck_assert_int_eq(hg_workbook_open(&book, fd, "t.fods", "/tmp", &err), HG_OK);
    ck_assert_uint_eq(hg_workbook_sheets(book), 2);
    ck_assert_int_eq(hg_workbook_sheet(book, 0)->visibility, HG_HIDDEN);
    ck_assert_str_eq(hg_workbook_sheet(book, 1)->name, "Một");
    ck_assert_int_eq(hg_cells_open(&cells, book, 1, &err), HG_OK);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ck_assert_int_eq(hg_cells_next(cells, &cell, &err), HG_OK);
        ck_assert_uint_eq(cell.row, wanted[i].row);
        ck_assert_uint_eq(cell.col, wanted[i].col);
        ck_assert(hg_slice_is(cell.text, wanted[i].text));
        ck_assert_int_eq(cell.formula, wanted[i].col < 3);
    }
    ck_assert_int_eq(hg_cells_next(cells, &cell, &err), HG_END);
    ck_assert_int_eq(hg_cells_next(cells, &cell, &err), HG_END);
    const hg_area *merged = hg_cells_merged(cells, &n);
    ck_assert_uint_eq(n, 2);
    ck_assert_uint_eq(merged[1].row1, 2);
    ck_assert_uint_eq(merged[1].col2, 4);
    hg_cells_free(cells);
    hg_workbook_free(book);
    close(fd);
}
END_TEST

TCase *tests_ods(void)
{
    TCase *tests = tcase_create("ods");
    tcase_add_loop_test(tests, a_value_is_given_as_its_type_has_it, 0,
                        sizeof values / sizeof *values);
    tcase_add_loop_test(tests, an_error_is_known_by_its_name, 0,
                        sizeof shown / sizeof *shown);
    tcase_add_test(tests, a_flat_file_is_read_cell_by_cell_with_what_is_repeated);
    return tests;
}
