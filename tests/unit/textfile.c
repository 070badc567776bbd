/* Delimited texts: what libcsv reads of a regular text, ours reads too; cells of any
 * dialect. */
#include "delimited/csv.h"
#include "delimited/split.h"
#include "delimited/textfile.h"
#include "unit.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hg_err err;

/* ---- libcsv ---- */

static void on_cell(void *bytes, size_t n, void *said)
{
    hg_buf_put(said, bytes, n);
    hg_buf_putc(said, '|');
}

static void on_row(int end, void *said)
{
    (void)end;
    hg_buf_putc(said, ';');
}

static int never(unsigned char c)
{
    (void)c;
    return 0;
}

static void by_libcsv(hg_buf *said, const char *text, size_t n)
{
    struct csv_parser parser;
    ck_assert_int_eq(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
    csv_set_space_func(&parser, never);
    ck_assert_uint_eq(csv_parse(&parser, text, n, on_cell, on_row, said), n);
    ck_assert_int_eq(csv_fini(&parser, on_cell, on_row, said), 0);
    csv_free(&parser);
}

/* ---- ours ---- */

static void say(hg_buf *said, const hg_row *row)
{
    for (size_t i = 0; i < row->n; i++) {
        hg_buf_put(said, row->cells[i].p, row->cells[i].n);
        hg_buf_putc(said, '|');
    }
    hg_buf_putc(said, ';');
}

static hg_status count_finding(void *user, const hg_finding *finding, hg_err *failure)
{
    (void)finding;
    (void)failure;
    ++*(size_t *)user;
    return HG_OK;
}

/* Open a text; *found counts its findings. */
static hg_textfile *open_text(const char *bytes, size_t n, int *fd, size_t *found)
{
    hg_textfile_opts opts = HG_TEXTFILE_DEFAULTS;
    hg_textfile *text;
    opts.found = count_finding;
    opts.user = found;
    *fd = text_fd(bytes, n);
    ck_assert_int_eq(hg_textfile_open(&text, *fd, "t.csv", &opts, &err), HG_OK);
    return text;
}

static void by_rows(hg_buf *said, const char *bytes, size_t n, size_t table)
{
    int fd;
    size_t found = 0;
    hg_textfile *text = open_text(bytes, n, &fd, &found);
    hg_textfile_rows *rows;
    hg_row row;
    hg_status st;
    ck_assert_int_eq(hg_textfile_rows_new(&rows, text, table, &err), HG_OK);
    while ((st = hg_textfile_rows_next(rows, &row, &err)) == HG_OK)
        say(said, &row);
    ck_assert_int_eq(st, HG_END);
    ck_assert_uint_eq(found, 0);
    hg_textfile_rows_free(rows);
    hg_textfile_free(text);
    close(fd);
}

static void by_two_stages(hg_buf *said, const char *bytes, size_t n)
{
    hg_csv csv = { 0 };
    hg_row row;
    hg_csv_init(&csv, bytes, n, 0, 0);
    while (hg_csv_next(&csv, &row, &err) == HG_OK)
        say(said, &row);
    hg_csv_release(&csv);
}

/* The same of rows that come together, where they do. */
static void by_two_stages_together(hg_buf *said, const char *bytes, size_t n)
{
    hg_csv csv = { 0 };
    hg_block block;
    hg_slice cells[5];
    hg_row row = { .cells = cells, .n = 5 };
    hg_csv_init(&csv, bytes, n, 0, 0);
    for (size_t rows = 1; rows > 0;) {
        rows = hg_csv_rows(&csv, 5, 64, &block);
        for (size_t r = 0; r < rows; r++) {
            for (size_t c = 0; c < 5; c++)
                cells[c] = hg_block_cell(&block, r, c);
            say(said, &row);
        }
        hg_row one;
        if (rows == 0 && hg_csv_next(&csv, &one, &err) == HG_OK) {
            say(said, &one);
            rows = 1;
        }
    }
    hg_csv_release(&csv);
}

/* A regular text of some rows, always the same for one seed: one cell in two stands in quotes,
 * all in every third text. */
static void make(hg_buf *text, unsigned seed, unsigned rows)
{
    static const char *const cells[] = { "\"a,b\"", "\"u\"\"v\"", "\"\n\"",    "\"\"",
                                         "\"w\"",   "\"\"\"\"",   "\"\"\"a\"", "\"a\"\"\"\"\"",
                                         "1",       "x",          "Xã",        "25",
                                         "z z",     "",           "2024-01-31" };
    unsigned kinds = seed % 3 == 0 ? 8 : sizeof cells / sizeof *cells;
    const char *end = seed % 2 == 0 ? "\r\n" : "\n";
    for (unsigned i = 0; i < rows * 5; i++) {
        seed = seed * 1103515245u + 12345u;
        hg_buf_puts(text, i % 5 == 0 ? "7" : cells[(seed >> 16) % kinds]);
        hg_buf_puts(text, i % 5 == 4 ? end : ",");
    }
}

START_TEST(libcsv_and_our_readers_agree_on_regular_texts)
{
    for (unsigned seed = 1; seed < 40; seed++) {
        hg_buf text = { 0 }, want = { 0 }, rows = { 0 }, all = { 0 }, stages = { 0 };
        hg_buf together = { 0 };
        hg_buf_puts(&text, "cột,b,c,d,e\n");
        make(&text, seed, seed * seed * 2);
        by_libcsv(&want, text.data, text.len);
        by_rows(&rows, text.data, text.len, 0);
        by_rows(&all, text.data, text.len, HG_TEXTFILE_ALL);
        by_two_stages(&stages, text.data, text.len);
        by_two_stages_together(&together, text.data, text.len);
        ck_assert_str_eq(together.data, want.data);
        ck_assert_str_eq(rows.data, want.data);
        ck_assert_str_eq(all.data, want.data);
        ck_assert_str_eq(stages.data, want.data);
        hg_buf_release(&text);
        hg_buf_release(&want);
        hg_buf_release(&rows);
        hg_buf_release(&all);
        hg_buf_release(&stages);
        hg_buf_release(&together);
    }
}
END_TEST

START_TEST(blocks_of_a_regular_text_are_its_bytes)
{
    hg_buf text = { 0 }, got = { 0 };
    hg_slice bytes;
    uint64_t records, sum = 0;
    size_t found = 0;
    int fd;
    hg_textfile_blocks *blocks;
    hg_buf_puts(&text, "cột,b,c,d,e\n");
    make(&text, 3, 200000);
    hg_textfile *file = open_text(text.data, text.len, &fd, &found);
    ck_assert(hg_textfile_canonical(file));
    ck_assert_int_eq(hg_textfile_blocks_new(&blocks, file, &err), HG_OK);
    while (hg_textfile_blocks_next(blocks, &bytes, &records, &err) == HG_OK) {
        hg_buf_put(&got, bytes.p, bytes.n);
        sum += records;
    }
    ck_assert_uint_eq(sum, 200001);
    ck_assert_uint_eq(got.len, text.len);
    ck_assert(memcmp(got.data, text.data, text.len) == 0);
    hg_textfile_blocks_free(blocks);
    hg_textfile_free(file);
    close(fd);
    hg_buf_release(&text);
    hg_buf_release(&got);
}
END_TEST

START_TEST(spans_of_a_verbatim_text_are_all_of_it_behind_its_mark)
{
    hg_buf text = { 0 };
    hg_span span;
    uint64_t records, sum = 0, end = 3;
    size_t found = 0, n = 0;
    int fd;
    hg_buf_puts(&text, "\xEF\xBB\xBF" "cột,b,c,d,e\n");
    make(&text, 3, 200000);
    hg_textfile *file = open_text(text.data, text.len, &fd, &found);
    ck_assert(hg_textfile_verbatim(file));
    ck_assert(!hg_textfile_canonical(file));
    for (; hg_textfile_span(file, n, &span, &records); n++) {
        ck_assert_int_eq(span.fd, fd);
        ck_assert_uint_eq(span.from, end);
        end += span.bytes;
        sum += records;
        ck_assert_int_eq(text.data[end - 1], '\n');
    }
    ck_assert_uint_gt(n, 2);
    ck_assert_uint_eq(end, text.len);
    ck_assert_uint_eq(sum, 200001);
    ck_assert_int_eq(hg_textfile_unchanged(file, &err), HG_OK);
    ck_assert_int_eq(futimens(fd, (struct timespec[2]){ { 1, 0 }, { 1, 1 } }), 0);
    ck_assert_int_eq(hg_textfile_unchanged(file, &err), HG_EINPUT);
    hg_textfile_free(file);
    close(fd);
    hg_buf_release(&text);
}
END_TEST

/* ---- records ---- */

static const struct {
    const char *text;
    char delimiter, quote, escape;
    const char *cells;
    size_t length, strays;
} records[] = {
    { "a,b\nc", ',', '"', 0, "a|b|", 4, 0 },
    { "a,b\r\nc", ',', '"', 0, "a|b|", 5, 0 },
    { "a;\"b;\nc\"\r", ';', '"', 0, "a|b;\nc|", 9, 0 },
    { "'it''s',x", ',', '\'', 0, "it's|x|", 9, 0 },
    { "\"a\\\"b\",c", ',', '"', '\\', "a\"b|c|", 8, 0 },
    { "\"c:\\dir\",x", ',', '"', '\\', "c:\\dir|x|", 10, 0 },
    { "\"a\"b\",c", ',', '"', 0, "a\"b|c|", 7, 1 },
    { "\"a,b\nc,d\n", ',', '"', 0, "\"a|b|", 5, 1 }, /* closed nowhere */
    { "\"a\nb\"c,d\n", ',', '"', 0, "\"a|", 3, 1 },  /* nor regularly */
    { "a\"b,c", ',', '"', 0, "a\"b|c|", 5, 1 },
    { "don't,c", ',', '\'', 0, "don't|c|", 7, 0 },
    { ",,", ',', '"', 0, "|||", 2, 0 },
    { "a,b", 0, '"', 0, "a,b|", 3, 0 },
};

START_TEST(records_are_split_in_any_dialect)
{
    hg_dialect dialect = hg_dialect_default(records[_i].delimiter);
    hg_split split = { .dialect = &dialect };
    hg_buf said = { 0 };
    dialect.delimiter = records[_i].delimiter;
    dialect.quote = records[_i].quote;
    dialect.escape = records[_i].escape;
    ck_assert_int_eq(
        hg_split_record(&split, hg_slice_of(records[_i].text), true, HG_SPLIT_NONE, &err),
        HG_OK);
    for (size_t i = 0; i < split.n; i++) {
        hg_buf_put(&said, split.cells[i].p, split.cells[i].n);
        hg_buf_putc(&said, '|');
    }
    ck_assert_str_eq(said.data, records[_i].cells);
    ck_assert_uint_eq(split.length, records[_i].length);
    ck_assert_uint_eq(split.strays, records[_i].strays);
    hg_split_release(&split);
    hg_buf_release(&said);
}
END_TEST

TCase *tests_textfile(void)
{
    TCase *tests = tcase_create("textfile");
    tcase_add_test(tests, libcsv_and_our_readers_agree_on_regular_texts);
    tcase_add_test(tests, blocks_of_a_regular_text_are_its_bytes);
    tcase_add_test(tests, spans_of_a_verbatim_text_are_all_of_it_behind_its_mark);
    tcase_add_loop_test(tests, records_are_split_in_any_dialect, 0,
                        (int)(sizeof records / sizeof *records));
    return tests;
}
