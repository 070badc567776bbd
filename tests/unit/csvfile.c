/* The rows of a file come in order whatever its length, and any of them again by its
 * place. */
#include "delimited/csvfile.h"
#include "base/file.h"
#include "base/folder.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROWS = 40000,
    LONG = 300 * 1024
}; /* some MiB: several blocks, one record of many KiB */

static char *folder, *path;
static hg_err err;

static void save(const hg_buf *text)
{
    ck_assert_int_eq(hg_buf_status(text, &err), HG_OK);
    ck_assert_int_eq(hg_file_save(path, text->data, text->len, &err), HG_OK);
}

/* Every hundredth row has a field with a line end and quotes, one is long. */
static void put_row(hg_buf *text, unsigned i)
{
    if (i == ROWS / 2) {
        hg_buf_printf(text, "%u,", i);
        for (size_t k = 0; k < LONG; k++)
            hg_buf_putc(text, 'x');
        hg_buf_puts(text, "\n");
    } else if (i % 100 == 0) {
        hg_buf_printf(text, "%u,\"hai\ndòng \"\"%u\"\"\"\n", i, i);
    } else {
        hg_buf_printf(text, "%u,một dòng có dấu, chừng sáu mươi byte một hàng %u\n", i,
                      i);
    }
}

static void check_row(const hg_row *row, unsigned i)
{
    char number[16], second[64];
    snprintf(number, sizeof number, "%u", i);
    ck_assert_msg(hg_slice_is(row->cells[0], number), "row %u", i);
    snprintf(second, sizeof second, "hai\ndòng \"%u\"", i);
    if (i == ROWS / 2)
        ck_assert_uint_eq(row->cells[1].n, LONG);
    else if (i % 100 == 0)
        ck_assert(hg_slice_is(row->cells[1], second));
    else
        ck_assert_uint_eq(row->n, 3);
}

START_TEST(rows_come_in_order_and_again_by_their_place)
{
    hg_buf text = { 0 };
    hg_csvfile file;
    hg_row row;
    static uint64_t at[ROWS];
    unsigned n = 0;
    hg_status st;
    for (unsigned i = 0; i < ROWS; i++)
        put_row(&text, i);
    save(&text);
    hg_buf_release(&text);
    ck_assert_int_eq(hg_csvfile_open(&file, path, &err), HG_OK);
    for (; (st = hg_csvfile_next(&file, &row, &at[n], &err)) == HG_OK; n++)
        check_row(&row, n);
    ck_assert_int_eq(st, HG_END);
    ck_assert_uint_eq(n, ROWS);
    hg_csvfile_close(&file);
    ck_assert_int_eq(hg_csvfile_open(&file, path, &err), HG_OK);
    for (unsigned i = ROWS; i > 0; i -= 50 < i ? 50 : i) {
        ck_assert_int_eq(hg_csvfile_at(&file, at[i - 1], &row, &err), HG_OK);
        check_row(&row, i - 1);
    }
    hg_csvfile_close(&file);
}
END_TEST

static const struct {
    const char *text;
    unsigned rows;
    hg_status end;
} cases[] = {
    { "", 0, HG_END },
    { "a", 1, HG_END },
    { "a\n", 1, HG_END },
    { "a,b\n1,\"x\ny\"\nz", 3, HG_END },
    { "a,b\n1,\"x", 1, HG_EINPUT }, /* cut off inside quotes */
};

START_TEST(a_short_file_ends_as_it_should)
{
    hg_buf text = { 0 };
    hg_csvfile file;
    hg_row row;
    unsigned n = 0;
    hg_status st;
    hg_buf_puts(&text, cases[_i].text);
    ck_assert_int_eq(hg_file_save(path, cases[_i].text, strlen(cases[_i].text), &err),
                     HG_OK);
    ck_assert_int_eq(hg_csvfile_open(&file, path, &err), HG_OK);
    while ((st = hg_csvfile_next(&file, &row, NULL, &err)) == HG_OK)
        n++;
    ck_assert_uint_eq(n, cases[_i].rows);
    ck_assert_int_eq(st, cases[_i].end);
    hg_csvfile_close(&file);
    hg_buf_release(&text);
}
END_TEST

START_TEST(a_file_that_is_not_there_can_still_be_closed)
{
    hg_csvfile file;
    ck_assert_int_eq(hg_csvfile_open(&file, "build/none.csv", &err), HG_EINPUT);
    hg_csvfile_close(&file);
}
END_TEST

static void set_up(void)
{
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
    ck_assert_int_eq(hg_path_join(&path, folder, "t.csv", &err), HG_OK);
}

static void tear_down(void)
{
    hg_err ignored = HG_ERR_INIT;
    hg_folder_remove(folder, &ignored);
    free(folder);
    free(path);
}

TCase *tests_csvfile(void)
{
    TCase *tests = tcase_create("csvfile");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, rows_come_in_order_and_again_by_their_place);
    tcase_add_loop_test(tests, a_short_file_ends_as_it_should, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, a_file_that_is_not_there_can_still_be_closed);
    return tests;
}
