/* Canonical CSV: what is put comes back, and what is not canonical is refused with its
 * place. */
#include "delimited/csv.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *text;
    unsigned rows, row, col;
    hg_status end;
} cases[] = {
    { "", 0, 0, 0, HG_END },
    { "a,b\r\n1,\"x\ny\"\r\nz", 3, 0, 0, HG_END }, /* a quoted newline is data */
    { "a,b\n1,\"x", 1, 2, 2, HG_EINPUT },          /* cut off inside quotes */
    { "a\n\"x\"y\n", 1, 2, 1, HG_EINPUT },
    { "a\nx\"y\n", 1, 2, 1, HG_EINPUT },
    { "a\n\"1\n2\"\nb\"\n", 2, 4, 1, HG_EINPUT }, /* lines are counted inside quotes */
    { "\n\n", 2, 0, 0, HG_END },
};

START_TEST(rows_come_first_and_then_the_right_ending)
{
    hg_err err = HG_ERR_INIT;
    hg_csv csv = { 0 };
    hg_row row;
    hg_status st;
    unsigned n = 0;
    hg_csv_init(&csv, cases[_i].text, strlen(cases[_i].text), 0, 0);
    while ((st = hg_csv_next(&csv, &row, &err)) == HG_OK)
        n++;
    ck_assert_uint_eq(n, cases[_i].rows);
    ck_assert_int_eq(st, cases[_i].end);
    ck_assert_uint_eq(err.row, cases[_i].row);
    ck_assert_uint_eq(err.col, cases[_i].col);
    hg_csv_release(&csv);
}
END_TEST

START_TEST(every_cell_that_is_put_comes_back)
{
    static const char *const cells[] = { "",     "a",  "a,b",       "\"",     "\"\"",
                                         "x\ny", "\r", "Hậu Giang", "a\"b\"c" };
    enum { N = sizeof cells / sizeof *cells };
    hg_err err = HG_ERR_INIT;
    hg_csv csv = { 0 };
    hg_row row;
    hg_buf buf = { 0 };
    for (int i = 0; i < N; i++)
        hg_csv_put(&buf, hg_slice_of(cells[i]), i == 0);
    hg_csv_end(&buf);
    hg_csv_init(&csv, buf.data, buf.len, 0, 0);
    ck_assert_int_eq(hg_csv_next(&csv, &row, &err), HG_OK);
    ck_assert_uint_eq(row.n, N);
    for (int i = 0; i < N; i++)
        ck_assert(hg_slice_is(row.cells[i], cells[i]));
    ck_assert(hg_slice_eq(row.raw, (hg_slice){ buf.data, buf.len }));
    hg_csv_release(&csv);
    hg_buf_release(&buf);
}
END_TEST

TCase *tests_csv(void)
{
    TCase *tests = tcase_create("csv");
    tcase_add_loop_test(tests, rows_come_first_and_then_the_right_ending, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, every_cell_that_is_put_comes_back);
    return tests;
}
