/* lines_parts.h - how deep the rows of a table stand; for lines.c and lines_rank.c only. */
#ifndef HG_RECIPE_LINES_PARTS_H
#define HG_RECIPE_LINES_PARTS_H

#include "recipe/lines.h"

/*
 * Tell each line's kind and rank: by the numbering of labels where it tells levels apart,
 * else by their columns, indents and bold type. HG_ENOMEM. lines_rank.c
 */
hg_status hg_lines_rank(hg_lines *lines, const hg_sayings *s);

#endif
