/* roles.h - what each cell of a sheet is to its tables; every cell is something. */
#ifndef HG_RECIPE_ROLES_H
#define HG_RECIPE_ROLES_H

#include "workbook/grid.h"

typedef enum hg_role {
    HG_ROLE_NONE,  /* nothing yet */
    HG_ROLE_TITLE, /* above a table */
    HG_ROLE_HEADING,
    HG_ROLE_RULER,   /* the row that numbers the columns */
    HG_ROLE_LABEL,   /* of a row */
    HG_ROLE_SECTION, /* a row without values */
    HG_ROLE_UNIT,
    HG_ROLE_VALUE,
    HG_ROLE_MARK,      /* of a note, beside a value */
    HG_ROLE_NOTE,      /* below a table */
    HG_ROLE_SIGNATURE, /* below the notes */
    HG_ROLE_IGNORED    /* by the recipe */
} hg_role;

typedef struct hg_roles {
    const hg_grid *grid;
    unsigned char *of; /* one for each cell of the grid */
} hg_roles;

/* Start with no roles; HG_ENOMEM. grid is borrowed. hg_roles_release() after either. */
hg_status hg_roles_init(hg_roles *roles, const hg_grid *grid, hg_err *err);
void hg_roles_release(hg_roles *roles);

/* Give n cells of the grid, which follow each other, a role. */
void hg_roles_set(hg_roles *roles, const hg_cell *cells, size_t n, hg_role role);
/* Give it to those of the rows first to last that have none; only to texts, or to all. */
void hg_roles_fill(hg_roles *roles, uint32_t first, uint32_t last, hg_role role,
                   bool texts_only);
hg_role hg_roles_get(const hg_roles *roles, const hg_cell *cell);

/* Refuse cells without a role, naming them all as ranges: "S7:T12, V3". HG_EARG. */
hg_status hg_roles_check(const hg_roles *roles, const hg_loc *loc, hg_err *err);

#endif
