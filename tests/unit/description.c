/* Every mistake in a description is told with its line and column. */
#include "dataset/description.h"
#include "text/message.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *text;
    unsigned row, col; /* 0: no mistake */
    const char *message;
} cases[] = {
    { "{}", 0, 0, "" },
    { "{\"title\": \"Dân số\", \"x-note\": 1, \"$schema\": \"y\"}", 0, 0, "" },
    { "{\"title\": {\"vi\": \"Dân số\", \"en\": \"Population\"}}", 0, 0, "" },
    { "{\"place\": {\"name\": \"Hà Giang\", \"bbox\": [104.3, 22.2, 105.6, 23.4]}}", 0, 0,
      "" },
    { "{\"tables\": [{\"name\": \"a\"}, {\"name\": \"b\", \"schema\": \"b.json\"}]}", 0,
      0, "" },
    { "{\n  \"titel\": \"x\"\n}", 2, 3, "unknown key" },
    { "{\n  \"title\": 3 }", 2, 3, "a text is wanted" },
    { "{\"title\": \"\"}", 1, 2, "empty" },
    { "{\"title\": \"a\\u0001\"}", 1, 2, "control" },
    { "{\"title\": \"a\\nb\"}", 1, 2, "control" },
    { "{\"title\": {}}", 1, 2, "empty" },
    { "{\"title\": {\"vi\": \"a\",\n\"fr\": \"b\"}}", 2, 1, "unknown key" },
    { "{\"title\": {\"vi\": \"a\",\n\"en\": 1}}", 2, 1, "a text is wanted" },
    { "{\"id\": \"Dân số\"}", 1, 2, "is no name" },
    { "{\"keywords\": []}", 1, 2, "a list is wanted" },
    { "{\"keywords\": {\"vi\": [\"a\",\n 2]}}", 2, 2, "a text is wanted" },
    { "{\"theme\": [\n\"SOCIAL\"]}", 2, 1, "did you mean 'SOCI'" },
    { "{\"license\": \"CC-BY\"}", 1, 2, "no code of the list 'licence'" },
    { "{\"frequency\": \"yearly\"}", 1, 2, "no code of the list 'frequency'" },
    { "{\"issued\": \"01/06/2025\"}", 1, 2, "is no date" },
    { "{\"issued\": \"2025\"}", 1, 2, "is no date" },
    { "{\"issued\": \"2025-06-02\",\n\"modified\": \"2025-06-01\"}", 2, 1, "is before" },
    { "{\"period\": {\"start\": \"2024\",\n\"end\": \"2023-12\"}}", 2, 1, "is before" },
    { "{\"period\": {\"start\": \"Q1/2024\"}}", 1, 13, "is no year" },
    { "{\"period\":\n{\"end\": \"2024\"}}", 2, 1, "'start' is missing" },
    { "{\"publisher\": {\"name\": \"a\",\n\"email\": \"a@b\"}}", 2, 1, "no e-mail" },
    { "{\"publisher\": \"Sở\"}", 1, 2, "an object is wanted" },
    { "{\"contact\": {\"name\": \"a\", \"phone\": \"không\"}}", 1, 27, "no telephone" },
    { "{\"base\": \"dulieu.vn\"}", 1, 2, "is no address" },
    { "{\"documentation\": [\"https://a.vn\",\n\"b\"]}", 2, 1, "is no address" },
    { "{\"place\": {\"name\": \"a\", \"bbox\": [105.6, 22.2, 104.3, 23.4]}}", 1, 25,
      "four numbers" },
    { "{\"place\": {\"name\": \"a\", \"code\": 93}}", 1, 25, "a text is wanted" },
    { "{\"resolution\": {\"time\": \"1 năm\"}}", 1, 17, "is no duration" },
    { "{\"tables\": [{\"name\": \"a\"},\n{\"name\": \"a\"}]}", 2, 2, "two tables 'a'" },
    { "{\"tables\": [{\"name\": \"a\", \"schema\": \"../s.json\"}]}", 1, 27,
      "is no name" },
    { "{\"catalog\": {\"title\": \"a\", \"description\": \"b\"}}", 1, 2,
      "publisher.json" },
};

START_TEST(a_mistake_is_told_with_its_place)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    ck_assert_int_eq(hg_doc_parse(&doc, "d.json", hg_slice_of(cases[_i].text), &err),
                     HG_OK);
    hg_status status = hg_description_check(doc, HG_DESCRIPTION_DATASET, &err);
    hg_buf text = { 0 };
    hg_text_args(&text, err.format ? err.format : "", HG_EN, err.args, sizeof err.args);
    ck_assert_msg(status == (cases[_i].row > 0 ? HG_EARG : HG_OK), "%s", cases[_i].text);
    ck_assert_msg(err.row == cases[_i].row && err.col == cases[_i].col, "%s: %u:%u",
                  cases[_i].text, (unsigned)err.row, (unsigned)err.col);
    ck_assert_msg(strstr(text.data ? text.data : "", cases[_i].message), "%s: %s",
                  cases[_i].text, text.data);
    hg_buf_release(&text);
    hg_doc_free(doc);
}
END_TEST

START_TEST(what_a_dataset_leaves_out_comes_from_the_profile)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *own, *profile;
    hg_buf missing = { 0 };
    hg_json *merged = hg_json_object();
    const char *decomposed = "{\"title\": \"Da\xCC\x82n\", \"license\": \"CC0-1.0\"}";
    ck_assert_int_eq(hg_doc_parse(&own, "d", hg_slice_of(decomposed), &err), HG_OK);
    ck_assert_int_eq(
        hg_doc_parse(&profile, "p",
                     HG_SLICE("{\"license\": \"CC-BY-4.0\", \"base\": \"https://a/\","
                              "\"catalog\": {}, \"$schema\": \"x\"}"),
                     &err),
        HG_OK);
    hg_description_merge(merged, hg_doc_root(own));
    hg_description_merge(merged, hg_doc_root(profile));
    ck_assert_str_eq(hg_json_get_str(merged, "title"), "D\xC3\xA2n"); /* in NFC */
    ck_assert_str_eq(hg_json_get_str(merged, "license"), "CC0-1.0");
    ck_assert_str_eq(hg_json_get_str(merged, "base"), "https://a/");
    ck_assert_ptr_nonnull(hg_json_get(merged, "catalog"));
    ck_assert_uint_eq(hg_json_len(merged), 4);
    hg_description_missing(merged, &missing);
    ck_assert_str_eq(missing.data, "description, publisher");
    hg_buf_release(&missing);
    hg_json_free(merged);
    hg_doc_free(own);
    hg_doc_free(profile);
}
END_TEST

TCase *tests_description(void)
{
    TCase *tests = tcase_create("description");
    tcase_add_loop_test(tests, a_mistake_is_told_with_its_place, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, what_a_dataset_leaves_out_comes_from_the_profile);
    return tests;
}
