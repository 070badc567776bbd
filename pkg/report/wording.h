/* wording.h - the fixed words of official Vietnamese forms, and what they are put
 * together of: numberings, dates, marks, the ruler row. Each appends to a buffer. */
#ifndef HG_REPORT_WORDING_H
#define HG_REPORT_WORDING_H

#include "report/crosstab.h"

/* One of the fixed texts in both languages. */
typedef enum hg_word {
    HG_WORD_FORM,        /* Biểu số: */
    HG_WORD_RECEIVED,    /* Ngày nhận báo cáo: */
    HG_WORD_REPORTING,   /* Đơn vị báo cáo: */
    HG_WORD_RECEIVING,   /* Đơn vị nhận báo cáo: */
    HG_WORD_BUDGET,      /* Mẫu số */
    HG_WORD_CHAPTER,     /* Mã chương: */
    HG_WORD_UNIT_CODE,   /* Mã ĐVQHNS: */
    HG_WORD_UNIT,        /* Đơn vị tính: */
    HG_WORD_PROVISIONAL, /* Sơ bộ */
    HG_WORD_ESTIMATE,    /* Ước tính */
    HG_WORD_NOTE,        /* Ghi chú: */
    HG_WORD_SOURCE,      /* Nguồn: */
    HG_WORD_NIL,         /* what "-" means */
    HG_WORD_MISSING,     /* what "…" means */
    HG_WORD_MARK_P,      /* what "(SB)" means */
    HG_WORD_MARK_E,      /* what "(ƯT)" means */
    HG_WORD_CONTINUED,   /* (Tiếp theo) */
    HG_WORD_ROUNDED      /* totals may differ from their sums */
} hg_word;
hg_bilingual hg_wording(hg_word word);

/* The name of a table's sheet: its own, or "Biểu" (before) and its number, "16B-GTVT-HH" for
 * "16B/GTVT-HH", since Excel takes no '/'. */
void hg_wording_sheet(hg_buf *buf, const hg_form_table *table, const char *before);

/* "IV", "b", "3": ordinal n from 1 as the numbering has it; after is the number of the
 * line above, for HG_NUMBER_NESTED. */
void hg_wording_number(hg_buf *buf, hg_form_numbering numbering, unsigned n,
                       const char *after);

/* "Hậu Giang, ngày 05 tháng 6 năm 2024": days under 10 and the months 1 and 2 have a
 * leading zero (Nghị định 30/2020/NĐ-CP, annex I). Dots where place or date (ISO 8601) is
 * NULL. */
void hg_wording_date(hg_buf *buf, const char *place, const char *date);

/* A column's entry in the ruler row: "3", or "1=2+3=4+5" where sums of the block hold. */
void hg_wording_ruler(hg_buf *buf, const hg_crosstab *x, uint32_t leaf);

/* text in capitals, Vietnamese letters too. */
void hg_wording_capitals(hg_buf *buf, const char *text);

#endif
