/* What is written to a stream is read back, and nothing that was cut off is taken for
 * whole. */
#include "stream/stream.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char head_text[] =
    "{ \"id\": \"dan-so\", \"definition\": {}, \"sources\": [ { \"name\": \"a.xlsx\" } ],"
    "  \"resources\": [ { \"name\": \"dan-so\", \"schema\": { \"fields\": [ { \"name\": "
    "\"nam\" },"
    "  { \"name\": \"tên\" } ] } } ] }";

static hg_slice cell(const char *text)
{
    return hg_slice_of(text);
}

/* Write a stream of rows (two data rows a sheet) to a new file; returns its descriptor.
 */
static int write_stream(unsigned rows, bool located, bool seal)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *head;
    hg_out *out;
    const char *header[] = { HG_STREAM_AT, "nam", "tên" };
    int fd = text_fd("", 0);
    ck_assert_int_eq(hg_doc_parse(&head, "head", cell(head_text), &err), HG_OK);
    ck_assert_int_eq(hg_out_new(&out, fd, HG_EXTRACTED, hg_doc_root(head), &err), HG_OK);
    ck_assert_int_eq(hg_out_table(out, header + !located, located ? 3 : 2, &err), HG_OK);
    for (unsigned i = 0; i < rows; i++) {
        char sheet[32];
        hg_slice cells[] = { cell("2024"), cell("Vị \"Thanh\",\nHậu Giang") };
        snprintf(sheet, sizeof sheet, "Biểu %u", i / 2);
        hg_origin at = { .sheet = sheet, .row = i % 2 + 7, .col = 4 };
        ck_assert_int_eq(hg_out_row(out, cells, 2, &at, &err), HG_OK);
    }
    if (seal)
        ck_assert_int_eq(hg_out_seal(out, &err), HG_OK);
    hg_out_free(out);
    hg_doc_free(head);
    ck_assert_int_eq((int)lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

static char *file_name(int fd)
{
    static char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    return name;
}

/* Read a stream to its end; returns the last status, counts parts. */
static hg_status read_stream(int fd, unsigned *parts, hg_err *err)
{
    hg_in_opts opts = { .stage = HG_EXTRACTED };
    hg_in *in;
    hg_part part;
    hg_status st = hg_in_open(&in, file_name(fd), &opts, err);
    *parts = 0;
    if (st != HG_OK)
        return st;
    while ((st = hg_in_next(in, &part, err)) == HG_OK)
        ++*parts;
    ck_assert_int_eq(hg_in_next(in, &part, err), st); /* the ending repeats */
    hg_in_free(in);
    return st;
}

START_TEST(rows_come_back_with_the_sheet_and_cell_they_came_from)
{
    hg_err err = HG_ERR_INIT;
    hg_in_opts opts = { .stage = HG_EXTRACTED };
    hg_in *in;
    hg_part part;
    int fd = write_stream(3, true, true);
    ck_assert_int_eq(hg_in_open(&in, file_name(fd), &opts, &err), HG_OK);
    ck_assert_str_eq(hg_json_get_str(hg_in_head(in), "stage"), "extracted");
    ck_assert_int_eq(hg_in_next(in, &part, &err), HG_OK);
    ck_assert(part.header && part.located);
    ck_assert_uint_eq(part.records, 3);
    ck_assert_str_eq(part.at.sheet, "Biểu 0");
    ck_assert(hg_slice_is(part.bytes, "_at,nam,tên\n"
                                      "D7,2024,\"Vị \"\"Thanh\"\",\nHậu Giang\"\n"
                                      "D8,2024,\"Vị \"\"Thanh\"\",\nHậu Giang\"\n"));
    ck_assert_int_eq(hg_in_next(in, &part, &err), HG_OK);
    ck_assert(!part.header && part.located);
    ck_assert_uint_eq(part.number, 4);
    ck_assert_str_eq(part.at.sheet, "Biểu 1");
    ck_assert_int_eq(hg_in_next(in, &part, &err), HG_END);
    ck_assert_ptr_nonnull(hg_in_seal(in));
    hg_in_free(in);
    close(fd);
}
END_TEST

START_TEST(an_unsealed_stream_is_cut_off)
{
    hg_err err = HG_ERR_INIT;
    unsigned parts;
    int fd = write_stream(3, false, false);
    ck_assert_int_eq(read_stream(fd, &parts, &err), HG_EINPUT);
    close(fd);
}
END_TEST

static size_t whole(int fd, char **bytes)
{
    size_t size = (size_t)lseek(fd, 0, SEEK_END);
    *bytes = malloc(size);
    ck_assert_int_eq((int)pread(fd, *bytes, size, 0), (int)size);
    return size;
}

START_TEST(a_stream_cut_at_any_block_or_any_byte_is_refused)
{
    char *bytes;
    int fd = write_stream(9, true, true);
    size_t size = whole(fd, &bytes), step = 512;
    srand(1);
    for (size_t at = 0, tried = 0; tried < size / 512 + 300; tried++) {
        hg_err err = HG_ERR_INIT;
        unsigned parts;
        int cut = text_fd(bytes, at);
        ck_assert_msg(read_stream(cut, &parts, &err) == HG_EINPUT, "cut at %zu", at);
        close(cut);
        at = tried + 1 < size / step ? (tried + 1) * step : (size_t)rand() % size;
    }
    free(bytes);
    close(fd);
}
END_TEST

START_TEST(a_changed_byte_anywhere_is_noticed)
{
    char *bytes;
    int fd = write_stream(3, true, true);
    size_t size = whole(fd, &bytes);
    for (size_t at = 0; at < size; at += 7) {
        hg_err err = HG_ERR_INIT;
        unsigned parts;
        if (at % 512 == 155)
            continue; /* the blank behind a tar checksum means nothing */
        bytes[at] ^= 1;
        int changed = text_fd(bytes, size);
        hg_status st = read_stream(changed, &parts, &err);
        bytes[at] ^= 1;
        ck_assert_msg(st == HG_EINPUT || st == HG_EARG, "byte %zu: %d", at, st);
        close(changed);
    }
    free(bytes);
    close(fd);
}
END_TEST

START_TEST(what_stands_behind_the_end_is_an_error)
{
    char *bytes;
    hg_err err = HG_ERR_INIT;
    unsigned parts;
    int fd = write_stream(1, false, true);
    size_t size = whole(fd, &bytes);
    ck_assert_int_eq((int)pwrite(fd, "x", 1, (off_t)size), 1);
    ck_assert_int_eq((int)lseek(fd, 0, SEEK_SET), 0);
    ck_assert_int_eq(read_stream(fd, &parts, &err), HG_EINPUT);
    free(bytes);
    close(fd);
}
END_TEST

static const struct {
    const char *text;
    unsigned parts;
    hg_status end;
} plain[] = {
    { "a,b\n1,2\n", 1, HG_END },
    { "\xEF\xBB\xBF"
      "a,b\r\n1,\"x\ny\"",
      1, HG_END },                     /* BOM, CRLF, no final line end */
    { "a\n\xC3\x28\n", 0, HG_EINPUT }, /* not UTF-8 */
    { "a,b\n1,\"2\n", 0, HG_EINPUT },  /* cut off inside quotes */
    { "", 0, HG_EINPUT },
};

START_TEST(plain_csv_reads_as_a_stream)
{
    hg_err err = HG_ERR_INIT;
    hg_in_opts opts = { .stage = HG_EXTRACTED, .plain = true };
    hg_in *in;
    hg_part part;
    unsigned parts = 0;
    int fd = text_fd(plain[_i].text, strlen(plain[_i].text));
    hg_status st = hg_in_open(&in, file_name(fd), &opts, &err);
    if (st == HG_OK)
        while ((st = hg_in_next(in, &part, &err)) == HG_OK)
            parts++;
    ck_assert_int_eq(st, plain[_i].end);
    ck_assert_uint_eq(parts, plain[_i].parts);
    if (parts > 0)
        ck_assert_ptr_null(memchr(part.bytes.p, '\r', part.bytes.n));
    hg_in_free(in);
    close(fd);
}
END_TEST

START_TEST(long_plain_csv_is_cut_at_row_ends)
{
    hg_err err = HG_ERR_INIT;
    hg_in_opts opts = { .stage = HG_EXTRACTED, .plain = true };
    hg_in *in;
    hg_part part;
    hg_buf text = { 0 };
    uint64_t records = 0, parts = 0;
    hg_buf_puts(&text, "ma,ten\n");
    for (int i = 0; i < 200000; i++)
        hg_buf_printf(&text, "%05d,\"dòng\n%d\"\n", i, i);
    int fd = text_fd(text.data, text.len);
    ck_assert_int_eq(hg_in_open(&in, file_name(fd), &opts, &err), HG_OK);
    while (hg_in_next(in, &part, &err) == HG_OK) {
        ck_assert_uint_eq(part.number, records + 1);
        ck_assert_int_eq(part.bytes.p[part.bytes.n - 1], '\n');
        records += part.records;
        parts++;
    }
    ck_assert_int_eq(err.status, HG_OK);
    ck_assert_uint_eq(records, 200001);
    ck_assert_uint_gt(parts, 2);
    hg_in_free(in);
    hg_buf_release(&text);
    close(fd);
}
END_TEST

TCase *tests_stream(void)
{
    TCase *tests = tcase_create("stream");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, rows_come_back_with_the_sheet_and_cell_they_came_from);
    tcase_add_test(tests, an_unsealed_stream_is_cut_off);
    tcase_add_test(tests, a_stream_cut_at_any_block_or_any_byte_is_refused);
    tcase_add_test(tests, a_changed_byte_anywhere_is_noticed);
    tcase_add_test(tests, what_stands_behind_the_end_is_an_error);
    tcase_add_loop_test(tests, plain_csv_reads_as_a_stream, 0,
                        sizeof plain / sizeof *plain);
    tcase_add_test(tests, long_plain_csv_is_cut_at_row_ends);
    return tests;
}
