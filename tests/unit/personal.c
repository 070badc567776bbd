/* Personal data are known by the words of a header and the form of a text, and nothing else is taken for them. */
#include "rules/personal.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof table / sizeof *table)

static const struct {
    const char *text;
    hg_personal kind;
} headers[] = {
    { "Họ và tên", HG_PERSONAL_NAME },
    { "HỌ VÀ TÊN", HG_PERSONAL_NAME },
    { "Ho\xCC\xA3 va\xCC\x80 te\xCC\x82n", HG_PERSONAL_NAME }, /* NFD */
    { "ho_va_ten", HG_PERSONAL_NAME },
    { "hoTen", HG_PERSONAL_NAME },
    { "Họ tên chủ hộ", HG_PERSONAL_NAME },
    { "Họ và tên\n(Full name)", HG_PERSONAL_NAME },
    { "Tên bệnh nhân", HG_PERSONAL_NAME },
    { "Ngày sinh", HG_PERSONAL_BIRTH },
    { "Ngày, tháng, năm sinh", HG_PERSONAL_BIRTH },
    { "Năm sinh", HG_PERSONAL_YEAR },
    { "Số CMND/CCCD", HG_PERSONAL_IDENTITY },
    { "so_cccd", HG_PERSONAL_IDENTITY },
    { "Số định danh cá nhân", HG_PERSONAL_IDENTITY },
    { "Số căn cước công dân của chủ hộ", HG_PERSONAL_IDENTITY },
    { "Hộ chiếu số", HG_PERSONAL_PASSPORT },
    { "Địa chỉ thường trú", HG_PERSONAL_HOME },
    { "Quê quán", HG_PERSONAL_HOME },
    { "Địa chỉ", HG_PERSONAL_PLACE },
    { "Số điện thoại", HG_PERSONAL_PHONE },
    { "SĐT liên hệ", HG_PERSONAL_PHONE },
    { "Điện thoại di động", HG_PERSONAL_PHONE },
    { "E-mail", HG_PERSONAL_EMAIL },
    { "Thư điện tử", HG_PERSONAL_EMAIL },
    { "Biển số xe", HG_PERSONAL_PLATE },
    { "Số tài khoản", HG_PERSONAL_ACCOUNT },
    { "MST cá nhân", HG_PERSONAL_TAX },
    { "Mã số thuế", HG_PERSONAL_BUSINESS },
    { "Mã thẻ BHYT", HG_PERSONAL_INSURANCE },
    { "Số sổ BHXH", HG_PERSONAL_INSURANCE },
    { "Giới tính", HG_PERSONAL_SEX },
    { "gioi_tinh", HG_PERSONAL_SEX },
    { "Dân tộc", HG_PERSONAL_ETHNICITY },
    { "Tôn giáo", HG_PERSONAL_RELIGION },
    /* statistics, agencies and places */
    { "", HG_PERSONAL_NONE },
    { "Số", HG_PERSONAL_NONE },
    { "Số người được cấp CCCD", HG_PERSONAL_NONE },
    { "Số thẻ BHYT đã cấp", HG_PERSONAL_NONE },
    { "Ngày cấp", HG_PERSONAL_NONE },
    { "Số thuê bao điện thoại", HG_PERSONAL_NONE },
    { "Tỷ lệ hộ có điện thoại", HG_PERSONAL_NONE },
    { "Điện thoại cơ quan", HG_PERSONAL_NONE },
    { "Mã vùng điện thoại", HG_PERSONAL_NONE },
    { "Dân số thường trú", HG_PERSONAL_NONE },
    { "Số hộ", HG_PERSONAL_NONE },
    { "Số hộ dân tộc thiểu số", HG_PERSONAL_NONE },
    { "Tên đơn vị", HG_PERSONAL_NONE },
    { "Tên xã", HG_PERSONAL_NONE },
    { "Tên văn bản", HG_PERSONAL_NONE },
    { "Người ký", HG_PERSONAL_NONE },
    { "Mã định danh", HG_PERSONAL_NONE }, /* agencies have one */
    { "Năm", HG_PERSONAL_NONE },
    { "Nơi ban hành", HG_PERSONAL_NONE },
    { "name", HG_PERSONAL_NONE },
    { "Địa phương", HG_PERSONAL_NONE },
    { "Học sinh", HG_PERSONAL_NONE },
    { "Số xe", HG_PERSONAL_NONE },
    { "Biến số", HG_PERSONAL_NONE },
};

START_TEST(a_header_is_known_by_all_of_its_words)
{
    hg_buf words = { 0 };
    ck_assert_int_eq(hg_personal_header(hg_slice_of(headers[_i].text), &words), headers[_i].kind);
    hg_buf_release(&words);
}
END_TEST

static const struct {
    const char *text;
    hg_personal under, kind;
    const char *part; /* NULL: the whole text */
} texts[] = {
    { "093085001234", HG_PERSONAL_NONE, HG_PERSONAL_IDENTITY, NULL },
    { "093 085 001 234", HG_PERSONAL_NONE, HG_PERSONAL_IDENTITY, NULL },
    { "CCCD: 093.085.001.234, cấp 2021", HG_PERSONAL_NONE, HG_PERSONAL_IDENTITY, "093.085.001.234" },
    { "093305001234", HG_PERSONAL_NONE, HG_PERSONAL_IDENTITY, NULL }, /* 2005, a woman */
    { "093375001234", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },     /* 2075 */
    { "097085001234", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },     /* no such province */
    { "193085001234", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "0930850012345", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "93085001234", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "93085001234", HG_PERSONAL_IDENTITY, HG_PERSONAL_IDENTITY, NULL }, /* the 0 is lost */
    { "361234567", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "361234567", HG_PERSONAL_IDENTITY, HG_PERSONAL_IDENTITY, NULL },
    { "0912345678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, NULL },
    { "0912 345 678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, NULL },
    { "0912\xC2\xA0" "345.678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, NULL },
    { "0912-345-678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, NULL },
    { "+84 912 345 678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, "84 912 345 678" },
    { "(+84) 912345678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, "84) 912345678" },
    { "84912345678", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "84912345678", HG_PERSONAL_PHONE, HG_PERSONAL_PHONE, NULL },
    { "912345678", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "912345678", HG_PERSONAL_PHONE, HG_PERSONAL_PHONE, NULL },
    { "02933878878", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, NULL },
    { "(0293) 3878 878", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, "0293) 3878 878" },
    { "024.38251234", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, NULL },
    { "02983878878", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL }, /* no such area */
    { "Ấp 3, gọi 0912345678/0987654321", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, "0912345678" },
    { "tổ 5 0912345678", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, "0912345678" },
    { "0912345678,0987654321", HG_PERSONAL_NONE, HG_PERSONAL_PHONE, "0912345678" },
    { "a.b-c@haugiang.gov.vn", HG_PERSONAL_NONE, HG_PERSONAL_EMAIL, NULL },
    { "gửi về ba@x.vn.", HG_PERSONAL_NONE, HG_PERSONAL_EMAIL, "ba@x.vn" },
    { "95A-123.45", HG_PERSONAL_NONE, HG_PERSONAL_PLATE, NULL },
    { "95B1-234.56", HG_PERSONAL_NONE, HG_PERSONAL_PLATE, NULL },
    { "xe 95A-123.45 gây tai nạn", HG_PERSONAL_NONE, HG_PERSONAL_PLATE, "95A-123.45" },
    { "95A-12345", HG_PERSONAL_NONE, HG_PERSONAL_PLATE, NULL },
    { "95A 12345", HG_PERSONAL_PLATE, HG_PERSONAL_PLATE, NULL },
    { "95-X1 2345", HG_PERSONAL_PLATE, HG_PERSONAL_PLATE, NULL },
    { "B1234567", HG_PERSONAL_PASSPORT, HG_PERSONAL_PASSPORT, NULL },
    { "B1234567", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "9321234567", HG_PERSONAL_INSURANCE, HG_PERSONAL_INSURANCE, NULL },
    { "GD4939312345678", HG_PERSONAL_INSURANCE, HG_PERSONAL_INSURANCE, NULL },
    { "0100233488", HG_PERSONAL_TAX, HG_PERSONAL_TAX, NULL },
    { "0100233487", HG_PERSONAL_TAX, HG_PERSONAL_NONE, NULL }, /* a wrong check digit */
    { "0900123456", HG_PERSONAL_BUSINESS, HG_PERSONAL_NONE, NULL }, /* an enterprise of Hưng Yên */
    { "0301234567", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },     /* of Hồ Chí Minh City */
    { "093085001234", HG_PERSONAL_BUSINESS, HG_PERSONAL_IDENTITY, NULL },
    { "7000205123456", HG_PERSONAL_ACCOUNT, HG_PERSONAL_ACCOUNT, NULL },
    { "7000205123456", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    /* what is none */
    { "", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "26370.0894248486", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL }, /* met in a survey's workbook */
    { "26370,0894248486", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "0.0912345678", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "1.234.567.890", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "12 034 567 890 123", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "12.093.085.001.234", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "05-12-2019 12:30", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "03.05.2019-2020", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "2024-01-01T08:00:00+07:00", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "1.004203.000.00.00.H30", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "000.00.18.H30", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "003.N/BCC-NLTS", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "16B/GTVT-HH", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "09/2019/TT-BXD ngày 26/12/2019", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "Phường Vị Thanh (31321)", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "https://a.vn/x?id=0912345678", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "A0912345678", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "09123456789", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "giá @ 5000", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "a@b", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "5@1.2", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
    { "TCVN 6909:2001", HG_PERSONAL_NONE, HG_PERSONAL_NONE, NULL },
};

START_TEST(a_text_is_personal_by_its_form_and_its_header)
{
    const char *part = texts[_i].part ? texts[_i].part : texts[_i].text;
    hg_personal_hit h = hg_personal_find(hg_slice_of(texts[_i].text), texts[_i].under);
    ck_assert_int_eq(h.kind, texts[_i].kind);
    ck_assert(h.kind == HG_PERSONAL_NONE || hg_slice_is(h.text, part));
}
END_TEST

/* Letters after or before make it part of a word, in Vietnamese too. */
START_TEST(punctuation_around_a_number_is_no_part_of_it)
{
    static const char *const around[] = { "%s", " %s ", "(%s)", "“%s”", "ĐT:%s.", "%s; %s", "…%s…", "\t%s\n" };
    char text[100];
    for (size_t i = 0; i < COUNT(around); i++) {
        snprintf(text, sizeof text, around[i], "0912345678", "0987654321");
        ck_assert_int_eq(hg_personal_find(hg_slice_of(text), HG_PERSONAL_NONE).kind, HG_PERSONAL_PHONE);
    }
    ck_assert_int_eq(hg_personal_find(HG_SLICE("đ0912345678"), HG_PERSONAL_NONE).kind, HG_PERSONAL_NONE);
    ck_assert_int_eq(hg_personal_find(HG_SLICE("0912345678ố"), HG_PERSONAL_NONE).kind, HG_PERSONAL_NONE);
}
END_TEST

/* A hundred of each kind, always the same: '#' stands for any digit. */
static const struct {
    hg_personal under, kind;
    const char *forms[5];
} made[] = {
    { HG_PERSONAL_NONE, HG_PERSONAL_IDENTITY, { "0930##00####", "0921 ## ######", "094 0## ###.###", "001302######" } },
    { HG_PERSONAL_IDENTITY, HG_PERSONAL_IDENTITY, { "36#######", "36# ### ###", "9308########" } },
    { HG_PERSONAL_PASSPORT, HG_PERSONAL_PASSPORT, { "B#######", "C########" } },
    { HG_PERSONAL_INSURANCE, HG_PERSONAL_INSURANCE, { "93########", "GD49393########" } },
    { HG_PERSONAL_NONE, HG_PERSONAL_PHONE, { "09########", "0383######", "070# ### ###", "0293.3###.###", "+84 88# ######" } },
    { HG_PERSONAL_NONE, HG_PERSONAL_EMAIL, { "nguoi#@a#.vn", "b.#c@gmail.com", "x_##@sub.haugiang.gov.vn" } },
    { HG_PERSONAL_NONE, HG_PERSONAL_PLATE, { "95A-###.##", "65B#-###.##", "51F-#####" } },
    { HG_PERSONAL_ACCOUNT, HG_PERSONAL_ACCOUNT, { "######", "7000 #### #####", "###############", "19#### ####" } },
};

static unsigned next(unsigned *state)
{
    *state = *state * 1103515245u + 12345u;
    return *state >> 16;
}

static size_t fill(char *text, const char *form, unsigned *state)
{
    size_t n = 0;
    for (; form[n]; n++)
        text[n] = form[n] == '#' ? (char)('0' + next(state) % 10) : form[n];
    return n;
}

START_TEST(each_of_a_hundred_of_a_kind_is_found)
{
    unsigned state = 1, forms = 0;
    char text[64];
    while (forms < 5 && made[_i].forms[forms])
        forms++;
    for (unsigned i = 0; i < 100; i++) {
        size_t n = fill(text, made[_i].forms[i % forms], &state);
        ck_assert_msg(hg_personal_find((hg_slice){ text, n }, made[_i].under).kind == made[_i].kind, "%.*s", (int)n, text);
    }
}
END_TEST

/* Figures, dates and codes as reports have them: ten thousand, none of them personal. */
START_TEST(no_figure_date_or_code_is_taken_for_a_person)
{
    static const char *const forms[] = {
        "3####",       "#.###.###",     "1#.###,##",     "#####.##########", "20##-0#-1#", "1#/0#/20##", "00#.#/BCC-TKQG",
        "1#/20##/NĐ-CP", "1 ### ### ###", "1.00####.000.00.00.H30", "H30.##.##", "#,###,###", "20##-20##", "Quý #/20##",
        "1#: ### ha",  "18########",    "18########-00#", "-0.##########",
    };
    unsigned state = 7;
    char text[64];
    for (unsigned i = 0; i < 10000; i++) {
        size_t n = fill(text, forms[i % COUNT(forms)], &state);
        ck_assert_msg(hg_personal_find((hg_slice){ text, n }, HG_PERSONAL_NONE).kind == HG_PERSONAL_NONE, "%.*s", (int)n, text);
    }
}
END_TEST

TCase *tests_personal(void)
{
    TCase *tests = tcase_create("personal");
    tcase_add_loop_test(tests, a_header_is_known_by_all_of_its_words, 0, COUNT(headers));
    tcase_add_loop_test(tests, a_text_is_personal_by_its_form_and_its_header, 0, COUNT(texts));
    tcase_add_test(tests, punctuation_around_a_number_is_no_part_of_it);
    tcase_add_loop_test(tests, each_of_a_hundred_of_a_kind_is_found, 0, COUNT(made));
    tcase_add_test(tests, no_figure_date_or_code_is_taken_for_a_person);
    return tests;
}
