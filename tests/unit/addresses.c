/* Addresses lead to files below a folder, and to no others. */
#include "dataset/addresses.h"
#include "base/file.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *base, *ref, *want;
} references[] = {
    { "http://a.vn/x/y.csv", "z.csv", "http://a.vn/x/z.csv" },
    { "http://a.vn/x/y.csv", "../z.csv", "http://a.vn/z.csv" },
    { "http://a.vn/x/y.csv", "./z.csv?q#f", "http://a.vn/x/z.csv?q#f" },
    { "http://a.vn/x/y.csv", "/.well-known/csvm", "http://a.vn/.well-known/csvm" },
    { "http://a.vn", "z.csv", "http://a.vn/z.csv" },
    { "http://a.vn/x/", "HTTP://B.VN:80/%7ez/%c4%91", "http://b.vn/~z/%C4%91" },
    { "http://a.vn/x/", "https://b.vn:443/", "https://b.vn/" },
    { "http://a.vn/x/", "http://b.vn:8080", "http://b.vn:8080/" },
    { "http://a.vn/x/", "//b.vn/z", "http://b.vn/z" },
    { "http://a.vn/x/y.csv", "", "http://a.vn/x/y.csv" },
    { "file:///home/x/y.json", "z.csv", "file:///home/x/z.csv" },
};

START_TEST(references_are_resolved_to_their_normal_form)
{
    hg_buf out = { 0 };
    hg_address_resolve(&out, references[_i].base, references[_i].ref);
    ck_assert_str_eq(out.data, references[_i].want);
    hg_buf_release(&out);
}
END_TEST

static const struct {
    const char *address, *path; /* path NULL: it leads to no file of ours */
} addresses[] = {
    { "http://a.vn/data/t.csv", "t.csv" },
    { "http://a.vn/data/x/t.csv?q=1#row=2", "x/t.csv" },
    { "http://a.vn/data/C%E1%BA%A7n%20Th%C6%A1.csv", "Cần Thơ.csv" },
    { "http://a.vn/t.csv", NULL },
    { "http://a.vn/data2/t.csv", NULL },
    { "https://a.vn/data/t.csv", NULL },
    { "http://a.vn/data/..%2F..%2Fetc/passwd", NULL },
    { "http://a.vn/data/t%00.csv", NULL },
    { "urn:x", NULL },
};

START_TEST(an_address_leads_to_a_file_below_the_folder_or_to_none)
{
    hg_err err = HG_ERR_INIT;
    hg_addresses *a;
    char *path, want[512], *folder = test_folder();
    ck_assert_int_eq(hg_addresses_new(&a, "http://a.vn/data/", folder, &err), HG_OK);
    ck_assert_int_eq(hg_addresses_path(&path, a, addresses[_i].address, &err), HG_OK);
    if (!addresses[_i].path) {
        ck_assert_ptr_null(path);
    } else {
        snprintf(want, sizeof want, "%s/%s", folder, addresses[_i].path);
        ck_assert_str_eq(path, want);
    }
    free(path);
    free(folder);
    hg_addresses_free(a);
}
END_TEST

START_TEST(a_file_has_an_address_that_leads_back_to_it)
{
    hg_err err = HG_ERR_INIT;
    hg_addresses *a;
    hg_buf url = { 0 };
    char *path, file[512], *folder = test_folder();
    snprintf(file, sizeof file, "%s/a b.csv", folder);
    ck_assert_int_eq(hg_file_save(file, "x", 1, &err), HG_OK);
    ck_assert_int_eq(hg_addresses_new(&a, "http://a.vn/data/", folder, &err), HG_OK);
    ck_assert_int_eq(hg_addresses_of(&url, a, file, &err), HG_OK);
    ck_assert_str_eq(url.data, "http://a.vn/data/a%20b.csv");
    ck_assert_int_eq(hg_addresses_path(&path, a, url.data, &err), HG_OK);
    ck_assert_str_eq(path, file);
    free(path);
    hg_buf_clear(&url);
    ck_assert_int_eq(hg_addresses_of(&url, a, "/a b.csv", &err), HG_OK);
    ck_assert_str_eq(url.data, "file:///a%20b.csv");
    hg_addresses_free(a);
    hg_buf_release(&url);
    free(folder);
}
END_TEST

START_TEST(the_same_file_is_the_same_address)
{
    hg_err err = HG_ERR_INIT;
    hg_addresses *a;
    ck_assert_int_eq(hg_addresses_new(&a, "http://a.vn/", ".", &err), HG_OK);
    ck_assert(hg_addresses_same(a, "http://a.vn/t.csv", "http://a.vn/t.csv?query"));
    ck_assert(!hg_addresses_same(a, "http://a.vn/t.csv", "http://a.vn/u.csv"));
    ck_assert(hg_addresses_same(a, "http://b.vn/t.csv", "http://b.vn/t.csv#row=1"));
    ck_assert(!hg_addresses_same(a, "http://b.vn/t.csv", "http://b.vn/t.csv?query"));
    hg_addresses_free(a);
    ck_assert_int_eq(hg_addresses_new(&a, "data/", ".", &err), HG_EARG);
}
END_TEST

TCase *tests_addresses(void)
{
    TCase *tc = tcase_create("addresses");
    tcase_add_loop_test(tc, references_are_resolved_to_their_normal_form, 0,
                        sizeof references / sizeof *references);
    tcase_add_loop_test(tc, an_address_leads_to_a_file_below_the_folder_or_to_none, 0,
                        sizeof addresses / sizeof *addresses);
    tcase_add_test(tc, a_file_has_an_address_that_leads_back_to_it);
    tcase_add_test(tc, the_same_file_is_the_same_address);
    return tc;
}
