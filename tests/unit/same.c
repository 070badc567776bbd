/* JSON texts that are the same value, and such as are not. */
#include "json/same.h"
#include "unit.h"

static const struct {
    const char *a, *b;
    bool same;
} texts[] = {
    { "1", "1.0", true },
    { "-0", "0", true },
    { "10e-1", " 1 ", true },
    { "1", "\"1\"", false },
    { "true", "1", false },
    { "\"a\\u1EADb\\n\"", "\"a\xE1\xBA\xAD"
                          "b\\u000a\"",
      true },
    { "\"\\uD83D\\uDE00\"", "\"\xF0\x9F\x98\x80\"", true },
    { "\"a\"", "\"a \"", false },
    { "{\"a\": 1, \"b\": [1, {}]}", "{\"b\":[1.0,{ }],\"\\u0061\":1}", true },
    { "{\"a\": 1}", "{\"a\": 1, \"b\": null}", false },
    { "{\"a\": \"b\"}", "{\"b\": \"a\"}", false },
    { "[1, 2]", "[2, 1]", false },
    { "[[1], 2]", "[[1, 2]]", false },
    { "[\"ab\"]", "[\"a\", \"b\"]", false },
    { "[12]", "[1, 2]", false },
    { "[]", "{}", false },
    { "{\"a\": 1, \"a\": 2}", "{\"a\": 1, \"a\": 2}", true },
    { "{\"a\": 1, \"a\": 2}", "{\"a\": 2}", false },
};

START_TEST(values_are_the_same_however_they_are_written)
{
    hg_buf a = { 0 }, b = { 0 };
    hg_same_key(&a, hg_slice_of(texts[_i].a));
    hg_same_key(&b, hg_slice_of(texts[_i].b));
    bool same = hg_slice_eq((hg_slice){ a.data, a.len }, (hg_slice){ b.data, b.len });
    ck_assert_msg(same == texts[_i].same, "%s and %s", texts[_i].a, texts[_i].b);
    hg_buf_release(&a);
    hg_buf_release(&b);
}
END_TEST

TCase *tests_same(void)
{
    TCase *tests = tcase_create("same");
    tcase_add_loop_test(tests, values_are_the_same_however_they_are_written, 0,
                        sizeof texts / sizeof *texts);
    return tests;
}
