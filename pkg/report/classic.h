/* classic.h - draw a crosstab as the sheet of an official Vietnamese form or yearbook
 * page. */
#ifndef HG_REPORT_CLASSIC_H
#define HG_REPORT_CLASSIC_H

#include "report/canvas.h"

/*
 * Add a sheet with the crosstab to book, and note it down. Totals become formulas with the value they come
 * to; figures stay numbers. HG_EARG: beyond a limit of Excel's (book.h); HG_ENOMEM,
 * HG_ESYS.
 */
hg_status hg_classic_draw(hg_book *book, const hg_crosstab *x,
                          const hg_classic_defaults *defaults, hg_notebook notebook,
                          hg_err *err);

#endif
