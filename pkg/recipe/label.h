/* label.h - what the texts of a form say: a label's value, a unit, a note, a symbol. */
#ifndef HG_RECIPE_LABEL_H
#define HG_RECIPE_LABEL_H

#include "recipe/recipe.h"
#include "recipe/words.h"

/* What a label gives to a column of the table, and scratch memory that goes from label to
 * label; start with { 0 }. */
typedef struct hg_reading {
    hg_buf value; /* a code, a period, or the label itself: one line, trimmed */
    char status; /* "Sơ bộ 2023": HG_STATUS_PROVISIONAL; nothing said: HG_STATUS_OFFICIAL
                  */
    unsigned scale; /* of a unit: the power of ten that was taken from it */
    bool failed; /* memory ran out once: what was read since may be wrong */
    hg_buf text, key;
} hg_reading;
void hg_label_release(hg_reading *label);

/* The text as hg_utf8_key() writes it, until the next call. */
const char *hg_label_key(hg_reading *label, hg_slice text);

/*
 * Read a text as a label of the field: by its pattern, its type, its code list. A code
 * list is asked for the whole text, then for what is left without a unit in parentheses,
 * marks of footnotes, a numbering ("I.", "1.2)", "-"), "Trong đó:", or the second language
 * ("Nam - Male", a second line). A unit is also looked for in the parentheses and behind
 * the last dash. False if the text gives no value for the field, or memory has run out.
 */
bool hg_label_read(hg_reading *label, const hg_recipe_field *field, hg_slice text);

/* Read a text as a unit; with scaled, "Nghìn tấn" gives "tấn", and the scale 3. */
bool hg_label_read_unit(hg_reading *label, const hg_recipe_field *unit, bool scaled,
                        hg_slice text);
/* Read the unit in a label's parentheses: "Số trường học (Trường)". Without a code list
 * that tells units from remarks only last parentheses are taken, if any is true. */
bool hg_label_read_inside(hg_reading *label, const hg_recipe_field *unit, bool scaled,
                          bool any, hg_slice text);

/* The nearest label that the field's code list knows, or NULL. */
const char *hg_label_nearest(hg_reading *label, const hg_recipe_field *field,
                             hg_slice text);

/* Fail with HG_EARG at loc because a field does not know a text, telling the nearest that
 * its code list has. */
hg_status hg_label_unknown(hg_reading *label, const hg_recipe_field *field,
                           const hg_loc *loc, hg_slice text, hg_err *err);

/* Put a text in one line, trimmed, into out. */
hg_slice hg_label_line(hg_buf *out, hg_slice text);

/* One of the patterns of "ignore" fits. */
bool hg_label_ignored(hg_reading *label, const hg_recipe_table *table, hg_slice text);

/* It heads a group and gives no value itself: "Phân theo giới tính", "Trong đó", "Năm
 * học", which is then *kind; label->status is set: "Sơ bộ" over years makes them
 * provisional. */
bool hg_label_group(hg_reading *label, hg_slice text, hg_kind *kind);
/* "Đơn vị tính: %": *unit is then what follows. */
bool hg_label_unit(hg_reading *label, hg_slice text, hg_slice *unit);

/* Without what shows nothing at the ends, and without ':' and marks of footnotes. */
hg_slice hg_label_bare(hg_slice text);

#endif
