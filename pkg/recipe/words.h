/* words.h - the words of official Vietnamese forms and of their English lines, so that a
 * recipe need not say them. Each function takes a text as hg_utf8_key() writes it. */
#ifndef HG_RECIPE_WORDS_H
#define HG_RECIPE_WORDS_H

#include "base/buf.h"

/* What a label does with the rows below it, or with that above. */
typedef enum hg_kind {
    HG_KIND_ITEM,
    HG_KIND_TOTAL, /* "Tổng số", "Cả nước" */
    HG_KIND_PART,  /* under "Chia ra", "Phân theo": such rows add up */
    HG_KIND_AMONG  /* under "Trong đó": some of the whole, which do not */
} hg_kind;

/* Without white space at the ends, the no-break space (U+00A0) too. */
hg_slice hg_words_trim(hg_slice text);

/* It heads a group and is no name itself: "Phân theo giới tính" (HG_KIND_PART), "Trong
 * đó:" (HG_KIND_AMONG). HG_KIND_ITEM: it is none. *rest is what follows the words and
 * their colon, as in "Trong đó: Vận tải ngoài nước". */
hg_kind hg_words_group(const char *key, const char **rest);
/* It is the name of a sum over other rows. */
bool hg_words_total(const char *key);
/* It stands in the head of a form, above its table: "Biểu số: …", "Đơn vị báo cáo:". */
bool hg_words_head(const char *key);
/* It starts what stands below a table: "Ghi chú:", "Nguồn:", "(*)". */
bool hg_words_note(const char *key);
/* It starts the block of signatures: "Người lập biểu", "…, ngày 5 tháng 6 năm 2024". */
bool hg_words_signature(const char *key);
/* It says that a table goes on: "Biểu 10 (tiếp theo)", "(Cont.)". */
bool hg_words_continued(const char *key);
/* It starts a unit line, whose unit stands behind the colon: "Đơn vị tính: %". */
bool hg_words_unit(const char *key);
/* "Đơn vị: …", which may also name an organisation. */
bool hg_words_organisation(const char *key);
/* The status that a symbol instead of a number stands for, or 0: "-", "…", "..", "x". The
 * text itself, trimmed. */
char hg_words_symbol(hg_slice text);

/* It is a unit, or starts with one and what scales it: "người", "nghìn tấn", "%". Many are
 * not known: false tells nothing. */
bool hg_words_is_unit(const char *key);

/* The power of ten that a unit starts with, "Nghìn tấn" 3, "1000 tấn" 3, "Triệu đồng" 6;
 * *rest is the unit itself, "tấn". 0 and the whole where it starts with none. The key of
 * the unit goes in, *rest points into it. */
unsigned hg_words_scale(const char *key, const char **rest);

#endif
