/* A cell means the same in every format: a number with its digits, a truth, a text, nothing. */
#include "table/plain.h"
#include "unit.h"

#include <string.h>

enum { NOTHING = HG_PLAIN_NOTHING, TEXT = HG_PLAIN_TEXT, NUMBER = HG_PLAIN_NUMBER };

static const struct {
    const char *field, *cell;
    int kind;
    const char *text;
} cells[] = {
    { "\"type\": \"number\"", "1.50", NUMBER, "1.50" }, /* digits as they stand */
    { "\"type\": \"number\"", "-0.0", NUMBER, "-0.0" },
    { "\"type\": \"number\"", "1e3", NUMBER, "1e3" },
    { "\"type\": \"number\"", "+5", NUMBER, "5" }, /* JSON takes none of these */
    { "\"type\": \"number\"", "-007.250", NUMBER, "-7.25" },
    { "\"type\": \"number\"", ".5", NUMBER, "0.5" },
    { "\"type\": \"number\"", "5.", NUMBER, "5" },
    { "\"type\": \"number\"", "000", NUMBER, "0" },
    { "\"type\": \"number\"", "0001e-3", NUMBER, "0.001" },
    { "\"type\": \"number\"", "+12e2", NUMBER, "1200" },
    { "\"type\": \"number\"", "+1e300", NUMBER, "0.1e301" },
    { "\"type\": \"number\"", "+1e-300", NUMBER, "0.1e-299" },
    { "\"type\": \"number\"", "NaN", TEXT, "NaN" },
    { "\"type\": \"number\"", "-INF", TEXT, "-INF" },
    { "\"type\": \"number\"", "x", TEXT, "x" },
    { "\"type\": \"number\"", "", NOTHING, "" },
    { "\"type\": \"number\", \"decimalChar\": \",\", \"groupChar\": \".\"", "1.234.567,80",
      NUMBER, "1234567.8" },
    { "\"type\": \"number\", \"bareNumber\": false", "95.5%", NUMBER, "95.5" },
    { "\"type\": \"integer\"", "0012", NUMBER, "12" },
    { "\"type\": \"integer\"", "12345678901234567890123", NUMBER, "12345678901234567890123" },
    { "\"type\": \"year\"", "2016", NUMBER, "2016" },
    { "\"type\": \"boolean\"", "true", HG_PLAIN_TRUE, "true" },
    { "\"type\": \"boolean\"", "0", HG_PLAIN_FALSE, "0" },
    { "\"type\": \"string\"", "0012", TEXT, "0012" },
    { "\"type\": \"string\"", "", NOTHING, "" },
    { "\"type\": \"string\", \"missingValues\": [\"…\"]", "…", NOTHING, "…" },
    { "\"type\": \"string\", \"missingValues\": [\"…\"]", "", TEXT, "" },
    { "\"type\": \"date\"", "2016-07-31", TEXT, "2016-07-31" },
};

START_TEST(a_cell_is_what_its_field_says)
{
    hg_err err = HG_ERR_INIT;
    hg_buf json = { 0 }, scratch = { 0 };
    hg_doc *doc;
    hg_schema *schema;
    hg_plain plain;
    hg_slice cell = hg_slice_of(cells[_i].cell);
    hg_buf_printf(&json, "{\"fields\": [{\"name\": \"a\", %s}]}", cells[_i].field);
    ck_assert_int_eq(hg_doc_parse(&doc, "t", (hg_slice){ json.data, json.len }, &err), HG_OK);
    ck_assert_int_eq(hg_schema_new(&schema, hg_doc_root(doc), doc, "t", &err), HG_OK);
    ck_assert_ptr_nonnull(hg_buf_reserve(&scratch, HG_PLAIN_ROOM(cell)));
    const char *room = scratch.data;
    hg_plain_of(&plain, &schema->fields[0], cell, &scratch);
    ck_assert_msg((int)plain.kind == cells[_i].kind, "%s: kind %d", cells[_i].cell,
                  (int)plain.kind);
    ck_assert_msg(hg_slice_is(plain.text, cells[_i].text), "%s: %.*s", cells[_i].cell,
                  (int)plain.text.n, plain.text.p);
    ck_assert_ptr_eq(scratch.data, room); /* texts of other cells did not move */
    ck_assert(plain.kind != HG_PLAIN_NUMBER || hg_plain_is_number(plain.text));
    hg_schema_free(schema);
    hg_doc_free(doc);
    hg_buf_release(&json);
    hg_buf_release(&scratch);
}
END_TEST

static const struct {
    const char *text;
    unsigned digits;
    int magnitude;
} numbers[] = {
    { "0", 0, 0 },        { "749.80", 4, 2 },     { "-0.0012", 2, -3 },
    { "1200000", 2, 6 },  { "1e300", 1, 300 },    { "123456789012345", 15, 14 },
    { "x", 0, 0 },
};

START_TEST(digits_that_count_are_counted)
{
    int32_t magnitude;
    ck_assert_uint_eq(hg_plain_digits(hg_slice_of(numbers[_i].text), &magnitude),
                      numbers[_i].digits);
    ck_assert_int_eq(magnitude, numbers[_i].magnitude);
}
END_TEST

TCase *tests_plain(void)
{
    TCase *tests = tcase_create("plain");
    tcase_add_loop_test(tests, a_cell_is_what_its_field_says, 0,
                        sizeof cells / sizeof *cells);
    tcase_add_loop_test(tests, digits_that_count_are_counted, 0,
                        sizeof numbers / sizeof *numbers);
    return tests;
}
