/* Legacy text is told from Unicode by font and content, and what may be either is kept.
 */
#include "text/vnguess.h"
#include "unit.h"

#include <string.h>

/* One workbook a row: a text that is learnt first, then the one that is read. */
static const struct {
    const char *before_font, *before;
    const char *font, *text;
    hg_vnverdict verdict;
    hg_vnlegacy encoding;
    const char *read;
} runs[] = {
    { "", "", ".VnTime", "Hµ Néi", HG_VN_CONVERTED, HG_VN_TCVN3, "Hà Nội" },
    { "", "", ".VnTimeH", "Hµ Néi", HG_VN_CONVERTED, HG_VN_TCVN3, "HÀ NỘI" },
    { "", "", "VNI-Times", "Xin chaøo caùc baïn", HG_VN_CONVERTED, HG_VN_VNI,
      "Xin chào các bạn" },
    { "", "", "Arial", "Tr¹m khÝ t­îng", HG_VN_CONVERTED, HG_VN_TCVN3, "Trạm khí tượng" },
    /* fonts lie */
    { "", "", ".VnTime", "Tỷ lệ hộ nghèo", HG_VN_KEPT, HG_VN_TCVN3, "Tỷ lệ hộ nghèo" },
    { "", "", ".VnTime", "Hà Nam", HG_VN_KEPT, HG_VN_TCVN3, "Hà Nam" },
    { ".VnTime", "Tỷ lệ", ".VnTime", "Lê", HG_VN_KEPT, HG_VN_TCVN3, "Lê" },
    { ".VnTime", "Hµ Néi", ".VnTime", "Lê", HG_VN_CONVERTED, HG_VN_TCVN3, "Lờ" },
    { "", "", ".VnTime", "Lê", HG_VN_UNSURE, HG_VN_TCVN3, "Lê" },
    { ".VnTime", "Hµ Néi", ".VnTime", "§VT: %", HG_VN_CONVERTED, HG_VN_TCVN3, "ĐVT: %" },
    { ".VnTimeH", "Hµ Néi", ".VnTimeH", "Tong", HG_VN_CONVERTED, HG_VN_TCVN3, "TONG" },
    { "", "", ".VnTimeH", "Tong", HG_VN_KEPT, HG_VN_TCVN3, "Tong" },
    /* one word is not enough, unless the workbook has more of its kind */
    { "", "", "Arial", "Hµ", HG_VN_UNSURE, HG_VN_TCVN3, "Hµ" },
    /* not Vietnamese, or nothing to convert */
    { "", "", "Arial", "Größe über 5 m²", HG_VN_KEPT, HG_VN_UNICODE, "Größe über 5 m²" },
    { "", "", "Arial", "5 m² và 6 m²", HG_VN_KEPT, HG_VN_UNICODE, "5 m² và 6 m²" },
    { "", "", "Arial", "Numéro à côté, né l'été", HG_VN_KEPT, HG_VN_UNICODE,
      "Numéro à côté, né l'été" },
    { "", "", "Arial", "a cost of 30 M€/MW in the year [54–56], or 40 M€/MW with storage",
      HG_VN_KEPT, HG_VN_UNICODE,
      "a cost of 30 M€/MW in the year [54–56], or 40 M€/MW with storage" },
    { "", "", "Arial", "5 M€/MW – 6 M€", HG_VN_KEPT, HG_VN_UNICODE, "5 M€/MW – 6 M€" },
    { "", "", "Arial", "25 °C ± 0,5", HG_VN_KEPT, HG_VN_UNICODE, "25 °C ± 0,5" },
    { ".VnTime", "Hµ Néi", ".VnTime", "km²", HG_VN_KEPT, HG_VN_TCVN3, "km²" },
    { "", "", "", "", HG_VN_KEPT, HG_VN_UNICODE, "" },
};

START_TEST(a_run_is_read_by_font_and_content)
{
    hg_vnguess guess;
    hg_vnlegacy encoding;
    hg_buf out = { 0 };
    hg_slice text = hg_slice_of(runs[_i].text), font = hg_slice_of(runs[_i].font);
    hg_vnguess_init(&guess);
    hg_vnguess_learn(&guess, hg_slice_of(runs[_i].before_font),
                     hg_slice_of(runs[_i].before));
    hg_vnguess_learn(&guess, font, text);
    hg_vnverdict verdict = hg_vnguess_read(&guess, font, text, &out, &encoding);
    ck_assert_str_eq(out.data ? out.data : "", runs[_i].read);
    ck_assert_int_eq(verdict, runs[_i].verdict);
    if (verdict != HG_VN_KEPT)
        ck_assert_int_eq(encoding, runs[_i].encoding);
    hg_vnguess_release(&guess);
    hg_buf_release(&out);
}
END_TEST

START_TEST(single_words_follow_the_others_of_their_workbook)
{
    hg_vnguess guess;
    hg_vnlegacy encoding;
    hg_buf out = { 0 };
    hg_vnguess_init(&guess);
    for (int i = 0; i < 3; i++)
        hg_vnguess_learn(&guess, HG_SLICE("Arial"), HG_SLICE("Tr¹m khÝ t­îng"));
    ck_assert_int_eq(
        hg_vnguess_read(&guess, HG_SLICE("Arial"), HG_SLICE("Hµ"), &out, &encoding),
        HG_VN_CONVERTED);
    ck_assert_str_eq(out.data, "Hà");
    hg_vnguess_release(&guess);
    hg_buf_release(&out);
}
END_TEST

static const struct {
    const char *bytes;
    hg_vnlegacy encoding;
} files[] = {
    { "T\xD8nh,D\xA9n s\xE8,N\xA8m\nH\xB5 Giang,\xA7\xE9i C\xCAn,X\xB7 Th\xBEng\n"
      "Hu\xD5,Qu\xB6ng Tr\xDE,Ngh\xD6 An,Thanh H\xE3\x61\n",
      HG_VN_TCVN3 },
    { "D\xE2n s\xF4,Gr\xF6\xDF\x65,caf\xE9,na\xEFve,\xFC\x62\x65r,\xE9t\xE9\n",
      HG_VN_UNICODE },
    /* most words say the same in windows-1252 */
    { "X\xE3 V\xEEnh Thu\xA7n,X\xE3 T\xE2n Ph\xFA,X\xE3 H\xF2"
      "a An,X\xE3 Long Tr\xB8\nPh\xDF\xB6ng B\xECnh Th\xD5nh,X\xE3 Tr\xE0 L\xB0ng\n",
      HG_VN_VISCII },
    { "M\xE3,T\xEAn \xF0\xBDn v\xB8\n1,X\xE3 H\xF6"
      "a L\xF1u\n",
      HG_VN_VISCII }, /* short */
    { "Gr\xF6\xDF"
      "e,\xFC"
      "ber,f\xFCr\n\xE9t\xE9,n\xE9,m\xEAme\n",
      HG_VN_UNICODE },
    { "a,b,c\n1,2,3\n", HG_VN_UNICODE },
};

START_TEST(a_file_is_in_the_encoding_of_its_words)
{
    hg_vnguess guess;
    hg_vnscore score;
    hg_vnguess_init(&guess);
    hg_vnguess_learn_bytes(&guess, files[_i].bytes, strlen(files[_i].bytes));
    ck_assert_int_eq(hg_vnguess_file(&guess, &score), files[_i].encoding);
    hg_vnguess_release(&guess);
}
END_TEST

TCase *tests_vnguess(void)
{
    TCase *tests = tcase_create("vnguess");
    tcase_add_loop_test(tests, a_run_is_read_by_font_and_content, 0,
                        sizeof runs / sizeof *runs);
    tcase_add_test(tests, single_words_follow_the_others_of_their_workbook);
    tcase_add_loop_test(tests, a_file_is_in_the_encoding_of_its_words, 0,
                        sizeof files / sizeof *files);
    return tests;
}
