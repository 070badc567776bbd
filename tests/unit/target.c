/* A folder that many read is replaced as a whole, or not at all. */
#include "base/file.h"
#include "base/folder.h"
#include "target/folder.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static hg_err err;
static char *folder;
static char place[300];

static void setup(void)
{
    err = (hg_err)HG_ERR_INIT;
    folder = test_folder();
    snprintf(place, sizeof place, "%s/public", folder);
}

static void teardown(void)
{
    ck_assert_int_eq(hg_folder_remove(folder, &err), HG_OK);
    free(folder);
}

/* A path below the place; good until the next call but one. */
static const char *at(const char *name)
{
    static char paths[2][400];
    static int next;
    next = !next;
    snprintf(paths[next], sizeof paths[next], "%s/%s", place, name);
    return paths[next];
}

static void write_file(const char *name, const char *text)
{
    ck_assert_int_eq(hg_file_save(at(name), text, strlen(text), &err), HG_OK);
}

static bool reads(const char *name, const char *text)
{
    hg_buf buf = { 0 };
    hg_err why = HG_ERR_INIT;
    bool same = hg_file_load(&buf, at(name), &why) == HG_OK && buf.data &&
                strcmp(buf.data, text) == 0;
    hg_buf_release(&buf);
    return same;
}

static ino_t inode(const char *name)
{
    struct stat st;
    ck_assert_int_eq(stat(at(name), &st), 0);
    return st.st_ino;
}

static hg_target *begin(bool dry)
{
    hg_target *target;
    const hg_target_opts opts = { .marker = "catalog.ttl", .dry = dry, .tmp = folder };
    ck_assert_int_eq(hg_target_open(&target, place, &opts, &err), HG_OK);
    return target;
}

static void put(hg_target *target, const char *name, const char *text)
{
    ck_assert_int_eq(hg_target_put(target, name, hg_slice_of(text), &err), HG_OK);
}

/* What beside the place is left in its folder. */
static size_t litter(void)
{
    char command[400];
    snprintf(command, sizeof command, "test -z \"$(ls -A '%s' | grep -v '^public$')\"",
             folder);
    return (size_t)system(command);
}

static void publish_first(void)
{
    hg_target *target = begin(false);
    put(target, "catalog.ttl", "1");
    put(target, "datasets/a/x.csv", "same");
    put(target, "datasets/b/gone.csv", "old");
    ck_assert_int_eq(hg_target_commit(target, &err), HG_OK);
    hg_target_free(target);
}

START_TEST(a_new_state_appears_at_the_commit_only)
{
    hg_target *target = begin(false);
    put(target, "catalog.ttl", "1");
    ck_assert_int_ne(access(place, F_OK), 0);
    ck_assert_int_eq(hg_target_commit(target, &err), HG_OK);
    ck_assert(reads("catalog.ttl", "1"));
    hg_target_free(target);
    ck_assert_uint_eq(litter(), 0);
}
END_TEST

START_TEST(without_a_commit_nothing_changes)
{
    publish_first();
    hg_target *target = begin(false);
    put(target, "catalog.ttl", "2");
    hg_target_free(target);
    ck_assert(reads("catalog.ttl", "1"));
    ck_assert_uint_eq(litter(), 0);
}
END_TEST

START_TEST(each_file_is_told_to_be_new_changed_the_same_or_gone)
{
    static const hg_target_file want[] = {
        { "catalog.ttl", 2, '~' },
        { "datasets/a/x.csv", 4, '=' },
        { "datasets/b/gone.csv", 3, '-' },
        { "style.css", 5, '+' },
    };
    size_t n;
    publish_first();
    ino_t before = inode("datasets/a/x.csv");
    hg_target *target = begin(_i == 1);
    put(target, "style.css", "style");
    put(target, "catalog.ttl", "22");
    put(target, "datasets/a/x.csv", "same");
    ck_assert_int_eq(hg_target_commit(target, &err), HG_OK);
    const hg_target_file *files = hg_target_files(target, &n);
    ck_assert_uint_eq(n, sizeof want / sizeof *want);
    for (size_t i = 0; i < n; i++) {
        ck_assert_str_eq(files[i].name, want[i].name);
        ck_assert_uint_eq(files[i].bytes, want[i].bytes);
        ck_assert_int_eq(files[i].change, want[i].change);
    }
    hg_target_free(target);
    ck_assert(reads("catalog.ttl", _i == 1 ? "1" : "22")); /* 1: a dry run */
    ck_assert_int_eq(access(at("datasets/b/gone.csv"), F_OK), _i == 1 ? 0 : -1);
    ck_assert_uint_eq(inode("datasets/a/x.csv"), before); /* a link, not a copy */
    ck_assert_uint_eq(litter(), 0);
}
END_TEST

START_TEST(what_others_put_there_stays)
{
    static const char *const ours[] = { "catalog.ttl", "datasets", NULL };
    publish_first();
    write_file("CNAME", "dulieumo.example");
    write_file(".well-known/security.txt", "x");
    write_file("datasets.txt", "no folder of ours");
    ck_assert_int_eq(symlink("CNAME", at("link")), 0);
    hg_target *target = begin(false);
    put(target, "catalog.ttl", "2");
    ck_assert_int_eq(hg_target_keep_others(target, ours, &err), HG_OK);
    ck_assert_int_eq(hg_target_commit(target, &err), HG_OK);
    hg_target_free(target);
    ck_assert(reads("CNAME", "dulieumo.example"));
    ck_assert(reads(".well-known/security.txt", "x"));
    ck_assert(reads("datasets.txt", "no folder of ours"));
    ck_assert(reads("link", "dulieumo.example"));
    ck_assert_int_ne(access(at("datasets/a/x.csv"), F_OK), 0);
}
END_TEST

START_TEST(a_file_from_elsewhere_is_copied_not_linked)
{
    char own[400];
    struct stat st;
    snprintf(own, sizeof own, "%s/package/x.csv", folder);
    ck_assert_int_eq(hg_file_save(own, "mine", 4, &err), HG_OK);
    hg_target *target = begin(false);
    put(target, "catalog.ttl", "1");
    *strrchr(own, '/') = '\0';
    ck_assert_int_eq(hg_target_take(target, own, "x.csv", "datasets/a", &err), HG_OK);
    ck_assert_int_eq(hg_target_commit(target, &err), HG_OK);
    hg_target_free(target);
    ck_assert(reads("datasets/a/x.csv", "mine"));
    ck_assert_int_eq(stat(at("datasets/a/x.csv"), &st), 0);
    ck_assert_uint_eq(st.st_nlink, 1);
}
END_TEST

START_TEST(a_folder_of_someone_else_is_refused)
{
    hg_target *target;
    const hg_target_opts opts = { .marker = "catalog.ttl", .tmp = folder };
    write_file("letter.doc", "x");
    ck_assert_int_eq(hg_target_open(&target, place, &opts, &err), HG_EARG);
    ck_assert_ptr_null(target);
    ck_assert(reads("letter.doc", "x"));
    ck_assert_uint_eq(litter(), 0);
}
END_TEST

START_TEST(what_a_killed_run_left_is_swept)
{
    char left[400];
    publish_first();
    snprintf(left, sizeof left, "%s/.public.publish-abcdefghij/new/catalog.ttl", folder);
    ck_assert_int_eq(hg_file_save(left, "2", 1, &err), HG_OK);
    hg_target_free(begin(false));
    ck_assert_uint_eq(litter(), 0);
    ck_assert(reads("catalog.ttl", "1"));
}
END_TEST

START_TEST(the_link_to_a_catalogue_stays_a_link)
{
    struct stat st;
    char real[400];
    snprintf(real, sizeof real, "%s/real", folder);
    ck_assert_int_eq(hg_folder_make(real, &err), HG_OK);
    ck_assert_int_eq(symlink("real", place), 0);
    publish_first();
    ck_assert_int_eq(lstat(place, &st), 0);
    ck_assert(S_ISLNK(st.st_mode));
    ck_assert(reads("catalog.ttl", "1"));
}
END_TEST

TCase *tests_target(void)
{
    TCase *tests = tcase_create("target");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_new_state_appears_at_the_commit_only);
    tcase_add_test(tests, without_a_commit_nothing_changes);
    tcase_add_loop_test(tests, each_file_is_told_to_be_new_changed_the_same_or_gone, 0,
                        2);
    tcase_add_test(tests, what_others_put_there_stays);
    tcase_add_test(tests, a_file_from_elsewhere_is_copied_not_linked);
    tcase_add_test(tests, a_folder_of_someone_else_is_refused);
    tcase_add_test(tests, what_a_killed_run_left_is_swept);
    tcase_add_test(tests, the_link_to_a_catalogue_stays_a_link);
    return tests;
}
