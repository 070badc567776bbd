/* A text is a value of a datatype of CSV on the Web, or is told what it breaks. */
#include "table/datatype.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *type, *text;
    bool fits;
} natives[] = {
    { "string", "", true },
    { "integer", "-12", true },
    { "integer", "1.0", false },
    { "integer", "1e3", false },
    { "integer", "123456789012345678901234567890", true },
    { "decimal", ".5", true },
    { "decimal", "5.", true },
    { "decimal", ".", false },
    { "decimal", "1,5", false },
    { "decimal", "1E3", false },
    { "decimal", "NaN", false },
    { "double", "1e-3", true },
    { "double", "-INF", true },
    { "double", "NaN", true },
    { "double", "1.5%", false },
    { "number", "12.50", true },
    { "byte", "127", true },
    { "byte", "128", false },
    { "byte", "-128", true },
    { "byte", "-129", false },
    { "unsignedLong", "18446744073709551615", true },
    { "unsignedLong", "18446744073709551616", false },
    { "nonPositiveInteger", "0", true },
    { "negativeInteger", "0", false },
    { "boolean", "true", true },
    { "boolean", "0", true },
    { "boolean", "TRUE", false },
    { "date", "2024-02-29", true },
    { "date", "2023-02-29", false },
    { "dateTime", "2024-02-29T23:59:59.999+07:00", true },
    { "dateTime", "2024-02-29", false },
    { "dateTimeStamp", "2024-02-29T23:59:59", false },
    { "dateTimeStamp", "2024-02-29T23:59:59Z", true },
    { "gYear", "2024", true },
    { "gYear", "24", false },
    { "gYearMonth", "2024-13", false },
    { "gMonth", "--12", true },
    { "duration", "P1Y2M3DT4H5M6.7S", true },
    { "duration", "-P1D", true },
    { "duration", "P", false },
    { "duration", "P1W", false },
    { "duration", "PT", false },
    { "dayTimeDuration", "P1DT2H", true },
    { "dayTimeDuration", "P1M", false },
    { "dayTimeDuration", "PT1M", true },
    { "yearMonthDuration", "P1Y2M", true },
    { "yearMonthDuration", "P1DT2M", false },
    { "language", "vi-VN", true },
    { "language", "vi_VN", false },
    { "NMTOKEN", "a:b-1", true },
    { "NMTOKEN", "a b", false },
    { "Name", "1a", false },
    { "QName", "dc:title", true },
    { "QName", "a:b:c", false },
    { "hexBinary", "0FB7", true },
    { "hexBinary", "0FB", false },
    { "base64Binary", "YQ==", true },
    { "base64Binary", "YQ=", false },
    { "base64Binary", "Y=Q=", false },
    { "anyURI", "http://a.vn/?x y", true },
};

START_TEST(a_text_is_a_value_of_a_built_in_type_or_not)
{
    hg_datatype type = { .base = hg_xsd_find(natives[_i].type), .max_length = SIZE_MAX };
    hg_buf space = { 0 };
    hg_value value;
    ck_assert_ptr_nonnull(type.base);
    unsigned broken =
        hg_datatype_check(&type, hg_slice_of(natives[_i].text), &value, &space);
    ck_assert_msg(broken == (natives[_i].fits ? 0 : HG_CELL_TYPE), "%s: %s",
                  natives[_i].type, natives[_i].text);
    hg_buf_release(&space);
}
END_TEST

static const struct {
    const char *type, *a, *b;
    int order;
} orders[] = {
    { "integer", "10", "9", 1 },
    { "decimal", "0.10", "0.1", 0 },
    { "double", "1e2", "99.9", 1 },
    { "double", "INF", "1e300", 1 },
    { "double", "NaN", "NaN", 2 },
    { "date", "2024-01-01", "2024-01-01+07:00", 1 },
    { "dateTime", "2024-01-01T07:00:00+07:00", "2024-01-01T00:00:00Z", 0 },
    { "time", "10:00:00", "09:59:59.5", 1 },
    { "duration", "P1M", "P27D", 1 },
    { "duration", "P1M", "P30D", 2 },
    { "duration", "P1Y", "P12M", 0 },
    { "duration", "P1Y", "P367D", -1 },
    { "duration", "PT60M", "PT1H", 0 },
    { "duration", "-P1D", "PT0S", -1 },
};

START_TEST(values_have_the_order_of_xml_schema)
{
    const hg_xsd *type = hg_xsd_find(orders[_i].type);
    hg_value a, b;
    ck_assert(hg_xsd_read(&a, type, hg_slice_of(orders[_i].a)));
    ck_assert(hg_xsd_read(&b, type, hg_slice_of(orders[_i].b)));
    ck_assert_msg(hg_xsd_compare(type, &a, &b) == orders[_i].order, "%s %s", orders[_i].a,
                  orders[_i].b);
}
END_TEST

START_TEST(a_percentage_counts_as_its_value)
{
    hg_numberpattern any;
    hg_numberpattern_free_form(&any, NULL, NULL);
    hg_datatype type = { .base = hg_xsd_find("decimal"),
                         .max_length = SIZE_MAX,
                         .number = &any,
                         .limits = HG_CELL_MAXIMUM };
    hg_buf space = { 0 };
    hg_value value;
    ck_assert(hg_xsd_read(&type.maximum, type.base, hg_slice_of("1")));
    ck_assert_uint_eq(hg_datatype_check(&type, hg_slice_of("100%"), &value, &space), 0);
    ck_assert_uint_eq(hg_datatype_check(&type, hg_slice_of("101%"), &value, &space),
                      HG_CELL_MAXIMUM);
    type.base = hg_xsd_find("integer");
    ck_assert_uint_eq(hg_datatype_check(&type, hg_slice_of("100%"), &value, &space), 0);
    ck_assert_uint_eq(hg_datatype_check(&type, hg_slice_of("50%"), &value, &space),
                      HG_CELL_TYPE);
    hg_buf_release(&space);
}
END_TEST

START_TEST(lengths_are_of_characters_or_of_bytes)
{
    ck_assert_uint_eq(hg_xsd_length(hg_xsd_find("string"), hg_slice_of("Cần Thơ")), 7);
    ck_assert_uint_eq(hg_xsd_length(hg_xsd_find("hexBinary"), hg_slice_of("0FB7")), 2);
    ck_assert_uint_eq(hg_xsd_length(hg_xsd_find("binary"), hg_slice_of("YWI=")), 2);
    ck_assert_uint_eq(hg_xsd_length(hg_xsd_find("base64Binary"), hg_slice_of("")), 0);
}
END_TEST

START_TEST(types_go_by_name_and_address)
{
    ck_assert_str_eq(hg_xsd_find("number")->name, "double");
    ck_assert_str_eq(hg_xsd_find("any")->name, "anyAtomicType");
    ck_assert_ptr_null(hg_xsd_find("anySimpleType"));
    ck_assert_ptr_null(hg_xsd_find("Integer"));
    ck_assert(hg_xsd_is_address("http://www.w3.org/2001/XMLSchema#string"));
    ck_assert(hg_xsd_is_address("http://www.w3.org/ns/csvw#JSON"));
    ck_assert(!hg_xsd_is_address("http://www.w3.org/2001/XMLSchema#number"));
    ck_assert(!hg_xsd_is_address("http://example.org/string"));
}
END_TEST

TCase *tests_datatype(void)
{
    TCase *tc = tcase_create("datatype");
    tcase_add_loop_test(tc, a_text_is_a_value_of_a_built_in_type_or_not, 0,
                        sizeof natives / sizeof *natives);
    tcase_add_loop_test(tc, values_have_the_order_of_xml_schema, 0,
                        sizeof orders / sizeof *orders);
    tcase_add_test(tc, a_percentage_counts_as_its_value);
    tcase_add_test(tc, lengths_are_of_characters_or_of_bytes);
    tcase_add_test(tc, types_go_by_name_and_address);
    return tc;
}
