/* form.h - how a dataset's statistical report looks: report.json, read and checked.
 *
 *   { "hgReport": 1, "languages": ["vi", "en"], "tables": [ TABLE … ], "signature": { … }
 * }
 *
 * Each table becomes a sheet. Its rows and columns are trees of nodes: a node with a
 * field stands for one line per code of that field, a node without one for a single line;
 * "where" fixes fields for the node and all below it. Blocks repeat the columns for other
 * data (a second unit). The page hg-report-spec(5) and
 * metadata-schemas/report.schema.json say the same.
 */
#ifndef HG_DATASET_FORM_H
#define HG_DATASET_FORM_H

#include "json/json.h"

/* Of a table with figures in several fields, each row counts as one row per figure, with
 * these two fields instead: which it is, and the figure. */
#define HG_FORM_MEASURE "@value"
#define HG_FORM_FIGURE  "@figure"

#define HG_FORM_DEPTH   8 /* nodes within nodes */
#define HG_FORM_SIGNERS 4 /* places to sign */
#define HG_FORM_NOTES   99 /* notes of a table */

/* A text in Vietnamese and English; NULL where it is not given. */
typedef struct hg_bilingual {
    const char *vi, *en;
} hg_bilingual;

/* The values that a field must have; of a node exactly one. */
typedef struct hg_form_where {
    const char *field;
    const char **values;
    size_t n;
} hg_form_where;

/* A label that stands for a code instead of the code list's. */
typedef struct hg_form_name {
    const char *code;
    hg_bilingual label;
} hg_form_name;

typedef enum hg_form_order {
    HG_ORDER_CODES,
    HG_ORDER_DATA,
    HG_ORDER_VALUE
} hg_form_order;
typedef enum hg_form_look {
    HG_LOOK_AUTO,
    HG_LOOK_PLAIN,
    HG_LOOK_BOLD,
    HG_LOOK_ITALIC
} hg_form_look;
typedef enum hg_form_numbering {
    HG_NUMBER_NONE,
    HG_NUMBER_UPPER,  /* A, B */
    HG_NUMBER_ROMAN,  /* I, II */
    HG_NUMBER_ARABIC, /* 1, 2 */
    HG_NUMBER_NESTED, /* 1.1, 1.2: after the number of the line above */
    HG_NUMBER_LOWER,  /* a, b */
    HG_NUMBER_DASH    /* - */
} hg_form_numbering;

typedef enum hg_form_way {
    HG_COMPUTE_DIFFERENCE, /* of - to */
    HG_COMPUTE_RATIO,      /* of / to */
    HG_COMPUTE_SHARE,      /* of / to * 100: to is the whole */
    HG_COMPUTE_INDEX,      /* of / to * 100: to is the base */
    HG_COMPUTE_GROWTH      /* (of / to - 1) * 100 */
} hg_form_way;

/* A column that is computed from two others: those with the values that of and to name. */
typedef struct hg_form_compute {
    hg_form_way way;
    hg_form_where *of, *to;
    size_t n_of, n_to;
    unsigned decimals;
} hg_form_compute;

typedef struct hg_form_node hg_form_node;
struct hg_form_node {
    const hg_json *at; /* its place in the text, for messages */
    hg_bilingual label;
    const char *field;  /* NULL: a single line */
    const char *parent; /* a field that names the code of the line above; or NULL */
    const char **codes; /* the lines wanted, in order; n_codes 0: those in the data */
    size_t n_codes;
    const char **except; /* codes in the data that are not wanted */
    size_t n_except;
    hg_form_order order;
    hg_form_where *where;
    size_t n_where;
    hg_form_name *names;
    size_t n_names;
    bool heading; /* the line shows no figures */
    bool unit;    /* the label is followed by the line's unit in brackets */
    hg_form_look look;
    hg_form_numbering numbering, numbering_below; /* below: of lines under their parent */
    const hg_form_compute *compute; /* of a single column; or NULL */
    hg_form_node *nodes;
    size_t n_nodes;
};

/* The figure whose field is total is the sum of those whose field is one of parts. */
typedef struct hg_form_sum {
    const hg_json *at;
    const char *field, *total;
    const char **parts;
    size_t n_parts;
    hg_form_where *where; /* of the rows that it is about */
    size_t n_where;
    const char
        *tolerance; /* a decimal number; NULL: what rounding can do, see crosstab.h */
} hg_form_sum;

typedef struct hg_form_block {
    const hg_json *at;
    hg_bilingual title; /* a row of its own across the columns */
    hg_form_where *where;
    size_t n_where;
    hg_form_node *rows; /* the table's, unless the block has its own */
    size_t n_rows;
    hg_form_sum *sums; /* likewise */
    size_t n_sums;
    int decimals; /* places shown; -1: as many as the data have */
} hg_form_block;

typedef enum hg_form_paper {
    HG_PAPER_AUTO,
    HG_PAPER_PORTRAIT,
    HG_PAPER_LANDSCAPE
} hg_form_paper;
typedef enum hg_form_show {
    HG_STUB_LABEL,
    HG_STUB_NUMBER,
    HG_STUB_CODE,
    HG_STUB_UNIT
} hg_form_show;

/* A column left of the figures. */
typedef struct hg_form_stub {
    hg_form_show show;
    hg_bilingual label;
} hg_form_stub;

typedef enum hg_form_style {
    HG_HEAD_FORM,
    HG_HEAD_YEARBOOK,
    HG_HEAD_BUDGET
} hg_form_style;

/* Above the title. Of a form: its number, basis and date of receipt on the left, the two
 * units on the right; of a yearbook: the table's number; of a budget form: chapter, unit and
 * the unit's code on the left, number and basis on the right. */
typedef struct hg_form_head {
    hg_form_style style;
    const char *number, *basis, *received;
    const char *reporting, *receiving;
    const char *chapter, *unit_code; /* Mã chương, Mã ĐVQHNS */
} hg_form_head;

typedef enum hg_form_chart_kind { /* as workbook/book has them */
    HG_FORM_COLUMN,
    HG_FORM_BAR,
    HG_FORM_STACKED,
    HG_FORM_LINE,
    HG_FORM_PYRAMID
} hg_form_chart_kind;

/* A chart of the figures of a block: rows are its categories and columns its series, or the
 * other way round. */
typedef struct hg_form_chart {
    const hg_json *at;
    hg_form_chart_kind kind;
    hg_bilingual title, description;
    unsigned block;     /* from 1 */
    bool across;        /* columns are the categories */
    hg_form_where *rows, *columns; /* the lines that are shown; none: all with figures */
    size_t n_rows, n_columns;
} hg_form_chart;

/* A note; "{{note:id}}" in the table's texts names it. */
typedef struct hg_form_note {
    const char *id; /* NULL: nothing names it */
    hg_bilingual text;
    unsigned order;  /* in which the table's texts name the notes, from 1; 0: none does */
    unsigned number; /* that its mark shows; set by whoever draws the table */
} hg_form_note;

typedef struct hg_form_table {
    const hg_json *at;
    const char *sheet;    /* NULL: after the number */
    const char *resource; /* NULL: the dataset's first */
    bool list; /* all rows as they are, and none of what follows */
    hg_form_head head;
    hg_bilingual title; /* empty: the dataset's */
    hg_bilingual period;
    hg_bilingual unit;      /* the unit line; empty: none */
    const char *unit_field; /* the field that holds each row's unit; or NULL */
    const char **values; /* the fields of figures */
    size_t n_values;
    const char *value; /* the only one of them; of several HG_FORM_FIGURE */
    const char *status;
    char minimum[32]; /* the least that a figure may be, as text; "": not said; set likewise */
    const char *each; /* a sheet for each code of this field; NULL: one sheet */
    hg_form_where *where;
    size_t n_where;
    hg_form_stub *stub;
    size_t n_stub;
    hg_form_node *columns;
    size_t n_columns;
    hg_form_block *blocks; /* at least one */
    size_t n_blocks;
    hg_form_paper paper;
    bool ruler; /* the row A, B, 1, 2, 3=1+2 under the heading */
    hg_form_chart *charts;
    size_t n_charts;
    hg_form_note *notes;
    size_t n_notes;
    unsigned titled; /* the title names those with order up to this */
    hg_bilingual source;
} hg_form_table;

typedef struct hg_form_signer {
    hg_bilingual title, hint;
    const char *name;
} hg_form_signer;

typedef struct hg_form_signature {
    const char *place, *date; /* NULL: dots to write on */
    hg_form_signer *signers;  /* n 0: no signatures */
    size_t n;
} hg_form_signature;

/* The code that a workbook is about, of a report with a workbook for each, and its label. */
typedef struct hg_form_unit {
    const char *code;
    hg_bilingual label; /* vi may be NULL: there is none */
} hg_form_unit;

/* A whole report. All of it lives as long as the form; its texts borrow from doc. */
typedef struct hg_form {
    const hg_doc *doc;
    const hg_form_unit *unit; /* given; or NULL */
    const char *each; /* a workbook for each code of this field; NULL: one workbook */
    bool english; /* both languages, Vietnamese first */
    bool lists;   /* all its tables are lists */
    bool blank;   /* to be filled; set by whoever draws it */
    hg_form_table *tables;
    size_t n_tables;
    hg_bilingual title;         /* of the workbook; empty: the dataset's */
    const char *author;         /* likewise; NULL: the publisher */
    const char **keywords;      /* n 0: the dataset's */
    size_t n_keywords;
    hg_bilingual *cover;        /* lines on the cover of an accessible workbook */
    size_t n_cover;
    hg_form_signature signature;
    void *owned; /* what hg_form_free() frees */
} hg_form;

/*
 * Read a report's text. The caller keeps doc, and unit, as long as the form; "{code}" and
 * "{label}" in what people read are those of unit, which may be NULL. HG_EARG names the
 * line and column of what is missing, misspelt or of the wrong kind, and the nearest name
 * that would do; HG_ENOMEM.
 */
hg_status hg_form_new(hg_form **out, const hg_doc *doc, const hg_form_unit *unit,
                      hg_err *err);

/*
 * Take over the sums that a schema's "rules" state (rules/sums.h) for every block that
 * has none of its own. rules may be NULL and must have been checked; it lives as long as
 * the form.
 */
hg_status hg_form_rules(hg_form *form, hg_form_table *table, const hg_json *rules,
                        hg_err *err);

/* Put marks with the notes' numbers where the table's texts name them: "(1)", or with words
 * "[chú thích 1]" and "[note 1]". Once for a table. HG_ENOMEM. */
hg_status hg_form_mark_notes(hg_form *form, hg_form_table *table, bool words, hg_err *err);

/* Append text with "{code}" and "{label}" replaced. */
void hg_form_fill(hg_buf *buf, const char *text, const char *code, const char *label);

/* Fail at the member key of at because name is none of known[0..n), telling the nearest.
 */
hg_status hg_form_unknown(const hg_form *form, const hg_json *at, const char *key,
                          const char *name, const char *const *known, size_t n,
                          hg_err *err);

void hg_form_free(hg_form *form); /* NULL is fine */

#endif
