/* A source is a workbook or a text by its bytes, and gives sheets as grids and as rows.
 */
#include "base/file.h"
#include "base/folder.h"
#include "container/archive.h"
#include "format/source.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAIN "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
#define REL  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

static const char workbook[] =
    "<workbook " MAIN " xmlns:r='" REL "'><sheets>"
    "<sheet name='Một' r:id='a'/><sheet name='Ẩn' state='hidden' r:id='b'/>"
    "<sheet name='Rất ẩn' state='veryHidden' r:id='b'/><sheet name='Hình' r:id='c'/>"
    "</sheets></workbook>";
static const char relations[] =
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='a' Type='" REL "/worksheet' Target='1.xml'/>"
    "<Relationship Id='b' Type='" REL "/worksheet' Target='/xl/2.xml'/>"
    "<Relationship Id='c' Type='" REL "/chartsheet' Target='3.xml'/></Relationships>";
static const char first[] =
    "<worksheet " MAIN "><cols><col min='3' max='3' hidden='1'/></cols><sheetData>"
    "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>"
    "<row r='2' hidden='1'><c r='A2'><f>1+1</f><v>2</v></c><c r='B2'><f>A1</f></c></row>"
    "<row r='3'><c r='C3' t='b'><v>1</v></c></row>"
    "</sheetData><mergeCells><mergeCell ref='A1:B1'/></mergeCells></worksheet>";
static const char second[] = "<worksheet " MAIN "><sheetData><row r='1'><c r='A1'>"
                             "<v>x</v></c></row></sheetData></worksheet>";

static char *folder;
static char path[256];
static hg_source *source;
static hg_err err;

static void save(const char *name, const char *text, size_t n)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    ck_assert_int_eq(hg_file_save(path, text, n, &err), HG_OK);
}

static void setup(void)
{
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
    source = NULL;
}

static void teardown(void)
{
    hg_source_free(source);
    hg_folder_remove(folder, &err);
    free(folder);
}

/* Open a text of which the file is made. */
static hg_status open_text(const char *text, const hg_source_opts *opts)
{
    save("t.xlsx", text, strlen(text)); /* the name tells nothing */
    return hg_source_open(&source, path, opts, &err);
}

static void open_workbook(void)
{
    char one[] = "xl/workbook.xml", two[] = "xl/_rels/workbook.xml.rels",
         three[] = "xl/1.xml", four[] = "xl/2.xml";
    char *const names[] = { one, two, three, four };
    save(one, workbook, strlen(workbook));
    save(two, relations, strlen(relations));
    save(three, first, strlen(first));
    save(four, second, strlen(second));
    save("b.csv", "", 0);
    int fd;
    ck_assert_int_eq(hg_file_create(&fd, path, &err), HG_OK);
    ck_assert_int_eq(hg_container_write(fd, path, HG_ZIP, folder, names, 4, &err), HG_OK);
    close(fd);
    ck_assert_int_eq(hg_source_open(&source, path, NULL, &err), HG_OK);
}

/* Rows as "a,b;c,d;" */
static hg_status say_rows(hg_buf *said, size_t sheet)
{
    hg_rows *rows;
    hg_row row;
    hg_status st = hg_rows_open(&rows, source, sheet, &err);
    while (st == HG_OK && (st = hg_rows_next(rows, &row, &err)) == HG_OK) {
        for (size_t i = 0; i < row.n; i++) {
            hg_buf_puts(said, i > 0 ? "," : "");
            hg_buf_put(said, row.cells[i].p, row.cells[i].n);
        }
        hg_buf_puts(said, ";");
    }
    if (rows)
        ck_assert_int_eq(hg_rows_next(rows, &row, &err), st); /* the ending repeats */
    hg_rows_free(rows);
    return st;
}

START_TEST(a_text_is_one_sheet_of_text_cells)
{
    hg_buf said = { 0 };
    hg_grid *grid;
    size_t n;
    ck_assert_int_eq(open_text("a;b\n1,5;007\n", NULL), HG_OK);
    ck_assert(!hg_source_is_workbook(source));
    ck_assert_int_eq(hg_textfile_dialect(hg_source_text(source))->delimiter, ';');
    ck_assert_uint_eq(hg_source_sheets(source), 1);
    ck_assert_str_eq(hg_source_sheet(source, 0)->name, "");
    ck_assert_uint_eq(hg_source_bytes(source), 12);
    for (int again = 0; again < 2; again++) {
        hg_buf_clear(&said);
        ck_assert_int_eq(say_rows(&said, 0), HG_END);
        ck_assert_str_eq(said.data, "a,b;1,5,007;");
    }
    ck_assert_int_eq(hg_source_grid(&grid, source, 0, &err), HG_OK);
    ck_assert_ptr_nonnull(hg_grid_cells(grid, &n));
    ck_assert_uint_eq(n, 4);
    ck_assert_int_eq(hg_grid_at(grid, 2, 2)->type, HG_CELL_TEXT);
    ck_assert(hg_slice_is(hg_grid_at(grid, 2, 2)->text, "007"));
    hg_grid_free(grid);
    hg_buf_release(&said);
}
END_TEST

START_TEST(the_digest_is_that_of_the_whole_file)
{
    char hex[HG_DIGEST_HEX];
    hg_buf text = { 0 };
    for (int i = 0; i < 100000; i++)
        hg_buf_printf(&text, "%d,x\n", i);
    hg_digest_of(text.data, text.len, hex);
    ck_assert_int_eq(open_text(text.data, NULL), HG_OK);
    ck_assert_str_eq(hg_source_sha256(source), hex);
    ck_assert_uint_eq(hg_source_bytes(source), text.len);
    hg_buf_release(&text);
}
END_TEST

START_TEST(a_delimiter_may_be_given)
{
    hg_textfile_opts text = HG_TEXTFILE_DEFAULTS;
    hg_source_opts opts = { .text = &text };
    text.dialect.delimiter = ':';
    hg_buf said = { 0 };
    ck_assert_int_eq(open_text("a:b;c\n", &opts), HG_OK);
    ck_assert_int_eq(say_rows(&said, 0), HG_END);
    ck_assert_str_eq(said.data, "a,b;c;");
    hg_buf_release(&said);
}
END_TEST

START_TEST(the_sheets_of_a_workbook_are_known_with_their_visibility)
{
    open_workbook();
    ck_assert(hg_source_is_workbook(source));
    ck_assert_uint_eq(hg_source_sheets(source), 3); /* a chart has no cells */
    ck_assert_str_eq(hg_source_sheet(source, 0)->name, "Một");
    ck_assert_int_eq(hg_source_sheet(source, 0)->visibility, HG_VISIBLE);
    ck_assert_int_eq(hg_source_sheet(source, 1)->visibility, HG_HIDDEN);
    ck_assert_int_eq(hg_source_sheet(source, 2)->visibility, HG_VERY_HIDDEN);
}
END_TEST

START_TEST(a_sheet_gives_rows_a_grid_and_a_survey)
{
    hg_buf said = { 0 };
    hg_sheet_info info;
    hg_grid *grid;
    open_workbook();
    ck_assert_int_eq(say_rows(&said, 0), HG_END);
    ck_assert_str_eq(said.data, "1,2,;2,,;,,TRUE;");
    ck_assert_int_eq(hg_source_survey(&info, source, 0, NULL, &err), HG_OK);
    ck_assert_uint_eq(info.rows, 3);
    ck_assert_uint_eq(info.cols, 3);
    ck_assert_uint_eq(info.values, 4);
    ck_assert_uint_eq(info.covered, 1);
    ck_assert_uint_eq(info.formulas, 1);
    ck_assert_uint_eq(info.uncached, 1);
    ck_assert_uint_eq(info.hidden, 2);
    ck_assert_uint_eq(info.merged, 1);
    ck_assert_int_eq(hg_source_grid(&grid, source, 0, &err), HG_OK);
    ck_assert(hg_slice_is(hg_grid_spread(grid, 1, 2)->text, "1"));
    ck_assert(hg_grid_at(grid, 3, 3)->hidden);
    hg_grid_free(grid);
    hg_buf_release(&said);
}
END_TEST

START_TEST(a_failure_names_the_file_the_sheet_and_the_cell)
{
    hg_buf said = { 0 };
    hg_grid *grid;
    open_workbook();
    ck_assert_int_eq(say_rows(&said, 1), HG_EINPUT);
    ck_assert_str_eq(err.file, path);
    ck_assert_str_eq(err.sheet, "Ẩn");
    ck_assert_uint_eq(err.row, 1);
    ck_assert_uint_eq(err.col, 1);
    ck_assert_int_eq(hg_source_grid(&grid, source, 1, &err), HG_EINPUT);
    ck_assert_ptr_null(grid);
    hg_buf_release(&said);
}
END_TEST

TCase *tests_source(void)
{
    TCase *tests = tcase_create("source");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_text_is_one_sheet_of_text_cells);
    tcase_add_test(tests, the_digest_is_that_of_the_whole_file);
    tcase_add_test(tests, a_delimiter_may_be_given);
    tcase_add_test(tests, the_sheets_of_a_workbook_are_known_with_their_visibility);
    tcase_add_test(tests, a_sheet_gives_rows_a_grid_and_a_survey);
    tcase_add_test(tests, a_failure_names_the_file_the_sheet_and_the_cell);
    return tests;
}
