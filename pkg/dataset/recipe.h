/* recipe.h - where reports keep a dataset's table: recipe.json, hg-recipe(5).
 *
 *   {
 *     "sheets": ["Biểu *", "!Mục lục"],
 *     "columns": {
 *       "nam":        { "from": "header", "type": "year" },
 *       "gioi_tinh":  { "from": "header", "codes": "gioi-tinh", "default": "T" },
 *       "dia_phuong": { "from": "row", "codes": "dia-phuong" },
 *       "vung":       { "from": "row", "level": 1, "codes": "dia-phuong" },
 *       "gia_tri":    "value",
 *       "obs_status": "status"
 *     },
 *     "split":   "^([A-Za-z]+) (.+)$",
 *     "ignore":  ["Ghi chú*"],
 *     "stub":    2,
 *     "numbers": "vi"
 *   }
 *
 * Only "columns" must be there: the columns of the table, in their order. "x" stands for
 * { "from": "x" }; { "from": "row", "column": "Mã số" } is the text in the label column
 * of that heading. sheets: default every sheet that can be seen. split: its groups are
 * the labels in one heading. ignore: headings and rows that give nothing. stub: label
 * columns, default those before the headings. numbers: how those typed as text are
 * written, default told by their column.
 */
#ifndef HG_DATASET_RECIPE_H
#define HG_DATASET_RECIPE_H

#include "dataset/codelist.h"
#include "json/json.h"
#include "text/period.h"
#include "text/vinumber.h"

#include <regex.h>

#define HG_RECIPE_FIELDS 64 /* columns of one recipe */

/* Where a column's values stand. */
typedef enum hg_from {
    HG_FROM_HEADER,  /* a label of the column's heading */
    HG_FROM_ROW,     /* the row's label, or that of a row above it (level) */
    HG_FROM_SECTION, /* the row without values above */
    HG_FROM_UNIT, /* "Đơn vị tính: …", a row inside the table, a label's parentheses */
    HG_FROM_TITLE, /* a text above the table */
    HG_FROM_SHEET, /* the sheet's name */
    HG_FROM_CONSTANT,
    HG_FROM_VALUE, /* the number */
    HG_FROM_STATUS /* A, P, E, L, M: text/period.h */
} hg_from;

typedef struct hg_recipe_field {
    const char *name;
    hg_from from;
    unsigned level;        /* row: 1 is the outermost; 0: the row's own label */
    hg_codelist *column;   /* row: the heading of a label column that it stands in; NULL:
                              it is the row's label */
    hg_period_kind period; /* "type": year, school-year */
    regex_t *pattern;      /* POSIX extended; its first group is the label; NULL: none */
    hg_codelist *codes;    /* of "codes" or "map"; NULL: the label is the value */
    bool some;             /* header: not every code of the list needs a heading */
    const char *otherwise; /* "default"; also a constant's value; NULL: none */
} hg_recipe_field;

typedef struct hg_recipe {
    hg_recipe_field fields[HG_RECIPE_FIELDS];
    size_t n;
    size_t value, status; /* indexes of fields; status is n where there is none */
    const char **sheets;  /* patterns of fnmatch(3), "!" before one that excludes */
    size_t n_sheets;
    const char **ignore; /* patterns, as hg_utf8_key() writes them */
    size_t n_ignore;
    regex_t *split; /* its groups are the labels; NULL: none */
    uint32_t stub;  /* 0: found */
    hg_number_style numbers;
} hg_recipe;

/* Gives the CSV text of codes/NAME.csv; NULL: there is none. Called while a recipe is
 * read. */
typedef const char *hg_recipe_codes(void *with, const char *name);

/*
 * Read a recipe, which borrows from doc. HG_EARG, with line and column: an unknown key or
 * word, a pattern that cannot be, a code list that is not there or is wrong; HG_ENOMEM.
 * *out is then NULL.
 */
hg_status hg_recipe_new(hg_recipe **out, const hg_doc *doc, hg_recipe_codes *codes,
                        void *with, hg_err *err);
bool hg_recipe_is_dimension(const hg_recipe_field *field); /* neither value nor status */
void hg_recipe_free(hg_recipe *recipe);                    /* NULL is fine */

#endif
