/* A Table Schema is told in the words of CSV on the Web, as far as it has them. */
#include "dataset/csvw.h"
#include "unit.h"

#include <string.h>

#define HEAD(schema)                                                                     \
    "{\"id\": \"d\", \"definition\": {\"dataset\": {\"base\": \"https://a.vn\","         \
    " \"title\": \"D\"}, \"codes\": {\"c.csv\": \"code,vi\\nx,X\\n\"}},"                 \
    " \"resources\": [{\"name\": \"d\", \"schema\": " schema "}]}"
#define FIELD(members) HEAD("{\"fields\": [{\"name\": \"a\", " members "}]}")

static void csvw(const char *head, size_t which, hg_buf *text)
{
    static const hg_distribution files[] = {
        { "data/d.csv", "d", "csv", 1, 1, "" },
        { "data/d.json", "d", "json", 1, 1, "" },
        { "codes/c.csv", "codes/c", "csv", 1, 1, "" },
    };
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_dataset *dataset;
    hg_json *made;
    ck_assert_int_eq(hg_doc_parse(&doc, "hg.json", hg_slice_of(head), &err), HG_OK);
    ck_assert_int_eq(hg_dataset_from_head(&dataset, hg_doc_root(doc), &err), HG_OK);
    ck_assert_int_eq(hg_csvw_new(&made, dataset, files, 3, which, &err), HG_OK);
    ck_assert_int_eq(hg_json_dump(made, false, text, &err), HG_OK);
    hg_json_free(made);
    hg_dataset_free(dataset);
    hg_doc_free(doc);
}

static const struct {
    const char *head, *want; /* a "!" before what must not be there */
} cases[] = {
    { FIELD("\"title\": \"A\""), "\"titles\":{\"und\":\"a\",\"vi\":\"A\"}" },
    { FIELD("\"type\": \"integer\""), "\"datatype\":\"integer\"" },
    { FIELD("\"type\": \"year\""), "\"datatype\":\"gYear\"" },
    { FIELD("\"type\": \"year\", \"constraints\": {\"minimum\": \"2000\"}"),
      "\"datatype\":\"gYear\"" },
    { FIELD("\"type\": \"number\", \"constraints\": {\"minimum\": 0}"),
      "\"datatype\":{\"base\":\"number\",\"minimum\":0}" },
    { FIELD("\"type\": \"number\", \"decimalChar\": \",\", \"constraints\": "
            "{\"minimum\": 0}"),
      "\"datatype\":\"string\"" },
    { FIELD("\"type\": \"date\", \"format\": \"%d/%m/%Y\""), "\"datatype\":\"string\"" },
    { FIELD("\"type\": \"string\", \"constraints\": {\"enum\": [\"a.b\", \"c\"]}"),
      "\"format\":\"(a\\\\.b|c)\"" },
    { FIELD("\"type\": \"integer\", \"constraints\": {\"pattern\": \"x\"}"), "!format" },
    { FIELD("\"type\": \"list\", \"delimiter\": \";\""), "\"separator\":\";\"" },
    { FIELD("\"constraints\": {\"required\": true}"), "\"required\":true" },
    { FIELD("\"unit\": \"người\""), "\"schema:unitText\":\"người\"" },
    { FIELD("\"missingValues\": [\"\", {\"value\": \"-\", \"label\": \"x\"}]"),
      "\"null\":[\"\",\"-\"]" },
    { HEAD("{\"fields\": [{\"name\": \"_n-ă\"}]}"), "\"name\":\"%5Fn%2D%C4%83\"" },
    { HEAD("{\"fields\": [{\"name\": \"a\"}], \"primaryKey\": \"a\"}"),
      "\"primaryKey\":[\"a\"]" },
    { HEAD("{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": [\"a\"],"
           " \"reference\": {\"resource\": \"codes/c\", \"fields\": [\"code\"]}}]}"),
      "!foreignKeys" }, /* where each row must refer, and these need not */
    { HEAD("{\"fields\": [{\"name\": \"a\", \"constraints\": {\"required\": true}}],"
           " \"foreignKeys\": [{\"fields\": [\"a\"],"
           " \"reference\": {\"resource\": \"codes/c\", \"fields\": [\"code\"]}}]}"),
      "\"reference\":{\"resource\":\"../codes/c.csv\",\"columnReference\":[\"code\"]}" },
    { HEAD("{\"fields\": [{\"name\": \"a\"}], \"foreignKeys\": [{\"fields\": \"a\","
           " \"reference\": {\"resource\": \"other\", \"fields\": \"code\"}}]}"),
      "!foreignKeys" },
    { HEAD("{\"fields\": [{\"name\": \"a\"}], \"primaryKey\": \"a\","
           " \"foreignKeys\": [{\"fields\": \"a\","
           " \"reference\": {\"resource\": \"\", \"fields\": \"a\"}}]}"),
      "\"reference\":{\"resource\":\"d.csv\"" },
    { FIELD("\"title\": \"A\""), "!d.json" },
    { FIELD("\"title\": \"A\""), "\"url\":\"d.csv\"" },
};

START_TEST(a_table_is_told_in_the_words_of_csv_on_the_web)
{
    hg_buf text = { 0 };
    const char *want = cases[_i].want;
    csvw(cases[_i].head, 0, &text);
    bool found = strstr(text.data, *want == '!' ? want + 1 : want) != NULL;
    ck_assert_msg(found == (*want != '!'), "%s\n%s", want, text.data);
    hg_buf_release(&text);
}
END_TEST

START_TEST(a_code_list_stands_alone_and_its_codes_are_its_key)
{
    hg_buf text = { 0 };
    csvw(FIELD("\"title\": \"A\""), 2, &text);
    ck_assert_ptr_nonnull(strstr(text.data, "\"url\":\"c.csv\""));
    ck_assert_ptr_nonnull(strstr(text.data, "\"primaryKey\":[\"code\"]"));
    ck_assert_ptr_null(strstr(text.data, "\"tables\""));
    hg_buf_release(&text);
}
END_TEST

TCase *tests_csvw(void)
{
    TCase *tests = tcase_create("csvw");
    tcase_add_loop_test(tests, a_table_is_told_in_the_words_of_csv_on_the_web, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_test(tests, a_code_list_stands_alone_and_its_codes_are_its_key);
    return tests;
}
