/* label.h - what the texts of a form say: a label's value, a unit, a note, a symbol.
 *
 * The words known here are those of official Vietnamese forms and of their English lines,
 * so that a recipe need not say them.
 */
#ifndef HG_DATASET_LABEL_H
#define HG_DATASET_LABEL_H

#include "dataset/recipe.h"

/* What a label gives to a column of the table, and scratch memory that goes from label to
 * label; start with { 0 }. */
typedef struct hg_reading {
    hg_buf value; /* a code, a period, or the label itself: one line, trimmed */
    char status; /* "Sơ bộ 2023": HG_STATUS_PROVISIONAL; nothing said: HG_STATUS_OFFICIAL
                  */
    bool failed; /* memory ran out once: what was read since may be wrong */
    hg_buf text, key;
} hg_reading;
void hg_label_release(hg_reading *label);

/*
 * Read a text as a label of the field: by its pattern, its type, its code list. A code
 * list is asked for the whole text, then for what is left without a unit in parentheses,
 * marks of footnotes, a numbering ("I.", "1.2)", "-") or the second language ("Nam -
 * Male", a second line). A unit is also looked for in the parentheses and behind the last
 * dash. False if the text gives no value for the field, or memory has run out.
 */
bool hg_label_read(hg_reading *label, const hg_recipe_field *field, hg_slice text);

/* Read the unit in a label's parentheses: "Số trường học (Trường)". Needs a code list. */
bool hg_label_read_inside(hg_reading *label, const hg_recipe_field *unit, hg_slice text);

/* The nearest label that the field's code list knows, or NULL. */
const char *hg_label_nearest(hg_reading *label, const hg_recipe_field *field,
                             hg_slice text);

/* One of the patterns of "ignore" fits. */
bool hg_label_ignored(hg_reading *label, const hg_recipe *recipe, hg_slice text);

/* It heads a group and gives no value itself: "Phân theo giới tính", "Trong đó", "Năm
 * học"; label->status is set: "Sơ bộ" over years makes them provisional. */
bool hg_label_group(hg_reading *label, hg_slice text);
/* It starts what stands below a table: "Ghi chú:", "Nguồn:", "(*)", "Người lập biểu",
 * "…, ngày 5 tháng 6 năm 2024". */
bool hg_label_note(hg_reading *label, hg_slice text);
/* It says that a table goes on: "Biểu 10 (tiếp theo)", "(Cont.)". */
bool hg_label_continued(hg_reading *label, hg_slice text);
/* "Đơn vị tính: %": *unit is then what follows. */
bool hg_label_unit(hg_reading *label, hg_slice text, hg_slice *unit);
/* "Đơn vị: …", which may also name an organisation. */
bool hg_label_organisation(hg_reading *label, hg_slice text);
/* It is a mark of numbering and no name: "1", "1.2", "IV", "a)". */
bool hg_label_numbering(hg_slice text);

/* The status that a symbol instead of a number stands for, or 0: "-", "…", "..", "x". */
char hg_label_symbol(hg_slice text);

#endif
