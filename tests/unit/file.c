/* Files are read whole, written fully, and appear whole or not at all. */
#include "base/file.h"
#include "base/folder.h"
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *folder;

static void set_up(void)
{
    folder = test_folder();
}

static void tear_down(void)
{
    hg_err err = HG_ERR_INIT;
    ck_assert_int_eq(hg_folder_remove(folder, &err), HG_OK);
    free(folder);
}

/* A path in the test's folder; the caller frees it. */
static char *in_folder(const char *name)
{
    hg_err err = HG_ERR_INIT;
    char *path;
    ck_assert_int_eq(hg_path_join(&path, folder, name, &err), HG_OK);
    return path;
}

static void assert_holds(const char *path, const char *text)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 };
    ck_assert_int_eq(hg_file_load(&buf, path, &err), HG_OK);
    ck_assert_str_eq(buf.data, text);
    hg_buf_release(&buf);
}

/* How many entries the test's folder has, hidden ones too. */
static unsigned entries(void)
{
    unsigned n = 0;
    DIR *dir = opendir(folder);
    ck_assert_ptr_nonnull(dir);
    for (const struct dirent *entry; (entry = readdir(dir));)
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static const struct {
    const char *folder, *name, *joined, *parent;
} paths[] = {
    { "a", "b", "a/b", "a" },     { "a/", "b", "a/b", "a" },
    { "", "b", "b", "." },        { "/", "b", "/b", "/" },
    { "a//", "b/", "a/b/", "a" }, { "a/b", "c", "a/b/c", "a/b" },
};

START_TEST(paths_join_with_one_slash_and_split_again)
{
    hg_err err = HG_ERR_INIT;
    char *joined, *parent;
    ck_assert_int_eq(hg_path_join(&joined, paths[_i].folder, paths[_i].name, &err),
                     HG_OK);
    ck_assert_str_eq(joined, paths[_i].joined);
    ck_assert_int_eq(hg_path_parent(&parent, joined, &err), HG_OK);
    ck_assert_str_eq(parent, paths[_i].parent);
    free(joined);
    free(parent);
}
END_TEST

static const struct {
    const char *name;
    hg_status status;
} unreadable[] = {
    { "none", HG_EINPUT },
    { "", HG_EINPUT },
    { "file/below", HG_EINPUT },
};

START_TEST(what_cannot_be_read_is_told_by_name)
{
    hg_err err = HG_ERR_INIT;
    char *path = in_folder(unreadable[_i].name), *file = in_folder("file");
    int fd;
    ck_assert_int_eq(hg_file_save(file, "", 0, &err), HG_OK);
    ck_assert_int_eq(hg_file_open(&fd, path, &err), unreadable[_i].status);
    ck_assert_str_eq(err.file, path);
    ck_assert_int_eq(fd, -1);
    free(path);
    free(file);
}
END_TEST

START_TEST(a_file_is_saved_loaded_and_digested_with_its_folders)
{
    hg_err err = HG_ERR_INIT;
    char hex[HG_DIGEST_HEX];
    uint64_t bytes;
    char *path = in_folder("x/y/z");
    ck_assert_int_eq(hg_file_save(path, "abc", 3, &err), HG_OK);
    assert_holds(path, "abc");
    ck_assert_int_eq(hg_file_digest(path, &bytes, hex, &err), HG_OK);
    ck_assert_uint_eq(bytes, 3);
    ck_assert_str_eq(hex,
                     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    free(path);
}
END_TEST

/* Files of as many bytes as are read at once, of one more and one less; the last byte may differ. */
START_TEST(files_are_compared_by_their_bytes)
{
    enum { CHUNK = 1 << 16 };
    static const size_t lengths[] = { 0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK };
    hg_err err = HG_ERR_INIT;
    size_t n = lengths[_i];
    char *bytes = calloc(2 * CHUNK + 1, 1), *a = in_folder("a"), *b = in_folder("b");
    bool same;
    ck_assert_int_eq(hg_file_save(a, bytes, n, &err), HG_OK);
    for (size_t other = n; other <= n + 1; other++) {
        ck_assert_int_eq(hg_file_save(b, bytes, other, &err), HG_OK);
        ck_assert_int_eq(hg_file_same(a, b, &same, &err), HG_OK);
        ck_assert(same == (other == n));
        ck_assert_int_eq(hg_file_holds(a, (hg_slice){ bytes, other }, &same, &err), HG_OK);
        ck_assert(same == (other == n));
    }
    if (n > 0) {
        bytes[n - 1] = 1;
        ck_assert_int_eq(hg_file_holds(a, (hg_slice){ bytes, n }, &same, &err), HG_OK);
        ck_assert(!same);
        ck_assert_int_eq(hg_file_save(b, bytes, n, &err), HG_OK);
        ck_assert_int_eq(hg_file_same(a, b, &same, &err), HG_OK);
        ck_assert(!same);
    }
    free(bytes);
    free(a);
    free(b);
}
END_TEST

START_TEST(saving_over_a_linked_file_leaves_the_other_name_alone)
{
    hg_err err = HG_ERR_INIT;
    char *a = in_folder("a"), *b = in_folder("b");
    ck_assert_int_eq(hg_file_save(a, "old", 3, &err), HG_OK);
    ck_assert_int_eq(link(a, b), 0);
    ck_assert_int_eq(hg_file_save(a, "new", 3, &err), HG_OK);
    assert_holds(a, "new");
    assert_holds(b, "old");
    free(a);
    free(b);
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused)
{
    hg_err err = HG_ERR_INIT;
    char *path = in_folder("a");
    hg_buf buf = { .max = 3 };
    ck_assert_int_eq(hg_file_save(path, "abcd", 4, &err), HG_OK);
    ck_assert_int_eq(hg_file_load(&buf, path, &err), HG_EINPUT);
    ck_assert_str_eq(err.file, path);
    hg_buf_release(&buf);
    ck_assert_int_eq(hg_file_save(path, "abc", 3, &(hg_err)HG_ERR_INIT), HG_OK);
    ck_assert_int_eq(hg_file_load(&buf, path, &(hg_err)HG_ERR_INIT), HG_OK);
    hg_buf_release(&buf);
    free(path);
}
END_TEST

START_TEST(a_new_file_appears_at_commit_and_with_the_mode_of_the_umask)
{
    hg_err err = HG_ERR_INIT;
    hg_newfile *file;
    struct stat st;
    char *path = in_folder("a.zip");
    mode_t before = umask(027);
    ck_assert_int_eq(hg_newfile_open(&file, path, &err), HG_OK);
    umask(before);
    ck_assert_int_eq(hg_file_write(hg_newfile_fd(file), path, "new", 3, &err), HG_OK);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(hg_newfile_commit(file, &err), HG_OK);
    hg_newfile_free(file);
    assert_holds(path, "new");
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq((int)(st.st_mode & 0777), 0640);
    ck_assert_uint_eq(entries(), 1);
    free(path);
}
END_TEST

START_TEST(a_new_file_without_commit_leaves_the_old_one_and_no_trace)
{
    hg_err err = HG_ERR_INIT;
    hg_newfile *file;
    char *path = in_folder("a.zip");
    ck_assert_int_eq(hg_file_save(path, "old", 3, &err), HG_OK);
    ck_assert_int_eq(hg_newfile_open(&file, path, &err), HG_OK);
    ck_assert_int_eq(hg_file_write(hg_newfile_fd(file), path, "new", 3, &err), HG_OK);
    ck_assert_uint_eq(entries(), 2);
    hg_newfile_free(file);
    assert_holds(path, "old");
    ck_assert_uint_eq(entries(), 1);
    free(path);
}
END_TEST

START_TEST(a_dead_writers_leftover_goes_and_a_living_writers_stays)
{
    hg_err err = HG_ERR_INIT;
    hg_newfile *living, *next;
    char *path = in_folder("a.zip"), *dead = in_folder(".a.zip.tmp-abcdefghij"),
         *others = in_folder(".a.zip.tmp-short");
    ck_assert_int_eq(hg_file_save(dead, "x", 1, &err), HG_OK);
    ck_assert_int_eq(hg_file_save(others, "x", 1, &err), HG_OK);
    ck_assert_int_eq(hg_newfile_open(&living, path, &err), HG_OK);
    ck_assert_int_ne(access(dead, F_OK), 0);
    ck_assert_int_eq(hg_newfile_open(&next, path, &err), HG_OK);
    ck_assert_uint_eq(entries(), 3);
    ck_assert_int_eq(hg_newfile_commit(living, &err), HG_OK);
    ck_assert_int_eq(hg_newfile_commit(next, &err), HG_OK);
    ck_assert_uint_eq(entries(), 2);
    hg_newfile_free(living);
    hg_newfile_free(next);
    free(path);
    free(dead);
    free(others);
}
END_TEST

START_TEST(a_new_file_follows_a_link_and_refuses_a_folder)
{
    hg_err err = HG_ERR_INIT;
    hg_newfile *file;
    char *real = in_folder("real"), *name = in_folder("link");
    ck_assert_int_eq(hg_file_save(real, "old", 3, &err), HG_OK);
    ck_assert_int_eq(symlink("real", name), 0);
    ck_assert_int_eq(hg_newfile_open(&file, name, &err), HG_OK);
    ck_assert_int_eq(hg_newfile_commit(file, &err), HG_OK);
    hg_newfile_free(file);
    assert_holds(real, "");
    ck_assert_int_eq(hg_newfile_open(&file, folder, &err), HG_EARG);
    ck_assert_ptr_null(file);
    free(real);
    free(name);
}
END_TEST

START_TEST(a_full_device_is_a_failure_of_the_system)
{
    hg_err err = HG_ERR_INIT;
    hg_newfile *file;
    ck_assert_int_eq(hg_newfile_open(&file, "/dev/full", &err), HG_OK);
    ck_assert_int_eq(hg_file_write(hg_newfile_fd(file), "/dev/full", "x", 1, &err),
                     HG_ESYS);
    ck_assert_int_eq(err.sys, ENOSPC);
    hg_newfile_free(file);
    ck_assert_int_eq(hg_newfile_open(&file, "/dev/null", &(hg_err)HG_ERR_INIT), HG_OK);
    ck_assert_int_eq(hg_newfile_commit(file, &(hg_err)HG_ERR_INIT), HG_OK);
    hg_newfile_free(file);
}
END_TEST

START_TEST(a_pipe_is_spooled_and_a_file_is_not)
{
    hg_err err = HG_ERR_INIT;
    int pipes[2], spooled, file = text_fd("abc", 3);
    char bytes[8] = { 0 };
    size_t n;
    ck_assert_int_eq(pipe(pipes), 0);
    ck_assert_int_eq(hg_file_write(pipes[1], "pipe", "hello", 5, &err), HG_OK);
    close(pipes[1]);
    ck_assert_int_eq(hg_file_spool(&spooled, pipes[0], "pipe", folder, &err), HG_OK);
    ck_assert_uint_eq(entries(), 0);
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq((int)lseek(spooled, 0, SEEK_SET), 0);
        ck_assert_int_eq(hg_file_read(spooled, "pipe", bytes, 8, &n, &err), HG_OK);
        ck_assert_uint_eq(n, 5);
        ck_assert_str_eq(bytes, "hello");
    }
    close(spooled);
    ck_assert_int_eq(hg_file_spool(&spooled, file, "file", "/nowhere", &err), HG_OK);
    close(spooled);
    ck_assert_int_eq(hg_file_spool(&spooled, pipes[0], "pipe", "/nowhere", &err),
                     HG_ESYS);
    close(pipes[0]);
    close(file);
}
END_TEST

START_TEST(a_descriptor_that_does_not_block_is_waited_for)
{
    hg_err err = HG_ERR_INIT;
    int pipes[2];
    char bytes[8];
    size_t n;
    ck_assert_int_eq(pipe(pipes), 0);
    ck_assert_int_eq(fcntl(pipes[0], F_SETFL, O_NONBLOCK), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
        _exit(write(pipes[1], "abc", 3) == 3 ? 0 : 1);
    }
    close(pipes[1]);
    ck_assert_int_eq(hg_file_read(pipes[0], "pipe", bytes, 8, &n, &err), HG_OK);
    ck_assert_uint_eq(n, 3);
    close(pipes[0]);
}
END_TEST

/* Of "0123456789" in a file: where a span goes, and what becomes of it. */
enum { TO_FILE, TO_END, TO_PIPE, TO_SOCKET, TO_FULL, TO_NOBODY };
static const struct {
    int to;
    uint64_t from, bytes;
    hg_status status;
    const char *holds;
} passes[] = {
    { TO_FILE, 0, 10, HG_OK, "0123456789" },  { TO_FILE, 3, 4, HG_OK, "3456" },
    { TO_FILE, 8, 0, HG_OK, "" },             { TO_FILE, 8, 3, HG_EINPUT, "89" },
    { TO_END, 3, 4, HG_OK, "3456" },          { TO_PIPE, 3, 4, HG_OK, "3456" },
    { TO_PIPE, 9, 2, HG_EINPUT, "9" },        { TO_SOCKET, 3, 4, HG_OK, "3456" },
    { TO_SOCKET, 10, 1, HG_EINPUT, "" },      { TO_FULL, 3, 4, HG_ESYS, "" },
    { TO_NOBODY, 3, 4, HG_ESYS, "" },
};

/* Open what a span goes to, and where it can be read from, if it can. */
static void open_ends(int to, int ends[2])
{
    char *path = in_folder("to");
    ends[0] = ends[1] = -1;
    if (to == TO_FILE || to == TO_END) {
        ends[1] = open(path, O_CREAT | O_WRONLY | (to == TO_END ? O_APPEND : 0), 0600);
        ends[0] = open(path, O_RDONLY);
    } else if (to == TO_FULL) {
        ends[1] = open("/dev/full", O_WRONLY);
    } else {
        ck_assert_int_eq(to == TO_SOCKET ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends)
                                         : pipe(ends), 0);
    }
    if (to == TO_NOBODY) {
        close(ends[0]);
        ends[0] = -1;
    }
    ck_assert_int_ge(ends[1], 0);
    free(path);
}

START_TEST(a_span_of_a_file_goes_wherever_it_is_written)
{
    hg_err err = HG_ERR_INIT;
    int file = text_fd("0123456789", 10), ends[2];
    const hg_span span = { file, "file", passes[_i].from, passes[_i].bytes };
    char bytes[16] = "";
    size_t n;
    signal(SIGPIPE, SIG_IGN);
    open_ends(passes[_i].to, ends);
    ck_assert_int_eq(hg_file_pass(ends[1], "to", &span, &err), passes[_i].status);
    if (passes[_i].status != HG_OK)
        ck_assert_str_eq(err.file, passes[_i].status == HG_ESYS ? "to" : "file");
    ck_assert_int_eq((int)lseek(file, 0, SEEK_CUR), 0);
    close(ends[1]);
    if (ends[0] >= 0)
        ck_assert_int_eq(hg_file_read(ends[0], "to", bytes, 15, &n, &(hg_err)HG_ERR_INIT),
                         HG_OK);
    ck_assert_str_eq(bytes, passes[_i].holds);
    if (ends[0] >= 0)
        close(ends[0]);
    close(file);
}
END_TEST

TCase *tests_file(void)
{
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, paths_join_with_one_slash_and_split_again, 0,
                        sizeof paths / sizeof *paths);
    tcase_add_loop_test(tests, what_cannot_be_read_is_told_by_name, 0,
                        sizeof unreadable / sizeof *unreadable);
    tcase_add_test(tests, a_file_is_saved_loaded_and_digested_with_its_folders);
    tcase_add_loop_test(tests, files_are_compared_by_their_bytes, 0, 6);
    tcase_add_test(tests, saving_over_a_linked_file_leaves_the_other_name_alone);
    tcase_add_test(tests, a_file_over_the_limit_is_refused);
    tcase_add_test(tests, a_new_file_appears_at_commit_and_with_the_mode_of_the_umask);
    tcase_add_test(tests, a_new_file_without_commit_leaves_the_old_one_and_no_trace);
    tcase_add_test(tests, a_dead_writers_leftover_goes_and_a_living_writers_stays);
    tcase_add_test(tests, a_new_file_follows_a_link_and_refuses_a_folder);
    tcase_add_test(tests, a_full_device_is_a_failure_of_the_system);
    tcase_add_test(tests, a_pipe_is_spooled_and_a_file_is_not);
    tcase_add_test(tests, a_descriptor_that_does_not_block_is_waited_for);
    tcase_add_loop_test(tests, a_span_of_a_file_goes_wherever_it_is_written, 0,
                        sizeof passes / sizeof *passes);
    return tests;
}
