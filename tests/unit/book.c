/* A workbook is the same bytes for the same calls, and what Excel refuses is refused
 * before libxlsxwriter could print or abort. */
#include "workbook/book.h"
#include "base/file.h"
#include "base/folder.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEXT(s) ((hg_run){ .text = { s, sizeof(s) - 1 } })

static const hg_style plain = { .size = 12 };
static const hg_area a1 = { 1, 1, 1, 1 };
static hg_book *book;
static char *folder;
static hg_err err;

static void set_up(void)
{
    hg_book_about about = { .title = "Biểu", .created = 1704067200 };
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
    ck_assert_int_eq(hg_book_new(&book, folder, &about, &err), HG_OK);
}

static void tear_down(void)
{
    hg_err ignored = HG_ERR_INIT;
    hg_book_free(book);
    hg_folder_remove(folder, &ignored);
    free(folder);
}

/* Write the book and load its bytes. */
static void written(hg_buf *bytes)
{
    char path[256];
    snprintf(path, sizeof path, "%s/out.xlsx", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(hg_book_write(book, fd, path, &err), HG_OK);
    close(fd);
    ck_assert_int_eq(hg_file_load(bytes, path, &err), HG_OK);
}

static void fill(void)
{
    hg_run runs[] = { TEXT("Nam"), { .text = HG_SLICE("\nMale"), .italic = true } };
    hg_page page = { .rows = 3,
                     .cols = 3,
                     .left = 30,
                     .right = 15,
                     .top = 20,
                     .bottom = 20,
                     .header = 10,
                     .repeat1 = 1,
                     .repeat2 = 2,
                     .numbered = true };
    hg_book_sheet(book, "Biểu 01", &err);
    hg_book_text(book, (hg_area){ 1, 1, 2, 3 }, &plain, runs, 2, &err);
    hg_book_number(book, 3, 1, &plain, HG_SLICE("749.8"), &err);
    hg_book_formula(book, 3, 2, &plain, "=A3+1", HG_SLICE("750.8"), &err);
    hg_book_text(book, (hg_area){ 3, 3, 3, 3 }, &plain, &TEXT("=1+1"), 1, &err);
    hg_book_width(book, 1, 120, &err);
    hg_book_height(book, 1, 30, &err);
    hg_book_print(book, &page, &err);
    ck_assert_int_eq(err.status, HG_OK);
}

START_TEST(the_same_calls_give_the_same_bytes)
{
    hg_buf first = { 0 }, second = { 0 };
    fill();
    written(&first);
    tear_down();
    sleep(1); /* a clock that got into the file would show */
    set_up();
    fill();
    written(&second);
    ck_assert_uint_gt(first.len, 1000);
    ck_assert_uint_eq(first.len, second.len);
    ck_assert_mem_eq(first.data, second.data, first.len);
    hg_buf_release(&first);
    hg_buf_release(&second);
}
END_TEST

#define LETTERS_31 "ệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệệ"

static const struct {
    const char *name;
    hg_status status;
} names[] = {
    { "Biểu 01", HG_OK },
    { LETTERS_31, HG_OK },
    { LETTERS_31 "ệ", HG_EARG },
    { "", HG_EARG },
    { "a/b", HG_EARG },
    { "a[b", HG_EARG },
    { "'a", HG_EARG },
    { "a'", HG_EARG },
    { "a\xFF", HG_EARG },
    { "THERE already", HG_EARG }, /* Excel takes names of another case for the same */
};

START_TEST(a_sheet_has_a_name_that_Excel_takes)
{
    ck_assert_int_eq(hg_book_sheet(book, "There already", &err), HG_OK);
    ck_assert_int_eq(hg_book_sheet(book, names[_i].name, &err), names[_i].status);
}
END_TEST

static const struct {
    const char *what;
    hg_area area;
    const char *text;
    size_t repeat;
} refused[] = {
    { "a row too many", { HG_BOOK_ROWS + 1, 1, HG_BOOK_ROWS + 1, 1 }, "x", 1 },
    { "a column too many", { 1, HG_BOOK_COLS + 1, 1, HG_BOOK_COLS + 1 }, "x", 1 },
    { "areas that overlap", { 2, 2, 3, 4 }, "x", 1 },
    { "a text too long", { 9, 9, 9, 9 }, "ệ", 32768 },
    { "invalid UTF-8", { 9, 9, 9, 9 }, "a\xC3", 1 },
};

START_TEST(a_cell_beyond_the_limits_is_refused)
{
    hg_buf text = { 0 };
    hg_book_sheet(book, "s", &err);
    ck_assert_int_eq(
        hg_book_text(book, (hg_area){ 1, 1, 2, 2 }, &plain, &TEXT("merged"), 1, &err),
        HG_OK);
    for (size_t i = 0; i < refused[_i].repeat; i++)
        hg_buf_puts(&text, refused[_i].text);
    hg_run run = { .text = { text.data, text.len } };
    ck_assert_msg(hg_book_text(book, refused[_i].area, &plain, &run, 1, &err) == HG_EARG,
                  "%s", refused[_i].what);
    hg_buf_release(&text);
}
END_TEST

START_TEST(the_longest_text_is_taken)
{
    hg_buf text = { 0 };
    hg_book_sheet(book, "s", &err);
    for (size_t i = 0; i < 32767; i++)
        hg_buf_puts(&text, "ệ");
    hg_run run = { .text = { text.data, text.len } };
    ck_assert_int_eq(hg_book_text(book, a1, &plain, &run, 1, &err), HG_OK);
    hg_buf_release(&text);
}
END_TEST

START_TEST(rows_and_columns_have_limits)
{
    hg_err other = HG_ERR_INIT;
    hg_book_sheet(book, "s", &err);
    ck_assert_int_eq(hg_book_height(book, 1, 410, &err), HG_EARG);
    ck_assert_int_eq(hg_book_width(book, 1, 5000, &other), HG_EARG);
}
END_TEST

START_TEST(a_number_is_a_number)
{
    hg_err other = HG_ERR_INIT;
    hg_book_sheet(book, "s", &err);
    ck_assert_int_eq(hg_book_number(book, 1, 1, &plain, HG_SLICE("1,5"), &err), HG_EARG);
    ck_assert_int_eq(hg_book_number(book, 1, 1, &plain, HG_SLICE("nan"), &other),
                     HG_EARG);
}
END_TEST

START_TEST(the_library_prints_nothing)
{
    char path[256];
    hg_buf bytes = { 0 }, printed = { 0 };
    int saved = dup(STDERR_FILENO);
    snprintf(path, sizeof path, "%s/stderr", folder);
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    ck_assert_int_ge(dup2(fd, STDERR_FILENO), 0);
    fill();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        hg_err ignored = HG_ERR_INIT;
        hg_book_sheet(book, names[i].name, &ignored);
    }
    written(&bytes);
    dup2(saved, STDERR_FILENO);
    ck_assert_int_eq(hg_file_load(&printed, path, &err), HG_OK);
    ck_assert_uint_eq(printed.len, 0);
    close(saved);
    close(fd);
    hg_buf_release(&bytes);
    hg_buf_release(&printed);
}
END_TEST

TCase *tests_book(void)
{
    TCase *tests = tcase_create("book");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_same_calls_give_the_same_bytes);
    tcase_add_loop_test(tests, a_sheet_has_a_name_that_Excel_takes, 0,
                        sizeof names / sizeof *names);
    tcase_add_loop_test(tests, a_cell_beyond_the_limits_is_refused, 0,
                        sizeof refused / sizeof *refused);
    tcase_add_test(tests, the_longest_text_is_taken);
    tcase_add_test(tests, rows_and_columns_have_limits);
    tcase_add_test(tests, a_number_is_a_number);
    tcase_add_test(tests, the_library_prints_nothing);
    return tests;
}
