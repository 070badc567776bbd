/* Folders are listed, copied, removed, and put in place in one step. */
#include "base/folder.h"
#include "base/file.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder;
static hg_err err;

static void set_up(void)
{
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
}

static void tear_down(void)
{
    ck_assert_int_eq(hg_folder_remove(folder, &(hg_err)HG_ERR_INIT), HG_OK);
    ck_assert_int_ne(access(folder, F_OK), 0);
    free(folder);
}

static char *in_folder(const char *name)
{
    char *path;
    ck_assert_int_eq(hg_path_join(&path, folder, name, &err), HG_OK);
    return path;
}

static void save(const char *name, const char *text)
{
    char *path = in_folder(name);
    ck_assert_int_eq(hg_file_save(path, text, strlen(text), &err), HG_OK);
    free(path);
}

static void assert_holds(const char *name, const char *text)
{
    char *path = in_folder(name);
    hg_buf buf = { 0 };
    ck_assert_int_eq(hg_file_load(&buf, path, &err), HG_OK);
    ck_assert_str_eq(buf.data, text);
    hg_buf_release(&buf);
    free(path);
}

START_TEST(files_are_listed_by_bytes_without_hidden_ones)
{
    static const char *const names[] = { "a-b", "a/b", "a/c/d", "b", "đ" };
    hg_folder_list list;
    for (size_t i = 5; i-- > 0;)
        save(names[i], "x");
    save(".hidden", "x");
    save("a/.git/config", "x");
    ck_assert_int_eq(hg_folder_list_new(&list, folder, &err), HG_OK);
    ck_assert_uint_eq(list.n, 5);
    for (size_t i = 0; i < 5; i++)
        ck_assert_str_eq(list.names[i], names[i]);
    hg_folder_list_free(&list);
}
END_TEST

START_TEST(a_link_a_file_and_nothing_are_no_folder_to_list)
{
    hg_folder_list list;
    char *link = in_folder("link"), *file = in_folder("file"), *none = in_folder("none");
    save("file", "x");
    ck_assert_int_eq(symlink("file", link), 0);
    const char *paths[] = { folder, file, none, "" };
    for (size_t i = 0; i < 4; i++) {
        hg_err own = HG_ERR_INIT;
        ck_assert_int_eq(hg_folder_list_new(&list, paths[i], &own), HG_EINPUT);
        ck_assert_uint_eq(list.n, 0);
    }
    free(link);
    free(file);
    free(none);
}
END_TEST

START_TEST(removing_takes_links_but_not_what_they_lead_to)
{
    char *a = in_folder("a"), *link = in_folder("a/link"), *none = in_folder("none");
    save("a/b/c", "x");
    save("kept/file", "x");
    ck_assert_int_eq(symlink("../kept", link), 0);
    ck_assert_int_eq(hg_folder_remove(a, &err), HG_OK);
    ck_assert_int_ne(access(a, F_OK), 0);
    assert_holds("kept/file", "x");
    ck_assert_int_eq(hg_folder_remove(none, &err), HG_OK);
    free(a);
    free(link);
    free(none);
}
END_TEST

START_TEST(a_folder_is_swapped_into_a_place_that_is_missing_or_taken)
{
    char *place = in_folder("public"), *made;
    for (int round = 0; round < 2; round++) {
        ck_assert_int_eq(hg_folder_beside(&made, place, "new", &err), HG_OK);
        char *index, text[2] = { (char)('0' + round), '\0' };
        ck_assert_int_eq(hg_path_join(&index, made, "index", &err), HG_OK);
        ck_assert_int_eq(hg_file_save(index, text, 1, &err), HG_OK);
        ck_assert_int_eq(hg_folder_sync(made, &err), HG_OK);
        ck_assert_int_eq(hg_folder_swap(made, place, &err), HG_OK);
        assert_holds("public/index", text);
        ck_assert_int_eq(access(made, F_OK), round == 0 ? -1 : 0);
        free(index);
        free(made);
    }
    ck_assert_int_eq(hg_folder_sweep(place, "new", &err), HG_OK);
    hg_folder_list list;
    ck_assert_int_eq(hg_folder_list_new(&list, folder, &err), HG_OK);
    ck_assert_uint_eq(list.n, 1);
    hg_folder_list_free(&list);
    free(place);
}
END_TEST

START_TEST(a_place_that_is_a_link_stays_one)
{
    char *place = in_folder("link"), *made;
    struct stat st;
    save("real/old", "x");
    ck_assert_int_eq(symlink("real", place), 0);
    ck_assert_int_eq(hg_folder_beside(&made, place, "new", &err), HG_OK);
    ck_assert_int_eq(hg_folder_swap(made, place, &err), HG_OK);
    ck_assert_int_eq(lstat(place, &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    char *old = in_folder("real/old");
    ck_assert_int_ne(access(old, F_OK), 0);
    free(old);
    free(place);
    free(made);
}
END_TEST

START_TEST(a_file_is_not_replaced_by_a_folder)
{
    char *place = in_folder("file"), *made;
    save("file", "x");
    ck_assert_int_eq(hg_folder_beside(&made, place, "new", &err), HG_OK);
    ck_assert_int_eq(hg_folder_swap(made, place, &err), HG_EARG);
    err = (hg_err)HG_ERR_INIT;
    assert_holds("file", "x");
    free(place);
    free(made);
}
END_TEST

START_TEST(a_folder_beside_has_the_mode_of_the_umask)
{
    char *place = in_folder("public/"), *made;
    struct stat st;
    mode_t before = umask(022);
    ck_assert_int_eq(hg_folder_beside(&made, place, "new", &err), HG_OK);
    umask(before);
    ck_assert_int_eq(stat(made, &st), 0);
    ck_assert_int_eq((int)(st.st_mode & 0777), 0755);
    free(place);
    free(made);
}
END_TEST

START_TEST(copies_are_links_and_replace_what_is_there)
{
    char *from = in_folder("from"), *to = in_folder("to");
    struct stat a, b;
    save("from/x/y", "new");
    save("from/z", "z");
    save("to/x/y", "old");
    ck_assert_int_eq(hg_folder_copy(from, to, &err), HG_OK);
    assert_holds("to/x/y", "new");
    assert_holds("to/z", "z");
    char *one = in_folder("from/z"), *other = in_folder("to/z");
    ck_assert_int_eq(stat(one, &a), 0);
    ck_assert_int_eq(stat(other, &b), 0);
    ck_assert_uint_eq(a.st_ino, b.st_ino);
    ck_assert_int_eq(hg_folder_link(from, to, "none", &err), HG_ESYS);
    free(one);
    free(other);
    free(from);
    free(to);
}
END_TEST

START_TEST(a_folder_is_made_once_and_not_over_a_file)
{
    char *deep = in_folder("a/b/c"), *file = in_folder("file/x");
    save("file", "x");
    ck_assert_int_eq(hg_folder_make(deep, &err), HG_OK);
    ck_assert_int_eq(hg_folder_make(deep, &err), HG_OK);
    ck_assert_int_eq(access(deep, X_OK), 0);
    ck_assert_int_eq(hg_folder_make(file, &err), HG_ESYS);
    free(deep);
    free(file);
}
END_TEST

START_TEST(the_lock_holds_until_its_descriptor_is_closed)
{
    char *place = in_folder("public");
    int fd, other;
    ck_assert_int_eq(hg_folder_lock(&fd, place, &err), HG_OK);
    other = open(folder, O_RDONLY);
    ck_assert_int_ne(flock(other, LOCK_EX | LOCK_NB), 0);
    close(fd);
    ck_assert_int_eq(flock(other, LOCK_EX | LOCK_NB), 0);
    close(other);
    free(place);
}
END_TEST

TCase *tests_folder(void)
{
    TCase *tests = tcase_create("folder");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, files_are_listed_by_bytes_without_hidden_ones);
    tcase_add_test(tests, a_link_a_file_and_nothing_are_no_folder_to_list);
    tcase_add_test(tests, removing_takes_links_but_not_what_they_lead_to);
    tcase_add_test(tests, a_folder_is_swapped_into_a_place_that_is_missing_or_taken);
    tcase_add_test(tests, a_place_that_is_a_link_stays_one);
    tcase_add_test(tests, a_file_is_not_replaced_by_a_folder);
    tcase_add_test(tests, a_folder_beside_has_the_mode_of_the_umask);
    tcase_add_test(tests, copies_are_links_and_replace_what_is_there);
    tcase_add_test(tests, a_folder_is_made_once_and_not_over_a_file);
    tcase_add_test(tests, the_lock_holds_until_its_descriptor_is_closed);
    return tests;
}
