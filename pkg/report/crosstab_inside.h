/* crosstab_inside.h - shared by the files of report/crosstab. */
#ifndef HG_REPORT_CROSSTAB_INSIDE_H
#define HG_REPORT_CROSSTAB_INSIDE_H

#include "report/crosstab.h"

/* Mark the lines whose figures are all provisional or all estimates, and find out whether
 * single figures need marks of their own. */
void hg_crosstab_mark(hg_crosstab *x);

#endif
