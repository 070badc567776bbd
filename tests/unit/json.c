/* Mistakes in JSON are named with their line and column. */
#include "json/json.h"
#include "unit.h"

static hg_doc *parse(const char *text)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    ck_assert_int_eq(hg_doc_parse(&doc, "recipe.json", hg_slice_of(text), &err), HG_OK);
    return doc;
}

START_TEST(a_syntax_error_names_its_line)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    ck_assert_int_eq(
        hg_doc_parse(&doc, "a.json", HG_SLICE("{\n  \"a\": 1,\n  \"a\": 2 }"), &err),
        HG_EARG);
    ck_assert_uint_eq(err.row, 3);
    ck_assert_str_eq(err.file, "a.json");
}
END_TEST

START_TEST(a_misspelt_key_is_placed_and_the_right_one_offered)
{
    static const char *const keys[] = { "anchor", "stub", NULL };
    hg_err err = HG_ERR_INIT;
    hg_doc *doc = parse("{ \"x\": [ true, { }, \"\\\"{\" ],\n  \"t\": [ {}, [],\n    { "
                        "\"stub\": 1, \"anchr\": 2 } ] }");
    hg_json *table = hg_json_at(hg_json_get(hg_doc_root(doc), "t"), 2);
    ck_assert_int_eq(hg_doc_keys(&err, doc, table, keys), HG_EARG);
    ck_assert_uint_eq(err.row, 3);
    ck_assert_uint_eq(err.col, 18);
    ck_assert_str_eq(err.args, "anchr");
    ck_assert_str_eq(err.args + 6, "anchor");
    hg_doc_free(doc);
}
END_TEST

START_TEST(a_value_is_placed_where_it_stands)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc = parse("{ \"tên\": [ 1, \"x\",\n \"y\" ] }");
    hg_json *y = hg_json_at(hg_json_get(hg_doc_root(doc), "tên"), 2);
    hg_doc_fail(&err, doc, y, NULL, "wrong");
    ck_assert_uint_eq(err.row, 2);
    ck_assert_uint_eq(err.col, 2);
    hg_doc_free(doc);
}
END_TEST

START_TEST(a_dump_can_stand_in_a_script_and_reads_back)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 };
    hg_json *v = hg_json_object();
    hg_json_set_str(v, "a", "</script>");
    ck_assert_int_eq(hg_json_dump(v, false, &buf, &err), HG_OK);
    ck_assert_str_eq(buf.data, "{\"a\":\"<\\/script>\"}");
    hg_doc *doc = parse(buf.data);
    ck_assert_str_eq(hg_json_get_str(hg_doc_root(doc), "a"), "</script>");
    hg_doc_free(doc);
    hg_json_free(v);
    hg_buf_release(&buf);
}
END_TEST

/* What an indented text comes to when it is read, written in a line and indented again.
 */
static void lay_out(hg_buf *buf, const char *text)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc = parse(text);
    ck_assert_int_eq(hg_json_dump(hg_doc_root(doc), true, buf, &err), HG_OK);
    hg_doc_free(doc);
}

START_TEST(what_fits_in_a_line_stands_in_one)
{
    static const char text[] =
        "{\n"
        "  \"tên \\\"]}\": {\"kiểu\": \"số, {1\", \"n\": [], \"o\": {}},\n"
        "  \"đủ chín mươi cột\": [\n"
        "    \"........................................................................"
        "............\",\n"
        "    \"........................................................................"
        ".....................\",\n"
        "    -1.5\n"
        "  ],\n"
        "  \"cuối\": null\n"
        "}\n";
    hg_buf once = { 0 };
    lay_out(&once, text);
    ck_assert_str_eq(once.data, text);
    hg_buf_release(&once);
}
END_TEST

START_TEST(a_line_is_full_at_ninety_columns_of_characters)
{
    hg_buf list = { 0 }, out = { 0 };
    hg_buf_puts(&list, "[\"");
    for (int i = 0; i < 86; i++)
        hg_buf_puts(&list, "ữ");
    hg_buf_puts(&list, "\"]");
    lay_out(&out, list.data); /* 90 with brackets and quotes */
    ck_assert_uint_eq(out.len, list.len + 1);
    list.len -= 2;
    hg_buf_puts(&list, "ữ\"]");
    hg_buf_clear(&out);
    lay_out(&out, list.data);
    ck_assert_mem_eq(out.data, "[\n  \"", 5);
    hg_buf_release(&list);
    hg_buf_release(&out);
}
END_TEST

START_TEST(a_tree_that_lacks_a_value_is_not_dumped)
{
    hg_err err = HG_ERR_INIT;
    hg_buf buf = { 0 };
    hg_json *v = hg_json_object();
    hg_json_set(v, "a", NULL); /* as when memory ran out */
    ck_assert_int_eq(hg_json_dump(v, false, &buf, &err), HG_ENOMEM);
    hg_json_free(v);
    hg_buf_release(&buf);
}
END_TEST

TCase *tests_json(void)
{
    TCase *tests = tcase_create("json");
    tcase_add_test(tests, a_syntax_error_names_its_line);
    tcase_add_test(tests, a_misspelt_key_is_placed_and_the_right_one_offered);
    tcase_add_test(tests, a_value_is_placed_where_it_stands);
    tcase_add_test(tests, a_dump_can_stand_in_a_script_and_reads_back);
    tcase_add_test(tests, what_fits_in_a_line_stands_in_one);
    tcase_add_test(tests, a_line_is_full_at_ninety_columns_of_characters);
    tcase_add_test(tests, a_tree_that_lacks_a_value_is_not_dumped);
    return tests;
}
