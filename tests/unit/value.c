/* A cell's text is a value of its type, or it is not. The cases are those of the recorded
 * cell vectors that a text cell can express, and more. */
#include "table/value.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *type, *format, *text;
    bool valid;
} cells[] = {
    { "any", "default", "1", true },
    { "string", "default", "văn bản", true },
    { "string", "email", "so.lieu@haugiang.gov.vn", true },
    { "string", "email", "so.lieu@haugiang", false },
    { "string", "email", "so lieu@haugiang.gov.vn", false },
    { "string", "email", "@haugiang.gov.vn", false },
    { "string", "email", "a@b.", false },
    { "string", "email", "a@.b", false },
    { "string", "uri", "http://google.com", true },
    { "string", "uri", "urn:isbn:0451450523", true },
    { "string", "uri", "notauri", false },
    { "string", "uri", "http:// google", false },
    { "string", "uri", "1http:x", false },
    { "string", "uuid", "95ecc380-afe9-11e4-9b6c-751b66dd541e", true },
    { "string", "uuid", "95ecc380-afe9-11e4-9b6c-751b66dd541g", false },
    { "string", "uuid", "95ecc380afe911e49b6c751b66dd541e", false },
    { "string", "binary", "dGVzdA==", true },
    { "string", "binary", "dGVzdA", false },
    { "string", "binary", "dG?zdA==", false },
    { "integer", "default", " 01 ", true },
    { "integer", "default", "9223372036854775808", true },
    { "integer", "default", "0.0003", false },
    { "integer", "default", "3.14", false },
    { "number", "default", "10,000a.00", false },
    { "number", "default", "10+000.00", false },
    { "number", "default", "-1.5e3", true },
    { "boolean", "default", "true", true },
    { "boolean", "default", "FALSE", true },
    { "boolean", "default", "0", true },
    { "boolean", "default", "yes", false },
    { "boolean", "default", "tRUE", false },
    { "date", "default", "2019-01-01", true },
    { "date", "default", "2020-02-29", true },
    { "date", "default", "2000-02-29", true },
    { "date", "default", "1900-02-29", false },
    { "date", "default", "2019-02-29", false },
    { "date", "default", "2019-13-01", false },
    { "date", "default", "2019-00-01", false },
    { "date", "default", "2019-1-1", false },
    { "date", "default", "2019-01-01 ", false },
    { "date", "default", "10th Jan 1969", false },
    { "date", "%d/%m/%Y", "21/11/2006", true },
    { "date", "%d/%m/%Y", "1/2/2006", true },
    { "date", "%d/%m/%Y", "31/6/2006", false },
    { "date", "%d/%m/%y", "21/11/06", true },
    { "date", "fmt:%y/%m/%d", "21/11/06 16:30", false },
    { "time", "default", "06:00:00", true },
    { "time", "default", "06:00:00Z", true },
    { "time", "default", "06:00:00.25+07:00", true },
    { "time", "default", "06:00:00+7:00", false },
    { "time", "default", "09:00", false },
    { "time", "default", "24:00:00", false },
    { "time", "%H:%M", "06:50", true },
    { "time", "%M:%H", "06:50", false },
    { "datetime", "default", "2014-01-01T06:00:00Z", true },
    { "datetime", "default", "2014-01-01T06:00:00", true },
    { "datetime", "default", "2014-01-01 06:00:00", false },
    { "datetime", "default", "2014-01-01", false },
    { "datetime", "%d/%m/%y %H:%M", "21/11/06 16:30", true },
    { "datetime", "%d/%m/%y %H:%M", "21/11/06 16:60", false },
    { "year", "default", "2000", true },
    { "year", "default", "20000", false },
    { "year", "default", "200", false },
    { "year", "default", "-2000", false },
    { "yearmonth", "default", "2000-10", true },
    { "yearmonth", "default", "2000-13", false },
    { "yearmonth", "default", "2000-0", false },
    { "yearmonth", "default", "2000-13-20", false },
    { "duration", "default", "P1Y10M3DT5H11M7S", true },
    { "duration", "default", "P1Y", true },
    { "duration", "default", "P3D", true },
    { "duration", "default", "P2W", true },
    { "duration", "default", "PT1S", true },
    { "duration", "default", "PT0.5S", true },
    { "duration", "default", "-P1D", true },
    { "duration", "default", "P1M1Y", false },
    { "duration", "default", "P-1Y", false },
    { "duration", "default", "P", false },
    { "duration", "default", "P1YT", false },
    { "duration", "default", "PT5.H", false },
    { "duration", "default", "P1.5Y", false },
    { "duration", "default", "P1", false },
    { "date", "any", "10th Jan 1969", true },
    { "date", "any", "31/7/2016", true },
    { "date", "any", "31.7.2016", true },
    { "date", "any", "July 31, 2016", true },
    { "date", "any", "7/31/2016", false },
    { "date", "any", "10th Jan nineteen sixty nine", false },
    { "date", "%d %B %Y", "31 July 2016", true },
    { "date", "%d %b %Y", "31 jul 2016", true },
    { "date", "%d %b %Y", "31 ju 2016", false },
    { "date", "%d %b %Y", "31 julx 2016", false },
    { "date", "%F", "2016-07-31", true },
    { "time", "any", "3:00 am", true },
    { "time", "any", "15h", false },
    { "time", "%I:%M %p", "12:30 AM", true },
    { "time", "%I:%M %p", "13:30 AM", false },
    { "time", "%I:%M %p", "0:30 AM", false },
    { "datetime", "any", "10th Jan 1969 9 am", true },
    { "datetime", "any", "31/7/2016, 15:30", true },
    { "datetime", "any", "2016-07-31T15:30:00+07:00", true },
    { "datetime", "any", "2016-07-31", false },
    { "datetime", "%F %T%z", "2016-07-31 15:30:00+07:00", true },
    { "number", "default", "nAn", true },
    { "number", "default", "-inf", true },
    { "number", "default", "\rINF", false },
    { "number", "default", "inf1", false },
    { "list", "default", "a,b", true },
    { "array", "default", "[1, [2], {\"a\": null}]", true },
    { "array", "default", "[1,]", false },
    { "array", "default", "[1] 2", false },
    { "array", "default", "{}", false },
    { "object", "default", "{\"a\": \"\\u00e9\\\\\"}", true },
    { "object", "default", "{\"a\": \"\\u00g9\"}", false },
    { "object", "default", "{\"a\" 1}", false },
    { "object", "default", "{a: 1}", false },
    { "object", "default", "[]", false },
    { "geopoint", "default", "105.64,9.78", true },
    { "geopoint", "default", "180, -90", true },
    { "geopoint", "default", "181,90", false },
    { "geopoint", "default", "105.64", false },
    { "geopoint", "default", "NaN,1", false },
    { "geopoint", "array", "[105.64, 9.78]", true },
    { "geopoint", "array", "[105.64, 9.78, 0]", false },
    { "geopoint", "object", "{\"lat\": 9.78, \"lon\": 105.64}", true },
    { "geopoint", "object", "{\"lat\": 9.78}", false },
    { "geojson", "default", "{\"type\": \"Point\", \"coordinates\": [105.64, 9.78]}", true },
    { "geojson", "default", "{\"type\": \"Point\", \"coordinates\": [[105.64, 9.78]]}", false },
    { "geojson", "default", "{\"type\": \"Polygon\", \"coordinates\": [[[0,0],[0,1],[1,1],[0,0]]]}", true },
    { "geojson", "default", "{\"type\": \"Feature\", \"geometry\": null, \"properties\": {}}", true },
    { "geojson", "default", "{\"type\": \"Feature\", \"geometry\": null}", false },
    { "geojson", "default", "{\"type\": \"FeatureCollection\", \"features\": []}", true },
    { "geojson", "default", "{\"type\": \"FeatureCollection\", \"features\": [1]}", false },
    { "geojson", "default", "{}", false },
    { "geojson", "topojson", "{\"type\": \"LineString\", \"arcs\": [42]}", true },
    { "geojson", "topojson", "{\"type\": \"LineString\"}", false },
    { "string", "wkt", "POINT Z (30 10 5)", true },
    { "string", "wkt", "GEOMETRYCOLLECTION(POINT(30 10), POINT EMPTY)", true },
    { "string", "wkt", "POLYGON ((30 10, 40 40, 30 10)", false },
    { "string", "wkt", "POINT (30)", false },
};

START_TEST(a_cell_is_or_is_not_of_its_type)
{
    hg_typed reader;
    hg_value value;
    ck_assert(hg_typed_init(&reader, cells[_i].type));
    ck_assert_msg(hg_typed_format(&reader, cells[_i].format), "%s", cells[_i].format);
    ck_assert_msg(reader.read(&reader, hg_slice_of(cells[_i].text), &value) == cells[_i].valid,
                  "%s %s: %s", cells[_i].type, cells[_i].format, cells[_i].text);
}
END_TEST

enum { SOME = 3 }; /* not equal, in an order that means nothing */

static const struct {
    const char *type, *a, *b;
    int order;
} pairs[] = {
    { "string", "a", "ab", -1 },
    { "string", "", "", 0 },
    { "integer", "010", "10", 0 },
    { "number", "1.0", "1", 0 },
    { "boolean", "1", "true", 0 },
    { "boolean", "false", "true", -1 },
    { "date", "2019-12-31", "2020-01-01", -1 },
    { "date", "0999-12-31", "1000-01-01", -1 },
    { "time", "06:00:00", "06:00:00.000000001", -1 },
    { "time", "07:00:00+07:00", "00:00:00Z", 0 },
    { "datetime", "2014-01-01T06:00:00+07:00", "2013-12-31T23:00:00Z", 0 },
    { "year", "1999", "2000", -1 },
    { "yearmonth", "1999-12", "2000-01", -1 },
    { "duration", "PT60S", "PT1M", 0 },
    { "duration", "P12M", "P1Y", 0 },
    { "duration", "P1M", "P30D", 2 },
    { "array", "[1, 2]", "[1,2]", 0 },
    { "array", "[\"a b\"]", "[\"ab\"]", SOME },
    { "object", "{\"a\": \"\\\" \"}", "{\"a\":\"\\\"  \"}", SOME },
    { "object", "{\"a\": 1, \"b\": 2}", "{\"b\":2.0,\"a\":1}", 0 },
    { "number", "NaN", "NaN", 0 },
    { "number", "NaN", "0", 2 },
    { "geopoint", "105.50,9.8", "105.5,9.8", 0 },
    { "geopoint", "105.5,9.8", "105.5,9.9", -1 },
    { "geopoint", "180, -90", "180,-90", 0 },
};

static void read_pair(int i, hg_typed *reader, hg_value *a, hg_value *b)
{
    ck_assert(hg_typed_init(reader, pairs[i].type));
    ck_assert(reader->read(reader, hg_slice_of(pairs[i].a), a));
    ck_assert(reader->read(reader, hg_slice_of(pairs[i].b), b));
}

START_TEST(values_compare_by_what_they_mean)
{
    hg_typed reader;
    hg_value a, b;
    read_pair(_i, &reader, &a, &b);
    int order = pairs[_i].order;
    if (order == SOME) {
        order = reader.compare(&a, &b);
        ck_assert(order == -1 || order == 1);
    }
    ck_assert_int_eq(reader.compare(&a, &b), order);
    ck_assert_int_eq(reader.compare(&b, &a), order == 2 ? 2 : -order);
}
END_TEST

START_TEST(keys_are_equal_for_equal_values_alone)
{
    hg_typed reader;
    hg_value a, b;
    hg_buf x = { 0 }, y = { 0 };
    read_pair(_i, &reader, &a, &b);
    hg_value_key(&x, &reader, &a);
    hg_value_key(&y, &reader, &b);
    ck_assert_int_eq(x.len == y.len && memcmp(x.data, y.data, x.len) == 0, pairs[_i].order == 0);
    hg_buf_release(&x);
    hg_buf_release(&y);
}
END_TEST

static const struct {
    const char *text;
    bool valid;
} dressed[] = {
    { "1$", true },   { "ab1$", true },  { "-12 €", true }, { "€-12", true },
    { "95%", true },  { "1.5 kg", true }, { "€", false },    { "1-2", false },
};

START_TEST(a_dressed_number_is_read_without_its_unit)
{
    hg_typed reader;
    hg_value value;
    ck_assert(hg_typed_init(&reader, "number"));
    reader.dressed = true;
    ck_assert_msg(reader.read(&reader, hg_slice_of(dressed[_i].text), &value) ==
                      dressed[_i].valid,
                  "%s", dressed[_i].text);
}
END_TEST

static const struct {
    const char *type, *format;
} unknown[] = {
    { "integer", "hex" }, { "year", "any" },   { "date", "%Q" },
    { "date", "%" },      { "date", "plain" }, { "geopoint", "topojson" },
};

START_TEST(an_unknown_type_or_format_is_refused)
{
    hg_typed reader;
    ck_assert(!hg_typed_init(&reader, "geometry"));
    ck_assert(!hg_typed_init(&reader, "Integer"));
    ck_assert(hg_typed_init(&reader, unknown[_i].type));
    ck_assert(!hg_typed_format(&reader, unknown[_i].format));
}
END_TEST

static const struct {
    const char *delimiter, *item, *text;
    bool valid;
    size_t n;
} lists[] = {
    { ",", "string", "a", true, 1 },        { ",", "string", "a,,b", true, 3 },
    { ",", "integer", "1,2", true, 2 },     { ",", "integer", "1,x", false, 2 },
    { "; ", "date", "2016-07-31; 2016-08-01", true, 2 },
    { "; ", "date", "2016-07-31;2016-08-01", false, 1 },
    { "|", "boolean", "true|0", true, 2 },  { "|", "number", "1|", false, 2 },
};

START_TEST(a_list_is_read_item_by_item)
{
    hg_typed reader;
    hg_value value;
    hg_slice text = hg_slice_of(lists[_i].text);
    ck_assert(hg_typed_init(&reader, "list"));
    ck_assert(hg_typed_items(&reader, lists[_i].item));
    reader.delimiter = lists[_i].delimiter;
    ck_assert_msg(reader.read(&reader, text, &value) == lists[_i].valid, "%s", lists[_i].text);
    ck_assert_uint_eq(reader.length(&reader, text), lists[_i].n);
    ck_assert(!hg_typed_items(&reader, "object"));
}
END_TEST

TCase *tests_value(void)
{
    TCase *tests = tcase_create("value");
    tcase_add_loop_test(tests, a_cell_is_or_is_not_of_its_type, 0, sizeof cells / sizeof *cells);
    tcase_add_loop_test(tests, values_compare_by_what_they_mean, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, keys_are_equal_for_equal_values_alone, 0,
                        sizeof pairs / sizeof *pairs);
    tcase_add_loop_test(tests, a_dressed_number_is_read_without_its_unit, 0,
                        sizeof dressed / sizeof *dressed);
    tcase_add_loop_test(tests, an_unknown_type_or_format_is_refused, 0,
                        sizeof unknown / sizeof *unknown);
    tcase_add_loop_test(tests, a_list_is_read_item_by_item, 0, sizeof lists / sizeof *lists);
    return tests;
}
