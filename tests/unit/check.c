/* A check names the cell that was typed, forwards rows as they are, and never calls valid
 * what it could not check. */
#include "unit.h"
#include "delimited/csv.h"
#include "rules/table.h"
#include "stream/findings.h"
#include "work/check.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char head_text[] =
    "{ \"id\": \"dan-so\", \"sources\": [ { \"name\": \"bao-cao.xlsx\" } ],"
    "  \"definition\": { \"codes\": { \"gioi.csv\": \"code,vi\\nT,Tổng số\\nM,Nam\\nF,Nữ\\n\" } },"
    "  \"resources\": [ { \"name\": \"dan-so\", \"schema\": {"
    "    \"fields\": [ { \"name\": \"nam\", \"type\": \"year\" }, { \"name\": \"gioi\" },"
    "                { \"name\": \"v\", \"type\": \"number\" } ],"
    "    \"primaryKey\": [\"nam\", \"gioi\"],"
    "    \"foreignKeys\": [ { \"fields\": \"gioi\","
    "      \"reference\": { \"resource\": \"codes/gioi\", \"fields\": \"code\" } } ],"
    "    \"rules\": [ { \"type\": \"sum\", \"field\": \"v\", \"dimension\": \"gioi\","
    "      \"total\": \"T\", \"parts\": [\"M\", \"F\"] } ] } } ] }";

/* A row of the table and the cell (of sheet "Biểu 01") that it came from. */
typedef struct row {
    const char *cells[3];
    uint64_t row;
    uint32_t col;
} row;

static const row good[] = {
    { { "2004", "T", "769.7" }, 17, 2 },
    { { "2004", "M", "379.5" }, 17, 3 },
    { { "2004", "F", "390.2" }, 17, 4 },
};

static const char *file_name(int fd)
{
    static char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    return name;
}

/* Write rows as a stream, located or from consecutive rows of the sheet; its descriptor. */
static int write_rows(const row *rows, size_t n, bool located)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *head;
    hg_out *out;
    const char *header[] = { HG_STREAM_AT, "nam", "gioi", "v" };
    int fd = text_fd("", 0);
    ck_assert_int_eq(hg_doc_parse(&head, "head", hg_slice_of(head_text), &err), HG_OK);
    ck_assert_int_eq(hg_out_new(&out, fd, HG_EXTRACTED, hg_doc_root(head), &err), HG_OK);
    hg_out_table(out, header + !located, 3 + located, &err);
    for (size_t i = 0; i < n; i++) {
        hg_slice cells[3];
        hg_origin at = { .sheet = "Biểu 01", .row = rows[i].row, .col = rows[i].col };
        for (size_t k = 0; k < 3; k++)
            cells[k] = hg_slice_of(rows[i].cells[k]);
        ck_assert_int_eq(hg_out_row(out, cells, 3, &at, &err), HG_OK);
    }
    ck_assert_int_eq(hg_out_seal(out, &err), HG_OK);
    hg_out_free(out);
    hg_doc_free(head);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static hg_status note(void *user, const hg_finding *finding, hg_err *err)
{
    (void)err;
    hg_validation_line(user, finding, HG_EN);
    return HG_OK;
}

/* Check the stream at fd, and seal out, if there is one; lines has its findings. */
static hg_status check(int fd, hg_out *out, hg_check_opts opts, hg_buf *lines,
                       hg_check_sum *sum)
{
    hg_err err = HG_ERR_INIT;
    hg_in_opts in_opts = { .stage = HG_EXTRACTED };
    hg_in *in;
    opts.found = note;
    opts.user = lines;
    hg_buf_puts(lines, "");
    ck_assert_int_eq(hg_in_open(&in, file_name(fd), &in_opts, &err), HG_OK);
    hg_status st = hg_check(in, out, &opts, sum, &err);
    ck_assert_int_eq(st, err.status);
    if (out) /* while the reader is there */
        ck_assert_int_eq(hg_out_seal(out, &err), HG_OK);
    hg_in_free(in);
    close(fd);
    return st;
}

static const struct {
    row rows[3];
    bool located;
    const char *lines;
} places[] = {
    { { { { "2004", "T", "769.7" }, 17, 2 }, { { "2004", "M", "x" }, 17, 3 } },
      true,
      "bao-cao.xlsx!Biểu 01!C17 [v]: error type-error: \"x\" is not of the type number\n" },
    { { { { "2004", "T", "769.7" }, 17, 2 }, { { "2004", "M", "x" }, 18, 1 } },
      false,
      "bao-cao.xlsx!Biểu 01!C18 [v]: error type-error: \"x\" is not of the type number\n" },
    { { { { "2004", "T", "770.7" }, 17, 2 },
        { { "2004", "M", "379.5" }, 17, 3 },
        { { "2004", "F", "390.2" }, 17, 28 } },
      true,
      "bao-cao.xlsx!Biểu 01!B17 [v]: error sum-error: the total 770.7 is not the sum 769.7 of M "
      "379.5 (C17) + F 390.2 (AB17)\n" },
    { { { { "2004", "T", "1" }, 17, 2 }, { { "2004", "T", "2" }, 19, 2 } },
      true,
      "bao-cao.xlsx!Biểu 01!B19: error primary-key: the same key as in row 2 of the table\n" },
    { { { { "2004", "X", "1" }, 17, 2 } },
      true,
      "bao-cao.xlsx!Biểu 01!B17 [gioi]: error foreign-key: \"X\" is not in codes/gioi\n" },
    { { { { "", "", "" }, 17, 2 } },
      true,
      "bao-cao.xlsx!Biểu 01!B17: error blank-row: the row is blank\n"
      "bao-cao.xlsx!Biểu 01!B17: error primary-key: the primary key has no value in \"nam\"\n" },
};

START_TEST(a_finding_names_the_cell_that_was_typed)
{
    hg_buf lines = { 0 };
    hg_check_sum sum;
    size_t n = 0;
    while (n < 3 && places[_i].rows[n].row > 0)
        n++;
    int fd = write_rows(places[_i].rows, n, places[_i].located);
    ck_assert_int_eq(check(fd, NULL, (hg_check_opts){ 0 }, &lines, &sum), HG_OK);
    ck_assert_str_eq(lines.data, places[_i].lines);
    ck_assert_uint_ge(sum.errors, 1);
    ck_assert_uint_eq(sum.rows, n);
    hg_buf_release(&lines);
}
END_TEST

START_TEST(good_rows_have_no_findings)
{
    hg_buf lines = { 0 };
    hg_check_sum sum;
    int fd = write_rows(good, 3, _i);
    ck_assert_int_eq(check(fd, NULL, (hg_check_opts){ 0 }, &lines, &sum), HG_OK);
    ck_assert_str_eq(lines.data, "");
    ck_assert_uint_eq(sum.errors + sum.warnings, 0);
    hg_buf_release(&lines);
}
END_TEST

/* Copy the rows' parts of a stream to buf; the findings are read back into lines. */
static void read_back(int fd, hg_buf *rows, hg_buf *lines)
{
    hg_err err = HG_ERR_INIT;
    hg_in_opts opts = { .stage = HG_EXTRACTED };
    hg_in *in;
    hg_part part;
    hg_status st;
    hg_csv csv = { 0 };
    hg_row record;
    hg_buf text = { 0 };
    hg_finding finding;
    lseek(fd, 0, SEEK_SET);
    ck_assert_int_eq(hg_in_open(&in, file_name(fd), &opts, &err), HG_OK);
    while ((st = hg_in_next(in, &part, &err)) == HG_OK) {
        if (part.kind == HG_PART_ROWS) {
            hg_buf_put(rows, part.bytes.p, part.bytes.n);
            continue;
        }
        hg_csv_init(&csv, part.bytes.p, part.bytes.n, 0, 0);
        ck_assert_int_eq(hg_csv_next(&csv, &record, &err), HG_OK); /* the header */
        ck_assert_int_eq(hg_findings_read(&finding, &record, &text, &err), HG_EINPUT);
        err = (hg_err)HG_ERR_INIT;
        while (hg_csv_next(&csv, &record, &err) == HG_OK) {
            ck_assert_int_eq(hg_findings_read(&finding, &record, &text, &err), HG_OK);
            hg_validation_line(lines, &finding, HG_EN);
        }
    }
    ck_assert_int_eq(st, HG_END);
    hg_csv_release(&csv);
    hg_buf_release(&text);
    hg_in_free(in);
}

START_TEST(rows_are_forwarded_unchanged_and_findings_travel_along)
{
    static const row rows[] = { { { "2004", "M", "1,\n\"x\"" }, 17, 3 },
                                { { "02004", "F", "2" }, 17, 4 } };
    hg_err err = HG_ERR_INIT;
    hg_buf lines = { 0 }, before = { 0 }, after = { 0 }, read = { 0 }, none = { 0 };
    hg_check_sum sum;
    hg_doc *head;
    hg_out *out;
    int to = text_fd("", 0), from = write_rows(rows, 2, true);
    ck_assert_int_eq(hg_doc_parse(&head, "head", hg_slice_of(head_text), &err), HG_OK);
    ck_assert_int_eq(hg_out_new(&out, to, HG_CHECKED, hg_doc_root(head), &err), HG_OK);
    read_back(from, &before, &none);
    lseek(from, 0, SEEK_SET);
    ck_assert_int_eq(check(from, out, (hg_check_opts){ 0 }, &lines, &sum), HG_OK);
    hg_out_free(out);
    hg_doc_free(head);
    read_back(to, &after, &read);
    ck_assert_str_eq(before.data, after.data);
    ck_assert_uint_eq(sum.errors, 2);
    ck_assert_str_eq(read.data, lines.data);
    close(to);
    hg_buf_release(&lines);
    hg_buf_release(&before);
    hg_buf_release(&after);
    hg_buf_release(&read);
}
END_TEST

START_TEST(keys_over_the_memory_limit_are_no_verdict)
{
    hg_buf lines = { 0 };
    hg_check_sum sum;
    int fd = write_rows(good, 3, true);
    ck_assert_int_eq(check(fd, NULL, (hg_check_opts){ .max_memory = 600 }, &lines, &sum),
                     HG_EINPUT);
    hg_buf_release(&lines);
}
END_TEST

static const struct {
    const char *text;
    bool cell;
    uint64_t row;
    uint32_t col;
} cells[] = {
    { "D17", true, 17, 4 },  { "AB1", true, 1, 28 }, { "XFD1048576", true, 1048576, 16384 },
    { "", false, 0, 0 },     { "17", false, 0, 0 },  { "D", false, 0, 0 },
    { "D17x", false, 0, 0 }, { "d17", false, 0, 0 }, { "ABCD1", false, 0, 0 },
};

START_TEST(a_cell_is_read_from_its_name)
{
    uint64_t number;
    uint32_t col;
    ck_assert_int_eq(hg_cell_read(hg_slice_of(cells[_i].text), &number, &col), cells[_i].cell);
    if (cells[_i].cell) {
        ck_assert_uint_eq(number, cells[_i].row);
        ck_assert_uint_eq(col, cells[_i].col);
    }
}
END_TEST

TCase *tests_check(void)
{
    TCase *tests = tcase_create("check");
    tcase_add_loop_test(tests, a_finding_names_the_cell_that_was_typed, 0,
                        sizeof places / sizeof *places);
    tcase_add_loop_test(tests, good_rows_have_no_findings, 0, 2);
    tcase_add_test(tests, rows_are_forwarded_unchanged_and_findings_travel_along);
    tcase_add_test(tests, keys_over_the_memory_limit_are_no_verdict);
    tcase_add_loop_test(tests, a_cell_is_read_from_its_name, 0, sizeof cells / sizeof *cells);
    return tests;
}
