/* charts.h - the charts of a table. Their data stand beside the records of report/carrier, as
 * formulas of the cells that people see, so that a chart follows them. */
#ifndef HG_REPORT_CHARTS_H
#define HG_REPORT_CHARTS_H

#include "report/keep.h"

#define HG_CHARTS_CATEGORIES 200

/* A table's sheet, and where its charts go. */
typedef struct hg_chart_place {
    const char *sheet;  /* that has the figures */
    uint32_t row, col;  /* of the first chart's corner, on the sheet added last */
    uint32_t rows;      /* from one corner to the next */
    double width, height; /* points of a chart */
    bool sans;
} hg_chart_place;

/*
 * Draw the charts of the block that stand is of, one below the other. HG_EARG: a chart has
 * nothing to show, over 12 series or 200 categories, or a pyramid not two series (at its
 * place in the form); HG_ENOMEM.
 */
hg_status hg_charts_draw(hg_book *book, hg_carrier *carrier, const hg_crosstab *x,
                         hg_stand stand, const hg_chart_place *place, hg_err *err);
/* How many charts the block has. */
size_t hg_charts_of(const hg_crosstab *x, const hg_cross_block *block);

#endif
