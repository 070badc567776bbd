/* The vocabularies in the program are those in metadata-schemas/codes. */
#include "base/file.h"
#include "dataset/vocabulary.h"
#include "delimited/csv.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

START_TEST(the_csv_and_the_table_say_the_same)
{
    hg_err err = HG_ERR_INIT;
    hg_buf text = { 0 };
    hg_csv csv = { 0 };
    hg_row row;
    char path[100];
    size_t n;
    const hg_term *terms = hg_vocabulary_terms((hg_vocabulary)_i, &n);
    snprintf(path, sizeof path, "metadata-schemas/codes/%s.csv",
             hg_vocabulary_name((hg_vocabulary)_i));
    ck_assert_int_eq(hg_file_load(&text, path, &err), HG_OK);
    hg_csv_init(&csv, text.data, text.len, 0, 0);
    ck_assert_int_eq(hg_csv_next(&csv, &row, &err), HG_OK); /* the header */
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(hg_csv_next(&csv, &row, &err), HG_OK);
        ck_assert_uint_eq(row.n, 4);
        ck_assert_msg(hg_slice_is(row.cells[0], terms[i].code), "%s", terms[i].code);
        ck_assert(hg_slice_is(row.cells[1], terms[i].iri));
        ck_assert(hg_slice_is(row.cells[2], terms[i].vi));
        ck_assert(hg_slice_is(row.cells[3], terms[i].en));
    }
    ck_assert_int_eq(hg_csv_next(&csv, &row, &err), HG_END);
    hg_csv_release(&csv);
    hg_buf_release(&text);
}
END_TEST

START_TEST(terms_are_sorted_and_each_can_be_found)
{
    size_t n;
    const hg_term *terms = hg_vocabulary_terms((hg_vocabulary)_i, &n);
    ck_assert_uint_gt(n, 0);
    for (size_t i = 0; i < n; i++) {
        ck_assert(i == 0 || strcmp(terms[i - 1].code, terms[i].code) < 0);
        ck_assert_ptr_eq(hg_vocabulary_find((hg_vocabulary)_i, terms[i].code), &terms[i]);
    }
    ck_assert_ptr_null(hg_vocabulary_find((hg_vocabulary)_i, "nothing"));
    ck_assert_ptr_null(hg_vocabulary_find((hg_vocabulary)_i, NULL));
}
END_TEST

START_TEST(every_licence_has_its_page_and_type_and_every_format_its_media_type)
{
    size_t n;
    const hg_term *terms = hg_vocabulary_terms(HG_VOC_LICENCE, &n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_ptr_nonnull(hg_vocabulary_iri(HG_VOC_LICENCE_PAGE, terms[i].code));
        ck_assert_ptr_nonnull(hg_vocabulary_iri(HG_VOC_LICENCE_TYPE, terms[i].code));
    }
    terms = hg_vocabulary_terms(HG_VOC_FILE_TYPE, &n);
    for (size_t i = 0; i < n; i++)
        ck_assert_ptr_nonnull(hg_vocabulary_find(HG_VOC_MEDIA_TYPE, terms[i].code));
}
END_TEST

START_TEST(a_misspelt_code_brings_the_right_one)
{
    ck_assert_str_eq(hg_vocabulary_near(HG_VOC_FREQUENCY, "anual"), "annual");
    ck_assert_str_eq(hg_vocabulary_near(HG_VOC_LICENCE, "CC-BY-4"), "CC-BY-4.0");
    ck_assert_ptr_null(hg_vocabulary_near(HG_VOC_FREQUENCY, "hằng năm"));
}
END_TEST

TCase *tests_vocabulary(void)
{
    TCase *tests = tcase_create("vocabulary");
    tcase_add_loop_test(tests, the_csv_and_the_table_say_the_same, 1, HG_VOC_THEME + 1);
    tcase_add_loop_test(tests, terms_are_sorted_and_each_can_be_found, 1,
                        HG_VOC_THEME + 1);
    tcase_add_test(tests,
                   every_licence_has_its_page_and_type_and_every_format_its_media_type);
    tcase_add_test(tests, a_misspelt_code_brings_the_right_one);
    return tests;
}
