/* plan.h - where everything of a classic sheet goes: column widths, paper, header rows.
 */
#ifndef HG_REPORT_PLAN_H
#define HG_REPORT_PLAN_H

#include "report/crosstab.h"

/* Type sizes in points: Nghị định 30/2020/NĐ-CP, annex I, has 12 to 14 for official
 * papers. */
#define HG_PLAN_SIZE   12
#define HG_PLAN_TITLE  13
#define HG_PLAN_SMALL  11
#define HG_PLAN_LINE   15.75 /* height of one line of HG_PLAN_SIZE */
#define HG_PLAN_INDENT 9.0   /* width of one level of indentation */

typedef char hg_plan_number[24]; /* a row's numbering, as text */

typedef struct hg_plan {
    uint32_t stub, cols; /* columns left of the figures; all columns */
    uint32_t levels;     /* rows of the column headings */
    double *widths;      /* points, per column from 0 */
    double width;        /* all of them */
    double page;         /* printable width of the paper */
    double page_height;  /* printable height */
    bool landscape;
    hg_plan_number **numbers; /* per block and row; "" where there is none */
    size_t n_blocks;
} hg_plan;

/* Margins in millimetres: 20-25 top and bottom, 30-35 left, 15-20 right (the same annex).
 */
#define HG_PLAN_TOP    20.0
#define HG_PLAN_BOTTOM 20.0
#define HG_PLAN_LEFT   30.0
#define HG_PLAN_RIGHT  15.0

/* Plan a sheet for x. HG_ENOMEM, or HG_EARG for more columns than a sheet has. */
hg_status hg_plan_new(hg_plan **out, const hg_crosstab *x, hg_err *err);

/* Points from column first to last, from 0, both counted. */
double hg_plan_span(const hg_plan *plan, uint32_t first, uint32_t last);

/* What of a column's width its text has, with something to spare: programs set type a
 * little wider or narrower than its measures. */
double hg_plan_room(double width);

/* The last column (at least first) of a part that begins at first and is about a share of
 * the sheet's width, with keep columns left behind it. */
uint32_t hg_plan_share(const hg_plan *plan, uint32_t first, double share, uint32_t keep);

/* The first and last leaf below a column line; itself if it is a leaf. */
void hg_plan_leaves(const hg_crosstab *x, uint32_t line, uint32_t *first, uint32_t *last);

/* Append what a row or column line is called in Vietnamese, or English where en, with
 * "Sơ bộ" and the unit in brackets. between stands between the mark and the label. */
void hg_plan_label(hg_buf *buf, const hg_crosstab *x, const hg_line *line, bool en,
                   char between);
void hg_plan_free(hg_plan *plan); /* NULL is fine */

#endif
