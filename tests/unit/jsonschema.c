/* Values are judged as JSON Schema says, and what is found has a place, a keyword and a
 * reason. */
#include "json/jsonschema.h"
#include "text/message.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#define NEW "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""
#define OLD "\"$schema\": \"http://json-schema.org/draft-07/schema#\""

/* found: "pointer keyword: message" for each finding, one a line. */
static const struct {
    const char *schema, *value, *found;
} cases[] = {
    /* numbers of any size, exactly */
    { "{\"multipleOf\": 0.01}", "19.99", "" },
    { "{\"multipleOf\": 0.01}", "19.995",
      " multipleOf: 19.995 is no multiple of 0.01\n" },
    { "{\"multipleOf\": 7}", "1e30", " multipleOf: 1e30 is no multiple of 7\n" },
    { "{\"multipleOf\": 7}", "7e30", "" },
    { "{\"maximum\": 18446744073709551616}", "18446744073709551617",
      " maximum: 18446744073709551617 is more than 18446744073709551616\n" },
    { "{\"type\": \"integer\"}", "1.50e1", "" },
    { "{\"enum\": [1, 2]}", "1.0", "" },
    { "{\"const\": 1e400}", "1E+400", "" },
    /* texts in characters */
    { "{\"maxLength\": 2}", "\"Hà Nội\"",
      " maxLength: \"Hà Nội\" has more than 2 characters\n" },
    { "{\"maxLength\": 1}", "\"\\ud83d\\ude00\"", "" },
    { "{\"pattern\": \"^\\\\p{Lu}\"}", "\"đông\"",
      " pattern: \"đông\" does not fit the pattern \"^\\\\p{Lu}\"\n" },
    /* keys */
    { "{\"properties\": {\"title\": true}, \"additionalProperties\": false}",
      "{\"titel\": 1, \"zzz\": 2}",
      "/titel additionalProperties: the key 'titel' is not allowed here; did you mean "
      "'title'?\n"
      "/zzz additionalProperties: the key 'zzz' is not allowed here\n" },
    { "{\"required\": [\"a\", \"b\"]}", "{\"b\": 1}",
      " required: 'a' is missing here\n" },
    { "{\"properties\": {\"a\": {\"items\": {\"type\": [\"string\", \"null\"]}}}}",
      "{\"a\": [\"x\", 1]}", "/a/1 type: 1 is not of type [\"string\",\"null\"]\n" },
    { "{\"uniqueItems\": true}", "[{\"a\": 1, \"b\": 2}, 3, {\"b\": 2.0, \"a\": 1}]",
      " uniqueItems: the items 0 and 2 are equal\n" },
    /* of several schemas, the one that was meant tells what is wrong */
    { "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"object\", \"required\": "
      "[\"a\"]}]}",
      "{}", " required: 'a' is missing here\n" },
    { "{\"oneOf\": [{\"properties\": {\"k\": {\"const\": 1}}, \"required\": [\"a\"]},"
      "{\"properties\": {\"k\": {\"const\": 2}}, \"required\": [\"b\"]}]}",
      "{\"k\": 2}", " required: 'b' is missing here\n" },
    { "{\"anyOf\": [{\"minimum\": 5}, {\"multipleOf\": 2}]}", "3",
      " anyOf: none of the 2 schemas fits\n" },
    /* drafts are told apart */
    { "{" OLD ", \"$defs\": {}, \"items\": [{\"type\": \"string\"}]}", "[1]",
      "/0 type: 1 is not of type \"string\"\n" },
    { "{\"items\": [{\"type\": \"string\"}]}", "[1]",
      "/0 type: 1 is not of type \"string\"\n" },
    { "{" NEW ", \"prefixItems\": [true], \"items\": false}", "[1, 2]",
      "/1 false: nothing is allowed here\n" },
    { "{\"dependencies\": {\"a\": [\"b\"]}}", "{\"a\": 1}",
      " dependencies: 'b' is missing here, where there is 'a'\n" },
    { "{" NEW
      ", \"allOf\": [{\"properties\": {\"a\": true}}], \"unevaluatedProperties\": false}",
      "{\"a\": 1, \"b\": 2}",
      "/b unevaluatedProperties: the key 'b' is not allowed here\n" },
    { "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}",
      "{\"type\": \"strin\"}", "/type anyOf: none of the 2 schemas fits\n" },
    { "false", "1", " false: nothing is allowed here\n" },
};

static hg_status keep(void *user, const hg_jsonschema_finding *f, hg_err *err)
{
    hg_buf *out = user;
    (void)err;
    hg_node_pointer(out, f->at);
    hg_buf_printf(out, " %s: ", f->keyword);
    hg_text_args(out, f->message, HG_EN, f->args, f->args_len);
    hg_buf_putc(out, '\n');
    return HG_OK;
}

static hg_status judge(const char *schema, const char *value, hg_buf *found, bool *valid,
                       hg_err *err)
{
    hg_jsonschema *s;
    hg_tree *tree = NULL;
    hg_status st = hg_jsonschema_new(&s, "s.json", hg_slice_of(schema), NULL, err);
    if (st == HG_OK)
        st = hg_tree_parse(&tree, "v.json", hg_slice_of(value), err);
    if (st == HG_OK)
        st = hg_jsonschema_check(s, hg_tree_root(tree), found ? keep : NULL, found, valid,
                                 err);
    hg_tree_free(tree);
    hg_jsonschema_free(s);
    return st;
}

START_TEST(a_value_is_judged_and_the_reasons_told)
{
    hg_err err = HG_ERR_INIT;
    hg_buf found = { 0 };
    bool valid, quick;
    hg_status st = judge(cases[_i].schema, cases[_i].value, &found, &valid, &err);
    ck_assert_msg(st == HG_OK, "%s: %s", cases[_i].schema, err.format);
    ck_assert_str_eq(found.data ? found.data : "", cases[_i].found);
    ck_assert_int_eq(valid, cases[_i].found[0] == '\0');
    ck_assert_int_eq(judge(cases[_i].schema, cases[_i].value, NULL, &quick, &err), HG_OK);
    ck_assert_int_eq(quick, valid);
    hg_buf_release(&found);
}
END_TEST

static const struct {
    const char *schema, *message;
    unsigned row, col;
} wrong[] = {
    { "{\n \"type\": \"strin\"}", "none of the %zu schemas fits", 2, 2 },
    { "{\"minLength\": -1}", "%s is less than %s", 1, 2 },
    { "[]", "a schema is an object, true or false", 1, 1 },
    { "{\"$ref\": \"#/x\"}", "%s leads to no schema", 1, 2 },
    { "{\"$ref\": \"http://localhost:1234/x.json\"}",
      "%s leads to a schema that is not here; nothing is fetched", 1, 2 },
    { "{\"$schema\": \"http://json-schema.org/draft-04/schema#\"}",
      "%s leads to a schema that is not here; nothing is fetched", 1, 2 },
    { "{\"pattern\": \"a**\"}", "the pattern is wrong at its character %zu: %s", 1, 2 },
    { "{\"pattern\": \"(?>a)\"}", "the pattern is wrong at its character %zu: %s", 1, 2 },
    { "{\"$id\": \"https://json-schema.org/draft/2020-12/schema\", " NEW ", \"minLength\": -1}",
      "%s is less than %s", 1, 116 },
    { "{\"$defs\": {\"a\": {\"$id\": \"urn:x\", \"$schema\": \"urn:x\"}}}",
      "this schema is its own metaschema, and of no draft", 1, 34 },
    { "{\"a\": 1, \"a\": 2}", "this key stands twice in the same object", 1, 10 },
};

START_TEST(a_wrong_schema_is_refused_with_its_place)
{
    hg_err err = HG_ERR_INIT;
    hg_jsonschema *s;
    hg_slice text = hg_slice_of(wrong[_i].schema);
    ck_assert_int_eq(hg_jsonschema_new(&s, "s.json", text, NULL, &err), HG_EARG);
    ck_assert_str_eq(err.format, wrong[_i].message);
    ck_assert_str_eq(err.file, "s.json");
    ck_assert_msg(err.row == wrong[_i].row && err.col == wrong[_i].col, "%s: %lu:%u",
                  text.p, (unsigned long)err.row, err.col);
    ck_assert_ptr_null(s);
}
END_TEST

static const struct {
    const char *schema, *value, *message;
} too_much[] = {
    { "{\"$ref\": \"#\"}", "1",
      "the schema applies itself without end, or is nested too deeply, so this cannot be "
      "checked" },
    { "{\"$defs\": {\"a\": {\"allOf\": [{\"$ref\": \"#/$defs/b\"}, {\"$ref\": "
      "\"#/$defs/b\"}]},"
      "\"b\": {\"allOf\": [{\"$ref\": \"#/$defs/c\"}, {\"$ref\": \"#/$defs/c\"}]},"
      "\"c\": {\"items\": {\"$ref\": \"#/$defs/a\"}}}, \"$ref\": \"#/$defs/a\"}",
      "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]",
      "the schema takes too many steps, so this cannot be checked" },
    { "{\"pattern\": \"^(a|a?)+$\"}", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"",
      "a pattern takes too many steps, so this cannot be checked" },
};

START_TEST(what_could_not_be_checked_is_never_valid)
{
    hg_err err = HG_ERR_INIT;
    bool valid = false;
    ck_assert_int_eq(judge(too_much[_i].schema, too_much[_i].value, NULL, &valid, &err),
                     HG_EINPUT);
    ck_assert_str_eq(err.format, too_much[_i].message);
}
END_TEST

TCase *tests_jsonschema(void)
{
    TCase *tests = tcase_create("jsonschema");
    tcase_add_loop_test(tests, a_value_is_judged_and_the_reasons_told, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, a_wrong_schema_is_refused_with_its_place, 0,
                        sizeof wrong / sizeof *wrong);
    tcase_add_loop_test(tests, what_could_not_be_checked_is_never_valid, 0,
                        sizeof too_much / sizeof *too_much);
    return tests;
}
