/* A label stands for its code whatever its case, spaces and place of the tone. */
#include "dataset/codelist.h"
#include "text/utf8.h"
#include "unit.h"

#include <string.h>

static const char places[] = "code,vi,en,alias,note\n"
                             "17,Hòa Bình,Hoa Binh,,x\n"
                             "77,Bà Rịa - Vũng Tàu,Ba Ria - Vung Tau,BR-VT|Bà Rịa,y\n"
                             "CN,Cả nước,\"Whole country, all\",,\n";

static const char *find(const hg_codelist *list, const char *label)
{
    hg_buf key = { 0 };
    hg_utf8_key(&key, label, strlen(label));
    const char *code = hg_codelist_find(list, key.data);
    hg_buf_release(&key);
    return code;
}

START_TEST(every_label_finds_its_code)
{
    static const char *const labels[][2] = {
        { "Hòa Bình", "17" },       { "HOÀ  BÌNH", "17" },  { "Hoa Binh", "17" },
        { "17", "17" },             { "BR-VT", "77" },      { "bà rịa", "77" },
        { "whole country, all", "CN" }, { "x", NULL },      { "Hà Bình", NULL },
        { "code", NULL },
    };
    hg_err err = HG_ERR_INIT;
    hg_codelist *list;
    ck_assert_int_eq(hg_codelist_parse(&list, "places.csv", HG_SLICE(places), &err), HG_OK);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        ck_assert_pstr_eq(find(list, labels[i][0]), labels[i][1]);
    ck_assert_uint_eq(hg_codelist_codes(list), 3);
    ck_assert_str_eq(hg_codelist_nearest(list, "Hòa Bìn"), "Hòa Bình");
    ck_assert_str_eq(hg_codelist_nearest(list, "cả nuớc"), "Cả nước");
    ck_assert_ptr_null(hg_codelist_nearest(list, "Đà Nẵng"));
    hg_codelist_free(list);
}
END_TEST

static const struct {
    const char *csv;
    uint64_t line;
} broken[] = {
    { "", 1 },
    { "ma,vi\n1,Một\n", 1 },
    { "code,vi\n1,Một\n,Hai\n", 3 },
    { "code,vi\n1,\"Một\n", 2 },
    { "code,vi\n1,Nam\n2,nam\n", 0 }, /* one label, two codes */
};

START_TEST(a_broken_list_is_refused_at_its_line)
{
    hg_err err = HG_ERR_INIT;
    hg_codelist *list;
    hg_status st = hg_codelist_parse(&list, "x.csv", hg_slice_of(broken[_i].csv), &err);
    ck_assert_int_eq(st, HG_EARG);
    ck_assert_ptr_null(list);
    ck_assert_str_eq(err.file, "x.csv");
    ck_assert_uint_eq(err.row, broken[_i].line);
}
END_TEST

TCase *tests_codelist(void)
{
    TCase *tests = tcase_create("codelist");
    tcase_add_test(tests, every_label_finds_its_code);
    tcase_add_loop_test(tests, a_broken_list_is_refused_at_its_line, 0,
                        sizeof broken / sizeof *broken);
    return tests;
}
