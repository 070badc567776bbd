/* personal.h - the words and the forms by which personal data are known. */
#ifndef HG_RULES_PERSONAL_H
#define HG_RULES_PERSONAL_H

#include "base/buf.h"

/*
 * What tells who a person is (NĐ 13/2023/NĐ-CP, article 2, clauses 3 and 4; Luật
 * 91/2025/QH15). Open data have none of it (NĐ 47/2020/NĐ-CP, article 20).
 */
typedef enum hg_personal {
    HG_PERSONAL_NONE,
    /* these tell of one person: */
    HG_PERSONAL_NAME,
    HG_PERSONAL_BIRTH,    /* date of birth */
    HG_PERSONAL_HOME,     /* where someone lives, or comes from */
    HG_PERSONAL_IDENTITY, /* CCCD, CMND, số định danh */
    HG_PERSONAL_PASSPORT,
    HG_PERSONAL_TAX,       /* a person's tax code */
    HG_PERSONAL_INSURANCE, /* BHXH, BHYT */
    HG_PERSONAL_PHONE,
    HG_PERSONAL_EMAIL,
    HG_PERSONAL_PLATE,
    HG_PERSONAL_ACCOUNT, /* of a bank */
    /* these do beside one of those above: */
    HG_PERSONAL_PLACE, /* an address, of whom is not said */
    HG_PERSONAL_SEX,
    /* these do where rows are persons; figures are often given by them: */
    HG_PERSONAL_YEAR, /* of birth */
    HG_PERSONAL_ETHNICITY,
    HG_PERSONAL_RELIGION,
    /* no personal data; digits that could be taken for some: */
    HG_PERSONAL_BUSINESS, /* tax code of whom is not said: enterprises' are public */
    HG_PERSONAL_KINDS
} hg_personal;

/*
 * What a column is of, by its name, label or title in Vietnamese, with or without
 * accents, or English: "Họ và tên", "ho_ten", "Số CMND/CCCD của chủ hộ". Every word must
 * be known, since "Số người được cấp CCCD" is a count. text must be valid UTF-8; words is
 * room to work in, and fails when memory runs out.
 */
hg_personal hg_personal_header(hg_slice text, hg_buf *words);

typedef struct hg_personal_hit {
    hg_personal kind; /* HG_PERSONAL_NONE: nothing found */
    hg_slice text;    /* the part of the text that is personal */
} hg_personal_hit;

/*
 * The first that surely is personal in the text of a cell, in a column of the kind under.
 * In any column:
 *   IDENTITY  12 digits: 0, the code of a province, a digit for century (19, 20) and sex,
 *             the year of birth, 6 more (TT 07/2016/TT-BCA, article 4)
 *   PHONE     10 digits from a mobile prefix on, 11 from 0 and an area code; "+84" for 0
 *   EMAIL     local part, '@', a domain of two labels or more (RFC 5321, in ASCII)
 *   PLATE     "95A-123.45", and as the whole text "95A-12345"
 * Only under their own header: CMND of 9 digits, passports, insurance and account
 * numbers, tax codes with their check digit, and what a spreadsheet leaves of a number
 * when it drops the leading 0. Digits may stand in groups with single spaces, dots or
 * dashes. Parts of longer numbers, of decimals and of words are left alone.
 */
hg_personal_hit hg_personal_find(hg_slice text, hg_personal under);

#endif
