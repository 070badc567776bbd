/* canvas.h - the sheet under way of the classic layout: its next row, its texts, its
 * looks. Shared by the parts that draw it; it belongs to report/classic. */
#ifndef HG_REPORT_CANVAS_H
#define HG_REPORT_CANVAS_H

#include "report/keep.h"
#include "report/plan.h"
#include "workbook/book.h"

/* What the dataset says where the form does not. */
typedef struct hg_classic_defaults {
    hg_bilingual title;
    const char *reporting; /* who reports: the publisher; or NULL */
} hg_classic_defaults;

/* Where what is drawn is noted. */
typedef struct hg_notebook {
    hg_keeper *keeper;
    unsigned data; /* the number of the crosstab's data */
} hg_notebook;

typedef struct hg_canvas {
    hg_book *book;
    const hg_crosstab *x;
    const hg_form_table *table;
    const hg_classic_defaults *defaults;
    hg_notebook notebook;
    hg_plan *plan;
    uint32_t row;          /* the last one drawn */
    uint32_t head1;        /* first row of the headings */
    hg_stand *stands;      /* per block */
    uint32_t *rows;        /* of all stands */
    double height;         /* points of all rows so far */
    double heading_height; /* of the headings, which each page repeats */
    hg_buf name;           /* the sheet's */
    hg_buf vi, en, both;   /* scratch */
    hg_err *err;
} hg_canvas;

extern const hg_style hg_canvas_plain; /* text of the usual size, wrapped */

bool hg_canvas_yearbook(const hg_canvas *c);

/* A cell of the table proper: full lines on a form, lines across only in a yearbook. */
hg_style hg_canvas_framed(const hg_canvas *c, unsigned char align);

/* A cell between the table's first and last row: light lines between rows, or none. */
hg_style hg_canvas_inner(const hg_canvas *c, unsigned char align, bool last);

hg_area hg_canvas_across(const hg_canvas *c, uint32_t row);

/* Go to the next row and give it so many lines of the size. */
hg_status hg_canvas_row(hg_canvas *c, double lines, double size);

hg_slice hg_canvas_slice(const hg_buf *buf);

/* One piece of text in an area. */
hg_status hg_canvas_put(hg_canvas *c, hg_area area, const hg_style *style, hg_slice text);

/* Vietnamese in the style's type and, after between, English in italics. */
hg_status hg_canvas_both(hg_canvas *c, hg_area area, const hg_style *style, hg_slice vi,
                         const char *between, hg_slice en);

/* What is English of a text on this report; empty on a Vietnamese one. */
const char *hg_canvas_english(const hg_canvas *c, hg_bilingual text);

unsigned hg_canvas_lines(const hg_canvas *c, hg_slice text, double size, bool bold,
                         hg_area area);

/* A full row of text in both languages, English on a line of its own. */
hg_status hg_canvas_full(hg_canvas *c, hg_style style, hg_bilingual text);

#endif
