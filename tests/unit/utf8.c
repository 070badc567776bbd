/* Vietnamese text is normalized, folded and measured as people read it. */
#include "text/utf8.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *text;
    size_t valid;
} validity[] = {
    { "Số liệu thống kê năm 2016", 33 },
    { "12345678901234567\xff", 17 },
    { "a\xc0\xaf", 1 },           /* overlong */
    { "ab\xed\xa0\x80", 2 },      /* a surrogate */
    { "abc\xf4\x90\x80\x80", 3 }, /* over U+10FFFF */
    { "12345678\xe1\xbb", 8 },    /* cut off */
    { "", 0 },
};

START_TEST(validity_ends_at_the_first_bad_byte)
{
    const char *text = validity[_i].text;
    ck_assert_uint_eq(hg_utf8_valid(text, strlen(text)), validity[_i].valid);
}
END_TEST

typedef void change(hg_buf *out, const char *text, size_t n);

static const struct {
    change *change;
    const char *text, *result;
} changes[] = {
    { hg_utf8_nfc, "Ti\xc3\xaa\xcc\x81ng Vi\xe1\xba\xb9\xcc\x82t", "Tiếng Việt" },
    { hg_utf8_nfc, "Việt “–” ₫", "Việt “–” ₫" },
    { hg_utf8_nfc, "\xe2\x84\xab", "Å" }, /* a singleton: ANGSTROM SIGN */
    { hg_utf8_nfc, "", "" },
    { hg_utf8_key, "  HÒA\xc2\xa0\t BÌNH\n", "hoà bình" },
    { hg_utf8_key, "Thúy Khoẻ", "thuý khoẻ" },
    { hg_utf8_key, "khỏe hoán quyền", "khoẻ hoán quyền" },
    { hg_utf8_key, "Đ\xc3\xa2\xcc\x80u T\xc6\xb0\xcc\x81", "đầu tứ" },
    { hg_utf8_key, "\xef\xbb\xbfT\xe2\x80\x8b\x31",
      "t1" }, /* byte order mark, zero width space */
    { hg_utf8_key, " \xc2\xa0 ", "" },
    { hg_utf8_slug, "Đường Nguyễn Trãi – số 5/2 (ĐẶC BIỆT)",
      "duong-nguyen-trai-so-5-2-dac-biet" },
    { hg_utf8_slug, "Tỷ lệ hộ nghèo", "ty-le-ho-ngheo" },
    { hg_utf8_slug, "…", "" },
};

START_TEST(texts_change_into_one_form)
{
    hg_err err = HG_ERR_INIT;
    hg_buf out = { 0 };
    changes[_i].change(&out, changes[_i].text, strlen(changes[_i].text));
    ck_assert_int_eq(hg_buf_status(&out, &err), HG_OK);
    ck_assert_str_eq(out.data ? out.data : "", changes[_i].result);
    hg_buf_release(&out);
}
END_TEST

START_TEST(a_long_text_changes_as_a_short_one_does)
{
    hg_err err = HG_ERR_INIT;
    hg_buf text = { 0 }, out = { 0 };
    for (int i = 0; i < 2000; i++)
        hg_buf_puts(&text, "e\xcc\x82\xcc\x81");
    hg_utf8_nfc(&out, text.data, text.len);
    ck_assert_int_eq(hg_buf_status(&out, &err), HG_OK);
    ck_assert_uint_eq(out.len, 2000 * strlen("ế"));
    ck_assert_int_eq(memcmp(out.data + out.len - 6, "ếế", 6), 0);
    hg_buf_release(&text);
    hg_buf_release(&out);
}
END_TEST

START_TEST(marks_and_wide_characters_are_measured_in_columns)
{
    ck_assert_uint_eq(hg_utf8_width("Tiếng Việt", strlen("Tiếng Việt")), 10);
    ck_assert_uint_eq(hg_utf8_width("e\xcc\x82\xcc\x81", 5), 1);
    ck_assert_uint_eq(hg_utf8_width("統計", strlen("統計")), 4);
}
END_TEST

START_TEST(characters_are_counted)
{
    static const char text[] = "Hòa Bình, Đắk Lắk 統計 𝄞 e\xcc\x82";
    size_t n = 0, i = 0;
    for (int32_t cp; i < sizeof text - 1; n++) {
        ck_assert_uint_eq(hg_utf8_characters((hg_slice){ text, i }), n);
        i += hg_utf8_next(text + i, sizeof text - 1 - i, &cp);
    }
    ck_assert_uint_eq(n, 25);
    ck_assert_uint_eq(hg_utf8_characters(hg_slice_of(text)), 25);
}
END_TEST

START_TEST(a_bad_byte_is_one_replacement_character)
{
    int32_t cp;
    ck_assert_uint_eq(hg_utf8_next("\xe1\xbb", 2, &cp), 1);
    ck_assert_int_eq(cp, 0xFFFD);
    ck_assert_uint_eq(hg_utf8_next("ệ", 3, &cp), 3);
    ck_assert_int_eq(cp, 0x1EC7);
}
END_TEST

static void starts(hg_slice text, const char *with)
{
    ck_assert(hg_slice_is(hg_utf8_start(text), with));
}

START_TEST(a_text_starts_behind_its_mark_and_white_space)
{
    starts(HG_SLICE("\xef\xbb\xbf \t\r\n{}"), "{}");
    starts(HG_SLICE("<a> "), "<a> ");
    starts(HG_SLICE(" \xef\xbb\xbf"), "\xef\xbb\xbf"); /* a mark stands first only */
    starts(HG_SLICE("\xef\xbb"), "\xef\xbb");
    starts(HG_SLICE(" \n"), "");
    ck_assert_uint_eq(hg_utf8_start(HG_SLICE("\0a")).n, 2);
    ck_assert_uint_eq(hg_utf8_mark("\xef\xbb\xbf", 3), 3);
    ck_assert_uint_eq(hg_utf8_mark("\xef\xbb\xbf", 2), 0);
}
END_TEST

TCase *tests_utf8(void)
{
    TCase *tests = tcase_create("utf8");
    tcase_add_loop_test(tests, validity_ends_at_the_first_bad_byte, 0,
                        sizeof validity / sizeof *validity);
    tcase_add_loop_test(tests, texts_change_into_one_form, 0,
                        sizeof changes / sizeof *changes);
    tcase_add_test(tests, a_long_text_changes_as_a_short_one_does);
    tcase_add_test(tests, marks_and_wide_characters_are_measured_in_columns);
    tcase_add_test(tests, characters_are_counted);
    tcase_add_test(tests, a_text_starts_behind_its_mark_and_white_space);
    tcase_add_test(tests, a_bad_byte_is_one_replacement_character);
    return tests;
}
