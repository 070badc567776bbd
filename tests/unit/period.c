/* Years and school years are read with their status, and nothing else is taken for one. */
#include "text/period.h"
#include "text/utf8.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *text;
    hg_period_kind kind;
    const char *value; /* NULL: no period */
    char status;
} cases[] = {
    { "2016", HG_PERIOD_YEAR, "2016", 'A' },
    { "  Năm 2016 ", HG_PERIOD_YEAR, "2016", 'A' },
    { "Sơ bộ 2023", HG_PERIOD_YEAR, "2023", 'P' },
    { "Sơ bộ - Prel. 2016", HG_PERIOD_YEAR, "2016", 'P' },
    { "Sơ bộ\nPrel.\n2022", HG_PERIOD_YEAR, "2022", 'P' },
    { "SƠ BỘ 2023", HG_PERIOD_YEAR, "2023", 'P' },
    { "Prel. 2016", HG_PERIOD_YEAR, "2016", 'P' },
    { "Ước tính 2024", HG_PERIOD_YEAR, "2024", 'E' },
    { "Ước 2024", HG_PERIOD_YEAR, "2024", 'E' },
    { "2016", HG_PERIOD_SCHOOL_YEAR, NULL, 0 },
    { "2018-2019", HG_PERIOD_SCHOOL_YEAR, "2018-2019", 'A' },
    { "2018 – 2019", HG_PERIOD_SCHOOL_YEAR, "2018-2019", 'A' },
    { "Năm học 2018 - 2019", HG_PERIOD_SCHOOL_YEAR, "2018-2019", 'A' },
    { "Sơ bộ\nPrel.\n2022-2023", HG_PERIOD_SCHOOL_YEAR, "2022-2023", 'P' },
    { "2018-2020", HG_PERIOD_SCHOOL_YEAR, NULL, 0 }, /* not one school year */
    { "2018-2019", HG_PERIOD_YEAR, NULL, 0 },
    { "giai đoạn 2016", HG_PERIOD_YEAR, NULL, 0 },
    { "20160", HG_PERIOD_YEAR, NULL, 0 },
    { "1899", HG_PERIOD_YEAR, NULL, 0 },
    { "2016.5", HG_PERIOD_YEAR, NULL, 0 },
    { "Sơ bộ", HG_PERIOD_YEAR, NULL, 0 },
    { "", HG_PERIOD_YEAR, NULL, 0 },
    { "Tháng 1", HG_PERIOD_MONTH, "01", 'A' },
    { "XII", HG_PERIOD_MONTH, "12", 'A' },
    { "Jan.", HG_PERIOD_MONTH, "01", 'A' },
    { "Tháng Năm", HG_PERIOD_MONTH, "05", 'A' },
    { "tháng mười một", HG_PERIOD_MONTH, "11", 'A' },
    { "Năm", HG_PERIOD_MONTH, NULL, 0 },
    { "13", HG_PERIOD_MONTH, NULL, 0 },
    { "Tháng 1/2024", HG_PERIOD_MONTH, NULL, 0 }, /* it has its year */
    { "Quý I", HG_PERIOD_QUARTER, "Q1", 'A' },
    { "4", HG_PERIOD_QUARTER, "Q4", 'A' },
    { "Quý V", HG_PERIOD_QUARTER, NULL, 0 },
    { "Quý I/2024", HG_PERIOD_ANY, "2024-Q1", 'A' },
    { "Quí 3 năm 2025", HG_PERIOD_ANY, "2025-Q3", 'A' },
    { "Q1/2024", HG_PERIOD_ANY, "2024-Q1", 'A' },
    { "Tháng 5 năm 2024", HG_PERIOD_ANY, "2024-05", 'A' },
    { "5/2024", HG_PERIOD_ANY, "2024-05", 'A' },
    { "Tháng Năm 2024", HG_PERIOD_ANY, "2024-05", 'A' },
    { "6 tháng đầu năm 2024", HG_PERIOD_ANY, "2024-S1", 'A' },
    { "6 tháng cuối năm 2024", HG_PERIOD_ANY, "2024-S2", 'A' },
    { "6T2024", HG_PERIOD_ANY, "2024-S1", 'A' },
    { "Ước 9 tháng năm 2024", HG_PERIOD_ANY, "2024-01/2024-09", 'E' },
    { "Lũy kế 8 tháng 2024", HG_PERIOD_ANY, "2024-01/2024-08", 'A' },
    { "Cộng dồn từ đầu năm đến tháng 8/2024", HG_PERIOD_ANY, "2024-01/2024-08", 'A' },
    { "Niên vụ 2022-2023", HG_PERIOD_ANY, "2022/2023", 'A' },
    { "Vụ đông xuân 2023-2024", HG_PERIOD_ANY, "2023/2024", 'A' },
    { "Năm học 2023-2024", HG_PERIOD_ANY, "2023/2024", 'A' },
    { "Sơ bộ 2023", HG_PERIOD_ANY, "2023", 'P' },
    { "ngày 31/12/2024", HG_PERIOD_ANY, "2024-12-31", 'A' },
    { "Tháng 5", HG_PERIOD_ANY, NULL, 0 }, /* of which year? */
    { "9 tháng cuối năm 2024", HG_PERIOD_ANY, NULL, 0 },
    { "Quý I tháng 2 năm 2024", HG_PERIOD_ANY, NULL, 0 },
    { "Tháng", HG_PERIOD_WORDS, "", 'A' },
    { "Năm học - School year", HG_PERIOD_WORDS, "", 'A' },
    { "Sơ bộ - Prel.", HG_PERIOD_WORDS, "", 'P' },
    { "Nam", HG_PERIOD_WORDS, NULL, 0 }, /* male, not "năm" */
    { "Năm 2016", HG_PERIOD_WORDS, NULL, 0 },
};

START_TEST(a_period_is_read_whole_or_not_at_all)
{
    hg_period period;
    hg_buf key = { 0 };
    hg_utf8_key(&key, cases[_i].text, strlen(cases[_i].text));
    bool read = hg_period_read(&period, cases[_i].kind, key.data ? key.data : "");
    hg_buf_release(&key);
    ck_assert_msg(read == (cases[_i].value != NULL), "'%s'", cases[_i].text);
    if (!read)
        return;
    ck_assert_str_eq(period.text, cases[_i].value);
    ck_assert_int_eq(period.status, cases[_i].status);
}
END_TEST

TCase *tests_period(void)
{
    TCase *tests = tcase_create("period");
    tcase_add_loop_test(tests, a_period_is_read_whole_or_not_at_all, 0,
                        sizeof cases / sizeof *cases);
    return tests;
}
