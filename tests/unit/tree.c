/* A tree keeps what a JSON text says: numbers as written, places, and what is no JSON is
 * named. */
#include "json/tree.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static hg_tree *parse(const char *text, size_t n)
{
    hg_err err = HG_ERR_INIT;
    hg_tree *tree;
    ck_assert_int_eq(hg_tree_parse(&tree, "t.json", (hg_slice){ text, n }, &err), HG_OK);
    return tree;
}

START_TEST(texts_and_numbers_are_kept_as_written)
{
    static const char text[] =
        "\xEF\xBB\xBF{ \"a\": [1.50, -0, 1e400, 12345678901234567890123],\n"
        "  \"\\u0000k\": \"\\ud83d\\ude00\\n\\\"\", \"\": null }";
    hg_tree *tree = parse(text, sizeof text - 1);
    hg_node *root = hg_tree_root(tree), *a = hg_node_member(root, "a");
    ck_assert_uint_eq(root->n, 3);
    ck_assert_uint_eq(a->n, 4);
    ck_assert(hg_slice_is(hg_node_at(a, 0)->text, "1.50"));
    ck_assert(hg_slice_is(hg_node_at(a, 2)->text, "1e400"));
    ck_assert(hg_slice_is(hg_node_at(a, 3)->text, "12345678901234567890123"));
    ck_assert_ptr_null(hg_node_at(a, 4));
    hg_node *odd = hg_node_get(root, (hg_slice){ "\0k", 2 });
    ck_assert_ptr_nonnull(odd);
    ck_assert(hg_slice_is(odd->text, "\xF0\x9F\x98\x80\n\""));
    ck_assert_int_eq(hg_node_member(root, "")->kind, HG_NODE_NULL);
    ck_assert_ptr_null(hg_node_member(root, "b"));
    hg_tree_free(tree);
}
END_TEST

START_TEST(a_value_has_a_place_and_a_pointer)
{
    static const char text[] = "{\n  \"ổ/~\": [true,\n  false]}";
    hg_tree *tree = parse(text, sizeof text - 1);
    hg_node *list = hg_node_member(hg_tree_root(tree), "ổ/~"),
            *last = hg_node_at(list, 1);
    hg_loc at = hg_tree_loc(tree, last->at);
    hg_buf pointer = { 0 };
    ck_assert_uint_eq(at.row, 3);
    ck_assert_uint_eq(at.col, 3);
    hg_node_pointer(&pointer, last);
    ck_assert_str_eq(pointer.data, "/ổ~1~0/1");
    hg_buf_release(&pointer);
    hg_tree_free(tree);
}
END_TEST

static const struct {
    const char *text;
    unsigned row, col;
} wrong[] = {
    { "", 1, 1 },
    { "{\"a\":1,\n \"a\":2}", 2, 2 },
    { "[1,]", 1, 4 },
    { "[1 2]", 1, 4 },
    { "01", 1, 2 },
    { "1.", 1, 3 },
    { "[\"a\nb\"]", 1, 4 },
    { "\"\\ud800\"", 1, 2 },
    { "\"\\ud800\\u0041\"", 1, 2 },
    { "\"\\q\"", 1, 3 },
    { "nul", 1, 1 },
    { "{\"a\" 1}", 1, 6 },
    { "{a:1}", 1, 2 },
    { "1e1234567890", 1, 1 },
    { "\"\xFF\"", 1, 2 },
    { "[1]x", 1, 4 },
    { "[", 1, 2 },
    { "\"\\", 1, 3 },
};

START_TEST(what_is_no_json_is_told_with_its_place)
{
    hg_err err = HG_ERR_INIT;
    hg_tree *tree;
    const char *text = wrong[_i].text;
    ck_assert_int_eq(hg_tree_parse(&tree, "t.json", hg_slice_of(text), &err), HG_EARG);
    ck_assert_ptr_null(tree);
    ck_assert_msg(err.row == wrong[_i].row && err.col == wrong[_i].col, "%s: %lu:%u",
                  text, (unsigned long)err.row, err.col);
}
END_TEST

START_TEST(nesting_has_a_limit)
{
    hg_err err = HG_ERR_INIT;
    hg_tree *tree;
    size_t n = 2 * HG_TREE_DEPTH;
    char *text = malloc(2 * n + 2);
    memset(text, '[', n);
    memset(text + n, ']', n);
    hg_slice fits = { text + n - HG_TREE_DEPTH, 2 * HG_TREE_DEPTH };
    ck_assert_int_eq(hg_tree_parse(&tree, "t.json", fits, &err), HG_OK);
    hg_tree_free(tree);
    ck_assert_int_eq(hg_tree_parse(&tree, "t.json", (hg_slice){ text, 2 * n }, &err),
                     HG_EARG);
    ck_assert_uint_eq(err.col, HG_TREE_DEPTH + 1);
    free(text);
}
END_TEST

TCase *tests_tree(void)
{
    TCase *tests = tcase_create("tree");
    tcase_add_test(tests, texts_and_numbers_are_kept_as_written);
    tcase_add_test(tests, a_value_has_a_place_and_a_pointer);
    tcase_add_loop_test(tests, what_is_no_json_is_told_with_its_place, 0,
                        sizeof wrong / sizeof *wrong);
    tcase_add_test(tests, nesting_has_a_limit);
    return tests;
}
