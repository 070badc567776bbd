/* What was compressed comes back, the same with any number of threads; or it is refused.
 */
#include "container/zstd.h"
#include "base/file.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static hg_err err;

/* n bytes of a table, or n times the same. */
static void put(hg_zstd_out *zstd, uint64_t n, bool same)
{
    static char bytes[1 << 20];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = same ? 'x' : "0123456789,\n"[(i * i / 7 + i / 1000) % 12];
    for (uint64_t left = n; left > 0;) {
        size_t some = left < sizeof bytes ? (size_t)left : sizeof bytes;
        ck_assert_int_eq(hg_zstd_out_put(zstd, bytes, some, &err), HG_OK);
        left -= some;
    }
}

static hg_buf compressed(uint64_t n, bool same, unsigned threads)
{
    hg_buf made = { 0 };
    hg_zstd_out *zstd;
    int fd = text_fd("", 0);
    ck_assert_int_eq(hg_zstd_out_new(&zstd, fd, "t.zst", threads, &err), HG_OK);
    put(zstd, n, same);
    ck_assert_int_eq(hg_zstd_out_end(zstd, &err), HG_OK);
    hg_zstd_out_free(zstd);
    off_t size = lseek(fd, 0, SEEK_END);
    char *to = hg_buf_reserve(&made, (size_t)size);
    ck_assert_ptr_nonnull(to);
    ck_assert_int_eq((int)pread(fd, to, (size_t)size, 0), (int)size);
    made.len = (size_t)size;
    close(fd);
    return made;
}

/* Inflate, the first bytes as the head that was read already. */
static hg_status inflated(const char *bytes, size_t n, size_t head, uint64_t *given)
{
    static char out[50000];
    hg_zstd_in *zstd;
    size_t got = 0;
    int fd = text_fd(bytes + head, n - head);
    err = (hg_err)HG_ERR_INIT;
    *given = 0;
    ck_assert_int_eq(hg_zstd_in_new(&zstd, fd, "t.zst", (hg_slice){ bytes, head }, &err),
                     HG_OK);
    hg_status st;
    while ((st = hg_zstd_in_read(zstd, out, sizeof out, &got, &err)) == HG_OK && got > 0)
        *given += got;
    hg_zstd_in_free(zstd);
    close(fd);
    return st;
}

static const uint64_t sizes[] = { 0, 1, 65535, 65536, 131073, 3000000, 9000000 };
enum { SIZES = sizeof sizes / sizeof *sizes };

START_TEST(what_was_compressed_comes_back)
{
    hg_buf made = compressed(sizes[_i], false, 2);
    uint64_t given;
    ck_assert(hg_zstd_is((hg_slice){ made.data, made.len }));
    for (size_t head = 0; head <= made.len; head += 1 + made.len / 3) {
        ck_assert_int_eq(inflated(made.data, made.len, head, &given), HG_OK);
        ck_assert_uint_eq(given, sizes[_i]);
    }
    hg_buf_release(&made);
}
END_TEST

START_TEST(the_number_of_threads_does_not_change_a_byte)
{
    static const unsigned threads[] = { 2, 5, 0 };
    hg_buf first = compressed(sizes[_i], false, 1);
    for (size_t i = 0; i < 3; i++) {
        hg_buf again = compressed(sizes[_i], false, threads[i]);
        ck_assert_uint_eq(again.len, first.len);
        ck_assert_int_eq(memcmp(again.data, first.data, first.len), 0);
        hg_buf_release(&again);
    }
    hg_buf_release(&first);
}
END_TEST

START_TEST(a_frame_cut_anywhere_or_changed_or_followed_is_refused)
{
    hg_buf made = compressed(3000000, false, 2);
    uint64_t given;
    for (size_t n = 1; n < made.len; n += n < 40 || n + 40 > made.len ? 1 : 9973)
        ck_assert_msg(inflated(made.data, n, 0, &given) == HG_EINPUT, "%zu bytes", n);
    made.data[made.len / 2] ^= 16;
    ck_assert_int_eq(inflated(made.data, made.len, 0, &given), HG_EINPUT);
    made.data[made.len / 2] ^= 16;
    hg_buf_puts(&made, "more");
    ck_assert_int_eq(inflated(made.data, made.len, 0, &given), HG_EINPUT);
    hg_buf_release(&made);
}
END_TEST

START_TEST(what_grows_beyond_measure_is_refused)
{
    uint64_t given;
    hg_buf made = compressed(HG_ZSTD_FREE + ((uint64_t)64 << 20), true, 2);
    ck_assert_uint_lt(made.len, HG_ZSTD_FREE / HG_ZSTD_RATIO);
    ck_assert_int_eq(inflated(made.data, made.len, 0, &given), HG_EINPUT);
    ck_assert_uint_le(given, HG_ZSTD_FREE + ((uint64_t)1 << 20));
    ck_assert_str_eq(err.format,
                     "the compressed file grows more than %d-fold; it is refused");
    hg_buf_release(&made);
}
END_TEST

static void set_up(void)
{
    err = (hg_err)HG_ERR_INIT;
}

TCase *tests_zstd(void)
{
    TCase *tests = tcase_create("zstd");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up, NULL);
    tcase_add_loop_test(tests, what_was_compressed_comes_back, 0, SIZES);
    tcase_add_loop_test(tests, the_number_of_threads_does_not_change_a_byte, 0, SIZES);
    tcase_add_test(tests, a_frame_cut_anywhere_or_changed_or_followed_is_refused);
    tcase_add_test(tests, what_grows_beyond_measure_is_refused);
    return tests;
}
