/* given.h - what the rows of a table share: texts above it, the names of sheet and file.
 */
#ifndef HG_RECIPE_GIVEN_H
#define HG_RECIPE_GIVEN_H

#include "recipe/roles.h"
#include "recipe/says.h"

typedef struct hg_given {
    const char *texts[HG_RECIPE_FIELDS]; /* by field, of the pool; NULL: not given */
    unsigned scale;                      /* of the unit */
} hg_given;

/*
 * Read what stands in the rows first to last above a table, and in the names of sheet and
 * file. Unit lines get their role. HG_EARG: a field from there is not given, a unit is not
 * known; HG_ENOMEM.
 */
hg_status hg_given_read(hg_given *given, const hg_sayings *s, hg_roles *roles,
                        uint32_t first, uint32_t last);

#endif
