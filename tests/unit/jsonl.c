/* A row is one JSON object; only what is a JSON number is one. */
#include "format/jsonl.h"
#include "json/json.h"
#include "unit.h"

static const struct {
    const char *number, *json;
} numbers[] = {
    { "0", "0" },       { "-1.50", "-1.50" }, { "1E+30", "1E+30" }, { "1e-05", "1e-05" },
    { "", "null" },     { "007", "\"007\"" }, { "-", "\"-\"" },     { "1.", "\"1.\"" },
    { ".5", "\".5\"" }, { "1e", "\"1e\"" },   { "+1", "\"+1\"" },   { "1 2", "\"1 2\"" },
};

START_TEST(a_number_stays_as_it_is_written)
{
    static const char *const names[] = { "a", "v" };
    hg_buf got = { 0 }, want = { 0 };
    hg_slice cells[] = { HG_SLICE("1"), hg_slice_of(numbers[_i].number) };
    hg_jsonl_put(&got, names, 2, cells, 2, 1);
    hg_buf_printf(&want, "{\"a\":\"1\",\"v\":%s}\n", numbers[_i].json);
    ck_assert_str_eq(got.data, want.data);
    hg_buf_release(&got);
    hg_buf_release(&want);
}
END_TEST

START_TEST(every_text_is_read_back_by_json)
{
    static const char *const names[] = { "a \"b\"" };
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    for (int c = 1; c < 128; c++) {
        char text[] = { 'x', (char)c, 'y', '\0' };
        hg_slice cells[] = { { text, 3 }, HG_SLICE("Hậu Giang") };
        hg_buf line = { 0 };
        hg_jsonl_put(&line, names, 1, cells, 2, HG_JSONL_NO_NUMBER);
        ck_assert_int_eq(hg_doc_parse(&doc, "t", (hg_slice){ line.data, line.len }, &err),
                         HG_OK);
        ck_assert_str_eq(hg_json_get_str(hg_doc_root(doc), names[0]), text);
        ck_assert_str_eq(hg_json_get_str(hg_doc_root(doc), "column2"), "Hậu Giang");
        hg_doc_free(doc);
        hg_buf_release(&line);
    }
}
END_TEST

START_TEST(a_row_without_cells_is_an_empty_object)
{
    hg_buf line = { 0 };
    hg_jsonl_put(&line, NULL, 0, NULL, 0, HG_JSONL_NO_NUMBER);
    ck_assert_str_eq(line.data, "{}\n");
    hg_buf_release(&line);
}
END_TEST

TCase *tests_jsonl(void)
{
    TCase *tests = tcase_create("jsonl");
    tcase_add_loop_test(tests, a_number_stays_as_it_is_written, 0,
                        sizeof numbers / sizeof *numbers);
    tcase_add_test(tests, every_text_is_read_back_by_json);
    tcase_add_test(tests, a_row_without_cells_is_an_empty_object);
    return tests;
}
