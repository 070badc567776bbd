/* A zip holds what was put into it, in the same bytes with any number of threads. */
#include "container/zip.h"
#include "base/file.h"
#include "container/archive.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static hg_err err;

/* What members are made of: columns of numbers, noise that does not get smaller, one
 * byte. */
typedef enum filling { TABLE, NOISE, SAME } filling;

static void fill(char *bytes, size_t n, filling with)
{
    uint64_t state = 88172645463325252u; /* xorshift64 (Marsaglia 2003) */
    for (size_t i = 0; i < n; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes[i] = with == SAME    ? 'x'
                   : with == NOISE ? (char)(unsigned char)(state >> 24)
                                   : "0123456789,\n"[state >> 24 & 7];
    }
}

enum { K = 1024, M = K * K };

static const struct {
    const char *name;
    size_t size;
    filling with;
} members[] = {
    { "empty", 0, SAME },
    { "một.txt", 1, SAME },
    { "short", 100, TABLE },
    { "noise", 100, NOISE },
    { "64K-1", 64 * K - 1, TABLE },
    { "64K", 64 * K, NOISE },
    { "64K+1", 64 * K + 1, TABLE },
    { "1M-1", M - 1, SAME },
    { "1M", M, NOISE },
    { "1M+1", M + 1, NOISE },
    { "a/1M+1", M + 1, TABLE },
    { "a/long", 3 * M + 7, TABLE },
    { "a/long noise", 3 * M + 1, NOISE },
    { "a/long same", 9 * M, SAME },
    { "last", 2, TABLE },
};
enum { N = sizeof members / sizeof *members };

static void add(hg_zip_out *zip, size_t i)
{
    char *bytes = malloc(members[i].size + 1);
    ck_assert_ptr_nonnull(bytes);
    fill(bytes, members[i].size, members[i].with);
    int fd = text_fd(bytes, members[i].size);
    ck_assert_int_eq(
        hg_zip_out_add(zip, members[i].name, fd, "member", members[i].size, &err), HG_OK);
    close(fd);
    free(bytes);
}

static int zip_of_all(hg_deflate_kind kind, unsigned threads)
{
    hg_zip_out *zip;
    int fd = text_fd("", 0);
    ck_assert_int_eq(hg_zip_out_new(&zip, fd, "t.zip", kind, threads, &err), HG_OK);
    for (size_t i = 0; i < N; i++)
        add(zip, i);
    ck_assert_int_eq(hg_zip_out_end(zip, &err), HG_OK);
    hg_zip_out_free(zip);
    return fd;
}

/* The same, of bytes that come in pieces before the file can be read. */
static int zip_of_pieces(size_t piece)
{
    hg_zip_out *zip;
    int out = text_fd("", 0);
    ck_assert_int_eq(hg_zip_out_new(&zip, out, "t.zip", HG_DEFLATE_FAST, 2, &err), HG_OK);
    for (size_t i = 0; i < N; i++) {
        size_t size = members[i].size;
        char *bytes = malloc(size + 1);
        ck_assert_ptr_nonnull(bytes);
        fill(bytes, size, members[i].with);
        ck_assert_int_eq(hg_zip_out_begin(zip, members[i].name, size, &err), HG_OK);
        for (size_t at = 0, n; at < size; at += n) {
            n = size - at < piece ? size - at : piece;
            ck_assert_int_eq(hg_zip_out_put(zip, bytes + at, n, &err), HG_OK);
        }
        int fd = text_fd(bytes, size);
        ck_assert_int_eq(hg_zip_out_close(zip, fd, "member", &err), HG_OK);
        close(fd);
        free(bytes);
    }
    ck_assert_int_eq(hg_zip_out_end(zip, &err), HG_OK);
    hg_zip_out_free(zip);
    return out;
}

static void digest(int fd, char hex[HG_DIGEST_HEX])
{
    static char bytes[1 << 16];
    hg_digest *made;
    size_t n;
    ck_assert_int_eq(hg_digest_new(&made, &err), HG_OK);
    ck_assert_int_eq((int)lseek(fd, 0, SEEK_SET), 0);
    do {
        ck_assert_int_eq(hg_file_read(fd, "t.zip", bytes, sizeof bytes, &n, &err), HG_OK);
        hg_digest_put(made, bytes, n);
    } while (n > 0);
    hg_digest_hex(made, hex);
    hg_digest_free(made);
}

static void check_member(hg_zip *zip, size_t i)
{
    const void *piece;
    size_t n, got = 0;
    hg_status st;
    char *bytes = malloc(members[i].size + 1);
    ck_assert_ptr_nonnull(bytes);
    fill(bytes, members[i].size, members[i].with);
    ck_assert_str_eq(hg_zip_member(zip, i), members[i].name);
    ck_assert_int_eq(hg_zip_enter(zip, i, members[i].size, &err), HG_OK);
    while ((st = hg_zip_read(zip, &piece, &n, &err)) == HG_OK) {
        ck_assert_uint_le(got + n, members[i].size);
        ck_assert_msg(memcmp(bytes + got, piece, n) == 0, "%s", members[i].name);
        got += n;
    }
    ck_assert_msg(st == HG_END && got == members[i].size, "%s", members[i].name);
    free(bytes);
}

START_TEST(an_independent_reader_finds_what_was_put_in)
{
    hg_zip *zip;
    int fd = zip_of_all((hg_deflate_kind)_i, 2);
    ck_assert_int_eq(hg_zip_open(&zip, fd, "t.zip", &err), HG_OK);
    ck_assert_uint_eq(hg_zip_members(zip), N);
    for (size_t i = 0; i < N; i++)
        check_member(zip, i);
    hg_zip_free(zip);
    close(fd);
}
END_TEST

START_TEST(the_number_of_threads_does_not_change_a_byte)
{
    static const unsigned threads[] = { 1, 2, 5 };
    char first[HG_DIGEST_HEX], hex[HG_DIGEST_HEX];
    for (size_t i = 0; i < 3; i++) {
        int fd = zip_of_all((hg_deflate_kind)_i, threads[i]);
        digest(fd, i == 0 ? first : hex);
        if (i > 0)
            ck_assert_str_eq(hex, first);
        close(fd);
    }
}
END_TEST

START_TEST(bytes_that_come_in_pieces_make_the_zip_of_files)
{
    static const size_t pieces[] = { 99, 64 * K, 5 * M };
    char first[HG_DIGEST_HEX], hex[HG_DIGEST_HEX];
    int fd = zip_of_all(HG_DEFLATE_FAST, 2), other = zip_of_pieces(pieces[_i]);
    digest(fd, first);
    digest(other, hex);
    ck_assert_str_eq(hex, first);
    close(fd);
    close(other);
}
END_TEST

/* Copied one by one between members of its own, a zip's members stay what they are. */
START_TEST(members_are_copied_as_they_stand)
{
    hg_zip_out *out;
    hg_zip *from, *zip;
    int fd = zip_of_all((hg_deflate_kind)_i, 2), to = text_fd("", 0);
    ck_assert_int_eq(hg_zip_open(&from, fd, "t.zip", &err), HG_OK);
    ck_assert_int_eq(hg_zip_out_new(&out, to, "c.zip", HG_DEFLATE_SMALL, 2, &err), HG_OK);
    for (size_t i = 0; i < N; i++)
        if (i % 2 == 0)
            ck_assert_int_eq(hg_zip_out_copy(out, from, i, &err), HG_OK);
        else
            add(out, i);
    ck_assert_int_eq(hg_zip_out_end(out, &err), HG_OK);
    hg_zip_out_free(out);
    ck_assert_int_eq(hg_zip_open(&zip, to, "c.zip", &err), HG_OK);
    ck_assert_uint_eq(hg_zip_members(zip), N);
    for (size_t i = 0; i < N; i++) {
        hg_zip_packed was, is;
        check_member(zip, i);
        ck_assert_int_eq(hg_zip_locate(from, i, &was, &err), HG_OK);
        ck_assert_int_eq(hg_zip_locate(zip, i, &is, &err), HG_OK);
        if (i % 2 == 0)
            ck_assert_uint_eq(is.packed, was.packed);
    }
    hg_zip_free(zip);
    hg_zip_free(from);
    close(fd);
    close(to);
}
END_TEST

START_TEST(a_zip_may_have_more_members_than_16_bits_count)
{
    enum { MANY = 65536 };
    hg_zip_out *out;
    hg_zip *zip;
    char name[16];
    int fd = text_fd("", 0), empty = text_fd("", 0);
    ck_assert_int_eq(hg_zip_out_new(&out, fd, "t.zip", HG_DEFLATE_SMALL, 2, &err), HG_OK);
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "%d", i);
        ck_assert_int_eq(hg_zip_out_add(out, name, empty, name, 0, &err), HG_OK);
    }
    ck_assert_int_eq(hg_zip_out_end(out, &err), HG_OK);
    hg_zip_out_free(out);
    ck_assert_int_eq(hg_zip_open(&zip, fd, "t.zip", &err), HG_OK);
    ck_assert_uint_eq(hg_zip_members(zip), MANY);
    ck_assert_str_eq(hg_zip_member(zip, MANY - 1), "65535");
    hg_zip_free(zip);
    close(fd);
    close(empty);
}
END_TEST

START_TEST(a_file_shorter_than_was_said_fails_and_stays_failed)
{
    static const uint64_t sizes[] = { 4, 2 * M };
    hg_zip_out *zip;
    hg_err own = HG_ERR_INIT;
    int fd = text_fd("", 0), text = text_fd("abc", 3);
    ck_assert_int_eq(hg_zip_out_new(&zip, fd, "t.zip", HG_DEFLATE_SMALL, 2, &own), HG_OK);
    ck_assert_int_eq(hg_zip_out_add(zip, "a", text, "a", sizes[_i], &own), HG_EINPUT);
    ck_assert_int_eq(hg_zip_out_add(zip, "b", text, "b", 0, &own), HG_EINPUT);
    ck_assert_int_eq(hg_zip_out_end(zip, &own), HG_EINPUT);
    hg_zip_out_free(zip);
    close(fd);
    close(text);
}
END_TEST

START_TEST(a_full_disk_fails_the_zip_whatever_is_on_its_way)
{
    hg_zip_out *zip;
    hg_err own = HG_ERR_INIT;
    char *bytes = malloc(5 * M);
    ck_assert_ptr_nonnull(bytes);
    fill(bytes, 5 * M, (filling)_i);
    int fd = open("/dev/full", O_WRONLY), text = text_fd(bytes, 5 * M);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(hg_zip_out_new(&zip, fd, "t.zip", HG_DEFLATE_FAST, 2, &own), HG_OK);
    hg_zip_out_add(zip, "a", text, "a", 5 * M, &own);
    ck_assert_int_eq(hg_zip_out_end(zip, &own), HG_ESYS);
    hg_zip_out_free(zip);
    free(bytes);
    close(fd);
    close(text);
}
END_TEST

static void set_up(void)
{
    err = (hg_err)HG_ERR_INIT;
}

TCase *tests_zip(void)
{
    TCase *tests = tcase_create("zip");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_loop_test(tests, an_independent_reader_finds_what_was_put_in, 0, 2);
    tcase_add_loop_test(tests, the_number_of_threads_does_not_change_a_byte, 0, 2);
    tcase_add_loop_test(tests, bytes_that_come_in_pieces_make_the_zip_of_files, 0, 3);
    tcase_add_loop_test(tests, members_are_copied_as_they_stand, 0, 2);
    tcase_add_test(tests, a_zip_may_have_more_members_than_16_bits_count);
    tcase_add_loop_test(tests, a_file_shorter_than_was_said_fails_and_stays_failed, 0, 2);
    tcase_add_loop_test(tests, a_full_disk_fails_the_zip_whatever_is_on_its_way, 0, 2);
    return tests;
}
