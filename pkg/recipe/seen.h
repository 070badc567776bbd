/* seen.h - keys met so far: no two observations may share all their dimensions. */
#ifndef HG_RECIPE_SEEN_H
#define HG_RECIPE_SEEN_H

#include "base/err.h"

typedef struct hg_seen hg_seen;

/* Where a key was met; the texts are the caller's and outlive the set. */
typedef struct hg_seen_place {
    const char *file, *sheet; /* sheet NULL: a text */
    uint32_t row, col;
} hg_seen_place;

hg_status hg_seen_new(hg_seen **out, size_t width,
                      hg_err *err); /* texts in a key; HG_ENOMEM */
/* Put a key: width texts of one pool, told apart by their addresses. *before is the place
 * where the same key was put first, until the next call, or NULL. HG_ENOMEM. */
hg_status hg_seen_put(hg_seen *seen, const char *const *key, const hg_seen_place *place,
                      const hg_seen_place **before, hg_err *err);
void hg_seen_free(hg_seen *seen); /* NULL is fine */

#endif
