/* recipe.h - where reports keep a dataset's tables: recipe.json, which the page
 * hg-recipe(5) and metadata-schemas/recipe.schema.json describe.
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
 *     }
 *   }
 *
 * Only "columns" must be there: the columns of the table, in their order. "x" stands for
 * { "from": "x" }. A table without a "value" is a list: each of its rows is a record.
 * Several tables stand in "tables", and take what they do not say themselves from the
 * recipe around them.
 */
#ifndef HG_RECIPE_RECIPE_H
#define HG_RECIPE_RECIPE_H

#include "dataset/codelist.h"
#include "delimited/sniff.h"
#include "json/json.h"
#include "text/period.h"
#include "text/vinumber.h"
#include "workbook/area.h"

#include <regex.h>

#define HG_RECIPE_FIELDS 64 /* columns of one table */
#define HG_RECIPE_TABLES 64 /* tables of one recipe */

/* Where a column's values stand. */
typedef enum hg_from {
    HG_FROM_HEADER,    /* labels of the column's heading */
    HG_FROM_ROW,       /* the row's label, that of a row above it (level), or the text in
                          one of the columns of labels (column) */
    HG_FROM_PATH,      /* the row's label with those of the rows above it: "A / B / C" */
    HG_FROM_NUMBERING, /* the row's number in the outline: "A.I.1" */
    HG_FROM_KIND,      /* "total", "part", "among", "item": recipe/words.h */
    HG_FROM_SECTION,   /* the row without values above */
    HG_FROM_UNIT,      /* a label's parentheses, a heading's, a row inside the table, or
                          "Đơn vị tính: …" above it */
    HG_FROM_TITLE,     /* a text above the table */
    HG_FROM_SHEET,     /* the sheet's name */
    HG_FROM_FILE,      /* the source's name, without folder and ending */
    HG_FROM_CONSTANT,
    HG_FROM_VALUE,  /* the number */
    HG_FROM_STATUS, /* A, P, E, L, M: text/period.h */
    HG_FROM_MARK    /* of a note, at the number or in the cell beside it: "15*" */
} hg_from;

/* What a text of a list is: it is given in its plain form. */
typedef enum hg_text_type {
    HG_TYPE_TEXT,
    HG_TYPE_NUMBER, /* 1.234,5 or 1,234.5, told by the whole column */
    HG_TYPE_DATE    /* dd/mm/yyyy or mm/dd/yyyy, told by the whole column */
} hg_text_type;

typedef enum hg_label_language { HG_LABEL_WHOLE, HG_LABEL_FIRST, HG_LABEL_SECOND } hg_label_language;

#define HG_DECIMALS_ALL   (-1) /* as the cell holds them */
#define HG_DECIMALS_SHOWN (-2) /* as its number format shows them */

typedef struct hg_recipe_field {
    const char *name;
    hg_from from;
    unsigned level;        /* row: 1 is the outermost, 0 the row's own label; header: 1 is
                              the topmost, 0 any */
    hg_codelist *column;   /* row: the heading of a label column that it stands in; NULL:
                              it is the row's label */
    uint32_t letter;       /* row: that column of the sheet, "B" is 2; 0: not said */
    bool fill;             /* row: a blank stands for the text above it */
    hg_period_kind period; /* "type": year, school-year, month, quarter, period */
    hg_text_type type;     /* row of a list */
    hg_label_language language; /* of a label in two: "Nam - Male" */
    regex_t *pattern;      /* POSIX extended; its first group is the label; NULL: none */
    hg_codelist *codes;    /* of "codes" or "map"; NULL: the label is the value */
    bool some;             /* header: not every code of the list needs a heading */
    const char *otherwise; /* "default"; also a constant's value; NULL: none */
    int decimals;          /* value: places to round to, or one of the two above */
    bool scale;            /* value: "Nghìn tấn" makes 1.5 to 1500, and the unit "tấn" */
} hg_recipe_field;

/* Patterns of fnmatch(3), as hg_utf8_key() writes them except those of names. */
typedef struct hg_patterns {
    const char **list;
    size_t n;
} hg_patterns;

/* A text that stands instead of a number, beyond those of all forms. */
typedef struct hg_symbol {
    const char *text; /* trimmed */
    bool pattern;     /* it is one of fnmatch(3) */
    char status;      /* a capital letter, as in SDMX's CL_OBS_STATUS */
} hg_symbol;

/* The heading of a column, in place of what stands there. */
typedef struct hg_named {
    uint32_t col;
    const char *heading;
} hg_named;

typedef enum hg_totals { HG_TOTALS_AUTO, HG_TOTALS_CHECK, HG_TOTALS_OFF } hg_totals;

typedef struct hg_recipe_table {
    const hg_json *at;    /* its place in the recipe, for messages */
    const char *resource; /* "name": the dataset's table; NULL: the first */
    hg_recipe_field fields[HG_RECIPE_FIELDS];
    size_t n;
    size_t value, status, mark; /* indexes of fields; n where there is none */
    hg_patterns sheets, files;  /* of names; "!" before one that excludes */
    hg_patterns anchor;         /* a text above the table, or in its headings */
    hg_patterns heading;        /* texts that are headings; the rows of all are */
    hg_patterns until;          /* texts that end the table */
    hg_patterns ignore;         /* headings and rows that give nothing */
    hg_area *areas;             /* cells that give nothing */
    size_t n_areas;
    hg_symbol *symbols;
    size_t n_symbols;
    hg_named *headings;
    size_t n_headings;
    regex_t *split; /* its groups are the labels in one heading; NULL: none */
    uint32_t stub;  /* columns of labels; 0: found */
    hg_number_style numbers;
    bool repeat;   /* it stands in a sheet any number of times */
    bool optional; /* it may be missing */
    hg_totals totals;
} hg_recipe_table;

/* What must come out; SIZE_MAX: anything. */
typedef struct hg_recipe_expect {
    size_t tables, sheets, rows_least, rows_most;
} hg_recipe_expect;

typedef struct hg_recipe {
    const hg_doc *doc;
    hg_recipe_table *tables;
    size_t n;
    const char *notes; /* the resource that notes go to; NULL: none */
    hg_recipe_expect expect;
    const char *encoding;  /* of sources that are texts; NULL: found */
    hg_sniff_opts dialect; /* of these */
} hg_recipe;

/* Gives the CSV text of codes/NAME.csv; NULL: there is none. Called while a recipe is
 * read. */
typedef const char *hg_recipe_codes(void *with, const char *name);

/*
 * Read a recipe, which borrows from doc. HG_EARG, with line and column: an unknown key or
 * word, a pattern that cannot be, a code list that is not there or is wrong, what does
 * not go together; HG_ENOMEM. *out is then NULL.
 */
hg_status hg_recipe_new(hg_recipe **out, const hg_doc *doc, hg_recipe_codes *codes,
                        void *with, hg_err *err);
/* It tells values apart: it is neither value nor status nor mark. */
bool hg_recipe_is_dimension(const hg_recipe_field *field);
/* It is read from a row's text: row, path, numbering, kind. */
bool hg_recipe_of_row(const hg_recipe_field *field);
/* Each row of the table is a record. */
bool hg_recipe_is_list(const hg_recipe_table *table);
/* One of the patterns fits a text given as hg_utf8_key() writes it. */
bool hg_recipe_fits(const hg_patterns *patterns, const char *key);
void hg_recipe_free(hg_recipe *recipe); /* NULL is fine */

#endif
