/* ole - compound files: streams found and read, chains and sizes that lie refused */
#include "compound.h"
#include "unit.h"
#include "workbook/ole.h"

#include <stdlib.h>
#include <unistd.h>

static hg_err err;

static int file_of(compound *c, size_t n)
{
    err = (hg_err)HG_ERR_INIT;
    return text_fd((const char *)c, n);
}

/* Read a stream whole; how that ended. */
static hg_status read_stream(int fd, const char *name, unsigned char *bytes, size_t *n)
{
    hg_ole *ole = NULL;
    hg_ole_stream *stream = NULL;
    hg_status st = hg_ole_open(&ole, fd, "t.xls", &err);
    *n = 0;
    if (st == HG_OK)
        st = hg_ole_find(&stream, ole, name, &err);
    if (stream && (*n = (size_t)hg_ole_size(stream)) <= COMPOUND_BIG)
        st = hg_ole_read(stream, 0, bytes, *n, &err);
    hg_ole_stream_free(stream);
    hg_ole_free(ole);
    close(fd);
    return st;
}

static const struct {
    const char *name;
    size_t n;
} streams[] = {
    { "Big", COMPOUND_BIG }, { "BIG", COMPOUND_BIG }, { "Small", 300 }, { "Bi", 0 },
    { "Bigg", 0 },           { "Root Entry", 0 },
};

START_TEST(a_stream_is_found_by_its_name_and_read)
{
    compound c;
    unsigned char bytes[COMPOUND_BIG];
    size_t n;
    compound_init(&c, "Small", 300);
    for (size_t i = 0; i < sizeof c.big; i++)
        c.big[i] = (unsigned char)(i / 7);
    memset(c.small, 's', sizeof c.small);
    ck_assert_int_eq(read_stream(file_of(&c, sizeof c), streams[_i].name, bytes, &n),
                     HG_OK);
    ck_assert_uint_eq(n, streams[_i].n);
    if (n > 0)
        ck_assert_mem_eq(bytes, n > 300 ? c.big : c.small, n);
}
END_TEST

START_TEST(sectors_of_a_stream_may_stand_in_any_order)
{
    compound c;
    unsigned char bytes[COMPOUND_BIG];
    size_t n;
    compound_init(&c, "Small", 300);
    memset(c.big, 'a', 512);
    memset(c.big + 512, 'b', 512);
    put32(c.folder + 128 + 116, 5); /* 5, 4, 6 … */
    put32(c.table + 5 * 4, 4);
    put32(c.table + 4 * 4, 6);
    ck_assert_int_eq(read_stream(file_of(&c, sizeof c), "Big", bytes, &n), HG_OK);
    ck_assert_uint_eq(bytes[0], 'b');
    ck_assert_uint_eq(bytes[512], 'a');
}
END_TEST

static const struct {
    size_t at;
    uint32_t value;
    const char *name, *says;
} lies[] = {
    { 512 + 13 * 4, 4, "Big", NULL }, /* a circle behind what is needed does no harm */
    { 512 + 12 * 4, 0x00FFFFFF, "Big", "damaged: a chain of sectors leads nowhere" },
    { 512 + 1 * 4, 1, "Big", "damaged: a chain of sectors runs in a circle" },
    { 512 + 14 * 4, 0xFFFFFFFE, "Big",
      "the workbook is cut off" },                /* used, and not there */
    { 76, 99, "Big", "the workbook is cut off" }, /* the table's own sector */
    { 30, 10, "Big", "damaged: the first sector is no header" },
    { 0, 0, "Big", "damaged: the first sector is no header" },
    { 1024 + 128 + 120, 0x7FFFFFFF, "Big", "damaged: a chain of sectors leads nowhere" },
    { 1024 + 256 + 116, 6, "Small", "damaged: a chain of sectors leads nowhere" },
    { 1536 + 2 * 4, 999, "Small", "damaged: a chain of sectors leads nowhere" },
    { 60, 77, "Small", "damaged: a chain of sectors leads nowhere" },
    { 1024 + 128 + 68, 1, "Small", NULL }, /* a tree in a circle */
};

START_TEST(chains_and_sizes_that_lie_are_refused)
{
    compound c;
    unsigned char bytes[COMPOUND_BIG];
    size_t n;
    compound_init(&c, "Small", 300);
    put32((unsigned char *)&c + lies[_i].at, lies[_i].value);
    hg_status st = read_stream(file_of(&c, sizeof c), lies[_i].name, bytes, &n);
    ck_assert_int_eq(st, lies[_i].says ? HG_EINPUT : HG_OK);
    if (lies[_i].says)
        ck_assert_str_eq(err.format, lies[_i].says);
}
END_TEST

START_TEST(a_file_cut_anywhere_is_refused)
{
    compound c;
    unsigned char bytes[COMPOUND_BIG];
    size_t n;
    compound_init(&c, "Small", 300);
    for (size_t size = 0; size < sizeof c; size += 100)
        ck_assert_int_eq(read_stream(file_of(&c, size), "Big", bytes, &n), HG_EINPUT);
}
END_TEST

TCase *tests_ole(void)
{
    TCase *tests = tcase_create("ole");
    tcase_add_loop_test(tests, a_stream_is_found_by_its_name_and_read, 0,
                        sizeof streams / sizeof *streams);
    tcase_add_test(tests, sectors_of_a_stream_may_stand_in_any_order);
    tcase_add_loop_test(tests, chains_and_sizes_that_lie_are_refused, 0,
                        sizeof lies / sizeof *lies);
    tcase_add_test(tests, a_file_cut_anywhere_is_refused);
    return tests;
}
