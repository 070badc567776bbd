/* Serial numbers become dates and times where their number format shows one. */
#include "text/serial.h"
#include "unit.h"

static const struct {
    const char *code;
    hg_format_kind kind;
} formats[] = {
    { "General", HG_FORMAT_NUMBER },
    { "@", HG_FORMAT_NUMBER },
    { "0.00", HG_FORMAT_NUMBER },
    { "#,##0;[Red]-#,##0", HG_FORMAT_NUMBER },
    { "#,##0\\ \"đồng/ngày\"", HG_FORMAT_NUMBER },
    { "#,##0\\d", HG_FORMAT_NUMBER },
    { "0.00E+00", HG_FORMAT_NUMBER },
    { "_-* #,##0\\ _₫_-;\\-* #,##0\\ _₫_-", HG_FORMAT_NUMBER },
    { "[$VND]\\ #,##0", HG_FORMAT_NUMBER },
    { "[>=100]0;\"dưới 100\"", HG_FORMAT_NUMBER },
    { "dd/mm/yyyy", HG_FORMAT_DATE },
    { "mmm-yy", HG_FORMAT_DATE },
    { "mm", HG_FORMAT_DATE },
    { "[$-42A]dd\\ mmmm\\ yyyy;@", HG_FORMAT_DATE },
    { "\"Ngày\" dd \"tháng\" mm \"năm\" yyyy", HG_FORMAT_DATE },
    { "yyyy\"年\"m\"月\"d\"日\"", HG_FORMAT_DATE },
    { "h:mm", HG_FORMAT_TIME },
    { "mm:ss", HG_FORMAT_TIME },
    { "mm:ss.0", HG_FORMAT_TIME },
    { "h:mm AM/PM", HG_FORMAT_TIME },
    { "DD/MM/YYYY HH:MM", HG_FORMAT_DATETIME },
    { "m/d/yy h:mm", HG_FORMAT_DATETIME },
    { "[h]:mm:ss", HG_FORMAT_DURATION },
    { "[mm]:ss", HG_FORMAT_DURATION },
    { "", HG_FORMAT_NUMBER },
    { "\\", HG_FORMAT_NUMBER },
    { "[", HG_FORMAT_NUMBER },
    { "\"d", HG_FORMAT_NUMBER },
};

START_TEST(a_format_shows_a_number_or_a_date_or_a_time)
{
    ck_assert_msg(hg_format_kind_of(formats[_i].code) == formats[_i].kind, "%s",
                  formats[_i].code);
}
END_TEST

static const struct {
    double serial;
    bool from_1904;
    hg_format_kind shown, written;
    const char *text;
} serials[] = {
    { 45473, false, HG_FORMAT_DATE, HG_FORMAT_DATE, "2024-06-30" },
    { 45473.25, false, HG_FORMAT_DATE, HG_FORMAT_DATETIME, "2024-06-30T06:00:00" },
    { 45473, false, HG_FORMAT_DATETIME, HG_FORMAT_DATETIME, "2024-06-30T00:00:00" },
    { 44011, true, HG_FORMAT_DATE, HG_FORMAT_DATE, "2024-06-30" },
    { 0.5, false, HG_FORMAT_TIME, HG_FORMAT_TIME, "12:00:00" },
    { 0.5, false, HG_FORMAT_DATETIME, HG_FORMAT_TIME, "12:00:00" },
    { 0.5, false, HG_FORMAT_DATE, HG_FORMAT_TIME, "12:00:00" },
    { 0.5, true, HG_FORMAT_DATE, HG_FORMAT_DATETIME, "1904-01-01T12:00:00" },
    { 2.5, false, HG_FORMAT_TIME, HG_FORMAT_DATETIME, "1900-01-02T12:00:00" },
    { 0.57291666666666663, false, HG_FORMAT_TIME, HG_FORMAT_TIME, "13:45:00" },
    { 0.25, false, HG_FORMAT_DURATION, HG_FORMAT_TIME, "06:00:00" },
    { 1.5104166666666667, false, HG_FORMAT_DURATION, HG_FORMAT_DURATION, "PT36H15M0S" },
    { 1.0000057870370370, false, HG_FORMAT_DURATION, HG_FORMAT_DURATION, "PT24H0M0.5S" },
    { 0.99999999999, false, HG_FORMAT_TIME, HG_FORMAT_DATETIME, "1900-01-01T00:00:00" },
    { 1, false, HG_FORMAT_DATE, HG_FORMAT_DATE, "1900-01-01" },
    { 59, false, HG_FORMAT_DATE, HG_FORMAT_DATE, "1900-02-28" },
    { 61, false, HG_FORMAT_DATE, HG_FORMAT_DATE, "1900-03-01" },
    { 2958465, false, HG_FORMAT_DATE, HG_FORMAT_DATE, "9999-12-31" },
    { 0, true, HG_FORMAT_DATE, HG_FORMAT_DATE, "1904-01-01" },
    { 60, false, HG_FORMAT_DATE, HG_FORMAT_DATE, "1900-02-28" }, /* the 29th never was */
    { 0, false, HG_FORMAT_DATE, HG_FORMAT_TIME, "00:00:00" }, /* as other readers take it */
    { -1, false, HG_FORMAT_DATE, HG_FORMAT_NUMBER, "" },
    { 2958466, false, HG_FORMAT_DATE, HG_FORMAT_NUMBER, "" },
    { 2958465.9999999999, false, HG_FORMAT_DATETIME, HG_FORMAT_NUMBER, "" },
    { 1e300, false, HG_FORMAT_DURATION, HG_FORMAT_NUMBER, "" },
    { 45473, false, HG_FORMAT_NUMBER, HG_FORMAT_NUMBER, "" },
};

START_TEST(a_serial_becomes_iso_8601_and_nothing_of_it_is_lost)
{
    char text[HG_SERIAL_TEXT] = "";
    hg_format_kind kind = serials[_i].shown;
    hg_serial_text(text, serials[_i].serial, serials[_i].from_1904, &kind);
    ck_assert_str_eq(text, serials[_i].text);
    ck_assert_int_eq(kind, serials[_i].written);
}
END_TEST

START_TEST(built_in_formats_are_known_by_their_id)
{
    hg_format_kind kind;
    ck_assert_ptr_null(hg_format_builtin(0, &kind));
    ck_assert_int_eq(kind, HG_FORMAT_NUMBER);
    ck_assert_str_eq(hg_format_builtin(14, &kind), "mm-dd-yy");
    ck_assert_int_eq(kind, HG_FORMAT_DATE);
    ck_assert_str_eq(hg_format_builtin(46, &kind), "[h]:mm:ss");
    ck_assert_int_eq(kind, HG_FORMAT_DURATION);
    ck_assert_ptr_null(hg_format_builtin(30, &kind)); /* a date in East Asian languages */
    ck_assert_int_eq(kind, HG_FORMAT_DATE);
    ck_assert_ptr_null(hg_format_builtin(65535, &kind));
    ck_assert_int_eq(kind, HG_FORMAT_NUMBER);
}
END_TEST

TCase *tests_serial(void)
{
    TCase *tests = tcase_create("serial");
    tcase_add_loop_test(tests, a_format_shows_a_number_or_a_date_or_a_time, 0,
                        sizeof formats / sizeof *formats);
    tcase_add_loop_test(tests, a_serial_becomes_iso_8601_and_nothing_of_it_is_lost, 0,
                        sizeof serials / sizeof *serials);
    tcase_add_test(tests, built_in_formats_are_known_by_their_id);
    return tests;
}
