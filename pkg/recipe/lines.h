/* lines.h - the rows below the headings of a table: which hold values, and what the
 * others say of them. */
#ifndef HG_RECIPE_LINES_H
#define HG_RECIPE_LINES_H

#include "recipe/heading.h"
#include "recipe/outline.h"
#include "recipe/roles.h"

/* A row of the table: one with values, or a label that stands over others. */
typedef struct hg_line {
    uint32_t row;
    const hg_cell *label; /* NULL: the table has no row labels */
    hg_slice mark;        /* its number in the outline; n 0: none */
    unsigned rank;        /* how deep it stands, 1 being the outermost */
    hg_kind kind;
    hg_kind group;      /* a row right above starts this group; HG_KIND_ITEM: none does */
    uint32_t depth;     /* how far in the label stands: column, indent, not bold */
    size_t block;       /* lines with the same unit row above */
    const char *section, *unit; /* of the section and unit row above; of the pool, or NULL */
    unsigned scale;             /* of that unit */
    bool valued;
} hg_line;

typedef struct hg_lines {
    hg_line *list;
    size_t n, cap;
    unsigned ranks; /* the deepest that occurs */
    uint32_t ruler; /* the row that numbers the columns; 0: there is none */
    uint32_t end;   /* the first row behind the table: notes, or what limit says */
} hg_lines;

/*
 * Gather the rows below the headings up to the notes, a text of "until", or the row
 * limit, which is looked at no more; pages that begin anew with the same headings are
 * one table. Every cell that is understood gets its role.
 *   HG_EARG    a row that has no place: two labels, values without a label, a label
 *              without values, a value in merged cells
 *   HG_EINPUT  a text where a number must be, in a row without values
 *   HG_ENOMEM
 * hg_lines_release() after either.
 */
hg_status hg_lines_read(hg_lines *lines, const hg_heading *heading, const hg_sayings *s,
                        const hg_grid *grid, hg_roles *roles, uint32_t limit);
void hg_lines_release(hg_lines *lines);

#endif
