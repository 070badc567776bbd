/* What formats are there, what they are called, and workbooks of any length. */
#include "export/formats.h"
#include "base/file.h"
#include "base/folder.h"
#include "dataset/lexical.h"
#include "format/source.h"
#include "unit.h"
#include "workbook/book.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *text;
    bool good;
} structures[] = {
    { "VN:DF_X(1.0)", true },    { "VN.GSO:DF_X(1.0.2)", true }, { "HG-1:1X@$(0.1)", true },
    { "VN:DF_X", false },        { "VN:DF_X(1)", false },        { "VN:DF_X(1.0.0.0)", false },
    { ":DF_X(1.0)", false },     { "VN.:DF_X(1.0)", false },     { "1VN:DF_X(1.0)", false },
    { "VN:(1.0)", false },       { "VN:DF X(1.0)", false },      { "VN:DF_X(1.)", false },
    { "VN:DF_X(1.0) ", false },  { "", false },                  { "VN:DF_X(.1)", false },
};

START_TEST(a_structure_of_sdmx_has_agency_id_and_version)
{
    ck_assert_msg(hg_lexical_sdmx(structures[_i].text) == structures[_i].good, "%s",
                  structures[_i].text);
}
END_TEST

START_TEST(formats_are_named_in_a_list)
{
    hg_err err = HG_ERR_INIT;
    unsigned set = 0;
    ck_assert_int_eq(hg_export_read(&set, "csv", &err), HG_OK);
    ck_assert_uint_eq(set, 0);
    ck_assert_int_eq(hg_export_read(&set, "xlsx,csv,json", &err), HG_OK);
    ck_assert_uint_eq(set, hg_export_bit("xlsx") | hg_export_bit("json"));
    ck_assert_uint_eq(hg_export_bit("csv"), 0);
    static const char *const wrong[] = { "", ",", "csv,", "XLSX", "csv json", "jsonll" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        hg_err why = HG_ERR_INIT;
        ck_assert_msg(hg_export_read(&set, wrong[i], &why) == HG_EARG, "%s", wrong[i]);
    }
}
END_TEST

START_TEST(formats_are_sorted_and_have_endings_of_their_own)
{
    size_t n;
    const hg_export_format *formats = hg_export_formats(&n);
    ck_assert_uint_eq(n, 6);
    for (size_t i = 0; i < n; i++) {
        ck_assert(i == 0 || strcmp(formats[i - 1].name, formats[i].name) < 0);
        ck_assert_uint_eq(hg_export_bit(formats[i].name), 1u << i);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(formats[k].ending, formats[i].ending);
    }
}
END_TEST

static const char *const texts[] = {
    "a", " b ", "_x0041_", "_x005F_x", "x_x000D_", "_x00G1_", "_", "=1+1", "a\nb", "\x01", "\xF0\x9F\x98\x80",
};

/* Write a book of all texts, a number, a truth and a date, each row by row. */
static void write_book(const char *folder, const char *path, bool bulk)
{
    static const hg_style body = { .size = 11 }, day = { .size = 11, .number = "yyyy-mm-dd" };
    const hg_book_about about = { .created = 1704067200 };
    hg_err err = HG_ERR_INIT;
    hg_book *book;
    uint32_t row = 0;
    ck_assert_int_eq(bulk ? hg_book_bulk(&book, folder, &about, &err)
                          : hg_book_new(&book, folder, &about, &err),
                     HG_OK);
    ck_assert_int_eq(hg_book_sheet(book, "a", &err), HG_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const hg_run run = { .text = hg_slice_of(texts[i]) };
        row++;
        ck_assert_int_eq(
            hg_book_text(book, (hg_area){ row, 1, row, 1 }, &body, &run, 1, &err), HG_OK);
    }
    row++;
    ck_assert_int_eq(hg_book_number(book, row, 1, &body, HG_SLICE("9.1"), &err), HG_OK);
    ck_assert_int_eq(hg_book_number(book, row, 2, &day, HG_SLICE("45351"), &err), HG_OK);
    ck_assert_int_eq(hg_book_truth(book, row, 3, &body, true, &err), HG_OK);
    ck_assert_int_eq(hg_book_list(book, row, 3, &err), HG_OK);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ck_assert_int_eq(hg_book_write(book, fd, path, &err), HG_OK);
    close(fd);
    hg_book_free(book);
}

START_TEST(a_workbook_of_any_length_reads_back_as_it_was_written)
{
    hg_err err = HG_ERR_INIT;
    hg_source *source;
    hg_rows *rows;
    hg_row row;
    char *folder = test_folder(), *path;
    ck_assert_int_eq(hg_path_join(&path, folder, "a.xlsx", &err), HG_OK);
    write_book(folder, path, _i == 1);
    ck_assert_int_eq(hg_source_open(&source, path, NULL, &err), HG_OK);
    ck_assert_int_eq(hg_rows_open(&rows, source, 0, &err), HG_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ck_assert_int_eq(hg_rows_next(rows, &row, &err), HG_OK);
        ck_assert_msg(hg_slice_is(row.cells[0], texts[i]), "%s: %.*s", texts[i],
                      (int)row.cells[0].n, row.cells[0].p);
    }
    ck_assert_int_eq(hg_rows_next(rows, &row, &err), HG_OK);
    ck_assert(hg_slice_is(row.cells[0], "9.1"));
    ck_assert(hg_slice_is(row.cells[1], "2024-02-29"));
    ck_assert(hg_slice_is(row.cells[2], "TRUE"));
    hg_rows_free(rows);
    hg_source_free(source);
    hg_folder_remove(folder, &err);
    free(path);
    free(folder);
}
END_TEST

START_TEST(what_xml_cannot_hold_is_refused)
{
    static const hg_style body = { .size = 11 };
    const hg_book_about about = { .created = 1704067200 };
    const hg_run run = { .text = HG_SLICE("a\xEF\xBF\xBE") };
    hg_err err = HG_ERR_INIT;
    hg_book *book;
    char *folder = test_folder();
    ck_assert_int_eq(hg_book_bulk(&book, folder, &about, &err), HG_OK);
    ck_assert_int_eq(hg_book_sheet(book, "a", &err), HG_OK);
    ck_assert_int_eq(hg_book_text(book, (hg_area){ 1, 1, 1, 1 }, &body, &run, 1, &err), HG_EARG);
    hg_book_free(book);
    hg_err ignored = HG_ERR_INIT;
    hg_folder_remove(folder, &ignored);
    free(folder);
}
END_TEST

TCase *tests_formats(void)
{
    TCase *tests = tcase_create("formats");
    tcase_add_loop_test(tests, a_structure_of_sdmx_has_agency_id_and_version, 0,
                        sizeof structures / sizeof *structures);
    tcase_add_test(tests, formats_are_named_in_a_list);
    tcase_add_test(tests, formats_are_sorted_and_have_endings_of_their_own);
    tcase_add_loop_test(tests, a_workbook_of_any_length_reads_back_as_it_was_written, 0, 2);
    tcase_add_test(tests, what_xml_cannot_hold_is_refused);
    return tests;
}
