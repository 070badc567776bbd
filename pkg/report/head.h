/* head.h - what stands above a table: of a form the three blocks with its number, title
 * and units, of a yearbook the numbered title; and the line with the unit. */
#ifndef HG_REPORT_HEAD_H
#define HG_REPORT_HEAD_H

#include "report/canvas.h"

hg_status hg_head_draw(hg_canvas *c);

#endif
