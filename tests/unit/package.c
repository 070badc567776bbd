/* A package opens only when every byte is as it was sealed, whatever body it has. */
#include "base/file.h"
#include "base/folder.h"
#include "stream/package.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *text;
} files[] = {
    { "hg.json", "{\"hg\":1,\"stage\":\"packaged\",\"id\":\"dan-so\"}" },
    { "README.md", "# Dân số\n" },
    { "data/dan-so.csv", "nam,gia_tri\n2015,770.5\n" },
    { "metadata/dcat.ttl", "" },
};

static char *path(const char *folder, const char *name)
{
    hg_err err = HG_ERR_INIT;
    char *joined;
    ck_assert_int_eq(hg_path_join(&joined, folder, name, &err), HG_OK);
    return joined;
}

static void save(const char *folder, const char *name, const char *text)
{
    hg_err err = HG_ERR_INIT;
    char *to = path(folder, name);
    ck_assert_int_eq(hg_file_save(to, text, strlen(text), &err), HG_OK);
    free(to);
}

static char *sealed_folder(void)
{
    hg_err err = HG_ERR_INIT;
    char *folder = test_folder();
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        save(folder, files[i].name, files[i].text);
    hg_json *descriptor = hg_json_object(), *verdict = hg_json_object();
    hg_json_set_str(descriptor, "name", "dan-so");
    hg_json_set_int(verdict, "errors", 0);
    ck_assert_int_eq(hg_package_seal(folder, descriptor, verdict, &err), HG_OK);
    hg_json_free(descriptor);
    return folder;
}

static hg_status open_status(const char *name)
{
    hg_err err = HG_ERR_INIT;
    hg_package *package;
    hg_status st = hg_package_open(&package, name, "build", &err);
    hg_package_free(package);
    return st;
}

START_TEST(a_sealed_folder_opens_and_lists_its_files_in_order)
{
    static const char *const order[] = {
        "hg.json",           "README.md",           "data/dan-so.csv",
        "metadata/dcat.ttl", "manifest-sha256.txt", "datapackage.json"
    };
    hg_err err = HG_ERR_INIT;
    hg_package *package;
    size_t n;
    char *folder = sealed_folder();
    save(folder, "index.html", "a page that a catalogue added");
    ck_assert_int_eq(hg_package_open(&package, folder, "build", &err), HG_OK);
    char *const *names = hg_package_files(package, &n);
    ck_assert_uint_eq(n, sizeof order / sizeof *order);
    for (size_t i = 0; i < n; i++)
        ck_assert_str_eq(names[i], order[i]);
    ck_assert_str_eq(hg_package_id(package), "dan-so");
    ck_assert(!hg_package_unsealed(package));
    hg_package_free(package);
    hg_folder_remove(folder, &err);
    free(folder);
}
END_TEST

START_TEST(a_changed_or_missing_file_is_refused)
{
    static const char *const names[] = { "hg.json", "README.md", "data/dan-so.csv",
                                         "manifest-sha256.txt" };
    hg_err err = HG_ERR_INIT;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *folder = sealed_folder();
        ck_assert_int_eq(open_status(folder), HG_OK);
        save(folder, names[i], "{\"hg\":1,\"stage\":\"packaged\",\"id\":\"dan-sO\"}");
        ck_assert_msg(open_status(folder) == HG_EINPUT, "%s changed", names[i]);
        char *gone = path(folder, names[i]);
        ck_assert_int_eq(remove(gone), 0);
        ck_assert_msg(open_status(folder) == HG_EINPUT, "%s missing", names[i]);
        free(gone);
        hg_folder_remove(folder, &err);
        free(folder);
    }
}
END_TEST

/* Write the package of a folder as a file, tar or zip. */
static void write_body(const char *folder, const char *to, bool zip)
{
    hg_err err = HG_ERR_INIT;
    hg_package *package;
    hg_newfile *file;
    ck_assert_int_eq(hg_package_open(&package, folder, "build", &err), HG_OK);
    ck_assert_int_eq(hg_newfile_open(&file, to, &err), HG_OK);
    ck_assert_int_eq(
        hg_package_write(package, hg_newfile_fd(file), to, zip ? HG_ZIP : HG_TAR, &err),
        HG_OK);
    ck_assert_int_eq(hg_newfile_commit(file, &err), HG_OK);
    hg_newfile_free(file);
    hg_package_free(package);
}

START_TEST(three_bodies_are_one_package)
{
    hg_err err = HG_ERR_INIT;
    char *folder = sealed_folder(), *out = test_folder(), hex[3][HG_DIGEST_HEX];
    char *first = path(out, "first"), *again = path(out, "again"), *data[2];
    bool zip = _i == 1;
    hg_package *package;
    uint64_t bytes;
    write_body(folder, first, zip);
    ck_assert_int_eq(hg_package_open(&package, first, "build", &err), HG_OK);
    data[0] = path(folder, "data/dan-so.csv");
    data[1] = path(hg_package_folder(package), "data/dan-so.csv");
    for (int i = 0; i < 2; i++)
        ck_assert_int_eq(hg_file_digest(data[i], &bytes, hex[i], &err), HG_OK);
    ck_assert_str_eq(hex[0], hex[1]);
    write_body(hg_package_folder(package), again, zip);
    hg_package_free(package);
    ck_assert_int_eq(hg_file_digest(first, &bytes, hex[0], &err), HG_OK);
    ck_assert_int_eq(hg_file_digest(again, &bytes, hex[1], &err), HG_OK);
    ck_assert_str_eq(hex[0], hex[1]); /* the same package, the same bytes */
    char *given[] = { folder, out, first, again, data[0], data[1] };
    hg_folder_remove(folder, &err);
    hg_folder_remove(out, &err);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        free(given[i]);
}
END_TEST

START_TEST(a_cut_body_is_refused)
{
    hg_err err = HG_ERR_INIT;
    char *folder = sealed_folder(), *out = test_folder(), *whole = path(out, "whole");
    hg_buf bytes = { 0 };
    write_body(folder, whole, _i == 1);
    ck_assert_int_eq(hg_file_load(&bytes, whole, &err), HG_OK);
    for (size_t at = 0; at < bytes.len - 1; at += 257) {
        char *cut = path(out, "cut");
        ck_assert_int_eq(hg_file_save(cut, bytes.data, at, &err), HG_OK);
        ck_assert_msg(open_status(cut) == HG_EINPUT, "cut at %zu of %zu", at, bytes.len);
        free(cut);
    }
    hg_buf_release(&bytes);
    hg_folder_remove(folder, &err);
    hg_folder_remove(out, &err);
    free(folder);
    free(out);
    free(whole);
}
END_TEST

/* The files of a package as a tar, in any order, and as often as they are named. */
static void write_tar(const char *folder, const char *to, const char *const *names, size_t n)
{
    hg_err err = HG_ERR_INIT;
    int fd;
    ck_assert_int_eq(hg_file_create(&fd, to, &err), HG_OK);
    ck_assert_int_eq(
        hg_container_write(fd, to, HG_TAR, folder, (char *const *)names, n, &err), HG_OK);
    ck_assert_int_eq(hg_file_close(fd, to, HG_OK, &err), HG_OK);
}

static const struct {
    size_t n;
    const char *names[7];
    hg_status status;
    bool zipped;
} comings[] = {
    { 6,
      { "hg.json", "README.md", "data/dan-so.csv", "metadata/dcat.ttl", "manifest-sha256.txt",
        "datapackage.json" },
      HG_OK,
      true },
    { 6,
      { "hg.json", "data/dan-so.csv", "README.md", "metadata/dcat.ttl", "manifest-sha256.txt",
        "datapackage.json" },
      HG_OK,
      false },
    { 7,
      { "hg.json", "README.md", "data/dan-so.csv", "metadata/dcat.ttl", "manifest-sha256.txt",
        "datapackage.json", "README.md" },
      HG_EINPUT,
      false },
    { 5,
      { "hg.json", "README.md", "metadata/dcat.ttl", "manifest-sha256.txt",
        "datapackage.json" },
      HG_EINPUT,
      false },
};

START_TEST(a_package_that_comes_is_zipped_meanwhile)
{
    hg_err err = HG_ERR_INIT;
    char *folder = sealed_folder(), *out = test_folder(), *tar = path(out, "tar"),
         *zip = path(out, "zip"), *wanted = path(out, "wanted");
    char hex[2][HG_DIGEST_HEX];
    hg_package *package;
    uint64_t bytes;
    int fd;
    write_tar(folder, tar, comings[_i].names, comings[_i].n);
    write_body(folder, wanted, true);
    ck_assert_int_eq(hg_file_create(&fd, zip, &err), HG_OK);
    ck_assert_int_eq(hg_package_open_zip(&package, tar, "build", fd, zip, &err),
                     comings[_i].status);
    ck_assert_int_eq(hg_file_close(fd, zip, HG_OK, &err), HG_OK);
    ck_assert(package == NULL || hg_package_zipped(package) == comings[_i].zipped);
    if (comings[_i].zipped) {
        ck_assert_int_eq(hg_file_digest(zip, &bytes, hex[0], &err), HG_OK);
        ck_assert_int_eq(hg_file_digest(wanted, &bytes, hex[1], &err), HG_OK);
        ck_assert_str_eq(hex[0], hex[1]);
    }
    hg_package_free(package);
    hg_folder_remove(folder, &err);
    hg_folder_remove(out, &err);
    char *given[] = { folder, out, tar, zip, wanted };
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        free(given[i]);
}
END_TEST

TCase *tests_package(void)
{
    TCase *tests = tcase_create("package");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_sealed_folder_opens_and_lists_its_files_in_order);
    tcase_add_test(tests, a_changed_or_missing_file_is_refused);
    tcase_add_loop_test(tests, three_bodies_are_one_package, 0, 2);
    tcase_add_loop_test(tests, a_cut_body_is_refused, 0, 2);
    tcase_add_loop_test(tests, a_package_that_comes_is_zipped_meanwhile, 0,
                        sizeof comings / sizeof *comings);
    return tests;
}
