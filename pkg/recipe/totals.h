/* totals.h - the sums that a table states: they come out, or are told of. */
#ifndef HG_RECIPE_TOTALS_H
#define HG_RECIPE_TOTALS_H

#include "recipe/lines.h"
#include "table/finding.h"

/*
 * Add up the parts of every row that is a sum: rows one level below it, apart by "Chia
 * ra", "Phân theo" and so on, but not those under "Trong đó"; of a row named "Tổng số" or
 * the like also the rows beside it, up to the next such row or section; and what the ruler
 * ("3=1+2") and the labels ("(02=03+04)", with the codes in a column) say. A symbol for
 * "none" and a blank add nothing; where a part is missing ("…") nothing is compared. What
 * rounding can do is let pass: half a unit of the last place for each figure with
 * decimals. Unless the recipe says "check", a block of rows of one unit is told of only
 * where at least as many of its sums come out as do not: of rates and means none do. styles are of columns 0 to last.
 */
hg_status hg_totals_tell(const hg_lines *lines, const hg_heading *heading,
                         const hg_sayings *s, const hg_grid *grid,
                         const hg_number_style *styles, hg_tell *tell, void *with);

#endif
