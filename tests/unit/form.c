/* report.json is read whole, and each mistake is told with its line and column. */
#include "dataset/form.h"
#include "text/message.h"
#include "unit.h"

#include <string.h>

#define HEAD                                                                             \
    "{ \"hgReport\": 1, \"tables\": [ { \"head\": { \"number\": \"01\" }, \"value\": "   \
    "\"v\",\n"
#define REST                                                                             \
    "\"rows\": [ { \"field\": \"r\" } ], \"columns\": [ { \"field\": \"c\" } ] } ] }"

static const struct {
    const char *text, *message;
} mistakes[] = {
    { "[]", "must be an object" },
    { "{}", "'hgReport' must be 1" },
    { "{ \"hgReport\": 2, \"tables\": [] }", "report.json:1:3 [hgReport]" },
    { "{ \"hgReport\": 1 }", "'tables' is missing" },
    { "{ \"hgReport\": 1, \"table\": [] }", "did you mean 'tables'?" },
    { HEAD "\"ruller\": true, " REST,
      "report.json:2:1 [ruller]: unknown key 'ruller'; did you mean 'ruler'?" },
    { HEAD "\"ruler\": 1, " REST, "report.json:2:1 [ruler]: must be true or false" },
    { HEAD "\"decimals\": 11, " REST, "must be a whole number from 0 to 10" },
    { HEAD "\"orientation\": \"potrait\", " REST,
      "'potrait' is not known here; did you mean 'portrait'?" },
    { HEAD "\"title\": { \"vn\": \"x\" }, " REST,
      "unknown key 'vn'; did you mean 'vi'?" },
    { HEAD "\"columns\": [ { \"field\": \"c\" } ] } ] }", "'rows' is missing" },
    { HEAD "\"rows\": [ { \"field\": \"r\" } ] } ] }", "'columns' is missing" },
    { HEAD "\"rows\": [ {} ], \"columns\": [ { \"field\": \"c\" } ] } ] }",
      "needs a 'label' or a 'field'" },
    { HEAD "\"rows\": [ { \"label\": \"x\", \"codes\": [\"a\"] } ], \"columns\": [ { "
           "\"field\": \"c\" } ] } ] }",
      "need a 'field'" },
    { HEAD "\"rows\": [ { \"field\": \"r\", \"numbering\": \"IV\" } ], \"columns\": [ { "
           "\"field\": \"c\" } ] } ] }",
      "'IV' is not known here" },
    { HEAD "\"rows\": [ { \"field\": \"r\", \"columns\": [] } ], \"columns\": [ { "
           "\"field\": \"c\" } ] } ] }",
      "unknown key 'columns'" },
    { HEAD "\"notes\": [ { \"id\": \"ab\", \"vi\": \"x\" } ], \"title\": "
           "\"t{{note:ac}}\", " REST,
      "'ac' is not known here; did you mean 'ab'?" },
    { HEAD "\"notes\": [ { \"id\": \"a\", \"v\": \"x\" } ], " REST,
      "unknown key 'v'; did you mean 'vi'?" },
    { HEAD "\"sums\": [ { \"dimension\": \"r\", \"total\": \"T\" } ], " REST,
      "'parts' is missing" },
};

START_TEST(a_mistake_is_told_with_its_place)
{
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_form *form;
    hg_buf text = { 0 };
    ck_assert_int_eq(
        hg_doc_parse(&doc, "report.json", hg_slice_of(mistakes[_i].text), &err), HG_OK);
    ck_assert_int_eq(hg_form_new(&form, doc, NULL, &err), HG_EARG);
    ck_assert_ptr_null(form);
    hg_text_err(&text, &err, HG_EN);
    ck_assert_msg(strstr(text.data, mistakes[_i].message) != NULL, "'%s' is not in '%s'",
                  mistakes[_i].message, text.data);
    hg_buf_release(&text);
    hg_doc_free(doc);
}
END_TEST

START_TEST(a_block_takes_from_its_table_what_it_lacks)
{
    static const char spec[] = HEAD
        "\"blocks\": [ { \"decimals\": 1 }, { \"rows\": [ { \"label\": \"x\" } ] } ], "
        "\"decimals\": 2, " REST;
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_form *form;
    ck_assert_int_eq(hg_doc_parse(&doc, "report.json", hg_slice_of(spec), &err), HG_OK);
    ck_assert_int_eq(hg_form_new(&form, doc, NULL, &err), HG_OK);
    const hg_form_block *blocks = form->tables[0].blocks;
    ck_assert_uint_eq(form->tables[0].n_blocks, 2);
    ck_assert_int_eq(blocks[0].decimals, 1);
    ck_assert_str_eq(blocks[0].rows[0].field, "r");
    ck_assert_int_eq(blocks[1].decimals, 2);
    ck_assert_str_eq(blocks[1].rows[0].label.vi, "x");
    hg_form_free(form);
    hg_doc_free(doc);
}
END_TEST

START_TEST(notes_are_numbered_in_the_order_of_reading)
{
    static const char spec[] = HEAD
        "\"title\": { \"vi\": \"T{{note:a}}\", \"en\": \"T {{note:a}}\" }, \"notes\": [ "
        "{ \"id\": \"b\", \"vi\": \"Chú b\" }, \"Chú chung\", { \"id\": \"a\", \"vi\": "
        "\"Chú a\" } ], "
        "\"stub\": [ { \"label\": \"{{note:b}}, {{note:a}}\" } ], " REST;
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_form *form;
    ck_assert_int_eq(hg_doc_parse(&doc, "report.json", hg_slice_of(spec), &err), HG_OK);
    ck_assert_int_eq(hg_form_new(&form, doc, NULL, &err), HG_OK);
    hg_form_table *table = &form->tables[0];
    ck_assert_uint_eq(table->notes[2].order, 1);
    ck_assert_uint_eq(table->notes[0].order, 2);
    ck_assert_uint_eq(table->notes[1].order, 0);
    ck_assert_uint_eq(table->titled, 1);
    table->notes[0].number = 7;
    table->notes[2].number = 3;
    ck_assert_int_eq(hg_form_mark_notes(form, table, true, &err), HG_OK);
    ck_assert_str_eq(table->title.vi, "T [chú thích 3]");
    ck_assert_str_eq(table->title.en, "T [note 3]");
    ck_assert_str_eq(table->stub[0].label.vi, "[chú thích 7], [chú thích 3]");
    hg_form_free(form);
    hg_doc_free(doc);
}
END_TEST

START_TEST(texts_tell_the_unit_but_in_tables_of_their_own_codes)
{
    static const char spec[] = "{ \"hgReport\": 1, \"forEach\": \"x\", \"workbook\": { "
                               "\"title\": { \"vi\": \"{label}\", "
                               "\"en\": \"{label} {code}\" } }, \"tables\": [ { "
                               "\"head\": { \"number\": \"1\", \"reportingUnit\": "
                               "\"Sở {label}\" }, \"value\": \"v\", \"title\": "
                               "\"{code}{\", \"rows\": [ { \"field\": \"r\" } ], "
                               "\"columns\": [ { \"field\": \"c\" } ] }, { \"head\": { "
                               "\"number\": \"2\" }, \"value\": \"v\", "
                               "\"forEach\": \"y\", \"title\": \"{code}\", " REST;
    const hg_form_unit unit = { "93", { "Hậu Giang", NULL } };
    hg_err err = HG_ERR_INIT;
    hg_doc *doc;
    hg_form *form;
    ck_assert_int_eq(hg_doc_parse(&doc, "report.json", hg_slice_of(spec), &err), HG_OK);
    ck_assert_int_eq(hg_form_new(&form, doc, &unit, &err), HG_OK);
    ck_assert_str_eq(form->each, "x");
    ck_assert_str_eq(form->title.vi, "Hậu Giang");
    ck_assert_str_eq(form->title.en, "Hậu Giang 93");
    ck_assert_str_eq(form->tables[0].head.reporting, "Sở Hậu Giang");
    ck_assert_str_eq(form->tables[0].title.vi, "93{");
    ck_assert_str_eq(form->tables[1].title.vi, "{code}");
    hg_form_free(form);
    hg_doc_free(doc);
}
END_TEST

TCase *tests_form(void)
{
    TCase *tests = tcase_create("form");
    tcase_add_loop_test(tests, a_mistake_is_told_with_its_place, 0,
                        sizeof mistakes / sizeof *mistakes);
    tcase_add_test(tests, a_block_takes_from_its_table_what_it_lacks);
    tcase_add_test(tests, notes_are_numbered_in_the_order_of_reading);
    tcase_add_test(tests, texts_tell_the_unit_but_in_tables_of_their_own_codes);
    return tests;
}
