/* Every mistake in a recipe is told with its line and column. */
#include "recipe/recipe.h"
#include "text/message.h"
#include "unit.h"

#include <string.h>

static const char *codes(void *with, const char *name)
{
    (void)with;
    return strcmp(name, "sex") == 0 ? "code,vi,en\nM,Nam,Male\nF,Nữ,Female\n" : NULL;
}

static hg_status read(hg_recipe **recipe, hg_doc **doc, const char *text, hg_err *err)
{
    *recipe = NULL;
    hg_status st = hg_doc_parse(doc, "recipe.json", hg_slice_of(text), err);
    return st == HG_OK ? hg_recipe_new(recipe, *doc, codes, NULL, err) : st;
}

START_TEST(a_recipe_is_read_into_its_fields)
{
    hg_err err = HG_ERR_INIT;
    hg_recipe *recipe;
    hg_recipe_table *r;
    hg_doc *doc;
    ck_assert_int_eq(
        read(&recipe, &doc,
             "{\"sheets\":[\"A*\",\"!B\"],\"ignore\":\"STT\",\"stub\":2,\"numbers\":\"en\","
             "\"split\":\"^(a)$\",\"$schema\":\"x\",\"columns\":{"
             "\"nam\":{\"from\":\"header\",\"type\":\"year\"},"
             "\"gt\":{\"from\":\"row\",\"level\":2,\"codes\":\"sex\",\"default\":\"T\"},"
             "\"m\":{\"from\":\"header\",\"map\":{\"Nam\":\"M\"},\"some\":true},"
             "\"v\":\"value\",\"s\":{\"from\":\"status\"}}}",
             &err),
        HG_OK);
    r = &recipe->tables[0];
    ck_assert_uint_eq(r->n, 5);
    ck_assert_uint_eq(r->value, 3);
    ck_assert_uint_eq(r->status, 4);
    ck_assert_uint_eq(r->sheets.n, 2);
    ck_assert_str_eq(r->ignore.list[0], "stt");
    ck_assert_uint_eq(r->stub, 2);
    ck_assert_int_eq(r->numbers, HG_NUMBER_EN);
    ck_assert_int_eq(r->fields[0].period, HG_PERIOD_YEAR);
    ck_assert_uint_eq(r->fields[1].level, 2);
    ck_assert_str_eq(r->fields[1].otherwise, "T");
    ck_assert_str_eq(hg_codelist_find(r->fields[1].codes, "nữ"), "F");
    ck_assert_str_eq(hg_codelist_find(r->fields[2].codes, "nam"), "M");
    ck_assert(r->fields[2].some);
    hg_recipe_free(recipe);
    hg_doc_free(doc);
}
END_TEST

#define V "\"v\":\"value\""

static const struct {
    const char *text, *message;
    unsigned row, col;
} broken[] = {
    { "{\n \"colums\": {}}", "unknown key 'colums'; did you mean 'columns'?", 2, 2 },
    { "{\"columns\":{\n\"a\":{\"from\":\"row\",\n  \"cods\":\"x\"}," V "}}",
      "unknown key 'cods'; did you mean 'codes'?", 3, 3 },
    { "{\"columns\":{\"a\":{\"from\":\"hedaer\"}," V "}}",
      "unknown word 'hedaer'; did you mean 'header'?", 1, 18 },
    { "{\"columns\":{\"a\":\"valeu\"}}", "unknown word 'valeu'; did you mean 'value'?", 1, 13 },
    { "{\"columns\":{\"a\":{}," V "}}",
      "a column needs 'from'", 1, 13 },
    { "{\"columns\":{\"a\":{\"from\":\"xxxxxxxx\"}," V "}}",
      "'from' takes one of: header, row, path, numbering, kind, section, unit, title, sheet, "
      "file, constant, value, status, mark",
      1, 18 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"codes\":\"nix\"}," V "}}",
      "there is no code list codes/nix.csv", 1, 31 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"pattern\":\"(\"}," V "}}", "no regular expression", 1,
      31 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"pattern\":\"a++++++++++++++++++++++++b\"}," V "}}",
      "a regular expression that repeats too much", 1, 31 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"pattern\":\"(((a{99}){99}){99})\"}," V "}}",
      "a regular expression that repeats too much", 1, 31 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"pattern\":\"([]a(]{2,9}|\\\\([0-9]+\\\\)){9}(\"}," V "}}",
      "no regular expression", 1, 31 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"level\":0}," V "}}",
      "'level' takes a number from 1 to 9", 1, 31 },
    { "{\"columns\":{\"a\":{\"from\":\"unit\",\"level\":1}," V "}}", "'level' goes with", 1, 13 },
    { "{\"columns\":{\"a\":{\"from\":\"header\",\"column\":\"x\"}," V "}}",
      "'column' goes with \"from\": \"row\" only", 1, 13 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"type\":\"year\",\"codes\":\"sex\"}," V "}}",
      "'type' and a code list do not go together", 1, 13 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"map\":{\"x\":\"1\"},\"codes\":\"sex\"}," V "}}",
      "'map' and 'codes' do not go together", 1, 31 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"map\":{\"x\":1}}," V "}}", "a code is a text", 1, 38 },
    { "{\"columns\":{\"a\":{\"from\":\"constant\"}," V "}}", "a constant needs its value", 1, 13 },
    { "{\"columns\":{\"a\":\"row\",\"h\":\"header\"}}", "a table without a \"value\" is a list", 1, 2 },
    { "{\"columns\":{" V ",\"w\":\"value\",\"a\":\"row\"}}", "one column at most is \"value\"", 1, 2 },
    { "{\"columns\":{\"a\":\"row\",\"v\":{\"from\":\"value\",\"decimals\":\"show\"}}}",
      "unknown word 'show'; did you mean 'shown'?", 1, 43 },
    { "{\"columns\":{\"a\":\"row\",\"v\":{\"from\":\"value\",\"decimals\":99}}}",
      "'decimals' takes a number from 0 to 15", 1, 43 },
    { "{\"columns\":{\"a\":{\"from\":\"row\",\"scale\":true}," V "}}",
      "'scale' goes with \"from\": \"value\" only", 1, 13 },
    { "{\"tables\":[{\"colums\":{}}]}", "unknown key 'colums'; did you mean 'columns'?", 1, 13 },
    { "{\"tables\":[]}", "'tables' takes a list", 1, 2 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"expect\":{\"row\":1}}",
      "unknown key 'row'; did you mean 'rows'?", 2, 11 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"expect\":{\"rows\":[3,1]}}",
      "'rows' takes a number, or the least and the most", 2, 11 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"repeat\":1}", "'repeat' takes true or false", 2, 1 },
    { "{\"columns\":{" V "}}", "a table needs columns", 1, 2 },
    { "{}", "a recipe needs \"columns\"", 1, 1 },
    { "[]", "a recipe is an object", 1, 1 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"sheets\":[1]}", "'sheets' takes a text", 2, 1 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"ignore\":1}", "'ignore' takes a text", 2, 1 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"split\":\"a\"}", "'split' needs groups", 2, 1 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"stub\":\"2\"}", "'stub' takes a number", 2, 1 },
    { "{\"columns\":{\"a\":\"row\"," V "},\n\"numbers\":\"fr\"}", "unknown word 'fr'", 2, 1 },
};

START_TEST(a_mistake_is_told_where_it_is)
{
    hg_err err = HG_ERR_INIT;
    hg_recipe *recipe;
    hg_doc *doc;
    hg_buf text = { 0 };
    ck_assert_int_eq(read(&recipe, &doc, broken[_i].text, &err), HG_EARG);
    ck_assert_ptr_null(recipe);
    hg_text_args(&text, err.format, HG_EN, err.args, sizeof err.args);
    ck_assert_msg(strstr(text.data, broken[_i].message), "%s: %s", broken[_i].text, text.data);
    ck_assert_str_eq(err.file, "recipe.json");
    ck_assert_msg(err.row == broken[_i].row && err.col == broken[_i].col, "%s: %u:%u",
                  broken[_i].text, (unsigned)err.row, (unsigned)err.col);
    hg_buf_release(&text);
    hg_doc_free(doc);
}
END_TEST

TCase *tests_recipe(void)
{
    TCase *tests = tcase_create("recipe");
    tcase_add_test(tests, a_recipe_is_read_into_its_fields);
    tcase_add_loop_test(tests, a_mistake_is_told_where_it_is, 0, sizeof broken / sizeof *broken);
    return tests;
}
