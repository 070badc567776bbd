/* Text from before Unicode is decoded, gets its capitals back, and is told by its font.
 */
#include "text/vnlegacy.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    hg_vnlegacy encoding;
    const char *bytes, *text;
} texts[] = {
    { HG_VN_TCVN3, "H\xB5 N\xE9i", "Hà Nội" },
    { HG_VN_TCVN3, "Tr\xB9m: C\xC7n Th\xAC", "Trạm: Cần Thơ" },
    { HG_VN_TCVN3, "\xA7\xE9 cao l\xAD\xEEng \x93 0,5 \x96 1\x94",
      "Độ cao lượng “ 0,5 – 1”" },
    { HG_VN_VNI,
      "Xin cha\xF8o ca\xF9"
      "c ba\xEFn",
      "Xin chào các bạn" },
    { HG_VN_VNI,
      "NG\xD6\xD4\xD8I \xD1"
      "AU KHO\xC5",
      "NGƯỜI ĐAU KHỔ" },
    { HG_VN_VNI, "th\xF4\xF8i ky\xF8 ngh\xE6", "thời kỳ nghỉ" },
    { HG_VN_VISCII, "Ti\xAAng Vi\xAEt", "Tiếng Việt" },
    { HG_VN_VPS, "Ti\x89ng Vi\x8Ct", "Tiếng Việt" },
    { HG_VN_1258,
      "Ti\xEA\xECng Vi\xEA\xF2t \xF0\xFD\xF5\xF2"
      "c \xE1",
      "Tiếng Việt được á" },
    { HG_VN_BKHCM1, "Ti\xE4ng Vi\xE8t", "Tiếng Việt" },
    { HG_VN_BKHCM2, "Ti\xEF\xEBng Vi\xEF\xE5t", "Tiếng Việt" },
    { HG_VN_VIETWARE_X, "Ti\xE3\xFAng Vi\xE3\xFBt", "Tiếng Việt" },
    { HG_VN_TCVN3, "", "" },
};

static const char *decode(hg_buf *out, hg_vnlegacy encoding, const char *bytes,
                          size_t cut)
{
    hg_vncodec codec;
    size_t n = strlen(bytes), taken;
    const unsigned char *p = (const unsigned char *)bytes;
    hg_buf_clear(out);
    hg_vncodec_init(&codec, encoding);
    taken = hg_vncodec_decode(&codec, out, p, cut, cut == n);
    hg_vncodec_decode(&codec, out, p + taken, n - taken, true);
    return out->data ? out->data : "";
}

START_TEST(bytes_are_decoded_wherever_they_are_cut)
{
    hg_buf out = { 0 };
    for (size_t cut = 0; cut <= strlen(texts[_i].bytes); cut++)
        ck_assert_str_eq(decode(&out, texts[_i].encoding, texts[_i].bytes, cut),
                         texts[_i].text);
    hg_buf_release(&out);
}
END_TEST

START_TEST(characters_that_stand_for_bytes_are_decoded_and_others_passed_on)
{
    hg_vncodec codec;
    hg_buf out = { 0 };
    hg_vncodec_init(&codec, HG_VN_TCVN3);
    hg_vncodec_decode_view(&codec, &out, HG_SLICE("§é cao ≥ 5 l­îng 統計"));
    ck_assert_str_eq(out.data, "Độ cao ≥ 5 lượng 統計");
    hg_buf_clear(&out);
    hg_vncodec_init(&codec, HG_VN_VNI);
    for (int i = 0; i < 300; i++) /* longer than any piece that is decoded at a time */
        hg_vncodec_decode_view(&codec, &out, HG_SLICE("aá"));
    ck_assert_uint_eq(out.len, 300 * strlen("ấ"));
    hg_buf_clear(&out);
    char view[3 * 300 + 1] = "";
    for (int i = 0; i < 300; i++)
        strcat(view, "aá");
    hg_vncodec_decode_view(&codec, &out, hg_slice_of(view));
    ck_assert_uint_eq(out.len, 300 * strlen("ấ"));
    hg_buf_release(&out);
}
END_TEST

static const struct {
    const char *decoded, *text;
    bool all;
} capitals[] = {
    { "BáO GIá THIếT Bị", "BÁO GIÁ THIẾT BỊ", false },
    { "Đà Nẵng", "Đà Nẵng", false },
    { "Đà", "Đà", false }, /* a capital first is the likelier */
    { "TP. Đà Lạt", "TP. Đà Lạt", false },
    { "Tổng số GDP", "Tổng số GDP", false },
    { "TỉNH Hà ở", "TỈNH HÀ Ở", false },
    { "hà nội 2016", "HÀ NỘI 2016", true },
    { "", "", false },
};

START_TEST(capitals_that_shared_a_code_come_back)
{
    char *text = strdup(capitals[_i].decoded);
    hg_vnlegacy_capitals(text, strlen(text), capitals[_i].all);
    ck_assert_str_eq(text, capitals[_i].text);
    free(text);
}
END_TEST

static const struct {
    const char *font;
    hg_vnlegacy encoding;
    bool capitals;
} fonts[] = {
    { ".VnTime", HG_VN_TCVN3, false },           { ".VnTimeH", HG_VN_TCVN3, true },
    { ".vnArial NarrowH", HG_VN_TCVN3, true },   { "VNI-Times", HG_VN_VNI, false },
    { "VNI-Helve", HG_VN_VNI, false },           { "VPS Times", HG_VN_VPS, false },
    { "Times New Roman", HG_VN_UNICODE, false }, { "", HG_VN_UNICODE, false },
};

START_TEST(a_font_tells_an_encoding)
{
    bool capitals_font;
    ck_assert_int_eq(hg_vnlegacy_font(hg_slice_of(fonts[_i].font), &capitals_font),
                     fonts[_i].encoding);
    ck_assert(capitals_font == fonts[_i].capitals);
}
END_TEST

START_TEST(encodings_go_by_their_names)
{
    hg_vnlegacy encoding;
    for (int e = HG_VN_TCVN3; e < HG_VN_ENCODINGS; e++) {
        ck_assert(
            hg_vnlegacy_named(&encoding, hg_slice_of(hg_vnlegacy_name((hg_vnlegacy)e))));
        ck_assert_int_eq(encoding, e);
    }
    ck_assert(hg_vnlegacy_named(&encoding, HG_SLICE("abc")) && encoding == HG_VN_TCVN3);
    ck_assert(!hg_vnlegacy_named(&encoding, HG_SLICE("utf-8")));
}
END_TEST

TCase *tests_vnlegacy(void)
{
    TCase *tests = tcase_create("vnlegacy");
    tcase_add_loop_test(tests, bytes_are_decoded_wherever_they_are_cut, 0,
                        sizeof texts / sizeof *texts);
    tcase_add_test(tests,
                   characters_that_stand_for_bytes_are_decoded_and_others_passed_on);
    tcase_add_loop_test(tests, capitals_that_shared_a_code_come_back, 0,
                        sizeof capitals / sizeof *capitals);
    tcase_add_loop_test(tests, a_font_tells_an_encoding, 0, sizeof fonts / sizeof *fonts);
    tcase_add_test(tests, encodings_go_by_their_names);
    return tests;
}
