/* Delimited text of other people comes as records, or fails where it is wrong. */
#include "format/wildcsv.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* cells are parted by '^', records by '$' */
static const struct {
    const char *text, *records;
    char delim;    /* found */
    uint64_t line; /* of the last record */
    hg_status end;
    uint64_t row;
    uint32_t col;
} cases[] = {
    { "a,b\n1,2\n", "a^b$1^2$", ',', 2, HG_END, 0, 0 },
    { "a;b\r\n1,5;2,5\r\n", "a^b$1,5^2,5$", ';', 2, HG_END, 0, 0 },
    { "a\tb\r1\t2", "a^b$1^2$", '\t', 2, HG_END, 0, 0 },
    { "a|b\n\n1|2", "a^b$$1^2$", '|', 3, HG_END, 0, 0 },
    { "\xEF\xBB\xBF"
      "a,b\n",
      "a^b$", ',', 1, HG_END, 0, 0 },
    { "a,\"x\ny\"\r\nz", "a^x\ny$z$", ',', 3, HG_END, 0, 0 },
    { "a,\"x\r\ny\r\n\"\nz", "a^x\r\ny\r\n$z$", ',', 4, HG_END, 0, 0 },
    { "\"a \"\"b\"\"\",\"\"\n", "a \"b\"^$", ',', 1, HG_END, 0, 0 },
    { " a , b\n", " a ^ b$", ',', 1, HG_END, 0, 0 },
    { "a,\n", "a^$", ',', 1, HG_END, 0, 0 },
    { ",", "^$", ',', 1, HG_END, 0, 0 },
    { "", "", ',', 0, HG_END, 0, 0 },
    { "\n\r\n\r", "$$$", ',', 3, HG_END, 0, 0 },
    { "tiêu đề, có phẩy\n\na;b;c\n1,5;2;3\n4;5;6",
      "tiêu đề, có phẩy$$a^b^c$1,5^2^3$4^5^6$", ';', 5, HG_END, 0, 0 },
    { "a,b\n1,\"x", "a^b$", ',', 1, HG_EINPUT, 2, 0 },
    { "a,b\n\"1\n2\",x\"y\n", "a^b$", ',', 1, HG_EINPUT, 3, 5 },
    { "a,b\n\"x\"y\n", "a^b$", ',', 1, HG_EINPUT, 2, 4 },
    { "a,b\nx\xEC,2\n", "a^b$", ',', 1, HG_EINPUT, 2, 2 },
    { "a,\"b\nx\xEC\"", "", ',', 0, HG_EINPUT, 2, 2 },
    { "a,b\nHu\xE1\xBA", "a^b$", ',', 1, HG_EINPUT, 2, 3 },
};

static void say(hg_buf *said, const hg_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        if (i > 0)
            hg_buf_putc(said, '^');
        hg_buf_put(said, row->cells[i].p, row->cells[i].n);
    }
    hg_buf_putc(said, '$');
}

START_TEST(records_come_first_and_then_the_right_ending)
{
    hg_err err = HG_ERR_INIT;
    hg_buf said = { 0 };
    hg_wildcsv *csv;
    hg_row row = { 0 };
    hg_status st;
    uint64_t n = 0;
    int fd = text_fd(cases[_i].text, strlen(cases[_i].text));
    ck_assert_int_eq(hg_wildcsv_new(&csv, fd, "t.csv", NULL, &err), HG_OK);
    ck_assert_int_eq(hg_wildcsv_delim(csv), cases[_i].delim);
    while ((st = hg_wildcsv_next(csv, &row, &err)) == HG_OK) {
        ck_assert_uint_eq(row.number, ++n);
        say(&said, &row);
    }
    ck_assert_str_eq(said.data ? said.data : "", cases[_i].records);
    ck_assert_int_eq(st, cases[_i].end);
    ck_assert_uint_eq(row.line, cases[_i].line);
    ck_assert_uint_eq(err.row, cases[_i].row);
    ck_assert_uint_eq(err.col, cases[_i].col);
    ck_assert_int_eq(hg_wildcsv_next(csv, &row, &err), st); /* the ending repeats */
    hg_wildcsv_free(csv);
    hg_buf_release(&said);
    close(fd);
}
END_TEST

/* Records of every length about the edges of a block, with and without quotes. */
START_TEST(records_are_whole_across_blocks)
{
    for (size_t len = 1; len < 70000; len = len * 3 + 1) {
        hg_err err = HG_ERR_INIT;
        hg_buf text = { 0 };
        hg_wildcsv *csv;
        hg_row row;
        uint64_t line = 1, n = 0;
        for (int i = 0; text.len < 600000; i++) {
            hg_buf_printf(&text, "%d,\"", i);
            for (size_t k = 0; k < len; k++)
                hg_buf_puts(&text, k % 7 ? "ệ" : "\r\n");
            hg_buf_puts(&text, "\"\"\",đ\r\n");
        }
        int fd = text_fd(text.data, text.len);
        ck_assert_int_eq(hg_wildcsv_new(&csv, fd, "t.csv", NULL, &err), HG_OK);
        while (hg_wildcsv_next(csv, &row, &err) == HG_OK) {
            ck_assert_uint_eq(row.n, 3);
            ck_assert_uint_eq(row.line, line);
            ck_assert_uint_eq(strtoul(row.cells[0].p, NULL, 10), n++);
            ck_assert_uint_eq(row.cells[1].n, len * 3 - (len + 6) / 7 + 1);
            ck_assert(hg_slice_is(row.cells[2], "đ"));
            line += (len + 6) / 7 + 1;
        }
        ck_assert_int_eq(err.status, HG_OK);
        hg_wildcsv_free(csv);
        hg_buf_release(&text);
        close(fd);
    }
}
END_TEST

START_TEST(a_record_over_its_limit_is_refused)
{
    hg_wildcsv_opts opts = { .max_row = 10 };
    hg_err err = HG_ERR_INIT;
    hg_wildcsv *csv;
    hg_row row;
    int fd = text_fd("0123456789\n01234,678901\n", 24);
    ck_assert_int_eq(hg_wildcsv_new(&csv, fd, "t.csv", &opts, &err), HG_OK);
    ck_assert_int_eq(hg_wildcsv_next(csv, &row, &err), HG_OK);
    while (hg_wildcsv_next(csv, &row, &err) == HG_OK)
        ;
    ck_assert_int_eq(err.status, HG_EINPUT);
    ck_assert_uint_eq(err.row, 2);
    hg_wildcsv_free(csv);
    close(fd);
}
END_TEST

START_TEST(a_delimiter_that_cannot_work_is_refused)
{
    static const char delims[] = { '"', '\n', '\r', (char)0xC3 };
    for (size_t i = 0; i < sizeof delims; i++) {
        hg_wildcsv_opts opts = { .delim = delims[i] };
        hg_err err = HG_ERR_INIT;
        hg_wildcsv *csv;
        ck_assert_int_eq(hg_wildcsv_new(&csv, 0, "t.csv", &opts, &err), HG_EARG);
        ck_assert_ptr_null(csv);
    }
}
END_TEST

TCase *tests_wildcsv(void)
{
    TCase *tests = tcase_create("wildcsv");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, records_come_first_and_then_the_right_ending, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, records_are_whole_across_blocks);
    tcase_add_test(tests, a_record_over_its_limit_is_refused);
    tcase_add_test(tests, a_delimiter_that_cannot_work_is_refused);
    return tests;
}
