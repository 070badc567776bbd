/* init.h - a first definition of a dataset, out of its table: for a person to go on from. */
#ifndef HG_WORK_INIT_H
#define HG_WORK_INIT_H

#include "base/buf.h"

#define HG_INIT_KEY_ROWS 1000000u /* rows up to which a primary key is looked for */
#define HG_INIT_KEY_COLS 8        /* columns of it, from the first on */

/*
 * Read a table, its first row the header, and write folder/schema.json and
 * folder/dataset.json. folder NULL: one named as the dataset, in the present folder. The
 * caller frees *made, the folder.
 *
 * A column's type is one that all its values have: year (of a column so named), integer,
 * number (also "1.234,5"), boolean, date (also 31/12/2024), datetime, yearmonth, else
 * string; so are codes with leading zeros, and numbers of over 15 digits. "…", "-", "NA" and
 * the like among values of a type are missing values. Required is what has no blank; the
 * primary key, where there is one, the fewest first columns that no two rows share.
 *
 * Texts that a package must have stay empty for that person: title and description, and
 * publisher, license and base where no publisher.json stands beside the folder.
 *
 *   HG_EARG    a file of that name is there; nothing is written
 *   HG_EINPUT  no table, a column without a name, two of one name
 *   HG_ESYS, HG_ENOMEM
 */
hg_status hg_init(const char *table, const char *folder, const char *tmp, char **made,
                  hg_err *err);

#endif
