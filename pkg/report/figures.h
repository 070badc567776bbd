/* figures.h - the figures of a crosstab as cells: where they stand, the formulas of totals,
 * number formats. Shared by both layouts. */
#ifndef HG_REPORT_FIGURES_H
#define HG_REPORT_FIGURES_H

#include "report/crosstab.h"
#include "workbook/book.h"

/* Where the figures of a block stand on a sheet: rows[i] is the sheet's row of line i, 0
 * where it is not shown; column that of the first leaf. */
typedef struct hg_stand {
    const hg_cross_block *block;
    const uint32_t *rows;
    uint32_t column;
} hg_stand;

/* Whether a figure comes from others, so that its cell holds a formula. */
bool hg_figure_is_computed(const hg_crosstab *x, hg_stand stand, size_t figure);

/* Append "=C4+D4", "=SUM(C4:E4)", "=ROUND(C4/D4*100,1)": what a computed figure comes
 * from, rounded so that it gives the same double as the decimal number shown. */
void hg_figure_formula(hg_buf *buf, const hg_crosstab *x, hg_stand stand, size_t figure);

/* "#,##0.0"; marks go behind a figure that is provisional or an estimate by itself. The
 * rest of format is zero. */
#define HG_FIGURE_FORMAT 29
void hg_figure_format(char format[static HG_FIGURE_FORMAT], const hg_crosstab *x,
                      hg_stand stand, size_t figure, const char *provisional,
                      const char *estimate);

/*
 * Put a figure in its place: a number, a formula with its value, or one of the texts none
 * ("there is nothing to count"), missing, and void (the data have no such row).
 */
typedef struct hg_figure_words {
    const char *none, *missing, *nothing;   /* instead of a number */
    const char *provisional, *estimate;     /* behind one, in its format */
} hg_figure_words;
hg_status hg_figure_put(hg_book *book, const hg_crosstab *x, hg_stand stand,
                        size_t figure, const hg_style *style,
                        const hg_figure_words *words, hg_buf *scratch, hg_err *err);

#endif
