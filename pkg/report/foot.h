/* foot.h - what stands below a table: notes, what the symbols mean, the source,
 * signatures. */
#ifndef HG_REPORT_FOOT_H
#define HG_REPORT_FOOT_H

#include "report/canvas.h"

hg_status hg_foot_draw(hg_canvas *c);

#endif
