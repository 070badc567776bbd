/* A container holds the same bytes wherever it is made; a zip that was tampered with is
 * refused. */
#include "base/file.h"
#include "base/folder.h"
#include "container/archive.h"
#include "container/tar.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *folder;
static char *names[] = { "a.txt", "data/b.csv", "b.txt" };
static const char *const texts[] = { "hello", NULL, "" }; /* NULL: many rows */
static hg_err err;

static char *in_folder(const char *name)
{
    char *path;
    ck_assert_int_eq(hg_path_join(&path, folder, name, &err), HG_OK);
    return path;
}

static void set_up(void)
{
    hg_buf rows = { 0 };
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
    for (int i = 0; i < 20000; i++)
        hg_buf_printf(&rows, "%d\n", i);
    for (size_t i = 0; i < 3; i++) {
        char *path = in_folder(names[i]);
        const char *text = texts[i] ? texts[i] : rows.data;
        ck_assert_int_eq(hg_file_save(path, text, strlen(text), &err), HG_OK);
        free(path);
    }
    hg_buf_release(&rows);
}

static void tear_down(void)
{
    ck_assert_int_eq(hg_folder_remove(folder, &(hg_err)HG_ERR_INIT), HG_OK);
    free(folder);
}

/* The bytes of a container of the test's files. */
static hg_buf container(hg_container kind)
{
    hg_buf bytes = { 0 };
    char *path = in_folder("container");
    int fd;
    ck_assert_int_eq(hg_file_create(&fd, path, &err), HG_OK);
    ck_assert_int_eq(hg_container_write(fd, path, kind, folder, names, 3, &err), HG_OK);
    ck_assert_int_eq(hg_file_close(fd, path, HG_OK, &err), HG_OK);
    ck_assert_int_eq(hg_file_load(&bytes, path, &err), HG_OK);
    ck_assert_int_eq(unlink(path), 0);
    free(path);
    return bytes;
}

/* Read every member, the last one first; the first failure, or HG_OK. */
static hg_status read_all(const char *bytes, size_t n, uint64_t max)
{
    hg_zip *zip;
    const void *piece;
    size_t len;
    int fd = text_fd(bytes, n);
    err = (hg_err)HG_ERR_INIT;
    hg_status st = hg_zip_open(&zip, fd, "t.zip", &err);
    for (size_t i = st == HG_OK ? hg_zip_members(zip) : 0; st == HG_OK && i-- > 0;) {
        st = hg_zip_enter(zip, i, max, &err);
        while (st == HG_OK)
            st = hg_zip_read(zip, &piece, &len, &err);
        if (st == HG_END)
            st = HG_OK;
    }
    hg_zip_free(zip);
    close(fd);
    return st;
}

START_TEST(containers_do_not_tell_when_and_where_they_were_made)
{
    static const char *const zones[] = { "UTC", "Asia/Ho_Chi_Minh",
                                         "America/Los_Angeles" };
    hg_buf first = container((hg_container)_i);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(setenv("TZ", zones[i], 1), 0);
        tzset();
        hg_buf again = container((hg_container)_i);
        ck_assert_uint_eq(again.len, first.len);
        ck_assert_int_eq(memcmp(again.data, first.data, first.len), 0);
        hg_buf_release(&again);
    }
    hg_buf_release(&first);
}
END_TEST

START_TEST(members_are_read_by_name_in_any_order)
{
    hg_buf bytes = container(HG_ZIP);
    hg_zip *zip;
    const void *piece;
    size_t n;
    int fd = text_fd(bytes.data, bytes.len);
    ck_assert_int_eq(hg_zip_open(&zip, fd, "t.zip", &err), HG_OK);
    ck_assert_uint_eq(hg_zip_members(zip), 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_str_eq(hg_zip_member(zip, i), names[i]);
    ck_assert_int_eq(hg_zip_enter(zip, 1, 1 << 20, &err), HG_OK);
    ck_assert_int_eq(hg_zip_read(zip, &piece, &n, &err), HG_OK);
    ck_assert_int_eq(hg_zip_enter(zip, 0, 5, &err), HG_OK);
    ck_assert_int_eq(hg_zip_read(zip, &piece, &n, &err), HG_OK);
    ck_assert(hg_slice_is((hg_slice){ piece, n }, "hello"));
    ck_assert_int_eq(hg_zip_read(zip, &piece, &n, &err), HG_END);
    hg_zip_free(zip);
    close(fd);
    hg_buf_release(&bytes);
}
END_TEST

START_TEST(a_zip_unpacks_to_the_files_it_was_made_of)
{
    hg_buf bytes = container(HG_ZIP), a = { 0 }, b = { 0 };
    char *out = in_folder("out");
    int fd = text_fd(bytes.data, bytes.len);
    ck_assert_int_eq(hg_zip_unpack(fd, "t.zip", out, 1 << 20, &err), HG_OK);
    for (size_t i = 0; i < 3; i++) {
        char *from = in_folder(names[i]), *to;
        ck_assert_int_eq(hg_path_join(&to, out, names[i], &err), HG_OK);
        ck_assert_int_eq(hg_file_load(&a, from, &err), HG_OK);
        ck_assert_int_eq(hg_file_load(&b, to, &err), HG_OK);
        free(from);
        free(to);
    }
    ck_assert_str_eq(a.data, b.data);
    ck_assert_int_eq(hg_zip_unpack(fd, "t.zip", out, 1000, &err), HG_EINPUT);
    hg_buf_release(&bytes);
    hg_buf_release(&a);
    hg_buf_release(&b);
    close(fd);
    free(out);
}
END_TEST

START_TEST(a_zip_cut_anywhere_is_refused)
{
    hg_buf bytes = container(HG_ZIP);
    for (size_t n = 0; n < bytes.len; n += n < 100 || n > bytes.len - 300 ? 1 : 997)
        ck_assert_msg(read_all(bytes.data, n, 1 << 20) == HG_EINPUT, "%zu bytes", n);
    ck_assert_int_eq(read_all(bytes.data, bytes.len, 1 << 20), HG_OK);
    hg_buf_release(&bytes);
}
END_TEST

/* Change every occurrence of some bytes. */
static void change(hg_buf *bytes, hg_slice from, const char *to)
{
    unsigned n = 0;
    for (size_t i = 0; i + from.n <= bytes->len; i++)
        if (memcmp(bytes->data + i, from.p, from.n) == 0) {
            memcpy(bytes->data + i, to, from.n);
            n++;
        }
    ck_assert_uint_gt(n, 0);
}

#define RUN(literal)                                                                     \
    {                                                                                    \
        literal, sizeof literal - 1                                                      \
    }

/* Sections of APPNOTE.TXT 6.3: 4.3.7 local header, 4.3.12 central directory. */
static const struct {
    const char *what;
    hg_slice from;
    const char *to, *message;
} tampered[] = {
    { "a second member of the name", RUN("b.txt"), "a.txt", "%s is in the zip twice" },
    { "an encrypted member", RUN("PK\3\4\x2d\0\0"), "PK\3\4\x2d\0\1",
      "%s in the zip is encrypted" },
    { "a link", RUN("\xa4\x81"), "\xa4\xa1",
      "%s in the zip is neither a file nor a folder" },
    { "another checksum", RUN("\x86\xa6\x10\x36"), "\x86\xa6\x10\x37",
      "%s in the zip is damaged: its checksum is another" },
};

START_TEST(a_zip_that_was_tampered_with_is_refused)
{
    hg_buf bytes = container(HG_ZIP);
    change(&bytes, tampered[_i].from, tampered[_i].to);
    ck_assert_int_eq(read_all(bytes.data, bytes.len, 1 << 20), HG_EINPUT);
    ck_assert_str_eq(err.format, tampered[_i].message);
    hg_buf_release(&bytes);
}
END_TEST

START_TEST(a_member_over_the_limit_is_refused_whatever_length_it_states)
{
    hg_buf bytes = container(HG_ZIP);
    ck_assert_int_eq(read_all(bytes.data, bytes.len, 1000), HG_EINPUT);
    change(&bytes, HG_SLICE("\x5a\xa9\1\0"), "\5\0\0\0"); /* 108,890 bytes */
    ck_assert_int_eq(read_all(bytes.data, bytes.len, 1000), HG_EINPUT);
    ck_assert_int_eq(read_all(bytes.data, bytes.len, 1 << 20), HG_EINPUT);
    hg_buf_release(&bytes);
}
END_TEST

static const char *const unfit[] = { "../xx", "/x.xx",  "a//xx",  "a/./x",
                                     "a b.x", "c:\\xx", "a\nxxx", "xxxx/" };

START_TEST(a_name_that_leads_elsewhere_is_not_unpacked)
{
    hg_buf bytes = container(HG_ZIP);
    char *out = in_folder("out");
    char name[6] = "xxxxx";
    memcpy(name, unfit[_i], strlen(unfit[_i]) < 5 ? strlen(unfit[_i]) : 5);
    change(&bytes, HG_SLICE("b.txt"), name);
    int fd = text_fd(bytes.data, bytes.len);
    hg_status st = hg_zip_unpack(fd, "t.zip", out, 1 << 20, &err);
    ck_assert_int_eq(st,
                     name[4] == '/' ? HG_OK : HG_EINPUT); /* a folder is passed over */
    close(fd);
    free(out);
    hg_buf_release(&bytes);
}
END_TEST

START_TEST(a_tar_is_one_that_our_strict_reader_takes)
{
    hg_buf bytes = container(HG_TAR);
    hg_tar *tar;
    hg_tar_entry entry;
    int fd = text_fd(bytes.data, bytes.len);
    ck_assert_int_eq(hg_tar_new(&tar, fd, "t.tar", HG_SLICE(""), &err), HG_OK);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(hg_tar_next(tar, &entry, &err), HG_OK);
        ck_assert_str_eq(entry.name, names[i]);
    }
    ck_assert_int_eq(hg_tar_next(tar, &entry, &err), HG_END);
    hg_tar_free(tar);
    close(fd);
    hg_buf_release(&bytes);
}
END_TEST

START_TEST(a_failed_write_or_a_missing_file_fails_the_container)
{
    static char *missing[] = { "a.txt", "none" };
    static const struct {
        const char *target;
        char **names;
        hg_status status;
    } cases[] = { { "/dev/full", names, HG_ESYS }, { "/dev/null", missing, HG_EINPUT } };
    for (size_t i = 0; i < 2; i++) {
        hg_err own = HG_ERR_INIT;
        hg_newfile *file;
        ck_assert_int_eq(hg_newfile_open(&file, cases[i].target, &own), HG_OK);
        ck_assert_int_eq(hg_container_write(hg_newfile_fd(file), cases[i].target,
                                            (hg_container)_i, folder, cases[i].names, 2,
                                            &own),
                         cases[i].status);
        hg_newfile_free(file);
    }
}
END_TEST

TCase *tests_archive(void)
{
    TCase *tests = tcase_create("archive");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, containers_do_not_tell_when_and_where_they_were_made,
                        HG_TAR, HG_ZIP_FAST + 1);
    tcase_add_test(tests, members_are_read_by_name_in_any_order);
    tcase_add_test(tests, a_zip_unpacks_to_the_files_it_was_made_of);
    tcase_add_test(tests, a_zip_cut_anywhere_is_refused);
    tcase_add_loop_test(tests, a_zip_that_was_tampered_with_is_refused, 0,
                        sizeof tampered / sizeof *tampered);
    tcase_add_test(tests, a_member_over_the_limit_is_refused_whatever_length_it_states);
    tcase_add_loop_test(tests, a_name_that_leads_elsewhere_is_not_unpacked, 0,
                        sizeof unfit / sizeof *unfit);
    tcase_add_test(tests, a_tar_is_one_that_our_strict_reader_takes);
    tcase_add_loop_test(tests, a_failed_write_or_a_missing_file_fails_the_container,
                        HG_TAR, HG_ZIP + 1);
    return tests;
}
